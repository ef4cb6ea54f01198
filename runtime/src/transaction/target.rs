//! What transactions are run on: engines, connections and sessions.

use std::panic::Location;

use super::{Counted, Transaction};
use crate::{
    connection::{Conflict, Connection, Failure, Terms},
    engine::Engine,
    error::Error,
    pool::Taker,
    session::Session,
};

/// What a transaction is run on, and where it was asked for.
pub(super) struct On<'a, T> {
    target: &'a T,
    place: &'static Location<'static>,
}

/// What a try gave, and what it can be run again for.
pub(super) type Attempt<R, E> = (Result<R, Failure<E>>, Option<Conflict>);

/// What a [`Transaction`] can be run on.
pub(super) trait Target: Sized {
    /// What the work in a transaction is handed.
    type Handle;

    /// Runs `work` once.
    fn try_once<R, E>(
        on: &On<'_, Self>,
        terms: Terms,
        work: &mut dyn FnMut(&Self::Handle) -> Result<R, E>,
    ) -> Attempt<R, E>;
}

impl Target for Connection {
    type Handle = Connection;

    fn try_once<R, E>(
        on: &On<'_, Self>,
        terms: Terms,
        work: &mut dyn FnMut(&Connection) -> Result<R, E>,
    ) -> Attempt<R, E> {
        let connection = on.target;
        let result = connection.attempt(terms, work);
        // Where a transaction is still open, this was a part of it, or could not be rolled back.
        let conflict = match &result {
            Err(_) if !connection.in_transaction() => connection.conflict(),
            _ => None,
        };
        (result, conflict)
    }
}

impl Target for Engine {
    type Handle = Connection;

    fn try_once<R, E>(
        on: &On<'_, Self>,
        terms: Terms,
        work: &mut dyn FnMut(&Connection) -> Result<R, E>,
    ) -> Attempt<R, E> {
        let connection = match on.target.connect_for(Taker::Here(on.place)) {
            Ok(connection) => connection,
            Err(error) => return (Err(Failure::Ours(error)), None),
        };
        let on = On {
            target: &connection,
            place: on.place,
        };
        Connection::try_once(&on, terms, work)
    }
}

impl Target for Session {
    type Handle = Session;

    fn try_once<R, E>(
        on: &On<'_, Self>,
        terms: Terms,
        work: &mut dyn FnMut(&Session) -> Result<R, E>,
    ) -> Attempt<R, E> {
        on.target.attempt(terms, work)
    }
}

macro_rules! runs {
    ($($on:ty: $handle:ty;)*) => {
        $(impl Transaction<'_, $on> {
            /// Runs `work` in the transaction: committed when it returns `Ok`, rolled back when it returns an error or panics, and then
            /// run again as the options say. A panic is not run again.
            ///
            /// # Errors
            /// What `work` returned last; or the error of beginning or committing, which says how many tries there were, if there
            /// were several. [`Unsupported`](crate::ErrorKind::Unsupported), before anything is sent, for a level that the database does
            /// not have; [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for options of a part of a transaction.
            pub fn run<R, E: From<Error>>(
                self,
                work: impl FnMut(&$handle) -> Result<R, E>,
            ) -> Result<R, E> {
                self.go(work, &mut |_| ())
            }

            /// As `run`, with an account of the tries.
            ///
            /// ```
            /// # use aludel::{Engine, Error};
            /// # let engine = Engine::new("sqlite://")?;
            /// let counted = engine.transaction().retries(3).run_counted(|_| Ok::<_, Error>(42));
            /// assert_eq!((counted.result?, counted.tries.len()), (42, 1));
            /// # Ok::<(), aludel::Error>(())
            /// ```
            pub fn run_counted<R, E: From<Error>>(
                self,
                work: impl FnMut(&$handle) -> Result<R, E>,
            ) -> Counted<R, E> {
                let mut tries = Vec::new();
                let result = self.go(work, &mut |this| tries.push(this));
                Counted { result, tries }
            }
        })*
    };
}

runs! {
    Engine: Connection;
    Connection: Connection;
    Session: Session;
}

impl Engine {
    /// A transaction of its own with options, on a connection of its own.
    ///
    /// ```
    /// # use aludel::{Engine, Error};
    /// # let engine = Engine::new("sqlite://")?;
    /// engine.transaction().read_only().run(|_| Ok::<_, Error>(()))?;
    /// # Ok::<(), aludel::Error>(())
    /// ```
    #[track_caller]
    pub fn transaction(&self) -> Transaction<'_, Engine> {
        Transaction::new(on(self))
    }
}

impl Connection {
    /// A transaction with options, on this connection. A transaction that has only read is ended before it begins.
    #[track_caller]
    pub fn transaction(&self) -> Transaction<'_, Connection> {
        Transaction::new(on(self))
    }
}

impl Session {
    /// A transaction with options, as [`transact`](Session::transact) is one without. With
    /// [`retries`](Transaction::retries), the session is cleared before each try: what is needed is to be read or added within.
    ///
    /// ```
    /// # use aludel::{Engine, Error, Session};
    /// # let engine = Engine::new("sqlite://")?;
    /// let session = Session::new(&engine);
    /// session.transaction().retries(3).run(|session| Ok::<_, Error>(session.known()))?;
    /// # Ok::<(), aludel::Error>(())
    /// ```
    #[track_caller]
    pub fn transaction(&self) -> Transaction<'_, Session> {
        Transaction::new(on(self))
    }
}

#[track_caller]
fn on<T>(target: &T) -> On<'_, T> {
    On {
        target,
        place: Location::caller(),
    }
}
