//! MariaDB, on a server of this process.

use std::{collections::BTreeMap, path::Path};

use aludel::{Connection, Engine};
use aludel_build::Dialect;
use aludel_testing::server::{Kind, Server};

use super::{
    Loaded,
    facts::{ColumnFacts, Facts, IndexFacts, Key, types, view_types},
    pulled::{self, Pulled},
    rows::{Row, rows},
    views::{by_view, nulls, texts},
};

pub(crate) fn load(file: &Path) -> Option<Loaded> {
    let server = Server::shared(Kind::MariaDb)?;
    let database = server.new_database_name();
    let refusals = server.load(&database, file);
    let engine = Engine::new(server.url(&database).as_str()).unwrap();
    let conn = engine.connect().unwrap();
    let mut facts = Facts::default();
    let target = filled(&conn, &database);
    add_tables(&mut facts, &conn, &target);
    add_columns(&mut facts, &conn, &target);
    let keys = add_foreign_keys(&mut facts, &conn, &target);
    add_indexes(&mut facts, &conn, &target, &keys);
    add_views(&mut facts, &conn, &target);
    let filled = Engine::new(server.url(&target).as_str()).unwrap();
    let pulled = Pulled::from(&filled.connect().unwrap());
    let again = pulled::again(server, &pulled, |line| line.starts_with("ERROR"));
    conn.execute(aludel::text_unchecked(format!("DROP DATABASE `{target}`")))
        .unwrap();
    let refusals = refusals.lines().filter(|line| line.starts_with("ERROR"));
    Some(Loaded {
        refusals: refusals.map(str::to_owned).collect(),
        facts,
        pulled,
        again,
    })
}

/// The database that a file filled: it may have made one of its own.
fn filled(conn: &Connection, given: &str) -> String {
    let sql = format!(
        "SELECT DISTINCT table_schema FROM information_schema.tables
         WHERE table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
         ORDER BY table_schema <> '{given}'"
    );
    rows(conn, &sql)[0].text(0)
}

fn add_tables(facts: &mut Facts, conn: &Connection, database: &str) {
    let sql = format!(
        "SELECT table_name, table_type = 'VIEW', if(table_type = 'VIEW', '', table_comment)
         FROM information_schema.tables WHERE table_schema = '{database}' AND table_type <> 'SEQUENCE'"
    );
    for row in rows(conn, &sql) {
        match row.is(1) {
            true => facts.view(&row.text(0), false, None),
            false => facts.table(&row.text(0), row.optional(2).as_deref()),
        }
    }
}

fn add_columns(facts: &mut Facts, conn: &Connection, database: &str) {
    let sql = format!(
        "SELECT c.table_name, c.column_name, c.is_nullable = 'YES',
                coalesce(c.column_default, 'NULL') <> 'NULL' OR c.extra LIKE '%auto_increment%' OR c.is_generated <> 'NEVER',
                c.column_type, c.column_comment
         FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
         WHERE c.table_schema = '{database}' AND t.table_type NOT IN ('VIEW', 'SEQUENCE')
         ORDER BY c.table_name, c.ordinal_position"
    );
    let mut tables: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(conn, &sql) {
        tables.entry(row.text(0)).or_default().push(row);
    }
    for (table, columns) in &tables {
        let spellings: Vec<String> = columns.iter().map(|row| row.text(4)).collect();
        let types = types(Dialect::Mysql, "", &spellings);
        for (number, (row, ty)) in columns.iter().zip(types).enumerate() {
            let column = ColumnFacts {
                name: row.text(1),
                nullable: row.is(2),
                filled: row.is(3),
                ty,
                comment: row.optional(5),
            };
            facts.column(table, number + 1, &column);
        }
    }
}

/// Gives back the columns of each, with their tables.
fn add_foreign_keys(
    facts: &mut Facts,
    conn: &Connection,
    database: &str,
) -> Vec<(String, Vec<String>)> {
    let sql = format!(
        "SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name,
                if(r.delete_rule = 'RESTRICT', 'NO ACTION', r.delete_rule), if(r.update_rule = 'RESTRICT', 'NO ACTION', r.update_rule)
         FROM information_schema.key_column_usage k
         JOIN information_schema.referential_constraints r
           ON r.constraint_schema = k.constraint_schema AND r.table_name = k.table_name AND r.constraint_name = k.constraint_name
         WHERE k.table_schema = '{database}' ORDER BY k.ordinal_position"
    );
    let mut keys: BTreeMap<(String, String), Vec<Row>> = BTreeMap::new();
    for row in rows(conn, &sql) {
        keys.entry((row.text(0), row.text(1)))
            .or_default()
            .push(row);
    }
    let mut columns_of_keys = Vec::new();
    for ((table, name), parts) in &keys {
        facts.constraint_name(table, name);
        let columns: Vec<String> = parts.iter().map(|row| row.text(2)).collect();
        let references: Vec<String> = parts.iter().map(|row| row.text(4)).collect();
        let key = Key {
            columns: &columns,
            target: &parts[0].text(3),
            references: &references,
            on_delete: &parts[0].text(5),
            on_update: &parts[0].text(6),
        };
        facts.foreign_key(table, &key);
        columns_of_keys.push((table.clone(), columns));
    }
    columns_of_keys
}

fn add_indexes(
    facts: &mut Facts,
    conn: &Connection,
    database: &str,
    keys: &[(String, Vec<String>)],
) {
    let sql = format!(
        "SELECT table_name, index_name, column_name, non_unique = 0, sub_part IS NOT NULL
         FROM information_schema.statistics WHERE table_schema = '{database}' ORDER BY seq_in_index"
    );
    let mut indexes: BTreeMap<(String, String), Vec<Row>> = BTreeMap::new();
    for row in rows(conn, &sql) {
        indexes
            .entry((row.text(0), row.text(1)))
            .or_default()
            .push(row);
    }
    for ((table, name), parts) in &indexes {
        let columns: Vec<String> = parts.iter().map(|row| row.text(2)).collect();
        let unique = parts[0].is(3);
        if name == "PRIMARY" {
            facts.primary_key(table, &columns);
            continue;
        }
        facts.constraint_name(table, name);
        let is_for_key = !unique && keys.contains(&(table.clone(), columns.clone()));
        if is_for_key {
            continue;
        }
        let index = IndexFacts {
            name: Some(name.clone()),
            unique,
            whole: !parts.iter().any(|row| row.is(4)),
            columns,
        };
        facts.index(table, &index);
    }
}

fn add_views(facts: &mut Facts, conn: &Connection, database: &str) {
    let sql = format!(
        "SELECT c.table_name, c.column_name, c.column_type
         FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
         WHERE c.table_schema = '{database}' AND t.table_type = 'VIEW' ORDER BY c.table_name, c.ordinal_position"
    );
    let views = by_view(rows(conn, &sql));
    for (view, columns) in &views {
        let all = |place| texts(columns, place);
        let types = view_types(Dialect::Mysql, "", &all(2));
        let quoted: Vec<String> = all(1).iter().map(|name| format!("`{name}`")).collect();
        let nulls = nulls(conn, &format!("`{database}`.`{view}`"), &quoted);
        facts.views.add_typed(view, all(1), types, nulls);
    }
}
