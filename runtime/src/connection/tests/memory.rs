//! Databases in memory: one for each engine, shared by its connections.

use std::thread;

use super::{insert, memory, numbers, seen};
use crate::Engine;

#[test]
fn all_connections_of_an_engine_share_its_database_in_all_threads() {
    let engine = memory();
    let held = engine.connect().unwrap();
    insert(&held, 0).unwrap();
    held.commit().unwrap();
    let workers: Vec<_> = (1..=4)
        .map(|number| {
            let engine = engine.clone();
            thread::spawn(move || {
                for round in 0..25 {
                    engine
                        .transact(|connection| insert(connection, number * 100 + round))
                        .unwrap();
                }
            })
        })
        .collect();
    for worker in workers {
        worker.join().unwrap();
    }
    assert_eq!(numbers(&held).unwrap().len(), 101);
}

#[test]
fn two_engines_never_share() {
    let (one, other) = (memory(), memory());
    one.transact(|connection| insert(connection, 1)).unwrap();
    assert_eq!(seen(&one), [1]);
    assert_eq!(seen(&other), [0; 0]);
}

#[test]
fn every_way_to_ask_for_memory_gives_it() {
    for url in [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///shop.db?mode=memory",
    ] {
        let engine = Engine::new(url).unwrap();
        super::create(&engine);
        engine.transact(|connection| insert(connection, 1)).unwrap();
        assert_eq!(seen(&engine), [1], "{url}");
    }
    assert!(!std::path::Path::new("shop.db").exists());
}

#[test]
fn the_database_outlives_its_connections_but_not_its_engine() {
    let engine = memory();
    engine.transact(|connection| insert(connection, 1)).unwrap();
    engine.dispose();
    assert_eq!(seen(&engine), [1]);
}

#[test]
fn a_commit_is_seen_by_others_and_a_rollback_is_not() {
    let engine = memory();
    let (one, other) = (engine.connect().unwrap(), engine.connect().unwrap());
    insert(&one, 1).unwrap();
    one.commit().unwrap();
    assert_eq!(numbers(&other).unwrap(), [1]);
    other.rollback().unwrap();
    insert(&one, 2).unwrap();
    one.rollback().unwrap();
    assert_eq!(numbers(&other).unwrap(), [1]);
    other.rollback().unwrap();
    insert(&other, 3).unwrap();
    other.commit().unwrap();
    assert_eq!(numbers(&one).unwrap(), [1, 3]);
}

#[test]
fn while_a_transaction_writes_others_wait_and_then_read() {
    let engine = memory();
    let writing = engine.connect().unwrap();
    insert(&writing, 1).unwrap();
    let reader = thread::spawn({
        let engine = engine.clone();
        move || seen(&engine)
    });
    thread::sleep(std::time::Duration::from_millis(50));
    assert!(!reader.is_finished());
    writing.commit().unwrap();
    assert_eq!(reader.join().unwrap(), [1]);
}
