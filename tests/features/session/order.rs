//! s08, s12: the order in which a flush writes and deletes.

use aludel::{Entity, ErrorKind, prelude::*};
use aludel_testing::{
    company::{Course, Department, Desk, Employee, Enrolment},
    each_database,
};

use crate::{department, employee, session};

#[each_database]
fn s08_rows_without_links_come_in_the_order_of_their_foreign_keys() {
    let session = session();
    let enrolment = session.add(
        Enrolment::insert()
            .employee_id(7)
            .course_code("rust")
            .grade(1),
    );
    let desk = session.add(Desk::insert().place("left").employee_id(7));
    session.add(Employee::insert().id(7).name("ed").department_id(3));
    session.add(Course::insert().code("rust").title("Rust"));
    session.add(Department::insert().id(3).name("sales"));
    session.flush().unwrap();
    assert_eq!(enrolment.id(), Some((7, "rust".to_owned())));
    let desk = desk.entity().unwrap();
    assert_eq!(desk.employee_id, 7);
    session.commit().unwrap();

    let sales = session.get::<Department>(3).unwrap().unwrap();
    let rust = session.get::<Course>("rust").unwrap().unwrap();
    let ed = session.get::<Employee>(7).unwrap().unwrap();
    let enrolment = enrolment.entity().unwrap();
    session.delete(&sales).unwrap();
    session.delete(&rust).unwrap();
    session.delete(&ed).unwrap();
    session.delete(&enrolment).unwrap();
    session.delete(&desk).unwrap();
    session.commit().unwrap();
    for left in [
        session.query::<Department>().count().unwrap(),
        session.query::<Employee>().count().unwrap(),
        session.query::<Course>().count().unwrap(),
        session.query::<Enrolment>().count().unwrap(),
        session.query::<Desk>().count().unwrap(),
    ] {
        assert_eq!(left, 0);
    }
}

#[each_database]
fn s08_parents_and_their_parents_give_their_keys_while_they_are_pending() {
    let session = session();
    // Numbers that differ from table to table, so that a wrong one is seen.
    for name in ["a", "b", "c"] {
        department(&session, name);
    }
    session.flush().unwrap();
    let sales = department(&session, "sales");
    let ed = employee(&session, "ed", &sales);
    let desk = session.add(Desk::insert().place("left").employee(&ed));
    let rust = session.add(Course::insert().code("rust").title("Rust"));
    let enrolment = session.add(Enrolment::insert().course(&rust).employee(&ed).grade(2));
    assert_eq!((desk.id(), enrolment.id()), (None, None));
    session.commit().unwrap();
    let read: (i64, i64, String, String) = session
        .query::<Desk>()
        .plain()
        .join(Desk::employee)
        .join(Employee::department)
        .select((
            Desk::employee_id,
            Employee::id,
            Employee::name,
            Department::name,
        ))
        .one()
        .unwrap();
    let id = ed.id().unwrap();
    assert_eq!(read, (id, id, "ed".to_owned(), "sales".to_owned()));
    assert_eq!(enrolment.id(), Some((id, "rust".to_owned())));
    assert_eq!(ed.entity().unwrap().department_id, sales.id().unwrap());
}

#[each_database]
fn s08_the_rows_of_a_tree_come_level_by_level() {
    let session = session();
    let sales = department(&session, "sales");
    let under = |name: &str, boss: &aludel::Pending<Employee>| {
        session.add(Employee::insert().name(name).department(&sales).boss(boss))
    };
    let root = employee(&session, "n1", &sales);
    let n12 = under("n12", &root);
    let deep: Vec<_> = ["n121", "n122", "n123"]
        .map(|name| under(name, &n12))
        .into();
    let n11 = under("n11", &root);
    let deepest = under("n1211", &deep[0]);
    session.flush().unwrap();
    let boss = |pending: &aludel::Pending<Employee>| pending.entity().unwrap().boss_id;
    assert_eq!(boss(&root), None);
    assert_eq!((boss(&n11), boss(&n12)), (root.id(), root.id()));
    for leaf in &deep {
        assert_eq!(boss(leaf), n12.id());
    }
    assert_eq!(boss(&deepest), deep[0].id());
    session.commit().unwrap();

    // The leaves go first, whatever is said first.
    let mut all: Vec<Entity<Employee>> = vec![root.entity().unwrap(), n12.entity().unwrap()];
    all.extend(deep.iter().map(|leaf| leaf.entity().unwrap()));
    all.extend([n11.entity().unwrap(), deepest.entity().unwrap()]);
    for one in &all {
        session.delete(one).unwrap();
    }
    session.delete(&sales.entity().unwrap()).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Employee>().count().unwrap(), 0);
    assert!(all.iter().all(Entity::is_deleted));
}

#[each_database]
fn s08_a_tree_whose_keys_the_client_gives_may_be_added_from_its_leaves() {
    let session = session();
    for (id, boss) in [
        (5, Some(3)),
        (4, Some(2)),
        (3, Some(1)),
        (2, Some(1)),
        (1, None),
    ] {
        let row = Employee::insert().id(id).name("x").department_id(9);
        session.add(row.boss_id(boss));
    }
    session.add(Department::insert().id(9).name("sales"));
    session.flush().unwrap();
    let bosses = session.query::<Employee>().order_by(Employee::id).plain();
    let bosses: Vec<Option<i64>> = bosses.select(Employee::boss_id).all().unwrap();
    assert_eq!(bosses, [None, Some(1), Some(1), Some(2), Some(3)]);
    // A row that leads to itself is one INSERT.
    session.add(
        Employee::insert()
            .id(6)
            .name("own")
            .department_id(9)
            .boss_id(6),
    );
    session.commit().unwrap();
    let own = session.get::<Employee>(6).unwrap().unwrap();
    session.refresh(&own).unwrap();
    assert_eq!(own.boss_id, Some(6));
    session.delete(&own).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Employee>().count().unwrap(), 5);
}

#[each_database]
fn s08_rows_that_lead_to_each_other_are_connected_once_both_are_there() {
    let session = session();
    let sales = session.add(Department::insert().id(1).name("sales").head_id(2));
    session.add(Employee::insert().id(2).name("ed").department_id(1));
    session.add(Department::insert().id(11).name("law").head_id(12));
    session.add(Employee::insert().id(12).name("al").department_id(11));
    session.flush().unwrap();
    assert_eq!(sales.entity().unwrap().head_id, Some(2), "the object knows");
    session.commit().unwrap();
    let heads = session
        .query::<Department>()
        .order_by(Department::id)
        .plain();
    let heads: Vec<_> = heads
        .select((Department::id, Department::head_id))
        .all()
        .unwrap();
    assert_eq!(heads, [(1, Some(2)), (11, Some(12))]);

    // One that is there takes another head.
    let bob = employee(&session, "bob", &sales);
    let sales = sales.entity().unwrap();
    session.flush().unwrap();
    sales.edit().unwrap().head_id = bob.id();
    session.commit().unwrap();
    session.refresh(&sales).unwrap();
    assert_eq!(sales.head_id, bob.id());

    let employees = session.query::<Employee>().all().unwrap();
    let departments = session.query::<Department>().all().unwrap();
    for employee in &employees {
        session.delete(employee).unwrap();
    }
    for department in &departments {
        session.delete(department).unwrap();
    }
    session.commit().unwrap();
    assert_eq!(session.query::<Department>().count().unwrap(), 0);
    assert_eq!(session.query::<Employee>().count().unwrap(), 0);
}

#[each_database]
fn s08_a_row_leads_to_an_entity_too() {
    let session = session();
    let sales = department(&session, "sales").entity().unwrap();
    session.commit().unwrap();
    let ed = session.add(Employee::insert().department(&sales).name("ed"));
    let ed = ed.entity().unwrap();
    let law = session.add(Department::insert().name("law").head(&ed));
    assert_eq!(law.entity().unwrap().head_id, Some(ed.id));
    assert_eq!(ed.department_id, sales.id);
}

#[each_database]
fn s08_an_update_may_lead_to_a_row_that_is_inserted_with_it() {
    let session = session();
    session.add(Department::insert().id(1).name("sales"));
    let ed = session.add(Employee::insert().id(2).name("ed").department_id(1));
    let ed = ed.entity().unwrap();
    session.commit().unwrap();
    ed.edit().unwrap().department_id = 5;
    ed.edit().unwrap().boss_id = Some(6);
    session.add(Employee::insert().id(6).name("boss").department_id(5));
    session.add(Department::insert().id(5).name("law"));
    session.commit().unwrap();
    let read = session
        .query::<Employee>()
        .plain()
        .filter(Employee::id.eq(2));
    let read = read.one().unwrap();
    assert_eq!((read.department_id, read.boss_id), (5, Some(6)));
}

#[each_database]
fn s08_what_leads_away_from_a_row_is_written_before_that_is_deleted() {
    let session = session();
    let (old, new) = (department(&session, "old"), department(&session, "new"));
    let ed = employee(&session, "ed", &old).entity().unwrap();
    let desk = session.add(Desk::insert().place("left").employee(&ed));
    session.commit().unwrap();
    // T11: the child is moved, and its parent deleted, with one flush.
    ed.edit().unwrap().department_id = new.id().unwrap();
    session.delete(&old.entity().unwrap()).unwrap();
    session.commit().unwrap();
    session.refresh(&ed).unwrap();
    assert_eq!(Some(ed.department_id), new.id());
    // What still leads to it is the database's refusal, and no row is lost.
    session.delete(&ed).unwrap();
    let error = session.commit().unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error:?}");
    session.rollback().unwrap();
    assert!(!Entity::is_deleted(&ed));
    session.refresh(&ed).unwrap();
    session.delete(&ed).unwrap();
    session.delete(&desk.entity().unwrap()).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Employee>().count().unwrap(), 0);
}

#[each_database]
fn s12_only_what_has_a_row_can_be_deleted_and_only_once() {
    let session = session();
    let sales = department(&session, "sales");
    session.without_autoflush(|| {
        // There is no entity to delete before there is a row.
        assert_eq!(
            sales.entity().unwrap_err().kind(),
            ErrorKind::InvalidRequest
        );
    });
    let entity = sales.entity().unwrap();
    session.delete(&entity).unwrap();
    session.delete(&entity).unwrap();
    assert_eq!(session.deleted().len(), 1);
    session.flush().unwrap();
    let error = session.delete(&entity).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert!(entity.edit().is_err());
    session.rollback().unwrap();
    let error = session.delete(&entity).unwrap_err();
    assert!(!error.message().is_empty(), "it is transient again");
    session.add(&sales).unwrap();
    session.commit().unwrap();
    assert_eq!(session.query::<Department>().one().unwrap().name, "sales");
}

#[each_database]
fn s12_a_delete_detaches_at_commit_whether_or_not_that_expires() {
    // U-09: SQLAlchemy leaves it `deleted` for ever where commits do not expire.
    for expire in [true, false] {
        let engine = crate::company();
        let factory = aludel::SessionFactory::new(&engine).expire_on_commit(expire);
        let session = factory.session();
        let sales = department(&session, "sales").entity().unwrap();
        session.commit().unwrap();
        session.delete(&sales).unwrap();
        session.flush().unwrap();
        assert!(Entity::is_deleted(&sales) && !Entity::is_detached(&sales));
        session.commit().unwrap();
        assert!(Entity::is_deleted(&sales) && Entity::is_detached(&sales));
        assert_eq!(session.known(), 0);
    }
}

#[each_database]
fn s08_a_missing_value_is_told_before_anything_is_sent() {
    let session = session();
    let law = department(&session, "law");
    session.add(Employee::insert().name("ed"));
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.message().contains("department_id"), "{error}");
    assert_eq!(law.id(), None, "nothing was written");
    // The session waits for no rollback.
    let ed = session.new_objects()[1].pending::<Employee>().unwrap();
    session.expunge_pending(&ed).unwrap();
    employee(&session, "al", &law);
    session.commit().unwrap();
    let names = session.query::<Employee>().plain().select(Employee::name);
    assert_eq!(names.all().unwrap(), ["al"]);
}

#[each_database]
fn s05_a_link_to_an_object_without_a_row_is_an_error() {
    let engine = crate::company();
    let (one, two) = (aludel::Session::new(&engine), aludel::Session::new(&engine));
    let law = department(&one, "law");
    let ed = employee(&two, "ed", &law);
    let error = two.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert_eq!(ed.id(), None);
    let _ = two.rollback();
    assert_eq!(
        one.query::<Department>().count().unwrap(),
        1,
        "the other goes on"
    );
    one.rollback().unwrap();

    // A rollback took the row that it was to lead to.
    let session = &one;
    let law = department(session, "law");
    session.flush().unwrap();
    session.rollback().unwrap();
    assert_eq!(law.id(), None);
    employee(session, "al", &law);
    let error = session.flush().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    let _ = session.rollback();
    // It can be added again, and then the link is good.
    session.add(&law).unwrap();
    let al = employee(session, "al", &law).entity().unwrap();
    assert_eq!(Some(al.department_id), law.id());
}
