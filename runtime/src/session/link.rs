//! Objects in the place of foreign keys.

use crate::{model::Keyed, value::Value};

/// An object that a foreign key can lead to.
pub trait Linked<M: Keyed> {
    /// Its number.
    #[doc(hidden)]
    fn object(&self) -> u64;

    /// The value of the column at this position, where it is known.
    #[doc(hidden)]
    fn column(&self, column: usize) -> Option<Value>;
}
