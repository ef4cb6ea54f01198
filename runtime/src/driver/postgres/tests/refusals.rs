//! Values that do not fit, on their way to the server or from it.

use super::{cell, connect, rows, text};
use crate::{
    error::ErrorKind,
    row::Row,
    value::{Value, ValueRef},
};

#[test]
fn what_does_not_fit_is_a_data_error_and_nothing_is_sent() {
    let Some(mut driver) = connect() else { return };
    let table = [
        (
            "int2",
            Value::Int(32_768),
            "parameter 2: 32768 does not fit into smallint",
        ),
        (
            "int4",
            Value::Int(1 << 31),
            "parameter 2: 2147483648 does not fit into integer",
        ),
        (
            "int8",
            Value::UInt(1 << 63),
            "parameter 2: 9223372036854775808 does not fit into bigint",
        ),
        ("float8", Value::Int((1 << 53) + 1), "without a loss"),
        ("float4", Value::Float(1e39), "does not fit into real"),
        ("text", text("a\0b"), "cannot hold the character NUL"),
        (
            "text[]",
            Value::Array(vec![text("a\0b")]),
            "cannot hold the character NUL",
        ),
        (
            "jsonb",
            Value::Json("\"\0\"".to_owned()),
            "cannot hold the character NUL",
        ),
        ("bytea", text("x"), "expected bytes, found text"),
        ("text", Value::Bytes(vec![1]), "expected text, found bytes"),
        (
            "date",
            Value::Timestamp(1),
            "expected a date, found a timestamp",
        ),
        (
            "time",
            Value::Timestamp(1),
            "expected a time, found a timestamp",
        ),
        ("time", Value::Time(-1), "is not one of a day"),
        ("date", Value::Date(i32::MIN), "does not fit into date"),
        ("timestamp", Value::Timestamp(i64::MIN), "too early"),
        (
            "int4[]",
            Value::Array(vec![Value::Array(vec![Value::Int(1)]), Value::Null]),
            "of one length",
        ),
        (
            "int4",
            Value::Array(vec![Value::Int(1)]),
            "expected an integer, found an array",
        ),
        (
            "uuid",
            Value::Bytes(vec![1]),
            "a UUID has 16 bytes, found 1",
        ),
    ];
    driver.control("BEGIN").unwrap();
    for (ty, value, reason) in table {
        let sql = format!("SELECT $1::int4, CAST($2 AS {ty})");
        let error = cell(&mut driver, &sql, &[ValueRef::Int(1), value.as_ref()]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data, "{error}");
        assert!(error.message().contains(reason), "{error}");
    }
    // The transaction goes on.
    assert_eq!(cell(&mut driver, "SELECT 1", &[]).unwrap(), Value::Int(1));
}

#[test]
fn what_the_server_refuses_is_a_data_error() {
    let Some(mut driver) = connect() else { return };
    for (ty, value) in [
        ("int4", text("x")),
        ("int4", Value::Float(1.5)),
        ("date", Value::Date(-2_440_589)),
        ("jsonb", text("{")),
        ("varchar(2)[]", text("{")),
    ] {
        let sql = format!("SELECT CAST($1 AS {ty})");
        let error = cell(&mut driver, &sql, &[value.as_ref()]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data, "{ty}: {error}");
    }
}

#[test]
fn infinity_is_a_data_error_that_names_the_column() {
    let Some(mut driver) = connect() else { return };
    for (ty, value) in [
        ("date", "infinity"),
        ("timestamp", "-infinity"),
        ("timestamptz", "infinity"),
    ] {
        let sql = format!("SELECT 1, CAST('{value}' AS {ty}) AS at");
        let read = |row: &Row<'_>| row.get::<Value>(1);
        let error = rows(&mut driver, &sql, &[], read).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(
            error
                .message()
                .starts_with("column `at` of the result: `infinity`"),
            "{error}"
        );
    }
}

#[cfg(feature = "chrono")]
#[test]
fn dates_beyond_the_library_are_data_errors_that_name_the_column() {
    let Some(mut driver) = connect() else { return };
    let read = |row: &Row<'_>| row.get::<crate::types::Date>(0);
    let error = rows(
        &mut driver,
        "SELECT date '5874897-12-31' AS late",
        &[],
        read,
    )
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
    assert!(error.message().contains("`late`"), "{error}");
}
