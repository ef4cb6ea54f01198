//! How types and defaults are written on SQLite.

use aludel_catalog::{
    Catalog, Column, ColumnType, Default, Dialect, Enum, IntegerSize, Name, TableOption, Type,
};
use insta::assert_snapshot;

use crate::everything::types;
use crate::samples::{catalog, column, created, refused, strings, table, with_default};

const STRICT: bool = true;

fn catalog_of(dialect: Dialect, column: Column, strict: bool) -> Catalog {
    let mut table = table("t", [column]);
    if strict {
        table.options = vec![TableOption {
            dialect: Dialect::Sqlite,
            name: "STRICT".into(),
            value: None,
        }];
    }
    Catalog {
        enums: vec![Enum {
            name: Name::within("app", "mood"),
            values: strings(&["sad"]),
            comment: None,
        }],
        ..catalog(dialect, [table])
    }
}

/// The line of a column in the table that it is alone in.
fn line(dialect: Dialect, column: Column, strict: bool) -> String {
    let text = created(&catalog_of(dialect, column, strict));
    String::from(text.lines().nth(1).unwrap().trim())
}

fn is_without_counterpart(kind: &Type) -> bool {
    matches!(
        kind,
        Type::Array(_) | Type::Range(_) | Type::Network | Type::Domain(_) | Type::Other
    )
}

fn spellings(strict: bool) -> String {
    let lines: Vec<String> = types()
        .into_iter()
        .filter(|kind| !is_without_counterpart(kind))
        .map(|kind| {
            let written = line(
                Dialect::Mysql,
                column("c", kind.clone(), "elsewhere"),
                strict,
            );
            format!("{kind:?}: {}", written.trim_start_matches("\"c\" "))
        })
        .collect();
    lines.join("\n")
}

#[test]
fn types_of_other_databases_get_names_with_the_right_affinity() {
    assert_snapshot!(spellings(!STRICT), @r#"
    Boolean: BOOLEAN
    Float: FLOAT
    Double: DOUBLE
    Decimal { precision: Some(10), scale: Some(-2) }: TEXT
    Text { length: None, fixed: false }: TEXT
    Text { length: Some(20), fixed: false }: VARCHAR(20)
    Text { length: Some(2), fixed: true }: CHAR(2)
    Bytes { length: None, fixed: false }: BLOB
    Bytes { length: Some(16), fixed: true }: BLOB
    Date: DATE
    Interval: TEXT
    Uuid: TEXT
    Json { binary: false }: TEXT
    Json { binary: true }: TEXT
    Enum(Name { schema: Some("app"), name: "mood" }): TEXT CHECK ("c" IN ('sad'))
    Set(["red", "green", "it's"]): TEXT CHECK ("c" = '' OR replace(replace(replace(',' || "c" || ',', ',red,', ','), ',green,', ','), ',it''s,', ',') = ',')
    Integer { size: Tiny, unsigned: false }: TINYINT
    Integer { size: Tiny, unsigned: true }: SMALLINT
    Integer { size: Small, unsigned: false }: SMALLINT
    Integer { size: Small, unsigned: true }: MEDIUMINT
    Integer { size: Medium, unsigned: false }: MEDIUMINT
    Integer { size: Medium, unsigned: true }: INTEGER
    Integer { size: Regular, unsigned: false }: INTEGER
    Integer { size: Regular, unsigned: true }: BIGINT
    Integer { size: Big, unsigned: false }: BIGINT
    Integer { size: Big, unsigned: true }: BIGINT
    Time { precision: Some(3), zone: false }: TEXT
    Time { precision: Some(3), zone: true }: TEXT
    Timestamp { precision: Some(6), zone: false }: TIMESTAMP
    Timestamp { precision: Some(6), zone: true }: TIMESTAMP WITH TIME ZONE
    "#);
}

#[test]
fn types_of_other_databases_get_the_names_that_strict_tables_admit() {
    assert_snapshot!(spellings(STRICT), @r#"
    Boolean: INTEGER
    Float: REAL
    Double: REAL
    Decimal { precision: Some(10), scale: Some(-2) }: TEXT
    Text { length: None, fixed: false }: TEXT
    Text { length: Some(20), fixed: false }: TEXT
    Text { length: Some(2), fixed: true }: TEXT
    Bytes { length: None, fixed: false }: BLOB
    Bytes { length: Some(16), fixed: true }: BLOB
    Date: TEXT
    Interval: TEXT
    Uuid: TEXT
    Json { binary: false }: TEXT
    Json { binary: true }: TEXT
    Enum(Name { schema: Some("app"), name: "mood" }): TEXT CHECK ("c" IN ('sad'))
    Set(["red", "green", "it's"]): TEXT CHECK ("c" = '' OR replace(replace(replace(',' || "c" || ',', ',red,', ','), ',green,', ','), ',it''s,', ',') = ',')
    Integer { size: Tiny, unsigned: false }: INTEGER
    Integer { size: Tiny, unsigned: true }: INTEGER
    Integer { size: Small, unsigned: false }: INTEGER
    Integer { size: Small, unsigned: true }: INTEGER
    Integer { size: Medium, unsigned: false }: INTEGER
    Integer { size: Medium, unsigned: true }: INTEGER
    Integer { size: Regular, unsigned: false }: INTEGER
    Integer { size: Regular, unsigned: true }: INTEGER
    Integer { size: Big, unsigned: false }: INTEGER
    Integer { size: Big, unsigned: true }: INTEGER
    Time { precision: Some(3), zone: false }: TEXT
    Time { precision: Some(3), zone: true }: TEXT
    Timestamp { precision: Some(6), zone: false }: TEXT
    Timestamp { precision: Some(6), zone: true }: TEXT
    "#);
}

#[test]
fn a_strict_table_refuses_a_spelling_that_sqlite_would_refuse() {
    for admitted in ["INT", "integer", "REAL", "TEXT", "BLOB", "any"] {
        let written = line(Dialect::Sqlite, column("c", Type::Other, admitted), STRICT);
        assert_eq!(written, format!("\"c\" {admitted}"));
    }
    for refused_name in ["VARCHAR(20)", ""] {
        let column = column("c", Type::text(), refused_name);
        assert_eq!(
            refused(&catalog_of(Dialect::Sqlite, column, STRICT)),
            format!(
                "table `t`: column `c`: a STRICT table has only the types INT, INTEGER, REAL, TEXT, BLOB, ANY, not `{refused_name}`"
            )
        );
    }
}

#[test]
fn types_without_a_counterpart_are_refused() {
    for (kind, sql) in [
        (Type::Other, "point"),
        (Type::Network, "cidr"),
        (Type::Range(Box::new(Type::Date)), "daterange"),
    ] {
        assert_eq!(
            refused(&catalog_of(
                Dialect::Postgres,
                column("c", kind, sql),
                !STRICT
            )),
            format!("table `t`: column `c`: SQLite has no type that can stand for `{sql}`")
        );
    }
    let list = Type::Array(Box::new(Type::text()));
    for dialect in [Dialect::Postgres, Dialect::Sqlite] {
        assert_eq!(
            refused(&catalog_of(
                dialect,
                column("c", list.clone(), "text[]"),
                !STRICT
            )),
            "table `t`: column `c`: SQLite has no type that can stand for `text[]`"
        );
    }
}

#[test]
fn an_enum_is_text_with_a_check_whatever_the_schema_was_written_for() {
    for dialect in Dialect::ALL {
        let mood = column("c", Type::Enum(Name::within("app", "mood")), "mood");
        assert_eq!(
            line(dialect, mood, !STRICT),
            "\"c\" TEXT CHECK (\"c\" IN ('sad'))"
        );
    }
}

#[test]
fn defaults_are_written_as_sqlite_reads_them() {
    let decimal = Type::Decimal {
        precision: None,
        scale: None,
    };
    let integer = Type::integer(IntegerSize::Regular);
    let written: Vec<String> = [
        (Type::text(), Default::Null),
        (Type::Boolean, Default::Boolean(true)),
        (Type::Boolean, Default::Boolean(false)),
        (integer.clone(), Default::Number("-1".into())),
        (Type::Double, Default::Number("+1.5e-3".into())),
        (Type::Double, Default::Number(".5".into())),
        (integer.clone(), Default::Number("0xFF".into())),
        // As bare numbers they would become floats before they become text.
        (decimal, Default::Number("0.10".into())),
        (Type::text(), Default::Number("0.10".into())),
        (Type::text(), Default::Text(String::new())),
        (
            Type::text(),
            Default::Text("it's \"quoted\" \\ ''; --".into()),
        ),
        (Type::Date, Default::Now("CURRENT_DATE".into())),
        (Type::Date, Default::Expression("(CURRENT_DATE)".into())),
        (Type::text(), Default::Expression("'nextval'".into())),
    ]
    .into_iter()
    .map(|(kind, default)| {
        let column = with_default(Column::new("c", ColumnType::new(kind, "")), default);
        line(Dialect::Postgres, column, !STRICT)
    })
    .collect();
    assert_snapshot!(written.join("\n"), @r#"
    "c" TEXT NOT NULL DEFAULT NULL
    "c" BOOLEAN NOT NULL DEFAULT 1
    "c" BOOLEAN NOT NULL DEFAULT 0
    "c" INTEGER NOT NULL DEFAULT -1
    "c" DOUBLE NOT NULL DEFAULT +1.5e-3
    "c" DOUBLE NOT NULL DEFAULT .5
    "c" INTEGER NOT NULL DEFAULT 0xFF
    "c" TEXT NOT NULL DEFAULT '0.10'
    "c" TEXT NOT NULL DEFAULT '0.10'
    "c" TEXT NOT NULL DEFAULT ''
    "c" TEXT NOT NULL DEFAULT 'it''s "quoted" \ ''''; --'
    "c" DATE NOT NULL DEFAULT CURRENT_DATE
    "c" DATE NOT NULL DEFAULT ((CURRENT_DATE))
    "c" TEXT NOT NULL DEFAULT ('nextval')
    "#);
}

#[test]
fn a_number_keeps_its_form_in_a_schema_written_for_sqlite() {
    let column = with_default(
        column("c", Type::text(), "TEXT"),
        Default::Number("0.10".into()),
    );
    assert_eq!(
        line(Dialect::Sqlite, column, !STRICT),
        "\"c\" TEXT DEFAULT 0.10"
    );
}

#[test]
fn defaults_that_are_not_what_they_claim_are_refused() {
    let cases = [
        Default::Number(String::new()),
        Default::Number("one".into()),
        Default::Number("1); DROP TABLE t".into()),
        Default::Number("1--".into()),
        Default::Number("--1".into()),
        Default::Now("now()".into()),
    ];
    for default in cases {
        let column = with_default(column("c", Type::text(), "TEXT"), default.clone());
        let message = refused(&catalog_of(Dialect::Sqlite, column, !STRICT));
        assert!(
            message.starts_with("table `t`: column `c`: its default `")
                && message.ends_with("` is neither a number nor the current date or time"),
            "{default:?}: {message}"
        );
    }
}
