//! e15: a session's transactions, with options and run again.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use aludel::{
    Connection, Engine, Entity, Error, ErrorKind, Isolation, Result, Session, SessionFactory, text,
};
use aludel_testing::{
    company::{Account, Department, catalog},
    each_database,
};

use crate::{
    account,
    backend::{Backend, current},
    company, department,
    refusal::Refusal,
    session,
};

const SOON: Duration = Duration::from_millis(2);

fn owners(engine: &Engine) -> Vec<String> {
    let session = Session::new(engine);
    let owners = session.query::<Account>().order_by(Account::owner);
    owners.select(Account::owner).all().unwrap()
}

fn refused<T>(result: Result<T>, words: &str) {
    let error = result.err().expect("it is not allowed");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert!(error.message().contains(words), "{error}");
}

#[each_database]
fn e15_nothing_within_transact_ends_the_session_or_its_transaction() {
    let engine = company();
    let session = Session::new(&engine);
    let ends = |session: &Session| {
        refused(session.commit(), "committed within `transact`");
        refused(session.rollback(), "rolled back within `transact`");
        refused(session.close(), "closed within `transact`");
    };
    let done: Result<()> = session.transact(|session| {
        ends(session);
        account(session, "outer");
        session.transact(|session| -> Result<()> {
            ends(session);
            account(session, "inner");
            Ok(())
        })?;
        ends(session);
        let failed: Result<()> = session.transact(|session| {
            account(session, "lost");
            session.flush()?;
            Err(Error::rejected("no"))
        });
        failed.unwrap_err();
        ends(session);
        Ok(())
    });
    done.unwrap();
    assert_eq!(owners(&engine), ["inner", "outer"]);
    account(&session, "later");
    let done: Result<()> = session.transact(|session| {
        ends(session);
        Ok(())
    });
    done.unwrap();
    session.commit().unwrap();
    let panicking = AssertUnwindSafe(|| {
        session.transact(|session| -> Result<()> {
            account(session, "lost");
            panic!("user code")
        })
    });
    catch_unwind(panicking).unwrap_err();
    session.rollback().unwrap();
    session.close().unwrap();
    assert_eq!(owners(&engine), ["inner", "later", "outer"]);
}

#[each_database]
fn e15_a_part_of_a_sessions_transaction_has_no_options_of_its_own() {
    let session = session();
    let never = |_: &Session| -> Result<()> { panic!("it must not run") };
    let words = "commit or roll it back first";
    let parts = |session: &Session| {
        refused(session.transaction().retries(1).run(never), words);
        refused(session.transaction().read_only().run(never), words);
        let level = session.transaction().isolation(Isolation::Serializable);
        refused(level.run(never), words);
        let done: Result<()> = session.transaction().run(|session| {
            account(session, "ed");
            Ok(())
        });
        done
    };
    session.transact(parts).unwrap();
    account(&session, "al");
    parts(&session).unwrap_err(); // There is an `ed` already.
    session.rollback().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 1);
}

#[each_database]
fn e15_a_flush_in_a_transaction_that_only_reads_is_refused() {
    let engine = company();
    let session = Session::new(&engine);
    account(&session, "ed");
    session.commit().unwrap();
    let read = session
        .transaction()
        .read_only()
        .run(|session| session.query::<Account>().count());
    assert_eq!(read.unwrap(), 1);
    let mut refused = None;
    let written: Result<()> = session.transaction().read_only().run(|session| {
        account(session, "al");
        refused = session.flush().err().map(|error| error.kind());
        Ok(())
    });
    assert_eq!(refused, Some(ErrorKind::WriteRefused));
    written.unwrap_err();
    let committed: Result<()> = session.transaction().read_only().run(|session| {
        session.query::<Account>().one()?.edit()?.balance = 7;
        Ok(())
    });
    assert!(committed.unwrap_err().is_write_refused());
    account(&session, "bo");
    session.commit().unwrap();
    assert_eq!(owners(&engine), ["bo", "ed"]);
}

#[each_database]
fn e15_a_sessions_transaction_has_the_level_that_is_said_or_that_of_its_engine() {
    if current() != Backend::Postgres {
        return; // The tests of connections ask the others.
    }
    let level = |session: &Session| {
        session.with_connection(|connection| {
            let level = text("SELECT current_setting('transaction_isolation')");
            let level = connection.execute(level)?.scalar::<String>()?;
            Ok::<_, Error>(level.unwrap_or_default())
        })
    };
    let engine = company();
    let session = Session::new(&engine);
    let serializable = session.transaction().isolation(Isolation::Serializable);
    assert_eq!(serializable.run(level).unwrap(), "serializable");
    assert_eq!(session.transact(level).unwrap(), "read committed");
    let engine = engine.with_isolation(Isolation::RepeatableRead).unwrap();
    let session = SessionFactory::new(&engine).session();
    assert_eq!(level(&session).unwrap(), "repeatable read");
}

#[each_database]
fn e15_a_session_has_transactions_also_where_its_engine_begins_none() {
    let engine = company();
    let alone = engine.with_isolation(Isolation::Autocommit).unwrap();
    let session = Session::new(&alone);
    account(&session, "ed");
    session.flush().unwrap();
    session.rollback().unwrap();
    account(&session, "al");
    let savepoint = session.savepoint().unwrap();
    account(&session, "bo");
    savepoint.rollback().unwrap();
    session.commit().unwrap();
    assert_eq!(owners(&engine), ["al"]);
    let without = session.with_connection(|connection| {
        connection.set_isolation(Isolation::Autocommit)?;
        Ok::<_, Error>(())
    });
    without.unwrap();
    refused(session.savepoint().map(drop), "`AUTOCOMMIT`");
}

/// Asks for what somebody else has locked, and does not wait.
fn blocked(connection: &Connection) -> Result<()> {
    let locked = text("SELECT owner FROM accounts WHERE owner = 'ed' FOR UPDATE NOWAIT");
    connection.execute(locked).map(drop)
}

/// Somebody who has locked the account of `ed`.
fn blocker(engine: &Engine) -> Connection {
    let connection = engine.connect().unwrap();
    let update = text("UPDATE accounts SET balance = 1 WHERE owner = 'ed'");
    connection.execute(update).unwrap();
    connection
}

#[each_database]
fn e15_each_try_begins_with_an_empty_session() {
    if current() == Backend::Sqlite {
        return; // That has a test of its own.
    }
    let engine = company();
    let session = Session::new(&engine);
    let known = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    let blocker = blocker(&engine);
    let mut seen = Vec::new();
    let mut told = 0;
    let counted = session
        .transaction()
        .retries(4)
        .backoff(SOON, SOON)
        .on_retry(|_| {
            told += 1;
            if told == 2 {
                blocker.rollback().unwrap();
            }
        })
        .run_counted(|session| {
            assert_eq!(session.known(), 0);
            assert!(session.new_objects().is_empty() && session.dirty().is_empty());
            let sales = department(session, "sales");
            session.flush()?;
            seen.push(sales.clone());
            let ed = session.query::<Account>().one()?;
            session.with_connection(blocked)?;
            ed.edit()?.balance = 5;
            Ok::<_, Refusal>(())
        });
    assert_eq!(counted.result, Ok(()));
    let kinds: Vec<_> = counted.tries.iter().map(|this| this.kind()).collect();
    let kind = Some(ErrorKind::LockTimeout);
    assert_eq!(kinds, [kind, kind, None]);
    assert!(Entity::is_detached(&known), "it is of no try");
    let have_rows: Vec<bool> = seen.iter().map(|sales| sales.id().is_some()).collect();
    assert_eq!(have_rows, [false, false, true]);
    assert_eq!(session.query::<Department>().count().unwrap(), 1);
    assert_eq!(session.query::<Account>().one().unwrap().balance, 5);
}

#[each_database]
fn e15_a_conflict_in_a_savepoint_of_a_session_that_was_rolled_back_does_not_count() {
    if current() == Backend::Sqlite {
        return;
    }
    let engine = company();
    let session = Session::new(&engine);
    account(&session, "ed");
    session.commit().unwrap();
    let _blocker = blocker(&engine);
    for (in_savepoint, expected) in [(true, 1), (false, 3)] {
        let mut runs = 0;
        let done = session
            .transaction()
            .retries(2)
            .backoff(SOON, SOON)
            .run(|session| {
                runs += 1;
                let within = |session: &Session| session.with_connection(blocked);
                match in_savepoint {
                    true => session.transact(within).unwrap_err(),
                    false => within(session).unwrap_err(),
                };
                Err::<(), _>(Refusal::Mine)
            });
        assert_eq!((done, runs), (Err(Refusal::Mine), expected));
    }
}

/// SQLite refuses to write on what somebody else has changed since it was read; within `transact`, nobody else can.
#[test]
fn e15_on_sqlite_what_transact_reads_stays_until_it_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("company.db");
    let engine = Engine::new(format!("sqlite:///{}", path.display())).unwrap();
    let alone = engine.with_isolation(Isolation::Autocommit).unwrap();
    let wal = text("PRAGMA journal_mode = WAL");
    alone.connect().unwrap().execute(wal).unwrap();
    catalog().create_all(&engine).unwrap();
    let session = Session::new(&engine);
    account(&session, "ed");
    session.commit().unwrap();
    // One session reads, another writes at once or not at all, and then the first writes.
    let read_and_write = |session: &Session| -> Result<Option<ErrorKind>> {
        let ed = session.query::<Account>().one()?;
        let other = Session::new(&engine);
        other.with_connection(|connection| connection.execute(text("PRAGMA busy_timeout = 0")))?;
        other.query::<Account>().one()?.edit()?.balance += 10;
        let meanwhile = other.commit().err();
        drop(other);
        ed.edit()?.balance += 1;
        session.flush()?;
        Ok(meanwhile.map(|error| error.kind()))
    };
    let meanwhile = session.transact(read_and_write).unwrap();
    assert_eq!(meanwhile, Some(ErrorKind::LockTimeout));
    let balance = || {
        Session::new(&engine)
            .query::<Account>()
            .one()
            .unwrap()
            .balance
    };
    assert_eq!(balance(), 1);
    let error = read_and_write(&session).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Serialization, "{error}");
    session.rollback().unwrap();
    assert_eq!(balance(), 11);
}

#[each_database]
fn e15_a_commit_of_a_session_that_is_refused_is_run_again_and_says_so_in_the_end() {
    if current() != Backend::Postgres {
        return;
    }
    let engine = company();
    let session = Session::new(&engine);
    account(&session, "ed");
    account(&session, "al");
    session.commit().unwrap();
    // Each writes what the other has read.
    let write = |session: &Session, owner: &str| -> Result<()> {
        let all = session.query::<Account>().all()?;
        let sum: i64 = all.iter().map(|one| one.balance).sum();
        let mine = all.iter().find(|one| one.owner == owner);
        mine.expect("it was added").edit()?.balance = sum + 1;
        Ok(())
    };
    let interfere = || {
        let other = Session::new(&engine);
        let other = other.transaction().isolation(Isolation::Serializable);
        other.run(|session| write(session, "al"))
    };
    for (conflicts, runs_expected) in [(1, 2), (9, 3)] {
        let mut runs = 0;
        let done = session
            .transaction()
            .isolation(Isolation::Serializable)
            .retries(2)
            .backoff(SOON, SOON)
            .run(|session| {
                runs += 1;
                write(session, "ed")?;
                session.flush()?;
                if runs <= conflicts {
                    interfere()?;
                }
                Ok::<_, Error>(())
            });
        assert_eq!(runs, runs_expected);
        match done {
            Ok(()) => assert_eq!(conflicts, 1),
            Err(error) => {
                assert!(error.is_serialization(), "{error:?}");
                assert!(error.message().contains(" (after 3 tries in "), "{error}");
            }
        }
        assert!(!session.in_transaction());
    }
}
