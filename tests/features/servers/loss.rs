//! x03: a connection that is lost.

use aludel::{Connection, Engine, Error, ErrorKind, Rows, prelude::*};
use aludel_testing::server::Server;
use aludel_tour::Girl;

use super::{Left, Right, ask, girls, names, on_own, refused, with_girls};

/// Begins to read a million long rows, of no table.
pub(super) fn reading(connection: &Connection, read: impl FnOnce(Rows<'_, (i64, String)>)) {
    let left = Left::recursive(select_row(func::value::<i64>(1)), |before| {
        before.query().filter(Left::n.lt(1_000)).select(Left::n + 1)
    });
    let right = Right::recursive(select_row(func::value::<i64>(1)), |before| {
        let before = before.query().filter(Right::n.lt(1_000));
        before.select(Right::n + 1)
    });
    let pairs = left.query().join_on(&right, Right::n.gt(0));
    let long = func::value::<String>("x".repeat(200));
    let pairs = pairs.select((Left::n, long)).on(connection);
    read(pairs.iter().unwrap());
}

/// The connection is lost: it says so, and stays so.
fn is_lost(server: &Server, connection: &Connection, error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Disconnected, "{error:?}");
    assert!(error.is_disconnected());
    for what in [
        refused(server, || ask(connection)),
        refused(server, || connection.transact(ask)),
        refused(server, || connection.insert(Girl::insert().name("lost"))),
    ] {
        assert!(what.is_disconnected(), "{what:?}");
    }
}

#[test]
fn x03_a_server_that_stops_while_a_result_is_read_ends_it_with_a_disconnection() {
    on_own(|server| {
        let engine = girls(server);
        let connection = engine.connect().unwrap();
        reading(&connection, |mut rows| {
            for row in rows.by_ref().take(10) {
                assert_eq!(row.unwrap().1.len(), 200);
            }
            server.stop();
            let error = refused(server, || {
                rows.by_ref().find_map(Result::err).map_or(Ok(()), Err)
            });
            assert!(rows.next().is_none());
            drop(rows);
            is_lost(server, &connection, &error);
        });
        server.restart();
        drop(connection);
        assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
    });
}

#[test]
fn x03_a_result_that_is_left_when_the_server_has_stopped_does_no_harm() {
    on_own(|server| {
        let engine = girls(server);
        let connection = engine.connect().unwrap();
        reading(&connection, |mut rows| {
            rows.next().unwrap().unwrap();
            server.stop();
        });
        let error = refused(server, || ask(&connection));
        is_lost(server, &connection, &error);
        drop(connection);
        server.restart();
        assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
    });
}

#[test]
fn x03_a_server_that_stops_within_a_transaction_keeps_what_was_committed_and_nothing_else() {
    on_own(|server| {
        let engine = girls(server);
        let connection = engine.connect().unwrap();
        connection.insert(Girl::insert().name("ann")).unwrap();
        connection.commit().unwrap();
        connection.insert(Girl::insert().name("eva")).unwrap();
        server.stop();
        let error = refused(server, || connection.insert(Girl::insert().name("ida")));
        is_lost(server, &connection, &error);
        let commit = refused(server, || connection.commit());
        assert!(commit.is_disconnected(), "{commit:?}");
        connection.rollback().unwrap();
        assert!(!connection.in_transaction());
        // What a server that is not there says of a new connection.
        drop(connection);
        let error = refused(server, || engine.connect());
        assert_eq!(error.kind(), ErrorKind::Operational, "{error:?}");

        server.restart();
        let connection = engine.connect().unwrap();
        assert_eq!(names(&connection), ["ann"]);
    });
}

#[test]
fn x03_transact_tells_that_the_server_stopped_within_it() {
    on_own(|server| {
        let engine = girls(server);
        let connection = engine.connect().unwrap();
        let error = refused(server, || {
            connection.transact(|connection| {
                connection.insert(Girl::insert().name("ann"))?;
                let inner = connection.transact(|connection| {
                    connection.insert(Girl::insert().name("eva"))?;
                    server.stop();
                    connection.insert(Girl::insert().name("ida"))
                });
                assert!(inner.unwrap_err().is_disconnected());
                let further = refused(server, || connection.transact(ask));
                assert!(further.is_disconnected(), "{further:?}");
                Ok::<_, Error>(())
            })
        });
        assert!(error.is_disconnected(), "{error:?}");
        drop(connection);
        server.restart();
        assert!(names(&engine.connect().unwrap()).is_empty());
    });
}

#[test]
fn x03_an_idle_connection_that_is_lost_takes_its_peers_with_it() {
    on_own(|server| {
        let engine = Engine::new(with_girls(server).as_str()).unwrap();
        let idle: Vec<Connection> = (0..4).map(|_| engine.connect().unwrap()).collect();
        for connection in &idle {
            ask(connection).unwrap();
        }
        drop(idle);
        server.stop();
        server.restart();
        let connection = engine.connect().unwrap();
        let error = refused(server, || ask(&connection));
        is_lost(server, &connection, &error);
        // While it is still held, and when it was given back.
        let next = engine.connect().unwrap();
        assert_eq!(ask(&next).unwrap(), 7);
        drop(connection);
        let held: Vec<Connection> = (0..4).map(|_| engine.connect().unwrap()).collect();
        for connection in &held {
            assert_eq!(ask(connection).unwrap(), 7);
        }
        // One of those that came back is new, and stays.
        drop((held, next));
        assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
    });
}

#[test]
fn x03_a_commit_that_the_server_does_not_answer_is_a_disconnection() {
    on_own(|server| {
        let engine = girls(server);
        let connection = engine.connect().unwrap();
        connection.insert(Girl::insert().name("ann")).unwrap();
        server.stop();
        let error = refused(server, || connection.commit());
        is_lost(server, &connection, &error);
        drop(connection);
        server.restart();
        assert!(names(&engine.connect().unwrap()).is_empty());
    });
}

#[test]
fn e11_dispose_closes_what_is_idle_now_and_what_is_out_when_it_comes_back() {
    super::on_shared(|server| {
        let engine = girls(server);
        let out = engine.connect().unwrap();
        ask(&out).unwrap();
        engine.dispose();
        assert_eq!(ask(&out).unwrap(), 7, "what is out can be used");
        let full = refused(server, || engine.connect());
        assert!(full.is_timeout(), "{full:?}");
        drop(out);
        assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
        engine.dispose();
        assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
    });
}
