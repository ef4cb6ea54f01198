//! Results that stay open, and what else can be done with their connection.

use super::{insert, memory, numbers, run, seen};
use crate::{
    Connection, Rows,
    connection::stream::Stream,
    error::{Error, ErrorKind, Result},
    pool::Known,
    value::ValueRef,
};

const NUMBERS: &str = "SELECT a FROM t ORDER BY a";

/// Integers, from the first column.
fn open<'c>(connection: &'c Connection, sql: &str) -> Result<Rows<'c, i64>> {
    connection.stream_rows((&Known::of_text(sql), None), &[], |row, _| row.get(0))
}

/// A connection that sees 1, 2 and 3 in `t`.
fn three() -> Connection {
    let connection = memory().connect().unwrap();
    for number in 1..=3 {
        insert(&connection, number).unwrap();
    }
    connection
}

#[test]
fn rows_come_one_by_one_in_order_and_end() {
    let connection = three();
    let rows = open(&connection, NUMBERS).unwrap();
    assert_eq!(rows.collect::<Result<Vec<_>>>().unwrap(), [1, 2, 3]);
    let none = open(&connection, "SELECT a FROM t WHERE a > 3").unwrap();
    assert_eq!(none.count(), 0);
}

#[test]
fn a_row_that_does_not_decode_is_an_error_when_it_is_reached_and_the_last_thing() {
    let connection = memory().connect().unwrap();
    let sql = "SELECT 1 AS n UNION ALL SELECT 'x' UNION ALL SELECT 3";
    let mut rows = open(&connection, sql).unwrap();
    assert_eq!(rows.next().unwrap().unwrap(), 1);
    let error = rows.next().unwrap().unwrap_err();
    assert_eq!(
        error.message(),
        "column `n` of the result: expected an integer, found text"
    );
    assert_eq!(error.sql(), Some(sql));
    assert!(rows.next().is_none());
    assert!(rows.next().is_none());
}

#[test]
fn an_error_of_the_database_in_the_middle_names_statement_and_parameters() {
    let connection = memory().connect().unwrap();
    let sql = "SELECT abs(column1) FROM (VALUES (1), (?))";
    let parameters = [ValueRef::Int(i64::MIN)];
    let rows = connection.stream_rows((&Known::of_text(sql), None), &parameters, |row, _| {
        row.get::<i64>(0)
    });
    let mut rows = rows.unwrap();
    assert_eq!(rows.next().unwrap().unwrap(), 1);
    assert_eq!(
        rows.next().unwrap().unwrap_err().to_string(),
        format!(
            "integer overflow\n  statement: {sql}\n  parameters: [{}]",
            i64::MIN
        )
    );
}

#[test]
fn a_statement_that_is_wrong_is_an_error_before_the_first_row_and_names_it() {
    let connection = memory().connect().unwrap();
    let error = open(&connection, "SELECT a FROM missing").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Programming);
    assert_eq!(error.sql(), Some("SELECT a FROM missing"));
    run(&connection, "DELETE FROM t").unwrap();
}

#[test]
fn a_connection_is_busy_while_rows_are_open_and_loses_nothing_by_being_asked() {
    let connection = three();
    let mut rows = open(&connection, NUMBERS).unwrap();
    assert_eq!(rows.next().unwrap().unwrap(), 1);
    let kinds = [
        insert(&connection, 4).unwrap_err().kind(),
        numbers(&connection).unwrap_err().kind(),
        connection.commit().unwrap_err().kind(),
        connection.rollback().unwrap_err().kind(),
        connection
            .transact(|_| Ok::<_, Error>(()))
            .unwrap_err()
            .kind(),
        open(&connection, NUMBERS).unwrap_err().kind(),
    ];
    assert_eq!(kinds, [ErrorKind::Busy; 6]);
    assert!(connection.in_transaction());
    assert_eq!(rows.collect::<Result<Vec<_>>>().unwrap(), [2, 3]);
    assert_eq!(numbers(&connection).unwrap(), [1, 2, 3]);
}

#[test]
fn a_connection_is_free_after_the_last_row_and_after_an_error_though_the_rows_are_kept() {
    let connection = three();
    let mut rows = open(&connection, NUMBERS).unwrap();
    assert_eq!(rows.by_ref().count(), 3);
    insert(&connection, 4).unwrap();
    let mut failing = open(&connection, "SELECT 'x'").unwrap();
    assert!(failing.next().unwrap().is_err());
    insert(&connection, 5).unwrap();
    assert!(rows.next().is_none() && failing.next().is_none());
}

#[test]
fn dropping_rows_early_leaves_no_statement_open() {
    let connection = three();
    for _ in 0..2 {
        let mut rows = open(&connection, NUMBERS).unwrap();
        assert_eq!(rows.next().unwrap().unwrap(), 1);
    }
    drop(open(&connection, NUMBERS).unwrap());
    connection.commit().unwrap();
    // A statement that still stood on a row would keep the table locked.
    run(&connection, "DROP TABLE t").unwrap();
    connection.commit().unwrap();
}

#[test]
fn reading_rows_begins_a_transaction_that_only_reads() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    let rows = open(&connection, NUMBERS).unwrap();
    assert!(connection.in_transaction());
    let writer = engine.connect().unwrap();
    insert(&writer, 1).unwrap();
    drop((rows, writer));
    assert!(connection.in_transaction());
}

#[test]
fn a_panic_while_a_row_is_decoded_leaves_the_connection_usable() {
    let connection = three();
    let mut rows = connection
        .stream_rows::<()>((&Known::of_text(NUMBERS), None), &[], |_, _| {
            panic!("user code")
        })
        .unwrap();
    let panicking = std::panic::AssertUnwindSafe(|| rows.next());
    assert!(std::panic::catch_unwind(panicking).is_err());
    drop(rows);
    insert(&connection, 4).unwrap();
    assert_eq!(numbers(&connection).unwrap(), [1, 2, 3, 4]);
}

#[test]
fn rows_that_outlive_a_transact_let_it_fail_and_roll_back_when_they_end() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    let mut kept = None;
    let result = connection.transact(|_| {
        insert(&connection, 1)?;
        kept = Some(open(&connection, NUMBERS)?);
        Ok::<_, Error>(())
    });
    assert!(result.unwrap_err().is_busy());
    drop(kept);
    assert!(!connection.in_transaction());
    insert(&connection, 2).unwrap();
    connection.commit().unwrap();
    assert_eq!(seen(&engine), [2]);
}

#[test]
fn rows_that_outlive_nested_transacts_roll_back_what_those_did_and_no_more() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    insert(&connection, 1).unwrap();
    let mut kept = None;
    let result = connection.transact(|connection_again| {
        insert(&connection, 2)?;
        connection_again.transact(|_| {
            insert(&connection, 3)?;
            kept = Some(open(&connection, NUMBERS)?);
            Ok::<_, Error>(())
        })
    });
    assert!(result.unwrap_err().is_busy());
    let kept = kept.unwrap();
    assert_eq!(kept.collect::<Result<Vec<_>>>().unwrap(), [1, 2, 3]);
    assert_eq!(numbers(&connection).unwrap(), [1]);
    connection.commit().unwrap();
    assert_eq!(seen(&engine), [1]);
}

#[test]
fn a_stream_hands_over_rows_without_decoding_them() {
    let connection = three();
    let mut stream: Stream<'_> = connection.stream_sql(NUMBERS, &[], false).unwrap();
    let mut sum = 0;
    while stream
        .next(&mut |row| {
            sum += row.get::<i64>(0)?;
            Ok(())
        })
        .unwrap()
    {}
    assert_eq!(sum, 6);
    assert!(connection.commit().unwrap_err().is_busy());
    drop(stream);
    connection.commit().unwrap();
}
