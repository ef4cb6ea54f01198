//! A field of a model, whatever its type: what a session compares, writes and reads back.

use std::any::Any;

use crate::value::{SqlType, Value, ValueError, ValueRef};

/// A field of a model. It is there for every type that a column can have.
pub trait Field: Any {
    /// The value to bind.
    fn encode(&self) -> Value;

    /// The value, where it is a whole number of a usual type; `None` says nothing. Keys are mostly such, and cost less by this.
    fn whole_number(&self) -> Option<i64>;

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

    // The compiler knows which one it is.
    fn whole_number(&self) -> Option<i64> {
        let field: &dyn Any = self;
        if let Some(number) = field.downcast_ref::<i64>() {
            return Some(*number);
        }
        if let Some(number) = field.downcast_ref::<Option<i64>>() {
            return *number;
        }
        field.downcast_ref::<i32>().copied().map(i64::from)
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
