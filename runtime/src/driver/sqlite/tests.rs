//! The driver by itself: values both ways, statements, and errors by kind.

mod errors;

use std::ops::ControlFlow;

use super::SqliteConnector;
use crate::{
    driver::{Connector, DriverConnection},
    error::{Error, ErrorKind, Result},
    row::Row,
    url::Url,
    value::{Value, ValueRef},
};

type Driver = Box<dyn DriverConnection>;

fn memory() -> Driver {
    let url = Url::parse("sqlite://").unwrap();
    SqliteConnector::new(&url).unwrap().connect().unwrap()
}

fn with_schema(statements: &[&str]) -> Driver {
    let mut driver = memory();
    for statement in statements {
        driver.execute(statement, &[]).unwrap();
    }
    driver
}

/// All rows, by `read`.
fn rows<T>(
    driver: &mut Driver,
    sql: &str,
    parameters: &[ValueRef<'_>],
    read: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    driver.query(sql, parameters, &mut |row| {
        rows.push(read(row)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

fn first<T>(
    driver: &mut Driver,
    sql: &str,
    parameters: &[ValueRef<'_>],
    read: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<T> {
    Ok(rows(driver, sql, parameters, read)?.remove(0))
}

fn text(text: &'static str) -> Option<Value> {
    Some(Value::Text(text.into()))
}

#[test]
fn every_value_is_stored_in_its_own_form() {
    let uuid = *b"\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x23\x45\x67\x89\xab\xcd\xef";
    let table = [
        (Value::Null, None),
        (Value::Bool(true), Some(Value::Int(1))),
        (Value::Bool(false), Some(Value::Int(0))),
        (Value::Int(i64::MIN), Some(Value::Int(i64::MIN))),
        (Value::UInt(7), Some(Value::Int(7))),
        (Value::Float(-0.5), Some(Value::Float(-0.5))),
        (
            Value::Float(f64::INFINITY),
            Some(Value::Float(f64::INFINITY)),
        ),
        (Value::Text("".into()), text("")),
        (Value::Text("a\0b 表".into()), text("a\0b 表")),
        (Value::Bytes(vec![]), Some(Value::Bytes(vec![]))),
        (Value::Bytes(vec![0, 255]), Some(Value::Bytes(vec![0, 255]))),
        (Value::Decimal("-12.50".into()), text("-12.50")),
        (Value::Date(19_782), text("2024-02-29")),
        (Value::Time(1), text("00:00:00.000001")),
        (Value::Timestamp(0), text("1970-01-01 00:00:00.000000")),
        (Value::TimestampUtc(-1), text("1969-12-31 23:59:59.999999")),
        (
            Value::Uuid(uuid),
            text("01234567-89ab-cdef-0123-456789abcdef"),
        ),
        (Value::Json("[1]".into()), text("[1]")),
    ];
    let mut driver = memory();
    for (value, expected) in table {
        let parameters = [value.as_ref()];
        let read = |row: &Row<'_>| row.get::<Option<Value>>(0);
        let stored = first(&mut driver, "SELECT ?", &parameters, read).unwrap();
        assert_eq!(stored, expected, "{parameters:?}");
    }
}

#[test]
fn what_sqlite_cannot_hold_is_an_error_and_not_altered() {
    let mut driver = memory();
    let refused = [
        (
            Value::UInt(1 << 63),
            "parameter 2: 9223372036854775808 does not fit",
        ),
        (Value::Float(f64::NAN), "parameter 2: SQLite has no NaN"),
    ];
    for (value, reason) in refused {
        let error = driver
            .execute("SELECT ?, ?", &[ValueRef::Int(1), value.as_ref()])
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.message().starts_with(reason), "{error}");
    }
}

#[test]
fn a_wrong_number_of_parameters_is_an_error() {
    let mut driver = memory();
    for parameters in [&[][..], &[ValueRef::Int(1), ValueRef::Int(2)]] {
        let error = driver.execute("SELECT ?", parameters).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Programming);
        let expected = format!(
            "the statement has 1 parameters, but {} values were given",
            parameters.len()
        );
        assert_eq!(error.message(), expected);
    }
}

#[test]
fn text_that_is_not_utf8_is_a_data_error_that_names_the_column() {
    let sql = "SELECT CAST(x'ff' AS TEXT) AS broken, 7 AS whole";
    let mut driver = memory();
    let error = first(&mut driver, sql, &[], |row| row.get::<String>(0)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
    assert_eq!(
        error.message(),
        "column `broken` of the result: its text is not UTF-8"
    );
    let whole = first(&mut driver, sql, &[], |row| row.get::<i64>(1)).unwrap();
    assert_eq!(whole, 7);
}

#[test]
fn a_column_that_is_not_there_is_an_invalid_request() {
    let mut driver = memory();
    let error = first(&mut driver, "SELECT 1, 2", &[], |row| row.get::<i64>(2)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.message(), "there is no column 2 in a row of 2");
}

#[test]
fn changed_rows_are_those_of_this_statement() {
    let mut driver = memory();
    let table = [
        ("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER)", 0),
        ("INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)", 3),
        ("CREATE TABLE u (a INTEGER)", 0),
        ("UPDATE t SET b = 1 WHERE a > 1", 2),
        ("UPDATE t SET b = 1 WHERE a > 9", 0),
        ("SELECT * FROM t", 0),
        ("INSERT INTO t VALUES (4, 0), (5, 0) RETURNING a", 2),
        ("DELETE FROM t", 5),
        ("PRAGMA user_version = 3", 0),
    ];
    for (sql, changed) in table {
        assert_eq!(driver.execute(sql, &[]).unwrap(), changed, "{sql}");
    }
}

#[test]
fn breaking_off_a_result_leaves_the_statement_ready() {
    let mut driver = with_schema(&[
        "CREATE TABLE t (a INTEGER)",
        "INSERT INTO t VALUES (1), (2), (3)",
    ]);
    let sql = "SELECT a FROM t";
    for _ in 0..2 {
        let mut seen = 0;
        let each = &mut |_: &Row<'_>| {
            seen += 1;
            Ok(ControlFlow::Break(()))
        };
        driver.query(sql, &[], each).unwrap();
        assert_eq!(seen, 1);
    }
    let failing = &mut |_: &Row<'_>| Err(Error::new(ErrorKind::Data, "no"));
    assert!(driver.query(sql, &[], failing).is_err());
    let all = rows(&mut driver, sql, &[], |row| row.get::<i64>(0)).unwrap();
    assert_eq!(all, [1, 2, 3]);
    // A statement that still stood on a row would keep the table locked.
    driver.execute("DROP TABLE t", &[]).unwrap();
}

#[test]
fn a_stream_gives_one_row_at_a_time_and_then_the_end() {
    let mut driver = memory();
    let parameters = [ValueRef::Int(1), ValueRef::Text("two")];
    let mut stream = driver
        .stream("SELECT ? UNION ALL SELECT ?", &parameters)
        .unwrap();
    let mut seen = Vec::new();
    for expected in [true, true, false, false] {
        let more = stream.next(&mut |row| {
            seen.push(row.get::<Value>(0)?);
            Ok(())
        });
        assert_eq!(more.unwrap(), expected, "{seen:?}");
    }
    assert_eq!(seen, [Value::Int(1), Value::Text("two".into())]);
}

#[test]
fn breaking_off_a_stream_leaves_the_statement_ready() {
    let mut driver = with_schema(&[
        "CREATE TABLE t (a INTEGER)",
        "INSERT INTO t VALUES (1), (2), (3)",
    ]);
    let sql = "SELECT a FROM t";
    for _ in 0..2 {
        let mut stream = driver.stream(sql, &[]).unwrap();
        assert!(stream.next(&mut |_| Ok(())).unwrap());
        let failing = &mut |_: &Row<'_>| Err(Error::new(ErrorKind::Data, "no"));
        assert!(stream.next(failing).is_err());
    }
    let all = rows(&mut driver, sql, &[], |row| row.get::<i64>(0)).unwrap();
    assert_eq!(all, [1, 2, 3]);
    // A statement that still stood on a row would keep the table locked.
    driver.execute("DROP TABLE t", &[]).unwrap();
}

#[test]
fn a_stream_that_fails_in_the_middle_is_an_error_once() {
    let mut driver = memory();
    let sql = "SELECT abs(column1) FROM (VALUES (1), (-9223372036854775808), (3))";
    let mut stream = driver.stream(sql, &[]).unwrap();
    assert!(stream.next(&mut |_| Ok(())).unwrap());
    let error = stream.next(&mut |_| Ok(())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
    assert_eq!(error.message(), "integer overflow");
    assert!(!stream.next(&mut |_| Ok(())).unwrap());
}

#[test]
fn a_cached_statement_sees_the_columns_of_a_changed_table() {
    let mut driver = with_schema(&["CREATE TABLE t (a INTEGER)", "INSERT INTO t VALUES (1)"]);
    let last = |row: &Row<'_>| row.get::<i64>(1);
    assert!(first(&mut driver, "SELECT * FROM t", &[], last).is_err());
    driver
        .execute("ALTER TABLE t ADD COLUMN b INTEGER DEFAULT 2", &[])
        .unwrap();
    assert_eq!(first(&mut driver, "SELECT * FROM t", &[], last).unwrap(), 2);
}

#[test]
fn connections_check_foreign_keys_and_wait_five_seconds_for_locks() {
    let mut driver = memory();
    for (sql, expected) in [("PRAGMA foreign_keys", 1), ("PRAGMA busy_timeout", 5_000)] {
        let found = first(&mut driver, sql, &[], |row| row.get::<i64>(0)).unwrap();
        assert_eq!(found, expected, "{sql}");
    }
}

#[test]
fn many_statements_stay_prepared() {
    let mut driver = memory();
    let read = |row: &Row<'_>| row.get::<i64>(0);
    for round in 0..2 {
        for number in 0..300 {
            let sql = format!("SELECT {number}");
            assert_eq!(
                first(&mut driver, &sql, &[], read).unwrap(),
                number,
                "{round}"
            );
        }
    }
}
