//! The order in which tables are created and dropped.

use aludel_catalog::{Catalog, Dialect, Name, Table, ddl};

use crate::samples::{catalog, dropped, foreign_key, table, text};

/// A catalog from lines like `pet: person city`: a table and those it refers to.
fn tables(declared: &[&str]) -> Catalog {
    let of = |line: &&str| -> Table {
        let (name, targets) = line.split_once(':').unwrap();
        let mut declared = table(name, [text("id")]);
        declared.foreign_keys = targets
            .split_whitespace()
            .map(|target| foreign_key("id", target, "id"))
            .collect();
        declared
    };
    catalog(Dialect::Sqlite, declared.iter().map(of))
}

fn order(catalog: &Catalog) -> Vec<&str> {
    ddl::creation_order(catalog)
        .into_iter()
        .map(|table| table.name.name.as_str())
        .collect()
}

#[test]
fn referred_tables_come_first_and_others_stay_where_they_were() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("nothing", &[], &[]),
        ("no references", &["b:", "a:", "c:"], &["b", "a", "c"]),
        ("a chain", &["c: b", "b: a", "a:"], &["a", "b", "c"]),
        (
            "a chain in order",
            &["a:", "b: a", "c: b"],
            &["a", "b", "c"],
        ),
        (
            "a diamond",
            &["bottom: right left", "left: top", "right: top", "top:"],
            &["top", "left", "right", "bottom"],
        ),
        ("two references to one", &["b: a a", "a:"], &["a", "b"]),
        ("itself", &["b: b a", "a: a"], &["a", "b"]),
        ("a table elsewhere", &["b: elsewhere", "a:"], &["b", "a"]),
        ("a circle of two", &["b: a", "a: b"], &["b", "a"]),
        (
            "a circle of three",
            &["a: b", "b: c", "c: a"],
            &["a", "b", "c"],
        ),
        (
            "a circle with tables before and behind",
            &["behind: b", "a: b", "between:", "b: a before", "before:"],
            &["before", "a", "b", "behind", "between"],
        ),
        (
            "two circles, one behind the other",
            &["c: d a", "d: c", "a: b", "b: a"],
            &["a", "b", "c", "d"],
        ),
        (
            "circles that share a table",
            &["a: b", "b: a c", "c: b"],
            &["a", "b", "c"],
        ),
    ];
    for (name, declared, expected) in cases {
        assert_eq!(order(&tables(declared)), *expected, "{name}");
    }
}

#[test]
fn tables_of_the_same_name_in_two_schemas_are_two() {
    let mut catalog = tables(&["pet: person", "person:"]);
    catalog.tables[1].name = Name::within("app", "person");
    assert_eq!(order(&catalog), ["pet", "person"]);
    catalog.tables[0].foreign_keys[0].table = Name::within("app", "person");
    assert_eq!(order(&catalog), ["person", "pet"]);
}

#[test]
fn a_long_chain_does_not_exhaust_the_stack() {
    let length = 50_000;
    let lines: Vec<String> = (0..length)
        .map(|number| format!("t{number}: t{}", number + 1))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let catalog = tables(&lines);
    let order = order(&catalog);
    assert_eq!(order.len(), length);
    assert_eq!((order[0], order[length - 1]), ("t49999", "t0"));
}

#[test]
fn tables_are_dropped_in_the_opposite_order_behind_the_views() {
    let mut catalog = tables(&["c: b", "a:", "b: a"]);
    for name in ["first", "second"] {
        catalog.views.push(aludel_catalog::View {
            name: Name::new(name),
            columns: Vec::new(),
            query: "SELECT 1".into(),
            materialized: false,
            comment: None,
        });
    }
    insta::assert_snapshot!(dropped(&catalog), @r#"
    DROP VIEW "second";
    DROP VIEW "first";
    DROP TABLE "c";
    DROP TABLE "b";
    DROP TABLE "a"
    "#);
}
