//! e15: transactions that are run again.

mod conflicts;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Barrier,
    thread,
    time::Duration,
};

use aludel::{Connection, Engine, Error, ErrorKind, Isolation, Result, text};
use aludel_testing::each_database;

use crate::{
    backend::{self, Backend, current},
    refusal::Refusal,
};

/// A time that nobody notices.
const SOON: Duration = Duration::from_millis(2);

/// An engine on a new database with a table of two accounts. On SQLite, it does not wait for locks.
fn accounts() -> (tempfile::TempDir, Engine) {
    let folder = tempfile::tempdir().unwrap();
    let url = match current() {
        Backend::Sqlite => format!("sqlite:///{}", folder.path().join("bank.db").display()),
        _ => backend::url(),
    };
    let is_sqlite = current() == Backend::Sqlite;
    let engine = Engine::builder(url.as_str())
        .pool_events(move |on| {
            on.connect(move |connection| {
                if is_sqlite {
                    connection.execute(text("PRAGMA busy_timeout = 0"))?;
                }
                Ok(())
            });
        })
        .build()
        .unwrap();
    let alone = engine.with_isolation(Isolation::Autocommit).unwrap();
    let made = alone.connect().unwrap().execute(text(
        "CREATE TABLE account (id integer PRIMARY KEY, n integer NOT NULL)",
    ));
    made.unwrap();
    let made = engine.transact(|connection| {
        connection.execute(text("INSERT INTO account (id, n) VALUES (1, 10)"))?;
        connection.execute(text("INSERT INTO account (id, n) VALUES (2, 10)"))
    });
    made.unwrap();
    (folder, engine)
}

fn get(connection: &Connection, id: i64) -> Result<i64> {
    let one = text("SELECT n FROM account WHERE id = :id").bind("id", id);
    let one = connection.execute(one)?.scalar()?;
    one.ok_or_else(|| Error::rejected("there is no such account"))
}

fn set(connection: &Connection, id: i64, n: i64) -> Result<()> {
    let update = text("UPDATE account SET n = :n WHERE id = :id");
    connection.execute(update.bind("n", n).bind("id", id))?;
    Ok(())
}

fn both(engine: &Engine) -> (i64, i64) {
    let both =
        engine.transact(|connection| Ok::<_, Error>((get(connection, 1)?, get(connection, 2)?)));
    both.unwrap()
}

/// Asks for what somebody else has locked, and does not wait.
fn blocked(connection: &Connection) -> Result<()> {
    let locked = text("SELECT n FROM account WHERE id = 1 FOR UPDATE NOWAIT");
    connection.execute(locked).map(drop)
}

/// The same by a result that stays open.
fn blocked_stream(connection: &Connection) -> Result<()> {
    let locked = text("SELECT n FROM account WHERE id = 1 FOR UPDATE NOWAIT");
    connection.stream(locked)?.try_for_each(|row| row.map(drop))
}

/// Somebody who has locked an account, or on SQLite all.
fn blocker(engine: &Engine) -> Connection {
    let connection = engine.connect().unwrap();
    set(&connection, 1, 10).unwrap();
    connection
}

#[each_database]
fn e15_a_transaction_is_run_again_when_the_lock_of_another_was_in_its_way() {
    let (_folder, engine) = accounts();
    let blocker = blocker(&engine);
    let (mut runs, mut told) = (0, Vec::new());
    let counted = engine
        .transaction()
        .retries(5)
        .backoff(SOON, SOON)
        .on_retry(|failed| {
            told.push((failed.number(), failed.kind(), failed.to_string()));
            assert!(failed.wait() <= SOON);
            if failed.number() == 2 {
                blocker.rollback().unwrap();
            }
        })
        .run_counted(|connection| {
            runs += 1;
            set(connection, 2, 10 + runs)?;
            match (current(), runs) {
                (Backend::Sqlite, _) => {}
                (_, 1) => blocked(connection)?,
                _ => blocked_stream(connection)?,
            }
            Ok::<_, Refusal>(runs)
        });
    // On SQLite, it does not even begin.
    let expected = if current() == Backend::Sqlite { 1 } else { 3 };
    assert_eq!(counted.result, Ok(expected));
    assert_eq!(both(&engine), (10, 10 + expected));
    let kind = Some(ErrorKind::LockTimeout);
    let numbers: Vec<_> = told
        .iter()
        .map(|(number, kind, _)| (*number, *kind))
        .collect();
    assert_eq!(numbers, [(1, kind), (2, kind)]);
    assert!(told[0].2.starts_with("try 1: LockTimeout: "), "{told:?}");
    let tries: Vec<_> = counted
        .tries
        .iter()
        .map(|this| (this.number(), this.kind()))
        .collect();
    assert_eq!(tries, [(1, kind), (2, kind), (3, None)]);
    assert_eq!(counted.tries[2].wait(), Duration::ZERO);
    assert!(counted.tries[0].message().is_some() && counted.tries[0].code().is_some());
    assert!(
        counted
            .tries
            .iter()
            .all(|this| this.took() > Duration::ZERO)
    );
}

#[each_database]
fn e15_when_the_tries_have_run_out_the_error_is_the_last_one() {
    let (_folder, engine) = accounts();
    let _blocker = blocker(&engine);
    let mut runs = 0;
    let counted = engine
        .transaction()
        .retries(2)
        .backoff(SOON, SOON)
        .run_counted(|connection| {
            runs += 1;
            match current() {
                Backend::Sqlite => Ok(()),
                _ => blocked(connection),
            }
        });
    let error = counted.result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LockTimeout, "{error:?}");
    assert_eq!(counted.tries.len(), 3);
    assert!(
        counted
            .tries
            .iter()
            .all(|this| this.kind() == Some(ErrorKind::LockTimeout))
    );
    if current() == Backend::Sqlite {
        // It comes from the beginning of the transaction, so that it can say more.
        assert_eq!(runs, 0);
        assert!(error.message().contains(" (after 3 tries in "), "{error}");
    } else {
        assert_eq!(runs, 3);
    }
    assert_eq!(engine.pool_status().in_use(), 1);
}

#[each_database]
fn e15_without_retries_and_for_other_errors_it_is_run_once() {
    let (_folder, engine) = accounts();
    let mut runs = 0;
    let failed = engine.transaction().retries(5).run(|connection| {
        runs += 1;
        set(connection, 1, 0)?;
        Err::<(), _>(Refusal::Mine)
    });
    assert_eq!((failed, runs), (Err(Refusal::Mine), 1));
    let failed = engine.transaction().retries(5).run(|connection| {
        runs += 1;
        connection.execute(text("INSERT INTO account (id, n) VALUES (1, 1)"))?;
        Ok::<_, Error>(())
    });
    assert!(failed.unwrap_err().is_unique_violation());
    assert_eq!(runs, 2);
    let _blocker = blocker(&engine);
    let mut told = 0;
    let failed = engine
        .transaction()
        .on_retry(|_| told += 1)
        .run(|connection| {
            runs += 1;
            match current() {
                Backend::Sqlite => Ok(()),
                _ => blocked(connection),
            }
        });
    let error = failed.unwrap_err();
    assert!(
        error.is_retryable() && !error.message().contains("tries"),
        "{error}"
    );
    assert_eq!(told, 0);
    assert!(runs <= 3);
}

#[each_database]
fn e15_a_panic_rolls_back_and_is_not_run_again() {
    let (_folder, engine) = accounts();
    let mut runs = 0;
    let panicking = AssertUnwindSafe(|| {
        engine
            .transaction()
            .retries(5)
            .run(|connection| -> Result<()> {
                runs += 1;
                set(connection, 1, 0)?;
                panic!("user code")
            })
    });
    let panic = catch_unwind(panicking).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"user code"));
    assert_eq!((runs, both(&engine)), (1, (10, 10)));
    assert_eq!(engine.pool_status().in_use(), 0);
}

#[each_database]
fn e15_of_two_that_read_the_same_and_write_it_one_is_run_again() {
    if current() == Backend::Sqlite {
        return; // There, the second begins when the first has ended.
    }
    let (_folder, engine) = accounts();
    let meet = Barrier::new(2);
    let add = |amount: i64| {
        let mut first = true;
        let counted = engine
            .transaction()
            .isolation(Isolation::Serializable)
            .retries(20)
            .run_counted(|connection| {
                let n = get(connection, 1)?;
                if std::mem::take(&mut first) {
                    meet.wait();
                }
                set(connection, 1, n + amount)
            });
        counted.result.unwrap();
        counted.tries
    };
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(|| add(1));
        let other = add(100);
        (one.join().unwrap(), other)
    });
    assert_eq!(both(&engine), (111, 10));
    let failed: Vec<_> = one
        .iter()
        .chain(&other)
        .filter_map(|this| this.kind())
        .collect();
    let expected = [ErrorKind::Serialization, ErrorKind::Deadlock];
    assert!(
        !failed.is_empty() && failed.iter().all(|kind| expected.contains(kind)),
        "{failed:?}"
    );
}

#[each_database]
fn e15_of_two_that_wait_for_each_other_one_is_run_again() {
    if current() == Backend::Sqlite {
        return;
    }
    let (_folder, engine) = accounts();
    let meet = Barrier::new(2);
    let take = |first: i64, second: i64| {
        let mut is_first = true;
        let counted = engine.transaction().retries(20).run_counted(|connection| {
            let all = text("UPDATE account SET n = n + 1 WHERE id = :id");
            connection.execute(all.bind("id", first))?;
            if std::mem::take(&mut is_first) {
                meet.wait();
            }
            let all = text("UPDATE account SET n = n + 1 WHERE id = :id");
            connection.execute(all.bind("id", second)).map(drop)
        });
        counted.result.unwrap();
        counted.tries
    };
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(|| take(1, 2));
        let other = take(2, 1);
        (one.join().unwrap(), other)
    });
    assert_eq!(both(&engine), (12, 12));
    let failed: Vec<_> = one
        .iter()
        .chain(&other)
        .filter_map(|this| this.kind())
        .collect();
    assert_eq!(failed, [ErrorKind::Deadlock]);
}

/// Has another transaction of the same level read both accounts and write the second.
fn interfere(engine: &Engine) {
    let other = engine.transaction().isolation(Isolation::Serializable);
    let other = other.run(|connection| {
        let sum = get(connection, 1)? + get(connection, 2)?;
        set(connection, 2, sum)
    });
    other.unwrap();
}

#[each_database]
fn e15_a_commit_that_is_refused_is_run_again_whatever_is_made_of_errors() {
    if current() != Backend::Postgres {
        return; // Elsewhere, commits are not refused.
    }
    let (_folder, engine) = accounts();
    let connection = engine.connect().unwrap();
    let mut runs = 0;
    let counted = connection
        .transaction()
        .isolation(Isolation::Serializable)
        .retries(3)
        .run_counted(|connection| {
            runs += 1;
            let sum = get(connection, 1)? + get(connection, 2)?;
            set(connection, 1, sum)?;
            if runs < 3 {
                interfere(&engine);
            }
            Ok::<_, Refusal>(())
        });
    assert_eq!((counted.result, runs), (Ok(()), 3));
    assert_eq!(both(&engine), (40, 30), "each saw what was before");
    assert_eq!(counted.tries[1].kind(), Some(ErrorKind::Serialization));
    assert_eq!(counted.tries[1].code(), Some("40001"));

    let error = connection
        .transaction()
        .isolation(Isolation::Serializable)
        .retries(1)
        .backoff(SOON, SOON)
        .run(|connection| {
            let sum = get(connection, 1)? + get(connection, 2)?;
            set(connection, 1, sum)?;
            interfere(&engine);
            Ok::<_, Error>(())
        })
        .unwrap_err();
    assert!(error.is_serialization());
    assert!(error.message().contains(" (after 2 tries in "), "{error}");
    assert!(!connection.in_transaction());
}
