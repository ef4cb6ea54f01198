//! s09: queries see what was changed before them.

use aludel::{Entity, ErrorKind, Session, SessionFactory, prelude::*};
use aludel_testing::{
    company::{Account, Course},
    each_database,
};

use crate::{account, company, session};

/// What a session sees of two courses, one of which waits to be inserted, by each way to ask.
fn seen(session: &Session, old: &Entity<Course>) -> Vec<(&'static str, bool)> {
    type Ask = fn(&Session, &Entity<Course>) -> bool;
    let asked: [(&str, Ask); 8] = [
        ("all", |session, _| {
            session.query::<Course>().all().unwrap().len() == 2
        }),
        ("first", |session, _| {
            let new = session.query::<Course>().filter(Course::code.eq("new"));
            new.first().unwrap().is_some()
        }),
        ("plain", |session, _| {
            session.query::<Course>().plain().all().unwrap().len() == 2
        }),
        ("get", |session, _| {
            session.get::<Course>("new").unwrap().is_some()
        }),
        ("refresh", |session, old| {
            session.refresh(old).unwrap();
            session.new_objects().is_empty()
        }),
        ("count", |session, _| {
            session.query::<Course>().count().unwrap() == 2
        }),
        ("exists", |session, _| {
            let new = session.query::<Course>().filter(Course::code.eq("new"));
            new.exists().unwrap()
        }),
        ("with_connection", |session, _| {
            let count = |conn: &Connection| conn.query::<Course>().count();
            session.with_connection(count).unwrap() == 2
        }),
    ];
    let each = asked.into_iter().map(|(name, ask)| {
        session.add(Course::insert().code("new").title("new"));
        let seen = ask(session, old);
        session.rollback().unwrap();
        (name, seen)
    });
    each.collect()
}

fn old(session: &Session) -> Entity<Course> {
    session.add(Course::insert().code("old").title("old"));
    session.commit().unwrap();
    session.get::<Course>("old").unwrap().unwrap()
}

#[each_database]
fn s09_whatever_asks_the_database_flushes_before() {
    let session = session();
    let old = old(&session);
    for (name, seen) in seen(&session, &old) {
        assert!(seen, "{name}");
    }
}

#[each_database]
fn s09_without_autoflush_nothing_is_flushed_before() {
    let session = SessionFactory::new(&company()).autoflush(false).session();
    let kept = old(&session);
    for (name, seen) in seen(&session, &kept) {
        assert!(!seen, "by option: {name}");
    }
    let session = self::session();
    let kept = old(&session);
    let held = session.without_autoflush(|| seen(&session, &kept));
    for (name, seen) in held {
        assert!(!seen, "by block: {name}");
    }
    for (name, seen) in seen(&session, &kept) {
        assert!(seen, "behind the block: {name}");
    }
}

#[each_database]
fn s09_an_edited_object_is_found_by_its_new_values() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    ed.edit().unwrap().balance = 5;
    let rich = || session.query::<Account>().filter(Account::balance.gt(3));
    assert!(session.without_autoflush(|| rich().first().unwrap().is_none()));
    assert_eq!(session.dirty().len(), 1);
    assert!(rich().one().unwrap() == ed && session.dirty().is_empty());
    session.delete(&ed).unwrap();
    assert!(session.without_autoflush(|| rich().exists().unwrap()));
    assert!(!rich().exists().unwrap());
}

#[each_database]
fn s09_blocks_can_be_nested_and_end_with_a_panic_too() {
    let session = session();
    session.without_autoflush(|| {
        session.without_autoflush(|| {});
        account(&session, "ed");
        assert_eq!(session.query::<Account>().count().unwrap(), 0);
    });
    assert_eq!(session.query::<Account>().count().unwrap(), 1);
    account(&session, "al");
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        session.without_autoflush(|| panic!("inside"))
    }));
    assert!(panicked.is_err());
    assert_eq!(session.query::<Account>().count().unwrap(), 2);
}

#[each_database]
fn s09_a_pending_object_is_an_entity_after_a_flush_only() {
    let factory = SessionFactory::new(&company());
    let session = factory.session();
    let ed = account(&session, "ed");
    let error = session
        .without_autoflush(|| ed.entity())
        .expect_err("it has no row");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        error.message(),
        "a new Account has no row yet: flush the session first"
    );
    assert_eq!(ed.entity().unwrap().owner, "ed");
    session.commit().unwrap();

    let session = factory.autoflush(false).session();
    let al = account(&session, "al");
    assert!(al.entity().is_err() && al.id().is_none());
    session.flush().unwrap();
    assert_eq!(al.entity().unwrap().owner, "al");
}

#[each_database]
fn s09_the_error_of_a_flush_is_that_of_the_query() {
    let session = session();
    account(&session, "ed");
    account(&session, "ed");
    let error = session.query::<Course>().all().err().unwrap();
    assert!(error.is_unique_violation(), "{error:?}");
    session.rollback().unwrap();
    assert_eq!(session.query::<Course>().count().unwrap(), 0);
}

#[each_database]
fn s09_what_is_known_by_its_key_is_given_without_a_flush() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    account(&session, "al");
    assert!(session.get::<Account>(ed.id).unwrap().unwrap() == ed);
    assert_eq!(session.new_objects().len(), 1);
}
