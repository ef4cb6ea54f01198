//! s07: what waits for a flush.

use aludel::{Entity, Session, ToValue, Value};
use aludel_testing::{
    company::{Account, Course, Department},
    each_database,
};

use crate::{account, department, employee, session};

/// The models and keys of objects.
fn shown(objects: &[impl std::fmt::Debug]) -> Vec<String> {
    objects.iter().map(|object| format!("{object:?}")).collect()
}

/// What is dirty, down to columns, with both values.
fn dirty(session: &Session) -> Vec<(String, Vec<(&'static str, Value, Value)>)> {
    let changes = |object: &aludel::session::Object| {
        let changes = object.changes().into_iter();
        let changes = changes.map(|change| (change.column, change.before, change.after));
        (format!("{object:?}"), changes.collect())
    };
    session.dirty().iter().map(changes).collect()
}

#[each_database]
fn s07_new_objects_are_listed_in_the_order_in_which_they_were_added() {
    let session = session();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales);
    session.add(Course::insert().code("a").title("art"));
    let new = session.new_objects();
    assert_eq!(
        shown(&new),
        ["a new Department", "a new Employee", "a new Course"]
    );
    assert_eq!(new[1].table().name, "employees");
    assert!(new[1].pending().unwrap() == ed);
    assert!(new[1].pending::<Department>().is_none());
    assert!(new.iter().all(|object| object.key().is_none()));
    assert!(new.iter().all(|object| object.changes().is_empty()));
    assert!(new[0].entity::<Department>().is_none());
    assert!(session.dirty().is_empty() && session.deleted().is_empty());

    session.flush().unwrap();
    assert!(session.new_objects().is_empty());
    assert_eq!(new[2].key(), Some(vec!["a".to_value()]));
    assert!(new[0].entity::<Department>().unwrap() == sales.entity().unwrap());
}

#[each_database]
fn s07_dirty_objects_are_listed_down_to_their_columns() {
    let session = session();
    let [ed, al] = ["ed", "al"].map(|owner| account(&session, owner).entity().unwrap());
    session.commit().unwrap();
    assert!(dirty(&session).is_empty() && !session.in_transaction());
    session.query::<Account>().all().unwrap();

    ed.edit().unwrap().nickname = None;
    {
        let mut edit = al.edit().unwrap();
        edit.owner = "alan".to_owned();
        edit.balance = 3;
    }
    ed.edit().unwrap().balance -= 1;
    let owner = ("owner", "al".to_value(), "alan".to_value());
    let nickname = ("nickname", "none".to_value(), Value::Null);
    let balance = |after| ("balance", Value::Int(0), Value::Int(after));
    let all = [
        (format!("Account {}", ed.id), vec![balance(-1), nickname]),
        (format!("Account {}", al.id), vec![owner, balance(3)]),
    ];
    assert_eq!(dirty(&session), all);
    assert!(Entity::is_dirty(&ed) && session.in_transaction());
    session.flush().unwrap();
    assert!(dirty(&session).is_empty() && !Entity::is_dirty(&ed));
}

#[each_database]
fn s07_an_object_that_has_its_values_back_is_not_dirty() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    ed.edit().unwrap().balance = 0;
    ed.edit().unwrap().owner = "ed".to_owned();
    drop(ed.edit().unwrap());
    assert!(session.dirty().is_empty());

    ed.edit().unwrap().balance = 7;
    assert!(Entity::is_dirty(&ed));
    ed.edit().unwrap().balance = 0;
    assert!(session.dirty().is_empty() && !Entity::is_dirty(&ed));
    session.commit().unwrap();
    session.refresh(&ed).unwrap();
    assert_eq!((ed.edition, ed.changed), (1, None), "nothing was written");
}

#[each_database]
fn s07_an_edit_without_a_change_begins_no_transaction() {
    let factory = aludel::SessionFactory::new(&crate::company()).expire_on_commit(false);
    let session = factory.session();
    let ed = account(&session, "ed").entity().unwrap();
    session.commit().unwrap();
    ed.edit().unwrap().balance = 0;
    assert!(!session.in_transaction());
    ed.edit().unwrap().balance = 1;
    assert!(session.in_transaction());
}

#[each_database]
fn s07_deleted_objects_are_listed_and_no_longer_dirty() {
    let session = session();
    let [ed, al] = ["ed", "al"].map(|owner| account(&session, owner).entity().unwrap());
    ed.edit().unwrap().balance = 1;
    session.delete(&ed).unwrap();
    session.delete(&al).unwrap();
    session.delete(&ed).unwrap();
    let all = [ed.id, al.id].map(|id| format!("Account {id}"));
    assert_eq!(shown(&session.deleted()), all);
    assert!(session.dirty().is_empty());
    assert!(Entity::is_deleted(&ed) && session.contains(&ed));
    session.flush().unwrap();
    assert!(session.deleted().is_empty() && !session.contains(&ed));
    assert!(Entity::is_deleted(&ed));
    assert_eq!(session.query::<Account>().count().unwrap(), 0);
}
