//! What SQLite keeps of each declaration: its text.

use aludel_catalog::Name;

use crate::{
    dialect::declaration::{Answer, Ask, Declaration, Declared},
    error::Result,
};

/// The texts, of tables, their indexes and views. Indexes that SQLite makes itself have none, and the tables in which virtual ones
/// keep their data come and go with these.
const TEXTS: &str = "SELECT type, tbl_name, sql FROM sqlite_schema \
     WHERE type IN ('table', 'index', 'view') AND sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
     AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow') \
     ORDER BY type = 'view', tbl_name, type <> 'table', name";

pub(super) fn declarations(ask: &mut Ask<'_>) -> Result<Vec<Declaration>> {
    let rows = ask(TEXTS)?;
    let declaration = |row: &Answer| {
        let name = Name::new(row.text(1));
        let of = match row.text(0) {
            "view" => Declared::View(name),
            _ => Declared::Table(name),
        };
        Declaration::new(of, row.text(2))
    };
    Ok(rows.iter().map(declaration).collect())
}
