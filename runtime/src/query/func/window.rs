//! Functions that only windows have.

use std::marker::PhantomData;

use super::{
    super::{
        expr::{Base, Expr, Expression},
        uses::{NoColumns, Windowed},
        window::Window,
    },
    argument, called,
};
use crate::sql::{Function, Node};

/// A function that needs to be told its window: `func::row_number().over(window().order_by(User::id))`.
#[must_use = "say `.over(...)`"]
pub struct WindowFunction<T, U> {
    node: Node,
    types: PhantomData<(T, U)>,
}

impl<T, U> WindowFunction<T, U> {
    fn new(name: &'static str, arguments: Vec<Node>) -> Self {
        WindowFunction {
            node: called::<T, U>(Function::Named(name), arguments).node,
            types: PhantomData,
        }
    }

    /// Says the rows around each row.
    pub fn over<W>(self, window: Window<W>) -> Expr<T, Windowed<(U, W)>> {
        window.over(self.node)
    }
}

macro_rules! without_arguments {
    ($($(#[$doc:meta])* $name:ident $sql:literal $ty:ty;)*) => { $(
        $(#[$doc])*
        pub fn $name() -> WindowFunction<$ty, NoColumns> {
            WindowFunction::new($sql, Vec::new())
        }
    )* };
}

without_arguments! {
    /// The number of the row, counted from 1.
    row_number "ROW_NUMBER" i64;
    /// The rank of the row: equal ones have the same, and leave a gap.
    rank "RANK" i64;
    /// The rank of the row: equal ones have the same, and leave no gap.
    dense_rank "DENSE_RANK" i64;
    /// The rank from 0 to 1.
    percent_rank "PERCENT_RANK" f64;
    /// The share of rows up to this one.
    cume_dist "CUME_DIST" f64;
}

/// The number of the part that the row falls into when all are divided in so many equal parts, counted from 1.
pub fn ntile(parts: i32) -> WindowFunction<i64, NoColumns> {
    WindowFunction::new("NTILE", vec![argument(&parts)])
}

/// The value of the row so many rows before; NULL where there is none.
pub fn lag<E: Expression>(operand: E, rows: i32) -> WindowFunction<Option<Base<E>>, E::Uses> {
    WindowFunction::new("LAG", vec![operand.into_node(), argument(&rows)])
}

/// The value of the row so many rows behind; NULL where there is none.
pub fn lead<E: Expression>(operand: E, rows: i32) -> WindowFunction<Option<Base<E>>, E::Uses> {
    WindowFunction::new("LEAD", vec![operand.into_node(), argument(&rows)])
}

/// The value of the first row of the frame.
pub fn first_value<E: Expression>(operand: E) -> WindowFunction<Option<Base<E>>, E::Uses> {
    WindowFunction::new("FIRST_VALUE", vec![operand.into_node()])
}

/// The value of the last row of the frame; which is the current row and its equals, unless the window says otherwise.
pub fn last_value<E: Expression>(operand: E) -> WindowFunction<Option<Base<E>>, E::Uses> {
    WindowFunction::new("LAST_VALUE", vec![operand.into_node()])
}

/// The value of the row with this number in the frame, counted from 1; NULL where there is none.
pub fn nth_value<E: Expression>(operand: E, row: i32) -> WindowFunction<Option<Base<E>>, E::Uses> {
    WindowFunction::new("NTH_VALUE", vec![operand.into_node(), argument(&row)])
}
