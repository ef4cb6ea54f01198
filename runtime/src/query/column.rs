//! Columns, as constants of a model, and whole rows.

use std::marker::PhantomData;

use super::expr::Expression;
use crate::{model::Source, sql::Node, value::SqlType};

/// A column of the model (or alias) `M`, of the Rust type `T`, at position `I` of its table. `A` says whether it can be
/// written.
///
/// Generated code declares one constant for each column: `User::name`. The position makes the types of two columns differ.
pub struct Column<M, T, const I: usize, A = ReadWrite>(PhantomData<(M, T, A)>);

/// A column that inserts and updates may set.
pub struct ReadWrite;
/// A column that the database computes by itself.
pub struct ReadOnly;

impl<M, T, const I: usize, A> Clone for Column<M, T, I, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, T, const I: usize, A> Copy for Column<M, T, I, A> {}

impl<M, T, const I: usize, A> Column<M, T, I, A> {
    /// For generated code.
    #[doc(hidden)]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Column(PhantomData)
    }
}

impl<M: Source, T: SqlType, const I: usize, A: 'static> Expression for Column<M, T, I, A> {
    type Type = T;
    type Uses = Self;

    fn into_node(self) -> Node {
        Node::Column {
            table: M::ALIAS,
            column: &M::TABLE.columns[I],
        }
    }
}

/// All columns of `M`, which become one value: `User::entity()`.
pub struct WholeRow<M>(PhantomData<M>);

impl<M> WholeRow<M> {
    pub(crate) const fn new() -> Self {
        WholeRow(PhantomData)
    }
}

impl<M> Clone for WholeRow<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for WholeRow<M> {}
