//! INSERT: what the generated builders stand on.

use std::marker::PhantomData;

use super::{expr::NoColumns, update::Assign};
use crate::{
    model::Model,
    sql::{self, Assigned},
};

/// A row of `M` in the making. A generated builder wraps it, and knows which required columns are still missing.
pub struct NewRow<M> {
    pub(super) tree: sql::Insert,
    model: PhantomData<M>,
}

impl<M: Model> NewRow<M> {
    /// For generated code: a row without values.
    #[doc(hidden)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        NewRow {
            tree: sql::Insert {
                table: M::TABLE,
                values: Vec::new(),
            },
            model: PhantomData,
        }
    }

    /// For generated code: gives the column at position `column` a value; a second value replaces the first.
    #[doc(hidden)]
    pub fn with<T>(mut self, column: usize, value: impl Assign<T, Uses = NoColumns>) -> Self {
        let value = value.into_assigned();
        let values = &mut self.tree.values;
        match values.iter_mut().find(|assigned| assigned.column == column) {
            Some(assigned) => assigned.value = value,
            None => values.push(Assigned { column, value }),
        }
        self
    }
}

/// A builder whose required columns all have a value: what [`insert`](crate::Connection::insert) takes.
pub trait Insertable {
    /// The model whose table it inserts into.
    type Model: Model;

    #[doc(hidden)]
    fn into_row(self) -> NewRow<Self::Model>;
}

/// Stands in a builder's type for a required column that has its value.
pub struct Set;

/// Has a required column its value? Generated code names the column that has not.
#[diagnostic::on_unimplemented(
    message = "a required column has no value: `{Self}`",
    label = "give it one by the builder's method of the same name",
    note = "the column can neither be NULL, nor has it a default"
)]
pub trait Given {}

#[diagnostic::do_not_recommend]
impl Given for Set {}
