//! Several processes that begin at once.

use std::{
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use aludel::{Engine, ErrorKind, migrate::Migrations, text};
use aludel_testing::each_database;

use super::{HOBBIES, PERSONS, Source, count, migrations, versions};
use crate::backend::{Backend, current, url};

/// A database that several engines can open, and what keeps its file.
fn shared() -> (String, Option<tempfile::TempDir>) {
    if current() != Backend::Sqlite {
        return (url(), None);
    }
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:///{}", folder.path().join("shared.db").display());
    (url, Some(folder))
}

fn all() -> Migrations {
    // Whoever waits must not hold up one that waits for all transactions.
    let index: Source = match current() {
        Backend::Postgres => (
            "3_index",
            "-- aludel: no-transaction\nCREATE INDEX CONCURRENTLY by_caption ON hobby (caption);",
            None,
        ),
        _ => (
            "3_index",
            "CREATE INDEX by_caption ON hobby (caption);",
            None,
        ),
    };
    migrations([HOBBIES, PERSONS, index])
}

#[each_database]
fn m15_of_many_that_begin_at_once_one_runs_each_migration() {
    const THREADS: usize = 6;
    let (url, _folder) = shared();
    let start = Barrier::new(THREADS);
    let work = || {
        let engine = Engine::new(url.as_str()).unwrap();
        start.wait();
        all().apply(&engine).unwrap()
    };
    let steps: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    let mut ran = versions(&steps);
    ran.sort_unstable();
    assert_eq!(ran, [1, 2, 3]);
    let engine = Engine::new(url.as_str()).unwrap();
    assert_eq!(count(&engine, "SELECT count(*) FROM hobby"), Some(1));
    assert_eq!(
        count(&engine, "SELECT count(*) FROM aludel_migrations"),
        Some(3)
    );
}

#[each_database]
fn m15_whoever_waits_for_too_long_gets_an_error_and_may_go_on_later() {
    let (url, _folder) = shared();
    let engine = Engine::new(url.as_str()).unwrap();
    all().apply_to(&engine, 1).unwrap();
    let holder = Engine::new(url.as_str()).unwrap().connect().unwrap();
    match current() {
        Backend::Sqlite => holder.execute(text("DELETE FROM aludel_migrations WHERE version = 7")),
        Backend::Postgres => holder.execute(text("SELECT pg_advisory_lock(107118453876076)")),
        Backend::MariaDb | Backend::Mysql => holder.execute(text(
            "SELECT GET_LOCK(CONCAT('aludel_', MD5(COALESCE(DATABASE(), ''))), 0)",
        )),
    }
    .unwrap();
    let hurried = Engine::new(url.as_str()).unwrap();
    let began = Instant::now();
    let error = all()
        .patience(Duration::from_millis(200))
        .apply(&hurried)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LockTimeout, "{error}");
    assert!(error.message().contains("somebody else"), "{error}");
    assert!(began.elapsed() >= Duration::from_millis(200));
    let waits = thread::spawn(move || versions(&all().apply(&hurried).unwrap()));
    thread::sleep(Duration::from_millis(100));
    holder.invalidate();
    assert_eq!(waits.join().unwrap(), [2, 3]);
}
