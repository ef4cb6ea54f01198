//! Transactions with options: how they begin, and how often they are tried.

mod backoff;
mod target;
mod tries;

use std::{
    fmt, thread,
    time::{Duration, Instant},
};

use backoff::Backoff;
use target::{On, Target};
pub use tries::{Counted, Try};

use crate::{
    connection::{Failure, Terms},
    dialect::Isolation,
    error::Error,
    log::TARGET,
};

/// A transaction with options, to be [run](Transaction#method.run) around a closure. It comes from
/// [`Engine::transaction`](crate::Engine::transaction), [`Connection::transaction`](crate::Connection::transaction) or
/// [`Session::transaction`](crate::Session::transaction).
///
/// ```
/// # use aludel::{Connection, Engine, Error, Isolation, text};
/// # let engine = Engine::new("sqlite://")?;
/// let answer: i64 = engine
///     .transaction()
///     .isolation(Isolation::Serializable)
///     .retries(5)
///     .run(|connection| connection.execute(text("SELECT 42"))?.one()?.get(0))?;
/// assert_eq!(answer, 42);
/// # Ok::<(), aludel::Error>(())
/// ```
///
/// # What is run again
/// With [`retries`](Transaction::retries), a transaction that others got in the way of is run again: one in which the database said
/// something that [`Error::is_retryable`] holds for, in a statement or in the commit, whatever error `work` makes of that. What happened
/// in a savepoint that was rolled back does not count. A lost connection is no reason: whether what was sent last was carried out,
/// nobody knows. Nor is any other error.
///
/// The transaction is rolled back before, and begun anew. What `work` did outside of the database stays done, so it should do as little as
/// possible there. A session is cleared before each try, and also before the first one: objects from elsewhere are not in it.
///
/// # Parts of transactions
/// Where a transaction is open, `run` is a part of it, in a savepoint, as in [`Connection::transact`](crate::Connection::transact). A
/// part has the level of the whole, and cannot be run again alone: options, but for those of waiting, are an
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) then.
#[must_use = "a transaction is begun by `run`"]
pub struct Transaction<'a, T> {
    on: On<'a, T>,
    terms: Terms,
    retries: u32,
    backoff: Backoff,
    told: Option<Box<dyn FnMut(&Try) + 'a>>,
}

impl<'a, T> Transaction<'a, T> {
    fn new(on: On<'a, T>) -> Self {
        Transaction {
            on,
            terms: Terms::default(),
            retries: 0,
            backoff: Backoff::default(),
            told: None,
        }
    }

    /// The isolation level; else it is that of the connection or engine. [`Isolation::Autocommit`] is none for a transaction.
    pub fn isolation(mut self, level: Isolation) -> Self {
        self.terms.mode.isolation = Some(level);
        self
    }

    /// Lets the database refuse whatever writes: that is a [`WriteRefused`](crate::ErrorKind::WriteRefused) error. A session whose flush is
    /// refused waits for the transaction's end.
    pub fn read_only(mut self) -> Self {
        self.terms.mode.read_only = true;
        self
    }

    /// How often it is run again at most: not at all, unless said otherwise.
    pub fn retries(mut self, most: u32) -> Self {
        self.retries = most;
        self.terms.is_retried = most > 0;
        self
    }

    /// How long is waited before it is run again: a random time of up to `base`, which doubles with each try, but not beyond `max`.
    /// 10 milliseconds and one second, unless said otherwise. The connection of an engine's or a session's transaction is given back
    /// meanwhile.
    pub fn backoff(mut self, base: Duration, max: Duration) -> Self {
        self.backoff = Backoff { base, max };
        self
    }

    /// Tells `told` of each try that failed and is followed by another, before the wait. It is also a warning of the target
    /// `aludel::engine` in `tracing`.
    pub fn on_retry(mut self, told: impl FnMut(&Try) + 'a) -> Self {
        self.told = Some(Box::new(told));
        self
    }

    fn go<R, E: From<Error>>(
        mut self,
        mut work: impl FnMut(&T::Handle) -> Result<R, E>,
        count: &mut dyn FnMut(Try),
    ) -> Result<R, E>
    where
        T: Target,
    {
        let began = Instant::now();
        let mut number = 1;
        loop {
            let started = Instant::now();
            let (result, conflict) = T::try_once(&self.on, self.terms, &mut work);
            let mut this = Try {
                number,
                took: started.elapsed(),
                conflict,
                wait: Duration::ZERO,
            };
            let failure = match result {
                Ok(done) => {
                    this.conflict = None;
                    count(this);
                    return Ok(done);
                }
                Err(failure) => failure,
            };
            if this.conflict.is_none() || number > self.retries {
                let failure = self.given_up(failure, &this, began.elapsed());
                count(this);
                return Err(failure.into_error());
            }
            this.wait = self.backoff.wait(number);
            tracing::warn!(target: TARGET, { retry = number, wait = this.wait.as_secs_f64(), error = %this }, "a transaction is run again");
            if let Some(told) = &mut self.told {
                told(&this);
            }
            let wait = this.wait;
            count(this);
            thread::sleep(wait);
            number += 1;
        }
    }

    /// The error of the last try. That of ours says how many there were.
    #[cold]
    fn given_up<E>(&self, failure: Failure<E>, last: &Try, took: Duration) -> Failure<E> {
        if last.conflict.is_some() && self.retries > 0 {
            tracing::warn!(
                target: TARGET,
                { tries = last.number, duration = took.as_secs_f64(), error = %last },
                "a transaction is not run again: it was tried as often as it may be"
            );
        }
        match failure {
            Failure::Ours(error) if last.number > 1 => {
                Failure::Ours(error.after_tries(last.number, took))
            }
            other => other,
        }
    }
}

impl<T> fmt::Debug for Transaction<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("isolation", &self.terms.mode.isolation)
            .field("read_only", &self.terms.mode.read_only)
            .field("retries", &self.retries)
            .field("backoff", &self.backoff)
            .finish_non_exhaustive()
    }
}
