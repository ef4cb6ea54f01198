//! A field of a model, whatever its type: what a session compares, writes and reads back.

use std::any::Any;

use crate::value::{SqlType, Value, ValueError, ValueRef};

/// A field of a model. It is there for every type that a column can have.
pub trait Field: Any {
    /// The value to bind.
    fn encode(&self) -> Value;

    /// Takes a value from a cell.
    ///
    /// # Errors
    /// As [`SqlType::decode`].
    fn decode(&mut self, value: ValueRef<'_>) -> Result<(), ValueError>;

    /// Whether both are equal; false for fields of different types.
    fn is(&self, other: &dyn Field) -> bool;

    /// Takes the value of another field of the same type.
    fn copy(&mut self, from: &dyn Field);
}

impl<T: SqlType + PartialEq + Clone> Field for T {
    fn encode(&self) -> Value {
        SqlType::encode(self)
    }

    fn decode(&mut self, value: ValueRef<'_>) -> Result<(), ValueError> {
        *self = SqlType::decode(value)?;
        Ok(())
    }

    fn is(&self, other: &dyn Field) -> bool {
        (other as &dyn Any).downcast_ref() == Some(self)
    }

    fn copy(&mut self, from: &dyn Field) {
        if let Some(from) = (from as &dyn Any).downcast_ref::<T>() {
            self.clone_from(from);
        }
    }
}
