//! x03: a server that does not answer.

use std::{
    thread,
    time::{Duration, Instant},
};

use aludel::{Connection, Engine, Error, ErrorKind, text};
use aludel_testing::server::{Kind, Server};
use aludel_tour::Girl;

use super::{
    PATIENCE, ask, loss::reading, names, narrow, on_own, on_shared, refused, with, with_girls,
};

/// A server that does not answer, until this is dropped.
pub(super) struct Paused<'s>(&'s Server);

impl<'s> Paused<'s> {
    pub(super) fn new(server: &'s Server) -> Self {
        server.pause();
        Paused(server)
    }
}

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        self.0.resume();
    }
}

#[test]
fn x03_a_server_that_does_not_answer_a_new_connection_is_a_time_out() {
    on_own(|server| {
        let url = with(&server.new_database(), "connect_timeout=1");
        let engine = narrow(&url);
        let paused = Paused::new(server);
        for _ in 0..2 {
            let error = refused(server, || engine.connect());
            assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
            assert!(error.message().contains("connect_timeout"), "{error}");
        }
        drop(paused);
        assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
    });
}

#[test]
fn x03_a_statement_waits_for_its_server_where_no_time_is_given() {
    on_own(|server| {
        let connection = narrow(&server.new_database()).connect().unwrap();
        ask(&connection).unwrap();
        let paused = Paused::new(server);
        let begin = Instant::now();
        let resumed = thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(700));
                drop(paused);
            });
            ask(&connection)
        });
        assert_eq!(resumed.unwrap(), 7);
        assert!(begin.elapsed() >= Duration::from_millis(700));
    });
}

/// What is going on when the server falls silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Statement,
    Transaction,
    Transact,
    Commit,
    OpenResult,
}

#[test]
fn x03_a_server_that_is_silent_for_too_long_costs_the_connection_whatever_was_going_on() {
    const ALL: [When; 5] = [
        When::Statement,
        When::Transaction,
        When::Transact,
        When::Commit,
        When::OpenResult,
    ];
    on_own(|server| {
        for when in ALL {
            let url = with_girls(server);
            let engine = limited(&with(&url, "read_timeout=0.4"));
            let connection = engine.connect().unwrap();
            if when != When::Statement {
                connection.insert(Girl::insert().name("ann")).unwrap();
            }
            if when == When::OpenResult {
                connection.commit().unwrap();
            }
            let error = fall_silent(server, when, &connection);
            assert_eq!(error.kind(), ErrorKind::Timeout, "{when:?}: {error:?}");
            let words = "within 400ms (`read_timeout`)";
            assert!(error.message().contains(words), "{when:?}: {error}");
            // The answer that comes late must not be taken for that of another statement.
            let error = refused(server, || ask(&connection));
            assert!(error.is_disconnected(), "{when:?}: {error:?}");
            connection.rollback().unwrap();
            assert!(!connection.in_transaction(), "{when:?}");
            drop(connection);
            assert_eq!(engine.pool_status().open(), 0, "{when:?}");
            let names = names(&engine.connect().unwrap());
            match when {
                When::Statement | When::Transaction | When::Transact => assert!(names.is_empty()),
                When::OpenResult => assert_eq!(names, ["ann"]),
                // Nobody knows.
                When::Commit => assert!(names.len() < 2),
            }
        }
    });
}

/// An engine that waits for its single place.
fn limited(url: &str) -> Engine {
    let engine = Engine::builder(url).pool_size(1).max_overflow(0);
    engine.pool_timeout(Duration::from_secs(5)).build().unwrap()
}

/// Has the server be silent until somebody has given up.
fn fall_silent(server: &Server, when: When, connection: &Connection) -> Error {
    if when == When::OpenResult {
        let mut error = None;
        reading(connection, |mut rows| {
            rows.next().unwrap().unwrap();
            let _paused = Paused::new(server);
            error = Some(refused(server, || {
                rows.by_ref().find_map(Result::err).map_or(Ok(()), Err)
            }));
            assert!(rows.next().is_none());
        });
        return error.unwrap();
    }
    if when == When::Transact {
        return refused(server, || {
            let _paused = connection.transact(|connection| {
                connection.insert(Girl::insert().name("eva"))?;
                let paused = Paused::new(server);
                connection.insert(Girl::insert().name("ida"))?;
                Ok::<_, Error>(paused)
            })?;
            Ok(())
        });
    }
    let _paused = Paused::new(server);
    refused(server, || match when {
        When::Commit => connection.commit(),
        _ => ask(connection).map(drop),
    })
}

#[test]
fn x03_a_statement_that_nobody_waits_for_any_more_is_ended_on_postgresql() {
    on_shared(|server| {
        if server.kind() != Kind::Postgres {
            return;
        }
        let url = server.new_database();
        for mode in ["require", "disable"] {
            let engine = limited(&with(&url, &format!("read_timeout=0.4&sslmode={mode}")));
            let connection = engine.connect().unwrap();
            let error = refused(server, || {
                connection.execute(text("SELECT pg_sleep(60)::text"))
            });
            assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
            drop(connection);
            let others = text(
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()",
            );
            let begin = Instant::now();
            while engine
                .connect()
                .unwrap()
                .execute(&others)
                .unwrap()
                .scalar::<i64>()
                .unwrap()
                != Some(0)
            {
                assert!(begin.elapsed() < PATIENCE, "{mode}: it runs on");
                thread::sleep(Duration::from_millis(50));
            }
        }
    });
}

#[test]
fn x03_a_sign_of_life_that_does_not_come_is_waited_for_as_long_as_a_connection() {
    on_own(|server| {
        let url = server.new_database();
        for option in ["connect_timeout=1", "connect_timeout=1&read_timeout=0.3"] {
            let engine = Engine::builder(with(&url, option).as_str())
                .pool_size(2)
                .max_overflow(0)
                .pool_pre_ping(true)
                .build()
                .unwrap();
            let held = [(); 2].map(|()| engine.connect().unwrap());
            drop(held);
            let paused = Paused::new(server);
            for _ in 0..2 {
                let error = refused(server, || engine.connect());
                assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
                assert!(error.message().contains("_timeout`"), "{error}");
                assert_eq!(engine.pool_status().open(), 0, "peers are closed too");
            }
            drop(paused);
            assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
        }
    });
}

/// How a connection is left.
type Leave = fn(&Server, Connection);

#[test]
fn x03_whoever_leaves_a_connection_is_not_held_up_by_a_server_that_is_silent() {
    const WAYS: [(&str, Leave); 4] = [
        ("drop", |server, connection| {
            server.pause();
            drop(connection);
        }),
        ("close", |server, connection| {
            server.pause();
            let error = refused(server, || connection.close());
            assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
            assert!(
                error.message().contains("within 1s (`connect_timeout`)"),
                "{error}"
            );
        }),
        ("transact", |server, connection| {
            let left = connection.transact(|connection| {
                connection.insert(Girl::insert().name("eva"))?;
                connection.transact(|connection| {
                    connection.insert(Girl::insert().name("ida"))?;
                    server.pause();
                    Err::<(), _>(Error::rejected("no"))
                })
            });
            assert_eq!(left.unwrap_err().kind(), ErrorKind::Rejected);
        }),
        ("result", |server, connection| {
            reading(&connection, |mut rows| {
                rows.next().unwrap().unwrap();
                server.pause();
            });
            let error = refused(server, || ask(&connection));
            assert!(error.is_disconnected(), "{error:?}");
        }),
    ];
    on_own(|server| {
        let url = with(&with_girls(server), "connect_timeout=1");
        for (way, leave) in WAYS {
            let engine = limited(&url);
            let connection = engine.connect().unwrap();
            connection.insert(Girl::insert().name("ann")).unwrap();
            let begin = Instant::now();
            leave(server, connection);
            let took = begin.elapsed();
            assert!(took < PATIENCE, "{way}: {took:?}");
            assert_eq!(engine.pool_status().open(), 0, "{way}: its place is free");
            server.resume();
            assert!(names(&engine.connect().unwrap()).is_empty(), "{way}");
        }
    });
}

#[test]
fn x03_a_result_that_is_left_is_read_over_for_as_long_as_rows_come() {
    on_shared(|server| {
        let url = with(&with_girls(server), "connect_timeout=1");
        let connection = limited(&url).connect().unwrap();
        connection.insert(Girl::insert().name("ann")).unwrap();
        reading(&connection, |mut rows| {
            rows.next().unwrap().unwrap();
        });
        assert_eq!(names(&connection), ["ann"]);
        connection.commit().unwrap();
    });
}
