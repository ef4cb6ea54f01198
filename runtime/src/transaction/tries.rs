//! The account of a transaction's tries.

use std::{fmt, time::Duration};

use crate::{connection::Conflict, error::ErrorKind};

/// A try to run a transaction: what [`Transaction::on_retry`](crate::Transaction::on_retry) is told of.
///
/// It shows the kind and the message of what went wrong. Of statements and their values it knows nothing.
#[derive(Debug, Clone)]
pub struct Try {
    pub(super) number: u32,
    pub(super) took: Duration,
    pub(super) conflict: Option<Conflict>,
    pub(super) wait: Duration,
}

/// What [`Transaction::run_counted`](crate::Transaction#method.run_counted) gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[must_use = "the result may be an error"]
pub struct Counted<R, E> {
    /// What [`Transaction::run`](crate::Transaction#method.run) would have given.
    pub result: Result<R, E>,
    /// Each try, in their order. The result is that of the last.
    pub tries: Vec<Try>,
}

impl Try {
    /// Which one it was, counted from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How long it took, from its beginning until it was committed or rolled back.
    pub fn took(&self) -> Duration {
        self.took
    }

    /// The kind of error that it could be run again for; `None` where it succeeded, or failed for another reason.
    pub fn kind(&self) -> Option<ErrorKind> {
        Some(self.conflict.as_ref()?.kind)
    }

    /// What the database said, where there is a [`kind`](Try::kind).
    pub fn message(&self) -> Option<&str> {
        Some(&self.conflict.as_ref()?.message)
    }

    /// The database's code for it, as in [`Error::code`](crate::Error::code).
    pub fn code(&self) -> Option<&str> {
        self.conflict.as_ref()?.code.as_deref()
    }

    /// How long is waited after it; nothing where no other follows.
    pub fn wait(&self) -> Duration {
        self.wait
    }
}

impl fmt::Display for Try {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "try {}", self.number)?;
        match &self.conflict {
            Some(conflict) => write!(f, ": {:?}: {}", conflict.kind, conflict.message),
            None => Ok(()),
        }
    }
}
