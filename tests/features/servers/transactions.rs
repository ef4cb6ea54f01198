//! c01: errors within transactions.

use std::thread;

use aludel::{Connection, Engine, Error, ErrorKind, prelude::*};
use aludel_testing::server::Kind;
use aludel_tour::Girl;

use super::{ask, girls, names, on_shared, refused, with_girls};

fn twice(connection: &Connection) -> Result<Girl, Error> {
    connection.insert(Girl::insert().name("ann"))
}

#[test]
fn c01_after_an_error_postgresql_wants_a_rollback_and_says_so() {
    on_shared(|server| {
        let engine = girls(server);
        let connection = engine.connect().unwrap();
        twice(&connection).unwrap();
        assert!(refused(server, || twice(&connection)).is_unique_violation());
        match server.kind() {
            Kind::Postgres => {
                let error = refused(server, || ask(&connection));
                assert_eq!(error.kind(), ErrorKind::Operational, "{error:?}");
                assert_eq!(error.code(), Some("25P02"));
                assert!(error.message().contains("roll back"), "{error}");
                assert!(error.message().contains("`transact`"), "{error}");
                let commit = refused(server, || connection.commit());
                assert_eq!(commit.kind(), ErrorKind::Operational, "{commit:?}");
                assert!(commit.message().contains("nothing was committed"));
                connection.rollback().unwrap();
                assert!(names(&connection).is_empty());
            }
            Kind::MariaDb => {
                connection.commit().unwrap();
                assert_eq!(names(&connection), ["ann"]);
            }
        }
        assert_eq!(ask(&connection).unwrap(), 7);
    });
}

#[test]
fn c01_transact_within_transact_keeps_the_outer_one_alive_after_an_error() {
    on_shared(|server| {
        let engine = girls(server);
        let done = engine.transact(|connection| {
            twice(connection)?;
            for _ in 0..2 {
                let inner = refused(server, || connection.transact(twice));
                assert!(inner.is_unique_violation(), "{inner:?}");
            }
            connection.transact(|connection| connection.insert(Girl::insert().name("eva")))
        });
        done.unwrap();
        assert_eq!(names(&engine.connect().unwrap()), ["ann", "eva"]);
    });
}

#[test]
fn c01_a_transaction_whose_error_is_swallowed_is_not_committed_in_silence() {
    on_shared(|server| {
        let engine = girls(server);
        let done = engine.transact(|connection| {
            twice(connection)?;
            let _ = twice(connection);
            Ok::<_, Error>(())
        });
        let names = names(&engine.connect().unwrap());
        match server.kind() {
            Kind::Postgres => {
                assert_eq!(done.unwrap_err().kind(), ErrorKind::Operational);
                assert!(names.is_empty());
            }
            Kind::MariaDb => {
                done.unwrap();
                assert_eq!(names, ["ann"]);
            }
        }
    });
}

fn rename(connection: &Connection, from: &str, to: &str) -> Result<u64, Error> {
    let update = connection.update::<Girl>().set(Girl::name.set(to));
    update.filter(Girl::name.eq(from)).execute()
}

#[test]
fn x01_of_two_transactions_that_wait_for_each_other_one_ends_with_a_deadlock() {
    on_shared(|server| {
        let engine = Engine::new(with_girls(server).as_str()).unwrap();
        let (one, other) = (engine.connect().unwrap(), engine.connect().unwrap());
        for name in ["ann", "eva"] {
            one.insert(Girl::insert().name(name)).unwrap();
        }
        one.commit().unwrap();
        rename(&one, "ann", "ann 1").unwrap();
        rename(&other, "eva", "eva 2").unwrap();
        let (first, second) = thread::scope(|scope| {
            let waits = scope.spawn(move || {
                let result = rename(&one, "eva", "eva 1");
                if result.is_err() {
                    one.rollback().unwrap();
                }
                (result, one)
            });
            let result = rename(&other, "ann", "ann 2");
            if result.is_err() {
                other.rollback().unwrap();
            }
            (waits.join().unwrap(), (result, other))
        });
        let (victim, survivor) = if first.0.is_err() {
            (first, second)
        } else {
            (second, first)
        };
        let error = refused(server, || victim.0);
        assert_eq!(error.kind(), ErrorKind::Deadlock, "{error:?}");
        assert!(error.is_retryable());
        survivor.0.unwrap();
        survivor.1.commit().unwrap();
        assert_eq!(ask(&victim.1).unwrap(), 7);
        assert_eq!(names(&victim.1).len(), 2);
    });
}
