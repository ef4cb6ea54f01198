//! Savepoints: a part of a transaction that can be rolled back alone.

use super::{Session, events::Moment};
use crate::{
    connection::Mark,
    error::{Error, ErrorKind, Result},
};

/// A part of a session's transaction. Dropped, it is rolled back: what was added in it has no row and no session any more, what
/// was changed is what it was when the savepoint began, and out of date; all else stays.
///
/// The session's own [`commit`](Session::commit) and [`rollback`](Session::rollback) end the whole transaction, and with it all
/// savepoints.
///
/// ```ignore
/// let savepoint = session.savepoint()?;
/// session.add(User::insert().name("perhaps"));
/// match savepoint.commit() {
///     Err(error) if error.is_unique_violation() => println!("there already"),
///     other => other?,
/// }
/// session.commit()?;
/// ```
#[must_use = "a savepoint that is dropped is rolled back"]
pub struct Savepoint<'s> {
    session: &'s Session,
    number: u64,
    mark: Mark,
    open: bool,
}

impl<'s> Savepoint<'s> {
    pub(super) fn begin(session: &'s Session) -> Result<Savepoint<'s>> {
        let inner = session.inner();
        inner.may_begin_savepoint()?;
        inner.flush()?;
        let connection = inner.connection()?;
        let number = inner.journal.borrow_mut().open();
        match connection.savepoint(format!("aludel_session_{number}")) {
            Ok(mark) => Ok(Savepoint {
                session,
                number,
                mark,
                open: true,
            }),
            Err(error) => {
                inner.journal.borrow_mut().release(number);
                Err(error)
            }
        }
    }

    /// Flushes, and ends the savepoint: what was done in it belongs to the transaction. Where that fails, the savepoint is rolled
    /// back, and the session goes on in the transaction around.
    ///
    /// # Errors
    /// As [`flush`](Session::flush); [`InvalidRequest`](ErrorKind::InvalidRequest) where the transaction has ended meanwhile.
    pub fn commit(mut self) -> Result<()> {
        let inner = self.session.inner();
        self.check()?;
        inner.flush()?;
        let connection = inner.connection()?;
        connection.release_savepoint(&self.mark)?;
        inner.journal.borrow_mut().release(self.number);
        self.open = false;
        Ok(())
    }

    /// Rolls back what was done in it. An [`Edit`](super::Edit) that is open publishes its change on what is restored.
    ///
    /// # Errors
    /// When the database cannot; [`InvalidRequest`](ErrorKind::InvalidRequest) where the transaction has ended meanwhile.
    pub fn rollback(mut self) -> Result<()> {
        self.check()?;
        self.open = false;
        self.undo()
    }

    fn undo(&self) -> Result<()> {
        let inner = self.session.inner();
        let done = match inner.open_connection() {
            Some(connection) => connection.rollback_to_savepoint(&self.mark),
            None => Ok(()),
        };
        inner.forget_changes();
        let entries = inner.journal.borrow_mut().undo(self.number);
        inner.undo(entries);
        let mut failed = inner.failed.borrow_mut();
        if failed
            .as_ref()
            .is_some_and(|(level, _)| *level >= self.number)
        {
            *failed = None;
        }
        if let Err(error) = &done {
            // Without its savepoint, the transaction cannot go on.
            *failed = Some((0, error.message().to_owned()));
        }
        drop(failed);
        inner.tell_ended(Moment::AfterSavepointRollback);
        done
    }

    fn check(&self) -> Result<()> {
        if self.session.inner().journal.borrow().is_open(self.number) {
            return Ok(());
        }
        let message = "the transaction of this savepoint has ended";
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }
}

impl Drop for Savepoint<'_> {
    fn drop(&mut self) {
        if !self.open || self.check().is_err() {
            return;
        }
        if let Err(error) = self.undo() {
            tracing::warn!(target: "aludel::session", %error, "a savepoint could not be rolled back");
        }
    }
}
