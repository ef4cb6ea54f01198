//! e: engines, their URLs and their pools.

use std::time::{Duration, Instant};

use aludel::{Dialect, Engine, ErrorKind, Url};
use aludel_tour::{Girl, catalog};

fn file(folder: &tempfile::TempDir, name: &str) -> String {
    format!("sqlite:///{}", folder.path().join(name).display())
}

#[test]
fn e01_an_engine_opens_no_connection_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::new(file(&folder, "shop.db")).unwrap();
    assert!(!folder.path().join("shop.db").exists());
    drop(engine.connect().unwrap());
    assert!(folder.path().join("shop.db").exists());
}

#[test]
fn e02_a_url_is_read_as_sqlalchemy_writes_it() {
    let url = Url::parse("mysql+pymysql://ed:p%40%2Fss@[::1]:3307/shop?charset=utf8").unwrap();
    assert_eq!(url.dialect(), Dialect::Mysql);
    assert_eq!((url.user(), url.password()), (Some("ed"), Some("p@/ss")));
    assert_eq!((url.host(), url.port()), (Some("::1"), Some(3307)));
    assert_eq!(url.database(), Some("shop"));
    assert_eq!(url.query_value("charset"), Some("utf8"));
    for (text, dialect) in [
        ("postgres://h/db", Dialect::Postgres),
        ("postgresql://h/db", Dialect::Postgres),
        ("postgresql+psycopg2://h/db", Dialect::Postgres),
        ("mysql://h/db", Dialect::Mysql),
        ("mariadb://h/db", Dialect::Mysql),
        ("sqlite+pysqlite:///db", Dialect::Sqlite),
    ] {
        assert_eq!(Url::parse(text).unwrap().dialect(), dialect, "{text}");
    }
}

#[test]
fn e02_a_wrong_url_is_an_error_that_says_what_is_wrong() {
    for (text, reason) in [
        ("oracle://ed:secret@h/db", "unknown dialect `oracle`"),
        ("postgresql://ed:secret@h:70000/db", "from 1 to 65535"),
        ("postgresql://ed:secret@h:abc/db", "from 1 to 65535"),
        ("shop.db", "no `://`"),
    ] {
        let error = Engine::new(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{text}");
        assert!(error.message().contains(reason), "{text}: {error}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
}

#[test]
fn e03_a_memory_url_is_one_database_for_its_engine() {
    for text in ["sqlite://", "sqlite:///", "sqlite:///:memory:"] {
        let engine = Engine::new(text).unwrap();
        catalog().create_all(&engine).unwrap();
        let insert = |name: &str| {
            engine
                .transact(|conn| conn.insert(Girl::insert().name(name)))
                .unwrap()
        };
        insert("ann");
        let (held, other) = (engine.connect().unwrap(), engine.connect().unwrap());
        assert_eq!(held.query::<Girl>().count().unwrap(), 1, "{text}");
        assert_eq!(other.query::<Girl>().count().unwrap(), 1, "{text}");
        let elsewhere = Engine::new(text).unwrap().connect().unwrap();
        assert!(elsewhere.query::<Girl>().count().is_err(), "{text}");
    }
}

#[test]
fn e03_a_file_is_read_again_and_can_be_opened_to_read_only() {
    let folder = tempfile::tempdir().unwrap();
    let url = file(&folder, "girls.db");
    let engine = Engine::new(url.as_str()).unwrap();
    catalog().create_all(&engine).unwrap();
    engine
        .transact(|conn| conn.insert(Girl::insert().name("ann")))
        .unwrap();
    drop(engine);

    let reader = Engine::new(format!("{url}?mode=ro")).unwrap();
    let conn = reader.connect().unwrap();
    assert_eq!(conn.query::<Girl>().one().unwrap().name, "ann");
    let refused = conn.insert(Girl::insert().name("eva")).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::WriteRefused, "{refused:?}");
}

#[test]
fn e04_a_url_is_built_from_raw_parts_and_hides_its_password() {
    let url = Url::builder()
        .dialect(Dialect::Postgres)
        .user("ed")
        .password("p@:/?#[] %ß")
        .host("db.example")
        .port(5433)
        .database("shop")
        .build()
        .unwrap();
    assert_eq!(url.to_string(), "postgresql://ed:***@db.example:5433/shop");
    let read = Url::parse(&url.to_string_with_password()).unwrap();
    assert_eq!(read.password(), Some("p@:/?#[] %ß"));
    assert_eq!(read, url);
    assert_ne!(url.clone().with_port(5432), url);
}

#[test]
fn e04_an_engine_is_printed_with_its_url() {
    let engine = Engine::new("sqlite:///shop.db").unwrap();
    assert_eq!(engine.to_string(), "Engine(sqlite:///shop.db)");
    assert_eq!(format!("{engine:?}"), "Engine(sqlite:///shop.db)");
}

#[test]
fn e08_a_pool_opens_five_and_ten_connections_by_default() {
    let engine = Engine::builder("sqlite://")
        .pool_timeout(Duration::ZERO)
        .build()
        .unwrap();
    let mut held = Vec::new();
    let refused = loop {
        match engine.connect() {
            Ok(connection) => held.push(connection),
            Err(error) => break error,
        }
    };
    assert_eq!(held.len(), 15);
    assert!(refused.is_timeout());
    held.pop();
    assert!(engine.connect().is_ok());
}

#[test]
fn e08_no_limit_is_a_size_of_zero_or_an_overflow_of_minus_one() {
    for (size, overflow) in [(0, 0), (1, -1)] {
        let engine = Engine::builder("sqlite://")
            .pool_size(size)
            .max_overflow(overflow)
            .pool_timeout(Duration::ZERO)
            .build()
            .unwrap();
        let held: Vec<_> = (0..30).map(|_| engine.connect().unwrap()).collect();
        assert_eq!(held.len(), 30);
    }
    let error = Engine::builder("sqlite://").max_overflow(-2).build();
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.message().contains("max_overflow"), "{error}");
}

#[test]
fn e10_a_full_pool_waits_and_says_what_it_waited_for() {
    let engine = Engine::builder("sqlite://")
        .pool_size(1)
        .max_overflow(1)
        .pool_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let held = (engine.connect().unwrap(), engine.connect().unwrap());
    let start = Instant::now();
    let error = engine.connect().map(drop).unwrap_err();
    assert!(start.elapsed() >= Duration::from_millis(50));
    assert!(error.is_timeout());
    insta::assert_snapshot!(error, @"no connection came free within 50ms: as many as may be open are in use (pool_size 1, max_overflow 1); `track_checkouts` tells who has them");
    drop(held.0);
    assert!(engine.connect().is_ok());
}
