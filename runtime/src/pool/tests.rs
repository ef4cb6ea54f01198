//! The pool with a driver that only counts.

use std::{
    panic::Location,
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use super::{Given, Pool, PoolEvents, PooledConnection, Taker};
use crate::{
    dialect::{Dialect, Sqlite},
    driver::{Connector, DriverConnection, DriverStream, EachRow, Performed, ReadOne},
    error::{Error, ErrorKind, Result},
    value::ValueRef,
};

/// What happens to the connections of a test.
#[derive(Default)]
struct Counts {
    opened: AtomicUsize,
    open: AtomicUsize,
    most_open: AtomicUsize,
    rolled_back: AtomicUsize,
    refuses: AtomicBool,
    panics: AtomicBool,
    fails_to_roll_back: AtomicBool,
}

impl Counts {
    fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    fn opened(&self) -> usize {
        self.opened.load(Ordering::SeqCst)
    }
}

struct Counting(Arc<Counts>);

impl Connector for Counting {
    fn connect(&self) -> Result<Box<dyn DriverConnection>> {
        assert!(!self.0.panics.load(Ordering::SeqCst), "the driver panics");
        if self.0.refuses.load(Ordering::SeqCst) {
            return Err(Error::new(ErrorKind::Operational, "no more"));
        }
        self.0.opened.fetch_add(1, Ordering::SeqCst);
        let open = self.0.open.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.most_open.fetch_max(open, Ordering::SeqCst);
        Ok(Box::new(Counted {
            counts: Arc::clone(&self.0),
            in_transaction: false,
            usable: true,
        }))
    }

    fn dialect(&self) -> &'static dyn Dialect {
        &Sqlite
    }
}

struct Counted {
    counts: Arc<Counts>,
    in_transaction: bool,
    usable: bool,
}

impl DriverConnection for Counted {
    /// `break` breaks the connection.
    fn execute(&mut self, sql: &str, _: &[ValueRef<'_>]) -> Result<u64> {
        self.usable = sql != "break";
        Ok(0)
    }

    fn query(&mut self, _: &str, _: &[ValueRef<'_>], _: EachRow<'_>) -> Result<()> {
        Ok(())
    }

    fn perform(&mut self, _: &str, _: &[ValueRef<'_>], _: ReadOne<'_>) -> Result<Performed> {
        Err(Error::new(ErrorKind::Unsupported, "it has no rows"))
    }

    fn stream<'c>(&'c mut self, _: &str, _: &[ValueRef<'_>]) -> Result<DriverStream<'c>> {
        Err(Error::new(ErrorKind::Unsupported, "it has no rows"))
    }

    fn run_unprepared(&mut self, sql: &str) -> Result<()> {
        self.execute(sql, &[]).map(drop)
    }

    fn control(&mut self, sql: &str) -> Result<()> {
        if sql == "ROLLBACK" {
            if self.counts.fails_to_roll_back.load(Ordering::SeqCst) {
                return Err(Error::new(ErrorKind::Operational, "cannot roll back"));
            }
            self.counts.rolled_back.fetch_add(1, Ordering::SeqCst);
        }
        self.in_transaction = sql == "BEGIN";
        Ok(())
    }

    fn in_transaction(&self) -> bool {
        self.in_transaction
    }

    fn is_usable(&self) -> bool {
        self.usable
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.counts.open.fetch_sub(1, Ordering::SeqCst);
    }
}

fn pool(size: u32, overflow: i32, timeout: Duration) -> (Arc<Pool>, Arc<Counts>) {
    let counts = Arc::new(Counts::default());
    let options = Given {
        size: Some(size),
        max_overflow: Some(overflow),
        timeout: Some(timeout),
        ..Given::default()
    };
    (with(&counts, options, None), counts)
}

fn with(counts: &Arc<Counts>, options: Given, events: Option<PoolEvents>) -> Arc<Pool> {
    let options = options.resolve("SQLite").unwrap();
    Pool::new(
        Box::new(Counting(Arc::clone(counts))),
        options,
        events,
        Arc::default(),
    )
}

trait Taken {
    fn take(&self) -> Result<PooledConnection>;
}

impl Taken for Arc<Pool> {
    #[track_caller]
    fn take(&self) -> Result<PooledConnection> {
        self.get(Taker::Here(Location::caller()))
    }
}

#[test]
fn connections_are_opened_when_asked_for_and_used_again() {
    let (pool, counts) = pool(5, 10, Duration::ZERO);
    assert_eq!(counts.opened(), 0);
    for _ in 0..3 {
        pool.take().unwrap();
    }
    assert_eq!((counts.opened(), counts.open()), (1, 1));
}

#[test]
fn overflow_is_closed_when_it_comes_back() {
    let (pool, counts) = pool(2, 3, Duration::ZERO);
    let held: Vec<_> = (0..5).map(|_| pool.take().unwrap()).collect();
    assert_eq!(counts.open(), 5);
    assert!(pool.take().is_err_and(|error| error.is_timeout()));
    drop(held);
    assert_eq!((counts.opened(), counts.open()), (5, 2));
}

#[test]
fn an_open_transaction_is_rolled_back_on_return_and_only_that() {
    let (pool, counts) = pool(1, 0, Duration::ZERO);
    pool.take().unwrap();
    assert_eq!(counts.rolled_back.load(Ordering::SeqCst), 0);
    pool.take().unwrap().driver().control("BEGIN").unwrap();
    assert_eq!(counts.rolled_back.load(Ordering::SeqCst), 1);
    assert!(!pool.take().unwrap().in_transaction());
    assert_eq!(counts.opened(), 1);
}

#[test]
fn a_connection_that_cannot_be_used_again_is_closed_and_its_place_is_free() {
    let (pool, counts) = pool(1, 0, Duration::ZERO);
    pool.take().unwrap().driver().execute("break", &[]).unwrap();
    assert_eq!(counts.open(), 0);

    pool.take().unwrap().discard();
    assert_eq!(counts.open(), 0);

    let mut connection = pool.take().unwrap();
    connection.driver().control("BEGIN").unwrap();
    counts.fails_to_roll_back.store(true, Ordering::SeqCst);
    let error = connection.close().unwrap_err();
    assert_eq!(error.sql(), Some("ROLLBACK"));
    assert_eq!((counts.opened(), counts.open()), (3, 0));
    pool.take().unwrap();
}

#[test]
fn a_connection_that_cannot_be_opened_takes_no_place() {
    let (pool, counts) = pool(1, 0, Duration::ZERO);
    counts.refuses.store(true, Ordering::SeqCst);
    for _ in 0..3 {
        let error = pool.take().map(drop).unwrap_err();
        assert_eq!(error.message(), "no more");
    }
    counts.refuses.store(false, Ordering::SeqCst);

    counts.panics.store(true, Ordering::SeqCst);
    let panicking = Arc::clone(&pool);
    assert!(
        thread::spawn(move || drop(panicking.take()))
            .join()
            .is_err()
    );
    counts.panics.store(false, Ordering::SeqCst);
    pool.take().unwrap();
}

#[test]
fn disposing_closes_idle_connections_now_and_others_on_return() {
    let (pool, counts) = pool(2, 0, Duration::ZERO);
    let held = pool.take().unwrap();
    pool.take().unwrap();
    pool.dispose();
    assert_eq!(counts.open(), 1);
    drop(held);
    assert_eq!(counts.open(), 0);
    pool.take().unwrap();
    assert_eq!(counts.open(), 1);
}

#[test]
fn a_waiter_is_woken_by_a_connection_that_is_closed_too() {
    let (pool, _counts) = pool(1, 0, Duration::from_secs(20));
    let mut held = pool.take().unwrap();
    let waiter = thread::spawn({
        let pool = Arc::clone(&pool);
        move || pool.take().map(drop)
    });
    thread::sleep(Duration::from_millis(20));
    held.discard();
    drop(held);
    waiter.join().unwrap().unwrap();
}

#[test]
fn many_threads_never_exceed_the_limit_and_all_are_served() {
    const THREADS: usize = 16;
    let (pool, counts) = pool(2, 1, Duration::from_secs(60));
    let start = Arc::new(Barrier::new(THREADS));
    let in_use = Arc::new(AtomicUsize::new(0));
    let workers: Vec<_> = (0..THREADS)
        .map(|_| {
            let (pool, start, in_use) =
                (Arc::clone(&pool), Arc::clone(&start), Arc::clone(&in_use));
            thread::spawn(move || {
                start.wait();
                for _ in 0..200 {
                    let connection = pool.take().unwrap();
                    assert!(in_use.fetch_add(1, Ordering::SeqCst) < 3);
                    thread::yield_now();
                    in_use.fetch_sub(1, Ordering::SeqCst);
                    drop(connection);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.join().unwrap();
    }
    assert!(counts.most_open.load(Ordering::SeqCst) <= 3);
    assert!(counts.open() <= 2, "{}", counts.open());
}
