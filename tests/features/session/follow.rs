//! q12: entities that follow an update or delete of many rows.

use aludel::{
    Engine, Entity, ErrorKind, Session, prelude::*, session::Synchronize, text_unchecked,
};
use aludel_testing::{
    company::{Account, Course, Department, Employee, Token},
    each_database,
};

use crate::{
    account,
    backend::{self, Backend, current},
    department, employee, session,
};

const FOLLOWING: [Synchronize; 3] = [
    Synchronize::Automatic,
    Synchronize::Evaluate,
    Synchronize::Fetch,
];

/// Employees of three departments, known and up to date, with the keys of these.
fn staff(session: &Session) -> (Vec<Entity<Employee>>, [i64; 3]) {
    let departments = ["a", "b", "c"].map(|name| department(session, name));
    for (n, name) in (0..).zip(["ed", "al", "bo", "cy", "di", "flo"]) {
        employee(session, name, &departments[n % 3]);
    }
    session.commit().unwrap();
    let all = session
        .query::<Employee>()
        .order_by(Employee::id)
        .all()
        .unwrap();
    (all, departments.map(|one| one.id().unwrap()))
}

fn fresh(session: &Session) -> Vec<Employee> {
    let read = session.query::<Employee>().order_by(Employee::id);
    read.plain().all().unwrap()
}

#[each_database]
fn q12_entities_follow_however_they_are_found() {
    for how in FOLLOWING {
        let session = session();
        let (all, [first, second, _]) = staff(&session);
        let update = session
            .update::<Employee>()
            .set(Employee::department_id.set(second))
            .filter(Employee::department_id.eq(first));
        assert_eq!(update.synchronized(how).unwrap(), 2);
        for (entity, row) in all.iter().zip(fresh(&session)) {
            assert!(!Entity::is_expired(entity), "{how:?}");
            assert_eq!(**entity, row, "{how:?}");
        }
        assert!(session.dirty().is_empty());
        session.rollback().unwrap();
        session.query::<Employee>().all().unwrap();
        assert_eq!(all[0].department_id, first, "a rollback takes it back");

        // Nothing is found where NULL is compared.
        let none = session
            .update::<Employee>()
            .set(Employee::boss_id.set(all[0].id));
        let none = none.filter(Employee::boss_id.ne(all[0].id));
        assert_eq!(none.synchronized(how).unwrap(), 0);
        assert!(all.iter().all(|entity| entity.boss_id.is_none()));
    }
}

#[each_database]
fn q12_expressions_are_followed_too() {
    for how in FOLLOWING {
        let session = session();
        let (all, _) = staff(&session);
        let boss = session
            .update::<Employee>()
            .set(Employee::boss_id.set(Employee::id));
        assert_eq!(
            boss.filter(Employee::id.gt(all[2].id))
                .synchronized(how)
                .unwrap(),
            3
        );
        let more = session
            .update::<Employee>()
            .set(Employee::boss_id.set(Employee::boss_id - 1));
        assert_eq!(more.all_rows().synchronized(how).unwrap(), 6);
        for (entity, row) in all.iter().zip(fresh(&session)) {
            assert!(!Entity::is_expired(entity), "{how:?}");
            assert_eq!(**entity, row, "{how:?}");
        }
        // What only the database can compute expires those that it is about.
        let name = session
            .update::<Employee>()
            .set(Employee::name.set(func::upper(Employee::name)));
        let name = name.filter(Employee::id.eq(all[0].id));
        assert_eq!(name.synchronized(how).unwrap(), 1);
        assert!(
            Entity::is_expired(&all[0]) && !Entity::is_expired(&all[1]),
            "{how:?}"
        );
        session.refresh(&all[0]).unwrap();
        assert_eq!(all[0].name, "ED");
    }
}

/// A session on a table of courses whose titles know no case.
fn without_case() -> Session {
    let title = match current() {
        Backend::Sqlite => "title text collate nocase",
        Backend::Postgres => "title varchar(40) collate caseless",
        Backend::MariaDb | Backend::Mysql => "title varchar(40) collate utf8mb4_general_ci",
    };
    let engine = Engine::new(backend::url().as_str()).unwrap();
    let conn = engine.connect().unwrap();
    if current() == Backend::Postgres {
        let collation = "create collation caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false)";
        conn.execute(text_unchecked(collation)).unwrap();
    }
    let table = format!("create table courses (code varchar(20) primary key, {title})");
    conn.execute(text_unchecked(table)).unwrap();
    conn.commit().unwrap();
    Session::new(&engine)
}

#[each_database]
fn q12_texts_are_compared_by_the_database_whose_collation_decides() {
    // U-101, U-102: SQLAlchemy compares them in memory, and leaves objects as they were whose rows a collation found.
    let session = without_case();
    let add = |code: &str, title: &str| session.add(Course::insert().code(code).title(title));
    let rust = add("a", "Rust").entity().unwrap();
    let other = add("b", "Go").entity().unwrap();
    session.commit().unwrap();
    session.query::<Course>().all().unwrap();
    let update = |to: &str| {
        let update = session.update::<Course>().set(Course::title.set(to));
        update.filter(Course::title.eq("RUST"))
    };
    let error = update("x").synchronized(Synchronize::Evaluate).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.message().contains("Synchronize::Fetch"), "{error}");
    for (how, to) in [
        (Synchronize::Automatic, "rust"),
        (Synchronize::Fetch, "RuSt"),
    ] {
        assert_eq!(update(to).synchronized(how).unwrap(), 1, "{how:?}");
        assert_eq!((rust.title.as_str(), other.title.as_str()), (to, "Go"));
    }
    let delete = session
        .delete_from::<Course>()
        .filter(Course::title.in_(["rUST", "C"]));
    let error = delete.synchronized(Synchronize::Evaluate).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(delete.execute().unwrap(), 1);
    assert!(Entity::is_deleted(&rust) && !Entity::is_deleted(&other));
}

#[each_database]
fn q12_nothing_is_evaluated_for_what_is_out_of_date() {
    let session = session();
    let (all, [first, ..]) = staff(&session);
    session.expire(&all[3]).unwrap();
    let update = session
        .update::<Employee>()
        .set(Employee::boss_id.set(all[1].id));
    let update = update.filter(Employee::department_id.eq(first));
    let error = update.synchronized(Synchronize::Evaluate).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.message().contains("out of date"), "{error}");
    assert_eq!(update.execute().unwrap(), 2);
    assert_eq!(all[0].boss_id, Some(all[1].id));
    assert!(Entity::is_expired(&all[3]));
}

#[each_database]
fn q12_not_following_leaves_entities_as_they_are() {
    let session = session();
    let (all, [_, second, _]) = staff(&session);
    let before = all[0].department_id;
    let update = session
        .update::<Employee>()
        .set(Employee::department_id.set(second))
        .all_rows();
    assert_eq!(update.synchronized(Synchronize::Not).unwrap(), 6);
    assert_eq!(all[0].department_id, before);
    session.refresh(&all[0]).unwrap();
    assert_eq!(all[0].department_id, second);
    let delete = session
        .delete_from::<Employee>()
        .filter(Employee::id.eq(all[0].id));
    assert_eq!(delete.synchronized(Synchronize::Not).unwrap(), 1);
    assert!(!Entity::is_deleted(&all[0]));
    assert_eq!(
        session.refresh(&all[0]).unwrap_err().kind(),
        ErrorKind::StaleData
    );
}

#[each_database]
fn q12_deleted_entities_are_gone_and_come_back_with_a_rollback() {
    for how in FOLLOWING {
        let session = session();
        let (all, [first, _, third]) = staff(&session);
        let delete = session.delete_from::<Employee>();
        let delete =
            delete.filter(Employee::department_id.eq(first) | Employee::department_id.eq(third));
        assert_eq!(delete.synchronized(how).unwrap(), 4);
        let gone: Vec<bool> = all.iter().map(Entity::is_deleted).collect();
        assert_eq!(gone, [true, false, true, true, false, true], "{how:?}");
        assert!(session.get::<Employee>(all[0].id).unwrap().is_none());
        assert!(all[0].edit().is_err());
        session.rollback().unwrap();
        assert!(!all.iter().any(Entity::is_deleted));
        assert!(session.get::<Employee>(all[0].id).unwrap().unwrap() == all[0]);
        assert_eq!(all[0].name, "ed");
        session.query::<Employee>().all().unwrap();
        let delete = session
            .delete_from::<Employee>()
            .filter(Employee::id.eq(all[0].id));
        delete.synchronized(how).unwrap();
        session.commit().unwrap();
        assert!(
            Entity::is_deleted(&all[0]) && Entity::is_detached(&all[0]),
            "{how:?}"
        );
        assert_eq!(session.query::<Employee>().count().unwrap(), 5);
    }
}

#[each_database]
fn q12_what_waits_is_flushed_before_and_what_is_out_of_date_stays_so() {
    // T39.
    for how in [Synchronize::Automatic, Synchronize::Fetch] {
        let session = session();
        let (all, [first, second, _]) = staff(&session);
        all[1].edit().unwrap().department_id = first;
        session.expire(&all[0]).unwrap();
        let update = session
            .update::<Employee>()
            .set(Employee::boss_id.set(all[5].id));
        let update = update.filter(Employee::department_id.eq(first));
        assert_eq!(update.synchronized(how).unwrap(), 3, "the edit counts");
        assert!(Entity::is_expired(&all[0]), "{how:?}");
        assert_eq!(
            (all[1].department_id, all[1].boss_id),
            (first, Some(all[5].id))
        );
        assert_eq!(all[4].department_id, second);
        session.query::<Employee>().all().unwrap();
        for (entity, row) in all.iter().zip(fresh(&session)) {
            assert_eq!(**entity, row);
        }
    }
    let session = session();
    let (all, _) = staff(&session);
    let edit = all[0].edit().unwrap();
    let update = session
        .update::<Employee>()
        .set(Employee::boss_id.set(None))
        .all_rows();
    assert_eq!(
        update.execute().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    drop(edit);
    assert_eq!(update.execute().unwrap(), 6);
}

#[each_database]
fn q12_updates_that_join_are_followed_by_fetching() {
    let session = session();
    let (all, [first, ..]) = staff(&session);
    let update = || {
        let update = session.update::<Employee>().join(Employee::department);
        update
            .set(Employee::boss_id.set(all[4].id))
            .filter(Department::id.eq(first))
    };
    let error = update().synchronized(Synchronize::Evaluate).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.message().contains("a join"), "{error}");
    assert_eq!(update().execute().unwrap(), 2);
    for (entity, row) in all.iter().zip(fresh(&session)) {
        assert_eq!(**entity, row);
    }
    assert_eq!(all[0].boss_id, Some(all[4].id));
    let delete = session.delete_from::<Employee>().join(Employee::department);
    let deleted = delete.filter(Department::id.eq(first)).execute();
    if let Some(deleted) = backend::supported(deleted) {
        assert_eq!(deleted, 2);
        assert!(Entity::is_deleted(&all[0]) && Entity::is_deleted(&all[3]));
    } else {
        assert!(!Entity::is_deleted(&all[0]), "nothing was sent");
    }
}

#[each_database]
fn q12_what_the_database_computes_is_out_of_date_after_an_update() {
    let session = session();
    let [ed, al] = ["ed", "al"].map(|owner| account(&session, owner).entity().unwrap());
    let update = session
        .update::<Account>()
        .set(Account::balance.set(Account::balance + 1));
    assert_eq!(update.filter(Account::id.eq(ed.id)).execute().unwrap(), 1);
    assert!(Entity::is_expired(&ed) && !Entity::is_expired(&al));
    ed.edit().unwrap().balance += 1;
    session.flush().unwrap();
    assert_eq!((ed.balance, ed.doubled), (2, 4));
    // A key that changes is known once it is read.
    let course = session
        .add(Course::insert().code("a").title("x"))
        .entity()
        .unwrap();
    let update = session.update::<Course>().set(Course::code.set("b"));
    assert_eq!(update.all_rows().execute().unwrap(), 1);
    assert!(Entity::is_expired(&course));
    let read = session.query::<Course>().one().unwrap();
    assert_eq!(read.code, "b");
}

#[each_database]
fn q12_keys_that_the_database_keeps_as_texts_are_found() {
    let session = session();
    let tokens = ["a", "b", "c"].map(|text| session.add(Token::insert().text(text)));
    session.flush().unwrap();
    let [a, b, c] = tokens.map(|token| token.entity().unwrap());
    for how in [Synchronize::Automatic, Synchronize::Fetch] {
        let update = session.update::<Token>().set(Token::text.set("x"));
        let update = update.filter(Token::id.in_([a.id, b.id]));
        assert_eq!(update.synchronized(how).unwrap(), 2);
        assert_eq!(
            (a.text.as_str(), b.text.as_str(), c.text.as_str()),
            ("x", "x", "c")
        );
    }
    let delete = session.delete_from::<Token>().filter(Token::text.eq("x"));
    assert_eq!(delete.execute().unwrap(), 2);
    assert!(Entity::is_deleted(&a) && Entity::is_deleted(&b) && !Entity::is_deleted(&c));
    session.refresh(&c).unwrap();
    assert_eq!(c.text, "c");
}
