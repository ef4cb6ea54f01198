//! x01: errors of a session name the object, and the session can be used afterwards.

use aludel::{Entity, Error, ErrorKind, Session, prelude::*};
use aludel_testing::{
    company::{Account, Course, Desk, Employee, Enrolment},
    each_database,
};

use crate::{
    account,
    backend::{self, Backend},
    company, department, employee, session,
};

fn refused(error: &Error, message: &str) {
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::InvalidRequest, message)
    );
}

#[each_database]
fn s05_an_object_of_a_closed_session_is_in_none() {
    let engine = company();
    let (one, two) = (Session::new(&engine), Session::new(&engine));
    let ed = account(&one, "ed").entity().unwrap();
    one.commit().unwrap();
    let waiting = account(&one, "waiting");
    drop(one);
    let message = format!("Account {} is not in this session", ed.id);
    refused(&two.refresh(&ed).unwrap_err(), &message);
    refused(&two.expire(&ed).unwrap_err(), &message);
    refused(&two.expunge(&ed).unwrap_err(), &message);
    let error = waiting.entity().err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Detached);
    assert_eq!(
        error.message(),
        "a new Account has no row and is in no session: add it to one"
    );
    two.add(&waiting).unwrap();
    two.delete(&ed).unwrap();
    two.commit().unwrap();
    assert_eq!(two.query::<Account>().one().unwrap().owner, "waiting");
}

#[each_database]
fn s05_adding_an_object_of_this_session_changes_nothing() {
    let session = session();
    let ed = account(&session, "ed");
    session.add(&ed).unwrap();
    session.add(&ed).unwrap();
    assert_eq!(session.new_objects().len(), 1);
    let ed = ed.entity().unwrap();
    session.add(&ed).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 1);
}

#[each_database]
fn s05_an_added_object_keeps_its_row() {
    let engine = company();
    let one = Session::new(&engine);
    let ed = account(&one, "ed").entity().unwrap();
    one.commit().unwrap();
    one.close().unwrap();
    let two = Session::new(&engine);
    two.add(&ed).unwrap();
    assert!(two.contains(&ed) && two.new_objects().is_empty());
    two.rollback().unwrap();
    assert!(two.contains(&ed), "it was no row of that transaction");
    assert!(two.get::<Account>(ed.id).unwrap().unwrap() == ed);
}

#[each_database]
fn s12_a_deleted_object_says_so() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let message = format!("Account {} is deleted", ed.id);
    session.delete(&ed).unwrap();
    refused(&ed.edit().err().unwrap(), &message);
    session.flush().unwrap();
    refused(&ed.edit().err().unwrap(), &message);
    refused(&session.delete(&ed).unwrap_err(), &message);
    refused(&session.refresh(&ed).unwrap_err(), &message);
    refused(&session.expire(&ed).unwrap_err(), &message);
    refused(&session.add(&ed).err().unwrap(), &message);
    session.rollback().unwrap();
    assert!(Entity::is_detached(&ed), "its row was never committed");
}

#[each_database]
fn s06_a_key_that_is_there_already_is_refused_and_the_session_goes_on() {
    let session = session();
    let [a, b] = ["a", "b"].map(|code| {
        let course = session.add(Course::insert().code(code).title(code));
        course.entity().unwrap()
    });
    session.commit().unwrap();
    b.edit().unwrap().code = "a".to_owned();
    let error = session.flush().unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    session.rollback().unwrap();
    assert_eq!((a.code.as_str(), b.code.as_str()), ("a", "b"));
    assert!(session.get::<Course>("b").unwrap().unwrap() == b);

    let both = ["c", "c"].map(|code| session.add(Course::insert().code(code).title("new")));
    let error = session.commit().unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    session.rollback().unwrap();
    assert!(both.iter().all(|course| course.id().is_none()));
    session.add(&both[1]).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Course>().count().unwrap(), 3);
}

#[each_database]
fn s06_a_key_of_two_columns_is_named_with_both() {
    let session = session();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales);
    let art = session.add(Course::insert().code("a").title("art"));
    let one = session
        .add(Enrolment::insert().employee(&ed).course(&art))
        .entity()
        .unwrap();
    session.commit().unwrap();
    let key = (ed.id().unwrap(), "a".to_owned());
    assert!(session.get::<Enrolment>(key).unwrap().unwrap() == one);
    session.delete(&one).unwrap();
    session.flush().unwrap();
    let message = format!("Enrolment {}, \"a\" is deleted", one.employee_id);
    refused(&session.delete(&one).unwrap_err(), &message);
}

#[each_database]
fn s08_a_new_row_without_a_value_is_told_before_anything_is_written() {
    let session = session();
    let sales = department(&session, "sales");
    let ed = session.add(Employee::insert().name("ed"));
    let error = session.flush().unwrap_err();
    refused(
        &error,
        "a new Employee has no value for `department_id`: set it, or say which object it leads to",
    );
    assert_eq!(session.new_objects().len(), 2, "all is as before");
    session.expunge_pending(&ed).unwrap();
    session.commit().unwrap();
    assert!(sales.id().is_some() && ed.id().is_none());
}

#[each_database]
fn s08_a_new_row_that_leads_to_no_row_is_refused_and_the_session_goes_on() {
    let session = session();
    let desk = session.add(Desk::insert().place("corner").employee_id(4711));
    let error = session.flush().unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error:?}");
    session.rollback().unwrap();
    assert_eq!(desk.id(), None);

    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales);
    session.expunge_pending(&sales).unwrap();
    let error = session.flush().unwrap_err();
    refused(
        &error,
        "a new Employee leads to an object that has no row, and gets none with this flush",
    );
    session.rollback().unwrap();
    session.add(&sales).unwrap();
    session.add(&ed).unwrap();
    session.commit().unwrap();
    assert!(ed.id().is_some());
}

/// Lets the foreign keys of the session's transaction be looked at when it is committed; false where the database cannot.
fn defer(session: &Session) -> bool {
    let sql = match backend::current() {
        Backend::Sqlite => &["pragma defer_foreign_keys = on"][..],
        Backend::Postgres => &[
            "alter table desks alter constraint desks_employee_id_fkey deferrable initially deferred",
        ][..],
        Backend::MariaDb | Backend::Mysql => return false,
    };
    for sql in sql {
        let run = |conn: &Connection| conn.execute(aludel::text_unchecked(*sql)).map(drop);
        session.with_connection(run).unwrap();
    }
    true
}

#[each_database]
fn s08_a_foreign_key_that_fails_at_the_commit_asks_for_a_rollback() {
    let session = session();
    let kept = account(&session, "kept").entity().unwrap();
    session.commit().unwrap();
    if !defer(&session) {
        return;
    }
    kept.edit().unwrap().balance = 5;
    let desk = session.add(Desk::insert().place("corner").employee_id(4711));
    session.flush().unwrap();
    let error = session.commit().unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error:?}");
    let again = session.commit().unwrap_err();
    assert_eq!(again.kind(), ErrorKind::InvalidRequest);
    assert!(again.message().ends_with(error.message()), "{again}");
    session.rollback().unwrap();
    assert_eq!((desk.id(), kept.balance), (None, 0));
    account(&session, "later");
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 2);
    assert_eq!(session.query::<Desk>().count().unwrap(), 0);
}
