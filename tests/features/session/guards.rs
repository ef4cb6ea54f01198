//! s07, s08: changes in the making.

use std::panic::{AssertUnwindSafe, catch_unwind};

use aludel::{Edit, Entity, Error, ErrorKind, Session};
use aludel_testing::{company::Account, each_database};

use crate::{account, session};

#[each_database]
fn s07_two_edits_of_an_object_lose_nothing() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let mut one = ed.edit().unwrap();
    let mut two = ed.edit().unwrap();
    one.balance = 1;
    one.owner = "one".to_owned();
    two.nickname = None;
    two.owner = "two".to_owned();
    assert_eq!((one.balance, two.balance, ed.balance), (1, 0, 0));
    drop(one);
    assert_eq!((ed.balance, ed.owner.as_str()), (1, "one"));
    assert!(ed.nickname.is_some());
    drop(two);
    assert_eq!((ed.balance, ed.owner.as_str()), (1, "two"));
    assert_eq!(ed.nickname, None);
    session.commit().unwrap();
    let read = session.query::<Account>().plain().one().unwrap();
    assert_eq!((read.balance, read.nickname), (1, None));
}

#[each_database]
fn s07_an_edit_shows_what_is_set_and_others_see_it_when_it_ends() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let same = ed.clone();
    let mut edit = ed.edit().unwrap();
    edit.balance = 4;
    assert_eq!((edit.balance, same.balance), (4, 0));
    assert!(!Entity::is_dirty(&same));
    drop(edit);
    assert_eq!(same.balance, 4);
    assert!(Entity::is_dirty(&same));
}

/// What must not happen while an edit is open.
fn refused(error: &Error, what: &str) {
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        error.message(),
        format!("the session cannot be {what} while an edit is open: drop the guard first")
    );
}

#[each_database]
fn s08_an_open_edit_keeps_the_session_from_flushing_and_ending() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    for changed in [false, true] {
        let mut edit = ed.edit().unwrap();
        edit.balance += 1;
        let al = changed.then(|| account(&session, "al"));
        refused(&session.flush().unwrap_err(), "flushed");
        refused(&session.commit().unwrap_err(), "flushed");
        refused(&session.savepoint().err().unwrap(), "flushed");
        refused(&session.rollback().unwrap_err(), "rolled back");
        refused(&session.close().unwrap_err(), "closed");
        if let Some(al) = al {
            refused(&session.query::<Account>().all().err().unwrap(), "flushed");
            session.expunge_pending(&al).unwrap();
        }
        assert!(session.contains(&ed) && session.in_transaction());
        drop(edit);
    }
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().one().unwrap().balance, 2);
}

#[each_database]
fn s08_queries_run_beside_an_open_edit_where_nothing_waits() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let mut edit = ed.edit().unwrap();
    edit.balance = 3;
    assert!(session.query::<Account>().one().unwrap() == ed);
    drop(edit);
    assert_eq!(ed.balance, 3);
}

#[each_database]
fn s11_an_edit_publishes_on_what_a_savepoint_restored() {
    type End = fn(aludel::session::Savepoint<'_>);
    let ways: [(&str, End); 3] = [
        ("dropped", |savepoint| drop(savepoint)),
        ("rolled back", |savepoint| savepoint.rollback().unwrap()),
        ("committed in vain", |savepoint| {
            refused(&savepoint.commit().unwrap_err(), "flushed");
        }),
    ];
    for (how, end) in ways {
        let session = session();
        let ed = account(&session, "ed").entity().unwrap();
        let savepoint = session.savepoint().unwrap();
        ed.edit().unwrap().balance = 1;
        session.flush().unwrap();
        let mut edit = ed.edit().unwrap();
        edit.nickname = None;
        end(savepoint);
        assert_eq!(ed.balance, 0, "{how}");
        drop(edit);
        session.commit().unwrap();
        let read = session.query::<Account>().plain().one().unwrap();
        assert_eq!((read.balance, read.nickname), (0, None), "{how}");
    }
}

#[each_database]
fn s07_a_panic_publishes_nothing() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let mut edit = ed.edit().unwrap();
        edit.balance = 9;
        panic!("inside")
    }));
    assert!(panicked.is_err());
    assert_eq!((ed.balance, session.dirty().len()), (0, 0));
    session.commit().unwrap();
    ed.edit().unwrap().balance += 1;
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().one().unwrap().balance, 1);
}

#[each_database]
fn s07_an_edit_of_an_object_that_left_its_session_publishes_nothing() {
    type Leave = fn(Session, &Entity<Account>) -> Option<Session>;
    let ways: [(&str, Leave); 3] = [
        ("dropped", |session, _| {
            drop(session);
            None
        }),
        ("expunged", |session, ed| {
            session.expunge(ed).unwrap();
            Some(session)
        }),
        ("cleared", |session, _| {
            session.clear();
            Some(session)
        }),
    ];
    for (how, leave) in ways {
        let session = session();
        let ed = account(&session, "ed").entity().unwrap();
        session.commit().unwrap();
        let mut edit: Edit<'_, Account> = ed.edit().unwrap();
        edit.balance = 9;
        let session = leave(session, &ed);
        assert_eq!(edit.balance, 9, "{how}");
        drop(edit);
        assert_eq!(ed.balance, 0, "{how}");
        assert!(Entity::is_detached(&ed), "{how}");
        if let Some(session) = session {
            assert!(session.dirty().is_empty(), "{how}");
            session.commit().unwrap();
        }
    }
}

#[each_database]
fn s12_an_edit_of_an_object_that_is_deleted_meanwhile_changes_nothing() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let mut edit = ed.edit().unwrap();
    edit.balance = 9;
    session.delete(&ed).unwrap();
    drop(edit);
    assert!(session.dirty().is_empty());
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 0);
}
