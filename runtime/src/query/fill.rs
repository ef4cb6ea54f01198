//! Values that the client fills in: where an insert gives none, and whenever a row changes.

use crate::{
    sql::{Assigned, Node},
    value::{Scalar, Value, ValueRef},
};

/// The columns that a statement sets, for generated code to add to.
pub struct Changes<'a>(&'a mut Vec<Assigned>);

impl<'a> Changes<'a> {
    pub(crate) fn new(values: &'a mut Vec<Assigned>) -> Self {
        Changes(values)
    }

    /// Sets a column that has no value yet.
    #[doc(hidden)]
    pub fn fill<T: Scalar>(&mut self, column: usize, make: impl FnOnce() -> T) {
        self.add(column, || make().to_value());
    }

    /// Sets a column that has no value yet, from text.
    #[doc(hidden)]
    pub fn fill_text<T: Scalar>(&mut self, column: usize, text: &'static str) {
        // Text that is no value of the type is for the database to refuse.
        self.add(column, || match T::from_value(ValueRef::Text(text)) {
            Ok(value) => value.to_value(),
            Err(_) => Value::Text(text.into()),
        });
    }

    fn add(&mut self, column: usize, make: impl FnOnce() -> Value) {
        if self.0.iter().all(|assigned| assigned.column != column) {
            self.0.push(Assigned {
                column,
                value: Node::Parameter(make()),
            });
        }
    }
}

/// What is now, by a type for dates and times.
pub trait Now {
    /// The current date, time, or both, in UTC and microseconds.
    fn now() -> Self;
}
