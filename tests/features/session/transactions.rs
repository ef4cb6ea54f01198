//! s08: commit and rollback, and what becomes of objects.

use aludel::{Entity, ErrorKind, Session, SessionFactory};
use aludel_testing::{
    company::{Account, Course, Department, Employee},
    each_database,
};

use crate::{account, company, department, employee, session};

#[each_database]
fn s08_a_commit_writes_what_waits_and_others_see_it() {
    let engine = company();
    let session = Session::new(&engine);
    let sales = department(&session, "sales");
    employee(&session, "ed", &sales);
    session.commit().unwrap();
    assert!(!session.in_transaction());
    let other = Session::new(&engine);
    let ed = other.query::<Employee>().one().unwrap();
    assert_eq!(Some(ed.department_id), sales.id());
}

#[each_database]
fn s08_a_rollback_makes_what_was_added_new_again() {
    let session = session();
    let before = department(&session, "before");
    session.commit().unwrap();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales);
    let al = employee(&session, "al", &before);
    session.flush().unwrap();
    let entity = ed.entity().unwrap();
    let waiting = department(&session, "waiting");
    session.rollback().unwrap();

    assert_eq!((sales.id(), ed.id(), waiting.id()), (None, None, None));
    assert!(before.id().is_some() && session.new_objects().is_empty());
    assert_eq!(entity.name, "ed", "what was read stays readable");
    assert!(Entity::is_detached(&entity) && !session.contains(&entity));
    assert_eq!(entity.edit().err().unwrap().kind(), ErrorKind::Detached);
    assert_eq!(ed.entity().err().unwrap().kind(), ErrorKind::Detached);
    assert_eq!(session.query::<Department>().count().unwrap(), 1);

    for pending in [&ed, &al] {
        session.add(pending).unwrap();
    }
    session.add(&sales).unwrap();
    session.commit().unwrap();
    assert!(ed.entity().unwrap() == entity);
    session.refresh(&entity).unwrap();
    assert_eq!(Some(entity.department_id), sales.id());
    assert_eq!(Some(entity.id), ed.id());
    assert_eq!(session.query::<Department>().count().unwrap(), 2);
}

#[each_database]
fn s08_a_rollback_brings_back_what_was_deleted() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    let al = account(&session, "al").entity().unwrap();
    session.commit().unwrap();
    session.delete(&ed).unwrap();
    session.flush().unwrap();
    session.delete(&al).unwrap();
    assert!(session.get::<Account>(ed.id).unwrap().is_none());
    session.rollback().unwrap();

    assert!(!Entity::is_deleted(&ed) && !Entity::is_deleted(&al));
    assert!(session.contains(&ed) && session.deleted().is_empty());
    assert!(session.get::<Account>(ed.id).unwrap().unwrap() == ed);
    ed.edit().unwrap().balance = 4;
    al.edit().unwrap().balance = 5;
    session.commit().unwrap();
    let sum = session.query::<Account>().select(Account::balance).all();
    assert_eq!(sum.unwrap().iter().sum::<i64>(), 9);
}

#[each_database]
fn s08_a_rollback_gives_back_the_values_from_before() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    ed.edit().unwrap().balance = 1;
    session.flush().unwrap();
    ed.edit().unwrap().nickname = None;
    session.flush().unwrap();
    ed.edit().unwrap().balance = 2;
    assert_eq!((ed.balance, ed.edition), (2, 3));
    session.rollback().unwrap();
    assert_eq!((ed.balance, ed.edition), (0, 1), "without any question");
    assert_eq!(ed.nickname.as_deref(), Some("none"));
    assert!(Entity::is_expired(&ed) && !Entity::is_dirty(&ed));
    ed.edit().unwrap().balance += 5;
    session.commit().unwrap();
    let read = session.query::<Account>().plain().one().unwrap();
    assert_eq!((read.balance, read.edition), (5, 2));
}

/// T17: which operations begin a transaction, and whether a rollback puts objects out of date.
#[each_database]
fn s08_changes_begin_a_transaction_and_nothing_does_not() {
    type Operation = fn(&Session, &Entity<Account>);
    let operations: [(&str, Operation, bool); 6] = [
        ("add", |session, _| drop(account(session, "al")), true),
        ("delete", |session, ed| session.delete(ed).unwrap(), true),
        ("edit", |_, ed| ed.edit().unwrap().balance = 1, true),
        (
            "query",
            |session, _| drop(session.query::<Account>().all().unwrap()),
            true,
        ),
        ("read", |_, ed| assert_eq!(ed.owner, "ed"), false),
        ("nothing", |_, _| {}, false),
    ];
    for expires in [true, false] {
        let factory = SessionFactory::new(&company()).expire_on_commit(expires);
        let session = factory.session();
        let ed = account(&session, "ed").entity().unwrap();
        for (name, operation, begins) in operations {
            session.commit().unwrap();
            assert_eq!(Entity::is_expired(&ed), expires, "{name}");
            operation(&session, &ed);
            assert_eq!(session.in_transaction(), begins, "{name}");
            session.rollback().unwrap();
            assert_eq!(Entity::is_expired(&ed), begins || expires, "{name}");
            assert!(!session.in_transaction(), "{name}");
            session.refresh(&ed).unwrap();
        }
        assert_eq!(session.query::<Account>().count().unwrap(), 1);
        assert_eq!((ed.balance, ed.owner.as_str()), (0, "ed"));
    }
}

/// T19: a deleted object is gone for good with the commit.
#[each_database]
fn s08_what_is_deleted_leaves_its_session_with_the_commit() {
    for expires in [true, false] {
        let engine = company();
        let session = SessionFactory::new(&engine)
            .expire_on_commit(expires)
            .session();
        let ed = account(&session, "ed").entity().unwrap();
        session.commit().unwrap();
        session.delete(&ed).unwrap();
        session.flush().unwrap();
        assert!(!session.contains(&ed) && !Entity::is_detached(&ed));
        session.commit().unwrap();
        assert!(Entity::is_detached(&ed) && Entity::is_deleted(&ed));
        assert_eq!(ed.owner, "ed");
        for error in [
            session.add(&ed).err().unwrap(),
            session.delete(&ed).unwrap_err(),
            session.refresh(&ed).unwrap_err(),
            ed.edit().err().unwrap(),
            Session::new(&engine).add(&ed).err().unwrap(),
        ] {
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            assert_eq!(error.message(), format!("Account {} is deleted", ed.id));
        }
    }
}

/// T19: what is expunged is brought back by no rollback.
#[each_database]
fn s08_what_is_expunged_stays_out_whatever_is_rolled_back() {
    let session = session();
    let [deleted, edited] = ["ed", "al"].map(|owner| account(&session, owner).entity().unwrap());
    session.commit().unwrap();
    session.delete(&deleted).unwrap();
    edited.edit().unwrap().balance = 5;
    let added = account(&session, "new").entity().unwrap();
    session.flush().unwrap();
    for entity in [&deleted, &edited, &added] {
        session.expunge(entity).unwrap();
    }
    session.rollback().unwrap();
    for entity in [&deleted, &edited, &added] {
        assert!(Entity::is_detached(entity) && !session.contains(entity));
    }
    assert_eq!(session.known(), 0);
    assert!(!Entity::is_deleted(&deleted), "its row is there");
    assert_eq!(edited.balance, 0, "as its row says");
    for entity in [&deleted, &edited] {
        session.add(entity).unwrap().edit().unwrap().balance += 1;
    }
    session.commit().unwrap();
    let balances = session.query::<Account>().select(Account::balance).all();
    assert_eq!(balances.unwrap(), [1, 1]);
}

#[each_database]
fn s08_a_rollback_leaves_alone_what_is_in_another_session_by_now() {
    let engine = company();
    let (one, two) = (Session::new(&engine), Session::new(&engine));
    let ed = account(&one, "ed").entity().unwrap();
    one.commit().unwrap();
    ed.edit().unwrap().balance = 5;
    let new = account(&one, "new").entity().unwrap();
    one.expunge(&new).unwrap();
    one.expunge(&ed).unwrap();
    two.add(&new).unwrap();
    two.add(&ed).unwrap();
    one.rollback().unwrap();
    assert!(two.contains(&new) && two.contains(&ed));
    ed.edit().unwrap().balance = 7;
    let error = two.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData, "its version was lost");
    two.rollback().unwrap();
    ed.edit().unwrap().balance = 7;
    two.commit().unwrap();
    assert_eq!(one.query::<Account>().one().unwrap().balance, 7);
}

/// T29: keys that changed are what they were.
#[each_database]
fn s08_a_rollback_restores_keys_that_took_the_place_of_others() {
    let session = session();
    let all = ["a", "b", "c"].map(|code| {
        let course = session.add(Course::insert().code(code).title(code));
        course.entity().unwrap()
    });
    session.commit().unwrap();
    let [a, b, c] = &all;
    session.delete(a).unwrap();
    session.delete(b).unwrap();
    session.flush().unwrap();
    for code in ["a", "b"] {
        c.edit().unwrap().code = code.to_owned();
        session.flush().unwrap();
        assert!(session.get::<Course>(code).unwrap().unwrap() == *c);
    }
    assert!(session.get::<Course>("c").unwrap().is_none());
    session.rollback().unwrap();
    for (course, code) in all.iter().zip(["a", "b", "c"]) {
        assert!(session.get::<Course>(code).unwrap().unwrap() == *course);
        assert_eq!((course.code.as_str(), course.title.as_str()), (code, code));
    }
    assert_eq!(session.known(), 3);
}

#[each_database]
fn s08_a_key_that_changed_is_found_by_its_new_value() {
    let session = session();
    let course = session.add(Course::insert().code("a").title("art"));
    let art = course.entity().unwrap();
    session.commit().unwrap();
    art.edit().unwrap().code = "z".to_owned();
    session.commit().unwrap();
    assert!(session.get::<Course>("z").unwrap().unwrap() == art);
    assert!(session.get::<Course>("a").unwrap().is_none());
    assert_eq!(course.id().as_deref(), Some("z"));
}

#[each_database]
fn s08_a_closed_session_lets_all_objects_go_and_can_be_used_again() {
    let session = session();
    let kept = account(&session, "kept").entity().unwrap();
    session.commit().unwrap();
    kept.edit().unwrap().balance = 1;
    let new = account(&session, "new");
    session.flush().unwrap();
    let waiting = account(&session, "waiting");
    session.close().unwrap();
    assert_eq!((new.id(), waiting.id()), (None, None));
    assert!(Entity::is_detached(&kept) && !session.in_transaction());
    assert_eq!(kept.balance, 0);
    assert!(session.new_objects().is_empty() && session.known() == 0);
    let again = session.query::<Account>().one().unwrap();
    assert!(again != kept, "another object for that row");
    session.add(&new).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 2);
}

#[each_database]
fn s08_clearing_keeps_the_transaction() {
    let session = session();
    let written = account(&session, "written").entity().unwrap();
    session.flush().unwrap();
    written.edit().unwrap().balance = 9;
    account(&session, "waiting");
    session.clear();
    assert!(session.in_transaction() && session.known() == 0);
    assert!(session.dirty().is_empty() && session.new_objects().is_empty());
    assert!(Entity::is_detached(&written));
    assert_eq!(written.balance, 0);
    session.commit().unwrap();
    let read = session.query::<Account>().one().unwrap();
    assert_eq!((read.owner.as_str(), read.balance), ("written", 0));
}

#[each_database]
fn s08_rows_of_a_cleared_session_are_nobodys_after_a_rollback() {
    let session = session();
    let new = account(&session, "new");
    session.flush().unwrap();
    session.clear();
    assert!(new.id().is_some());
    session.rollback().unwrap();
    assert_eq!(new.id(), None);
    session.add(&new).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Account>().count().unwrap(), 1);
}
