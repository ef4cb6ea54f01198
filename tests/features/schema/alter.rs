//! m15: a database that is altered from one schema to another is what the other says, and keeps its rows.

mod cases;
mod described;

use std::{
    collections::BTreeMap,
    fs,
    panic::{self, AssertUnwindSafe},
};

use aludel::{Connection, Engine, text_unchecked, value::Value};
use aludel_catalog::{
    Catalog, Dialect, Name,
    ddl::{self, Script},
    difference::{Difference, Renames},
};
use aludel_testing::each_database;

use crate::backend::{self, Backend, current};

use cases::{Case, cases};
use described::described;

#[each_database]
fn m15_an_altered_database_is_what_the_new_schema_says_and_so_is_the_way_back() {
    let mut problems = Vec::new();
    let mut tried = 0;
    let created = connect();
    for case in cases(dialect()) {
        tried += 1;
        let name = case.name;
        let result = panic::catch_unwind(AssertUnwindSafe(|| try_case(&case, &created)));
        match result {
            Ok(found) => problems.extend(found.into_iter().map(|it| format!("{name}: {it}"))),
            Err(panic) => problems.push(format!("{name}: {}", message(&*panic))),
        }
    }
    assert!(tried >= 25, "only {tried} cases");
    assert!(problems.is_empty(), "\n{}", problems.join("\n\n"));
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).into()))
        .unwrap_or_default()
}

fn dialect() -> Dialect {
    match current() {
        Backend::Sqlite => Dialect::Sqlite,
        Backend::Postgres => Dialect::Postgres,
        Backend::MariaDb | Backend::Mysql => Dialect::Mysql,
    }
}

/// There and back again.
fn try_case(case: &Case, created: &Connection) -> Vec<String> {
    let (before, after) = (read(case.before), read(case.after));
    let (there, back) = renames(case);
    let mut problems = Vec::new();
    for schema in [&before, &after] {
        let none = Difference::between(schema, schema, &Renames::default()).unwrap();
        assert_eq!(none.changes, [], "a schema differs from itself");
    }
    let difference = Difference::between(&before, &after, &there).unwrap();
    assert!(!difference.is_empty(), "nothing differs");

    let conn = connect();
    run(&conn, &ddl::create_all(&before, dialect()).unwrap());
    for row in case.rows {
        execute(&conn, row);
    }
    conn.commit().unwrap();
    let counted = counts(&conn, &before);

    let script = ddl::alter(&before, &after, &there, dialect()).unwrap();
    run(&conn, &script);
    problems.extend(compared("there", &conn, &after, &script, created));
    let expected = renamed(&counted, case, &after);
    let found = counts(&conn, &after);
    for (table, count) in &expected {
        if found.get(table) != Some(count) {
            problems.push(format!(
                "`{table}` had {count} rows, and has {:?}",
                found.get(table)
            ));
        }
    }
    for (query, answer) in case.sees {
        let seen = texts(&conn, query).join("; ");
        if seen != *answer {
            problems.push(format!("{query} gives {seen}, not {answer}"));
        }
    }
    conn.commit().unwrap();

    let script = ddl::alter(&after, &before, &back, dialect()).unwrap();
    run(&conn, &script);
    problems.extend(compared("back", &conn, &before, &script, created));
    let found = counts(&conn, &before);
    for (table, count) in &counted {
        let is_kept = case.after.contains(table.as_str())
            || case.renames.iter().any(|it| it.contains(table.as_str()));
        if is_kept && found.get(table) != Some(count) {
            problems.push(format!(
                "back: `{table}` had {count} rows, and has {:?}",
                found.get(table)
            ));
        }
    }
    problems
}

/// What differs from a database that was created from the schema.
fn compared(
    way: &str,
    altered: &Connection,
    schema: &Catalog,
    script: &Script,
    created: &Connection,
) -> Vec<String> {
    let found = described(altered);
    let create = ddl::create_all(schema, dialect()).unwrap();
    let expected = match current() {
        // A database takes its time to make, and a transaction is taken back.
        Backend::Postgres => {
            for statement in &create.statements {
                execute(created, &statement.sql);
            }
            let expected = described(created);
            created.rollback().unwrap();
            expected
        }
        _ => {
            let created = connect();
            run(&created, &create);
            described(&created)
        }
    };
    let missing = expected.iter().filter(|it| !found.contains(it));
    let missing = missing.map(|it| format!("  missing: {it}"));
    let surplus = found.iter().filter(|it| !expected.contains(it));
    let surplus = surplus.map(|it| format!("  surplus: {it}"));
    let problems: Vec<String> = missing.chain(surplus).collect();
    match problems.is_empty() {
        true => Vec::new(),
        false => vec![format!(
            "{way}\n{}\n{}",
            problems.join("\n"),
            written(script)
        )],
    }
}

fn written(script: &Script) -> String {
    let lines = script.statements.iter().map(|it| format!("  > {}", it.sql));
    lines.collect::<Vec<_>>().join("\n")
}

/// The schema as the generator reads it.
fn read(sql: &str) -> Catalog {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schema.sql");
    fs::write(&path, sql).unwrap();
    match aludel_build::inspect(&[path], dialect()) {
        Ok(inspected) => inspected.catalog,
        Err(errors) => panic!("{errors}"),
    }
}

fn name(text: &str) -> Name {
    match text.split_once('.') {
        Some((schema, name)) => Name::within(schema, name),
        None => Name::new(text),
    }
}

/// `old > new` renames a table, `table: old > new` a column; and what takes that back.
fn renames(case: &Case) -> (Renames, Renames) {
    let (mut there, mut back) = (Renames::default(), Renames::default());
    let mut tables = BTreeMap::new();
    for renamed in case.renames {
        let (table, names) = renamed.split_once(": ").unwrap_or(("", renamed));
        let (old, new) = names.split_once(" > ").unwrap();
        if table.is_empty() {
            tables.insert(new, old);
            there = there.table(name(old), name(new));
            back = back.table(name(new), name(old));
        } else {
            let old_table = tables.get(table).copied().unwrap_or(table);
            there = there.column(name(table), old, new);
            back = back.column(name(old_table), new, old);
        }
    }
    (there, back)
}

/// The counts by the names that the tables have afterwards, of those that stay.
fn renamed(counts: &BTreeMap<String, i64>, case: &Case, after: &Catalog) -> BTreeMap<String, i64> {
    let new_name = |table: &String| {
        let pairs = case.renames.iter().filter(|it| !it.contains(": "));
        let mut pairs = pairs.filter_map(|it| it.split_once(" > "));
        let found = pairs.find(|(old, _)| old == table);
        found.map_or(table.clone(), |(_, new)| new.to_owned())
    };
    let all = counts
        .iter()
        .map(|(table, count)| (new_name(table), *count));
    all.filter(|(table, _)| after.table(&name(table)).is_some())
        .collect()
}

fn counts(conn: &Connection, schema: &Catalog) -> BTreeMap<String, i64> {
    let count = |table: &aludel_catalog::Table| {
        let mut quoted = String::new();
        if let Some(namespace) = &table.name.schema {
            dialect().quoting().push(&mut quoted, namespace);
            quoted.push('.');
        }
        dialect().quoting().push(&mut quoted, &table.name.name);
        let all = texts(conn, &format!("SELECT count(*) FROM {quoted}"));
        (table.name.to_string(), all[0].parse().unwrap())
    };
    schema.tables.iter().map(count).collect()
}

fn connect() -> Connection {
    let engine = Engine::new(backend::url().as_str()).unwrap();
    engine.connect().unwrap()
}

fn execute(conn: &Connection, sql: &str) {
    if let Err(error) = conn.execute(text_unchecked(sql)) {
        panic!("{error}\n{sql}");
    }
}

/// Runs a script as it asks to be run.
fn run(conn: &Connection, script: &Script) {
    conn.commit().unwrap();
    if current() != Backend::Sqlite {
        for statement in &script.statements {
            if let Err(error) = conn.execute(text_unchecked(&statement.sql)) {
                panic!("{error}\n{}\n{}", statement.sql, written(script));
            }
        }
        conn.commit().unwrap();
        return;
    }
    let done = conn.with_sqlite(|raw| {
        if script.foreign_keys_off {
            raw.execute_batch("PRAGMA foreign_keys = OFF")?;
        }
        raw.execute_batch("BEGIN")?;
        for statement in &script.statements {
            if let Err(error) = raw.execute_batch(&statement.sql) {
                panic!("{error}\n{}\n{}", statement.sql, written(script));
            }
        }
        let broken: i64 =
            raw.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
                row.get(0)
            })?;
        assert_eq!(broken, 0, "foreign keys are broken\n{}", written(script));
        raw.execute_batch("COMMIT; PRAGMA foreign_keys = ON")
    });
    done.unwrap();
}

/// Each row of an answer as one text.
fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    let result = match conn.execute(text_unchecked(sql)) {
        Ok(result) => result,
        Err(error) => panic!("{error}\n{sql}"),
    };
    let rows = result.all().into_iter();
    let rows = rows.map(|row| {
        let values = row.values().iter().map(|value| match value {
            Value::Null => "-".into(),
            Value::Text(text) => text.clone().into_owned(),
            Value::Int(number) => number.to_string(),
            Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            other => format!("{other:?}"),
        });
        values.collect::<Vec<String>>().join(" ")
    });
    rows.collect()
}
