//! The rows that a window function sees.

use std::marker::PhantomData;

use super::{expr::Expr, expressions::Expressions, order::OrderKeys, uses::NoColumns};
use crate::sql::{self, Bound, Frame, Node};

/// The rows around each row: what `over` takes. `U` are the columns it uses.
///
/// ```ignore
/// let by_city = window().partition_by(User::city_id).order_by(User::age.desc());
/// let ranked = select::<User>().select((User::name, func::rank().over(by_city)));
/// ```
#[must_use]
pub struct Window<U> {
    tree: sql::Window,
    uses: PhantomData<U>,
}

/// All rows that the query gives.
pub fn window() -> Window<NoColumns> {
    Window {
        tree: sql::Window::default(),
        uses: PhantomData,
    }
}

impl<U> Window<U> {
    /// Only the rows with the same values as the current one.
    pub fn partition_by<E: Expressions>(mut self, keys: E) -> Window<(U, E::Uses)> {
        keys.collect_expressions(&mut self.tree.partition);
        self.retyped()
    }

    /// The rows in this order. Where no frame is given, an aggregate takes those from the first up to the current one and its
    /// equals.
    pub fn order_by<K: OrderKeys>(mut self, keys: K) -> Window<(U, K::Uses)> {
        keys.collect(&mut self.tree.order);
        self.retyped()
    }

    /// Only the rows of this frame, counted in rows: `rows(Bound::Preceding(2), Bound::CurrentRow)`.
    pub fn rows(mut self, start: Bound, end: Bound) -> Self {
        self.tree.frame = Some(Frame {
            rows: true,
            start,
            end,
        });
        self
    }

    /// Only the rows of this frame, in which rows that are equal in order belong together.
    pub fn range(mut self, start: Bound, end: Bound) -> Self {
        self.tree.frame = Some(Frame {
            rows: false,
            start,
            end,
        });
        self
    }

    pub(super) fn over<T, V>(self, function: Node) -> Expr<T, V> {
        Expr::new(Node::Over {
            function: Box::new(function),
            window: Box::new(self.tree),
        })
    }

    fn retyped<V>(self) -> Window<V> {
        Window {
            tree: self.tree,
            uses: PhantomData,
        }
    }
}

impl<U> Clone for Window<U> {
    fn clone(&self) -> Self {
        Window {
            tree: self.tree.clone(),
            uses: PhantomData,
        }
    }
}
