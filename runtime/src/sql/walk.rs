//! Visiting all that an expression consists of.

use super::{
    Node,
    query::{Order, Query, Window},
};

/// Visits the node and all nodes within it, but no queries within it.
pub(super) fn walk<'t>(node: &'t Node, visit: &mut impl FnMut(&'t Node)) {
    visit(node);
    match node {
        Node::Column { .. }
        | Node::WholeRow { .. }
        | Node::Path(_)
        | Node::Proposed(_)
        | Node::Written(_)
        | Node::Parameter(_)
        | Node::Exists(_)
        | Node::Subquery(_) => {}
        Node::Label(_, inner)
        | Node::Not(inner)
        | Node::IsNull(inner)
        | Node::Exact(inner)
        | Node::Grouped(inner)
        | Node::Cast { operand: inner, .. }
        | Node::InQuery { operand: inner, .. } => walk(inner, visit),
        Node::Binary { left, right, .. } => {
            walk(left, visit);
            walk(right, visit);
        }
        Node::In { operand, list } => {
            walk(operand, visit);
            walk_all(list, visit);
        }
        Node::AmongRows { columns, .. } => walk_all(columns, visit),
        Node::Between { operand, low, high } => {
            walk(operand, visit);
            walk(low, visit);
            walk(high, visit);
        }
        Node::Like(like) => {
            walk(&like.operand, visit);
            walk(&like.pattern, visit);
        }
        Node::Call(call) => {
            walk_all(&call.arguments, visit);
            walk_all(&call.filter, visit);
        }
        Node::Over { function, window } => {
            walk(function, visit);
            walk_window(window, visit);
        }
        Node::Case(case) => {
            for (when, then) in &case.branches {
                walk(when, visit);
                walk(then, visit);
            }
            walk_all(&case.otherwise, visit);
        }
    }
}

/// Visits each of the nodes and all nodes within.
#[inline]
pub(super) fn walk_all<'t>(
    nodes: impl IntoIterator<Item = &'t Node>,
    visit: &mut impl FnMut(&'t Node),
) {
    for node in nodes {
        walk(node, visit);
    }
}

fn walk_window<'t>(window: &'t Window, visit: &mut impl FnMut(&'t Node)) {
    walk_all(&window.partition, visit);
    walk_orders(&window.order, visit);
}

/// Visits what rows are ordered by.
#[inline]
pub(super) fn walk_orders<'t>(orders: &'t [Order], visit: &mut impl FnMut(&'t Node)) {
    walk_all(orders.iter().map(|order| &order.by), visit);
}

/// The query that stands in the node itself, if one does.
pub(super) fn query_in(node: &Node) -> Option<&Query> {
    match node {
        Node::InQuery { query, .. } | Node::Exists(query) | Node::Subquery(query) => Some(query),
        _ => None,
    }
}
