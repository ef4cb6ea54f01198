//! s06, s07, s10, s11, s12: rows and objects that come back, or take the place of others.

use aludel::{Connection, Entity, ErrorKind};
use aludel_testing::{
    company::{Course, Department, Employee},
    each_database,
};

use crate::{department, employee, session};

#[each_database]
fn s07_an_edit_after_one_that_was_taken_back_is_written() {
    let session = session();
    let sales = department(&session, "sales").entity().unwrap();
    session.commit().unwrap();
    sales.edit().unwrap().name = "sale".into();
    sales.edit().unwrap().name = "sales".into();
    session.flush().unwrap();
    sales.edit().unwrap().name = "selling".into();
    assert_eq!(session.dirty().len(), 1);
    session.commit().unwrap();
    let names = session.query::<Department>().plain().all().unwrap();
    assert_eq!(names[0].name, "selling");
}

#[each_database]
fn s12_what_is_deleted_has_no_changes_any_more() {
    let session = session();
    let sales = department(&session, "sales").entity().unwrap();
    session.commit().unwrap();
    let savepoint = session.savepoint().unwrap();
    sales.edit().unwrap().name = "selling".into();
    session.delete(&sales).unwrap();
    session.flush().unwrap();
    assert!(!Entity::is_dirty(&sales));
    savepoint.rollback().unwrap();
    assert_eq!(sales.name, "sales");
    sales.edit().unwrap().name = "sellers".into();
    session.commit().unwrap();
    assert_eq!(
        session.query::<Department>().plain().one().unwrap().name,
        "sellers"
    );
}

#[each_database]
fn s12_what_was_added_again_and_has_no_row_yet_cannot_be_deleted_or_refreshed() {
    let session = session();
    let pending = department(&session, "sales");
    let sales = pending.entity().unwrap();
    session.rollback().unwrap();
    session.add(&pending).unwrap();
    for refused in [
        session.delete(&sales),
        session.refresh(&sales),
        session.expire(&sales),
    ] {
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::InvalidRequest);
    }
    session.commit().unwrap();
    assert!(session.contains(&sales));
}

#[each_database]
fn s10_what_another_object_took_the_row_of_cannot_be_refreshed() {
    let session = session();
    let before = session.add(Course::insert().code("a").title("before"));
    let before = before.entity().unwrap();
    session.delete(&before).unwrap();
    let after = session.add(Course::insert().code("a").title("after"));
    let error = session.refresh(&before).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StaleData);
    assert!(Entity::is_deleted(&before));
    assert_eq!(after.entity().unwrap().title, "after");
}

#[each_database]
fn s06_the_object_of_a_row_that_is_gone_gives_way_to_that_of_a_new_row() {
    let session = session();
    let before = session.add(Course::insert().code("a").title("before"));
    let before = before.entity().unwrap();
    session.commit().unwrap();
    session
        .with_connection(|connection| connection.delete::<Course>().all_rows().execute())
        .unwrap();
    let savepoint = session.savepoint().unwrap();
    let after = session.add(Course::insert().code("a").title("after"));
    session.flush().unwrap();
    assert!(Entity::is_deleted(&before) && !session.contains(&before));
    assert!(after == session.get::<Course>("a").unwrap().unwrap());
    savepoint.rollback().unwrap();
    assert!(session.contains(&before), "as it was");
    assert_eq!((session.known(), after.id()), (1, None));
}

#[each_database]
fn s11_a_deleted_object_that_comes_back_takes_the_place_of_another_one() {
    let session = session();
    let added = session.add(Course::insert().code("a").title("title"));
    let first = added.entity().unwrap();
    session.commit().unwrap();
    session.expunge(&first).unwrap();
    let second = session.get::<Course>("a").unwrap().unwrap();
    session.delete(&second).unwrap();
    session.flush().unwrap();
    session.add(&first).unwrap();
    session.rollback().unwrap();
    assert!(session.contains(&second) && !Entity::is_deleted(&second));
    assert!(Entity::is_detached(&first));
    assert!(session.get::<Course>("a").unwrap().unwrap() == second);
}

#[each_database]
fn s12_a_row_that_is_taken_over_does_not_lead_to_an_object_without_a_row() {
    let session = session();
    let sales = department(&session, "sales");
    let before = sales.entity().unwrap();
    session.commit().unwrap();
    let ed = employee(&session, "ed", &sales);
    session.delete(&before).unwrap();
    session.add(Department::insert().id(before.id).name("sales").head(&ed));
    session.expunge_pending(&ed).unwrap();
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
}

#[each_database]
fn s12_a_row_that_is_taken_over_has_all_that_the_new_object_says() {
    let session = session();
    let old = session.add(Course::insert().code("a").title("first"));
    let old = old.entity().unwrap();
    let behind = |conn: &Connection| {
        let title = Course::title.set("changed behind the session's back");
        conn.update::<Course>().set(title).all_rows().execute()
    };
    session.with_connection(behind).unwrap();
    session.delete(&old).unwrap();
    session.add(Course::insert().code("a").title("first"));
    session.commit().unwrap();
    assert_eq!(
        session.query::<Course>().plain().one().unwrap().title,
        "first"
    );
}

#[each_database]
fn s12_a_circle_is_opened_through_a_row_that_is_taken_over() {
    let session = session();
    let sales = session.add(Department::insert().id(3).name("sales"));
    let ed = session.add(Employee::insert().id(7).name("ed").department(&sales));
    let (sales, ed) = (sales.entity().unwrap(), ed.entity().unwrap());
    sales.edit().unwrap().head_id = Some(7);
    session.commit().unwrap();
    let rows = || {
        let departments = session.query::<Department>().plain();
        let departments = departments.select((Department::id, Department::head_id));
        let employees = session.query::<Employee>().plain();
        let employees = employees.select((Employee::id, Employee::department_id));
        (departments.all().unwrap(), employees.all().unwrap())
    };
    for stays in [false, true] {
        // Both rows that lead to each other go; one of them has its key, its name and a row of its own to lead to again.
        session.delete(&sales).unwrap();
        session.delete(&ed).unwrap();
        let new = session.add(Department::insert().id(3).name("sales").head_id(8));
        let kim = session.add(Employee::insert().id(8).name("kim").department(&new));
        session.flush().unwrap();
        assert_eq!(new.entity().unwrap().head_id, Some(8));
        assert_eq!(kim.entity().unwrap().department_id, 3);
        assert_eq!(rows(), (vec![(3, Some(8))], vec![(8, 3)]));
        assert!(Entity::is_deleted(&sales) && Entity::is_deleted(&ed));
        if stays {
            session.commit().unwrap();
            assert!(new == session.get::<Department>(3).unwrap().unwrap());
            assert_eq!(rows(), (vec![(3, Some(8))], vec![(8, 3)]));
        } else {
            session.rollback().unwrap();
            assert_eq!((new.id(), kim.id()), (None, None));
            assert!(sales == session.get::<Department>(3).unwrap().unwrap());
            assert_eq!(rows(), (vec![(3, Some(7))], vec![(7, 3)]));
        }
    }
}
