//! Conditions on one model, as values of one type.

use std::{
    marker::PhantomData,
    ops::{BitAnd, BitOr, Not},
};

use super::{column::WholeRow, expr::Expression};
use crate::{
    model::Model,
    sql::{Binary, Node},
    value::Value,
};

/// A condition on the columns of `M`, whichever they are: what conditions are collected in.
///
/// ```ignore
/// let mut wanted: Vec<Predicate<User>> = Vec::new();
/// if let Some(name) = name {
///     wanted.push(User::name.eq(name).predicate());
/// }
/// let query = select::<User>().filter(all_of(wanted));
/// ```
pub struct Predicate<M> {
    node: Node,
    model: PhantomData<M>,
}

impl<M> Predicate<M> {
    pub(super) fn new(node: Node) -> Self {
        Predicate {
            node,
            model: PhantomData,
        }
    }
}

impl<M> Clone for Predicate<M> {
    fn clone(&self) -> Self {
        Predicate::new(self.node.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<M: Model> Expression for Predicate<M> {
    type Type = Option<bool>;
    type Uses = WholeRow<M>;

    fn into_node(self) -> Node {
        self.node
    }
}

/// All of the conditions; true when there are none.
pub fn all_of<M>(conditions: impl IntoIterator<Item = Predicate<M>>) -> Predicate<M> {
    folded(conditions, Binary::And, true)
}

/// Any of the conditions; false when there are none.
pub fn any_of<M>(conditions: impl IntoIterator<Item = Predicate<M>>) -> Predicate<M> {
    folded(conditions, Binary::Or, false)
}

fn folded<M>(
    conditions: impl IntoIterator<Item = Predicate<M>>,
    operator: Binary,
    when_none: bool,
) -> Predicate<M> {
    let mut nodes: Vec<Node> = conditions
        .into_iter()
        .map(|condition| condition.node)
        .collect();
    while nodes.len() > CHAINED {
        nodes = in_groups(nodes, operator);
    }
    let all = chained(nodes, operator);
    Predicate::new(all.unwrap_or_else(|| constant(when_none)))
}

/// How many conditions stand in one chain. Databases take chains for trees, and those of SQLite are at most 1,000 deep.
const CHAINED: usize = 128;

fn in_groups(nodes: Vec<Node>, operator: Binary) -> Vec<Node> {
    let mut nodes = nodes.into_iter();
    let group = || chained(nodes.by_ref().take(CHAINED), operator);
    std::iter::from_fn(group)
        .map(|group| Node::Grouped(Box::new(group)))
        .collect()
}

fn chained(nodes: impl IntoIterator<Item = Node>, operator: Binary) -> Option<Node> {
    let nodes = nodes.into_iter();
    nodes.reduce(|left, right| Node::binary(left, operator, right))
}

/// A comparison that always says the same: not every database takes a bare truth value for a condition.
fn constant(truth: bool) -> Node {
    let number = |number| Node::Parameter(Value::Int(number));
    Node::equal(number(1), number(i64::from(truth)))
}

impl<M> BitAnd for Predicate<M> {
    type Output = Self;

    fn bitand(self, right: Self) -> Self {
        all_of([self, right])
    }
}

impl<M> BitOr for Predicate<M> {
    type Output = Self;

    fn bitor(self, right: Self) -> Self {
        any_of([self, right])
    }
}

impl<M> Not for Predicate<M> {
    type Output = Self;

    fn not(self) -> Self {
        Predicate::new(Node::Not(Box::new(self.node)))
    }
}
