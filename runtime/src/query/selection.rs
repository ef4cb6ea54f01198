//! What `select` takes: columns, expressions, whole rows, and tuples of these.

use super::{
    column::{Column, WholeRow},
    expr::{Expr, Expression, Reads},
    scope::{In, Nullness, Place, Uses},
};
use crate::{error::Result, model::Source, row::Row, sql::Node, value::SqlType};

/// Something that a query over the tables `S` can give; each row becomes an `R`. `Which` is inferred.
///
/// The row's type is a parameter and not an associated type, so that a mistake is reported once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "expected columns, expressions, `Model::entity()`, or a tuple of these"
)]
pub trait Selectable<S, R, Which> {
    #[doc(hidden)]
    fn into_columns(self, into: &mut Vec<Node>);

    /// Reads what was selected, and moves `at` behind it.
    #[doc(hidden)]
    fn read(row: &Row<'_>, at: &mut usize) -> Result<R>;
}

// One blanket between this and the real implementations keeps their list out of messages.
impl<S, R, I, C: Selection<S, R, I>> Selectable<S, R, I> for C {
    fn into_columns(self, into: &mut Vec<Node>) {
        Selection::into_columns(self, into);
    }

    fn read(row: &Row<'_>, at: &mut usize) -> Result<R> {
        <C as Selection<S, R, I>>::read(row, at)
    }
}

/// Implemented for columns, expressions, whole rows, and tuples of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "expected columns, expressions, `Model::entity()`, or a tuple of these"
)]
pub trait Selection<S, R, Which> {
    #[doc(hidden)]
    fn into_columns(self, into: &mut Vec<Node>);

    /// Reads what was selected, and moves `at` behind it.
    #[doc(hidden)]
    fn read(row: &Row<'_>, at: &mut usize) -> Result<R>;
}

impl<S, I: Place, M: Source, T: SqlType, const N: usize, A: 'static>
    Selection<S, <I::Null as Nullness>::Apply<T>, I> for Column<M, T, N, A>
where
    Uses<M>: In<M, S, I>,
{
    fn into_columns(self, into: &mut Vec<Node>) {
        into.push(self.into_node());
    }

    fn read(row: &Row<'_>, at: &mut usize) -> Result<<I::Null as Nullness>::Apply<T>> {
        one(row, at)
    }
}

impl<S, I: Place, T: SqlType, U: Reads<S, I>> Selection<S, <I::Null as Nullness>::Apply<T>, I>
    for Expr<T, U>
{
    fn into_columns(self, into: &mut Vec<Node>) {
        into.push(self.node);
    }

    fn read(row: &Row<'_>, at: &mut usize) -> Result<<I::Null as Nullness>::Apply<T>> {
        one(row, at)
    }
}

impl<S, I: Place, M: Source> Selection<S, <I::Null as Nullness>::OnRow<M::Row>, I> for WholeRow<M>
where
    Uses<M>: In<M, S, I>,
{
    fn into_columns(self, into: &mut Vec<Node>) {
        into.push(whole_row::<M>());
    }

    fn read(row: &Row<'_>, at: &mut usize) -> Result<<I::Null as Nullness>::OnRow<M::Row>> {
        let start = *at;
        *at += M::TABLE.columns.len();
        I::Null::read::<M>(row, start)
    }
}

/// All columns of `M`.
pub(super) fn whole_row<M: Source>() -> Node {
    Node::WholeRow {
        alias: M::ALIAS,
        table: M::TABLE,
    }
}

#[inline]
fn one<T: SqlType>(row: &Row<'_>, at: &mut usize) -> Result<T> {
    let index = *at;
    *at += 1;
    row.get(index)
}

macro_rules! selection_tuples {
    ($(($($column:ident $row:ident $which:ident),+))+) => { $(
        impl<S, $($column, $row, $which),+> Selection<S, ($($row,)+), ($($which,)+)> for ($($column,)+)
        where
            $($column: Selection<S, $row, $which>),+
        {
            #[allow(non_snake_case)]
            fn into_columns(self, into: &mut Vec<Node>) {
                let ($($column,)+) = self;
                $($column.into_columns(into);)+
            }

            fn read(row: &Row<'_>, at: &mut usize) -> Result<($($row,)+)> {
                Ok(($($column::read(row, at)?,)+))
            }
        }
    )+ };
}

selection_tuples! {
    (C1 R1 I1)
    (C1 R1 I1, C2 R2 I2)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3, C4 R4 I4)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3, C4 R4 I4, C5 R5 I5)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3, C4 R4 I4, C5 R5 I5, C6 R6 I6)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3, C4 R4 I4, C5 R5 I5, C6 R6 I6, C7 R7 I7)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3, C4 R4 I4, C5 R5 I5, C6 R6 I6, C7 R7 I7, C8 R8 I8)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3, C4 R4 I4, C5 R5 I5, C6 R6 I6, C7 R7 I7, C8 R8 I8, C9 R9 I9)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3, C4 R4 I4, C5 R5 I5, C6 R6 I6, C7 R7 I7, C8 R8 I8, C9 R9 I9, C10 R10 I10)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3, C4 R4 I4, C5 R5 I5, C6 R6 I6, C7 R7 I7, C8 R8 I8, C9 R9 I9, C10 R10 I10, C11 R11 I11)
    (C1 R1 I1, C2 R2 I2, C3 R3 I3, C4 R4 I4, C5 R5 I5, C6 R6 I6, C7 R7 I7, C8 R8 I8, C9 R9 I9, C10 R10 I10, C11 R11 I11,
        C12 R12 I12)
}
