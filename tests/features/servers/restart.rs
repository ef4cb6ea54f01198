//! x03: servers that stop and come back, while statements run, results are open, and others wait.

use std::{
    thread,
    time::{Duration, Instant},
};

use aludel::{Connection, Engine, Error, Session, text, text_unchecked};
use aludel_testing::server::{Kind, Server};
use aludel_tour::Girl;

use super::{
    PATIENCE, ask, kill_all, loss::reading, names, narrow, on_own, on_shared, refused, with_girls,
};

/// How a connection loses its server.
type Lose = fn(&Server, &str);

/// A statement that takes a minute.
fn sleep(server: &Server, connection: &Connection) -> Result<(), Error> {
    let sleep = match server.kind() {
        Kind::Postgres => text("SELECT pg_sleep(60)::text"),
        Kind::MariaDb => text("SELECT sleep(60)"),
    };
    connection.execute(sleep).map(drop)
}

/// Loses the server while a statement runs; gives its error.
fn lose_within(
    server: &Server,
    connection: Connection,
    lose: impl FnOnce(),
) -> (Error, Connection) {
    thread::scope(|scope| {
        let running = scope.spawn(|| {
            let error = sleep(server, &connection).unwrap_err();
            (error, connection)
        });
        thread::sleep(Duration::from_millis(300));
        assert!(!running.is_finished());
        let begin = Instant::now();
        lose();
        let ended = running.join().unwrap();
        assert!(begin.elapsed() < PATIENCE, "{:?}", begin.elapsed());
        ended
    })
}

#[test]
fn x03_a_connection_that_ends_in_the_middle_of_a_statement_is_a_disconnection() {
    const WAYS: [Lose; 2] = [
        |_, url| kill_all(url),
        |server, _| {
            server.stop();
            server.restart();
        },
    ];
    on_own(|server| {
        for (lose, in_transaction) in WAYS.into_iter().flat_map(|way| [(way, false), (way, true)]) {
            let url = with_girls(server);
            let engine = narrow(&url);
            let connection = engine.connect().unwrap();
            if in_transaction {
                connection.insert(Girl::insert().name("ann")).unwrap();
            }
            let (error, connection) = lose_within(server, connection, || lose(server, &url));
            assert!(error.is_disconnected(), "{error:?}");
            assert!(refused(server, || ask(&connection)).is_disconnected());
            connection.rollback().unwrap();
            drop(connection);
            assert!(names(&engine.connect().unwrap()).is_empty());
            assert_eq!(engine.pool_status().open(), 1);
        }
    });
}

#[test]
fn x01_a_statement_that_somebody_cancels_costs_no_connection_and_is_not_blamed_on_a_limit() {
    on_shared(|server| {
        let url = server.new_database();
        let engine = Engine::builder(url.as_str())
            .statement_timeout(Duration::from_secs(50))
            .build()
            .unwrap();
        let (connection, other) = (engine.connect().unwrap(), engine.connect().unwrap());
        let number = text(match server.kind() {
            Kind::Postgres => "SELECT pg_backend_pid()::bigint",
            Kind::MariaDb => "SELECT connection_id()",
        });
        let number: i64 = connection
            .execute(number)
            .unwrap()
            .scalar()
            .unwrap()
            .unwrap();
        let cancel = text_unchecked(match server.kind() {
            Kind::Postgres => format!("SELECT pg_cancel_backend({number})"),
            Kind::MariaDb => format!("KILL QUERY {number}"),
        });
        let (error, connection) = lose_within(server, connection, || {
            other.execute(cancel).unwrap();
        });
        let is_cancelled = error.is_timeout() || error.is_operational();
        assert!(is_cancelled, "{error:?}");
        assert!(!error.message().contains("statement_timeout"), "{error}");
        connection.rollback().unwrap();
        assert_eq!(ask(&connection).unwrap(), 7);
    });
}

#[test]
fn x03_a_connection_that_is_killed_while_a_result_is_read_ends_it_with_a_disconnection() {
    on_shared(|server| {
        let url = with_girls(server);
        let engine = narrow(&url);
        let connection = engine.connect().unwrap();
        // Within a transaction and outside of one, where PostgreSQL reads in other ways.
        reading(&connection, |mut rows| {
            rows.next().unwrap().unwrap();
            kill_all(&url);
            let error = refused(server, || {
                rows.by_ref().find_map(Result::err).map_or(Ok(()), Err)
            });
            assert!(error.is_disconnected(), "{error:?}");
            assert!(rows.next().is_none());
        });
        assert!(refused(server, || ask(&connection)).is_disconnected());
        drop(connection);
        assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
    });
}

#[test]
fn x03_a_restart_between_two_uses_is_one_error_and_none_where_connections_are_replaced_in_time() {
    on_own(|server| {
        let url = with_girls(server);
        let builder = || Engine::builder(url.as_str()).pool_size(2).max_overflow(0);
        let plain = builder().build().unwrap();
        let asked = builder().pool_pre_ping(true).build().unwrap();
        let recycled = builder()
            .pool_recycle(Duration::from_millis(1))
            .build()
            .unwrap();
        let all = [&plain, &asked, &recycled];
        for engine in all {
            let held = [(); 2].map(|()| engine.connect().unwrap());
            held.iter().for_each(|connection| {
                ask(connection).unwrap();
            });
        }
        server.stop();
        server.restart();
        let insert = |engine: &Engine, name: &str| {
            engine.transact(|connection| connection.insert(Girl::insert().name(name)))
        };
        insert(&asked, "asked").unwrap();
        insert(&recycled, "recycled").unwrap();
        let error = refused(server, || insert(&plain, "lost"));
        assert!(error.is_disconnected(), "{error:?}");
        insert(&plain, "plain").unwrap();
        for engine in all {
            let held = [(); 2].map(|()| engine.connect().unwrap());
            for connection in &held {
                assert_eq!(names(connection), ["asked", "plain", "recycled"]);
            }
        }
    });
}

#[test]
fn x03_those_who_wait_for_a_pool_while_the_server_is_gone_get_an_error_and_nobody_hangs() {
    on_own(|server| {
        let engine = Engine::builder(with_girls(server).as_str())
            .pool_size(1)
            .max_overflow(1)
            .pool_timeout(Duration::from_secs(6))
            .build()
            .unwrap();
        let held = [(); 2].map(|()| engine.connect().unwrap());
        held.iter().for_each(|connection| {
            ask(connection).unwrap();
        });
        thread::scope(|scope| {
            let waiting = [(); 8].map(|()| {
                scope.spawn(|| {
                    engine
                        .connect()
                        .and_then(|connection| ask(&connection))
                        .unwrap_err()
                })
            });
            while engine.pool_status().waiting() < waiting.len() {
                thread::yield_now();
            }
            server.stop();
            let begin = Instant::now();
            drop(held);
            for waiter in waiting {
                let error = waiter.join().unwrap();
                // One who got a connection that was lost, or could open none.
                let is_known = error.is_disconnected() || error.is_operational();
                assert!(is_known, "{error:?}");
            }
            assert!(begin.elapsed() < PATIENCE);
        });
        let status = engine.pool_status();
        assert_eq!((status.in_use(), status.waiting()), (0, 0));
        server.restart();
        // A connection that lay idle may still say that it was lost, once.
        let _ = engine.connect().and_then(|connection| ask(&connection));
        let held = [(); 2].map(|()| engine.connect().unwrap());
        for connection in &held {
            assert_eq!(ask(connection).unwrap(), 7);
        }
    });
}

#[test]
fn x03_a_session_whose_server_is_started_again_works_on_after_its_rollback() {
    on_own(|server| {
        let engine = narrow(&with_girls(server));
        let session = Session::new(&engine);
        session.add(Girl::insert().name("ann"));
        session.commit().unwrap();
        session.add(Girl::insert().name("eva"));
        session.flush().unwrap();
        server.stop();
        let error = refused(server, || session.commit());
        assert!(error.is_disconnected(), "{error:?}");
        session.rollback().unwrap();
        server.restart();
        session.add(Girl::insert().name("ida"));
        session.commit().unwrap();
        drop(session);
        assert_eq!(names(&engine.connect().unwrap()), ["ann", "ida"]);
    });
}

#[test]
fn x01_a_flush_that_waits_for_somebody_too_long_is_a_time_out_and_can_be_done_again() {
    on_shared(|server| {
        let url = with_girls(server);
        let engine = Engine::builder(url.as_str())
            .statement_timeout(Duration::from_millis(300))
            .build()
            .unwrap();
        let session = Session::new(&engine);
        session.add(Girl::insert().name("ann"));
        session.commit().unwrap();
        let other = engine.connect().unwrap();
        let rename = other
            .update::<Girl>()
            .set(Girl::name.set("anna"))
            .all_rows();
        rename.execute().unwrap();
        let ann = session.query::<Girl>().one().unwrap();
        ann.edit().unwrap().name = "ann 2".to_owned();
        let error = refused(server, || session.flush());
        assert!(error.is_timeout(), "{error:?}");
        assert!(
            error.message().contains("`statement_timeout` is 300ms"),
            "{error}"
        );
        session.rollback().unwrap();
        let ann = session.query::<Girl>().one().unwrap();
        assert_eq!(ann.name, "ann");
        other.rollback().unwrap();
        ann.edit().unwrap().name = "ann 2".to_owned();
        session.commit().unwrap();
        assert_eq!(names(&other), ["ann 2"]);
    });
}
