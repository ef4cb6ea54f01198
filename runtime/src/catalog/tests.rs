//! Creating and dropping on SQLite, and what is there afterwards.

use std::{collections::BTreeSet, ops::ControlFlow};

use aludel_catalog::{
    Action, Catalog as Schema, Column, ColumnType, Dialect, ForeignKey, Index, IndexKey, IndexPart,
    IntegerSize, Name, PrimaryKey, Table, Type, View,
};

use super::Catalog;
use crate::{Engine, error::ErrorKind};

/// A table `name (id INTEGER PRIMARY KEY, other INTEGER)`.
fn table(name: &str) -> Table {
    let mut table = Table::new(Name::new(name));
    table.columns.push(integer("id"));
    let mut other = integer("other");
    other.nullable = true;
    table.columns.push(other);
    table.primary_key = Some(PrimaryKey {
        name: None,
        columns: vec!["id".to_owned()],
    });
    table
}

fn integer(name: &str) -> Column {
    let kind = Type::Integer {
        size: IntegerSize::Big,
        unsigned: false,
    };
    Column::new(name, ColumnType::new(kind, "INTEGER"))
}

/// The same table, whose `other` leads to `target`.
fn referring(name: &str, target: &str, on_delete: Option<Action>) -> Table {
    let mut table = table(name);
    table.foreign_keys.push(ForeignKey {
        name: None,
        columns: vec!["other".to_owned()],
        table: Name::new(target),
        references: vec!["id".to_owned()],
        on_delete,
        on_update: None,
        match_type: None,
        deferrable: None,
    });
    table
}

fn index(name: &str, column: &str) -> Index {
    Index {
        name: Some(name.to_owned()),
        parts: vec![IndexPart::new(IndexKey::Column(column.to_owned()))],
        unique: false,
        condition: None,
        include: Vec::new(),
        method: None,
        comment: None,
    }
}

fn schema(tables: Vec<Table>) -> Schema {
    let mut schema = Schema::new(Dialect::Sqlite);
    schema.tables = tables;
    schema
}

fn catalog(schema: &Schema) -> Catalog {
    Catalog::from_json(schema.to_json().leak())
}

fn memory() -> Engine {
    Engine::new("sqlite://").unwrap()
}

fn run(engine: &Engine, statements: &[&str]) {
    engine
        .transact(|connection| {
            for statement in statements {
                connection.execute_sql(statement, &[])?;
            }
            Ok::<_, crate::Error>(())
        })
        .unwrap();
}

/// Everything that is there, as `table t`.
fn objects(engine: &Engine) -> BTreeSet<String> {
    let mut objects = BTreeSet::new();
    let sql = "SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    let connection = engine.connect().unwrap();
    connection
        .query_sql(sql, &[], false, &mut |row| {
            objects.insert(row.get(0)?);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    objects
}

fn set(objects: &[&str]) -> BTreeSet<String> {
    objects.iter().map(|object| object.to_string()).collect()
}

/// Tables, an index and a view.
fn shop() -> Schema {
    let mut item = referring("item", "order", None);
    item.indexes.push(index("item_other", "other"));
    let mut shop = schema(vec![item, table("order")]);
    shop.views.push(View {
        name: Name::new("totals"),
        columns: Vec::new(),
        query: "SELECT count(*) AS n FROM item".to_owned(),
        materialized: false,
        comment: None,
    });
    shop
}

#[test]
fn everything_is_created_and_dropped_as_often_as_asked() {
    let (engine, catalog) = (memory(), catalog(&shop()));
    for _ in 0..2 {
        for _ in 0..2 {
            catalog.create_all(&engine).unwrap();
            let expected = [
                "index item_other",
                "table item",
                "table order",
                "view totals",
            ];
            assert_eq!(objects(&engine), set(&expected));
        }
        run(
            &engine,
            &[
                "INSERT INTO \"order\" VALUES (1, 1)",
                "INSERT INTO item VALUES (1, 1)",
            ],
        );
        for _ in 0..2 {
            catalog.drop_all(&engine).unwrap();
            assert_eq!(objects(&engine), set(&[]));
        }
    }
}

#[test]
fn what_exists_is_left_as_it_is_whatever_the_case_of_its_name() {
    let (engine, catalog) = (memory(), catalog(&shop()));
    run(
        &engine,
        &[
            "CREATE TABLE ITEM (something TEXT)",
            "INSERT INTO item VALUES ('kept')",
        ],
    );
    catalog.create_all(&engine).unwrap();
    // The index belongs to a table that was there, and so is not made either.
    assert_eq!(
        objects(&engine),
        set(&["table ITEM", "table order", "view totals"])
    );
    catalog.drop_all(&engine).unwrap();
    assert_eq!(objects(&engine), set(&[]));
}

#[test]
fn only_what_exists_is_dropped_and_nothing_else() {
    let (engine, catalog) = (memory(), catalog(&shop()));
    run(&engine, &["CREATE TABLE item (a)", "CREATE TABLE mine (a)"]);
    catalog.drop_all(&engine).unwrap();
    assert_eq!(objects(&engine), set(&["table mine"]));
}

#[test]
fn tables_that_refer_to_each_other_are_dropped_with_their_rows() {
    for on_delete in [
        None,
        Some(Action::Restrict),
        Some(Action::Cascade),
        Some(Action::SetNull),
    ] {
        let engine = memory();
        let catalog = catalog(&schema(vec![
            referring("a", "b", on_delete),
            referring("b", "c", on_delete),
            referring("c", "a", on_delete),
            referring("own", "own", on_delete),
        ]));
        catalog.create_all(&engine).unwrap();
        run(
            &engine,
            &[
                "PRAGMA defer_foreign_keys = ON",
                "INSERT INTO a VALUES (1, 1), (2, 2)",
                "INSERT INTO b VALUES (1, 1), (2, 2)",
                "INSERT INTO c VALUES (1, 1), (2, 2)",
                "INSERT INTO own VALUES (1, 2), (2, 1)",
            ],
        );
        catalog.drop_all(&engine).unwrap();
        assert_eq!(objects(&engine), set(&[]), "{on_delete:?}");
    }
}

#[test]
fn a_choice_of_tables_is_created_and_dropped() {
    let (engine, catalog) = (memory(), catalog(&shop()));
    catalog.create(&engine, &["order"]).unwrap();
    assert_eq!(objects(&engine), set(&["table order"]));
    catalog.create(&engine, &["item", "order"]).unwrap();
    assert_eq!(
        objects(&engine),
        set(&["index item_other", "table item", "table order"])
    );
    catalog.drop(&engine, &["item"]).unwrap();
    assert_eq!(objects(&engine), set(&["table order"]));
    catalog.drop(&engine, &[]).unwrap();
    assert_eq!(objects(&engine), set(&["table order"]));

    for error in [
        catalog.create(&engine, &["order", "missing"]).unwrap_err(),
        catalog.drop(&engine, &["missing"]).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.message().contains("missing"), "{error}");
    }
    assert_eq!(objects(&engine), set(&["table order"]));
}

#[test]
fn dropping_what_rows_elsewhere_refer_to_fails_and_drops_nothing() {
    let (engine, catalog) = (memory(), catalog(&shop()));
    catalog.create_all(&engine).unwrap();
    run(
        &engine,
        &[
            "INSERT INTO \"order\" VALUES (1, 1)",
            "INSERT INTO item VALUES (1, 1)",
        ],
    );
    let before = objects(&engine);
    let error = catalog.drop(&engine, &["order"]).unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error:?}");
    assert_eq!(objects(&engine), before);
}

#[test]
fn a_failure_keeps_its_statement_and_leaves_nothing_behind() {
    let mut broken = shop();
    broken.views[0].query = "SELECT FROM".to_owned();
    let engine = memory();
    let error = catalog(&broken).create_all(&engine).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Programming);
    assert!(
        error
            .sql()
            .is_some_and(|sql| sql.starts_with("CREATE VIEW")),
        "{error}"
    );
    assert_eq!(objects(&engine), set(&[]));
}

#[test]
fn the_catalog_is_there_as_data() {
    let catalog = catalog(&shop());
    let names: Vec<_> = catalog
        .tables()
        .unwrap()
        .iter()
        .map(|table| table.name.to_string())
        .collect();
    assert_eq!(names, ["item", "order"]);
    assert_eq!(catalog.get().unwrap().views.len(), 1);
}
