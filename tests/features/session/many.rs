//! s15: many rows inserted and updated without objects.

use aludel::{Entity, ErrorKind, prelude::*};
use aludel_testing::{
    company::{Account, Course, Employee, Enrolment},
    each_database,
};

use crate::{account, company, department, employee, session};

#[each_database]
fn s15_rows_are_inserted_without_objects_in_the_transaction_of_the_session() {
    let session = session();
    let id = department(&session, "sales").entity().unwrap().id;
    let first = account(&session, "first");
    let rows = (0..500).map(|n| Account::insert().owner(format!("{n:03}")).balance(n));
    let known = session.known();
    assert_eq!(session.insert_all(rows).unwrap(), 500);
    assert!(first.id().is_some(), "the session was flushed before");
    assert_eq!(session.known(), known + 1, "no entity came of it");
    let names = ["a", "b"].map(|name| Employee::insert().name(name).department_id(id));
    assert_eq!(session.insert_all(names).unwrap(), 2);
    let read = session
        .query::<Account>()
        .filter(Account::owner.eq("007"))
        .one()
        .unwrap();
    assert_eq!(
        (read.balance, read.nickname.as_deref(), read.edition),
        (7, Some("none"), 1)
    );
    session.rollback().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 0);
    assert_eq!(session.query::<Employee>().count().unwrap(), 0);
}

#[each_database]
fn s15_rows_are_updated_by_their_keys_on_a_connection() {
    let conn = company().connect().unwrap();
    let rows = (1..=300).map(|n| Account::insert().id(n).owner(n.to_string()));
    conn.insert_all(rows).unwrap();
    conn.commit().unwrap();
    let none = [(1, vec![Account::balance.set(1)])].into_iter().skip(1);
    assert_eq!(conn.update_by_key::<Account, _>(none).unwrap(), 0);
    let nothing = [1, 2].map(|id| (id, vec![Account::balance.set(1)].split_off(1)));
    assert_eq!(conn.update_by_key::<Account, _>(nothing).unwrap(), 0);
    assert!(!conn.in_transaction(), "nothing was sent");
    let updates = (1..=300).map(|n| {
        (
            n,
            (Account::balance.set(n * 2), Account::nickname.set(None)),
        )
    });
    assert_eq!(conn.update_by_key::<Account, _>(updates).unwrap(), 300);
    let read = conn.query::<Account>().all().unwrap();
    for row in &read {
        assert_eq!(
            (row.balance, row.nickname.as_deref(), row.doubled),
            (row.id * 2, None, row.id * 4)
        );
        assert!(row.changed.is_some(), "what is set at each update is set");
        assert_eq!(row.edition, 1);
    }
    // A key without a row is not found; the same value is.
    let found = conn.update_by_key::<Account, _>([
        (1, Account::balance.set(2)),
        (9999, Account::balance.set(1)),
        (2, Account::balance.set(0)),
    ]);
    assert_eq!(found.unwrap(), 2);
    let balances = conn
        .query::<Account>()
        .order_by(Account::id)
        .select(Account::balance);
    assert_eq!(balances.clone().limit(3).all().unwrap(), [2, 0, 6]);
    // The last one wins.
    let found = conn.update_by_key::<Account, _>([
        (1, Account::balance.set(5)),
        (2, Account::balance.set(6)),
        (1, Account::balance.set(7)),
    ]);
    assert_eq!(found.unwrap(), 3);
    assert_eq!(balances.limit(3).all().unwrap(), [7, 6, 6]);
}

#[each_database]
fn s15_rows_may_set_different_columns_and_have_keys_of_any_type() {
    let conn = company().connect().unwrap();
    conn.insert_all((1..=4).map(|n| Account::insert().id(n).owner(n.to_string())))
        .unwrap();
    let found = conn.update_by_key::<Account, _>([
        (1, vec![Account::balance.set(1)]),
        (
            2,
            vec![Account::nickname.set("two"), Account::balance.set(2)],
        ),
        (3, vec![]),
        (4, vec![Account::balance.set(4)]),
        (1, vec![Account::nickname.set("one")]),
    ]);
    assert_eq!(found.unwrap(), 4);
    let read = conn.query::<Account>().order_by(Account::id);
    let read = read
        .select((Account::balance, Account::nickname))
        .all()
        .unwrap();
    let row = |balance: i64, name: &str| (balance, Some(name.to_owned()));
    assert_eq!(
        read,
        [row(1, "one"), row(2, "two"), row(0, "none"), row(4, "none")]
    );

    // Expressions are computed by the database, one row after the other.
    let found = conn.update_by_key::<Account, _>([
        (1, Account::balance.set(Account::balance + 10)),
        (2, Account::balance.set(Account::balance + 20)),
    ]);
    assert_eq!(found.unwrap(), 2);
    let balances = conn
        .query::<Account>()
        .order_by(Account::id)
        .select(Account::balance);
    assert_eq!(balances.all().unwrap(), [11, 22, 0, 4]);

    conn.insert_all(["a", "b"].map(|code| Course::insert().code(code).title("x")))
        .unwrap();
    let found = conn
        .update_by_key::<Course, _>([("b", Course::title.set("B")), ("a", Course::title.set("A"))]);
    assert_eq!(found.unwrap(), 2);
    let titles = conn
        .query::<Course>()
        .order_by(Course::code)
        .select(Course::title);
    assert_eq!(titles.all().unwrap(), ["A", "B"]);
}

#[each_database]
fn s15_entities_follow_what_is_updated_by_key() {
    let session = session();
    let [a, b] = ["a", "b"].map(|owner| account(&session, owner).entity().unwrap());
    let course = session
        .add(Course::insert().code("c").title("old"))
        .entity()
        .unwrap();
    session.commit().unwrap();
    session.query::<Account>().all().unwrap();
    session.refresh(&course).unwrap();
    a.edit().unwrap().nickname = Some("kept".into());
    let found = session.update_by_key::<Account, _>([
        (a.id, Account::balance.set(5)),
        (-1, Account::balance.set(6)),
    ]);
    assert_eq!(found.unwrap(), 1);
    assert!(Entity::is_expired(&a) && !Entity::is_expired(&b));
    let read = session
        .query::<Account>()
        .order_by(Account::id)
        .all()
        .unwrap();
    assert!(read[0] == a);
    assert_eq!(
        (a.balance, a.nickname.as_deref(), a.doubled),
        (5, Some("kept"), 10)
    );
    // A table of which the database computes nothing is followed without a question.
    assert_eq!(
        session
            .update_by_key::<Course, _>([("c", Course::title.set("new"))])
            .unwrap(),
        1
    );
    assert!(!Entity::is_expired(&course));
    assert_eq!(course.title, "new");
    assert!(session.dirty().is_empty());
    session.rollback().unwrap();
    session.refresh(&course).unwrap();
    session.refresh(&a).unwrap();
    assert_eq!(
        (course.title.as_str(), a.balance, a.nickname.as_deref()),
        ("old", 0, Some("none"))
    );
}

#[each_database]
fn s15_composite_keys_and_refusals() {
    let session = session();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales).entity().unwrap();
    for code in ["a", "b", "c"] {
        session.add(Course::insert().code(code).title(code));
        session.add(Enrolment::insert().employee(&ed).course_code(code));
    }
    session.commit().unwrap();
    let key = |code: &str| (ed.id, code.to_owned());
    let updates = ["a", "b"].map(|code| (key(code), Enrolment::grade.set(1)));
    assert_eq!(session.update_by_key::<Enrolment, _>(updates).unwrap(), 2);
    let graded = session
        .query::<Enrolment>()
        .order_by(Enrolment::course_code)
        .plain();
    assert_eq!(
        graded.select(Enrolment::grade).all().unwrap(),
        [Some(1), Some(1), None]
    );
    session.commit().unwrap();

    let [one, two] = ["one", "two"].map(|owner| account(&session, owner).entity().unwrap());
    session.commit().unwrap();
    session.query::<Account>().all().unwrap();
    let error = session.update_by_key::<Account, _>([(one.id, Account::owner.set("two"))]);
    assert!(error.unwrap_err().is_unique_violation());
    assert!(Entity::is_expired(&one) && !Entity::is_expired(&two));
    session.rollback().unwrap();
    let edit = one.edit().unwrap();
    let error = session.update_by_key::<Account, _>([(one.id, Account::balance.set(1))]);
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidRequest);
    drop(edit);
}
