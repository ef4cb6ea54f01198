//! Expressions as text.

use super::super::{
    Binary, Node, Pattern,
    precedence::{Strength, strength},
    writer::Writer,
};
use crate::model::{ColumnInfo, TableInfo};

/// Writes an expression.
pub(super) fn expression(writer: &mut Writer<'_>, node: &Node) {
    match node {
        Node::Column {
            table,
            column: read,
        } => column(writer, table, read),
        Node::WholeRow { alias, table } => whole_row(writer, alias, table),
        Node::Written(expression) => {
            writer.word("(").word(expression).word(")");
        }
        Node::Parameter(value) => {
            writer.parameter(value);
        }
        Node::Binary {
            left,
            operator,
            right,
        } => binary(writer, left, *operator, right),
        Node::Not(inner) => negation(writer, inner),
        Node::IsNull(operand) => {
            compared(writer, operand);
            writer.word(" IS NULL");
        }
        Node::In { operand, list } => within(writer, operand, list, false),
        Node::Between { operand, low, high } => {
            compared(writer, operand);
            compared(writer.word(" BETWEEN "), low);
            compared(writer.word(" AND "), high);
        }
        Node::Like {
            operand,
            pattern,
            escaped,
        } => like(writer, operand, pattern, *escaped, " LIKE "),
    }
}

/// Writes one of several conditions that are joined by AND, or one that stands alone.
pub(super) fn condition(writer: &mut Writer<'_>, node: &Node, alone: bool) {
    parenthesized(writer, node, !alone && strength(node) < Strength::And);
}

fn parenthesized(writer: &mut Writer<'_>, node: &Node, wrap: bool) {
    if wrap {
        expression(writer.word("("), node);
        writer.word(")");
    } else {
        expression(writer, node);
    }
}

/// An operand of something that does not chain.
fn compared(writer: &mut Writer<'_>, node: &Node) {
    parenthesized(writer, node, strength(node) <= Strength::Comparison);
}

fn whole_row(writer: &mut Writer<'_>, alias: &str, table: &TableInfo) {
    writer.list(table.columns, ", ", |writer, read| {
        column(writer, alias, read)
    });
}

/// A column of a table, or the expression that is read in its place.
pub(super) fn column(writer: &mut Writer<'_>, alias: &str, column: &ColumnInfo) {
    match column.expression {
        None => writer.name(alias).word(".").name(column.name),
        Some(expression) => writer.property(expression, alias),
    };
}

fn binary(writer: &mut Writer<'_>, left: &Node, operator: Binary, right: &Node) {
    parenthesized(writer, left, operator.wraps_left(left));
    let word = writer.dialect.operator(operator);
    writer.word(" ").word(word).word(" ");
    parenthesized(writer, right, operator.wraps_right(right));
}

/// Writes what people write: `IS NOT NULL`, `NOT IN`, `NOT LIKE`, and else `NOT (…)`.
fn negation(writer: &mut Writer<'_>, inner: &Node) {
    match inner {
        Node::IsNull(operand) => {
            compared(writer, operand);
            writer.word(" IS NOT NULL");
        }
        Node::In { operand, list } => within(writer, operand, list, true),
        Node::Like {
            operand,
            pattern,
            escaped,
        } => like(writer, operand, pattern, *escaped, " NOT LIKE "),
        other => parenthesized(
            writer.word("NOT "),
            other,
            strength(other) < Strength::Whole,
        ),
    }
}

/// Lists are filled up to a power of two with their last value, so that few texts serve all lengths and stay cached.
fn within(writer: &mut Writer<'_>, operand: &Node, list: &[Node], negated: bool) {
    let Some(last) = list.last() else {
        writer.word(if negated { "1 = 1" } else { "1 = 0" });
        return;
    };
    compared(writer, operand);
    let padded = list
        .len()
        .next_power_of_two()
        .min(writer.dialect.capabilities().max_parameters)
        .max(list.len());
    let padding = std::iter::repeat_n(last, padded - list.len());
    let words = if negated { " NOT IN (" } else { " IN (" };
    writer
        .word(words)
        .list(list.iter().chain(padding), ", ", expression)
        .word(")");
}

fn like(
    writer: &mut Writer<'_>,
    operand: &Node,
    pattern: &Node,
    escaped: bool,
    words: &'static str,
) {
    compared(writer, operand);
    compared(writer.word(words), pattern);
    if escaped {
        writer.word(Pattern::ESCAPE_CLAUSE);
    }
}
