//! x03: connections that the server ends, and pools that live on.

use std::{
    thread,
    time::{Duration, Instant},
};

use aludel::{Engine, EngineBuilder, Error, Session};
use aludel_testing::server::Server;
use aludel_tour::Girl;

use super::{
    ask, kill_all, names, on_own, on_shared, refused,
    storm::{Report, Storm},
    with_girls,
};

fn insert(engine: &Engine, name: &str) -> aludel::Result<Girl> {
    engine.transact(|connection| connection.insert(Girl::insert().name(name)))
}

/// Fills the pool with idle connections.
fn warm(engine: &Engine, connections: usize) {
    let held: Vec<_> = (0..connections)
        .map(|_| engine.connect().unwrap())
        .collect();
    for connection in &held {
        ask(connection).unwrap();
    }
}

fn built(builder: EngineBuilder) -> Engine {
    builder
        .pool_timeout(Duration::from_secs(2))
        .build()
        .unwrap()
}

#[test]
fn x03_after_one_error_all_killed_connections_are_replaced_and_nothing_is_run_twice() {
    on_shared(|server| {
        let url = with_girls(server);
        let engine = built(Engine::builder(url.as_str()).pool_size(4).max_overflow(0));
        warm(&engine, 4);
        assert_eq!(engine.pool_status().idle(), 4);
        kill_all(&url);
        let error = refused(server, || insert(&engine, "ann"));
        assert!(error.is_disconnected(), "{error:?}");
        assert!(!error.is_retryable(), "whether it has run, nobody knows");
        let status = engine.pool_status();
        assert_eq!(
            (status.open(), status.idle()),
            (0, 0),
            "its peers went with it"
        );
        for name in ["bea", "cleo", "dora", "eva"] {
            insert(&engine, name).unwrap();
        }
        warm(&engine, 4);
        let names = names(&engine.connect().unwrap());
        assert_eq!(
            names,
            ["bea", "cleo", "dora", "eva"],
            "ann was not inserted behind our back"
        );
    });
}

#[test]
fn x03_a_connection_that_is_killed_within_a_transaction_takes_that_back_and_no_other() {
    on_shared(|server| {
        let url = with_girls(server);
        let engine = built(Engine::builder(url.as_str()).pool_size(2).max_overflow(0));
        insert(&engine, "ann").unwrap();
        let mut runs = 0;
        let error = refused(server, || {
            engine.transact(|connection| {
                runs += 1;
                connection.insert(Girl::insert().name("eva"))?;
                kill_all(&url);
                connection.insert(Girl::insert().name("ida"))
            })
        });
        assert!(error.is_disconnected(), "{error:?}");
        assert_eq!(runs, 1);
        assert_eq!(names(&engine.connect().unwrap()), ["ann"]);
        assert_eq!(engine.pool_status().in_use(), 0);
    });
}

#[test]
fn e15_a_transaction_whose_connection_is_killed_is_not_run_again() {
    on_shared(|server| {
        let url = with_girls(server);
        let engine = built(Engine::builder(url.as_str()).pool_size(2).max_overflow(0));
        insert(&engine, "ann").unwrap();
        let mut runs = 0;
        let counted = engine.transaction().retries(5).run_counted(|connection| {
            runs += 1;
            connection.insert(Girl::insert().name("eva"))?;
            kill_all(&url);
            connection.insert(Girl::insert().name("ida"))
        });
        let error = refused(server, || counted.result);
        assert!(error.is_disconnected(), "{error:?}");
        let tries: Vec<_> = counted.tries.iter().map(|this| this.kind()).collect();
        assert_eq!((runs, tries), (1, vec![None]));
        // The commit cannot be known to have failed either.
        let session = Session::new(&engine);
        let mut runs = 0;
        let done: Result<(), Error> = session.transaction().retries(5).run(|session| {
            runs += 1;
            session.add(Girl::insert().name("eva"));
            session.flush()?;
            kill_all(&url);
            Ok(())
        });
        assert!(refused(server, || done).is_disconnected());
        assert_eq!(runs, 1);
        assert_eq!(names(&engine.connect().unwrap()), ["ann"]);
    });
}

#[test]
fn x03_a_session_whose_connection_is_killed_works_on_after_its_rollback() {
    on_shared(|server| {
        let url = with_girls(server);
        let engine = built(Engine::builder(url.as_str()).pool_size(1).max_overflow(0));
        let session = Session::new(&engine);
        session.add(Girl::insert().name("ann"));
        session.commit().unwrap();
        session.add(Girl::insert().name("eva"));
        session.flush().unwrap();
        kill_all(&url);
        session.add(Girl::insert().name("ida"));
        let error = refused(server, || session.commit());
        assert!(error.is_disconnected(), "{error:?}");
        session.rollback().unwrap();
        session.add(Girl::insert().name("lea"));
        session.commit().unwrap();
        drop(session);
        assert_eq!(names(&engine.connect().unwrap()), ["ann", "lea"]);
    });
}

#[test]
fn x03_with_a_sign_of_life_nobody_notices_that_connections_were_killed_or_the_server_started_again()
{
    on_own(|server| {
        let url = with_girls(server);
        let engine = built(
            Engine::builder(url.as_str())
                .pool_size(3)
                .max_overflow(0)
                .pool_pre_ping(true),
        );
        warm(&engine, 3);
        kill_all(&url);
        insert(&engine, "ann").unwrap();
        warm(&engine, 3);
        server.stop();
        let error = refused(server, || insert(&engine, "lost"));
        assert!(
            error.is_operational() || error.is_disconnected(),
            "{error:?}"
        );
        assert_eq!(
            engine.pool_status().open(),
            0,
            "a connection that cannot be opened takes no place"
        );
        server.restart();
        insert(&engine, "eva").unwrap();
        warm(&engine, 3);
        assert_eq!(engine.pool_status().open(), 3);
        assert_eq!(names(&engine.connect().unwrap()), ["ann", "eva"]);
    });
}

#[test]
fn x03_while_a_server_does_not_answer_others_wait_for_the_pool_no_longer_than_they_are_to() {
    on_own(|server| {
        let url = with_girls(server);
        let engine = Engine::builder(url.as_str())
            .pool_size(1)
            .max_overflow(0)
            .pool_timeout(Duration::from_millis(300))
            .build()
            .unwrap();
        let held = engine.connect().unwrap();
        ask(&held).unwrap();
        server.pause();
        thread::scope(|scope| {
            let asking = scope.spawn(move || ask(&held).map(|answer| (answer, held)));
            let begin = Instant::now();
            let error = refused(server, || engine.connect());
            assert!(error.is_timeout(), "{error:?}");
            assert!(begin.elapsed() < Duration::from_secs(5));
            server.resume();
            assert_eq!(asking.join().unwrap().unwrap().0, 7);
        });
        assert_eq!(engine.pool_status().open(), 1);
        assert_eq!(ask(&engine.connect().unwrap()).unwrap(), 7);
    });
}

fn storm(server: &Server) -> Report {
    let storm = Storm {
        threads: 32,
        connections: 4,
        lasts: Duration::from_millis(1_500),
        kills_every: Duration::from_millis(60),
    };
    storm.run(&server.new_database()).unwrap()
}

#[test]
fn x03_transfers_by_many_threads_stand_a_storm_of_killed_connections() {
    on_shared(|server| {
        let report = storm(server);
        eprintln!("{}: {report}", server.kind().name());
        assert!(report.faults.is_empty(), "{report}");
        assert!(report.transfers > 0 && report.kills > 0, "{report}");
    });
}
