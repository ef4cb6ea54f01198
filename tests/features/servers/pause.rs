//! x03: a server that does not answer.

use std::{
    thread,
    time::{Duration, Instant},
};

use aludel::{Error, ErrorKind};
use aludel_testing::server::{Kind, Server};

use super::{ask, narrow, on_own, refused, with};

/// A server that does not answer, until this is dropped.
struct Paused<'s>(&'s Server);

impl<'s> Paused<'s> {
    fn new(server: &'s Server) -> Self {
        server.pause();
        Paused(server)
    }
}

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        self.0.resume();
    }
}

fn is_late(error: &Error) {
    assert!(
        matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Disconnected),
        "{error:?}"
    );
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

#[test]
fn x03_a_statement_that_is_not_answered_in_time_costs_the_connection() {
    on_own(|server| {
        // PostgreSQL's statements are ended by the server, which has to answer for that.
        if server.kind() == Kind::Postgres {
            return;
        }
        let engine = narrow(&with(&server.new_database(), "read_timeout=1"));
        let connection = engine.connect().unwrap();
        ask(&connection).unwrap();
        let paused = Paused::new(server);
        let error = refused(server, || ask(&connection));
        is_late(&error);
        assert!(error.message().contains("read_timeout"), "{error}");
        drop(paused);
        // The answer that comes late must not be taken for that of another statement.
        let error = refused(server, || ask(&connection));
        assert!(error.is_disconnected(), "{error:?}");
        drop(connection);
        assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
    });
}
