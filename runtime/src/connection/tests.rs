//! Connections on SQLite: transactions, and what others see of them.

mod memory;
mod stream;
mod transact;

use std::ops::ControlFlow;

use tempfile::TempDir;

use crate::{
    Connection, Engine,
    error::{Error, ErrorKind, Result},
    value::ValueRef,
};

/// An engine on a file with the table `t (a INTEGER PRIMARY KEY)`.
fn file() -> (TempDir, Engine) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let engine = Engine::new(format!("sqlite:///{}", path.display())).unwrap();
    create(&engine);
    (folder, engine)
}

/// An engine on memory with the same table.
fn memory() -> Engine {
    let engine = Engine::new("sqlite://").unwrap();
    create(&engine);
    engine
}

fn create(engine: &Engine) {
    let connection = engine.connect().unwrap();
    run(&connection, "CREATE TABLE t (a INTEGER PRIMARY KEY)").unwrap();
    connection.commit().unwrap();
}

fn run(connection: &Connection, sql: &str) -> Result<u64> {
    connection.execute_sql(sql, &[])
}

fn insert(connection: &Connection, number: i64) -> Result<u64> {
    connection.execute_sql("INSERT INTO t VALUES (?)", &[ValueRef::Int(number)])
}

/// The numbers in `t`, in order.
fn numbers(connection: &Connection) -> Result<Vec<i64>> {
    let mut numbers = Vec::new();
    let sql = "SELECT a FROM t ORDER BY a";
    connection.query_sql(sql, &[], false, &mut |row| {
        numbers.push(row.get(0)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(numbers)
}

/// The numbers in `t` as a connection of its own sees them.
fn seen(engine: &Engine) -> Vec<i64> {
    numbers(&engine.connect().unwrap()).unwrap()
}

/// Lets statements fail at once where they would wait for somebody else's lock.
fn do_not_wait(connection: &Connection) {
    let sql = "PRAGMA busy_timeout = 0";
    connection
        .query_sql(sql, &[], false, &mut |_| Ok(ControlFlow::Continue(())))
        .unwrap();
    connection.rollback().unwrap();
}

#[test]
fn the_first_statement_begins_a_transaction_and_commit_ends_it() {
    let (_folder, engine) = file();
    let connection = engine.connect().unwrap();
    assert!(!connection.in_transaction());
    insert(&connection, 1).unwrap();
    assert!(connection.in_transaction());
    assert_eq!(seen(&engine), [0; 0]);
    connection.commit().unwrap();
    assert!(!connection.in_transaction());
    assert_eq!(seen(&engine), [1]);

    assert_eq!(numbers(&connection).unwrap(), [1]);
    assert!(connection.in_transaction(), "reading begins one too");
}

#[test]
fn rollback_undoes_everything_since_the_last_commit() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    insert(&connection, 1).unwrap();
    connection.commit().unwrap();
    insert(&connection, 2).unwrap();
    insert(&connection, 3).unwrap();
    connection.rollback().unwrap();
    assert!(!connection.in_transaction());
    assert_eq!(numbers(&connection).unwrap(), [1]);
}

#[test]
fn without_a_transaction_commit_and_rollback_do_nothing() {
    let connection = memory().connect().unwrap();
    connection.commit().unwrap();
    connection.rollback().unwrap();
    assert!(!connection.in_transaction());
}

#[test]
fn closing_and_dropping_roll_back() {
    let engine = memory();
    let closed = engine.connect().unwrap();
    insert(&closed, 1).unwrap();
    closed.close().unwrap();
    assert_eq!(seen(&engine), [0; 0]);
    let dropped = engine.connect().unwrap();
    insert(&dropped, 1).unwrap();
    drop(dropped);
    assert_eq!(seen(&engine), [0; 0]);
}

#[test]
fn a_transaction_takes_its_lock_with_the_first_statement_only_if_that_writes() {
    let (_folder, engine) = file();
    let (reading, writing) = (engine.connect().unwrap(), engine.connect().unwrap());
    numbers(&reading).unwrap();
    insert(&writing, 1).unwrap();
    let third = engine.connect().unwrap();
    assert_eq!(numbers(&third).unwrap(), [0; 0], "readers do not wait");
    drop((reading, third));
    writing.commit().unwrap();

    let returning = engine.connect().unwrap();
    let sql = "INSERT INTO t VALUES (2) RETURNING a";
    returning
        .query_sql(sql, &[], true, &mut |_| Ok(ControlFlow::Continue(())))
        .unwrap();
    do_not_wait(&writing);
    let error = insert(&writing, 3).unwrap_err();
    assert_eq!(error.sql(), Some("BEGIN IMMEDIATE"));
}

#[test]
fn a_failed_statement_leaves_the_transaction_open_with_what_came_before() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    insert(&connection, 1).unwrap();
    let error = insert(&connection, 1).unwrap_err();
    assert!(error.is_unique_violation());
    assert_eq!(
        error.to_string(),
        "UNIQUE constraint failed: t.a\n  statement: INSERT INTO t VALUES (?)\n  parameters: [1]"
    );
    assert!(connection.in_transaction());
    insert(&connection, 2).unwrap();
    connection.commit().unwrap();
    assert_eq!(seen(&engine), [1, 2]);
}

#[test]
fn a_transaction_that_the_database_rolled_back_is_known_to_be_over() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    insert(&connection, 1).unwrap();
    let error = run(&connection, "INSERT OR ROLLBACK INTO t VALUES (1)").unwrap_err();
    assert!(error.is_unique_violation());
    assert!(!connection.in_transaction());
    connection.commit().unwrap();
    assert_eq!(seen(&engine), [0; 0]);
}

#[test]
fn a_commit_that_fails_leaves_the_transaction_to_be_mended() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    run(
        &connection,
        "CREATE TABLE u (a REFERENCES t DEFERRABLE INITIALLY DEFERRED)",
    )
    .unwrap();
    run(&connection, "INSERT INTO u VALUES (7)").unwrap();
    let error = connection.commit().unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error:?}");
    assert_eq!(error.sql(), Some("COMMIT"));
    assert!(connection.in_transaction());
    insert(&connection, 7).unwrap();
    connection.commit().unwrap();
}

#[test]
fn using_a_connection_while_its_rows_are_read_is_busy_and_harmless() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    insert(&connection, 1).unwrap();
    insert(&connection, 2).unwrap();
    let mut kinds = Vec::new();
    connection
        .query_sql("SELECT a FROM t", &[], false, &mut |_| {
            kinds.push(insert(&connection, 3).unwrap_err().kind());
            kinds.push(connection.commit().unwrap_err().kind());
            let nested = connection.transact(|_| Ok::<_, Error>(()));
            kinds.push(nested.unwrap_err().kind());
            assert!(connection.in_transaction());
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    assert_eq!(kinds, [ErrorKind::Busy; 6]);
    assert_eq!(numbers(&connection).unwrap(), [1, 2]);
}

#[test]
fn an_error_while_rows_are_read_carries_the_statement() {
    let connection = memory().connect().unwrap();
    let sql = "SELECT 'x' AS word";
    let error = connection
        .query_sql(sql, &[], false, &mut |row| {
            row.get::<i64>(0)?;
            Ok(ControlFlow::Continue(()))
        })
        .unwrap_err();
    assert_eq!(
        error.message(),
        "column `word` of the result: expected an integer, found text"
    );
    assert_eq!(error.sql(), Some(sql));
}

#[test]
fn a_panic_while_rows_are_read_leaves_the_connection_usable() {
    let connection = memory().connect().unwrap();
    insert(&connection, 1).unwrap();
    let panicking = std::panic::AssertUnwindSafe(|| {
        connection.query_sql("SELECT a FROM t", &[], false, &mut |_| panic!("user code"))
    });
    assert!(std::panic::catch_unwind(panicking).is_err());
    insert(&connection, 2).unwrap();
    assert_eq!(numbers(&connection).unwrap(), [1, 2]);
}

#[test]
fn a_connection_can_move_to_another_thread() {
    let connection = memory().connect().unwrap();
    insert(&connection, 1).unwrap();
    let numbers = std::thread::spawn(move || numbers(&connection).unwrap());
    assert_eq!(numbers.join().unwrap(), [1]);
}
