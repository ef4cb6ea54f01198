//! s14: closures that say no, that panic, and that ask for what cannot be done at that moment.

use std::{
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
};

use aludel::{Error, ErrorKind, Result, Session, session::Events};
use aludel_testing::{company::Account, each_database};

use super::events::Log;
use crate::{account, session};

type Closure = Rc<dyn Fn(&Session) -> Result<()>>;
type Register = fn(&mut Events, Closure);

/// Each event whose error ends what it is an event of, and how that is brought about by `commit`.
const REFUSING: &[(&str, Register)] = &[
    ("before_flush", |on, closure| {
        on.before_flush(move |session| closure(session));
    }),
    ("after_flush", |on, closure| {
        on.after_flush(move |session| closure(session));
    }),
    ("before_commit", |on, closure| {
        on.before_commit(move |session| closure(session));
    }),
    ("before_insert", |on, closure| {
        on.before_insert::<Account>(move |session, _| closure(session));
    }),
    ("after_insert", |on, closure| {
        on.after_insert::<Account>(move |session, _| closure(session));
    }),
    ("before_update", |on, closure| {
        on.before_update::<Account>(move |session, _| closure(session));
    }),
    ("after_update", |on, closure| {
        on.after_update::<Account>(move |session, _| closure(session));
    }),
    ("before_delete", |on, closure| {
        on.before_delete::<Account>(move |session, _| closure(session));
    }),
    ("after_delete", |on, closure| {
        on.after_delete::<Account>(move |session, _| closure(session));
    }),
];

/// Those that are told of what has happened.
const TOLD: &[(&str, Register)] = &[
    ("after_commit", |on, closure| {
        on.after_commit(move |session| closure(session).unwrap());
    }),
    ("after_rollback", |on, closure| {
        on.after_rollback(move |session| closure(session).unwrap());
    }),
    ("after_savepoint_rollback", |on, closure| {
        on.after_savepoint_rollback(move |session| closure(session).unwrap());
    }),
];

/// Adds, changes and deletes an account.
fn change(session: &Session) {
    let all = session.query::<Account>().order_by(Account::id);
    let all = all.all().unwrap();
    session.delete(&all[0]).unwrap();
    all[1].edit().unwrap().balance += 1;
    account(session, "new");
}

/// A session with two accounts.
fn with_accounts() -> Session {
    let session = session();
    account(&session, "ed");
    account(&session, "al");
    session.commit().unwrap();
    session
}

fn shown(session: &Session) -> Vec<String> {
    let all = session.query::<Account>().order_by(Account::owner);
    let all = all.select((Account::owner, Account::balance)).all();
    let all = all.unwrap().into_iter();
    all.map(|(owner, balance)| format!("{owner} {balance}"))
        .collect()
}

/// The session waits for a rollback, remembers why, and is as before and usable after it.
fn assert_failed(session: &Session, event: &str, cause: &str) {
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{event}");
    assert!(error.message().contains(cause), "{event}: {error}");
    assert!(session.query::<Account>().all().is_err(), "{event}");
    session.rollback().unwrap();
    assert!(!session.in_transaction() && session.new_objects().is_empty());
    assert_eq!(shown(session), ["al 0", "ed 0"], "{event}");
    change(session);
    session.commit().unwrap();
    assert_eq!(shown(session), ["al 1", "new 0"], "{event}");
}

#[each_database]
fn s14_an_error_of_a_closure_is_that_of_the_flush_or_commit() {
    for (event, register) in REFUSING {
        let session = with_accounts();
        let refuses = Rc::new(Cell::new(true));
        let later = Log::default();
        session.events(|on| {
            let refuses = Rc::clone(&refuses);
            register(
                on,
                Rc::new(move |_| match refuses.get() {
                    true => Err(Error::rejected("a reason")),
                    false => Ok(()),
                }),
            );
            let later = later.clone();
            register(
                on,
                Rc::new(move |_| {
                    later.line("told");
                    Ok(())
                }),
            );
        });
        change(&session);
        let error = session.commit().unwrap_err();
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::Rejected, "a reason"),
            "{event}"
        );
        assert!(later.take().is_empty(), "{event}: the others are not asked");
        refuses.set(false);
        assert_failed(&session, event, "a reason");
        assert_eq!(later.take(), ["told"], "{event}");
    }
}

#[each_database]
fn s14_a_panic_of_a_closure_leaves_a_session_that_waits_for_a_rollback() {
    for (event, register) in REFUSING {
        let session = with_accounts();
        let panics = Rc::new(Cell::new(true));
        session.events(|on| {
            let panics = Rc::clone(&panics);
            register(
                on,
                Rc::new(move |_| {
                    assert!(!panics.get(), "a panic that is meant");
                    Ok(())
                }),
            );
        });
        change(&session);
        let commit = catch_unwind(AssertUnwindSafe(|| session.commit()));
        assert!(commit.is_err(), "{event}");
        panics.set(false);
        assert_failed(&session, event, "panicked");
    }
}

/// What has happened has happened, also where a closure panics that is told of it.
#[each_database]
fn s14_a_panic_after_the_end_changes_nothing() {
    for (event, register) in TOLD {
        let session = with_accounts();
        let panics = Rc::new(Cell::new(true));
        session.events(|on| {
            let panics = Rc::clone(&panics);
            register(
                on,
                Rc::new(move |_| {
                    assert!(!panics.get(), "a panic that is meant");
                    Ok(())
                }),
            );
        });
        change(&session);
        let ended = catch_unwind(AssertUnwindSafe(|| match *event {
            "after_commit" => session.commit(),
            "after_rollback" => session.rollback(),
            _ => session.savepoint()?.rollback(),
        }));
        assert!(ended.is_err(), "{event}");
        panics.set(false);
        let expected: &[&str] = match *event {
            "after_rollback" => &["al 0", "ed 0"],
            _ => &["al 1", "new 0"],
        };
        assert_eq!(shown(&session), expected, "{event}");
        account(&session, "bo");
        session.commit().unwrap();
        assert_eq!(shown(&session).len(), 3, "{event}");
    }
}

/// An error in a savepoint is the savepoint's: what was before it stays.
#[each_database]
fn s14_an_error_in_a_savepoint_ends_the_savepoint_alone() {
    let session = with_accounts();
    let log = Log::default();
    session.events(|on| {
        on.before_insert::<Account>(|_, new| match new.get(Account::owner).as_deref() {
            Some("bad") => Err(Error::rejected("no bad ones")),
            _ => Ok(()),
        });
        let outer = log.clone();
        on.after_savepoint_rollback(move |session| {
            outer.line(format!("{:?}", shown(session)));
        });
        let log = log.clone();
        on.after_rollback(move |_| log.line("the transaction"));
    });
    account(&session, "kept");
    let outer = session.savepoint().unwrap();
    account(&session, "outer");
    let inner = session.savepoint().unwrap();
    account(&session, "bad");
    assert!(inner.commit().unwrap_err().is_rejected());
    let told = r#"["al 0", "ed 0", "kept 0", "outer 0"]"#;
    assert_eq!(log.take(), [told]);
    outer.rollback().unwrap();
    assert_eq!(log.take(), [r#"["al 0", "ed 0", "kept 0"]"#]);
    session.commit().unwrap();
    assert_eq!(shown(&session), ["al 0", "ed 0", "kept 0"]);
    assert!(log.take().is_empty());
}

/// The error of a flush that a query or an object needed is that of the query or the object.
#[each_database]
fn s14_an_error_reaches_whoever_made_the_session_flush() {
    let session = with_accounts();
    session.events(|on| on.before_flush(|_| Err(Error::rejected("never"))));
    let new = account(&session, "new");
    assert!(new.entity().unwrap_err().is_rejected());
    session.rollback().unwrap();
    account(&session, "new");
    assert!(session.query::<Account>().all().unwrap_err().is_rejected());
    session.rollback().unwrap();
    account(&session, "new");
    let done: Result<()> = session.transact(|_| Ok(()));
    assert!(done.unwrap_err().is_rejected());
    session.rollback().unwrap();
}

/// An error of the program's own comes with its cause; one of Aludel's stays what it is.
#[test]
fn s14_errors_of_the_program_keep_their_cause() {
    let cause = "x".parse::<i32>().unwrap_err();
    let error = Error::rejected(cause.clone());
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert_eq!(error.message(), cause.to_string());
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.downcast_ref(), Some(&cause));
    let session = session();
    let known = session.get::<Account>(1).and_then(|it| {
        assert!(it.is_none());
        session.query::<Account>().one()
    });
    let error = Error::rejected(known.unwrap_err());
    assert_eq!(error.kind(), ErrorKind::NoResult);
}

/// Something that a closure may not do, by its error.
type Attempt = (&'static str, fn(&Session) -> Result<()>, &'static str);

const WITHIN_FLUSH: &str = "within an event of its flush";
const WITHIN_END: &str = "within an event of a commit or rollback";

const ATTEMPTS: &[Attempt] = &[
    ("flush", Session::flush, "the session is flushing already"),
    (
        "savepoint",
        |session| session.savepoint()?.rollback(),
        "the session is flushing already",
    ),
    (
        "update",
        |session| {
            let update = session.update::<Account>().all_rows();
            update.set(Account::balance.set(5)).execute().map(drop)
        },
        "the session is flushing already",
    ),
    ("commit", Session::commit, "cannot be committed"),
    ("rollback", Session::rollback, "cannot be rolled back"),
    ("close", Session::close, "cannot be closed"),
];

/// What closures got that tried all of it.
fn attempt(attempts: &[Attempt], told: &RefCell<Vec<String>>, session: &Session) {
    for (name, attempt, _) in attempts {
        let done = match attempt(session) {
            Ok(()) => "done".to_owned(),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name}");
                error.message().to_owned()
            }
        };
        told.borrow_mut().push(done);
    }
}

/// A flush cannot be ended, nor begun, by a closure of it; trying that does no harm.
#[each_database]
fn s14_a_closure_of_a_flush_can_neither_flush_nor_end_the_transaction() {
    for (event, register) in REFUSING {
        if *event == "before_commit" {
            continue;
        }
        let session = with_accounts();
        let told = Rc::new(RefCell::default());
        session.events(|on| {
            let told = Rc::clone(&told);
            register(
                on,
                Rc::new(move |session| {
                    attempt(ATTEMPTS, &told, session);
                    assert!(session.query::<Account>().count()? >= 1);
                    Ok(())
                }),
            );
        });
        change(&session);
        session.commit().unwrap();
        let told = told.take();
        assert_eq!(told.len(), ATTEMPTS.len(), "{event}");
        for (told, (name, _, expected)) in told.iter().zip(ATTEMPTS) {
            let expected = match expected.starts_with("cannot") {
                true => format!("the session {expected} {WITHIN_FLUSH}"),
                false => (*expected).to_owned(),
            };
            assert_eq!(*told, expected, "{name} in {event}");
        }
        assert_eq!(shown(&session), ["al 1", "new 0"], "{event}");
    }
}

/// The end of a transaction cannot be begun again by a closure that is told of it; all else can be done.
#[each_database]
fn s14_a_closure_of_an_end_cannot_end_the_transaction_again() {
    let before_commit = REFUSING.iter().filter(|(name, _)| *name == "before_commit");
    for (event, register) in before_commit.chain(TOLD) {
        let session = with_accounts();
        let told = Rc::new(RefCell::default());
        session.events(|on| {
            let told = Rc::clone(&told);
            register(
                on,
                Rc::new(move |session| {
                    attempt(&ATTEMPTS[3..], &told, session);
                    account(session, "of an event");
                    session.flush()
                }),
            );
        });
        let savepoint = session.savepoint().unwrap();
        drop(savepoint);
        account(&session, "bo");
        match *event {
            "after_rollback" => session.rollback().unwrap(),
            _ => session.commit().unwrap(),
        }
        let told = told.take();
        assert_eq!(told.len(), 3, "{event}");
        for (told, (.., expected)) in told.iter().zip(&ATTEMPTS[3..]) {
            assert_eq!(*told, format!("the session {expected} {WITHIN_END}"));
        }
        let of_event = session.in_transaction();
        assert_eq!(
            of_event,
            matches!(*event, "after_commit" | "after_rollback"),
            "{event}"
        );
        assert!(shown(&session).contains(&"of an event 0".to_owned()));
    }
}

/// A transaction or savepoint of a closure that would bring the same event again is refused before it begins.
#[each_database]
fn s14_ends_do_not_go_round_in_circles() {
    let session = with_accounts();
    let errors = Log::default();
    session.events(|on| {
        let log = errors.clone();
        on.after_commit(move |session| {
            let done: Result<()> = session.transact(|session| {
                account(session, "lost");
                Ok(())
            });
            log.line(done.unwrap_err().message());
            // Within the transaction that something has begun, a savepoint is none.
            account(session, "kept");
            let done: Result<()> = session.transact(|_| Ok(()));
            done.unwrap();
        });
        let log = errors.clone();
        on.after_savepoint_rollback(move |session| {
            log.line(session.savepoint().err().unwrap().message());
        });
    });
    session.commit().unwrap();
    assert_eq!(
        errors.take(),
        [format!("the session cannot be committed {WITHIN_END}")]
    );
    drop(session.savepoint().unwrap());
    let refused = "no savepoint can begin within the event of one that was rolled back";
    assert_eq!(errors.take(), [refused]);
    assert_eq!(shown(&session), ["al 0", "ed 0", "kept 0"]);
}
