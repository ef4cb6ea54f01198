//! Conditions on one model, as values of one type.

use std::{
    collections::VecDeque,
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
    /// What they are joined by, where there are several.
    operator: Binary,
    /// Side by side and not one within the other, so that a loop can add any number of them.
    parts: VecDeque<Node>,
    model: PhantomData<M>,
}

impl<M> Predicate<M> {
    pub(super) fn new(node: Node) -> Self {
        Predicate {
            operator: Binary::And,
            parts: VecDeque::from([node]),
            model: PhantomData,
        }
    }

    fn joined(self, operator: Binary, right: Self) -> Self {
        let (mut left, mut right) = (self.parts_of(operator), right.parts_of(operator));
        let parts = if left.len() < right.len() {
            while let Some(part) = left.pop_back() {
                right.push_front(part);
            }
            right
        } else {
            left.append(&mut right);
            left
        };
        Predicate {
            operator,
            parts,
            model: PhantomData,
        }
    }

    /// What stands beside others that are joined in this way.
    fn parts_of(self, operator: Binary) -> VecDeque<Node> {
        if self.operator == operator || self.parts.len() == 1 {
            self.parts
        } else {
            VecDeque::from([self.node()])
        }
    }

    fn node(self) -> Node {
        let mut nodes: Vec<Node> = self.parts.into();
        while nodes.len() > CHAINED {
            nodes = in_groups(nodes, self.operator);
        }
        chained(nodes, self.operator).expect("a predicate has a part")
    }
}

impl<M> Clone for Predicate<M> {
    fn clone(&self) -> Self {
        Predicate {
            operator: self.operator,
            parts: self.parts.clone(),
            model: PhantomData,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<M: Model> Expression for Predicate<M> {
    type Type = Option<bool>;
    type Uses = WholeRow<M>;

    fn into_node(self) -> Node {
        self.node()
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
    let all = conditions
        .into_iter()
        .reduce(|left, right| left.joined(operator, right));
    all.unwrap_or_else(|| Predicate::new(constant(when_none)))
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
        self.joined(Binary::And, right)
    }
}

impl<M> BitOr for Predicate<M> {
    type Output = Self;

    fn bitor(self, right: Self) -> Self {
        self.joined(Binary::Or, right)
    }
}

impl<M> Not for Predicate<M> {
    type Output = Self;

    fn not(self) -> Self {
        Predicate::new(Node::Not(Box::new(self.node())))
    }
}
