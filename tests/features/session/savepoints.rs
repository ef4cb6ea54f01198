//! s11: parts of a transaction, and transactions that fail.

use std::panic::{AssertUnwindSafe, catch_unwind};

use aludel::{Entity, ErrorKind, Result, Session, prelude::*};
use aludel_testing::{
    company::{Account, Department, Employee},
    each_database,
};

use super::factory::{is_free, narrow};
use crate::{account, department, employee, session};

fn owners(session: &Session) -> Vec<String> {
    let owners = session.query::<Account>().order_by(Account::owner);
    owners.select(Account::owner).all().unwrap()
}

/// T27: what was changed before a savepoint stays, what was changed in it does not.
#[each_database]
fn s11_a_savepoint_is_rolled_back_alone() {
    let session = session();
    let sales = department(&session, "sales").entity().unwrap();
    let other = department(&session, "other").entity().unwrap();
    session.commit().unwrap();
    sales.edit().unwrap().name = "purchase".to_owned();
    other.edit().unwrap().name = "another".to_owned();
    let ed = session.add(Employee::insert().name("ed").department(&sales));
    let savepoint = session.savepoint().unwrap();
    assert!(ed.id().is_some(), "it was flushed before");
    sales.edit().unwrap().name = "nothing".to_owned();
    session.flush().unwrap();
    let al = session.add(Employee::insert().name("al").department(&sales));
    session.flush().unwrap();
    session.delete(&ed.entity().unwrap()).unwrap();
    session.flush().unwrap();
    let waiting = department(&session, "waiting");
    savepoint.rollback().unwrap();

    assert_eq!((al.id(), waiting.id()), (None, None));
    assert_eq!(sales.name, "purchase");
    assert!(Entity::is_expired(&sales) && !Entity::is_expired(&other));
    assert!(session.contains(&ed.entity().unwrap()));
    assert!(session.in_transaction());
    session.commit().unwrap();
    let names = session.query::<Department>().order_by(Department::name);
    let names: Vec<String> = names.select(Department::name).all().unwrap();
    assert_eq!(names, ["another", "purchase"]);
    let names: Vec<String> = session
        .query::<Employee>()
        .select(Employee::name)
        .all()
        .unwrap();
    assert_eq!(names, ["ed"]);
}

#[each_database]
fn s11_savepoints_lie_in_each_other() {
    let session = session();
    account(&session, "outside");
    let outer = session.savepoint().unwrap();
    account(&session, "outer");
    let inner = session.savepoint().unwrap();
    let lost = account(&session, "lost");
    inner.rollback().unwrap();
    let inner = session.savepoint().unwrap();
    account(&session, "inner");
    inner.commit().unwrap();
    assert_eq!(owners(&session), ["inner", "outer", "outside"]);
    assert_eq!(lost.id(), None);
    outer.commit().unwrap();
    session.commit().unwrap();
    assert_eq!(owners(&session), ["inner", "outer", "outside"]);
}

#[each_database]
fn s11_what_an_inner_savepoint_kept_is_lost_with_the_outer() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let al = account(&session, "al").entity().unwrap();
    session.commit().unwrap();
    ed.edit().unwrap().balance = 1;
    let outer = session.savepoint().unwrap();
    ed.edit().unwrap().balance = 2;
    session.flush().unwrap();
    let inner = session.savepoint().unwrap();
    ed.edit().unwrap().balance = 3;
    session.delete(&al).unwrap();
    let new = account(&session, "new");
    inner.commit().unwrap();
    assert!(new.id().is_some());
    ed.edit().unwrap().balance = 4;
    session.flush().unwrap();
    outer.rollback().unwrap();
    assert_eq!((ed.balance, new.id()), (1, None));
    assert!(session.contains(&al) && !Entity::is_deleted(&al));
    session.rollback().unwrap();
    assert_eq!(ed.balance, 0);
    assert_eq!(owners(&session), ["al", "ed"]);
}

#[each_database]
fn s11_a_dropped_savepoint_is_rolled_back() {
    let session = session();
    account(&session, "kept");
    let lost = {
        let _savepoint = session.savepoint().unwrap();
        let lost = account(&session, "lost");
        session.flush().unwrap();
        lost
    };
    assert_eq!((lost.id(), owners(&session)), (None, vec!["kept".into()]));
    let result: Result<()> = (|| {
        let _savepoint = session.savepoint()?;
        account(&session, "kept");
        session.flush()
    })();
    assert!(result.unwrap_err().is_unique_violation());
    session.commit().unwrap();
    assert_eq!(owners(&session), ["kept"]);
}

/// U-16: the session's own commit and rollback are about the whole.
#[each_database]
fn s11_a_savepoint_ends_with_its_transaction() {
    let session = session();
    let ended = "the transaction of this savepoint has ended";
    let savepoint = session.savepoint().unwrap();
    account(&session, "committed");
    session.commit().unwrap();
    assert!(!session.in_transaction());
    let error = savepoint.rollback().unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::InvalidRequest, ended)
    );

    let savepoint = session.savepoint().unwrap();
    account(&session, "rolled back");
    session.rollback().unwrap();
    assert_eq!(savepoint.commit().unwrap_err().message(), ended);

    let outer = session.savepoint().unwrap();
    let inner = session.savepoint().unwrap();
    account(&session, "in both");
    outer.commit().unwrap();
    assert_eq!(inner.commit().unwrap_err().message(), ended);
    let savepoint = session.savepoint().unwrap();
    session.commit().unwrap();
    account(&session, "afterwards");
    drop(savepoint);
    session.commit().unwrap();
    assert_eq!(owners(&session), ["afterwards", "committed", "in both"]);
}

/// U-15, T25.
#[each_database]
fn s11_a_failed_flush_asks_for_a_rollback_and_says_why() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    ed.edit().unwrap().balance = 5;
    let first = account(&session, "first");
    account(&session, "ed");
    let cause = session.flush().unwrap_err();
    assert!(cause.is_unique_violation(), "{cause:?}");

    let errors = |_| session.commit().unwrap_err();
    let mut errors: Vec<_> = (0..5).map(errors).collect();
    errors.push(session.flush().unwrap_err());
    errors.push(session.query::<Account>().all().err().unwrap());
    errors.push(session.query::<Account>().count().unwrap_err());
    errors.push(session.get::<Account>(ed.id).err().unwrap());
    errors.push(session.refresh(&ed).unwrap_err());
    errors.push(session.savepoint().err().unwrap());
    errors.push(ed.edit().err().unwrap());
    errors.push(session.transact(|_| aludel::Result::Ok(())).unwrap_err());
    let raw = session.with_connection(|conn| conn.execute(text("select 1")).map(drop));
    errors.push(raw.unwrap_err());
    for error in &errors {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.message(), errors[0].message());
        assert!(error.message().contains("call `rollback()`"), "{error}");
        assert!(error.message().ends_with(cause.message()), "{error}");
    }
    session.rollback().unwrap();
    assert_eq!((ed.balance, first.id()), (0, None));
    assert_eq!(owners(&session), ["ed"]);
    session.add(&first).unwrap();
    session.commit().unwrap();
    assert_eq!(owners(&session), ["ed", "first"]);
}

#[each_database]
fn s11_closing_or_dropping_also_ends_a_failed_transaction() {
    let engine = narrow();
    let session = Session::new(&engine);
    account(&session, "ed");
    session.commit().unwrap();
    account(&session, "ed");
    session.flush().unwrap_err();
    session.close().unwrap();
    assert!(is_free(&engine));
    assert_eq!(owners(&session), ["ed"]);
    account(&session, "ed");
    session.flush().unwrap_err();
    drop(session);
    assert!(is_free(&engine));
}

/// U-17: a savepoint is enough to go on.
#[each_database]
fn s11_a_failed_flush_in_a_savepoint_leaves_the_transaction_around_it() {
    let session = session();
    account(&session, "ed");
    let savepoint = session.savepoint().unwrap();
    account(&session, "lost");
    account(&session, "ed");
    assert!(session.flush().unwrap_err().is_unique_violation());
    assert!(session.query::<Account>().count().is_err());
    savepoint.rollback().unwrap();
    assert_eq!(owners(&session), ["ed"]);

    let savepoint = session.savepoint().unwrap();
    account(&session, "ed");
    let error = savepoint.commit().unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    account(&session, "al");

    let outer = session.savepoint().unwrap();
    let inner = session.savepoint().unwrap();
    account(&session, "ed");
    session.flush().unwrap_err();
    outer.rollback().unwrap();
    drop(inner);
    session.commit().unwrap();
    assert_eq!(owners(&session), ["al", "ed"]);
}

/// U-15: a statement that fails is not a flush that fails.
#[each_database]
fn s11_a_failed_query_does_not_ask_for_a_rollback() {
    let session = session();
    account(&session, "ed");
    let savepoint = session.savepoint().unwrap();
    let wrong = |conn: &Connection| conn.execute(text("select nonsense from nowhere")).map(drop);
    assert!(session.with_connection(wrong).is_err());
    savepoint.rollback().unwrap();
    session.commit().unwrap();
    assert_eq!(owners(&session), ["ed"]);
}

#[each_database]
fn s11_transact_commits_what_goes_well_and_rolls_back_what_does_not() {
    let engine = narrow();
    let session = Session::new(&engine);
    let ed = session
        .transact(|session| -> Result<_> { Ok(account(session, "ed")) })
        .unwrap();
    assert!(ed.id().is_some() && is_free(&engine));

    let mut lost = None;
    let failed: Result<()> = session.transact(|session| {
        lost = Some(account(session, "lost"));
        session.flush()?;
        account(session, "ed");
        session.flush()
    });
    assert!(failed.unwrap_err().is_unique_violation());
    assert!(is_free(&engine) && !session.in_transaction());
    assert_eq!(lost.unwrap().id(), None);
    let failed: Result<()> = session.transact(|session| {
        account(session, "ed");
        Ok(())
    });
    assert!(failed.unwrap_err().is_unique_violation(), "by the commit");
    assert_eq!(owners(&session), ["ed"]);
}

#[each_database]
fn s11_an_inner_transact_is_a_savepoint() {
    let session = session();
    let all: Result<()> = session.transact(|session| {
        account(session, "outer");
        let inner: Result<()> = session.transact(|session| {
            account(session, "lost");
            session.flush()?;
            session.transact(|session| -> Result<_> { Ok(account(session, "inmost")) })?;
            account(session, "outer");
            session.flush()
        });
        assert!(inner.unwrap_err().is_unique_violation());
        session.transact(|session| {
            account(session, "inner");
            Ok(())
        })
    });
    all.unwrap();
    assert!(!session.in_transaction());
    assert_eq!(owners(&session), ["inner", "outer"]);
}

#[each_database]
fn s11_a_transact_in_what_a_change_began_is_committed_with_that() {
    let engine = narrow();
    let session = Session::new(&engine);
    account(&session, "before");
    assert!(session.in_transaction());
    session
        .transact(|session| -> Result<()> {
            account(session, "in it");
            Ok(())
        })
        .unwrap();
    assert!(session.in_transaction() && !is_free(&engine));
    session.commit().unwrap();
    assert_eq!(owners(&session), ["before", "in it"]);
}

#[each_database]
fn s11_a_panic_rolls_back_and_the_session_goes_on() {
    let engine = narrow();
    let session = Session::new(&engine);
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        session.transact(|session| -> Result<()> {
            account(session, "lost");
            session.flush()?;
            let mut edit = ed.edit()?;
            edit.balance = 9;
            panic!("inside")
        })
    }));
    assert!(panicked.is_err());
    assert!(is_free(&engine) && !session.in_transaction());
    assert_eq!(ed.balance, 0);

    session
        .transact(|session| -> Result<()> {
            account(session, "outer");
            let panicked = catch_unwind(AssertUnwindSafe(|| {
                session.transact(|session| -> Result<()> {
                    account(session, "lost");
                    session.flush()?;
                    panic!("inside")
                })
            }));
            assert!(panicked.is_err());
            Ok(())
        })
        .unwrap();
    assert_eq!(owners(&session), ["ed", "outer"]);
}

#[each_database]
fn s11_a_savepoint_restores_links_between_new_objects() {
    let session = session();
    let savepoint = session.savepoint().unwrap();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales);
    session.flush().unwrap();
    savepoint.rollback().unwrap();
    assert_eq!((sales.id(), ed.id()), (None, None));
    session.add(&sales).unwrap();
    session.add(&ed).unwrap();
    session.commit().unwrap();
    let ed = ed.entity().unwrap();
    session.refresh(&ed).unwrap();
    assert_eq!(Some(ed.department_id), sales.id());
}
