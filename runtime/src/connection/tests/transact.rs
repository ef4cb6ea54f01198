//! `transact`: alone, nested, after other statements, and with everything that can go wrong in it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{do_not_wait, file, insert, memory, numbers, run, seen};
use crate::error::{Error, ErrorKind, Result};

/// An error of an application, which holds ours.
#[derive(Debug)]
enum AppError {
    Database(Error),
    OutOfStock,
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        AppError::Database(error)
    }
}

#[test]
fn it_commits_on_ok_and_gives_the_result() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    let changed = connection
        .transact(|connection| insert(connection, 1))
        .unwrap();
    assert_eq!(changed, 1);
    assert!(!connection.in_transaction());
    assert_eq!(seen(&engine), [1]);
    engine.transact(|connection| insert(connection, 2)).unwrap();
    assert_eq!(seen(&engine), [1, 2]);
}

#[test]
fn it_rolls_back_on_an_error_of_any_type() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    let result = connection.transact(|connection| {
        insert(connection, 1)?;
        Err::<(), _>(AppError::OutOfStock)
    });
    assert!(matches!(result, Err(AppError::OutOfStock)));
    let result = connection.transact(|connection| -> Result<(), AppError> {
        insert(connection, 1)?;
        insert(connection, 1)?;
        Ok(())
    });
    assert!(matches!(result, Err(AppError::Database(error)) if error.is_unique_violation()));
    assert!(!connection.in_transaction());
    assert_eq!(seen(&engine), [0; 0]);
}

#[test]
fn it_rolls_back_on_a_panic_and_passes_it_on() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    let panicking = AssertUnwindSafe(|| {
        connection.transact(|outer| {
            insert(outer, 1)?;
            outer.transact(|inner| -> Result<()> {
                insert(inner, 2)?;
                panic!("user code")
            })
        })
    });
    let panic = catch_unwind(panicking).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"user code"));
    assert!(!connection.in_transaction());
    connection
        .transact(|connection| insert(connection, 3))
        .unwrap();
    assert_eq!(seen(&engine), [3]);
}

#[test]
fn a_nested_one_undoes_only_its_own_part() {
    let engine = memory();
    engine
        .transact(|outer| -> Result<()> {
            insert(outer, 1)?;
            outer.transact(|middle| {
                insert(middle, 2)?;
                let failed = middle.transact(|inner| {
                    insert(inner, 3)?;
                    insert(inner, 1)
                });
                assert!(failed.unwrap_err().is_unique_violation());
                assert_eq!(numbers(middle)?, [1, 2]);
                middle.transact(|inner| insert(inner, 4))
            })?;
            let caught = catch_unwind(AssertUnwindSafe(|| {
                outer.transact(|inner| -> Result<()> {
                    insert(inner, 5)?;
                    panic!("user code")
                })
            }));
            assert!(caught.is_err());
            assert!(outer.in_transaction());
            Ok(())
        })
        .unwrap();
    assert_eq!(seen(&engine), [1, 2, 4]);
}

#[test]
fn what_nested_ones_did_goes_with_the_outermost() {
    let engine = memory();
    let result = engine.transact(|outer| {
        outer.transact(|inner| insert(inner, 1))?;
        Err::<(), _>(AppError::OutOfStock)
    });
    assert!(result.is_err());
    assert_eq!(seen(&engine), [0; 0]);
}

#[test]
fn it_locks_at_once() {
    let (_folder, engine) = file();
    let other = engine.connect().unwrap();
    do_not_wait(&other);
    engine
        .transact(|_| {
            assert_eq!(numbers(&other)?, [0; 0], "reading does not wait");
            other.rollback()?;
            let error = insert(&other, 1).unwrap_err();
            assert!(error.is_lock_timeout(), "{error:?}");
            assert_eq!(error.sql(), Some("BEGIN IMMEDIATE"));
            Ok::<_, Error>(())
        })
        .unwrap();
}

#[test]
fn after_statements_that_wrote_it_is_a_part_of_their_transaction() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    insert(&connection, 1).unwrap();
    let failed = connection.transact(|connection| {
        insert(connection, 2)?;
        insert(connection, 1)
    });
    assert!(failed.is_err());
    connection
        .transact(|connection| insert(connection, 3))
        .unwrap();
    assert!(connection.in_transaction(), "not committed yet");
    connection.commit().unwrap();
    assert_eq!(seen(&engine), [1, 3]);

    insert(&connection, 4).unwrap();
    connection
        .transact(|connection| insert(connection, 5))
        .unwrap();
    connection.rollback().unwrap();
    assert_eq!(seen(&engine), [1, 3]);
}

#[test]
fn after_statements_that_only_read_it_is_a_transaction_of_its_own() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    numbers(&connection).unwrap();
    assert!(connection.in_transaction());
    connection
        .transact(|connection| insert(connection, 1))
        .unwrap();
    assert!(!connection.in_transaction());
    drop(connection);
    assert_eq!(seen(&engine), [1]);

    // A write in an earlier transaction does not make this one a writing one.
    let connection = engine.connect().unwrap();
    insert(&connection, 2).unwrap();
    connection.commit().unwrap();
    numbers(&connection).unwrap();
    connection
        .transact(|connection| insert(connection, 3))
        .unwrap();
    assert!(!connection.in_transaction());

    // A transaction that read first and wrote then is.
    numbers(&connection).unwrap();
    insert(&connection, 4).unwrap();
    connection
        .transact(|connection| insert(connection, 5))
        .unwrap();
    assert!(connection.in_transaction());
}

#[test]
fn ending_the_transaction_within_it_is_refused() {
    let engine = memory();
    engine
        .transact(|connection| {
            insert(connection, 1)?;
            for error in [connection.commit(), connection.rollback()] {
                let error = error.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::InvalidRequest);
                assert!(error.message().contains("within `transact`"), "{error}");
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!(seen(&engine), [1]);
}

#[test]
fn nothing_is_written_after_the_database_rolled_back_under_it() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    insert(&connection, 1).unwrap();
    connection.commit().unwrap();
    let result = connection.transact(|connection| -> Result<()> {
        insert(connection, 2)?;
        let nested =
            connection.transact(|inner| run(inner, "INSERT OR ROLLBACK INTO t VALUES (1)"));
        assert!(nested.unwrap_err().is_unique_violation());
        for error in [
            insert(connection, 3).unwrap_err(),
            connection.transact(|inner| insert(inner, 3)).unwrap_err(),
        ] {
            assert!(error.is_operational(), "{error:?}");
            assert!(
                error.message().contains("ended within `transact`"),
                "{error}"
            );
        }
        Ok(())
    });
    assert!(result.unwrap_err().is_operational());
    assert!(!connection.in_transaction());
    assert_eq!(seen(&engine), [1]);
    connection
        .transact(|connection| insert(connection, 4))
        .unwrap();
    assert_eq!(seen(&engine), [1, 4]);
}

#[test]
fn a_commit_that_fails_is_rolled_back() {
    let engine = memory();
    let connection = engine.connect().unwrap();
    run(
        &connection,
        "CREATE TABLE u (a REFERENCES t DEFERRABLE INITIALLY DEFERRED)",
    )
    .unwrap();
    connection.commit().unwrap();
    let error = connection
        .transact(|connection| {
            insert(connection, 1)?;
            run(connection, "INSERT INTO u VALUES (7)")
        })
        .unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error:?}");
    assert!(!connection.in_transaction());
    assert_eq!(seen(&engine), [0; 0]);
}
