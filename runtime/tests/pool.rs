//! Pools, seen from outside.

use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use aludel::{Engine, Error};

#[test]
fn an_exhausted_pool_is_a_timeout_that_names_its_limits() {
    let engine = Engine::builder("sqlite://")
        .pool_size(1)
        .max_overflow(1)
        .pool_timeout(Duration::from_millis(20))
        .build()
        .unwrap();
    let _held = (engine.connect().unwrap(), engine.connect().unwrap());
    let before = Instant::now();
    let error = engine.connect().map(drop).unwrap_err();
    assert!(before.elapsed() >= Duration::from_millis(20));
    assert!(error.is_timeout(), "{error:?}");
    insta::assert_snapshot!(
        error,
        @"no connection came free within 20ms: as many as may be open are in use (pool_size 1, max_overflow 1); `track_checkouts` tells who has them"
    );
}

#[test]
fn somebody_who_waits_gets_the_connection_that_comes_back() {
    let engine = Engine::builder("sqlite://")
        .pool_size(1)
        .max_overflow(0)
        .build()
        .unwrap();
    let held = engine.connect().unwrap();
    let (sender, receiver) = mpsc::channel();
    let waiter = thread::spawn({
        let engine = engine.clone();
        move || {
            sender.send(()).unwrap();
            engine.connect().map(drop)
        }
    });
    receiver.recv().unwrap();
    thread::sleep(Duration::from_millis(20));
    assert!(!waiter.is_finished());
    held.close().unwrap();
    waiter.join().unwrap().unwrap();
}

#[test]
fn a_panic_in_a_transaction_does_not_spoil_the_pool() {
    let engine = Engine::builder("sqlite://")
        .pool_size(1)
        .max_overflow(0)
        .pool_timeout(Duration::ZERO)
        .build()
        .unwrap();
    for _ in 0..3 {
        let panicking = engine.clone();
        let result = thread::spawn(move || {
            panicking.transact(|_| -> Result<(), Error> { panic!("user code") })
        });
        assert!(result.join().is_err());
    }
    let connection = engine.connect().unwrap();
    assert!(!connection.in_transaction());
}

#[test]
fn no_limit_is_no_limit() {
    for builder in [
        Engine::builder("sqlite://").pool_size(0),
        Engine::builder("sqlite://").pool_size(1).max_overflow(-1),
    ] {
        let engine = builder.pool_timeout(Duration::ZERO).build().unwrap();
        let held: Vec<_> = (0..40).map(|_| engine.connect().unwrap()).collect();
        assert_eq!(held.len(), 40);
    }
}

#[test]
fn an_engine_can_be_used_after_it_was_disposed_of() {
    let engine = Engine::builder("sqlite://")
        .pool_size(1)
        .max_overflow(0)
        .pool_timeout(Duration::ZERO)
        .build()
        .unwrap();
    let held = engine.connect().unwrap();
    engine.dispose();
    drop(held);
    engine.connect().unwrap();
    engine.dispose();
    engine.connect().unwrap();
}
