//! e12, e14, e16: options that databases do not have, plugins, and engines made of settings.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use aludel::{Engine, EngineBuilder, Error, ErrorKind, Plugin};
use aludel_testing::each_database;

use crate::backend::{Backend, current, url};

#[each_database]
fn e12_an_encoding_can_be_said_to_postgresql_alone() {
    let with = |encoding: &str| {
        let engine = Engine::builder(url().as_str())
            .client_encoding(encoding)
            .build()?;
        engine.connect().map(drop)
    };
    if current() == Backend::Postgres {
        with("utf8").unwrap();
        let error = with("latin1").unwrap_err();
        assert!(error.is_configuration());
        assert!(
            error
                .message()
                .contains("`client_encoding` can only be `utf8`"),
            "{error}"
        );
        return;
    }
    let database = if current() == Backend::Sqlite {
        "SQLite"
    } else {
        "MySQL"
    };
    let error = with("utf8").unwrap_err();
    assert!(error.is_configuration());
    let expected = format!("{database} has no option `client_encoding`, which is for PostgreSQL");
    assert_eq!(error.message(), expected);
}

#[test]
fn e12_an_option_that_the_database_does_not_have_is_named() {
    for (url, message) in [
        (
            "sqlite:///a.db?sslmode=disable",
            "SQLite knows no option `sslmode`",
        ),
        (
            "postgresql://h/a?charset=utf8",
            "PostgreSQL knows no option `charset`",
        ),
        (
            "mysql://h/a?sslmode=disable",
            "MySQL and MariaDB know no option `sslmode`",
        ),
    ] {
        let error = Engine::new(url).unwrap_err();
        assert!(error.is_configuration());
        assert!(error.message().contains(message), "{error}");
    }
}

/// A plugin that notes that it ran.
fn noting(name: &'static str, notes: &Arc<Mutex<Vec<&'static str>>>) -> Plugin {
    let notes = Arc::clone(notes);
    Plugin::new(name, move |engine: EngineBuilder| {
        notes.lock().unwrap().push(name);
        Ok(engine)
    })
}

#[test]
fn e14_plugins_change_an_engine_those_of_the_url_first_and_each_once() {
    let notes = Arc::default();
    for name in ["e14-one", "e14-two"] {
        noting(name, &notes).register().unwrap();
    }
    let adding = Plugin::new("adding", |engine: EngineBuilder| {
        Ok(engine.plugin("e14-two"))
    });
    let engine = Engine::builder("sqlite:///shop.db?plugin=e14-two&plugin=e14-one&mode=rw")
        .plugin(noting("in code", &notes))
        .plugin(adding)
        .build()
        .unwrap();
    assert_eq!(*notes.lock().unwrap(), ["e14-two", "e14-one", "in code"]);
    assert_eq!(engine.to_string(), "Engine(sqlite:///shop.db?mode=rw)");
}

#[test]
fn e14_a_plugin_takes_its_own_options_out_of_the_url_and_sets_others() {
    let limits = Plugin::new("e14-limits", |engine: EngineBuilder| {
        let most = engine.url().and_then(|url| url.query_value("most"));
        let most = most.and_then(|most| most.parse().ok()).unwrap_or(1);
        let engine = engine.map_url(|url| url.without_query("most"));
        Ok(engine
            .pool_size(most)
            .max_overflow(0)
            .pool_timeout(std::time::Duration::ZERO))
    });
    limits.register().unwrap();
    let engine = Engine::new("sqlite://?plugin=e14-limits&most=2").unwrap();
    let held = (engine.connect().unwrap(), engine.connect().unwrap());
    assert!(engine.connect().is_err_and(|error| error.is_timeout()));
    drop(held);
}

#[test]
fn e14_an_unknown_plugin_and_one_that_refuses_are_errors() {
    let plugin = |engine: EngineBuilder| Ok(engine);
    Plugin::new("e14-audit", plugin).register().unwrap();
    let again = Plugin::new("e14-audit", plugin).register().unwrap_err();
    assert_eq!(
        again.message(),
        "another plugin is registered as `e14-audit`"
    );
    let error = Engine::new("sqlite://?plugin=e14-audti").unwrap_err();
    assert!(error.is_configuration());
    assert_eq!(
        error.message(),
        "no plugin is registered as `e14-audti`: did you mean `e14-audit`?"
    );
    let refusing = Plugin::new("no", |_: EngineBuilder| Err(Error::rejected("not today")));
    let error = Engine::builder("sqlite://")
        .plugin(refusing)
        .build()
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::Rejected, "not today")
    );
}

#[test]
fn e16_an_engine_is_made_of_settings_with_a_prefix() {
    let settings = HashMap::from([
        ("db.url".to_owned(), "sqlite://".to_owned()),
        ("db.pool_size".to_owned(), "1".to_owned()),
        ("db.max_overflow".to_owned(), "0".to_owned()),
        ("db.pool_timeout".to_owned(), "1ms".to_owned()),
        ("db.hide_parameters".to_owned(), "yes".to_owned()),
        ("cache.url".to_owned(), "redis://".to_owned()),
    ]);
    let engine = Engine::from_config(&settings, "db.").unwrap();
    let held = engine.connect().unwrap();
    assert!(engine.connect().is_err_and(|error| error.is_timeout()));
    drop(held);
    let more = EngineBuilder::from_config(&settings, "db.").unwrap();
    let engine = more.pool_size(2).build().unwrap();
    let held = (engine.connect().unwrap(), engine.connect().unwrap());
    drop(held);
}

#[test]
fn e16_a_wrong_setting_is_an_error_that_says_what_is_right() {
    let table = [
        (
            ("db.pool_sise", "1"),
            "an engine has no option `db.pool_sise`: did you mean `db.pool_size`?",
        ),
        (
            ("db.pool_size", "secret"),
            "`db.pool_size` is a whole number",
        ),
        (
            ("db.max_overflow", "1.5"),
            "`db.max_overflow` is a whole number",
        ),
        (
            ("db.echo", "loud"),
            "`db.echo` is `true`, `false` or `rows`",
        ),
        (
            ("db.hide_parameters", ""),
            "`db.hide_parameters` is `true` or `false`, and nothing was given",
        ),
        (
            ("db.slow_query", "1h"),
            "`db.slow_query` is a time: seconds such as `30` or `0.5`, or `250ms`, `30s`, `5min`",
        ),
        (
            ("db.plugin", "e16-none"),
            "no plugin is registered as `e16-none`",
        ),
        (
            ("db.client_encoding", "utf8"),
            "SQLite has no option `client_encoding`",
        ),
    ];
    for ((name, value), message) in table {
        let settings = BTreeMap::from([("db.url", "sqlite://"), (name, value)]);
        let error = Engine::from_config(&settings, "db.").unwrap_err();
        assert!(error.is_configuration(), "{error:?}");
        assert!(error.message().starts_with(message), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    let none = BTreeMap::<&str, &str>::new();
    let error = Engine::from_config(&none, "db.").unwrap_err();
    assert_eq!(
        error.message(),
        "`db.url` is missing, the URL of the database"
    );
    let odd = BTreeMap::from([("db.url", "sqlite://"), ("db.frobnicate", "1")]);
    let error = Engine::from_config(&odd, "db.").unwrap_err();
    assert!(
        error
            .message()
            .contains("the options are `pool`, `pool_size`, "),
        "{error}"
    );
}
