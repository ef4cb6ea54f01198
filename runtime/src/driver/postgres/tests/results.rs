//! Results: what their rows hold, and what may stand between and behind them.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{cell, connect, rows, with};
use crate::{error::ErrorKind, value::Value};

#[test]
fn rows_of_all_sizes_come_whole_and_in_order() {
    let Some(mut driver) = connect() else { return };
    let sql = "SELECT n, CASE WHEN n % 3 > 0 THEN repeat('x', n * 977 % 70000) END, n * 2 \
        FROM generate_series(1, 600) AS n";
    let read = rows(&mut driver, sql, &[], |row| {
        let text: Option<String> = row.get(1)?;
        Ok((
            row.get::<i32>(0)?,
            text.map(|text| text.len()),
            row.get::<i32>(2)?,
        ))
    });
    let length = |n: i32| (n % 3 > 0).then_some((n * 977 % 70_000) as usize);
    let expected: Vec<_> = (1..=600).map(|n| (n, length(n), n * 2)).collect();
    assert!(read.unwrap() == expected);
}

#[test]
fn notices_between_rows_are_passed_over() {
    let Some(mut driver) = with(&[
        "CREATE FUNCTION pg_temp.loud(n int) RETURNS int LANGUAGE plpgsql AS \
         $$ BEGIN RAISE NOTICE 'number %', n; RETURN n; END $$",
    ]) else {
        return;
    };
    let sql = "SELECT pg_temp.loud(n) FROM generate_series(1, 2000) AS n";
    let numbers = rows(&mut driver, sql, &[], |row| row.get::<i32>(0)).unwrap();
    assert!(numbers.into_iter().eq(1..=2000));
}

#[test]
fn an_error_behind_rows_comes_after_them() {
    let Some(mut driver) = connect() else { return };
    let sql = "SELECT 10 / (n - 5000) FROM generate_series(1, 10000) AS n";
    let mut seen = 0;
    let failed = driver.query(sql, &[], &mut |_| {
        seen += 1;
        Ok(ControlFlow::Continue(()))
    });
    assert_eq!(failed.unwrap_err().kind(), ErrorKind::Data);
    assert_eq!(seen, 4999);
    assert_eq!(cell(&mut driver, "SELECT 1", &[]).unwrap(), Value::Int(1));
}

#[test]
fn a_panic_amid_rows_takes_none_from_the_statements_after_it() {
    let sql = "SELECT n FROM generate_series(1, 20000) AS n";
    let after: [(&str, fn(&mut super::Driver) -> usize); 3] = [
        ("a query", |driver| {
            let read = rows(driver, "SELECT 1 UNION SELECT 2", &[], |_| Ok(()));
            read.unwrap().len()
        }),
        ("a stream", |driver| {
            let mut stream = driver.stream("VALUES (1), (2)", &[]).unwrap();
            let mut read = 0;
            while stream.next(&mut |_| Ok(())).unwrap() {
                read += 1;
            }
            read
        }),
        // What a type is, the server is asked for with the first statement that has it.
        ("a new type", |driver| {
            let sql = "SELECT unnest(enum_range(NULL::weather))";
            rows(driver, sql, &[], |row| row.get::<String>(0))
                .unwrap()
                .len()
        }),
    ];
    for (name, after) in after {
        let Some(mut driver) = with(&[
            "DROP TYPE IF EXISTS weather",
            "CREATE TYPE weather AS ENUM ('fair', 'foul')",
        ]) else {
            return;
        };
        driver.stream("VALUES (1), (2)", &[]).map(drop).unwrap();
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            driver.query(sql, &[], &mut |_| panic!("on purpose"))
        }));
        assert!(panicked.is_err());
        assert_eq!(after(&mut driver), 2, "{name}");
    }
}
