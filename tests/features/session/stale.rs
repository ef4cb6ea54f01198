//! s13: rows that somebody else changed, by their versions or by their being gone.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use aludel::{Engine, Entity, ErrorKind, Session, prelude::*};
use aludel_testing::{
    company::{Account, Course, catalog},
    each_database,
};
use tracing::{Event, Level, Metadata, Subscriber, span};

use crate::{
    account,
    backend::{self, Backend, current},
    session,
};

/// An engine whose sessions do not share a connection, with the folder that its database may be in.
fn shared() -> (Engine, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let engine = match current() {
        Backend::Sqlite => {
            let url = format!("sqlite:///{}", folder.path().join("shared.db").display());
            let engine = Engine::new(url.as_str()).unwrap();
            catalog().create_all(&engine).unwrap();
            engine
        }
        _ => backend::engine(catalog()),
    };
    (engine, folder)
}

#[each_database]
fn s13_of_two_sessions_that_change_a_row_the_second_is_told() {
    let (engine, _folder) = shared();
    let (one, two) = (Session::new(&engine), Session::new(&engine));
    let ed = account(&one, "ed").entity().unwrap();
    account(&one, "al");
    one.commit().unwrap();
    let mine = one.get::<Account>(ed.id).unwrap().unwrap();
    let yours = two.get::<Account>(ed.id).unwrap().unwrap();
    one.commit().unwrap();
    two.commit().unwrap();
    one.refresh(&mine).unwrap();
    two.refresh(&yours).unwrap();
    one.rollback().unwrap();
    mine.edit().unwrap().balance = 5;
    // Both know the version 1.
    let yours_before = two
        .query::<Account>()
        .filter(Account::id.eq(ed.id))
        .one()
        .unwrap();
    two.with_connection(|conn| conn.commit()).unwrap();
    one.commit().unwrap();
    yours_before.edit().unwrap().balance = 7;
    let error = two.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData, "{error}");
    let expected = format!(
        "UPDATE of table `accounts` was to change 1 row, and found 0: Account {} was changed or deleted by somebody else",
        ed.id
    );
    assert_eq!(error.message(), expected);
    assert!(
        two.query::<Account>().all().is_err(),
        "it waits for a rollback"
    );
    two.rollback().unwrap();
    yours.edit().unwrap().balance += 2;
    two.commit().unwrap();
    one.refresh(&mine).unwrap();
    assert_eq!((mine.balance, mine.edition), (7, 3));
}

/// Changes a row without the session's objects, as somebody else would.
fn behind(session: &Session, id: i64) {
    session
        .with_connection(|conn| {
            conn.update::<Account>()
                .set(Account::edition.set(Account::edition + 1))
                .filter(Account::id.eq(id))
                .execute()
        })
        .unwrap();
}

/// Deletes a row without the session's objects.
fn remove(session: &Session, id: i64) {
    session
        .with_connection(|conn| {
            conn.delete::<Account>()
                .filter(Account::id.eq(id))
                .execute()
        })
        .unwrap();
}

#[each_database]
fn s13_no_version_is_made_without_a_change() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    assert_eq!(ed.edition, 1);
    ed.edit().unwrap().balance = 0;
    {
        let mut edit = ed.edit().unwrap();
        edit.balance = 9;
        edit.balance = 0;
    }
    session.flush().unwrap();
    assert_eq!(ed.edition, 1);
    ed.edit().unwrap().balance = 1;
    session.flush().unwrap();
    ed.edit().unwrap().balance = 2;
    session.commit().unwrap();
    session.refresh(&ed).unwrap();
    assert_eq!(ed.edition, 3);
    ed.edit().unwrap().balance = 3;
    session.flush().unwrap();
    session.rollback().unwrap();
    session.refresh(&ed).unwrap();
    assert_eq!((ed.edition, ed.balance), (3, 2));
}

#[each_database]
fn s13_versions_are_checked_in_batches_too() {
    let session = session();
    let all = session.add_all((0..90).map(|n| Account::insert().owner(n.to_string())));
    session.commit().unwrap();
    let all: Vec<Entity<Account>> = all.iter().map(|one| one.entity().unwrap()).collect();
    session.query::<Account>().all().unwrap();
    for entity in &all {
        entity.edit().unwrap().balance = 1;
    }
    session.flush().unwrap();
    assert!(all.iter().all(|entity| entity.edition == 2));
    session.commit().unwrap();
    session.query::<Account>().all().unwrap();
    behind(&session, all[40].id);
    for entity in &all {
        entity.edit().unwrap().balance = 2;
    }
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData, "{error}");
    session.rollback().unwrap();
    let changed = session.query::<Account>().filter(Account::balance.ne(1));
    assert_eq!(changed.count().unwrap(), 0, "nothing of it remains");

    session.query::<Account>().all().unwrap();
    behind(&session, all[7].id);
    for entity in &all {
        session.delete(entity).unwrap();
    }
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData, "{error}");
    session.rollback().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 90);
    for entity in &all {
        session.delete(entity).unwrap();
    }
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 0);
}

#[each_database]
fn s13_a_stale_row_is_not_deleted() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    session.flush().unwrap();
    behind(&session, ed.id);
    session.delete(&ed).unwrap();
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData);
    let named = format!("Account {} was changed or deleted", ed.id);
    assert!(error.message().contains(&named), "{error}");
    session.rollback().unwrap();
    assert_eq!(
        session.query::<Account>().count().unwrap(),
        0,
        "its insert went too"
    );
}

#[each_database]
fn s13_a_row_with_another_version_is_not_merged() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    let mut copy = session.query::<Account>().plain().one().unwrap();
    copy.balance = 8;
    assert!(session.merge(copy.clone()).unwrap() == ed);
    session.commit().unwrap();
    let read = session.query::<Account>().plain().one().unwrap();
    assert_eq!((read.balance, read.edition), (8, 2));
    copy.balance = 9;
    let error = session.merge(copy).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData);
    assert_eq!(
        error.message(),
        "Account 1 cannot be merged with version 1: its row has version 2"
    );
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().one().unwrap().balance, 8);
}

#[each_database]
fn s13_an_update_of_a_row_that_is_gone_is_an_error_and_a_delete_is_not() {
    // T09.
    let session = session();
    for code in ["a", "b", "c"] {
        session.add(Course::insert().code(code).title("x"));
    }
    session.commit().unwrap();
    let all = session
        .query::<Course>()
        .order_by(Course::code)
        .all()
        .unwrap();
    let gone = |code: &str| {
        session
            .with_connection(|conn| {
                let delete = conn.delete::<Course>();
                delete.filter(Course::code.eq(code)).execute()
            })
            .unwrap();
    };
    gone("a");
    all[0].edit().unwrap().title = "y".into();
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData);
    assert!(error.message().contains("Course \"a\""), "{error}");
    session.rollback().unwrap();
    session.query::<Course>().all().unwrap();
    for course in &all {
        course.edit().unwrap().title = "y".into();
    }
    session.without_autoflush(|| gone("b"));
    assert_eq!(session.flush().unwrap_err().kind(), ErrorKind::StaleData);
    session.rollback().unwrap();

    session.query::<Course>().all().unwrap();
    gone("a");
    gone("b");
    for course in &all {
        session.delete(course).unwrap();
    }
    session.commit().unwrap();
    assert!(all.iter().all(Entity::is_deleted));
    assert_eq!(session.query::<Course>().count().unwrap(), 0);
}

#[each_database]
fn s13_a_row_with_a_version_is_taken_over_only_as_it_was_known() {
    // T37.
    let session = session();
    let old = session.add(Account::insert().id(5).owner("old"));
    let old = old.entity().unwrap();
    session.commit().unwrap();
    session.refresh(&old).unwrap();
    let heir = |owner: &str| {
        let heir = Account::insert().id(5).owner(owner).balance(1);
        session.add(heir.opened(old.opened).changed(None))
    };
    session.delete(&old).unwrap();
    let new = heir("new").entity().unwrap();
    assert!(Entity::is_deleted(&old));
    assert_eq!((new.owner.as_str(), new.edition), ("new", 2));
    session.commit().unwrap();
    session.refresh(&new).unwrap();
    behind(&session, 5);
    session.delete(&new).unwrap();
    let third = heir("third");
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData, "{error}");
    session.rollback().unwrap();
    assert_eq!((third.id(), Entity::is_deleted(&new)), (None, false));
    let row = session.query::<Account>().plain().one().unwrap();
    assert_eq!((row.owner.as_str(), row.edition), ("new", 2));
}

#[each_database]
fn s13_a_row_that_is_gone_is_missing_where_it_has_a_version() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    session.refresh(&ed).unwrap();
    remove(&session, ed.id);
    session.delete(&ed).unwrap();
    assert_eq!(session.flush().unwrap_err().kind(), ErrorKind::StaleData);
    session.rollback().unwrap();
    remove(&session, ed.id);
    let error = session.refresh(&ed).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData);
    assert!(session.get::<Account>(ed.id).unwrap().is_none());
}

/// Counts the warnings of sessions.
#[derive(Clone, Default)]
struct Warnings(Arc<AtomicUsize>);

impl Subscriber for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "aludel::session" && *metadata.level() == Level::WARN
    }

    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[each_database]
fn s13_a_delete_of_rows_that_are_gone_is_warned_about() {
    let session = session();
    let codes = ["a", "b", "c"];
    let all = codes.map(|code| session.add(Course::insert().code(code).title("x")));
    session.flush().unwrap();
    let all = all.map(|course| course.entity().unwrap());
    let warned = |work: &dyn Fn()| {
        let warnings = Warnings::default();
        tracing::subscriber::with_default(warnings.clone(), work);
        warnings.0.load(Ordering::Relaxed)
    };
    let delete = |entity: &Entity<Course>| {
        session.delete(entity).unwrap();
        session.flush().unwrap();
    };
    assert_eq!(warned(&|| delete(&all[0])), 0);
    session
        .with_connection(|conn| conn.delete::<Course>().all_rows().execute())
        .unwrap();
    let both = || {
        session.delete(&all[1]).unwrap();
        delete(&all[2]);
    };
    assert_eq!(warned(&both), 1);
}
