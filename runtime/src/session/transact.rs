//! `transact` of a session: a transaction around a closure, or a savepoint in one.

use super::{Inner, Savepoint, Session};
use crate::{
    connection::{Conflict, Failure, Terms},
    dialect::Mode,
    error::{Error, ErrorKind, Result},
};

impl Session {
    /// Runs `work` in a transaction: flushed and committed when it returns `Ok`, rolled back when it returns an error or panics.
    /// Within another, it is a savepoint: also where a query or a change began that, and whoever did has to commit it. See
    /// [`in_transaction`](Session::in_transaction).
    ///
    /// It is run once; [`transaction`](Session::transaction) has more to say of it. On SQLite it takes the lock for writing at once, as
    /// [`Engine::transact`](crate::Engine::transact) does, so that nobody can write between what it reads and what it writes.
    ///
    /// ```ignore
    /// session.transact(|session| {
    ///     session.add(Person::insert().name("ed"));
    ///     session.query::<Person>().count()
    /// })?;
    /// ```
    ///
    /// # Errors
    /// What `work` returns, or the error of flushing or committing.
    pub fn transact<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Session) -> Result<T, E>,
    ) -> Result<T, E> {
        let (result, _) = self.attempt(Terms::default(), work);
        result.map_err(Failure::into_error)
    }

    /// Runs `work` once, in a transaction of which something is said. Tells also what it can be run again for.
    pub(crate) fn attempt<T, E>(
        &self,
        terms: Terms,
        work: impl FnOnce(&Session) -> Result<T, E>,
    ) -> (Result<T, Failure<E>>, Option<Conflict>) {
        if self.in_transaction() {
            let part = terms.check_part().map_err(Failure::Ours);
            return (part.and_then(|()| self.part(work)), None);
        }
        let scope = match Scope::begin(self, terms) {
            Ok(scope) => scope,
            Err(error) => return (Err(Failure::Ours(error)), None),
        };
        // When `work` panics, dropping the scope rolls back.
        let result = work(self).map_err(Failure::Works);
        let result = result.and_then(|done| match self.inner().commit() {
            Ok(()) => Ok(done),
            Err(error) => Err(Failure::Ours(error)),
        });
        let conflict = scope.end(result.is_ok());
        (result, conflict)
    }

    fn part<T, E>(&self, work: impl FnOnce(&Session) -> Result<T, E>) -> Result<T, Failure<E>> {
        let savepoint = Savepoint::begin(self).map_err(Failure::Ours)?;
        let within = Within::begin(self.inner());
        let result = work(self).map_err(Failure::Works)?;
        drop(within);
        savepoint.commit().map_err(Failure::Ours)?;
        Ok(result)
    }
}

impl Inner {
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) within `transact`.
    pub(crate) fn not_within_transact(&self, how: &str) -> Result<()> {
        if self.transacting.get() == 0 {
            return Ok(());
        }
        let message = format!(
            "the session cannot be {how} within `transact`, which ends its transaction by itself"
        );
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }
}

/// While it lives, nobody else ends the transaction.
struct Within<'s>(&'s Inner);

impl<'s> Within<'s> {
    fn begin(inner: &'s Inner) -> Self {
        inner.transacting.set(inner.transacting.get() + 1);
        Within(inner)
    }
}

impl Drop for Within<'_> {
    fn drop(&mut self) {
        self.0.transacting.set(self.0.transacting.get() - 1);
    }
}

/// A running transaction of a session. Dropped before it is ended, it rolls back.
struct Scope<'s> {
    session: &'s Session,
    _within: Within<'s>,
    open: bool,
}

impl<'s> Scope<'s> {
    fn begin(session: &'s Session, terms: Terms) -> Result<Scope<'s>> {
        let inner = session.inner();
        inner.may_end("committed")?;
        terms.check(inner.dialect())?;
        if terms.is_retried {
            // What an earlier try would have left is not to be there in the first one either.
            inner.clear();
        }
        inner.mode.set(Mode {
            writes: !terms.mode.read_only,
            ..terms.mode
        });
        inner.journal.borrow_mut().begin();
        Ok(Scope {
            session,
            _within: Within::begin(inner),
            open: true,
        })
    }

    /// Rolls back, unless it was committed; tells what it can be run again for.
    fn end(mut self, is_committed: bool) -> Option<Conflict> {
        self.open = false;
        if is_committed {
            return None;
        }
        let connection = self.session.inner().open_connection();
        let conflict = connection.and_then(|connection| connection.conflict());
        if self.roll_back() { conflict } else { None }
    }

    fn roll_back(&self) -> bool {
        let done = self.session.inner().rollback();
        if let Err(error) = &done {
            tracing::warn!(target: "aludel::session", %error, "a session could not be rolled back");
        }
        done.is_ok()
    }
}

impl Drop for Scope<'_> {
    fn drop(&mut self) {
        if self.open {
            self.roll_back();
        }
        self.session.inner().mode.take();
    }
}
