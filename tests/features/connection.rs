//! c: connections and their transactions.

use aludel_testing::each_database;
use std::panic::{AssertUnwindSafe, catch_unwind};

use aludel::{Engine, Error, ErrorKind, prelude::Expression};
use aludel_tour::{Girl, catalog};

fn engine() -> Engine {
    let engine = Engine::new("sqlite://").unwrap();
    catalog().create_all(&engine).unwrap();
    engine
}

fn girls(engine: &Engine) -> Vec<String> {
    let conn = engine.connect().unwrap();
    let names = conn.query::<Girl>().select(Girl::name).order_by(Girl::id);
    names.all().unwrap()
}

#[each_database]
fn c01_the_first_statement_begins_a_transaction() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    assert!(!conn.in_transaction());
    conn.commit().unwrap();
    conn.rollback().unwrap();
    assert!(!conn.in_transaction());
    conn.query::<Girl>().count().unwrap();
    assert!(conn.in_transaction());
    conn.commit().unwrap();
    assert!(!conn.in_transaction());
}

#[each_database]
fn c01_commit_keeps_and_rollback_takes_back() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    conn.insert(Girl::insert().name("ann")).unwrap();
    conn.commit().unwrap();
    conn.insert(Girl::insert().name("eva")).unwrap();
    assert_eq!(conn.query::<Girl>().count().unwrap(), 2);
    conn.rollback().unwrap();
    assert_eq!(conn.query::<Girl>().count().unwrap(), 1);
    conn.commit().unwrap();
    assert_eq!(girls(&engine), ["ann"]);
}

#[each_database]
fn c01_closing_or_dropping_a_connection_rolls_back() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    conn.insert(Girl::insert().name("ann")).unwrap();
    conn.close().unwrap();
    assert!(girls(&engine).is_empty());
    let conn = engine.connect().unwrap();
    conn.insert(Girl::insert().name("eva")).unwrap();
    drop(conn);
    assert!(girls(&engine).is_empty());
}

#[each_database]
fn c01_a_failed_statement_leaves_the_transaction_as_it_was() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    conn.insert(Girl::insert().name("ann")).unwrap();
    let twice = conn.insert(Girl::insert().name("ann")).unwrap_err();
    assert!(twice.is_unique_violation());
    conn.insert(Girl::insert().name("eva")).unwrap();
    conn.commit().unwrap();
    drop(conn);
    assert_eq!(girls(&engine), ["ann", "eva"]);
}

#[each_database]
fn c01_transact_commits_what_succeeds_and_nothing_else() {
    let engine = engine();
    let ann = engine.transact(|conn| conn.insert(Girl::insert().name("ann")));
    assert_eq!(ann.unwrap().id, 1);
    let failed: Result<(), Error> = engine.transact(|conn| {
        conn.insert(Girl::insert().name("eva"))?;
        conn.insert(Girl::insert().name("ann")).map(drop)
    });
    assert!(failed.unwrap_err().is_unique_violation());
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        engine.transact(|conn| -> Result<(), Error> {
            conn.insert(Girl::insert().name("ida"))?;
            panic!("in the middle");
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(girls(&engine), ["ann"]);
}

#[each_database]
fn c01_transact_within_transact_is_a_savepoint() {
    let engine = engine();
    let outcome: Result<ErrorKind, Error> = engine.transact(|conn| {
        conn.insert(Girl::insert().name("ann"))?;
        let inner = conn.transact(|conn| {
            conn.insert(Girl::insert().name("eva"))?;
            conn.insert(Girl::insert().name("ann"))
        });
        let ended = conn.commit().unwrap_err();
        assert_eq!(ended.kind(), ErrorKind::InvalidRequest);
        conn.transact(|conn| conn.insert(Girl::insert().name("ida")))?;
        Ok(inner.unwrap_err().kind())
    });
    assert_eq!(outcome.unwrap(), ErrorKind::UniqueViolation);
    assert_eq!(girls(&engine), ["ann", "ida"]);
}

#[each_database]
fn c01_the_error_of_transact_is_the_callers_own() {
    #[derive(Debug)]
    enum Mine {
        Database(ErrorKind),
        Refused,
    }
    impl From<Error> for Mine {
        fn from(error: Error) -> Self {
            Mine::Database(error.kind())
        }
    }
    let engine = engine();
    let refused = engine.transact(|conn| {
        conn.insert(Girl::insert().name("ann"))?;
        Err::<(), Mine>(Mine::Refused)
    });
    assert!(matches!(refused, Err(Mine::Refused)));
    let failed = engine.transact(|conn| -> Result<Girl, Mine> {
        let girl = conn.query::<Girl>().filter(Girl::name.eq("ann")).one()?;
        Ok(girl)
    });
    assert!(matches!(failed, Err(Mine::Database(ErrorKind::NoResult))));
}

#[each_database]
fn c01_a_connection_moves_to_another_thread() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    conn.insert(Girl::insert().name("ann")).unwrap();
    let moved = std::thread::spawn(move || conn.commit());
    moved.join().unwrap().unwrap();
    assert_eq!(girls(&engine), ["ann"]);
}
