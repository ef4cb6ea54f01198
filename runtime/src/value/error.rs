//! Why a value is not what a Rust type wants.

use std::fmt;

use super::ValueRef;

/// A value that does not fit a Rust type. The row that it came from adds the column's name and makes it an
/// [`Error`](crate::Error) of kind [`Data`](crate::ErrorKind::Data).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError(String);

impl ValueError {
    /// An error with a message of one's own, in a type's own [`FromValue`](super::FromValue).
    pub fn new(message: impl Into<String>) -> Self {
        ValueError(message.into())
    }

    /// The value is of another kind than the type: `expected text, found an integer`.
    pub fn expected(expected: &str, found: ValueRef<'_>) -> Self {
        ValueError(format!("expected {expected}, found {}", found.what()))
    }

    /// The value is of the right kind, but too large or too small for the type.
    pub fn out_of_range(value: impl fmt::Display, ty: &str) -> Self {
        ValueError(format!("{value} does not fit into {ty}"))
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ValueError {}
