//! What the created tables hold and refuse.

use aludel_catalog::{Check, Default, Dialect, Type};

use crate::database::{created, one};
use crate::samples::{catalog, column, key, numbered, table, text, with_default};
use crate::schemas::shop;

#[test]
fn values_that_look_like_numbers_stay_text() {
    let decimal = Type::Decimal {
        precision: Some(30),
        scale: Some(10),
    };
    let kinds = [
        decimal,
        Type::Uuid,
        Type::Json { binary: true },
        Type::Interval,
        Type::Time {
            precision: None,
            zone: false,
        },
        Type::text(),
        Type::Text {
            length: Some(99),
            fixed: false,
        },
        Type::Text {
            length: Some(99),
            fixed: true,
        },
    ];
    let values = [
        "12345678901234567890.1234567890",
        "1.10",
        "007",
        "1e5",
        "12345678901234567890123456789012",
    ];
    for kind in kinds {
        let connection = created(&catalog(
            Dialect::Postgres,
            [table("t", [column("c", kind.clone(), "elsewhere")])],
        ));
        for value in values {
            connection
                .execute("INSERT INTO t VALUES (?)", [value])
                .unwrap();
            assert_eq!(one(&connection, "SELECT c FROM t"), value, "{kind:?}");
            assert_eq!(
                one(&connection, "SELECT typeof(c) FROM t"),
                "text",
                "{kind:?}"
            );
            connection.execute("DELETE FROM t", []).unwrap();
        }
    }
}

#[test]
fn dates_and_timestamps_stay_text() {
    let columns = [
        column("day", Type::Date, "elsewhere"),
        column(
            "clock",
            Type::Timestamp {
                precision: None,
                zone: false,
            },
            "elsewhere",
        ),
        column(
            "moment",
            Type::Timestamp {
                precision: None,
                zone: true,
            },
            "elsewhere",
        ),
    ];
    let connection = created(&catalog(Dialect::Postgres, [table("t", columns)]));
    connection
        .execute(
            "INSERT INTO t VALUES ('2024-02-29', '2024-02-29 12:00:00.000000', '2024-02-29 12:00:00.000000')",
            [],
        )
        .unwrap();
    let types = "SELECT typeof(day) || typeof(clock) || typeof(moment) FROM t";
    assert_eq!(one(&connection, types), "texttexttext");
    assert_eq!(
        one(&connection, "SELECT clock FROM t"),
        "2024-02-29 12:00:00.000000"
    );
}

#[test]
fn the_default_of_a_decimal_keeps_its_digits() {
    let decimal = Type::Decimal {
        precision: None,
        scale: None,
    };
    let digits = "12345678901234567890.10";
    let price = with_default(
        column("price", decimal, "numeric"),
        Default::Number(digits.into()),
    );
    let connection = created(&catalog(Dialect::Postgres, [table("t", [price])]));
    connection
        .execute("INSERT INTO t DEFAULT VALUES", [])
        .unwrap();
    assert_eq!(one(&connection, "SELECT price FROM t"), digits);
}

#[test]
fn an_identity_column_is_the_number_of_the_row() {
    for (dialect, sql) in [
        (Dialect::Sqlite, "integer"),
        (Dialect::Postgres, "bigserial"),
        (Dialect::Mysql, "bigint unsigned"),
    ] {
        for strict in [false, true] {
            let connection = created(&catalog(dialect, [numbered(sql, strict)]));
            let insert = "INSERT INTO t (name) VALUES ('a') RETURNING id = rowid, id";
            let insert = || {
                connection
                    .query_row(insert, [], |row| Ok((row.get(0)?, row.get(1)?)))
                    .unwrap()
            };
            assert_eq!((insert(), insert()), ((true, 1), (true, 2)));
            // A number that was used once is used again, unless AUTOINCREMENT forbids it.
            connection.execute("DELETE FROM t", []).unwrap();
            assert_eq!(insert(), (true, if strict { 3 } else { 1 }));
        }
    }
}

#[test]
fn what_enums_sets_and_domains_admit_is_what_the_tables_admit() {
    let connection = created(&shop());
    let accepts = |column: &str, value: &str| {
        let insert = format!("INSERT INTO item ({column}) VALUES (?)");
        connection.execute(&insert, [value]).is_ok()
    };
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("mood", &["sad", "it's fine"], &["", "SAD", "happy"]),
        (
            "colours",
            &["", "red", "it's", "red,it's"],
            &["blue", "red,", ",", "red,red", "red,blue", "red it's"],
        ),
        // Compared as texts, '9' would be too much and '100' little enough.
        ("price", &["9", "99.99", "-1"], &["100", "13", "13.00"]),
        (
            "rebate",
            &["0", "9.5", "99.99"],
            &["-1", "-0.01", "100", "13.0"],
        ),
    ];
    for (column, accepted, refused) in cases {
        for value in *accepted {
            assert!(accepts(column, value), "{column} should accept {value:?}");
        }
        for value in *refused {
            assert!(!accepts(column, value), "{column} should refuse {value:?}");
        }
    }
    connection
        .execute("INSERT INTO item (mood, colours) VALUES (NULL, NULL)", [])
        .unwrap();
    connection
        .execute("INSERT INTO item (rebate) VALUES (NULL)", [])
        .unwrap_err();
    assert_eq!(
        one(&connection, "SELECT rebate FROM item WHERE mood = 'sad'"),
        "12.50"
    );
}

#[test]
fn decimals_are_compared_as_numbers_whatever_their_names() {
    let decimal = || Type::Decimal {
        precision: None,
        scale: None,
    };
    let mut t = table(
        "t",
        ["cast", "numeric", "two \"words\""].map(|name| column(name, decimal(), "numeric")),
    );
    t.checks = vec![Check {
        name: None,
        expression: "CAST < Numeric AND \"numeric\" < \"two \"\"words\"\"\"".into(),
    }];
    let connection = created(&catalog(Dialect::Postgres, [t]));
    let insert = "INSERT INTO t VALUES (?, ?, ?)";
    connection.execute(insert, ["9", "10", "100"]).unwrap();
    connection.execute(insert, ["10", "9", "100"]).unwrap_err();
    connection.execute(insert, ["9", "100", "10"]).unwrap_err();
}

#[test]
fn columns_of_a_key_refuse_null_even_where_the_declaration_forgot() {
    let mut pair = table("pair", [text("a"), text("b")]);
    pair.primary_key = key(&["a", "b"]);
    let connection = created(&catalog(Dialect::Postgres, [pair]));
    connection
        .execute("INSERT INTO pair VALUES ('x', NULL)", [])
        .unwrap_err();
    connection
        .execute("INSERT INTO pair VALUES ('x', 'y')", [])
        .unwrap();
    connection
        .execute("INSERT INTO pair VALUES ('x', 'y')", [])
        .unwrap_err();
}
