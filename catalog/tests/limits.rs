//! What SQLite cannot express is an error that says where it stands.

use aludel_catalog::{
    Catalog, Column, ColumnType, Default, Deferrable, Dialect, Domain, ForeignKey, Identity, Index,
    IndexKey, IndexPart, IntegerSize, Name, NullsOrder, Sequence, SortOrder, Table, TableOption,
    Type, Unique, View,
};
use insta::assert_snapshot;

use crate::samples::{
    catalog, column, created, foreign_key, identity, key, refused, strings, table, text,
    with_default,
};

fn changed(change: impl FnOnce(&mut Table)) -> Catalog {
    let mut table = table("t", [text("a"), text("b")]);
    change(&mut table);
    catalog(Dialect::Postgres, [table])
}

fn refusals(catalogs: Vec<Catalog>) -> String {
    let messages: Vec<String> = catalogs.iter().map(refused).collect();
    messages.join("\n")
}

fn option(name: &str, value: Option<&str>) -> TableOption {
    TableOption {
        dialect: Dialect::Sqlite,
        name: name.into(),
        value: value.map(String::from),
    }
}

#[test]
fn tables_and_columns_that_sqlite_cannot_express_are_refused() {
    let nextval = |expression: &str| {
        changed(|t| t.columns[1].default = Some(Default::Expression(expression.into())))
    };
    assert_snapshot!(refusals(vec![
        changed(|t| t.columns.clear()),
        changed(|t| t.options = vec![option("TABLESPACE", None)]),
        changed(|t| t.options = vec![option("STRICT", Some("1"))]),
        changed(|t| t.columns[1].on_update = Some("CURRENT_TIMESTAMP".into())),
        changed(|t| t.columns[1].collation = Some("de_DE".into())),
        changed(|t| t.columns[1].ty.kind = Type::Enum(Name::new("mood"))),
        changed(|t| t.columns[1].ty.kind = Type::Domain(Name::new("email"))),
        nextval("nextval('t_b_seq'::regclass)"),
        nextval("'T-' || NEXTVAL('t_b_seq')"),
    ]), @r"
    table `t`: SQLite has no tables without columns
    table `t`: SQLite has no table option `TABLESPACE`
    table `t`: SQLite has no table option `STRICT`
    table `t`: column `b`: SQLite has no ON UPDATE for columns
    table `t`: column `b`: SQLite has no collation `de_DE`
    table `t`: column `b`: there is no enum `mood`
    table `t`: column `b`: there is no domain `email`
    table `t`: column `b`: its default takes numbers from a sequence, and SQLite has none
    table `t`: column `b`: its default takes numbers from a sequence, and SQLite has none
    ");
}

#[test]
fn a_sequence_is_not_seen_where_it_is_only_spoken_of() {
    for expression in [
        "'nextval'",
        "'it''s nextval'",
        "\"nextval\"",
        "'é' || my_nextval",
        "nextvalue",
        "'not closed nextval",
    ] {
        let catalog = Catalog {
            dialect: Dialect::Sqlite,
            ..changed(|t| t.columns[1].default = Some(Default::Expression(expression.into())))
        };
        assert!(created(&catalog).contains(&format!("DEFAULT ({expression})")));
    }
}

#[test]
fn an_enum_without_values_is_refused() {
    let mut catalog = changed(|t| t.columns[1].ty.kind = Type::Enum(Name::new("mood")));
    catalog.enums = vec![aludel_catalog::Enum {
        name: Name::new("mood"),
        values: Vec::new(),
        comment: None,
    }];
    assert_eq!(
        refused(&catalog),
        "table `t`: column `b`: its enum has no values"
    );
}

#[test]
fn a_domain_made_of_itself_is_refused() {
    let mut catalog = changed(|t| t.columns[1].ty.kind = Type::Domain(Name::new("a")));
    catalog.domains = [("a", "b"), ("b", "a")]
        .map(|(name, base)| Domain {
            name: Name::new(name),
            base: ColumnType::new(Type::Domain(Name::new(base)), base),
            not_null: false,
            default: None,
            checks: Vec::new(),
            comment: None,
        })
        .into();
    assert_eq!(
        refused(&catalog),
        "table `t`: column `b`: its domain is made of itself"
    );
}

#[test]
fn a_sequence_by_itself_needs_nothing() {
    let mut catalog = Catalog::new(Dialect::Postgres);
    catalog.sequences = vec![sequence()];
    assert_eq!(created(&catalog), "");
}

fn sequence() -> Sequence {
    Sequence {
        name: Some(Name::new("numbers")),
        ty: None,
        start: None,
        increment: None,
        min: None,
        max: None,
        cache: None,
        cycle: false,
    }
}

fn numbered(change: impl FnOnce(&mut Table)) -> Catalog {
    changed(|t| {
        t.columns[0] = Column {
            identity: identity(),
            ..column("a", Type::integer(IntegerSize::Regular), "integer")
        };
        t.primary_key = key(&["a"]);
        change(t);
    })
}

#[test]
fn only_an_integer_that_alone_is_the_key_is_counted_up() {
    let refused_catalogs = [
        numbered(|t| t.primary_key = None),
        numbered(|t| t.primary_key = key(&["b"])),
        numbered(|t| t.primary_key = key(&["a", "b"])),
        numbered(|t| t.columns[0].ty.kind = Type::text()),
        numbered(|t| t.options = vec![option("WITHOUT ROWID", None)]),
    ];
    for catalog in refused_catalogs {
        assert_eq!(
            refused(&catalog),
            "table `t`: column `a`: SQLite counts up only an integer that alone is the primary key of a table with row numbers"
        );
    }
    assert!(created(&numbered(|_| ())).contains("\"a\" INTEGER PRIMARY KEY,"));
}

#[test]
fn a_sequence_that_sqlite_does_not_count_like_is_refused() {
    let counted = |sequence: Sequence| {
        numbered(|t| {
            t.columns[0].identity = Some(Identity {
                always: false,
                strict: false,
                sequence: Some(sequence),
            });
        })
    };
    let like = [
        sequence(),
        Sequence {
            start: Some(1),
            increment: Some(1),
            min: Some(1),
            max: Some(i32::MAX.into()),
            cache: Some(10),
            ..sequence()
        },
    ];
    for sequence in like {
        assert!(created(&counted(sequence)).contains("\"a\" INTEGER PRIMARY KEY,"));
    }
    let unlike = [
        Sequence {
            start: Some(100),
            ..sequence()
        },
        Sequence {
            min: Some(100),
            ..sequence()
        },
        Sequence {
            increment: Some(-1),
            ..sequence()
        },
        Sequence {
            max: Some(1000),
            ..sequence()
        },
        Sequence {
            cycle: true,
            ..sequence()
        },
    ];
    for sequence in unlike {
        assert_eq!(
            refused(&counted(sequence)),
            "table `t`: column `a`: SQLite counts from 1 in steps of 1 and without an end"
        );
    }
}

#[test]
fn constraints_that_sqlite_cannot_express_are_refused() {
    let unique = Unique {
        name: None,
        columns: strings(&["a", "b"]),
        nulls_not_distinct: false,
        deferrable: Some(Deferrable {
            deferrable: false,
            initially_deferred: false,
        }),
    };
    assert!(
        created(&changed(|t| t.uniques = vec![unique.clone()])).contains("UNIQUE (\"a\", \"b\")")
    );
    let uneven = ForeignKey {
        columns: strings(&["a", "b"]),
        ..foreign_key("a", "u", "c")
    };
    let elsewhere = ForeignKey {
        name: Some("away".into()),
        table: Name::within("app", "u"),
        ..foreign_key("a", "u", "c")
    };
    assert_snapshot!(refusals(vec![
        changed(|t| t.uniques = vec![Unique { nulls_not_distinct: true, ..unique.clone() }]),
        changed(|t| t.uniques = vec![Unique {
            name: Some("late".into()),
            deferrable: Some(Deferrable { deferrable: true, initially_deferred: false }),
            ..unique.clone()
        }]),
        changed(|t| t.foreign_keys = vec![uneven]),
        changed(|t| t.foreign_keys = vec![elsewhere]),
    ]), @r"
    table `t`: unique constraint on `a, b`: SQLite has no NULLS NOT DISTINCT
    table `t`: unique constraint `late`: SQLite cannot put off the check of a unique constraint
    table `t`: foreign key on `a, b`: 2 columns refer to 1 columns of `u`
    table `t`: foreign key `away`: it leads to `app.u`, and SQLite's foreign keys cannot leave their database
    ");
}

fn indexed(change: impl FnOnce(&mut Index)) -> Catalog {
    let mut index = Index::on(Some("i".into()), ["a"]);
    change(&mut index);
    changed(|t| t.indexes = vec![index])
}

#[test]
fn indexes_that_sqlite_cannot_express_are_refused() {
    let nulls = |order, nulls| {
        indexed(|index| {
            index.parts[0].order = order;
            index.parts[0].nulls = Some(nulls);
        })
    };
    assert_snapshot!(refusals(vec![
        indexed(|index| index.parts.clear()),
        indexed(|index| index.include = strings(&["b"])),
        indexed(|index| index.method = Some("gin".into())),
        indexed(|index| index.parts[0].operator_class = Some("text_ops".into())),
        indexed(|index| index.parts[0].collation = Some("de_DE".into())),
        indexed(|index| {
            index.unique = true;
            index.parts[0].length = Some(10);
        }),
        nulls(None, NullsOrder::Last),
        nulls(Some(SortOrder::Ascending), NullsOrder::Last),
        nulls(Some(SortOrder::Descending), NullsOrder::First),
    ]), @r"
    table `t`: index `i`: it has no columns
    table `t`: index `i`: SQLite has no INCLUDE
    table `t`: index `i`: SQLite has no indexes of the kind `gin`
    table `t`: index `i`: SQLite has no operator class `text_ops`
    table `t`: index `i`: SQLite has no collation `de_DE`
    table `t`: index `i`: SQLite cannot tell beginnings of values apart
    table `t`: index `i`: SQLite's indexes have NULLs before all values
    table `t`: index `i`: SQLite's indexes have NULLs before all values
    table `t`: index `i`: SQLite's indexes have NULLs before all values
    ");
    for admitted in [
        indexed(|index| index.method = Some("BTREE".into())),
        indexed(|index| index.parts[0].length = Some(10)),
        nulls(None, NullsOrder::First),
    ] {
        assert!(created(&admitted).ends_with("CREATE INDEX \"i\" ON \"t\" (\"a\")"));
    }
    let part = IndexPart::new(IndexKey::Column("a".into()));
    assert_eq!(indexed(|_| ()).tables[0].indexes[0].parts, [part]);
}

#[test]
fn a_materialized_view_is_refused() {
    let mut catalog = Catalog::new(Dialect::Postgres);
    catalog.views = vec![View {
        name: Name::within("app", "totals"),
        columns: Vec::new(),
        query: "SELECT 1".into(),
        materialized: true,
        comment: None,
    }];
    assert_eq!(
        refused(&catalog),
        "view `app.totals`: SQLite has no materialized views"
    );
}

#[test]
fn collations_of_other_databases_become_sqlite_s_nearest() {
    let cases = [
        ("C", "BINARY"),
        ("POSIX", "BINARY"),
        ("ucs_basic", "BINARY"),
        ("binary", "BINARY"),
        ("utf8mb4_bin", "BINARY"),
        ("utf8mb4_0900_ai_ci", "NOCASE"),
        ("nocase", "nocase"),
    ];
    for (name, expected) in cases {
        let catalog = changed(|t| t.columns[0].collation = Some(name.into()));
        assert!(
            created(&catalog).contains(&format!("\"a\" TEXT COLLATE \"{expected}\",")),
            "{name}"
        );
    }
    let of_an_application = Catalog {
        dialect: Dialect::Sqlite,
        ..changed(|t| t.columns[0].collation = Some("german".into()))
    };
    assert!(created(&of_an_application).contains("\"a\" TEXT COLLATE \"german\","));
}

#[test]
fn an_identity_that_has_the_default_of_a_sequence_is_counted_by_sqlite() {
    let catalog = numbered(|t| {
        t.columns[0] = with_default(
            t.columns[0].clone(),
            Default::Expression("nextval('t_a_seq')".into()),
        );
    });
    assert!(created(&catalog).contains("\"a\" INTEGER PRIMARY KEY,"));
}
