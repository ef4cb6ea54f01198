//! s03, s04, s05, s06: one object for each row.

use aludel::{ErrorKind, Session, prelude::*};
use aludel_testing::{
    company::{Account, Course, Employee},
    each_database,
};

use crate::{account, company, department, employee, session};

#[each_database]
fn s03_what_is_added_is_pending_until_a_flush_gives_it_its_key() {
    let session = session();
    assert!(!session.in_transaction());
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales);
    assert!(session.in_transaction());
    assert_eq!((sales.id(), ed.id()), (None, None));
    assert_eq!(session.new_objects().len(), 2);
    session.flush().unwrap();
    assert!(session.new_objects().is_empty());
    let (sales, ed) = (sales.entity().unwrap(), ed.entity().unwrap());
    assert_eq!(ed.department_id, sales.id);
    assert_eq!((ed.name.as_str(), ed.boss_id), ("ed", None));
    let read = session.query::<Employee>().one().unwrap();
    assert!(read == ed, "it is the very object");
}

#[each_database]
fn s03_several_are_added_at_once_and_keep_their_order() {
    let session = session();
    let owners: Vec<String> = (0..300).map(|n| format!("owner {n:03}")).collect();
    let all = session.add_all(owners.iter().map(|owner| Account::insert().owner(owner)));
    session.flush().unwrap();
    for (pending, owner) in all.iter().zip(&owners) {
        let entity = pending.entity().unwrap();
        assert_eq!(&entity.owner, owner);
        assert_eq!((entity.balance, entity.doubled, entity.edition), (0, 0, 1));
        assert_eq!(pending.id(), Some(entity.id));
    }
    let read = session.query::<Account>().order_by(Account::owner).plain();
    let read: Vec<(i64, String)> = read.select((Account::id, Account::owner)).all().unwrap();
    let known = all.iter().map(|pending| pending.id().unwrap());
    assert_eq!(read, known.zip(owners).collect::<Vec<_>>());
}

#[each_database]
fn s04_a_row_is_one_object_however_it_is_found() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    assert!(session.get::<Account>(ed.id).unwrap().unwrap() == ed);
    let found = Account::by_owner("ed");
    let _ = found;
    let all = session.query::<Account>().all().unwrap();
    assert!(all[0] == ed && all.len() == 1);
    let (again, owner) = session
        .query::<Account>()
        .select((Account::entity(), Account::owner))
        .one()
        .unwrap();
    assert!(again == ed);
    assert_eq!(owner, "ed");
    session.commit().unwrap();
    assert!(
        session.get::<Account>(ed.id).unwrap().unwrap() == ed,
        "also after a commit"
    );
}

#[each_database]
fn s04_what_is_read_again_does_not_overwrite_what_is_known() {
    let session = session();
    let ed = account(&session, "ed").entity().unwrap();
    session
        .with_connection(|conn| {
            conn.update::<Account>()
                .set(Account::balance.set(7))
                .all_rows()
                .execute()
        })
        .unwrap();
    assert_eq!(session.query::<Account>().one().unwrap().balance, 0);
    session.refresh(&ed).unwrap();
    assert_eq!(ed.balance, 7);
}

#[each_database]
fn s05_an_object_belongs_to_one_session() {
    let engine = company();
    let (one, two) = (Session::new(&engine), Session::new(&engine));
    let ed = account(&one, "ed");
    let error = two.add(&ed).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error.message().contains("is already attached to session"),
        "{error}"
    );
    assert!(two.new_objects().is_empty());
    let ed = ed.entity().unwrap();
    one.commit().unwrap();
    for error in [
        two.add(&ed).unwrap_err(),
        two.delete(&ed).unwrap_err(),
        two.refresh(&ed).unwrap_err(),
        two.expire(&ed).unwrap_err(),
        two.expunge(&ed).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(
            error
                .message()
                .starts_with(&format!("Account {} is already", ed.id)),
            "{error}"
        );
    }
    one.close().unwrap();
    let ed = two.add(&ed).unwrap();
    ed.edit().unwrap().balance = 3;
    two.commit().unwrap();
    assert_eq!(one.query::<Account>().one().unwrap().balance, 3);
}

#[each_database]
fn s06_a_second_object_for_a_row_is_an_error() {
    let session = session();
    let first = session
        .add(Course::insert().code("a").title("first"))
        .entity()
        .unwrap();
    session.expunge(&first).unwrap();
    let second = session.get::<Course>("a").unwrap().unwrap();
    assert!(second != first);
    let error = session.add(&first).unwrap_err();
    assert_eq!(
        error.message(),
        "Course \"a\" cannot be added: the session has another object for that row"
    );
    session.commit().unwrap();

    session.add(Course::insert().code("a").title("again"));
    let error = session.flush().unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    session.rollback().unwrap();
    assert_eq!(session.query::<Course>().one().unwrap().title, "first");
}
