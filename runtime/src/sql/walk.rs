//! Visiting all that an expression consists of.

use super::{
    Node,
    query::{Order, Query},
};

/// Visits the node and all nodes within it, but no queries within it.
pub(super) fn walk<'t>(node: &'t Node, visit: &mut impl FnMut(&'t Node)) {
    visit(node);
    // A closure that calls itself needs one type for all depths.
    let visit: &mut dyn FnMut(&'t Node) = visit;
    walk_within(node, visit);
}

fn walk_within<'t>(node: &'t Node, visit: &mut dyn FnMut(&'t Node)) {
    each_part(node, &mut |part| {
        visit(part);
        walk_within(part, visit);
    });
}

/// Visits the nodes that a node is made of.
pub(super) fn each_part<'t>(node: &'t Node, visit: &mut dyn FnMut(&'t Node)) {
    match node {
        Node::Column { .. }
        | Node::WholeRow { .. }
        | Node::Path(_)
        | Node::Proposed(_)
        | Node::Written(_)
        | Node::Condition { .. }
        | Node::Parameter(_)
        | Node::Unknown(_)
        | Node::Exists(_)
        | Node::Subquery(_) => {}
        Node::Label(_, inner)
        | Node::Not(inner)
        | Node::Negative(inner)
        | Node::IsNull(inner)
        | Node::Exact(inner)
        | Node::Grouped(inner)
        | Node::Cast { operand: inner, .. }
        | Node::InQuery { operand: inner, .. } => visit(inner),
        Node::Binary { left, right, .. } => {
            visit(left);
            visit(right);
        }
        Node::In { operand, list } => {
            visit(operand);
            list.iter().for_each(&mut *visit);
        }
        Node::AmongRows { columns, .. } => columns.iter().for_each(&mut *visit),
        Node::Between { operand, low, high } => {
            visit(operand);
            visit(low);
            visit(high);
        }
        Node::Like(like) => {
            visit(&like.operand);
            visit(&like.pattern);
        }
        Node::Call(call) => {
            call.arguments.iter().for_each(&mut *visit);
            call.filter.iter().for_each(&mut *visit);
        }
        Node::Over { function, window } => {
            visit(function);
            window.partition.iter().for_each(&mut *visit);
            window.order.iter().for_each(|order| visit(&order.by));
        }
        Node::Case(case) => {
            for (when, then) in &case.branches {
                visit(when);
                visit(then);
            }
            case.otherwise.iter().for_each(&mut *visit);
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
