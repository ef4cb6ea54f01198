//! s01, s02: where sessions come from, and when they hold a connection.

use std::{rc::Rc, thread, time::Duration};

use aludel::{Engine, ErrorKind, Result, ScopedSession, Session, SessionFactory};
use aludel_testing::{
    company::{Account, catalog},
    each_database,
};

use crate::{account, backend, company};

/// An engine on a new company that has one connection only.
pub(crate) fn narrow() -> Engine {
    let engine = Engine::builder(backend::url().as_str())
        .pool_size(1)
        .max_overflow(0)
        .pool_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    catalog().create_all(&engine).unwrap();
    engine
}

/// Whether nobody has the only connection.
pub(crate) fn is_free(engine: &Engine) -> bool {
    match engine.connect() {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
            false
        }
    }
}

fn owners(engine: &Engine) -> Vec<String> {
    let conn = engine.connect().unwrap();
    let owners = conn.query::<Account>().order_by(Account::owner);
    owners.select(Account::owner).all().unwrap()
}

#[each_database]
fn s01_nothing_is_opened_before_the_first_statement() {
    let engine = narrow();
    let elsewhere = engine.connect().unwrap();
    let session = SessionFactory::new(&engine).session();
    assert!(!session.in_transaction());
    let ed = account(&session, "ed");
    session.expire_all();
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "now it wants one");
    assert_eq!((ed.id(), session.new_objects().len()), (None, 1));
    drop(elsewhere);
    session.flush().unwrap();
    assert!(ed.id().is_some() && !is_free(&engine));
}

#[each_database]
fn s01_an_empty_commit_rollback_or_close_opens_nothing() {
    let engine = narrow();
    let _elsewhere = engine.connect().unwrap();
    let session = Session::new(&engine);
    session.flush().unwrap();
    session.commit().unwrap();
    session.rollback().unwrap();
    session.close().unwrap();
    assert!(!session.in_transaction());
}

#[each_database]
fn s01_the_connection_is_given_back_when_the_transaction_ends() {
    let engine = narrow();
    let session = Session::new(&engine);
    let ways: [(&str, fn(&Session) -> Result<()>); 3] = [
        ("commit", Session::commit),
        ("rollback", Session::rollback),
        ("close", Session::close),
    ];
    for (how, end) in ways {
        account(&session, how);
        session.flush().unwrap();
        assert!(!is_free(&engine) && session.in_transaction(), "{how}");
        end(&session).unwrap();
        assert!(is_free(&engine) && !session.in_transaction(), "{how}");
        assert_eq!(session.query::<Account>().count().unwrap(), 1, "{how}");
        assert!(!is_free(&engine), "reading takes it as well");
        session.rollback().unwrap();
    }
    assert_eq!(owners(&engine), ["commit"]);
}

#[each_database]
fn s01_a_dropped_session_rolls_back_and_gives_its_connection_back() {
    let engine = narrow();
    let session = Session::new(&engine);
    let kept = account(&session, "kept").entity().unwrap();
    let gone = account(&session, "gone").entity().unwrap();
    session.commit().unwrap();
    kept.edit().unwrap().balance = 5;
    session.delete(&gone).unwrap();
    let new = account(&session, "new");
    session.flush().unwrap();
    let later = account(&session, "later");
    assert!(!is_free(&engine));
    drop(session);
    assert_eq!(owners(&engine), ["gone", "kept"]);
    assert_eq!(
        (new.id(), later.id()),
        (None, None),
        "there are no such rows"
    );
    assert_eq!(kept.balance, 0);
    assert!(!aludel::Entity::is_deleted(&gone));

    let other = Session::new(&engine);
    other.add(&new).unwrap();
    other.add(&kept).unwrap().edit().unwrap().balance = 6;
    other.delete(&gone).unwrap();
    other.commit().unwrap();
    assert_eq!(owners(&engine), ["kept", "new"]);
    assert_eq!((kept.balance, new.id().is_some()), (6, true));
}

#[each_database]
fn s01_a_factory_is_configured_once_and_shared_by_threads() {
    let engine = company();
    let sessions = SessionFactory::new(&engine)
        .autoflush(false)
        .expire_on_commit(false);
    let there = sessions.clone();
    let worker = thread::spawn(move || {
        let session = there.session();
        let ed = account(&session, "ed");
        let seen = session.query::<Account>().count().unwrap();
        session.commit().unwrap();
        (seen, aludel::Entity::is_expired(&ed.entity().unwrap()))
    });
    assert_eq!(worker.join().unwrap(), (0, false));
    let session = sessions.session();
    let ed = session.query::<Account>().one().unwrap();
    session.commit().unwrap();
    assert!(!aludel::Entity::is_expired(&ed));
}

#[each_database]
fn s02_each_thread_has_a_session_of_its_own_until_it_removes_it() {
    let engine = company();
    let sessions = ScopedSession::new(SessionFactory::new(&engine));
    assert!(!sessions.has());
    let session = sessions.get();
    assert!(sessions.has() && Rc::ptr_eq(&session, &sessions.clone().get()));
    account(&session, "here");
    let there = thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let before = sessions.has();
            let session = sessions.get();
            account(&session, "there");
            (before, session.new_objects().len())
        });
        worker.join().unwrap()
    });
    assert_eq!(there, (false, 1));
    assert_eq!(session.new_objects().len(), 1);

    sessions.remove();
    assert!(!sessions.has());
    let next = sessions.get();
    assert!(!Rc::ptr_eq(&session, &next));
    assert!(next.new_objects().is_empty());
    session.commit().unwrap();
    assert_eq!(next.query::<Account>().one().unwrap().owner, "here");
}

#[each_database]
fn s02_two_scopes_have_nothing_to_do_with_each_other() {
    let factory = SessionFactory::new(&company());
    let (one, two) = (
        ScopedSession::new(factory.clone()),
        ScopedSession::new(factory),
    );
    assert!(!Rc::ptr_eq(&one.get(), &two.get()));
    two.remove();
    assert!(one.has() && !two.has());
}

#[each_database]
fn s02_removing_rolls_back_what_nobody_holds() {
    let engine = narrow();
    let sessions = ScopedSession::new(SessionFactory::new(&engine));
    account(&sessions.get(), "ed");
    sessions.get().flush().unwrap();
    assert!(!is_free(&engine));
    sessions.remove();
    assert!(is_free(&engine));
    account(&sessions.get(), "ed");
    sessions.get().flush().unwrap();
    drop(sessions);
    assert!(is_free(&engine), "as the last of the scope does");
    assert!(owners(&engine).is_empty());
}

#[each_database]
fn s02_a_thread_that_ends_rolls_back_its_session() {
    let engine = narrow();
    let sessions = ScopedSession::new(SessionFactory::new(&engine));
    let there = sessions.clone();
    let worker = thread::spawn(move || {
        account(&there.get(), "ed");
        there.get().flush().unwrap();
    });
    worker.join().unwrap();
    assert!(is_free(&engine));
    assert!(owners(&engine).is_empty());
}
