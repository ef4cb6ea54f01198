//! s14: what closures may do: the same flush writes it.

use std::cell::Cell;

use aludel::{Entity, ErrorKind, Session};
use aludel_testing::{
    company::{Account, Course, Department, Employee},
    each_database,
};

use super::events::Log;
use crate::{account, department, employee, session};

fn accounts(session: &Session) -> Vec<Account> {
    let all = session.query::<Account>().order_by(Account::id);
    all.plain().all().unwrap()
}

fn owners(session: &Session) -> Vec<String> {
    accounts(session)
        .into_iter()
        .map(|account| account.owner)
        .collect()
}

/// What a closure sets before an INSERT or an UPDATE is in that statement.
#[each_database]
fn s14_closures_set_columns_of_the_same_statement() {
    let session = session();
    session.events(|on| {
        on.before_insert::<Account>(|_, new| {
            assert_eq!((new.get(Account::balance), new.id()), (None, None));
            let owner = new.get(Account::owner).unwrap();
            new.set(Account::nickname, owner.to_uppercase())?;
            new.set(Account::balance, 7)
        });
        on.before_update::<Account>(|session, account| {
            assert_eq!(session.dirty().len(), 1);
            let balance = account.balance;
            account.edit()?.nickname = Some(format!("{balance}"));
            Ok(())
        });
    });
    let ed = account(&session, "ed").entity().unwrap();
    assert_eq!((ed.nickname.as_deref(), ed.balance), (Some("ED"), 7));
    let sent = session.statements();
    ed.edit().unwrap().balance = 8;
    session.flush().unwrap();
    assert!(!Entity::is_dirty(&ed));
    assert_eq!(ed.nickname.as_deref(), Some("8"));
    // The columns that the database or the flush makes are read back by a second one, where there are such.
    assert!(session.statements() - sent <= 2);
    let kept = &accounts(&session)[0];
    assert_eq!((kept.nickname.as_deref(), kept.balance), (Some("8"), 8));
}

/// A pending object says what its row is going to have, and takes what the builder takes, while it has no row.
#[each_database]
fn s14_columns_of_a_pending_object_are_read_and_set() {
    let session = session();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales);
    assert_eq!(ed.get(Employee::name).as_deref(), Some("ed"));
    assert_eq!(ed.get(Employee::department_id), None, "it has no key yet");
    assert_eq!(ed.get(Employee::boss_id), None, "nothing was given");
    ed.set(Employee::boss_id, None).unwrap();
    assert_eq!(ed.get(Employee::boss_id), Some(None));
    ed.set(Employee::name, "eddie").unwrap();
    sales.entity().unwrap();
    let id = sales.id();
    assert!(ed.id().is_some() && id.is_some(), "both were flushed");
    let al = employee(&session, "al", &sales);
    assert_eq!(al.get(Employee::department_id), id);
    assert_eq!(ed.get(Employee::name).as_deref(), Some("eddie"));
    let error = ed.set(Employee::name, "late").unwrap_err();
    let message = format!(
        "Employee {} has a row already: edit its entity",
        ed.id().unwrap()
    );
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::InvalidRequest, message.as_str())
    );
    session.rollback().unwrap();
    ed.set(Employee::name, "again").unwrap();
    assert_eq!(ed.get(Employee::name).as_deref(), Some("again"));
}

/// The value that a builder leaves to an object can come from an event.
#[each_database]
fn s14_a_closure_gives_what_a_row_needs() {
    let session = session();
    let sales = department(&session, "sales").entity().unwrap();
    let id = sales.id;
    session.events(|on| {
        on.before_insert::<Employee>(move |_, new| new.set(Employee::department_id, id));
    });
    let other = department(&session, "other");
    let ed = employee(&session, "ed", &other).entity().unwrap();
    assert_eq!(ed.department_id, id);
}

/// All that closures add, change and delete, before and after, is written by the flush that they are told of.
#[each_database]
fn s14_what_closures_do_is_of_the_same_flush() {
    let session = session();
    let art = session.add(Course::insert().code("a").title("art"));
    let art = art.entity().unwrap();
    let sales = department(&session, "sales").entity().unwrap();
    let log = Log::default();
    session.events(|on| {
        let (log, of_sales) = (log.clone(), sales.clone());
        on.before_flush(move |session| {
            log.line(format!("flush of {:?}", session.new_objects()));
            // Queries find what is written, and flush nothing.
            let known = session.query::<Account>().count()?;
            if known == 0 {
                of_sales.edit()?.name = "of before_flush".to_owned();
                account(session, "of before_flush");
            }
            Ok(())
        });
        let art = art.clone();
        on.before_insert::<Account>(move |session, new| {
            let owner = new.get(Account::owner).unwrap();
            if owner == "of before_flush" {
                account(session, "of before_insert");
                session.delete(&art)?;
            }
            Ok(())
        });
        on.after_delete::<Course>(|session, course| {
            account(session, &format!("of after_delete of {}", course.title));
            Ok(())
        });
        on.after_flush(|session| {
            let known = session.query::<Account>().count()?;
            if known < 5 {
                account(session, &format!("of after_flush, {known}"));
            }
            Ok(())
        });
    });
    account(&session, "ed");
    session.flush().unwrap();
    assert!(session.new_objects().is_empty() && session.dirty().is_empty());
    session.commit().unwrap();
    let told = [
        "flush of [a new Account]",
        "flush of [a new Account, a new Account]",
    ];
    assert_eq!(log.take(), told);
    let expected = [
        "ed",
        "of before_flush",
        "of before_insert",
        "of after_delete of art",
        "of after_flush, 3",
    ];
    assert_eq!(owners(&session), expected);
    let names = session.query::<Department>().select(Department::name);
    assert_eq!(names.all().unwrap(), ["of before_flush"]);
    assert_eq!(session.query::<Course>().count().unwrap(), 0);
}

/// An object that a closure lets go, or has otherwise, is neither written nor told of.
#[each_database]
fn s14_what_a_closure_lets_go_is_not_written() {
    let session = session();
    let log = Log::default();
    let [al, bo] = ["al", "bo"].map(|owner| account(&session, owner).entity().unwrap());
    session.events(|on| {
        let (bo, old) = (bo.clone(), bo.clone());
        on.before_insert::<Account>(move |session, new| session.expunge_pending(new));
        on.before_update::<Account>(move |session, _| session.expire(&old));
        on.after_insert(log.entity::<Account>("after_insert", |it| it.owner.clone()));
        on.after_update(log.entity::<Account>("after_update", |it| it.owner.clone()));
        on.before_flush(move |session| match session.dirty().is_empty() {
            true => Ok(()),
            false => session.delete(&bo),
        });
    });
    let ed = account(&session, "ed");
    let error = ed.entity().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Detached, "{error}");
    assert_eq!(ed.id(), None);
    al.edit().unwrap().balance = 1;
    bo.edit().unwrap().balance = 2;
    session.flush().unwrap();
    assert_eq!(log.take(), ["  after_update al"]);
    assert_eq!(owners(&session), ["al"], "bo was deleted instead");
}

/// A chain of objects, each of which brings the next.
fn chain(session: &Session, length: i64) {
    let count = Cell::new(1);
    session.events(|on| {
        on.before_insert::<Account>(move |session, _| {
            if count.get() < length {
                count.set(count.get() + 1);
                account(session, &format!("{}", count.get()));
            }
            Ok(())
        });
    });
    account(session, "1");
}

#[each_database]
fn s14_a_hundred_rounds_are_the_most() {
    let session = session();
    chain(&session, 100);
    session.flush().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 100);
    session.rollback().unwrap();

    let session = self::session();
    chain(&session, 101);
    let error = session.flush().unwrap_err();
    let message = "events gave a flush more to write in each of 100 rounds, last a new Account";
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::InvalidRequest, message)
    );
    session.rollback().unwrap();

    let session = self::session();
    session.events(|on| {
        on.after_flush(|session| {
            department(session, &format!("{}", session.statements()));
            Ok(())
        });
    });
    department(&session, "first");
    let error = session.commit().unwrap_err();
    let message = message.replace("Account", "Department");
    assert_eq!(error.message(), message);
    session.rollback().unwrap();
    assert_eq!(session.query::<Department>().count().unwrap(), 0);
}
