//! Finding the only row with some values: what the generated finders stand on.

use std::marker::PhantomData;

use super::{
    new_row::IntoValue,
    select::{Query, select},
};
use crate::{model::Model, sql::Node};

/// Columns of `M` and the values to look for.
pub struct Keys<M> {
    conditions: Vec<Node>,
    model: PhantomData<M>,
}

impl<M: Model> Keys<M> {
    /// For generated code: no columns yet.
    #[doc(hidden)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Keys {
            conditions: Vec::new(),
            model: PhantomData,
        }
    }

    /// For generated code: looks for a value in the column at this position.
    #[doc(hidden)]
    pub fn add<T>(&mut self, column: usize, value: impl IntoValue<T>) {
        self.conditions
            .push(equal::<M>(column, value.into_value_node()));
    }

    /// For generated code: looks for a value of an expression.
    #[doc(hidden)]
    pub fn add_expression<T>(&mut self, expression: &'static str, value: impl IntoValue<T>) {
        let expression = Node::Written(expression);
        self.conditions
            .push(Node::equal(expression, value.into_value_node()));
    }

    /// For generated code: the query.
    #[doc(hidden)]
    pub fn find(self) -> Query<M> {
        let mut query: Query<M> = select::<M>();
        query.tree.filter = self.conditions;
        query
    }
}

/// The condition that the column at this position has a value.
pub(super) fn equal<M: Model>(column: usize, value: Node) -> Node {
    let column = Node::Column {
        table: M::ALIAS,
        column: &M::TABLE.columns[column],
    };
    Node::equal(column, value)
}
