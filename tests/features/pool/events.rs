//! e11: pre-ping, reset on return, invalidation, and what is told.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use aludel::{Error, ErrorKind, ResetOnReturn, text};
use aludel_testing::each_database;

use super::{Told, builder, said, said_nothing, say, words};

#[each_database]
fn e11_what_happens_to_a_connection_is_told_in_its_order() {
    let told = Told::default();
    let engine = told.by(builder().pool_size(1).max_overflow(1));
    assert!(told.since().is_empty(), "nothing is opened yet");
    let one = engine.connect().unwrap();
    assert_eq!(told.since(), ["first_connect 1", "connect 1", "checkout 1"]);
    let two = engine.connect().unwrap();
    assert_eq!(told.since(), ["connect 2", "checkout 2"]);
    drop(one);
    assert_eq!(told.since(), ["reset 1", "checkin 1"]);
    drop(two);
    assert_eq!(told.since(), ["reset 2", "checkin 2", "close 2"], "surplus");
    engine.connect().unwrap().invalidate();
    let invalidated = ["checkout 1", "invalidate 1", "close 1", "checkin 1 closed"];
    assert_eq!(told.since(), invalidated);
    let soft = engine.connect().unwrap();
    told.since();
    soft.invalidate_soft().unwrap();
    assert_eq!(told.since(), ["soft_invalidate 3"]);
    assert_eq!(said_nothing(&soft), 1, "it can be used");
    drop(soft);
    assert_eq!(told.since(), ["reset 3", "checkin 3", "close 3"]);
    let held = engine.connect().unwrap();
    drop(engine.connect().unwrap());
    told.since();
    engine.dispose();
    assert_eq!(told.since(), ["close 5"]);
    assert_eq!(
        said_nothing(&held),
        1,
        "what is out is not closed under its user"
    );
    drop(held);
    assert_eq!(told.since(), ["reset 4", "checkin 4", "close 4"]);
    drop(engine.connect().unwrap());
    told.since();
    drop(engine);
    assert_eq!(told.since(), ["close 6"]);
}

#[each_database]
fn e11_what_is_open_is_rolled_back_or_committed_or_left_when_a_connection_comes_back() {
    for (reset, kept) in [
        (ResetOnReturn::Rollback, false),
        (ResetOnReturn::Commit, true),
        (ResetOnReturn::None, true),
    ] {
        let engine = builder()
            .pool_size(1)
            .max_overflow(0)
            .pool_reset_on_return(reset)
            .build()
            .unwrap();
        words(&engine);
        say(&engine.connect().unwrap(), "left").unwrap();
        let next = engine.connect().unwrap();
        assert_eq!(
            next.in_transaction(),
            reset == ResetOnReturn::None,
            "{reset:?}"
        );
        // Whoever gets an open transaction ends it.
        next.commit().unwrap();
        drop(next);
        assert_eq!(!said(&engine).is_empty(), kept, "{reset:?}");
        assert_eq!(engine.pool_status().open(), 1, "{reset:?}");
    }
}

#[each_database]
fn e11_a_panic_is_rolled_back_where_others_are_committed() {
    let engine = builder()
        .pool_reset_on_return(ResetOnReturn::Commit)
        .build()
        .unwrap();
    words(&engine);
    let panics = || {
        let connection = engine.connect().unwrap();
        say(&connection, "half").unwrap();
        panic!("half way");
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics)).unwrap_err();
    assert!(said(&engine).is_empty());
}

#[each_database]
fn e11_a_connection_is_asked_for_a_sign_of_life_and_stays_the_same() {
    let told = Told::default();
    let engine = told.by(builder().pool_pre_ping(true));
    for _ in 0..3 {
        let connection = engine.connect().unwrap();
        assert!(!connection.in_transaction());
        assert_eq!(said_nothing(&connection), 1);
    }
    assert_eq!(told.only("connect"), ["connect 1"]);
}

#[each_database]
fn e11_a_closure_that_says_no_closes_the_connection_and_frees_its_place() {
    let calls = Arc::new(AtomicUsize::new(0));
    for at_connect in [true, false] {
        let counted = Arc::clone(&calls);
        counted.store(0, Ordering::SeqCst);
        let first_only = move || match counted.fetch_add(1, Ordering::SeqCst) {
            0 => Err(Error::rejected("not this one")),
            _ => Ok(()),
        };
        let told = Told::default();
        let engine = told.by(builder().pool_size(1).max_overflow(0).pool_events(|on| {
            if at_connect {
                on.connect(move |_| first_only());
            } else {
                on.checkout(move |_| first_only());
            }
        }));
        let error = engine.connect().map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Rejected, "{error:?}");
        assert_eq!(engine.pool_status().open(), 0);
        assert_eq!(said_nothing(&engine.connect().unwrap()), 1);
        assert_eq!(told.only("close"), ["close 1"]);
    }
}

#[each_database]
fn e11_a_reset_that_fails_or_panics_costs_the_connection_and_nothing_else() {
    for panics in [false, true] {
        let told = Told::default();
        let engine = told.by(builder().pool_size(1).max_overflow(0).pool_events(|on| {
            on.reset(move |member| match member.number() {
                1 if panics => panic!("a closure panics"),
                1 => member.execute(text("there is no such statement")),
                _ => Ok(()),
            });
            on.checkin(|_| panic!("a closure panics"));
        }));
        drop(engine.connect().unwrap());
        assert_eq!(told.only("close"), ["close 1"]);
        drop(engine.connect().unwrap());
        assert_eq!(engine.pool_status().idle(), 1);
    }
}

#[each_database]
fn e11_settings_that_are_made_when_a_connection_is_opened_hold_for_all_transactions() {
    let engine = builder()
        .pool_events(|on| {
            on.connect(|member| {
                let refused = member.execute(text("SELECT :a").bind("a", 1)).unwrap_err();
                assert_eq!(refused.kind(), ErrorKind::InvalidRequest);
                member.execute(text("CREATE TEMPORARY TABLE mine (id integer)"))
            });
        })
        .build()
        .unwrap();
    for _ in 0..2 {
        let connection = engine.connect().unwrap();
        let rows = connection.execute(text("SELECT id FROM mine")).unwrap();
        assert!(rows.all().is_empty());
        connection.rollback().unwrap();
    }
}

#[each_database]
fn e11_a_detached_connection_is_its_users_alone_and_its_place_is_free_at_once() {
    let told = Told::default();
    let engine = told.by(builder().pool_size(1).max_overflow(0).track_checkouts(true));
    words(&engine);
    let own = engine.connect().unwrap();
    say(&own, "own").unwrap();
    for _ in 0..2 {
        own.detach().unwrap();
        let status = engine.pool_status();
        assert_eq!((status.open(), status.checkouts().len()), (0, 0));
    }
    own.commit().unwrap();
    let other = engine.connect().unwrap();
    assert_eq!(said_nothing(&other), 1);
    assert_eq!(engine.pool_status().open(), 1);
    engine.dispose();
    assert_eq!(said_nothing(&own), 1, "it is not the engine's any more");
    say(&own, "lost").unwrap();
    told.since();
    drop(own);
    assert_eq!(told.since(), ["close 1"]);
    assert_eq!(engine.pool_status().open(), 1);
    drop(other);
    assert_eq!(said(&engine), ["own"]);

    // However it ends, its place is given back once.
    let lost = engine.connect().unwrap();
    lost.detach().unwrap();
    lost.invalidate_soft().unwrap();
    lost.invalidate();
    let failed = engine.connect().unwrap();
    failed.detach().unwrap();
    failed
        .transact(|_| Err::<(), _>(Error::rejected("no")))
        .unwrap_err();
    failed.close().unwrap();
    assert_eq!(engine.pool_status().open(), 0);
    let _held = engine.connect().unwrap();
    assert_eq!(engine.pool_status().open(), 1);
}

#[each_database]
fn e11_a_connection_is_not_detached_while_rows_are_read_from_it() {
    let engine = builder().build().unwrap();
    let connection = engine.connect().unwrap();
    let rows = connection
        .stream(text("SELECT 1 UNION ALL SELECT 2"))
        .unwrap();
    let error = connection.detach().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy, "{error:?}");
    drop(rows);
    connection.detach().unwrap();
}
