//! Statements that change rows and give something back of each: RETURNING.

use super::select::ReadRow;

/// A statement `T` that gives an `O` back for each row that it changes.
pub struct Returning<T, O> {
    pub(super) statement: T,
    pub(super) read: ReadRow<O>,
}

impl<T, O> Returning<T, O> {
    pub(super) fn new(statement: T, read: ReadRow<O>) -> Self {
        Returning { statement, read }
    }
}

impl<T: Clone, O> Clone for Returning<T, O> {
    fn clone(&self) -> Self {
        Returning {
            statement: self.statement.clone(),
            read: self.read,
        }
    }
}
