//! UNION, INTERSECT and EXCEPT.

use std::marker::PhantomData;

use super::{
    rows::IntoQuery,
    select::{ReadRow, Select},
};
use crate::sql::{self, Nulls, SetOperator};

/// The rows of several queries, which become `O`. `U` are the tables outside that they refer to, `X` is the connection it will
/// run on, if that is known yet.
pub struct Compound<O, U, X = ()> {
    pub(super) tree: sql::Compound,
    pub(super) read: ReadRow<O>,
    pub(super) on: X,
    outside: PhantomData<U>,
}

impl<O, U, X: Clone> Clone for Compound<O, U, X> {
    fn clone(&self) -> Self {
        Compound {
            tree: self.tree.clone(),
            read: self.read,
            on: self.on.clone(),
            outside: PhantomData,
        }
    }
}

macro_rules! set_operations {
    ($($(#[$doc:meta])* $name:ident $operator:ident)*) => {
        impl<S, O, G, X> Select<S, O, G, X>
        where
            Self: IntoQuery<Output = O>,
        {
            $(
                $(#[$doc])*
                pub fn $name<Q: IntoQuery<Output: SelectsTheSame<O>>>(
                    self,
                    other: Q,
                ) -> Compound<O, (<Self as IntoQuery>::Outside, Q::Outside), X> {
                    let (read, on) = (self.read, self.on);
                    let first = sql::Query::Select(self.tree);
                    Compound {
                        tree: compound(first, SetOperator::$operator, other.into_query()),
                        read,
                        on,
                        outside: PhantomData,
                    }
                }
            )*
        }

        impl<O, U, X> Compound<O, U, X> {
            $(
                $(#[$doc])*
                pub fn $name<Q: IntoQuery<Output: SelectsTheSame<O>>>(
                    self,
                    other: Q,
                ) -> Compound<O, (U, Q::Outside), X> {
                    Compound {
                        tree: extended(self.tree, SetOperator::$operator, other.into_query()),
                        read: self.read,
                        on: self.on,
                        outside: PhantomData,
                    }
                }
            )*
        }
    };
}

set_operations! {
    /// The rows of this query and of the other, each once. Both select columns of the same types.
    union Union
    /// The rows of this query and of the other.
    union_all UnionAll
    /// The rows that both queries give, each once.
    intersect Intersect
    /// The rows of this query that the other does not give, each once.
    except Except
}

/// Does a query select the same as the one before, with rows `O`?
#[diagnostic::on_unimplemented(
    message = "the queries of a set operation select different columns: `{O}` and `{Self}`",
    label = "selects `{Self}`",
    note = "all of them select as many columns, of the same types"
)]
pub trait SelectsTheSame<O> {}

#[diagnostic::do_not_recommend]
impl<O> SelectsTheSame<O> for O {}

fn compound(first: sql::Query, operator: SetOperator, other: sql::Query) -> sql::Compound {
    sql::Compound {
        with: Vec::new(),
        first: Box::new(first),
        rest: vec![(operator, other)],
        order: Vec::new(),
        limit: None,
        offset: None,
    }
}

/// Operations follow each other from left to right; what was ordered or limited stays so within the new one.
fn extended(mut tree: sql::Compound, operator: SetOperator, other: sql::Query) -> sql::Compound {
    if tree.order.is_empty() && tree.limit.is_none() && tree.offset.is_none() {
        tree.rest.push((operator, other));
        return tree;
    }
    compound(sql::Query::Compound(tree), operator, other)
}

impl<O, U, X> Compound<O, U, X> {
    /// Orders the rows by a column of the result, given by its position: `position(1).desc()`. Further calls decide among rows
    /// that are equal so far. A position that there is not is an [`InvalidRequest`](crate::ErrorKind::InvalidRequest) error of
    /// running the query.
    pub fn order_by(mut self, key: Position) -> Self {
        self.tree.order.push(key.0);
        self
    }

    /// Gives at most `rows` rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.tree.limit = Some(rows);
        self
    }

    /// Passes over the first `rows` rows.
    pub fn offset(mut self, rows: u64) -> Self {
        self.tree.offset = Some(rows);
        self
    }

    pub(super) fn attached<Y>(self, on: Y) -> Compound<O, U, Y> {
        Compound {
            tree: self.tree,
            read: self.read,
            on,
            outside: PhantomData,
        }
    }
}

/// A column of a result, to order by: see [`position`].
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Position(sql::Position);

/// The column of a result at this position, counted from 1, to order the rows of several queries by.
pub fn position(number: usize) -> Position {
    Position(sql::Position {
        number,
        descending: false,
        nulls: None,
    })
}

impl Position {
    /// The smallest first, which it is unless said otherwise.
    pub fn asc(mut self) -> Self {
        self.0.descending = false;
        self
    }

    /// The greatest first.
    pub fn desc(mut self) -> Self {
        self.0.descending = true;
        self
    }

    /// NULLs come before all others.
    pub fn nulls_first(mut self) -> Self {
        self.0.nulls = Some(Nulls::First);
        self
    }

    /// NULLs come behind all others.
    pub fn nulls_last(mut self) -> Self {
        self.0.nulls = Some(Nulls::Last);
        self
    }
}
