//! q14: locks on the rows that a query reads. What SQLite says to them is tested beside other things that it cannot do.

use std::{sync::mpsc, thread, time::Duration};

use aludel::{Connection, Engine, ErrorKind, Result, prelude::*};
use aludel_testing::{
    each_database,
    models::{Author, catalog},
};

use super::press::fill;
use crate::backend::{self, Backend, assert_unsupported, current};

fn press() -> Engine {
    let engine = backend::engine(catalog());
    let conn = engine.connect().unwrap();
    fill(&conn);
    conn.commit().unwrap();
    engine
}

/// The authors that the lock gives, by their ids.
fn locked(conn: &Connection, lock: Lock) -> Result<Vec<i64>> {
    let authors = conn.query::<Author>().order_by(Author::id).lock(lock);
    authors.select(Author::id).all()
}

/// One author, with a lock on her row.
fn one(conn: &Connection, id: i64, lock: Lock) -> Result<Author> {
    let author = conn.query::<Author>().filter(Author::id.eq(id));
    author.lock(lock).one()
}

fn assert_is_locked<T>(result: Result<T>) {
    let error = result.err().expect("somebody else has locked it");
    assert_eq!(error.kind(), ErrorKind::LockTimeout, "{error:?}");
}

#[each_database]
fn q14_rows_that_are_locked_for_update_are_left_to_who_locked_them() {
    let engine = press();
    let (first, second) = (engine.connect().unwrap(), engine.connect().unwrap());
    let mine = one(&first, 1, Lock::for_update());
    if current() == Backend::Sqlite {
        assert_unsupported(mine);
        assert_unsupported(locked(&first, Lock::for_update().skip_locked()));
        assert_unsupported(one(&first, 1, Lock::for_update().nowait()));
        return;
    }
    assert_eq!(mine.unwrap().name, "ann");
    assert_is_locked(one(&second, 1, Lock::for_update().nowait()));
    second.rollback().unwrap();
    assert_eq!(
        one(&second, 2, Lock::for_update().nowait()).unwrap().name,
        "bob"
    );
    second.rollback().unwrap();
    let free = locked(&second, Lock::for_update().skip_locked()).unwrap();
    assert_eq!(free, [2, 3, 4]);
    assert_eq!(
        second.query::<Author>().count().unwrap(),
        4,
        "reading needs no lock"
    );
    second.rollback().unwrap();
    first.commit().unwrap();
    let all = locked(&second, Lock::for_update().nowait()).unwrap();
    assert_eq!(all, [1, 2, 3, 4]);
}

#[each_database]
fn q14_rows_that_are_locked_for_share_are_shared_but_not_changed() {
    let engine = press();
    let (first, second) = (engine.connect().unwrap(), engine.connect().unwrap());
    let mine = one(&first, 1, Lock::for_share());
    match current() {
        Backend::Sqlite => return assert_unsupported(mine),
        // MariaDB, which stands for it, spells it otherwise.
        Backend::Mysql => return assert!(mine.unwrap_err().is_programming()),
        Backend::Postgres | Backend::MariaDb => assert_eq!(mine.unwrap().name, "ann"),
    }
    assert_eq!(one(&second, 1, Lock::for_share().nowait()).unwrap().id, 1);
    second.rollback().unwrap();
    let shared = locked(&second, Lock::for_share().skip_locked()).unwrap();
    assert_eq!(shared, [1, 2, 3, 4]);
    second.rollback().unwrap();
    assert_is_locked(one(&second, 1, Lock::for_update().nowait()));
    second.rollback().unwrap();
    let free = locked(&second, Lock::for_update().skip_locked()).unwrap();
    assert_eq!(free, [2, 3, 4]);
}

#[each_database]
fn q14_who_wants_a_locked_row_waits_and_reads_what_it_became() {
    let engine = press();
    let first = engine.connect().unwrap();
    let mine = one(&first, 1, Lock::for_update());
    if current() == Backend::Sqlite {
        return assert_unsupported(mine);
    }
    assert_eq!(mine.unwrap().age, 40);
    let second = engine.connect().unwrap();
    let (sender, receiver) = mpsc::channel();
    let waiting = thread::spawn(move || {
        let age = one(&second, 1, Lock::for_update()).unwrap().age;
        sender.send(age).unwrap();
    });
    let early = receiver.recv_timeout(Duration::from_millis(300));
    assert!(early.is_err(), "it did not wait: {early:?}");
    let update = first.update::<Author>().set(Author::age.set(41));
    update.filter(Author::id.eq(1)).execute().unwrap();
    first.commit().unwrap();
    assert_eq!(receiver.recv_timeout(Duration::from_secs(8)), Ok(41));
    waiting.join().unwrap();
}
