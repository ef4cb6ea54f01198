//! Tables and views, before anything is said of their columns.

use aludel_catalog::Name;

use super::{OURS, is_no_member};
use crate::{
    dialect::declaration::{Answer, Ask, Needing, in_order},
    error::Result,
};

/// A table or a view.
pub(super) struct Relation {
    /// The number that the server has for it.
    pub(super) number: String,
    pub(super) name: Name,
    /// Its name as it stands in SQL.
    pub(super) shown: String,
    pub(super) kind: Kind,
    pub(super) is_unlogged: bool,
    /// Its storage parameters.
    pub(super) options: Option<String>,
    /// What follows a table's columns.
    pub(super) tail: String,
    /// The query of a view.
    pub(super) query: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Table,
    ForeignTable,
    View,
    MaterializedView,
}

/// All tables and views, each behind those that it needs.
pub(super) struct Relations(Vec<Relation>);

impl Relations {
    pub(super) fn of(ask: &mut Ask<'_>) -> Result<Self> {
        let mut found: Vec<Needing<Relation>> = ask(&sql())?.iter().map(read).collect();
        found.sort_by(|one, other| one.item.name.cmp(&other.item.name));
        Ok(Relations(in_order(found)))
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = &Relation> {
        let is_table = |kind| matches!(kind, Kind::Table | Kind::ForeignTable);
        self.0
            .iter()
            .filter(move |relation| is_table(relation.kind))
    }

    pub(super) fn views(&self) -> impl Iterator<Item = &Relation> {
        let is_view = |kind| matches!(kind, Kind::View | Kind::MaterializedView);
        self.0.iter().filter(move |relation| is_view(relation.kind))
    }
}

fn read(row: &Answer) -> Needing<Relation> {
    let relation = Relation {
        number: row.text(0).to_owned(),
        name: row.name(1),
        shown: row.text(3).to_owned(),
        kind: match row.text(4) {
            "v" => Kind::View,
            "m" => Kind::MaterializedView,
            "f" => Kind::ForeignTable,
            _ => Kind::Table,
        },
        is_unlogged: row.text(5) == "u",
        options: row.optional(6).map(str::to_owned),
        tail: row.text(7).to_owned(),
        query: row.text(8).trim_end_matches(';').to_owned(),
    };
    Needing {
        name: relation.number.clone(),
        needs: row.words(9),
        item: relation,
    }
}

/// A partition is a part of a table, and temporary ones are gone with the connection.
fn sql() -> String {
    format!(
        "SELECT c.oid::text, nullif(n.nspname, current_schema())::text, c.relname::text, c.oid::regclass::text, c.relkind::text,
                c.relpersistence::text,
                (SELECT string_agg(quote_ident(split_part(o, '=', 1)) || '=' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ')
                 FROM unnest(c.reloptions) o),
                CASE c.relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid)
                WHEN 'f' THEN (SELECT ' SERVER ' || quote_ident(s.srvname) || {} FROM pg_foreign_table f
                               JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid) END,
                CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
                {NEEDS}
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE {OURS} AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition AND c.relpersistence <> 't' AND {}",
        foreign_options("f.ftoptions"),
        is_no_member("pg_class", "c.oid")
    )
}

/// The numbers of what a view reads, of the tables that a table inherits from, and of those whose sequences it counts with.
const NEEDS: &str = "(SELECT string_agg(number::text, ' ') FROM (
        SELECT d.refobjid AS number FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        WHERE r.ev_class = c.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid AND c.relkind IN ('v', 'm')
        UNION SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid
        UNION SELECT o.refobjid FROM pg_attrdef f
        JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
        JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = d.refobjid AND o.deptype IN ('a', 'i')
             AND o.refclassid = 'pg_class'::regclass AND o.refobjid <> c.oid
        WHERE f.adrelid = c.oid) needs)";

/// The options that a foreign server is given, as they stand in SQL.
pub(super) fn foreign_options(column: &str) -> String {
    format!(
        "coalesce((SELECT ' OPTIONS (' || string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), ', ') || ')'
                   FROM pg_options_to_table({column})), '')"
    )
}
