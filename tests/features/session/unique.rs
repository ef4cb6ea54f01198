//! s08, s12: unique values and keys that are freed and taken in one flush.

use aludel::{Entity, ErrorKind, Session};
use aludel_testing::{
    company::{Account, Course, Department, Desk, Employee, Enrolment},
    each_database,
};

use crate::{account, department, employee, session};

/// The text keys and titles of the courses that the database has.
fn courses(session: &Session) -> Vec<(String, String)> {
    let read = session.query::<Course>().order_by(Course::code).plain();
    read.select((Course::code, Course::title)).all().unwrap()
}

fn pair(code: &str, title: &str) -> (String, String) {
    (code.to_owned(), title.to_owned())
}

#[each_database]
fn s12_a_unique_child_is_replaced_with_one_flush() {
    // U-52: SQLAlchemy inserts first, which the unique key refuses.
    let session = session();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales).entity().unwrap();
    let old = session.add(Desk::insert().place("old").employee(&ed));
    let old = old.entity().unwrap();
    session.commit().unwrap();
    session.delete(&old).unwrap();
    let new = session.add(Desk::insert().place("new").employee(&ed));
    session.commit().unwrap();
    let desk = session.query::<Desk>().one().unwrap();
    assert!(new == desk);
    assert_eq!((desk.place.as_str(), desk.employee_id), ("new", ed.id));
}

#[each_database]
fn s08_a_unique_value_is_freed_by_an_update_before_it_is_taken() {
    let session = session();
    let [a, b, c] = ["a", "b", "c"].map(|owner| account(&session, owner).entity().unwrap());
    session.commit().unwrap();
    // c becomes d, b becomes c, a becomes b, and a new one is a; said in the order that would fail.
    a.edit().unwrap().owner = "b".into();
    b.edit().unwrap().owner = "c".into();
    c.edit().unwrap().owner = "d".into();
    let new = account(&session, "a");
    session.commit().unwrap();
    let read = session.query::<Account>().order_by(Account::owner).plain();
    let read: Vec<(String, i64)> = read.select((Account::owner, Account::id)).all().unwrap();
    let owner = |owner: &str, id: i64| (owner.to_owned(), id);
    let id = new.id().unwrap();
    assert_eq!(
        read,
        [
            owner("a", id),
            owner("b", a.id),
            owner("c", b.id),
            owner("d", c.id)
        ]
    );
    // An update takes what a delete frees.
    session.delete(&c).unwrap();
    b.edit().unwrap().owner = "d".into();
    session.commit().unwrap();
    session.refresh(&b).unwrap();
    assert_eq!(b.owner, "d");
}

#[each_database]
fn s12_a_new_object_takes_over_the_row_of_a_deleted_one() {
    let session = session();
    let old = session
        .add(Course::insert().code("rust").title("old"))
        .entity()
        .unwrap();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales).entity().unwrap();
    session.add(Enrolment::insert().employee(&ed).course(&old).grade(3));
    session.commit().unwrap();
    session.delete(&old).unwrap();
    let new = session.add(Course::insert().code("rust").title("new"));
    // The row stays: it is led to, so that a DELETE would be refused.
    session.flush().unwrap();
    assert_eq!(courses(&session), [pair("rust", "new")]);
    assert!(Entity::is_deleted(&old));
    assert!(session.get::<Course>("rust").unwrap().unwrap() == new.entity().unwrap());
    session.rollback().unwrap();
    assert_eq!(new.id(), None);
    assert!(!Entity::is_deleted(&old));
    assert!(session.get::<Course>("rust").unwrap().unwrap() == old);
    assert_eq!(old.title, "old");

    session.delete(&old).unwrap();
    session.add(&new).unwrap();
    session.commit().unwrap();
    assert_eq!(courses(&session), [pair("rust", "new")]);
    assert_eq!(session.query::<Enrolment>().one().unwrap().grade, Some(3));
    // With all columns the same, no statement is needed.
    let new = new.entity().unwrap();
    session.delete(&new).unwrap();
    let same = session.add(Course::insert().code("rust").title("new"));
    session.commit().unwrap();
    assert_eq!(courses(&session), [pair("rust", "new")]);
    assert!(Entity::is_detached(&new) && session.contains(&same.entity().unwrap()));
}

#[each_database]
fn s12_the_row_that_is_taken_over_survives_where_a_table_leads_to_itself() {
    // U-50: SQLAlchemy updates the row, and then deletes it.
    let session = session();
    session.add(Department::insert().id(1).name("sales"));
    let insert = |id: i64, name: &str| Employee::insert().id(id).name(name).department_id(1);
    let boss = session.add(insert(1, "boss"));
    let old = session.add(insert(2, "old").boss_id(1));
    session.add(insert(3, "under").boss_id(2));
    session.commit().unwrap();
    let (boss, old) = (boss.entity().unwrap(), old.entity().unwrap());
    session.delete(&old).unwrap();
    let new = session.add(insert(2, "new").boss(&boss));
    session.commit().unwrap();
    let read = session.query::<Employee>().order_by(Employee::id).plain();
    let read: Vec<(i64, String, Option<i64>)> = read
        .select((Employee::id, Employee::name, Employee::boss_id))
        .all()
        .unwrap();
    let row = |id: i64, name: &str, boss: Option<i64>| (id, name.to_owned(), boss);
    assert_eq!(
        read,
        [
            row(1, "boss", None),
            row(2, "new", Some(1)),
            row(3, "under", None)
        ]
    );
    assert_eq!(new.id(), Some(2));
    // What the new one does not say is NULL.
    session.delete(&new.entity().unwrap()).unwrap();
    session.add(insert(2, "third"));
    session.commit().unwrap();
    let third = session.get::<Employee>(2).unwrap().unwrap();
    assert_eq!((third.name.as_str(), third.boss_id), ("third", None));
}

#[each_database]
fn s12_a_parent_is_taken_over_while_its_children_are_replaced() {
    // T07.
    let session = session();
    let old = session
        .add(Department::insert().id(5).name("old").head_id(None))
        .entity()
        .unwrap();
    let insert = |id: i64| Employee::insert().id(id).name("x").department_id(5);
    let children = session.add_all([insert(1), insert(2)]);
    session.commit().unwrap();
    for child in &children {
        session.delete(&child.entity().unwrap()).unwrap();
    }
    session.delete(&old).unwrap();
    session.add(Department::insert().id(5).name("new").head_id(None));
    session.add_all([insert(3), insert(4)]);
    session.commit().unwrap();
    let read = session.query::<Employee>().order_by(Employee::id).plain();
    assert_eq!(
        read.select((Employee::id, Employee::department_id))
            .all()
            .unwrap(),
        [(3, 5), (4, 5)]
    );
    assert_eq!(session.query::<Department>().one().unwrap().name, "new");
}

#[each_database]
fn s08_a_row_whose_defaults_are_not_said_is_deleted_and_inserted() {
    let session = session();
    let old = session.add(
        Account::insert()
            .id(5)
            .owner("old")
            .balance(9)
            .nickname("n"),
    );
    let old = old.entity().unwrap();
    old.edit().unwrap().balance = 10;
    session.commit().unwrap();
    session.delete(&old).unwrap();
    let new = session.add(Account::insert().id(5).owner("new"));
    session.commit().unwrap();
    let read = session.query::<Account>().plain().one().unwrap();
    assert_eq!(
        (read.id, read.owner.as_str(), read.balance, read.edition),
        (5, "new", 0, 1)
    );
    assert_eq!(new.id(), Some(5));
}

#[each_database]
fn s08_a_changed_key_is_known_and_taken_back_by_a_rollback() {
    // U-51, T29.
    let session = session();
    for code in ["a", "b", "c"] {
        session.add(Course::insert().code(code).title(code));
    }
    session.commit().unwrap();
    let get = |code: &str| session.get::<Course>(code).unwrap();
    let [a, b, c] = ["a", "b", "c"].map(|code| get(code).unwrap());
    session.delete(&a).unwrap();
    session.delete(&b).unwrap();
    c.edit().unwrap().code = "a".into();
    session.flush().unwrap();
    assert!(get("a").unwrap() == c && get("c").is_none());
    c.edit().unwrap().code = "b".into();
    session.flush().unwrap();
    assert!(get("b").unwrap() == c && get("a").is_none());
    assert_eq!(courses(&session), [pair("b", "c")]);
    session.rollback().unwrap();
    for (code, entity) in [("a", &a), ("b", &b), ("c", &c)] {
        assert!(get(code).unwrap() == *entity);
        assert_eq!((entity.code.as_str(), entity.title.as_str()), (code, code));
    }
    // Keys along a chain.
    c.edit().unwrap().code = "d".into();
    b.edit().unwrap().code = "c".into();
    a.edit().unwrap().code = "b".into();
    session.commit().unwrap();
    assert_eq!(
        courses(&session),
        [pair("b", "a"), pair("c", "b"), pair("d", "c")]
    );
    assert!(get("b").unwrap() == a);
    session.close().unwrap();
}

#[each_database]
fn s08_a_changed_key_is_not_followed_by_rows_that_lead_to_it() {
    let session = session();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales).entity().unwrap();
    let rust = session
        .add(Course::insert().code("rust").title("Rust"))
        .entity()
        .unwrap();
    session.add(Enrolment::insert().employee(&ed).course(&rust));
    session.commit().unwrap();
    rust.edit().unwrap().code = "oxide".into();
    let error = session.flush().unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error:?}");
    session.rollback().unwrap();
    session.refresh(&rust).unwrap();
    assert_eq!(rust.code, "rust");
    assert!(session.get::<Course>("rust").unwrap().unwrap() == rust);
}

#[each_database]
fn s08_values_that_are_exchanged_are_told_before_anything_is_sent() {
    let session = session();
    let [a, b] = ["a", "b"].map(|owner| account(&session, owner).entity().unwrap());
    session.commit().unwrap();
    a.edit().unwrap().owner = "b".into();
    b.edit().unwrap().owner = "a".into();
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.message().contains("accounts.owner"), "{error}");
    // The session waits for no rollback: a step between is all that is missing.
    a.edit().unwrap().owner = "c".into();
    session.flush().unwrap();
    a.edit().unwrap().owner = "b".into();
    session.commit().unwrap();
    let read = session.query::<Account>().order_by(Account::id).plain();
    assert_eq!(read.select(Account::owner).all().unwrap(), ["b", "a"]);
}

#[each_database]
fn s08_a_part_of_a_composite_key_is_changed() {
    let session = session();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales);
    for code in ["a", "b", "c"] {
        session.add(Course::insert().code(code).title(code));
    }
    let one = session.add(Enrolment::insert().employee(&ed).course_code("a").grade(1));
    let two = session.add(Enrolment::insert().employee(&ed).course_code("b").grade(2));
    let (one, two) = (one.entity().unwrap(), two.entity().unwrap());
    session.commit().unwrap();
    one.edit().unwrap().course_code = "b".into();
    two.edit().unwrap().course_code = "c".into();
    session.flush().unwrap();
    let get = |code: &str| {
        let key = (ed.id().unwrap(), code.to_owned());
        session.get::<Enrolment>(key).unwrap()
    };
    assert!(get("a").is_none() && get("b").unwrap() == one && get("c").unwrap() == two);
    let read = session
        .query::<Enrolment>()
        .order_by(Enrolment::course_code);
    let read = read.plain().select(Enrolment::grade);
    assert_eq!(read.all().unwrap(), [Some(1), Some(2)]);
    session.rollback().unwrap();
    assert!(get("a").unwrap() == one && get("b").unwrap() == two && get("c").is_none());
    assert_eq!((one.grade, two.grade), (Some(1), Some(2)));
}
