//! Expressions with a name.

use std::marker::PhantomData;

use super::expr::{Expr, Expression};
use crate::{sql::Node, value::SqlType};

/// A named expression, made by [`label`](Expression::label). What is done with it borrows it, so that the name can be used
/// again: `n.desc()`, `n.gt(3)`, `.select((User::id, &n))`.
pub struct Label<T, U> {
    name: &'static str,
    node: Node,
    types: PhantomData<(T, U)>,
}

impl<T, U> Label<T, U> {
    pub(super) fn new(name: &'static str, node: Node) -> Self {
        Label {
            name,
            node,
            types: PhantomData,
        }
    }

    /// The name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The expression, without the name.
    pub fn expression(&self) -> Expr<T, U> {
        Expr::new(self.node.clone())
    }
}

impl<T, U> Clone for Label<T, U> {
    fn clone(&self) -> Self {
        Label::new(self.name, self.node.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, U> Expression for &Label<T, U> {
    type Type = T;
    type Uses = U;

    fn into_node(self) -> Node {
        Node::Label(self.name, Box::new(self.node.clone()))
    }
}
