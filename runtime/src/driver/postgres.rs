//! PostgreSQL through tokio-postgres.
//!
//! That crate is a state machine for the protocol, which wants to be driven. Here it is driven by whoever waits for its answers:
//! `link` does so, over a `wire` that blocks. There is no runtime and no second thread.

mod bind;
mod cache;
mod cancel;
mod cells;
#[cfg(feature = "_frames")]
mod declared;
mod decode;
mod direct;
mod error;
mod frames;
mod kept;
mod kind;
mod link;
mod numeric;
mod open;
mod options;
mod socket;
mod stream;
mod tls;
mod unsendable;
mod wire;

use std::{
    collections::HashMap,
    future::poll_fn,
    ops::ControlFlow,
    pin::pin,
    sync::Arc,
    task::{Poll, ready},
};

use bind::Bound;
use cache::{Cache, Prepared};
use cancel::Canceller;
use cells::Made;
use error::{Failure, classify, with_limit};
use frames::Status;
use futures_util::Stream;
use kept::KeptRow;
use link::{BEGIN, Begin, Link};
pub(super) use open::PostgresConnector;
use stream::PostgresStream;
use tokio_postgres::{
    Client, Statement,
    types::{Oid, Type},
};

use super::{DriverConnection, DriverStream, EachRow, Performed, ReadOne, limits::Limits};
use crate::{
    error::{Error, ErrorKind, Result},
    row::Row,
    value::ValueRef,
};

/// A connection to PostgreSQL.
struct PostgresConnection {
    client: Client,
    link: Link,
    canceller: Canceller,
    limits: Limits,
    /// Whether whoever controls the transaction must not be held up.
    hurries: bool,
    /// Whether the socket waits only as long as somebody who must not be held up.
    is_hurried: bool,
    cache: Cache,
    caches: bool,
    made: Made,
    /// Types that are known to the server alone, and whether it can send them only as text.
    text_only: HashMap<Oid, bool>,
    /// What began the transaction, while nothing has run in it yet: it can be begun again without a loss.
    begun: Option<Begin>,
    /// Whether an error was seen that speaks against using it again.
    broken: bool,
}

impl PostgresConnection {
    fn new(client: Client, link: Link, canceller: Canceller, limits: Limits, caches: bool) -> Self {
        PostgresConnection {
            client,
            link,
            canceller,
            limits,
            hurries: false,
            is_hurried: false,
            cache: Cache::default(),
            caches,
            made: Made::default(),
            text_only: HashMap::new(),
            begun: None,
            broken: false,
        }
    }

    /// Hands the statement to `work`, from the cache or prepared. Where the server refuses it because of what has changed since
    /// it was prepared, it is prepared again, unless that would lose what the transaction did before.
    fn with_prepared<T>(
        &mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        mut work: impl FnMut(&mut Self, &Prepared) -> Result<T, Failure>,
    ) -> Result<T> {
        let mut again = true;
        loop {
            let done = self.prepared(sql).and_then(|prepared| {
                check_count(prepared.parameters.len(), parameters.len())?;
                work(self, &prepared)
            });
            self.link.settle();
            let failure = match done {
                Ok(done) => {
                    self.begun = None;
                    return Ok(done);
                }
                Err(failure) => failure,
            };
            if !failure.is_stale_statement() {
                return Err(self.failed(failure));
            }
            self.cache.forget(sql);
            if !std::mem::take(&mut again) || !self.begin_again()? {
                return Err(self.stale(failure));
            }
        }
    }

    fn prepared(&mut self, sql: &str) -> Result<Arc<Prepared>, Failure> {
        // Whoever panicked over a row has left the rest.
        self.link.settle();
        if let Some(prepared) = self.cache.get(sql) {
            return Ok(prepared);
        }
        let statement = self.prepare(sql)?;
        let prepared = Arc::new(match self.sendable(sql, &statement)? {
            None => Prepared::new(statement),
            Some(converted) => {
                let statement = self.prepare(&converted)?;
                Prepared::of_converted(statement, converted)
            }
        });
        if self.caches {
            self.cache.keep(sql, &prepared);
        }
        Ok(prepared)
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, Failure> {
        let client = &self.client;
        self.link
            .run(client, async { Ok(client.prepare(sql).await?) })
    }

    /// Runs a statement, hands its rows to `each`, and what became of it to `end`, with the number of rows it changed, or gave.
    fn rows<T>(
        &mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        each: EachRow<'_>,
        end: impl Fn(&Prepared, u64) -> T,
    ) -> Result<T> {
        self.with_prepared(sql, parameters, |this, prepared| {
            let kept = this.link.keep_rows();
            let (client, made) = (&this.client, &mut this.made);
            let bound = bound(prepared, parameters);
            let mut each = |row: &KeptRow<'_>| each(&Row::new(&made.cells(row, &prepared.columns)));
            let changed = this.link.run(client, async {
                let mut answer = pin!(client.query_raw(&prepared.statement, bound).await?);
                poll_fn(|context| {
                    // The rows first: what ends them has come behind them.
                    if kept.take(&mut each)?.is_continue() {
                        // Rows do not come this way.
                        while let Some(row) = ready!(answer.as_mut().poll_next(context)) {
                            row?;
                        }
                    }
                    Poll::Ready(Ok::<_, Failure>(()))
                })
                .await?;
                Ok(answer.rows_affected().unwrap_or_default())
            })?;
            Ok(end(prepared, changed))
        })
    }

    /// Undoes what an error did to a transaction in which nothing has run before. False where something has.
    fn begin_again(&mut self) -> Result<bool> {
        if self.link.status() == Status::Idle {
            return Ok(true);
        }
        let Some(begun) = self.begun.take() else {
            return Ok(false);
        };
        self.send("ROLLBACK")?;
        self.send(&begun)?;
        self.begun = Some(begun);
        Ok(true)
    }

    /// Runs a statement that is not prepared.
    fn send(&mut self, sql: &str) -> Result<()> {
        if self.hurries {
            self.in_a_hurry(|this| this.send_alone(sql))
        } else {
            self.send_alone(sql)
        }
    }

    fn send_alone(&mut self, sql: &str) -> Result<()> {
        let client = &self.client;
        let done = self
            .link
            .run(client, async { Ok(client.batch_execute(sql).await?) });
        self.link.settle();
        done.map_err(|failure| self.failed(failure))
    }

    /// Does something that must not hold anybody up, and so waits only so long for each answer.
    fn in_a_hurry<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let (read, hurried) = (self.limits.read, self.limits.hurried());
        if hurried == read {
            return work(self);
        }
        // A socket that takes no limit is not used again.
        self.broken |= self.canceller.wait_to_read(hurried).is_err();
        self.is_hurried = true;
        let done = work(self);
        self.is_hurried = false;
        self.broken |= self.canceller.wait_to_read(read).is_err();
        done
    }

    /// A statement that was prepared before the schema changed, in a transaction that has done something already.
    #[cold]
    fn stale(&mut self, failure: Failure) -> Error {
        // Without the cache it is one of the client's own, which it keeps; a pooler has taken its server away.
        self.broken |= !self.caches;
        let cause = classify(failure);
        let message = format!(
            "a prepared statement no longer fits the schema: {}; roll back and run the transaction again",
            cause.message()
        );
        let error = Error::new(ErrorKind::StaleStatement, message);
        match cause.code() {
            Some(code) => error.with_code(code).with_source(cause),
            None => error.with_source(cause),
        }
    }

    #[cold]
    fn failed(&mut self, failure: Failure) -> Error {
        if failure.breaks_connection() || self.link.is_lost() {
            self.broken = true;
        }
        let failure = self.link.reason(failure);
        if failure.is_silence() {
            self.canceller.cancel(&self.client.cancel_token());
            let cause = classify(failure);
            return self.limits.silent(self.is_hurried).with_source(cause);
        }
        let error = with_limit(classify(failure), self.limits.statement);
        if self.broken && error.kind() != ErrorKind::Disconnected {
            return error::lost(error.message()).with_source(error);
        }
        error
    }
}

impl DriverConnection for PostgresConnection {
    fn execute(&mut self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<u64> {
        let changed = self.with_prepared(sql, parameters, |this, prepared| {
            let client = &this.client;
            let bound = bound(prepared, parameters);
            let changed = this.link.run(client, async {
                let changed = client.execute_raw(&prepared.statement, bound).await?;
                Ok(changed)
            })?;
            let is_empty = prepared.statement.columns().is_empty();
            // The server counts what is read as well.
            Ok(if !is_empty && stream::only_reads(sql) {
                0
            } else {
                changed
            })
        })?;
        Ok(changed)
    }

    fn query(&mut self, sql: &str, parameters: &[ValueRef<'_>], each: EachRow<'_>) -> Result<()> {
        self.rows(sql, parameters, each, |_, _| ())
    }

    fn guessed(&mut self, sql: &str) -> Result<Vec<usize>> {
        let prepared = self.prepared(sql);
        self.link.settle();
        let prepared = prepared.map_err(|failure| self.failed(failure))?;
        let types = prepared.statement.params().iter().enumerate();
        let guessed = types.filter(|(_, ty)| **ty == Type::TEXT);
        Ok(guessed.map(|(index, _)| index).collect())
    }

    fn perform(
        &mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        each: ReadOne<'_>,
    ) -> Result<Performed> {
        let mut all = |row: &Row<'_>| each(row).map(ControlFlow::Continue);
        self.rows(sql, parameters, &mut all, |prepared, changed| {
            let columns = prepared.statement.columns().iter();
            let columns = columns.map(|column| column.name().to_owned()).collect();
            Performed {
                columns,
                #[cfg(feature = "_frames")]
                types: prepared.columns.declared.to_vec(),
                changed,
            }
        })
    }

    fn stream<'c>(
        &'c mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
    ) -> Result<DriverStream<'c>> {
        Ok(Box::new(PostgresStream::begin(self, sql, parameters)?))
    }

    fn run_unprepared(&mut self, sql: &str) -> Result<()> {
        self.link.settle();
        self.begun = None;
        self.send_alone(sql)
    }

    fn control(&mut self, sql: &str) -> Result<()> {
        let before = self.link.status();
        self.begun = None;
        if before == Status::Idle && sql.starts_with(BEGIN) && self.is_usable() {
            let begin = if sql == BEGIN {
                Begin::Borrowed(BEGIN)
            } else {
                Begin::Owned(sql.to_owned())
            };
            self.link.announce(begin.clone());
            self.begun = Some(begin);
            return Ok(());
        }
        if ends(sql) && self.link.take_announced().is_some() {
            return Ok(());
        }
        if before == Status::Failed && commits(sql) {
            // The server would roll back, and not call it an error.
            self.send("ROLLBACK")?;
            return Err(not_committed());
        }
        self.send(sql)?;
        if before == Status::Idle && self.in_transaction() {
            self.begun = Some(Begin::Owned(sql.to_owned()));
        }
        Ok(())
    }

    fn hurry(&mut self, hurries: bool) {
        self.hurries = hurries;
    }

    fn ping(&mut self) -> Result<()> {
        // It is answered also within a transaction that has failed.
        self.control(";")
    }

    fn in_transaction(&self) -> bool {
        self.link.status() != Status::Idle
    }

    fn is_usable(&self) -> bool {
        !self.broken && !self.link.is_lost() && !self.client.is_closed()
    }
}

/// The parameters, with the types that the statement expects.
fn bound<'v>(
    prepared: &'v Prepared,
    parameters: &'v [ValueRef<'v>],
) -> impl ExactSizeIterator<Item = Bound<'v>> {
    let typed = parameters.iter().zip(&prepared.parameters).enumerate();
    typed.map(|(index, (value, kind))| Bound {
        number: index + 1,
        value: *value,
        kind,
    })
}

/// Whether the statement ends a transaction, and nothing follows.
fn ends(sql: &str) -> bool {
    matches!(sql, "COMMIT" | "ROLLBACK")
}

fn commits(sql: &str) -> bool {
    let word = sql.split_ascii_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches(';');
    word.eq_ignore_ascii_case("COMMIT") || word.eq_ignore_ascii_case("END")
}

fn check_count(expected: usize, given: usize) -> Result<(), Failure> {
    if expected == given {
        return Ok(());
    }
    let message = format!("the statement has {expected} parameters, but {given} values were given");
    Err(Error::new(ErrorKind::Programming, message).into())
}

#[cold]
fn not_committed() -> Error {
    let message =
        "nothing was committed: a statement of the transaction failed, so it was rolled back";
    Error::new(ErrorKind::Operational, message)
}

#[cfg(test)]
mod tests;
