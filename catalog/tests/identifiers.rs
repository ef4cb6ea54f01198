//! Names that would break out of SQL text if nobody quoted them.

use aludel_catalog::{
    Catalog, Check, ColumnType, Default, Dialect, Domain, Enum, Index, Name, PrimaryKey, Table,
    Type, Unique, View, ddl,
};

use crate::samples::{catalog, column, foreign_key, refused, strings, table, text, with_default};

pub(crate) const HOSTILE: [&str; 12] = [
    "\"",
    "a\"\"b",
    "a\"); DROP TABLE t; --",
    "it's",
    "`tick`",
    "[bracket]",
    "two words",
    "select",
    "-- comment",
    "new\nline",
    "größe_人_🦀",
    "1; a.b",
];

/// A schema in which everything has this name.
pub(crate) fn all_named(name: &str) -> Catalog {
    let mut hostile = table(
        name,
        [
            with_default(text(name), Default::Text(name.into())),
            column("mood", Type::Enum(Name::new(name)), "mood"),
            column("domain", Type::Domain(Name::new(name)), "domain"),
        ],
    );
    hostile.primary_key = Some(PrimaryKey {
        name: Some(name.into()),
        columns: strings(&[name]),
    });
    hostile.foreign_keys = vec![foreign_key(name, name, name)];
    hostile.foreign_keys[0].name = Some(name.into());
    hostile.uniques = vec![Unique {
        name: Some(name.into()),
        columns: strings(&[name]),
        nulls_not_distinct: false,
        deferrable: None,
    }];
    hostile.checks = vec![Check {
        name: Some(name.into()),
        expression: "1 = 1".into(),
    }];
    hostile.indexes = vec![
        Index::on(None, [name]),
        Index::on(Some(format!("{name} index")), [name]),
    ];
    Catalog {
        views: vec![View {
            name: Name::new(format!("{name} view")),
            columns: strings(&[name]),
            query: "SELECT 1".into(),
            materialized: false,
            comment: None,
        }],
        enums: vec![Enum {
            name: Name::new(name),
            values: strings(&[name, "other"]),
            comment: None,
        }],
        domains: vec![Domain {
            name: Name::new(name),
            base: ColumnType::new(Type::text(), "text"),
            not_null: false,
            default: None,
            checks: strings(&["VALUE <> ''"]),
            comment: None,
        }],
        ..catalog(Dialect::Postgres, [hostile])
    }
}

/// Every place of a table where a name can be empty, and the message about it.
const EMPTY_NAMES: &[(&str, fn(&mut Table))] = &[
    ("table ``: a name is empty", |t| t.name = Name::new("")),
    ("table `t`: column ``: a name is empty", |t| {
        t.columns[0].name.clear()
    }),
    ("table `t`: column `a`: a name is empty", |t| {
        t.columns[0].collation = Some(String::new())
    }),
    ("table `t`: primary key on ``: a name is empty", |t| {
        t.primary_key = Some(PrimaryKey {
            name: None,
            columns: strings(&[""]),
        })
    }),
    (
        "table `t`: primary key on ``: a list of columns is empty",
        |t| {
            t.primary_key = Some(PrimaryKey {
                name: None,
                columns: Vec::new(),
            })
        },
    ),
    ("table `t`: check constraint ``: a name is empty", |t| {
        t.checks = vec![Check {
            name: Some(String::new()),
            expression: "1".into(),
        }]
    }),
    ("table `t`: foreign key on `a`: a name is empty", |t| {
        t.foreign_keys = vec![foreign_key("a", "", "a")]
    }),
    ("table `t`: foreign key on `a`: a name is empty", |t| {
        t.foreign_keys = vec![foreign_key("a", "t", "")]
    }),
    ("table `t`: index ``: a name is empty", |t| {
        t.indexes = vec![Index::on(Some(String::new()), ["a"])]
    }),
    ("table `t`: index `t__idx`: a name is empty", |t| {
        t.indexes = vec![Index::on(None, [""])]
    }),
];

/// Every place where a name can be empty, and the message about it.
fn with_an_empty_name() -> Vec<(&'static str, Catalog)> {
    let of = |change: &fn(&mut Table)| {
        let mut table = table("t", [text("a")]);
        change(&mut table);
        catalog(Dialect::Sqlite, [table])
    };
    let mut view = all_named("v");
    view.tables.clear();
    view.views[0].columns = strings(&[""]);
    let mut table_schema = catalog(Dialect::Sqlite, [table("t", [text("a")])]);
    table_schema.tables[0].name = Name::within("", "t");
    let mut cases = vec![
        ("table `.t`: a name is empty", table_schema),
        ("view `v view`: a name is empty", view),
    ];
    cases.extend(
        EMPTY_NAMES
            .iter()
            .map(|(message, change)| (*message, of(change))),
    );
    cases
}

#[test]
fn an_empty_name_is_refused_wherever_it_stands() {
    for (message, catalog) in with_an_empty_name() {
        assert_eq!(refused(&catalog), message);
    }
}

#[test]
fn dropping_what_has_an_empty_name_is_refused() {
    let mut nameless = all_named("v");
    nameless.views[0].name = Name::new("");
    let error = ddl::drop_all(&nameless, Dialect::Sqlite).unwrap_err();
    assert_eq!(error.to_string(), "view ``: a name is empty");

    let nameless = catalog(Dialect::Sqlite, [table("", [text("a")])]);
    let error = ddl::drop_all(&nameless, Dialect::Sqlite).unwrap_err();
    assert_eq!(error.to_string(), "table ``: a name is empty");
}

#[test]
fn a_nul_character_is_refused_because_sqlite_would_stop_reading_there() {
    let message = "it contains a NUL character, which SQL text cannot hold";
    let in_name = catalog(Dialect::Sqlite, [table("t", [text("a\0b")])]);
    assert_eq!(
        refused(&in_name),
        format!("table `t`: column `a\0b`: {message}")
    );
    let default = with_default(text("a"), Default::Text("\0".into()));
    let in_default = catalog(Dialect::Sqlite, [table("t", [default])]);
    assert_eq!(
        refused(&in_default),
        format!("table `t`: column `a`: {message}")
    );
}

#[test]
fn quotes_in_names_are_doubled() {
    let statement = crate::samples::created(&catalog(
        Dialect::Sqlite,
        [table("a\"b", [text("it's `c`")])],
    ));
    assert_eq!(
        statement,
        "CREATE TABLE \"a\"\"b\" (\n  \"it's `c`\" TEXT\n)"
    );
}
