//! Namespaces and extensions.

use super::{OURS, is_no_member};
use crate::{
    dialect::declaration::{Ask, Declaration, Declared},
    error::Result,
};

pub(super) fn declarations(ask: &mut Ask<'_>) -> Result<Vec<Declaration>> {
    let mut all = Vec::new();
    let sql = format!(
        "SELECT n.nspname::text, 'CREATE SCHEMA ' || quote_ident(n.nspname),
                'COMMENT ON SCHEMA ' || quote_ident(n.nspname) || ' IS ' || quote_literal(obj_description(n.oid, 'pg_namespace'))
         FROM pg_namespace n
         WHERE {OURS} AND n.nspname <> 'public' AND n.nspname IS DISTINCT FROM current_schema() AND {}
         ORDER BY n.nspname::text COLLATE \"C\"",
        is_no_member("pg_namespace", "n.oid")
    );
    for row in ask(&sql)? {
        let of = Declared::Schema(row.text(0).to_owned());
        all.push(Declaration::new(of.clone(), row.text(1)));
        all.extend(row.optional(2).map(|comment| Declaration::new(of, comment)));
    }
    // The language of procedures is in every database.
    let sql = format!(
        "SELECT x.extname::text, 'CREATE EXTENSION IF NOT EXISTS ' || quote_ident(x.extname)
                || CASE WHEN {OURS} AND n.nspname IS DISTINCT FROM current_schema() AND {}
                        THEN ' WITH SCHEMA ' || quote_ident(n.nspname) ELSE '' END
         FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
         WHERE x.extname <> 'plpgsql' ORDER BY x.extname::text COLLATE \"C\"",
        is_no_member("pg_namespace", "n.oid")
    );
    for row in ask(&sql)? {
        let of = Declared::Extension(row.text(0).to_owned());
        all.push(Declaration::new(of, row.text(1)));
    }
    Ok(all)
}
