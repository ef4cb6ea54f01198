//! e15: which conflicts are a reason to run a transaction again, and what a part of one may say.

use aludel::{Connection, Error, ErrorKind, Isolation, Result};
use aludel_testing::each_database;

use super::{SOON, accounts, blocked, blocker, both, get, set};
use crate::{
    backend::{Backend, current},
    refusal::Refusal,
};

#[each_database]
fn e15_a_conflict_that_the_work_swallows_is_not_swallowed_by_the_transaction() {
    if current() != Backend::Postgres {
        return; // There, a statement that fails for a lock leaves the transaction whole.
    }
    let (_folder, engine) = accounts();
    let blocker = blocker(&engine);
    let mut runs = 0;
    let done = engine
        .transaction()
        .retries(3)
        .on_retry(|_| blocker.rollback().unwrap())
        .run(|connection| {
            runs += 1;
            Ok::<_, Error>(blocked(connection).is_ok())
        });
    assert!(done.unwrap());
    assert_eq!(runs, 2);
}

#[each_database]
fn e15_what_a_savepoint_took_back_is_no_reason_to_run_again() {
    if current() == Backend::Sqlite {
        return; // Within a transaction of it nobody is in the way.
    }
    let (_folder, engine) = accounts();
    let _blocker = blocker(&engine);
    for (in_savepoint, expected) in [(true, 1), (false, 3)] {
        let mut runs = 0;
        let done = engine
            .transaction()
            .retries(2)
            .backoff(SOON, SOON)
            .run(|connection| {
                runs += 1;
                if in_savepoint {
                    connection.transact(blocked).unwrap_err();
                    set(connection, 2, 11)?;
                } else {
                    blocked(connection).unwrap_err();
                }
                // A savepoint that comes later takes nothing of that back.
                let later = connection.transact(|_| Err::<(), _>(Refusal::Mine));
                later.unwrap_err();
                Err::<(), _>(Refusal::Mine)
            });
        assert_eq!((done, runs), (Err(Refusal::Mine), expected));
    }
}

#[each_database]
fn e15_a_part_of_a_transaction_has_no_options_of_its_own() {
    let (_folder, engine) = accounts();
    let refused = |result: Result<()>| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert!(
            error.message().contains("commit or roll it back first"),
            "{error}"
        );
    };
    let parts = |connection: &Connection| -> Result<()> {
        let never = |_: &Connection| -> Result<()> { panic!("it must not run") };
        refused(connection.transaction().retries(1).run(never));
        refused(connection.transaction().read_only().run(never));
        let level = connection.transaction().isolation(Isolation::Serializable);
        refused(level.run(never));
        let failed = connection.transaction().run(|connection| {
            set(connection, 2, 0)?;
            Err::<(), _>(Error::rejected("no"))
        });
        failed.unwrap_err();
        connection
            .transaction()
            .backoff(SOON, SOON)
            .run(|connection| set(connection, 1, 11))
    };
    engine.transact(parts).unwrap();
    assert_eq!(both(&engine), (11, 10));
    let connection = engine.connect().unwrap();
    set(&connection, 2, 12).unwrap();
    parts(&connection).unwrap();
    connection.commit().unwrap();
    assert_eq!(both(&engine), (11, 12));
    get(&connection, 1).unwrap();
    connection
        .transaction()
        .retries(1)
        .run(|connection| set(connection, 1, 13))
        .unwrap();
    assert!(
        !connection.in_transaction(),
        "what only read was ended first"
    );
    assert_eq!(both(&engine), (13, 12));
}

#[each_database]
fn e15_what_an_earlier_transaction_failed_for_is_no_reason() {
    let (_folder, engine) = accounts();
    let connection = engine.connect().unwrap();
    let blocker = blocker(&engine);
    let failed = connection.transaction().run(|connection| match current() {
        Backend::Sqlite => Ok(()),
        _ => blocked(connection),
    });
    assert!(failed.unwrap_err().is_retryable());
    blocker.rollback().unwrap();
    let mut told = 0;
    let wrong = connection.transaction().isolation(Isolation::Autocommit);
    let done = wrong
        .retries(3)
        .on_retry(|_| told += 1)
        .run(|connection| get(connection, 1));
    assert_eq!(done.unwrap_err().kind(), ErrorKind::InvalidRequest);
    let mine = connection.transaction().retries(3).on_retry(|_| told += 1);
    let done = mine.run(|_| Err::<(), _>(Refusal::Mine));
    assert_eq!((done, told), (Err(Refusal::Mine), 0));
}
