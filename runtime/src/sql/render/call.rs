//! Functions: what dialects call them, what aggregates take, and the rows around.

use super::{
    expression::{expression, parameter},
    order::window_orders,
    template::{Hole, template},
};
use crate::{
    sql::{
        Bound, Call, Frame, Function, Node, Window,
        writer::{Sink, Writer},
    },
    value::Value,
};

/// Writes a function; where there is a window, over it.
pub(super) fn call<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    tree: &'t Call,
    window: Option<&'t Window>,
) {
    check(writer, tree, window.is_some());
    match tree.function {
        Function::Named(name) => {
            if !is_name(name) {
                writer.invalid("the name of a function consists of letters, digits, `_` and `.`");
            }
            arguments(writer.word(name).word("("), tree);
            behind(writer.word(")"), tree, window);
        }
        Function::Least | Function::Greatest => extreme(writer, tree),
        Function::CountRows if is_rewritten(writer, tree) => {
            writer.word("COUNT(");
            when_filtered(writer, tree, |writer| {
                writer.word("1");
            });
            behind(writer.word(")"), tree, window);
        }
        function => {
            let words = writer.dialect.function(function, tree.arguments.len());
            template(writer, words, |writer, hole| match hole {
                Hole::All => arguments(writer, tree),
                Hole::One(index) => one_argument(writer, tree, index),
                Hole::Behind => behind(writer, tree, window),
            });
        }
    }
}

/// Says what the function cannot have.
fn check<S: Sink>(writer: &mut Writer<'_, '_, S>, tree: &Call, windowed: bool) {
    let sees_rows = windowed || tree.filter.is_some();
    let function = tree.function;
    if tree.distinct && function == Function::CountRows {
        writer.invalid("the number of rows is that of all rows: count distinct values instead");
    }
    if (sees_rows || tree.distinct) && !is_aggregate(function) {
        writer.invalid("only an aggregate takes distinct values, filters rows or looks around");
    }
    if tree.filter.is_some() && !writer.capabilities.aggregate_filter && !skips_null(function) {
        writer.unsupported("has no FILTER, which this function would need: pass it a CASE");
    }
    if tree.distinct && windowed {
        writer.unsupported(
            "takes no distinct values in a window: take them from a query that makes them distinct",
        );
    }
    let before_point = matches!(
        tree.arguments.get(1),
        Some(Node::Parameter(Value::Int(..0)))
    );
    if function == Function::Round && before_point && !writer.capabilities.rounds_before_point {
        writer.unsupported("rounds to digits behind the point only: divide the number first");
    }
    let joined = function == Function::JoinText;
    if joined && tree.distinct && !writer.capabilities.distinct_joined_text {
        writer.unsupported(
            "cannot join distinct texts: take them from a query that makes them distinct",
        );
    }
}

/// Whether a function may see several rows. What the program names may be anything.
fn is_aggregate(function: Function) -> bool {
    matches!(
        function,
        Function::Named(_)
            | Function::CountRows
            | Function::SumWhole
            | Function::Average
            | Function::JoinText
    )
}

/// Writes a function over the rows around.
pub(super) fn over<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    function: &'t Node,
    window: &'t Window,
) {
    match function {
        Node::Label(_, inner) | Node::Exact(inner) => over(writer, inner, window),
        Node::Call(tree) => call(writer, tree, Some(window)),
        _ => writer.invalid("only a function can look at the rows around"),
    }
}

fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let first = bytes.next();
    first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
}

/// Whether a NULL is the same to an aggregate as no row.
fn skips_null(function: Function) -> bool {
    match function {
        Function::CountRows | Function::SumWhole | Function::Average | Function::JoinText => true,
        Function::Named(name) => ["count", "sum", "avg", "min", "max"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known)),
        _ => false,
    }
}

fn arguments<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Call) {
    if tree.distinct {
        writer.word("DISTINCT ");
    }
    let all = 0..tree.arguments.len();
    writer.list(all, ", ", |writer, index| argument(writer, tree, index));
}

fn one_argument<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Call, index: usize) {
    if tree.distinct && index == 0 {
        writer.word("DISTINCT ");
    }
    if index < tree.arguments.len() {
        argument(writer, tree, index);
    } else {
        writer.invalid("a function has fewer arguments than it needs");
    }
}

fn argument<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Call, index: usize) {
    let node = &tree.arguments[index];
    if index == 0 && is_rewritten(writer, tree) {
        when_filtered(writer, tree, |writer| expression(writer, node));
        return;
    }
    match node {
        Node::Parameter(value) if is_separator(writer, tree, index) => {
            writer.literal(value);
        }
        _ if is_separator(writer, tree, index) => {
            writer.unsupported("joins texts with a text that is known before: pass it as a value");
        }
        // An aggregate of any type says nothing about that of a parameter.
        Node::Parameter(value) if index == 0 && skips_null(tree.function) => {
            parameter(writer, value);
        }
        other => expression(writer, other),
    }
}

/// Whether the argument stands where only a literal can.
fn is_separator<S: Sink>(writer: &Writer<'_, '_, S>, tree: &Call, index: usize) -> bool {
    tree.function == Function::JoinText && index == 1 && writer.capabilities.literal_separator
}

/// Whether a filter goes into the argument: `CASE WHEN … THEN … END`, which is NULL for other rows.
fn is_rewritten<S: Sink>(writer: &Writer<'_, '_, S>, tree: &Call) -> bool {
    tree.filter.is_some() && !writer.capabilities.aggregate_filter
}

fn when_filtered<'d, 't, S: Sink>(
    writer: &mut Writer<'d, 't, S>,
    tree: &'t Call,
    value: impl FnOnce(&mut Writer<'d, 't, S>),
) {
    writer.word("CASE WHEN ");
    if let Some(filter) = &tree.filter {
        expression(writer, filter);
    }
    value(writer.word(" THEN "));
    writer.word(" END");
}

/// Writes what follows the arguments of an aggregate.
fn behind<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Call, window: Option<&'t Window>) {
    if let Some(filter) = &tree.filter
        && writer.capabilities.aggregate_filter
    {
        expression(writer.word(" FILTER (WHERE "), filter);
        writer.word(")");
    }
    if let Some(window) = window {
        rows_around(writer, window);
    }
}

/// Writes the smallest or greatest of several values that are not NULL. Where a NULL would spoil it, another of them, the next
/// that is none, stands in its place, which changes nothing.
fn extreme<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Call) {
    if let [only] = tree.arguments.as_slice() {
        // SQLite takes it for the aggregate.
        expression(writer.word("("), only);
        writer.word(")");
        return;
    }
    let words = writer.dialect.function(tree.function, tree.arguments.len());
    let count = tree.arguments.len();
    template(writer, words, |writer, hole| {
        if hole == Hole::Behind {
            return;
        }
        if writer.capabilities.extremes_skip_nulls {
            return arguments(writer, tree);
        }
        writer.list(0..count, ", ", |writer, first| {
            let rotated = tree.arguments[first..]
                .iter()
                .chain(&tree.arguments[..first]);
            writer
                .word("COALESCE(")
                .list(rotated, ", ", expression)
                .word(")");
        });
    });
}

fn rows_around<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, window: &'t Window) {
    writer.word(" OVER (");
    let mut between = "";
    if !window.partition.is_empty() {
        writer
            .word("PARTITION BY ")
            .list(&window.partition, ", ", expression);
        between = " ";
    }
    if !window.order.is_empty() {
        window_orders(writer.word(between), &window.order);
        between = " ";
    }
    if let Some(limits) = window.frame {
        frame(writer.word(between), limits);
    }
    writer.word(")");
}

fn frame<S: Sink>(writer: &mut Writer<'_, '_, S>, frame: Frame) {
    writer.word(if frame.rows {
        "ROWS BETWEEN "
    } else {
        "RANGE BETWEEN "
    });
    bound(writer, frame.start);
    bound(writer.word(" AND "), frame.end);
}

fn bound<S: Sink>(writer: &mut Writer<'_, '_, S>, bound: Bound) {
    match bound {
        Bound::UnboundedPreceding => writer.word("UNBOUNDED PRECEDING"),
        Bound::Preceding(rows) => writer.number(u64::from(rows)).word(" PRECEDING"),
        Bound::CurrentRow => writer.word("CURRENT ROW"),
        Bound::Following(rows) => writer.number(u64::from(rows)).word(" FOLLOWING"),
        Bound::UnboundedFollowing => writer.word("UNBOUNDED FOLLOWING"),
    };
}
