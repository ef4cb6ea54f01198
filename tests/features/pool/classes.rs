//! e09: classes of pools.

use std::{sync::mpsc, thread, time::Duration};

use aludel::{ErrorKind, PoolClass};
use aludel_testing::each_database;

use super::{Told, builder, said, said_nothing, say, words};

#[each_database]
fn e09_a_null_pool_opens_each_connection_and_closes_it_when_it_comes_back() {
    let told = Told::default();
    let engine = told.by(builder().pool(PoolClass::Null));
    words(&engine);
    engine
        .transact(|connection| say(connection, "kept"))
        .unwrap();
    assert_eq!(said(&engine), ["kept"], "also in memory");
    assert_eq!(told.only("close"), ["close 1", "close 2", "close 3"]);
    let held: Vec<_> = (0..8).map(|_| engine.connect().unwrap()).collect();
    assert_eq!(engine.pool_status().in_use(), 8);
    drop(held);
    assert_eq!(engine.pool_status().open(), 0);
    assert_eq!(engine.pool_status().to_string(), "NullPool");
}

#[each_database]
fn e09_a_static_pool_has_one_connection_for_which_all_wait() {
    let told = Told::default();
    let engine = told.by(builder()
        .pool(PoolClass::Static)
        .pool_timeout(Duration::from_secs(20)));
    let held = engine.connect().unwrap();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| said_nothing(&engine.connect().unwrap()));
        while engine.pool_status().waiting() == 0 {
            thread::yield_now();
        }
        drop(held);
        assert_eq!(waiting.join().unwrap(), 1);
    });
    assert_eq!(told.only("connect"), ["connect 1"]);
    assert_eq!(engine.pool_status().to_string(), "StaticPool");

    let hasty = builder()
        .pool(PoolClass::Static)
        .pool_timeout(Duration::ZERO);
    let hasty = hasty.build().unwrap();
    let _held = hasty.connect().unwrap();
    let error = hasty.connect().map(drop).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.message().contains("the only connection"), "{error}");
}

#[each_database]
fn e09_with_a_connection_per_thread_each_gets_its_own_again_and_one_at_a_time() {
    let told = Told::default();
    let engine = told.by(builder().pool(PoolClass::PerThread).pool_size(2));
    let (go_on, wait) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let engine = &engine;
        let other = scope.spawn(move || {
            drop(engine.connect().unwrap());
            wait.recv().unwrap();
            drop(engine.connect().unwrap());
        });
        while engine.pool_status().idle() == 0 {
            thread::yield_now();
        }
        let held = engine.connect().unwrap();
        let error = engine.connect().map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error:?}");
        assert!(
            error.message().contains("this thread's connection"),
            "{error}"
        );
        drop(held);
        go_on.send(()).unwrap();
        other.join().unwrap();
    });
    drop(engine.connect().unwrap());
    let order = ["checkout 1", "checkout 2", "checkout 1", "checkout 2"];
    assert_eq!(told.only("checkout"), order);
    // Those of threads that have ended make place in the end.
    for _ in 0..3 {
        thread::scope(|scope| {
            scope.spawn(|| drop(engine.connect().unwrap()));
        });
    }
    assert_eq!(told.only("close"), ["close 1", "close 2", "close 3"]);
    assert_eq!(engine.pool_status().open(), 2);
}

#[each_database]
fn e09_an_assertion_pool_refuses_a_second_connection_and_says_where_the_first_was_taken() {
    let engine = builder().pool(PoolClass::Assertion).build().unwrap();
    let (held, line) = (engine.connect().unwrap(), line!());
    let error = engine.connect().map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error:?}");
    let place = format!("taken at {}:{line}:", file!());
    assert!(error.message().contains(&place), "{error}");
    drop(held);
    for _ in 0..3 {
        assert_eq!(said_nothing(&engine.connect().unwrap()), 1);
    }
    assert_eq!(engine.pool_status().open(), 1);
}
