//! e08: sizes, times and orders.

use std::{thread, time::Duration};

use aludel::{Engine, EngineBuilder, ErrorKind, PoolClass, ResetOnReturn};
use aludel_testing::each_database;

use super::{Told, builder};
use crate::backend::{self, Backend};

#[each_database]
fn e08_as_many_are_open_as_size_and_overflow_say_and_as_many_stay_as_the_size() {
    let engine = builder()
        .pool_size(2)
        .max_overflow(1)
        .pool_timeout(Duration::ZERO)
        .build()
        .unwrap();
    let held: Vec<_> = (0..3).map(|_| engine.connect().unwrap()).collect();
    assert!(engine.connect().is_err_and(|error| error.is_timeout()));
    let status = engine.pool_status();
    assert_eq!((status.open(), status.idle(), status.in_use()), (3, 0, 3));
    assert_eq!(
        status.to_string(),
        "Pool size: 2  Connections in pool: 0 Current Overflow: 1 Current Checked out connections: 3"
    );
    drop(held);
    let status = engine.pool_status();
    assert_eq!((status.open(), status.idle(), status.in_use()), (2, 2, 0));
    assert_eq!(
        status.to_string(),
        "Pool size: 2  Connections in pool: 2 Current Overflow: 0 Current Checked out connections: 0"
    );
}

#[each_database]
fn e08_connections_take_turns_and_with_lifo_the_last_goes_out_first() {
    for (lifo, order) in [
        (false, ["checkout 1", "checkout 2", "checkout 3"]),
        (true, ["checkout 3", "checkout 3", "checkout 3"]),
    ] {
        let told = Told::default();
        let engine = told.by(builder().pool_use_lifo(lifo));
        let held = [(); 3].map(|()| engine.connect().unwrap());
        held.into_iter().for_each(drop);
        told.since();
        for _ in 0..3 {
            engine.connect().unwrap();
        }
        assert_eq!(told.only("checkout"), order);
    }
}

#[each_database]
fn e08_a_connection_that_is_too_old_is_replaced_when_it_is_asked_for() {
    let told = Told::default();
    let engine = told.by(builder().pool_recycle(Duration::from_millis(500)));
    let held = engine.connect().unwrap();
    thread::sleep(Duration::from_millis(600));
    assert_eq!(super::said_nothing(&held), 1, "what is out stays");
    drop(held);
    told.since();
    engine.connect().unwrap();
    let expected = ["close 1", "connect 2", "checkout 2", "reset 2", "checkin 2"];
    assert_eq!(told.since(), expected);
    engine.connect().unwrap();
    assert_eq!(told.only("checkout"), ["checkout 2"]);
    assert_eq!(engine.pool_status().open(), 1);

    let for_ever = told.by(builder().pool_recycle(None));
    for _ in 0..3 {
        for_ever.connect().unwrap();
    }
    assert_eq!(told.only("connect"), ["connect 1"]);
}

/// The URL of the database with options more.
fn url_with(options: &str) -> String {
    let url = backend::url();
    let sign = if url.contains('?') { '&' } else { '?' };
    format!("{url}{sign}{options}")
}

#[each_database]
fn e08_options_can_stand_in_the_url_and_those_of_the_builder_go_before() {
    let url = url_with("pool_size=1&max_overflow=0&pool_timeout=0.02&track_checkouts=yes");
    let engine = Engine::new(url.as_str()).unwrap();
    let held = engine.connect().unwrap();
    let error = engine.connect().map(drop).unwrap_err();
    assert!(error.message().contains("within 20ms"), "{error}");
    assert!(
        error.message().contains("(pool_size 1, max_overflow 0)"),
        "{error}"
    );
    assert!(error.message().contains(file!()), "{error}");
    drop(held);
    assert!(engine.url().query_value("pool_size").is_some());

    let engine = Engine::builder(url.as_str()).pool_size(2).build().unwrap();
    let _held = [(); 2].map(|()| engine.connect().unwrap());
    assert!(engine.connect().is_err());

    let engine =
        Engine::new(url_with("poolclass=NullPool&pool_pre_ping=true&pool_recycle=-1").as_str());
    assert_eq!(engine.unwrap().pool_status().class(), PoolClass::Null);
}

#[each_database]
fn e08_an_option_that_is_wrong_or_means_nothing_is_an_error_that_names_it_and_the_database() {
    let database = match backend::current() {
        Backend::Sqlite => "SQLite",
        Backend::Postgres => "PostgreSQL",
        Backend::MariaDb | Backend::Mysql => "M",
    };
    let in_url = |options: &str| Engine::builder(url_with(options).as_str());
    let of = |class: PoolClass| builder().pool(class);
    let second = Duration::from_secs(1);
    let wrong: Vec<(&str, EngineBuilder)> = vec![
        ("`max_overflow`", builder().max_overflow(-2)),
        (
            "`pool_size` means nothing in a pool of the class `null`",
            of(PoolClass::Null).pool_size(5),
        ),
        (
            "`pool_timeout` means nothing",
            of(PoolClass::Null).pool_timeout(second),
        ),
        (
            "`max_overflow` means nothing",
            of(PoolClass::Static).max_overflow(1),
        ),
        (
            "`pool_use_lifo` means nothing",
            of(PoolClass::PerThread).pool_use_lifo(true),
        ),
        (
            "`pool_timeout` means nothing",
            of(PoolClass::Assertion).pool_timeout(second),
        ),
        ("`pool_size` is", in_url("pool_size=-1")),
        ("`max_overflow` is", in_url("max_overflow=ten")),
        ("`pool_timeout` is", in_url("pool_timeout=-3")),
        ("`pool_recycle` is", in_url("pool_recycle=never")),
        ("`pool_use_lifo` is", in_url("pool_use_lifo=2")),
        ("`pool_pre_ping` is", in_url("pool_pre_ping=perhaps")),
        ("`track_checkouts` is", in_url("track_checkouts=")),
        (
            "`pool_reset_on_return` is",
            in_url("pool_reset_on_return=foo"),
        ),
        ("`poolclass` is", in_url("poolclass=QueuedPool")),
        (
            "`pool_size` is given twice",
            in_url("pool_size=1&pool_size=2"),
        ),
        (
            "`pool_size` means nothing",
            in_url("pool_size=1&poolclass=static"),
        ),
        // The driver's word on what is not the pool's.
        ("`pool_sized`", in_url("pool_sized=1")),
    ];
    for (expected, builder) in wrong {
        let error = builder.build().unwrap_err();
        assert_eq!(
            error.kind(),
            ErrorKind::Configuration,
            "{expected}: {error:?}"
        );
        assert!(error.message().contains(expected), "{expected}: {error}");
        assert!(error.message().contains(database), "{expected}: {error}");
    }
    let fine = builder()
        .pool(PoolClass::Null)
        .pool_pre_ping(true)
        .pool_reset_on_return(ResetOnReturn::None)
        .pool_recycle(second);
    fine.build().unwrap();
}
