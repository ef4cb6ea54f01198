//! DELETE.

use std::marker::PhantomData;

use super::{scope::FromTable, select::Condition};
use crate::{model::Model, sql};

/// A DELETE from the table of `M`. `X` is the connection it will run on, if that is known yet.
#[derive(Clone)]
pub struct Delete<M, X = ()> {
    pub(super) tree: sql::Delete,
    pub(super) all_rows: bool,
    pub(super) on: X,
    model: PhantomData<M>,
}

/// A DELETE from the table of `M`.
pub fn delete<M: Model>() -> Delete<M> {
    let tree = sql::Delete {
        table: M::TABLE,
        filter: Vec::new(),
    };
    Delete {
        tree,
        all_rows: false,
        on: (),
        model: PhantomData,
    }
}

impl<M: Model, X> Delete<M, X> {
    /// Deletes only the rows for which the condition holds; several filters must all hold.
    pub fn filter<I>(mut self, condition: impl Condition<FromTable<M>, I>) -> Self {
        self.tree.filter.push(condition.into_condition());
        self
    }

    /// Deletes all rows: without a filter, this has to be said.
    pub fn all_rows(mut self) -> Self {
        self.all_rows = true;
        self
    }

    pub(super) fn attached<Y>(self, on: Y) -> Delete<M, Y> {
        Delete {
            tree: self.tree,
            all_rows: self.all_rows,
            on,
            model: PhantomData,
        }
    }
}
