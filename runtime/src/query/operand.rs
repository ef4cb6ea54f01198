//! What may stand on the right of an operator.
//!
//! An integer literal takes the type of the column only while there is exactly one implementation for each integer type. A
//! widening one (`i32` for `i64`) would bring in the default of `i32` and break every other width.

use std::borrow::Cow;

use super::{
    column::Column,
    compound::Compound,
    expr::{Expr, Expression},
    grouping::Selected,
    rows::IntoQuery,
    scope::Outside,
    select::Select,
};
use crate::{
    model::Source,
    sql::{self, Node},
    value::{Scalar, SqlType, Value},
};

/// A value, column or expression on the right of an operator whose left side is a `B`.
#[diagnostic::on_unimplemented(
    message = "cannot compare or combine a `{B}` with `{Self}`",
    label = "expected a `{B}`, or an expression of that type",
    note = "for NULL there are `.is_null()` and `.is(option)`"
)]
pub trait IntoExpr<B> {
    /// The columns used by both sides, where the left one uses `L`.
    type With<L>;
    /// `X`, or an `Option` of it where this can be NULL.
    type Like<X: SqlType>: SqlType;

    #[doc(hidden)]
    fn into_expr_node(self) -> Node;
}

// The real implementations are those of `Operand`: with one blanket in between the compiler reports the message above
// instead of a list of types.
#[diagnostic::do_not_recommend]
impl<B, V: Operand<B>> IntoExpr<B> for V {
    type With<L> = V::With<L>;
    type Like<X: SqlType> = V::Like<X>;

    fn into_expr_node(self) -> Node {
        self.into_operand()
    }
}

/// Implemented for values, columns and expressions.
#[diagnostic::on_unimplemented(
    message = "cannot compare or combine a `{B}` with `{Self}`",
    label = "expected a `{B}`, or an expression of that type",
    note = "for NULL there are `.is_null()` and `.is(option)`"
)]
pub trait Operand<B> {
    /// See [`IntoExpr::With`].
    type With<L>;
    /// See [`IntoExpr::Like`].
    type Like<X: SqlType>: SqlType;

    #[doc(hidden)]
    fn into_operand(self) -> Node;
}

macro_rules! value_operands {
    ($([$($generics:tt)*] $base:ty, $ty:ty, $value:ident => $convert:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Operand<$base> for $ty {
            type With<L> = L;
            type Like<X: SqlType> = X;

            fn into_operand(self) -> Node {
                let $value = self;
                Node::Parameter($convert)
            }
        }
    )* };
}

value_operands! {
    [T: Scalar] T, T, value => value.to_value();
    [T: Scalar] T, &T, value => value.to_value();
    [] String, &str, value => Value::Text(Cow::Owned(value.to_owned()));
    [] String, Cow<'_, str>, value => Value::Text(Cow::Owned(value.into_owned()));
    [] f64, i32, value => Value::Float(f64::from(value));
}

#[diagnostic::do_not_recommend]
impl<M: Source, T: SqlType<Base = B>, B, const I: usize, A: 'static> Operand<B>
    for Column<M, T, I, A>
{
    type With<L> = (L, Self);
    type Like<X: SqlType> = T::Like<X>;

    fn into_operand(self) -> Node {
        self.into_node()
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType<Base = B>, B, U> Operand<B> for Expr<T, U> {
    type With<L> = (L, U);
    type Like<X: SqlType> = T::Like<X>;

    fn into_operand(self) -> Node {
        self.node
    }
}

/// What [`is`](super::Expression::is) takes: an `Option`, a value, a column or an expression.
#[diagnostic::on_unimplemented(
    message = "cannot compare a `{B}` with `{Self}`",
    label = "expected an `Option<{B}>`, a `{B}`, or an expression of that type"
)]
pub trait IntoNullable<B> {
    /// See [`IntoExpr::With`].
    type With<L>;

    #[doc(hidden)]
    fn into_nullable_node(self) -> Node;
}

macro_rules! nullable_operands {
    ($([$($generics:tt)*] $base:ty, $ty:ty, $with:ty, $value:ident => $convert:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> IntoNullable<$base> for $ty {
            type With<L> = $with;

            fn into_nullable_node(self) -> Node {
                let $value = self;
                $convert
            }
        }
    )* };
}

nullable_operands! {
    [T: Scalar] T, T, L, value => Node::Parameter(value.to_value());
    [T: Scalar] T, Option<T>, L, value => Node::Parameter(value.encode());
    [T: Scalar] T, &Option<T>, L, value => Node::Parameter(value.encode());
    [M: Source, T: SqlType<Base = B>, B, const I: usize, A: 'static] B, Column<M, T, I, A>, (L, Self), column => column.into_node();
    [T: SqlType<Base = B>, B, U] B, Expr<T, U>, (L, U), expr => expr.node;
}

/// What [`in_`](super::Expression::in_) takes: an array, a vector, a slice, or a query that selects one column.
#[diagnostic::on_unimplemented(
    message = "`.in_(...)` cannot look for a `{B}` in `{Self}`",
    label = "expected a list of `{B}`, or a query that selects one such column"
)]
pub trait IntoList<B> {
    /// See [`IntoExpr::With`].
    type With<L>;

    #[doc(hidden)]
    fn into_membership(self, operand: Node) -> Node;
}

// As with `IntoExpr`: one blanket keeps the list of implementations out of messages.
#[diagnostic::do_not_recommend]
impl<B, L: List<B>> IntoList<B> for L {
    type With<C> = L::With<C>;

    fn into_membership(self, operand: Node) -> Node {
        self.into_membership_of(operand)
    }
}

/// Implemented for lists of values, and for queries.
#[diagnostic::on_unimplemented(
    message = "`.in_(...)` cannot look for a `{B}` in `{Self}`",
    label = "expected a list of `{B}`, or a query that selects one such column"
)]
pub trait List<B> {
    /// See [`IntoExpr::With`].
    type With<L>;

    #[doc(hidden)]
    fn into_membership_of(self, operand: Node) -> Node;
}

fn among(operand: Node, values: impl Iterator<Item = Node>) -> Node {
    Node::In {
        operand: Box::new(operand),
        list: values.collect(),
    }
}

macro_rules! value_lists {
    ($([$($generics:tt)*] $ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl<B, V: IntoExpr<B>, $($generics)*> List<B> for $ty {
            type With<L> = V::With<L>;

            fn into_membership_of(self, operand: Node) -> Node {
                among(operand, self.into_iter().map(V::into_expr_node))
            }
        }
    )* };
}

value_lists!([const N: usize] [V; N], [] Vec<V>);

#[diagnostic::do_not_recommend]
impl<B: Scalar> List<B> for &[B] {
    type With<L> = L;

    fn into_membership_of(self, operand: Node) -> Node {
        let value = |value: &B| Node::Parameter(value.to_value());
        among(operand, self.iter().map(value))
    }
}

#[diagnostic::do_not_recommend]
impl<B: Scalar> List<B> for &Vec<B> {
    type With<L> = L;

    fn into_membership_of(self, operand: Node) -> Node {
        self.as_slice().into_membership_of(operand)
    }
}

#[diagnostic::do_not_recommend]
impl<B, T: SqlType<Base = B>, S: Outside, G: Selected, X> List<B> for Select<S, T, G, X> {
    type With<L> = (L, S::Uses);

    fn into_membership_of(self, operand: Node) -> Node {
        within(operand, self.into_query())
    }
}

#[diagnostic::do_not_recommend]
impl<B, T: SqlType<Base = B>, U, X> List<B> for Compound<T, U, X> {
    type With<L> = (L, U);

    fn into_membership_of(self, operand: Node) -> Node {
        within(operand, self.into_query())
    }
}

fn within(operand: Node, query: sql::Query) -> Node {
    Node::InQuery {
        operand: Box::new(operand),
        query: Box::new(query),
    }
}
