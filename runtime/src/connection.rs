//! A connection and its transaction.

mod active;
mod conflict;
mod direct;
mod isolation;
mod statement;
mod stream;
mod transaction;

use std::{
    cell::{Cell, RefCell, RefMut},
    sync::Arc,
};

use active::Active;
pub(crate) use active::Mark;
pub(crate) use conflict::Conflict;
pub use stream::Rows;
#[cfg(feature = "_frames")]
pub(crate) use stream::Stream;
use transaction::Part;
pub(crate) use transaction::{Failure, Terms};

use crate::{
    dialect::{Dialect, Mode},
    driver::{DriverConnection, EachRow, Performed, ReadOne, lost_before},
    error::{Error, ErrorKind, Hidden, Result},
    log::{Log, Origin, Sender, Watch},
    pool::{Known, PooledConnection},
    value::ValueRef,
};

/// A connection to a database, on loan from its [`Engine`](crate::Engine)'s pool.
///
/// The first statement begins a transaction, which lasts until [`commit`](Connection::commit) or
/// [`rollback`](Connection::rollback). [`transact`](Connection::transact) does both by itself. A connection that is closed or
/// dropped is rolled back and goes to the pool, unless [`ResetOnReturn`](crate::ResetOnReturn) says otherwise; a server that is silent is
/// waited for as long as opening a connection may take, and the connection is closed then.
///
/// On SQLite, a transaction that begins with a read takes its lock when it first writes, which fails with a
/// [`Serialization`](ErrorKind::Serialization) or [`LockTimeout`](ErrorKind::LockTimeout) error if somebody else wrote in between; one
/// that begins with a write, and every `transact`, takes it at once, waiting for up to five seconds.
///
/// A connection can be sent to another thread, but not be used by two at once.
pub struct Connection {
    active: RefCell<Active>,
    /// The `transact` that are over but could not roll back, because rows that they left open are still being read. The innermost
    /// stands first.
    unsettled: RefCell<Vec<Part>>,
    dialect: &'static dyn Dialect,
    /// The greatest number of parameters of a statement, as the dialect has it.
    max_parameters: usize,
    /// Whether queries are looked at for tables that nothing links.
    lints_cartesian: bool,
    /// Who is told of what is sent.
    log: Arc<Log>,
    /// How many statements were sent.
    sent: Cell<u64>,
}

impl Connection {
    pub(crate) fn new(
        pooled: PooledConnection,
        dialect: &'static dyn Dialect,
        lints_cartesian: bool,
        mode: Mode,
    ) -> Self {
        Connection {
            log: Arc::clone(pooled.log()),
            active: RefCell::new(Active::new(pooled, mode)),
            unsettled: RefCell::default(),
            dialect,
            max_parameters: dialect.capabilities().max_parameters,
            lints_cartesian,
            sent: Cell::new(0),
        }
    }

    /// Commits the open transaction; does nothing where none is open.
    ///
    /// # Errors
    /// When the database cannot commit: the transaction stays open then, unless the database rolled it back.
    /// [`Disconnected`](ErrorKind::Disconnected) when the connection is lost, and with it what was not committed before; where it
    /// is lost while the database commits, nobody knows.
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) within [`transact`](Connection::transact), which commits by itself.
    pub fn commit(&self) -> Result<()> {
        self.end("COMMIT")
    }

    /// Rolls back the open transaction; does nothing where none is open. A connection that is lost has rolled back by that.
    ///
    /// # Errors
    /// When the database cannot roll back. [`InvalidRequest`](ErrorKind::InvalidRequest) within
    /// [`transact`](Connection::transact), which rolls back when it is given an error.
    pub fn rollback(&self) -> Result<()> {
        self.end("ROLLBACK")
    }

    /// Whether a transaction is open.
    pub fn in_transaction(&self) -> bool {
        // While a statement runs, a transaction is open.
        self.active
            .try_borrow()
            .map_or(true, |active| active.in_transaction())
    }

    /// Rolls back what is open, and gives the connection back to the pool. Dropping it does the same, but logs an error instead
    /// of returning it.
    ///
    /// # Errors
    /// When the database cannot roll back. The connection is closed then.
    pub fn close(self) -> Result<()> {
        self.active.into_inner().pooled.close()
    }

    /// Closes the connection now instead of giving it back to the pool; what is open is lost. For a connection that is suspected to
    /// be of no use any more.
    pub fn invalidate(self) {
        self.active.into_inner().pooled.discard();
    }

    /// Has the connection closed when it comes back, instead of used again. Until then it can be used.
    ///
    /// # Errors
    /// [`Busy`](ErrorKind::Busy) while rows are read from it.
    pub fn invalidate_soft(&self) -> Result<()> {
        self.active()?.pooled.wear();
        Ok(())
    }

    /// Takes the connection out of the pool: its place there is free at once, and it is closed when it is dropped. For a connection
    /// that is kept for long, or whose settings were changed so that nobody else could use it. What is open stays open.
    ///
    /// ```
    /// # use aludel::Engine;
    /// let engine = Engine::builder("sqlite://").pool_size(1).max_overflow(0).build()?;
    /// let own = engine.connect()?;
    /// own.detach()?;
    /// let other = engine.connect()?;
    /// assert_eq!(engine.pool_status().open(), 1);
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Busy`](ErrorKind::Busy) while rows are read from it.
    pub fn detach(&self) -> Result<()> {
        self.active()?.pooled.detach();
        Ok(())
    }

    /// The number of statements that were sent, without what begins and ends transactions and savepoints.
    pub(crate) fn statements(&self) -> u64 {
        self.sent.get()
    }

    #[inline]
    fn count(&self, statements: u64) {
        self.sent.set(self.sent.get() + statements);
    }

    /// How the database spells SQL.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        self.dialect
    }

    /// Runs a statement that writes; returns how many rows it changed.
    pub(crate) fn execute_sql(&self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<u64> {
        let mut active = self.ready(sql, parameters, true)?;
        self.count(1);
        let mut sender = self.by_hand(active.pooled.driver());
        let done = sender.execute(sql, parameters);
        active
            .noted(done)
            .map_err(|error| error.with_statement(sql, parameters, self.hidden()))
    }

    /// Runs a statement that writes once for each `width` of the parameters, in order; `each` is told how many rows it changed.
    pub(crate) fn execute_each(
        &self,
        (known, origin): (&Known, Option<Origin>),
        width: usize,
        parameters: &[ValueRef<'_>],
        each: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<()> {
        let sql = &*known.text;
        let mut active = self.ready(sql, &[], true)?;
        self.count((parameters.len() / width.max(1)) as u64);
        let mut done = 0;
        let driver = active.pooled.driver();
        let mut sender = Sender::new(driver, origin.map(|origin| self.watch(known, origin)));
        let all = sender.execute_each(sql, width, parameters, &mut |changed| {
            done += width;
            each(changed)
        });
        active.noted(all).map_err(|error| {
            let end = parameters.len().min(done + width);
            let hidden = self.log.hidden_of(known);
            let error = error.changing(known.changes);
            error.with_statement(sql, &parameters[done.min(end)..end], hidden)
        })
    }

    /// Runs a statement that gives rows, and hands each of them to `each`. `writes` tells whether it also writes, as
    /// `INSERT … RETURNING` does.
    pub(crate) fn query_sql(
        &self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        writes: bool,
        each: EachRow<'_>,
    ) -> Result<()> {
        let mut active = self.ready(sql, parameters, writes)?;
        self.count(1);
        let mut sender = self.by_hand(active.pooled.driver());
        let done = sender.query(sql, parameters, each);
        active
            .noted(done)
            .map_err(|error| error.with_statement(sql, parameters, self.hidden()))
    }

    /// Runs a statement that may give rows or not, and hands those that it gives to `each`.
    pub(crate) fn perform_sql(
        &self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        writes: bool,
        each: ReadOne<'_>,
    ) -> Result<Performed> {
        let mut active = self.ready(sql, parameters, writes)?;
        self.count(1);
        let mut sender = self.by_hand(active.pooled.driver());
        let done = sender.perform(sql, parameters, each);
        active
            .noted(done)
            .map_err(|error| error.with_statement(sql, parameters, self.hidden()))
    }

    /// Runs a statement of a text of many.
    pub(crate) fn run_unprepared(&self, sql: &str) -> Result<()> {
        let mut active = self.ready(sql, &[], true)?;
        self.count(1);
        let mut sender = self.by_hand(active.pooled.driver());
        let done = sender.run_unprepared(sql);
        active
            .noted(done)
            .map_err(|error| error.with_statement(sql, &[], self.hidden()))
    }

    /// The positions of the values of which the database only guesses that they are text.
    pub(crate) fn guessed(
        &self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        writes: bool,
    ) -> Result<Vec<usize>> {
        let mut active = self.ready(sql, parameters, writes)?;
        let guessed = active.pooled.driver().guessed(sql);
        guessed.map_err(|error| error.with_statement(sql, parameters, self.hidden()))
    }

    /// The way for a statement of which nothing is known but its text.
    fn by_hand<'d>(&self, driver: &'d mut dyn DriverConnection) -> Sender<'d, '_> {
        Sender::new(driver, self.watch_by_hand())
    }

    /// What is told of such a statement, if anybody listens.
    fn watch_by_hand(&self) -> Option<Watch<'_>> {
        self.log.listens().then(|| Watch {
            log: &self.log,
            system: self.dialect.title(),
            origin: Origin::ByHand,
            hidden: self.hidden(),
        })
    }

    /// What is told of a statement of the query language.
    #[cold]
    fn watch<'a>(&'a self, known: &'a Known, origin: Origin) -> Watch<'a> {
        Watch {
            log: &self.log,
            system: self.dialect.title(),
            origin,
            hidden: self.log.hidden_of(known),
        }
    }

    /// Which values of a statement by hand nobody may see: all or none.
    pub(crate) fn hidden(&self) -> Hidden<'static> {
        self.log.hidden()
    }

    /// The connection for a statement alone, in a transaction.
    fn ready(
        &self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        writes: bool,
    ) -> Result<RefMut<'_, Active>> {
        self.admit(sql, parameters)?;
        let mut active = self.active()?;
        active.begin(self.dialect, writes)?;
        active.pooled.sends(sql);
        Ok(active)
    }

    /// Refuses what the database would refuse for its size, before anything is sent.
    fn admit(&self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<()> {
        if parameters.len() <= self.max_parameters {
            return Ok(());
        }
        Err(self
            .too_many(parameters.len())
            .with_statement(sql, parameters, self.hidden()))
    }

    #[cold]
    fn too_many(&self, parameters: usize) -> Error {
        let message = format!(
            "the statement has {parameters} values, and {} takes at most {}: run it in parts",
            self.dialect.name(),
            self.max_parameters
        );
        Error::new(ErrorKind::InvalidRequest, message)
    }

    fn end(&self, sql: &str) -> Result<()> {
        let mut active = self.active()?;
        if active.depth > 0 {
            let message = format!("{sql} within `transact`, which ends its transaction by itself");
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        let is_commit = sql == "COMMIT";
        if !active.pooled.in_transaction() {
            let is_lost = is_commit && !active.pooled.is_usable();
            return if is_lost { Err(lost_before()) } else { Ok(()) };
        }
        match active.finish(sql) {
            Err(error) if error.is_disconnected() && !is_commit => Ok(()),
            ended => ended,
        }
    }

    /// Begins a savepoint, in a transaction that writes.
    ///
    /// # Errors
    /// Those of the database; [`InvalidRequest`](ErrorKind::InvalidRequest) where no transaction is begun, as with
    /// [`Isolation::Autocommit`](crate::Isolation::Autocommit).
    pub(crate) fn savepoint(&self, name: String) -> Result<Mark> {
        let mut active = self.active()?;
        active.begin(self.dialect, true)?;
        if !active.pooled.in_transaction() {
            let message = "a savepoint is a part of a transaction, and this connection begins none: its isolation level is `AUTOCOMMIT`";
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        active.mark(name)
    }

    /// Ends a savepoint; what was done in it stays.
    pub(crate) fn release_savepoint(&self, mark: &Mark) -> Result<()> {
        self.active()?.release(mark)
    }

    /// Ends a savepoint; what was done in it is undone.
    pub(crate) fn rollback_to_savepoint(&self, mark: &Mark) -> Result<()> {
        let mut active = self.active()?;
        if !active.in_transaction() {
            return Err(active.missing());
        }
        active.roll_back_to(mark)
    }

    /// Notes an error that came while rows were read.
    fn note_later(&self, is_lost: bool, conflict: Option<Box<Conflict>>) {
        if let Ok(mut active) = self.active.try_borrow_mut() {
            active.note_all(is_lost, conflict);
        }
    }

    #[inline]
    fn active(&self) -> Result<RefMut<'_, Active>> {
        self.active.try_borrow_mut().map_err(|_| busy())
    }
}

#[cold]
fn busy() -> Error {
    let message = "the connection is in use by a statement whose rows are still being read";
    Error::new(ErrorKind::Busy, message)
}

#[cfg(test)]
#[cfg(feature = "sqlite")]
mod tests;
