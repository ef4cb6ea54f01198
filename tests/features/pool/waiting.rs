//! e10: a pool that is full.

use std::{
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use aludel::{Session, text};
use aludel_testing::each_database;
use aludel_tour::{Girl, catalog};

use super::builder;

#[each_database]
fn e10_whoever_came_first_is_served_first() {
    let engine = builder().pool_size(1).max_overflow(0).build().unwrap();
    let served = Mutex::new(Vec::new());
    let held = engine.connect().unwrap();
    thread::scope(|scope| {
        for number in 0..6 {
            let (engine, served) = (&engine, &served);
            scope.spawn(move || {
                let connection = engine.connect().unwrap();
                served.lock().unwrap().push(number);
                drop(connection);
            });
            while engine.pool_status().waiting() <= number {
                thread::yield_now();
            }
        }
        drop(held);
    });
    assert_eq!(served.into_inner().unwrap(), [0, 1, 2, 3, 4, 5]);
    assert_eq!(engine.pool_status().open(), 1);
}

#[each_database]
fn e10_a_full_pool_says_who_has_the_connections_when_asked() {
    let engine = builder()
        .pool_size(2)
        .max_overflow(0)
        .pool_timeout(Duration::from_millis(50))
        .track_checkouts(true)
        .build()
        .unwrap();
    catalog().create(&engine, &["girl"]).unwrap();
    let (held, line) = (engine.connect().unwrap(), line!());
    let question = text("SELECT :secret").bind("secret", "4711");
    held.execute(question).unwrap();
    let session = Session::new(&engine);
    session.query::<Girl>().count().unwrap();
    let begin = Instant::now();
    let error = engine.connect().map(drop).unwrap_err();
    assert!(begin.elapsed() >= Duration::from_millis(50));
    let message = error.message();
    let place = format!("taken at {}:{line}:", file!());
    for part in [
        "within 50ms",
        "(pool_size 2, max_overflow 0)",
        place.as_str(),
        "its last statement: SELECT ",
        "taken by a session",
        "its last statement: SELECT COUNT(",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
    assert!(!message.contains("4711"), "values are not shown: {message}");
    let status = engine.pool_status();
    let first = &status.checkouts()[0];
    assert_eq!(first.location().unwrap().line(), line);
    assert_eq!(first.thread(), thread::current().name().unwrap());
    assert!(first.age() >= Duration::from_millis(50));
    drop((held, session));
    assert!(engine.pool_status().checkouts().is_empty());

    let silent = builder()
        .pool_size(1)
        .max_overflow(0)
        .pool_timeout(Duration::ZERO);
    let silent = silent.build().unwrap();
    let _held = silent.connect().unwrap();
    let error = silent.connect().map(drop).unwrap_err();
    assert!(!error.message().contains(file!()), "{error}");
    assert!(error.message().contains("`track_checkouts`"), "{error}");
}
