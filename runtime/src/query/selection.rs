//! What `select` takes: columns, expressions, labels, whole rows, and tuples of these.

use super::{
    column::{Column, WholeRow},
    expr::{Expr, Expression},
    func::WindowFunction,
    grouping::FitsGroup,
    label::Label,
    mistaken::{HasWindow, IsExpression, IsSelection, Mistaken},
    relationship::Relationship,
    scope::{In, Nullness, Place, Uses},
    uses::{NoColumns, Reads, pairs},
};
use crate::{error::Result, model::Source, row::Row, sql::Node, value::SqlType};

/// Something that a query over the tables `S` with the grouping `G` can give; each row becomes an `R`. `Which` is inferred.
///
/// The row's type is a parameter and not an associated type, so that a mistake is reported once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "expected columns, expressions, `Model::entity()`, or a tuple of these"
)]
pub trait Selectable<S, G, R, Which> {
    #[doc(hidden)]
    fn into_columns(self, into: &mut Vec<Node>);

    /// Reads what was selected, and moves `at` behind it.
    #[doc(hidden)]
    fn read(row: &Row<'_>, at: &mut usize) -> Result<R>;
}

// One blanket between this and the real implementations keeps their list out of messages.
impl<S, G, R, U, I, J, C> Selectable<S, G, R, (I, J, U)> for C
where
    C: Selection<S, R, U, I>,
    U: FitsGroup<G, J>,
{
    fn into_columns(self, into: &mut Vec<Node>) {
        Selection::into_columns(self, into);
    }

    fn read(row: &Row<'_>, at: &mut usize) -> Result<R> {
        <C as Selection<S, R, U, I>>::read(row, at)
    }
}

/// Implemented for columns, expressions, labels, whole rows, and tuples of these, which use the columns `U`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "expected columns, expressions, `Model::entity()`, or a tuple of these"
)]
pub trait Selection<S, R, U, Which> {
    #[doc(hidden)]
    fn into_columns(self, into: &mut Vec<Node>);

    /// Reads what was selected, and moves `at` behind it.
    #[doc(hidden)]
    fn read(row: &Row<'_>, at: &mut usize) -> Result<R>;
}

impl<S, I: Place, M: Source, T: SqlType, const N: usize, A: 'static>
    Selection<S, <I::Null as Nullness>::Apply<T>, Self, I> for Column<M, T, N, A>
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

impl<S, I: Place, T: SqlType, U: Reads<S, I>> Selection<S, <I::Null as Nullness>::Apply<T>, U, I>
    for Expr<T, U>
{
    fn into_columns(self, into: &mut Vec<Node>) {
        into.push(self.node);
    }

    fn read(row: &Row<'_>, at: &mut usize) -> Result<<I::Null as Nullness>::Apply<T>> {
        one(row, at)
    }
}

impl<S, I: Place, T: SqlType, U: Reads<S, I>> Selection<S, <I::Null as Nullness>::Apply<T>, U, I>
    for &Label<T, U>
{
    fn into_columns(self, into: &mut Vec<Node>) {
        into.push(self.into_node());
    }

    fn read(row: &Row<'_>, at: &mut usize) -> Result<<I::Null as Nullness>::Apply<T>> {
        one(row, at)
    }
}

impl<S, I: Place, T: SqlType, U: Reads<S, I>> Selection<S, <I::Null as Nullness>::Apply<T>, U, I>
    for Label<T, U>
{
    fn into_columns(self, into: &mut Vec<Node>) {
        into.push((&self).into_node());
    }

    fn read(row: &Row<'_>, at: &mut usize) -> Result<<I::Null as Nullness>::Apply<T>> {
        one(row, at)
    }
}

impl<S, I: Place, M: Source> Selection<S, <I::Null as Nullness>::OnRow<M::Row>, Self, I>
    for WholeRow<M>
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

macro_rules! never_selected {
    ($([$($generics:ident),*] $ty:ty: $Condition:ident)*) => { $(
        impl<S, $($generics),*> Selection<S, (), NoColumns, ()> for $ty
        where
            Mistaken<(S, Self)>: $Condition,
        {
            fn into_columns(self, _into: &mut Vec<Node>) {}

            fn read(_row: &Row<'_>, _at: &mut usize) -> Result<()> {
                Ok(())
            }
        }
    )* };
}

// One type of integer only, so that a literal is of that.
never_selected! {
    [] i64: IsExpression
    [] f64: IsExpression
    [] bool: IsExpression
    [] &str: IsExpression
    [] String: IsExpression
    [A, B, N] Relationship<A, B, N>: IsSelection
    [T, U] WindowFunction<T, U>: HasWindow
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
    ($(($($column:ident $row:ident $uses:ident $which:ident),+))+) => { $(
        impl<S, $($column, $row, $uses, $which),+>
            Selection<S, ($($row,)+), pairs!($($uses),+), ($($which,)+)> for ($($column,)+)
        where
            $($column: Selection<S, $row, $uses, $which>),+
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
    (C1 R1 U1 I1)
    (C1 R1 U1 I1, C2 R2 U2 I2)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7, C8 R8 U8 I8)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7, C8 R8 U8 I8, C9 R9 U9 I9)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7, C8 R8 U8 I8, C9 R9 U9 I9, C10 R10 U10 I10)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7, C8 R8 U8 I8, C9 R9 U9 I9, C10 R10 U10 I10, C11 R11 U11 I11)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7, C8 R8 U8 I8, C9 R9 U9 I9, C10 R10 U10 I10, C11 R11 U11 I11, C12 R12 U12 I12)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7, C8 R8 U8 I8, C9 R9 U9 I9, C10 R10 U10 I10, C11 R11 U11 I11, C12 R12 U12 I12, C13 R13 U13 I13)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7, C8 R8 U8 I8, C9 R9 U9 I9, C10 R10 U10 I10, C11 R11 U11 I11, C12 R12 U12 I12, C13 R13 U13 I13, C14 R14 U14 I14)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7, C8 R8 U8 I8, C9 R9 U9 I9, C10 R10 U10 I10, C11 R11 U11 I11, C12 R12 U12 I12, C13 R13 U13 I13, C14 R14 U14 I14, C15 R15 U15 I15)
    (C1 R1 U1 I1, C2 R2 U2 I2, C3 R3 U3 I3, C4 R4 U4 I4, C5 R5 U5 I5, C6 R6 U6 I6, C7 R7 U7 I7, C8 R8 U8 I8, C9 R9 U9 I9, C10 R10 U10 I10, C11 R11 U11 I11, C12 R12 U12 I12, C13 R13 U13 I13, C14 R14 U14 I14, C15 R15 U15 I15, C16 R16 U16 I16)
}
