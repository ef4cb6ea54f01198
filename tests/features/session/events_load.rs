//! s14: objects that come from rows, and whose closures are called.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::{Arc, Mutex},
};

use aludel::{Engine, Error, ScopedSession, Session, SessionFactory, prelude::*};
use aludel_testing::{
    company::{Account, Department, Employee},
    counted::Counted,
    each_database,
    notebook::{self, Note},
};

use super::events::Log;
use crate::{account, backend, company, department, employee, session};

/// Three accounts, of which the session knows none.
fn with_accounts(engine: &Engine) {
    let session = Session::new(engine);
    for owner in ["al", "bo", "cy"] {
        account(&session, owner);
    }
    session.commit().unwrap();
}

/// Each way by which a row comes to a session, and whose objects are told of.
#[each_database]
fn s14_an_object_is_told_of_once_when_it_comes_from_a_row() {
    let engine = company();
    with_accounts(&engine);
    let session = Session::new(&engine);
    let log = Log::default();
    session.events(|on| {
        let log = log.clone();
        on.load::<Account>(move |session, it| {
            log.line(format!("{} of {}", it.owner, session.known()));
            Ok(())
        });
    });
    let by_owner = || session.query::<Account>().order_by(Account::owner);
    let first = by_owner().first().unwrap().unwrap();
    assert_eq!(log.take(), ["al of 1"]);
    let all = by_owner().all().unwrap();
    assert_eq!(log.take(), ["bo of 3", "cy of 3"], "when all are there");

    session.get::<Account>(first.id).unwrap().unwrap();
    session.refresh(&first).unwrap();
    session.expire_all();
    by_owner().all().unwrap();
    session.commit().unwrap();
    first.edit().unwrap().balance = 3;
    session.commit().unwrap();
    by_owner().plain().all().unwrap();
    let pairs = by_owner().select((Account::entity(), Account::owner));
    assert_eq!(pairs.all().unwrap().len(), 3);
    let new = account(&session, "new").entity().unwrap();
    session.refresh(&new).unwrap();
    assert!(log.take().is_empty(), "known, plain, or added");

    let cy = all[2].id;
    drop(all);
    session.commit().unwrap();
    session.get::<Account>(cy).unwrap().unwrap();
    assert_eq!(log.take(), ["cy of 3"], "it was let go, and came again");
    session.expunge(&first).unwrap();
    session.merge((*first).clone()).unwrap();
    assert_eq!(log.take(), ["al of 3"]);
}

/// Pairs of entities, of which one comes several times and one not at all.
#[each_database]
fn s14_each_object_of_a_query_is_told_of_once() {
    let engine = company();
    let session = Session::new(&engine);
    let sales = department(&session, "sales");
    let boss = employee(&session, "boss", &sales);
    session.add(Employee::insert().name("ed").department(&sales).boss(&boss));
    session.commit().unwrap();
    let session = Session::new(&engine);
    let log = Log::default();
    session.events(|on| {
        let of = log.clone();
        on.load::<Department>(move |_, it| {
            of.line(&it.name);
            Ok(())
        });
        let of = log.clone();
        on.load::<Employee>(move |_, it| {
            of.line(&it.name);
            Ok(())
        });
    });
    let pairs = session
        .query::<Employee>()
        .join(Employee::department)
        .order_by(Employee::name)
        .select((Employee::entity(), Department::entity()));
    assert_eq!(pairs.all().unwrap().len(), 2);
    assert_eq!(log.take(), ["boss", "sales", "ed"]);
}

/// A closure that is told of a row may ask for others, change them, and refuse.
#[each_database]
fn s14_a_closure_of_load_uses_the_session() {
    let engine = company();
    with_accounts(&engine);
    let session = Session::new(&engine);
    session.events(|on| {
        on.load::<Account>(|session, it| {
            let others = session.query::<Account>().filter(Account::id.ne(it.id));
            let others = others.order_by(Account::owner).all()?;
            it.edit()?.nickname = Some(others[0].owner.clone());
            match it.owner.as_str() {
                "cy" => Err(Error::rejected("not cy")),
                _ => Ok(()),
            }
        });
    });
    let al = session.query::<Account>().filter(Account::owner.eq("al"));
    // The others came with the query of the closure.
    let error = al.one().unwrap_err();
    assert_eq!(error.message(), "not cy");
    assert_eq!(session.known(), 3, "the objects are there nevertheless");
    let al = al.one().unwrap();
    let nickname = |it: &Account| it.nickname.clone().unwrap();
    assert_eq!(nickname(&al), "none", "its closure ended with the error");
    session.commit().unwrap();
    let all = session.query::<Account>().order_by(Account::owner);
    let all = all.plain().all().unwrap();
    let all: Vec<String> = all.iter().map(nickname).collect();
    assert_eq!(all, ["none", "al", "al"]);
}

/// What a factory registers is registered with each session, which has something of its own each.
#[each_database]
fn s14_a_factory_registers_with_each_session() {
    let engine = company();
    let saved = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&saved);
    let sessions = SessionFactory::new(&engine).events(move |on| {
        let new = Rc::new(RefCell::new(Vec::new()));
        let (added, lost) = (Rc::clone(&new), Rc::clone(&new));
        on.after_insert::<Account>(move |_, it| {
            added.borrow_mut().push(it.owner.clone());
            Ok(())
        });
        on.after_rollback(move |_| lost.borrow_mut().clear());
        let all = Arc::clone(&all);
        on.after_commit(move |_| all.lock().unwrap().push(new.take().join(" ")));
    });
    let log = Log::default();
    let [one, other] = [sessions.session(), sessions.session()];
    one.events(|on| {
        let log = log.clone();
        on.after_insert::<Account>(move |_, it| {
            log.line(&it.owner);
            Ok(())
        });
    });
    account(&one, "al");
    one.commit().unwrap();
    account(&other, "lost");
    other.flush().unwrap();
    other.rollback().unwrap();
    account(&other, "bo");
    account(&other, "cy");
    other.commit().unwrap();
    assert_eq!(log.take(), ["al"], "its own are its own");
    assert_eq!(*saved.lock().unwrap(), ["al", "bo cy"]);

    let scoped = ScopedSession::new(sessions);
    let of_thread = scoped.clone();
    let thread = std::thread::spawn(move || {
        let session = of_thread.get();
        account(&session, "di");
        session.commit().unwrap();
    });
    thread.join().unwrap();
    account(&scoped.get(), "flo");
    scoped.get().commit().unwrap();
    scoped.remove();
    assert_eq!(*saved.lock().unwrap(), ["al", "bo cy", "di", "flo"]);
}

/// What registers events may itself ask for the session of the thread.
#[test]
fn s14_a_registrar_can_ask_for_the_session_of_its_thread() {
    thread_local! {
        static SESSIONS: RefCell<Option<ScopedSession>> = const { RefCell::new(None) };
        static ASKED: Cell<usize> = const { Cell::new(0) };
    }
    let factory = SessionFactory::new(&company()).events(|_| {
        ASKED.set(ASKED.get() + 1);
        let scoped = SESSIONS.with_borrow(Clone::clone);
        if ASKED.get() < 2 {
            scoped.unwrap().get();
        }
    });
    let scoped = ScopedSession::new(factory);
    SESSIONS.set(Some(scoped.clone()));
    assert!(Rc::ptr_eq(&scoped.get(), &scoped.get()));
    assert_eq!(ASKED.get(), 2);
    SESSIONS.set(None);
}

/// A session that ends lets go its closures, and all that they hold.
#[test]
fn s14_closures_that_hold_entities_keep_nothing_alive() {
    let engine = backend::engine(notebook::catalog());
    let session = Session::new(&engine);
    let note = Note::insert().text(Counted::from("text"));
    let note = session.add(note).entity().unwrap();
    session.commit().unwrap();
    let held = Rc::new(());
    let told = Rc::new(Cell::new(0));
    session.events(|on| {
        let (held, note, told) = (Rc::clone(&held), note.clone(), Rc::clone(&told));
        on.before_update::<Note>(move |session, it| {
            let _held = &held;
            assert!(*it == note && session.contains(&note));
            told.set(told.get() + 1);
            Ok(())
        });
    });
    note.edit().unwrap().number += 1;
    session.commit().unwrap();
    note.edit().unwrap().number += 1;
    session.flush().unwrap();
    assert_eq!((told.get(), Rc::strong_count(&held)), (2, 2));
    drop(note);
    assert!(Counted::living() > 0, "the closure has it");
    drop(session);
    assert_eq!((Counted::living(), Rc::strong_count(&held)), (0, 1));
}

/// A session that is dropped rolls back without a word; one that is closed says so.
#[each_database]
fn s14_a_session_that_is_dropped_tells_nobody() {
    let engine = company();
    for closes in [true, false] {
        let log = Log::default();
        let session = Session::new(&engine);
        session.events(|on| {
            let log = log.clone();
            on.after_rollback(move |session| {
                log.line("rolled back");
                // What it begins is not left open.
                account(session, "again");
                session.flush().unwrap();
            });
        });
        account(&session, "lost");
        session.flush().unwrap();
        if closes {
            session.close().unwrap();
            assert!(!session.in_transaction());
        }
        drop(session);
        assert_eq!(log.take().len(), usize::from(closes));
    }
    let count = Session::new(&engine).query::<Account>().count();
    assert_eq!(count.unwrap(), 0);
}

/// Statements are counted, what begins and ends transactions and savepoints is not.
#[each_database]
fn s14_statements_are_counted() {
    let session = session();
    let mut sent = 0;
    let mut since = || {
        let before = std::mem::replace(&mut sent, session.statements());
        sent - before
    };
    session.commit().unwrap();
    session.rollback().unwrap();
    assert_eq!(since(), 0);
    let sales = session.add(Department::insert().name("sales"));
    session.flush().unwrap();
    assert_eq!(since(), 1);
    session.commit().unwrap();
    assert_eq!(since(), 0, "BEGIN and COMMIT");
    session.query::<Department>().all().unwrap();
    session.query::<Department>().count().unwrap();
    session.get::<Department>(sales.id().unwrap()).unwrap();
    assert_eq!(since(), 2, "what is known is not asked for");
    session.expire_all();
    session.get::<Department>(sales.id().unwrap()).unwrap();
    assert!(session.get::<Department>(0).unwrap().is_none());
    assert_eq!(since(), 2);
    let savepoint = session.savepoint().unwrap();
    savepoint.rollback().unwrap();
    assert_eq!(since(), 0, "SAVEPOINT and what ends it");
    session.rollback().unwrap();
    department(&session, "sales");
    assert!(session.flush().unwrap_err().is_unique_violation());
    assert_eq!(since(), 1, "one that failed was sent");
    session.rollback().unwrap();
    session
        .with_connection(|conn| {
            conn.execute(aludel::text("delete from accounts where id = 0"))?;
            let rows = conn.query::<Department>();
            assert_eq!(rows.iter()?.count(), 1);
            assert!(conn.get::<Department>(0)?.is_none());
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!(since(), 3);
    session.rollback().unwrap();
    assert_eq!(since(), 0);
    for (n, owner) in (0..).zip(["al", "bo", "cy"]) {
        let account = account(&session, owner).entity().unwrap();
        since();
        account.edit().unwrap().balance = n;
        session.flush().unwrap();
        assert_eq!(since() > 0, n > 0, "nothing to write where it is 0 already");
    }
}
