//! The driver beneath an engine: its pool, and transactions.

use std::ops::ControlFlow;

use super::url;
use crate::{
    Connection, Engine,
    error::{Error, ErrorKind, Result},
    pool::Known,
    value::ValueRef,
};

fn number(connection: &Connection, sql: &str) -> Result<i64> {
    let mut number = 0;
    connection.query_sql(sql, &[], false, &mut |row| {
        number = row.get(0)?;
        Ok(ControlFlow::Break(()))
    })?;
    Ok(number)
}

#[test]
fn transactions_nest_and_a_failed_part_can_be_given_up() {
    let Some(url) = url() else { return };
    let connection = Engine::new(url).unwrap().connect().unwrap();
    let create = "CREATE TEMP TABLE t (n int8 PRIMARY KEY)";
    connection.execute_sql(create, &[]).unwrap();
    connection.commit().unwrap();
    let insert = |connection: &Connection, n| {
        connection.execute_sql("INSERT INTO t VALUES ($1)", &[ValueRef::Int(n)])
    };
    let done = connection.transact(|connection| {
        insert(connection, 1)?;
        let failed = connection.transact(|connection| insert(connection, 1));
        assert_eq!(failed.unwrap_err().kind(), ErrorKind::UniqueViolation);
        insert(connection, 2)?;
        Ok::<_, Error>(())
    });
    done.unwrap();
    assert_eq!(number(&connection, "SELECT count(*) FROM t").unwrap(), 2);
    let failed = connection.transact(|connection| {
        insert(connection, 3)?;
        // Whoever does not look at the error has a transaction that cannot be committed.
        let _ = insert(connection, 3);
        Ok::<_, Error>(())
    });
    assert!(
        failed
            .unwrap_err()
            .message()
            .contains("nothing was committed")
    );
    assert_eq!(number(&connection, "SELECT count(*) FROM t").unwrap(), 2);
}

#[test]
fn an_error_shows_the_statement() {
    let Some(url) = url() else { return };
    let connection = Engine::new(url).unwrap().connect().unwrap();
    let error = connection
        .execute_sql("SELECT $1::int2", &[ValueRef::Int(40_000)])
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("statement: SELECT $1::int2") && text.contains("parameters: [40000]"),
        "{text}"
    );
    // Nothing was sent that could have failed.
    assert_eq!(number(&connection, "SELECT 7").unwrap(), 7);
}

#[test]
fn x03_the_next_use_works_after_a_connection_was_lost() {
    let Some(url) = url() else { return };
    let engine = Engine::new(url).unwrap();
    let connection = engine.connect().unwrap();
    let pid = number(&connection, "SELECT pg_backend_pid()").unwrap();
    let killer = engine.connect().unwrap();
    number(
        &killer,
        &format!("SELECT pg_terminate_backend({pid}, 5000)::int"),
    )
    .unwrap();
    assert!(
        number(&connection, "SELECT 1")
            .unwrap_err()
            .is_disconnected()
    );
    drop(connection);
    assert_eq!(number(&engine.connect().unwrap(), "SELECT 1").unwrap(), 1);
}

#[test]
fn open_rows_hold_the_connection_and_let_it_go() {
    let Some(url) = url() else { return };
    let connection = Engine::new(url).unwrap().connect().unwrap();
    let sql = "SELECT generate_series(1, 5000)";
    let mut rows = connection
        .stream_rows::<i64>((&Known::of_text(sql), None), &[], |row, _| row.get(0))
        .unwrap();
    assert_eq!(rows.next().unwrap().unwrap(), 1);
    assert!(number(&connection, "SELECT 1").unwrap_err().is_busy());
    drop(rows);
    let rows = connection
        .stream_rows::<i64>((&Known::of_text(sql), None), &[], |row, _| row.get(0))
        .unwrap();
    assert_eq!(rows.map(Result::unwrap).sum::<i64>(), 12_502_500);
    assert_eq!(number(&connection, "SELECT 1").unwrap(), 1);
}

#[test]
fn connections_work_in_several_threads_at_once() {
    let Some(url) = url() else { return };
    let engine = Engine::new(url).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let engine = engine.clone();
            scope.spawn(move || {
                for round in 0..50 {
                    let wanted = thread * 1_000 + round;
                    let connection = engine.connect().unwrap();
                    assert_eq!(
                        number(&connection, &format!("SELECT {wanted}::int8")).unwrap(),
                        wanted
                    );
                }
            });
        }
    });
}
