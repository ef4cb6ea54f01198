//! What all queries have in common, of whichever form: they give rows, and can stand within others.

use super::{
    compound::Compound,
    grouping::Selected,
    scope::Outside,
    select::{ReadRow, Select},
};
use crate::sql;

/// A query: what [`exists`](super::exists), [`scalar`](super::scalar), common table expressions and set operations take.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query",
    label = "expected a query such as `select::<User>()`"
)]
pub trait IntoQuery {
    /// What a row becomes.
    type Output;
    /// The tables outside that it refers to.
    type Outside;

    #[doc(hidden)]
    fn into_query(self) -> sql::Query;

    #[doc(hidden)]
    fn reader(&self) -> ReadRow<Self::Output>;
}

impl<S: Outside, O, G: Selected, X> IntoQuery for Select<S, O, G, X> {
    type Output = O;
    type Outside = S::Uses;

    fn into_query(self) -> sql::Query {
        sql::Query::Select(self.tree)
    }

    fn reader(&self) -> ReadRow<O> {
        self.read
    }
}

impl<O, U, X> IntoQuery for Compound<O, U, X> {
    type Output = O;
    type Outside = U;

    fn into_query(self) -> sql::Query {
        sql::Query::Compound(self.tree)
    }

    fn reader(&self) -> ReadRow<O> {
        self.read
    }
}
