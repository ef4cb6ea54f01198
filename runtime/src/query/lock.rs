//! Locks on the rows that a query reads.

use crate::sql::{self, Wait};

/// A lock on the rows that a query reads, until the transaction ends: what [`lock`](super::Select::lock) takes.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Lock(sql::Lock);

impl Lock {
    /// Nobody else may change or lock the rows.
    pub fn for_update() -> Self {
        Lock(sql::Lock {
            shared: false,
            wait: Wait::Block,
        })
    }

    /// Nobody may change the rows; others may lock them in the same way.
    pub fn for_share() -> Self {
        Lock(sql::Lock {
            shared: true,
            wait: Wait::Block,
        })
    }

    /// Fails at once where others have locked a row, instead of waiting for them.
    pub fn nowait(mut self) -> Self {
        self.0.wait = Wait::Fail;
        self
    }

    /// Leaves out the rows that others have locked: what several workers take their jobs from a table with.
    pub fn skip_locked(mut self) -> Self {
        self.0.wait = Wait::Skip;
        self
    }

    pub(super) fn into_tree(self) -> sql::Lock {
        self.0
    }
}
