//! Enums, domains, composite types and ranges.

use aludel_catalog::Name;

use super::{OURS, additions::Additions, is_no_member};
use crate::{
    dialect::declaration::{Answer, Ask, Declaration, Declared, Needing, in_order},
    error::Result,
};

struct Type {
    number: String,
    name: Name,
    /// The number of its attributes' relation.
    relation: String,
    create: String,
}

pub(super) fn declarations(
    ask: &mut Ask<'_>,
    additions: &mut Additions,
) -> Result<Vec<Declaration>> {
    let mut types: Vec<Needing<Type>> = ask(&sql())?.iter().map(read).collect();
    types.sort_by(|one, other| one.item.name.cmp(&other.item.name));
    let mut all = Vec::new();
    for ty in in_order(types) {
        let of = Declared::Type(ty.name);
        all.push(Declaration::new(of.clone(), ty.create));
        all.extend(additions.late_checks(&of, &ty.number));
        all.extend(additions.comments(&of, &ty.number));
        all.extend(additions.comments(&of, &ty.relation));
    }
    Ok(all)
}

fn read(row: &Answer) -> Needing<Type> {
    Needing {
        item: Type {
            number: row.text(0).to_owned(),
            name: row.name(1),
            relation: row.text(3).to_owned(),
            create: row.text(4).to_owned(),
        },
        name: row.text(0).to_owned(),
        needs: row.words(5),
    }
}

fn sql() -> String {
    format!(
        "SELECT t.oid::text, nullif(n.nspname, current_schema())::text, t.typname::text, t.typrelid::text,
                CASE t.typtype WHEN 'd' THEN 'CREATE DOMAIN ' ELSE 'CREATE TYPE ' END || format_type(t.oid, NULL) || ' AS ' ||
                CASE t.typtype WHEN 'e' THEN {ENUM} WHEN 'd' THEN {DOMAIN} WHEN 'c' THEN {COMPOSITE} ELSE {RANGE} END,
                (SELECT string_agg(DISTINCT coalesce(nullif(r.typelem, 0), r.oid)::text, ' ')
                 FROM pg_depend d JOIN pg_type r ON r.oid = d.refobjid
                 WHERE d.refclassid = 'pg_type'::regclass AND r.oid <> t.oid
                       AND (d.classid = 'pg_type'::regclass AND d.objid = t.oid OR d.classid = 'pg_class'::regclass AND d.objid = t.typrelid))
         FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
         WHERE {OURS} AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') AND {}",
        is_no_member("pg_type", "t.oid")
    )
}

const ENUM: &str = "'ENUM (' || coalesce((SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
     FROM pg_enum e WHERE e.enumtypid = t.oid), '') || ')'";

const DOMAIN: &str = "format_type(t.typbasetype, t.typtypmod)
     || coalesce((SELECT ' COLLATE ' || l.oid::regcollation::text FROM pg_collation l JOIN pg_type b ON b.oid = t.typbasetype
                  WHERE l.oid = t.typcollation AND l.oid <> b.typcollation), '')
     || coalesce(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0), '')
     || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
     || coalesce((SELECT string_agg(E'\\n    CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ''
                                    ORDER BY k.conname::text COLLATE \"C\")
                  FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated), '')";

const COMPOSITE: &str = "'(' || coalesce((SELECT string_agg(E'\\n    ' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
        || coalesce((SELECT ' COLLATE ' || l.oid::regcollation::text FROM pg_collation l JOIN pg_type b ON b.oid = a.atttypid
                     WHERE l.oid = a.attcollation AND l.oid <> b.typcollation), ''), ',' ORDER BY a.attnum) || E'\\n'
     FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'";

const RANGE: &str = "(SELECT 'RANGE (SUBTYPE = ' || format_type(g.rngsubtype, NULL)
        || CASE WHEN g.rngsubdiff <> 0 THEN ', SUBTYPE_DIFF = ' || g.rngsubdiff::regproc::text ELSE '' END || ')'
     FROM pg_range g WHERE g.rngtypid = t.oid)";
