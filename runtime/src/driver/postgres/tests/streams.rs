//! Results that are read row by row.

use super::{cell, connect};
use crate::{
    driver::DriverStream,
    error::{Error, ErrorKind},
    value::{Value, ValueRef},
};

/// The next number of a stream.
fn next(stream: &mut DriverStream<'_>) -> Result<Option<i64>, Error> {
    let mut number = None;
    stream.next(&mut |row| {
        number = Some(row.get(0)?);
        Ok(())
    })?;
    Ok(number)
}

#[test]
fn a_stream_gives_all_rows_in_order() {
    let Some(mut driver) = connect() else { return };
    for begin in ["", "BEGIN"] {
        if !begin.is_empty() {
            driver.control(begin).unwrap();
        }
        for count in [0, 1, 999, 1_000, 1_001, 2_500] {
            let mut stream = driver
                .stream(
                    "SELECT generate_series(1, $1::int8)",
                    &[ValueRef::Int(count)],
                )
                .unwrap();
            for expected in 1..=count {
                assert_eq!(next(&mut stream).unwrap(), Some(expected));
            }
            assert_eq!(next(&mut stream).unwrap(), None);
            assert_eq!(next(&mut stream).unwrap(), None);
            drop(stream);
            assert_eq!(cell(&mut driver, "SELECT 1", &[]).unwrap(), Value::Int(1));
        }
    }
}

#[test]
fn a_stream_that_is_dropped_early_leaves_the_connection_free() {
    let Some(mut driver) = connect() else { return };
    for begin in ["SELECT 1", "BEGIN"] {
        driver.control(begin).unwrap();
        for _ in 0..2 {
            let mut stream = driver
                .stream("SELECT generate_series(1, 100000)", &[])
                .unwrap();
            assert_eq!(next(&mut stream).unwrap(), Some(1));
            drop(stream);
            assert_eq!(
                cell(
                    &mut driver,
                    "SELECT count(*) FROM pg_cursors WHERE name <> ''",
                    &[]
                )
                .unwrap(),
                Value::Int(0)
            );
        }
    }
}

#[test]
fn within_a_transaction_the_server_sends_no_more_than_is_read() {
    let Some(mut driver) = connect() else { return };
    driver.control("BEGIN").unwrap();
    let started = std::time::Instant::now();
    let mut stream = driver.stream("SELECT n FROM generate_series(1, 1) AS n, pg_sleep(0) UNION ALL SELECT n FROM generate_series(2, 5000) AS n, LATERAL (SELECT pg_sleep(0.01)) AS s", &[]).unwrap();
    drop(stream.next(&mut |_| Ok(())));
    drop(stream);
    // All of it would take 50 seconds.
    assert!(started.elapsed().as_secs() < 30);
}

#[test]
fn a_stream_of_what_writes_is_no_cursor() {
    let Some(mut driver) = connect() else { return };
    driver.control("BEGIN").unwrap();
    driver.execute("CREATE TEMP TABLE t (n int8)", &[]).unwrap();
    let mut stream = driver
        .stream(
            "INSERT INTO t SELECT generate_series(1, 3) RETURNING n",
            &[],
        )
        .unwrap();
    assert_eq!(next(&mut stream).unwrap(), Some(1));
    drop(stream);
    assert_eq!(
        cell(&mut driver, "SELECT count(*) FROM t", &[]).unwrap(),
        Value::Int(3)
    );
}

#[test]
fn an_error_amid_a_stream_ends_it() {
    let Some(mut driver) = connect() else { return };
    for begin in ["SELECT 1", "BEGIN"] {
        driver.control(begin).unwrap();
        let mut stream = driver
            .stream(
                "SELECT 1 / (3000 - n) FROM generate_series(1, 5000) AS n",
                &[],
            )
            .unwrap();
        let error = loop {
            match next(&mut stream) {
                Ok(Some(_)) => {}
                Ok(None) => panic!("no error"),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::Data, "{error}");
        drop(stream);
        assert!(driver.is_usable());
    }
    assert!(driver.in_transaction());
    driver.control("ROLLBACK").unwrap();
    assert_eq!(cell(&mut driver, "SELECT 1", &[]).unwrap(), Value::Int(1));
}
