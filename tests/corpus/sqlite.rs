//! SQLite, in this process.

use std::{collections::BTreeMap, fs, path::Path};

use aludel::{Connection, Engine};
use aludel_build::Dialect;

use super::{
    Loaded,
    facts::{ColumnFacts, Facts, IndexFacts, Key, types},
    pulled::Pulled,
    rows::{Row, rows},
    views::{ViewColumn, nulls},
};

pub(crate) fn load(file: &Path) -> Option<Loaded> {
    let engine = Engine::new("sqlite://").unwrap();
    let conn = engine.connect().unwrap();
    let sql = fs::read_to_string(file).unwrap();
    let outcome = conn
        .with_sqlite(|sqlite| {
            sqlite.execute_batch("PRAGMA foreign_keys = OFF")?;
            Ok(sqlite.execute_batch(&sql))
        })
        .unwrap();
    let mut facts = Facts::default();
    let list = "SELECT name, type, wr FROM pragma_table_list \
        WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    for row in rows(&conn, list) {
        match row.text(1).as_str() {
            "view" => add_view(&mut facts, &conn, &row.text(0)),
            "table" => add_table(&mut facts, &conn, &row.text(0), row.is(2)),
            // Virtual tables, and those that they keep their data in.
            _ => {}
        }
    }
    let pulled = Pulled::from(&conn);
    let again = again(&pulled);
    let refusals = outcome.err().into_iter();
    Some(Loaded {
        refusals: refusals.map(|error| error.to_string()).collect(),
        facts,
        pulled,
        again,
    })
}

/// What is lost or new in another database that is made by what was read.
fn again(pulled: &Pulled) -> Vec<String> {
    let conn = Engine::new("sqlite://").unwrap().connect().unwrap();
    let run = conn.with_sqlite(|sqlite| Ok(sqlite.execute_batch(&pulled.text())));
    let refusals = run.unwrap().err().into_iter();
    let refusals: Vec<String> = refusals.map(|error| error.to_string()).collect();
    pulled.again(&Pulled::from(&conn), &refusals)
}

fn add_table(facts: &mut Facts, conn: &Connection, table: &str, without_row_numbers: bool) {
    facts.table(table, None);
    let quoted = quoted(table);
    let info = format!(
        "SELECT name, pk, type, \"notnull\" OR pk > 0, \
         coalesce(upper(dflt_value), 'NULL') <> 'NULL' OR hidden > 1 \
         FROM pragma_table_xinfo({quoted}) WHERE hidden <> 1 ORDER BY cid"
    );
    let columns = rows(conn, &info);
    let key = primary_key(&columns);
    if !key.is_empty() {
        facts.primary_key(table, &key);
    }
    // A key that is the number of the row needs no index.
    let list = format!("SELECT 1 FROM pragma_index_list({quoted}) WHERE origin = 'pk'");
    let counts = !without_row_numbers && rows(conn, &list).is_empty();
    let spellings: Vec<String> = columns.iter().map(|row| row.text(2)).collect();
    let types = types(Dialect::Sqlite, "", &spellings);
    for (number, (row, ty)) in columns.iter().zip(types).enumerate() {
        let name = row.text(0);
        let is_row_number = counts && key == [name.clone()];
        let column = ColumnFacts {
            name,
            nullable: !row.is(3),
            filled: row.is(4) || is_row_number,
            ty,
            comment: None,
        };
        facts.column(table, number + 1, &column);
    }
    add_foreign_keys(facts, conn, table);
    add_indexes(facts, conn, table);
}

/// SQLite gives the columns of views no types.
fn add_view(facts: &mut Facts, conn: &Connection, view: &str) {
    facts.view(view, false, None);
    let info = format!(
        "SELECT name FROM pragma_table_info({}) ORDER BY cid",
        quoted(view)
    );
    let names: Vec<String> = rows(conn, &info).iter().map(|row| row.text(0)).collect();
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let nulls = nulls(conn, &format!("\"{view}\""), &quoted);
    let columns = names.into_iter().zip(nulls);
    let columns = columns.map(|(name, nullable)| ViewColumn {
        name,
        ty: None,
        nullable,
    });
    facts.views.add(view, columns.collect());
}

/// The columns of a key, of rows with their names and their places in it.
fn primary_key(columns: &[Row]) -> Vec<String> {
    let parts = columns.iter().map(|row| (row.number(1), row.text(0)));
    let parts: BTreeMap<i64, String> = parts.filter(|(place, _)| *place > 0).collect();
    parts.into_values().collect()
}

fn add_foreign_keys(facts: &mut Facts, conn: &Connection, table: &str) {
    let list = format!(
        "SELECT id, \"table\", \"from\", \"to\", on_delete, on_update \
         FROM pragma_foreign_key_list({}) ORDER BY id, seq",
        quoted(table)
    );
    let mut keys: BTreeMap<i64, Vec<Row>> = BTreeMap::new();
    for row in rows(conn, &list) {
        keys.entry(row.number(0)).or_default().push(row);
    }
    for parts in keys.values() {
        let target = parts[0].text(1);
        let columns: Vec<String> = parts.iter().map(|row| row.text(2)).collect();
        let mut references: Vec<String> = parts.iter().filter_map(|row| row.optional(3)).collect();
        if references.is_empty() {
            let info = format!(
                "SELECT name, pk FROM pragma_table_info({})",
                quoted(&target)
            );
            references = primary_key(&rows(conn, &info));
        }
        let key = Key {
            columns: &columns,
            target: &target,
            references: &references,
            on_delete: &parts[0].text(4),
            on_update: &parts[0].text(5),
        };
        facts.foreign_key(table, &key);
    }
}

fn add_indexes(facts: &mut Facts, conn: &Connection, table: &str) {
    let list = format!(
        "SELECT name, origin, \"unique\", partial FROM pragma_index_list({})",
        quoted(table)
    );
    for index in rows(conn, &list) {
        let (name, origin) = (index.text(0), index.text(1));
        let info = format!(
            "SELECT coalesce(name, '*') FROM pragma_index_xinfo({}) WHERE key ORDER BY seqno",
            quoted(&name)
        );
        let columns: Vec<String> = rows(conn, &info).iter().map(|row| row.text(0)).collect();
        let whole = !index.is(3) && columns.iter().all(|column| column != "*");
        if origin != "pk" {
            let index = IndexFacts {
                name: (origin == "c").then_some(name),
                unique: index.is(2),
                whole,
                columns,
            };
            facts.index(table, &index);
        }
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
