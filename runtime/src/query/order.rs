//! What `order_by` takes.

use std::marker::PhantomData;

use super::{
    column::Column,
    expr::{Expr, Expression},
    grouping::FitsOrder,
    label::Label,
    uses::{Reads, pairs},
};
use crate::{
    model::Source,
    sql::{Node, Nulls, Order},
    value::SqlType,
};

/// An expression with a direction: `User::id.desc()`.
pub struct OrderKey<U> {
    order: Order,
    uses: PhantomData<U>,
}

impl<U> OrderKey<U> {
    pub(crate) fn new(by: Node, descending: bool) -> Self {
        OrderKey {
            order: Order {
                by,
                descending,
                nulls: None,
            },
            uses: PhantomData,
        }
    }

    /// NULLs come before all others. Where it is not said, SQLite and MySQL take NULL for the smallest value, PostgreSQL for
    /// the greatest.
    pub fn nulls_first(mut self) -> Self {
        self.order.nulls = Some(Nulls::First);
        self
    }

    /// NULLs come behind all others.
    pub fn nulls_last(mut self) -> Self {
        self.order.nulls = Some(Nulls::Last);
        self
    }
}

impl<U> Clone for OrderKey<U> {
    fn clone(&self) -> Self {
        OrderKey {
            order: self.order.clone(),
            uses: PhantomData,
        }
    }
}

/// What can be ordered by: a column, an expression, one of these with a direction, or a tuple of all that.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something to order by",
    label = "expected `column.asc()` or `column.desc()`"
)]
pub trait OrderKeys {
    /// The columns it uses.
    type Uses;

    #[doc(hidden)]
    fn collect(self, into: &mut Vec<Order>);
}

#[diagnostic::do_not_recommend]
impl<U> OrderKeys for OrderKey<U> {
    type Uses = U;

    fn collect(self, into: &mut Vec<Order>) {
        into.push(self.order);
    }
}

#[diagnostic::do_not_recommend]
impl<M: Source, T: SqlType, const I: usize, A: 'static> OrderKeys for Column<M, T, I, A> {
    type Uses = Self;

    fn collect(self, into: &mut Vec<Order>) {
        self.asc().collect(into);
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, U> OrderKeys for Expr<T, U> {
    type Uses = U;

    fn collect(self, into: &mut Vec<Order>) {
        self.asc().collect(into);
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, U> OrderKeys for &Label<T, U> {
    type Uses = U;

    fn collect(self, into: &mut Vec<Order>) {
        self.asc().collect(into);
    }
}

macro_rules! order_tuples {
    ($(($($key:ident)+))+) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($key: OrderKeys),+> OrderKeys for ($($key,)+) {
            type Uses = pairs!($($key::Uses),+);

            #[allow(non_snake_case)]
            fn collect(self, into: &mut Vec<Order>) {
                let ($($key,)+) = self;
                $($key.collect(into);)+
            }
        }
    )+ };
}

order_tuples! { (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }

/// Order keys for a query with the tables `S` and the grouping `G`. `Which` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something to order by",
    label = "expected `column.asc()` or `column.desc()`"
)]
pub trait OrderOf<S, G, Which> {
    #[doc(hidden)]
    fn into_orders(self, into: &mut Vec<Order>);
}

impl<S, G, I, J, K> OrderOf<S, G, (I, J)> for K
where
    K: OrderKeys,
    K::Uses: Reads<S, I>,
    K::Uses: FitsOrder<G, J>,
{
    fn into_orders(self, into: &mut Vec<Order>) {
        self.collect(into);
    }
}
