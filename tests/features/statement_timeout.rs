//! x01: a limit for what a statement may take, on each database.

use std::{
    thread,
    time::{Duration, Instant},
};

use aludel::{Connection, Engine, EngineBuilder, Error, ErrorKind, Session, text};
use aludel_testing::each_database;

use crate::backend::{self, Backend};

const LIMIT: Duration = Duration::from_millis(150);

/// Far more than a statement takes that is ended after the limit, and far less than one that is not.
const PATIENCE: Duration = Duration::from_secs(8);

fn builder() -> EngineBuilder {
    Engine::builder(backend::url().as_str())
}

fn with_words(builder: EngineBuilder) -> Engine {
    let engine = builder.build().unwrap();
    let table = text("CREATE TABLE word (word varchar(20))");
    let connection = engine.connect().unwrap();
    connection.execute(table).unwrap();
    connection.commit().unwrap();
    drop(connection);
    engine
}

fn say(connection: &Connection, word: &str) {
    let insert = text("INSERT INTO word (word) VALUES (:word)");
    connection.execute(insert.bind("word", word)).unwrap();
}

fn said(connection: &Connection) -> Result<Vec<String>, Error> {
    let words = connection.execute(text("SELECT word FROM word ORDER BY word"))?;
    words.scalars()
}

/// A query that takes half a minute.
fn slow() -> &'static str {
    match backend::current() {
        Backend::Sqlite => {
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000000) SELECT count(*) FROM n"
        }
        Backend::Postgres => "SELECT pg_sleep(30)::text",
        Backend::MariaDb | Backend::Mysql => "SELECT sleep(30)",
    }
}

/// An INSERT that takes as long.
fn slow_write() -> &'static str {
    match backend::current() {
        Backend::Sqlite => {
            "INSERT INTO word WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000000) \
             SELECT 'x' FROM n WHERE i = 3000000000"
        }
        Backend::Postgres => "INSERT INTO word SELECT 'x' FROM pg_sleep(30)",
        Backend::MariaDb | Backend::Mysql => "INSERT INTO word SELECT sleep(30)",
    }
}

/// It is ended soon, by an error that names the limit, and what it is.
fn is_ended<T>(work: impl FnOnce() -> Result<T, Error>) -> Error {
    let begin = Instant::now();
    let error = work().err().expect("it is ended");
    assert!(begin.elapsed() < PATIENCE, "{:?}", begin.elapsed());
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    let words = format!("`statement_timeout` is {LIMIT:?}: let the statement do less");
    assert!(error.message().contains(&words), "{error}");
    assert!(!error.is_retryable() && !error.is_disconnected());
    error
}

#[each_database]
fn x01_a_statement_that_takes_longer_than_it_may_is_a_time_out_wherever_the_limit_is_said() {
    let url = backend::url();
    let sign = if url.contains('?') { '&' } else { '?' };
    let in_url = format!("{url}{sign}statement_timeout=0.15");
    let settings = [("db.url", url.as_str()), ("db.statement_timeout", "150ms")];
    let longer = format!("{url}{sign}statement_timeout=20");
    for engine in [
        builder().statement_timeout(LIMIT).build(),
        Engine::new(in_url.as_str()),
        Engine::from_config(settings, "db."),
        // What the program says goes before.
        Engine::builder(longer.as_str())
            .statement_timeout(LIMIT)
            .build(),
    ] {
        let engine = engine.unwrap();
        let connection = engine.connect().unwrap();
        for _ in 0..2 {
            let error = is_ended(|| connection.execute(text(slow())));
            assert_eq!(error.sql(), Some(slow()));
            connection.rollback().unwrap();
        }
        let one = connection.execute(text("SELECT 1")).unwrap();
        assert_eq!(one.scalar::<i64>().unwrap(), Some(1));
        drop(connection);
        assert_eq!(engine.pool_status().idle(), 1, "it is used further");
    }
}

#[each_database]
fn x01_no_limit_is_none_and_a_wrong_one_is_an_error_that_names_it() {
    let engine = builder().statement_timeout(Duration::ZERO).build().unwrap();
    let connection = engine.connect().unwrap();
    let short = match backend::current() {
        Backend::Sqlite => return,
        Backend::Postgres => "SELECT pg_sleep(0.3)::text",
        Backend::MariaDb | Backend::Mysql => "SELECT sleep(0.3)",
    };
    connection.execute(text(short)).unwrap();
    let url = backend::url();
    let sign = if url.contains('?') { '&' } else { '?' };
    let error = Engine::new(format!("{url}{sign}statement_timeout=soon").as_str()).unwrap_err();
    assert!(error.is_configuration(), "{error:?}");
    assert!(error.message().contains("`statement_timeout` is"));
    let settings = [("db.url", url.as_str()), ("db.statement_timeout", "soon")];
    let error = Engine::from_config(settings, "db.").unwrap_err();
    assert!(error.message().contains("`db.statement_timeout` is a time"));
}

#[each_database]
fn x01_postgresql_is_told_the_limit_beside_what_the_program_tells_it() {
    if backend::current() != Backend::Postgres {
        return;
    }
    let url = backend::url();
    let sign = if url.contains('?') { '&' } else { '?' };
    let url = format!("{url}{sign}options=-c%20geqo%3Doff%20-c%20statement_timeout%3D9s");
    let engine = Engine::builder(url.as_str()).statement_timeout(LIMIT);
    let connection = engine.build().unwrap().connect().unwrap();
    let settings =
        text("SELECT current_setting('geqo') || ' ' || current_setting('statement_timeout')");
    let settings = connection.execute(settings).unwrap().scalar::<String>();
    assert_eq!(settings.unwrap().as_deref(), Some("off 150ms"));
}

#[each_database]
fn x01_a_transaction_is_after_a_time_out_what_it_is_after_other_errors() {
    for sql in [slow(), slow_write()] {
        let engine = with_words(builder().statement_timeout(LIMIT));
        let connection = engine.connect().unwrap();
        say(&connection, "before");
        is_ended(|| connection.execute(text(sql)));
        let kept = match backend::current() {
            // It wants a rollback.
            Backend::Postgres => {
                assert!(said(&connection).unwrap_err().is_operational());
                connection.rollback().unwrap();
                false
            }
            // A write that was interrupted has rolled back.
            Backend::Sqlite => {
                assert_eq!(connection.in_transaction(), sql == slow());
                sql == slow()
            }
            Backend::MariaDb | Backend::Mysql => true,
        };
        connection.commit().unwrap();
        let words = said(&connection).unwrap();
        assert_eq!(words == ["before"], kept, "{sql}: {words:?}");
        assert!(words.len() < 2);
    }
}

#[each_database]
fn x01_transact_rolls_back_what_took_too_long_and_the_next_one_works() {
    let engine = with_words(
        builder()
            .statement_timeout(LIMIT)
            .pool_size(1)
            .max_overflow(0),
    );
    is_ended(|| {
        engine.transact(|connection| {
            say(connection, "lost");
            connection.execute(text(slow_write())).map(drop)
        })
    });
    engine
        .transact(|connection| {
            say(connection, "kept");
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!(said(&engine.connect().unwrap()).unwrap(), ["kept"]);
}

#[each_database]
fn x01_an_open_result_ends_with_the_time_out_and_leaves_the_connection_free() {
    let engine = builder().statement_timeout(LIMIT).build().unwrap();
    let connection = engine.connect().unwrap();
    is_ended(|| {
        let rows = connection.stream(text(slow()))?;
        rows.collect::<Result<Vec<_>, _>>()
    });
    connection.rollback().unwrap();
    let one = connection.execute(text("SELECT 1")).unwrap();
    assert_eq!(one.scalar::<i64>().unwrap(), Some(1));
}

#[each_database]
fn x01_what_a_program_does_between_two_rows_is_its_own_time() {
    // MariaDB counts from the beginning to the end of a statement, as long as it has rows to send.
    let engine = builder().statement_timeout(LIMIT).build().unwrap();
    let connection = engine.connect().unwrap();
    let rows = connection
        .stream(text("SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3"))
        .unwrap();
    let mut read = 0;
    for row in rows {
        read += row.unwrap().get::<i64>(0).unwrap();
        thread::sleep(LIMIT);
    }
    assert_eq!(read, 6);
}

#[each_database]
fn x01_a_session_goes_on_after_a_statement_of_it_took_too_long() {
    let engine = with_words(
        builder()
            .statement_timeout(LIMIT)
            .pool_size(1)
            .max_overflow(0),
    );
    let session = Session::new(&engine);
    for _ in 0..2 {
        is_ended(|| {
            session.with_connection(|connection| {
                say(connection, "lost");
                connection.execute(text(slow_write())).map(drop)
            })
        });
        session.rollback().unwrap();
    }
    let said = |word: &'static str| {
        session.with_connection(move |connection| {
            say(connection, word);
            said(connection)
        })
    };
    assert_eq!(said("kept").unwrap(), ["kept"]);
    session.commit().unwrap();
}
