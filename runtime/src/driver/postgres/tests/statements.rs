//! Statements: the cache, transactions, and what becomes of them when the schema changes.

use std::ops::ControlFlow;

use super::{cell, connect, open, rows, text, url, with};
use crate::{
    driver::DriverConnection,
    error::ErrorKind,
    value::{Value, ValueRef},
};

#[test]
fn execute_counts_what_was_changed() {
    let Some(mut driver) = with(&["CREATE TEMP TABLE t (n int)"]) else {
        return;
    };
    let insert = "INSERT INTO t SELECT generate_series(1, 3)";
    assert_eq!(driver.execute(insert, &[]).unwrap(), 3);
    assert_eq!(
        driver
            .execute("UPDATE t SET n = n + $1 WHERE n > 1", &[ValueRef::Int(1)])
            .unwrap(),
        2
    );
    assert_eq!(driver.execute("SELECT * FROM t", &[]).unwrap(), 0);
    assert_eq!(driver.execute("DELETE FROM t RETURNING n", &[]).unwrap(), 3);
    assert_eq!(driver.execute("", &[]).unwrap(), 0);
}

#[test]
fn a_wrong_number_of_values_is_an_error() {
    let Some(mut driver) = connect() else { return };
    let error = cell(&mut driver, "SELECT $1::int4", &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Programming);
    assert!(
        error.message().contains("has 1 parameters, but 0 values"),
        "{error}"
    );
}

#[test]
fn the_transaction_is_as_the_server_sees_it() {
    let Some(mut driver) = connect() else { return };
    assert!(!driver.in_transaction());
    driver.execute("BEGIN", &[]).unwrap();
    assert!(driver.in_transaction());
    driver.control("SAVEPOINT a").unwrap();
    cell(&mut driver, "SELECT 1/0", &[]).unwrap_err();
    assert!(driver.in_transaction());
    driver.control("ROLLBACK TO SAVEPOINT a").unwrap();
    assert_eq!(cell(&mut driver, "SELECT 1", &[]).unwrap(), Value::Int(1));
    driver.execute("COMMIT", &[]).unwrap();
    assert!(!driver.in_transaction());
}

#[test]
fn a_failed_transaction_is_not_committed_in_silence() {
    let Some(mut driver) = with(&["CREATE TEMP TABLE t (n int)"]) else {
        return;
    };
    driver.control("BEGIN").unwrap();
    driver.execute("INSERT INTO t VALUES (1)", &[]).unwrap();
    cell(&mut driver, "SELECT 1/0", &[]).unwrap_err();
    let error = cell(&mut driver, "SELECT 1", &[]).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Operational, Some("25P02"))
    );
    let error = driver.control("COMMIT").unwrap_err();
    assert!(error.message().contains("nothing was committed"), "{error}");
    assert!(driver.is_usable());
    assert!(!driver.in_transaction());
    assert_eq!(
        cell(&mut driver, "SELECT count(*) FROM t", &[]).unwrap(),
        Value::Int(0)
    );
}

#[test]
fn a_statement_is_prepared_once_and_few_are_kept() {
    let Some(mut driver) = connect() else { return };
    for number in 0..300 {
        cell(&mut driver, &format!("SELECT {number}"), &[]).unwrap();
        cell(&mut driver, "SELECT 'kept'", &[]).unwrap();
    }
    let sql = "SELECT count(*), count(*) FILTER (WHERE statement = 'SELECT ''kept''') FROM pg_prepared_statements";
    let read = |row: &crate::row::Row<'_>| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?));
    let (all, kept) = rows(&mut driver, sql, &[], read).unwrap()[0];
    assert!((250..=257).contains(&all), "{all}");
    assert_eq!(kept, 1);
}

#[test]
fn without_the_cache_nothing_stays_on_the_server() {
    let Some(url) = url() else { return };
    let mut driver = open(&url.with_query("statement_cache", "0")).unwrap();
    driver.control("BEGIN").unwrap();
    for number in 0..10 {
        let value = ValueRef::Int(number);
        assert_eq!(
            cell(&mut driver, "SELECT $1::int8", &[value]).unwrap(),
            Value::Int(number)
        );
    }
    let left = cell(
        &mut driver,
        "SELECT count(*) FROM pg_prepared_statements",
        &[],
    )
    .unwrap();
    // The one that counts.
    assert_eq!(left, Value::Int(1));
}

/// A connection that has a statement prepared for a table as it no longer is.
fn outdated() -> Option<Box<dyn DriverConnection>> {
    let mut driver = with(&["CREATE TEMP TABLE t AS SELECT 1 AS a"])?;
    assert_eq!(
        cell(&mut driver, "SELECT * FROM t", &[]).unwrap(),
        Value::Int(1)
    );
    driver
        .execute("ALTER TABLE t ALTER a TYPE text", &[])
        .unwrap();
    Some(driver)
}

#[test]
fn a_statement_that_ddl_made_stale_is_prepared_again() {
    let Some(mut driver) = outdated() else { return };
    assert_eq!(
        cell(&mut driver, "SELECT * FROM t", &[]).unwrap(),
        text("1")
    );
    let Some(mut driver) = outdated() else { return };
    driver
        .control("BEGIN ISOLATION LEVEL SERIALIZABLE")
        .unwrap();
    assert_eq!(
        cell(&mut driver, "SELECT * FROM t", &[]).unwrap(),
        text("1")
    );
    assert_eq!(
        cell(&mut driver, "SHOW transaction_isolation", &[]).unwrap(),
        text("serializable")
    );
    assert!(driver.in_transaction());
}

#[test]
fn a_stale_statement_amid_a_transaction_is_a_retryable_error() {
    let Some(mut driver) = outdated() else { return };
    for _ in 0..2 {
        driver.control("BEGIN").unwrap();
        cell(&mut driver, "SELECT 2", &[]).unwrap();
        let error = match cell(&mut driver, "SELECT * FROM t", &[]) {
            Ok(value) => {
                assert_eq!(value, text("1"));
                return;
            }
            Err(error) => error,
        };
        assert_eq!(error.kind(), ErrorKind::StaleStatement);
        assert!(
            error.is_retryable() && error.message().contains("run the transaction again"),
            "{error}"
        );
        driver.control("ROLLBACK").unwrap();
    }
    panic!("it was not prepared again");
}

#[test]
fn a_statement_that_the_server_forgot_is_prepared_again() {
    let Some(mut driver) = connect() else { return };
    cell(&mut driver, "SELECT 7", &[]).unwrap();
    driver.control("DEALLOCATE ALL").unwrap();
    assert_eq!(cell(&mut driver, "SELECT 7", &[]).unwrap(), Value::Int(7));
}

#[test]
fn the_session_is_in_utc_and_says_who_it_is() {
    let Some(url) = url() else { return };
    let url = url
        .with_query("application_name", "shop")
        .with_query("options", "-c geqo=off -c TimeZone=Asia/Tokyo");
    let mut driver = open(&url).unwrap();
    for (setting, expected) in [
        ("TimeZone", "UTC"),
        ("geqo", "off"),
        ("application_name", "shop"),
        ("client_encoding", "UTF8"),
    ] {
        assert_eq!(
            cell(&mut driver, &format!("SHOW {setting}"), &[]).unwrap(),
            text(expected)
        );
    }
}

#[test]
fn the_kind_of_server_can_be_asked_for() {
    let Some(url) = url() else { return };
    for (target, is_there) in [
        ("read-write", true),
        ("primary", true),
        ("prefer-standby", true),
        ("standby", false),
        ("read-only", false),
    ] {
        let opened = open(&url.clone().with_query("target_session_attrs", target));
        assert_eq!(opened.is_ok(), is_there, "{target}");
    }
}

#[test]
fn a_transaction_begins_with_its_first_statement() {
    let Some(mut driver) = with(&["CREATE TEMP TABLE t (n int)"]) else {
        return;
    };
    for end in ["COMMIT", "ROLLBACK"] {
        driver.control("BEGIN").unwrap();
        assert!(driver.in_transaction());
        driver.control(end).unwrap();
        assert!(!driver.in_transaction());
    }
    for (end, count) in [("ROLLBACK", 0), ("COMMIT", 1)] {
        driver.control("BEGIN").unwrap();
        driver.execute("INSERT INTO t VALUES (1)", &[]).unwrap();
        driver.control(end).unwrap();
        assert!(!driver.in_transaction());
        let found = cell(&mut driver, "SELECT count(*) FROM t", &[]).unwrap();
        assert_eq!(found, Value::Int(count));
    }
    driver.control("BEGIN").unwrap();
    driver.control("SAVEPOINT a").unwrap();
    driver.control("ROLLBACK TO SAVEPOINT a").unwrap();
    assert!(driver.in_transaction());
    driver.control("ROLLBACK").unwrap();
    driver.control("BEGIN").unwrap();
    // What cannot be prepared fails within the transaction.
    cell(&mut driver, "SELEC", &[]).unwrap_err();
    assert!(driver.in_transaction());
    assert!(driver.control("COMMIT").is_err());
    assert!(!driver.in_transaction());
}

#[test]
fn large_values_and_many_notices_pass() {
    let Some(mut driver) = connect() else { return };
    let large = Value::Bytes(vec![7; 20_000_000]);
    let sql = "SELECT $1::bytea, repeat('x', 1000000)";
    assert_eq!(cell(&mut driver, sql, &[large.as_ref()]).unwrap(), large);
    let notices = "DO $$ BEGIN FOR n IN 1..5000 LOOP RAISE NOTICE 'number %', n; END LOOP; END $$";
    driver.execute(notices, &[]).unwrap();
    driver.control(notices).unwrap();
    assert_eq!(cell(&mut driver, "SELECT 1", &[]).unwrap(), Value::Int(1));
}

#[test]
fn a_result_that_is_left_early_leaves_the_connection_free() {
    let Some(mut driver) = connect() else { return };
    let sql = "SELECT n, repeat('x', 1000) FROM generate_series(1, 20000) AS n";
    for _ in 0..3 {
        let mut seen = 0;
        let done = driver.query(sql, &[], &mut |_| {
            seen += 1;
            Ok(ControlFlow::Break(()))
        });
        done.unwrap();
        assert_eq!(seen, 1);
        let refused = driver.query(sql, &[], &mut |row| {
            row.get::<bool>(1).map(|_| ControlFlow::Continue(()))
        });
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Data);
        assert_eq!(cell(&mut driver, "SELECT 1", &[]).unwrap(), Value::Int(1));
    }
}

#[test]
fn rows_of_one_statement_may_run_others_on_another_connection() {
    let (Some(mut one), Some(mut other)) = (connect(), connect()) else {
        return;
    };
    let mut sum = 0;
    let done = one.query("SELECT generate_series(1, 10)::int8", &[], &mut |row| {
        let number: i64 = row.get(0)?;
        if let Value::Int(more) = cell(&mut other, "SELECT $1::int8 * 2", &[ValueRef::Int(number)])?
        {
            sum += more;
        }
        Ok(ControlFlow::Continue(()))
    });
    done.unwrap();
    assert_eq!(sum, 110);
}
