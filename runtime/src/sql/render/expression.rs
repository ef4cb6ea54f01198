//! Expressions as text.

use super::{
    again,
    call::{call, over},
    paths,
    query::{part, query},
    selected::Names,
    template::{Hole, template},
};
use crate::{
    model::{ColumnInfo, TableInfo},
    sql::{
        Binary, Case, CastType, Like, Node, Pattern, Query,
        precedence::{Strength, strength},
        secret,
        writer::{Alias, Sink, Writer},
    },
    value::Value,
};

/// Writes an expression.
pub(super) fn expression<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node) {
    writer.marking(|| secret::compares(node), |writer| unmarked(writer, node));
}

fn unmarked<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node) {
    if again::is_known(writer) && again::known(writer, node) {
        return;
    }
    match node {
        Node::Column {
            table,
            column: read,
        } => column(writer, Alias::Given(table), read),
        Node::Parameter(value) => {
            writer.parameter(value);
        }
        Node::Binary {
            left,
            operator,
            right,
        } => binary(writer, left, *operator, right),
        Node::WholeRow { alias, table } => whole_row(writer, alias, table),
        Node::Path(path) => paths::path(writer, path),
        Node::Unknown(_) => writer.invalid(
            "a row leads to an object that has no row yet: add it to the object's session, which stores both in order",
        ),
        Node::Written(expression) => {
            writer.word("(").word(expression).word(")");
        }
        Node::Condition { table, text } => {
            writer.property(text, Alias::Given(table));
        }
        Node::Label(_, inner) => expression(writer, inner),
        Node::Negative(inner) => {
            writer.word("-");
            match &**inner {
                Node::Parameter(value) => parameter(writer, value),
                other => parenthesized(writer, other, strength(other) < Strength::Whole),
            }
        }
        Node::Exact(inner) => exact(writer, inner),
        Node::Grouped(inner) => parenthesized(writer, inner, true),
        Node::Proposed(column) => super::insert::proposed(writer, column),
        Node::Call(tree) => call(writer, tree, None),
        Node::Over { function, window } => over(writer, function, window),
        Node::Case(tree) => case(writer, tree),
        Node::Cast { operand, to } => convert(writer, operand, *to),
        Node::Subquery(tree) => within(writer, "(", tree),
        other => test(writer, other, false),
    }
}

/// Writes what is true or false, or its opposite as people write it: `IS NOT NULL`, `NOT IN`, and else `NOT …`.
fn test<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node, negated: bool) {
    writer.marking(
        || secret::compares(node),
        |writer| unmarked_test(writer, node, negated),
    );
}

fn unmarked_test<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node, negated: bool) {
    match node {
        Node::Not(inner) if !negated => test(writer, inner, true),
        Node::IsNull(operand) => {
            compared(writer, operand);
            writer.word(if negated { " IS NOT NULL" } else { " IS NULL" });
        }
        Node::In { operand, list } => in_list(writer, operand, list, negated),
        Node::InQuery { operand, query } => {
            compared(writer, operand);
            in_query(writer.word(in_word(negated)), query);
        }
        Node::AmongRows { columns, values } => among_rows(writer, columns, values, negated),
        Node::Between { operand, low, high } => {
            compared(writer, operand);
            let word = if negated {
                " NOT BETWEEN "
            } else {
                " BETWEEN "
            };
            compared(writer.word(word), low);
            compared(writer.word(" AND "), high);
        }
        Node::Like(tree) => like(writer, tree, negated),
        Node::Exists(query) => {
            let word = if negated { "NOT EXISTS (" } else { "EXISTS (" };
            within(writer, word, query);
        }
        other if negated => {
            parenthesized(
                writer.word("NOT "),
                other,
                strength(other) < Strength::Whole,
            );
        }
        other => expression(writer, other),
    }
}

/// Writes one of several conditions that are joined by AND, or one that stands alone.
#[inline]
pub(super) fn condition<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node, alone: bool) {
    parenthesized(writer, node, !alone && strength(node) < Strength::And);
}

#[inline]
fn parenthesized<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node, wrap: bool) {
    if wrap {
        expression(writer.word("("), node);
        writer.word(")");
    } else {
        expression(writer, node);
    }
}

/// Writes an operand of something that does not chain.
pub(super) fn compared<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node) {
    parenthesized(writer, node, strength(node) <= Strength::Comparison);
}

/// Writes all columns of a table.
#[inline]
pub(super) fn whole_row<S: Sink>(
    writer: &mut Writer<'_, '_, S>,
    alias: &'static str,
    table: &'static TableInfo,
) {
    if !writer.table(table, alias) {
        writer.list(table.columns, ", ", |writer, read| {
            column(writer, Alias::Given(alias), read);
        });
    }
}

/// Writes a column of a table, or the expression that is read in its place.
#[inline]
pub(super) fn column<S: Sink>(writer: &mut Writer<'_, '_, S>, alias: Alias, column: &ColumnInfo) {
    if writer.assigned.is_some() {
        super::change::as_it_was(writer, alias, column);
    }
    match column.expression {
        None => writer.alias(alias).word(".").name(column.name),
        Some(expression) => writer.property(expression, alias),
    };
}

/// Writes a parameter in a place that says nothing about its type.
pub(super) fn parameter<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, value: &'t Value) {
    match type_of(value) {
        Some(to) if writer.capabilities.typed_parameters => cast(writer, to, |writer| {
            writer.parameter(value);
        }),
        _ => {
            writer.parameter(value);
        }
    }
}

/// The type that a database gives a value.
fn type_of(value: &Value) -> Option<CastType> {
    Some(match value {
        // What an array or a type of the database's own is, the statement around it has to say.
        Value::Null | Value::Array(_) | Value::Other(_) => return None,
        Value::Bool(_) => CastType::Bool,
        Value::Int(_) => CastType::Int64,
        Value::UInt(_) | Value::Decimal(_) => CastType::Decimal,
        Value::Float(_) => CastType::Float64,
        Value::Text(_) => CastType::Text,
        Value::Bytes(_) => CastType::Bytes,
        Value::Date(_) => CastType::Date,
        Value::Time(_) => CastType::Time,
        Value::Timestamp(_) => CastType::Timestamp,
        Value::TimestampUtc(_) => CastType::TimestampUtc,
        Value::Uuid(_) => CastType::Uuid,
        Value::Json(_) => CastType::Json,
    })
}

fn binary<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    left: &'t Node,
    operator: Binary,
    right: &'t Node,
) {
    if operator == Binary::Concatenate && writer.capabilities.concat_function {
        expression(writer.word("CONCAT("), left);
        expression(writer.word(", "), right);
        writer.word(")");
        return;
    }
    match (left, right) {
        // Each takes its type from the other, which has none.
        (Node::Parameter(value), Node::Parameter(_)) => parameter(writer, value),
        _ => parenthesized(writer, left, operator.wraps_left(left)),
    }
    let word = writer.dialect.operator(operator);
    parenthesized(writer.word(word), right, operator.wraps_right(right));
}

fn exact<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, inner: &'t Node) {
    if !writer.capabilities.exact_numbers {
        writer.unsupported(
            "keeps exact decimal numbers as text, which it can neither order nor compute with: convert them to f64, or do it in Rust",
        );
    }
    expression(writer, inner);
}

/// Writes a conversion. A parameter keeps its own type within, and is not taken for one of the other.
fn convert<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, operand: &'t Node, to: CastType) {
    cast(writer, to, |writer| match operand {
        Node::Parameter(value) if type_of(value) != Some(to) => parameter(writer, value),
        other => expression(writer, other),
    });
}

fn cast<'d, 't, S: Sink>(
    writer: &mut Writer<'d, 't, S>,
    to: CastType,
    mut operand: impl FnMut(&mut Writer<'d, 't, S>),
) {
    match writer.dialect.cast(to) {
        Some(words) => template(writer, words, |writer, hole| {
            if hole != Hole::Behind {
                operand(writer);
            }
        }),
        None => writer.unsupported("has no conversion to this type: convert it in Rust"),
    }
}

fn case<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Case) {
    let is_parameter = |node: &Node| matches!(node, Node::Parameter(_));
    let values = tree.branches.iter().map(|(_, then)| then);
    // Nothing but parameters gives no type to any of them.
    let untyped = values.chain(&tree.otherwise).all(is_parameter);
    let value = |writer: &mut Writer<'_, 't, S>, node: &'t Node| match node {
        Node::Parameter(value) if untyped => parameter(writer, value),
        other => expression(writer, other),
    };
    writer.word("CASE");
    for (when, then) in &tree.branches {
        expression(writer.word(" WHEN "), when);
        value(writer.word(" THEN "), then);
    }
    if let Some(otherwise) = &tree.otherwise {
        value(writer.word(" ELSE "), otherwise);
    }
    writer.word(" END");
}

/// Writes a query between a word and a closing parenthesis.
fn within<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, word: &'static str, tree: &'t Query) {
    query(writer.word(word), tree, Names::AsWritten, None);
    writer.word(")");
}

fn in_word(negated: bool) -> &'static str {
    if negated { " NOT IN " } else { " IN " }
}

/// What no row is among.
fn nothing(negated: bool) -> &'static str {
    if negated { "1 = 1" } else { "1 = 0" }
}

/// Writes the rows of a query, in parentheses.
fn in_query<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Query) {
    let limited = match tree {
        Query::Select(select) => select.limit.is_some() || select.offset.is_some(),
        Query::Compound(compound) => compound.limit.is_some() || compound.offset.is_some(),
    };
    if limited && !writer.capabilities.limit_within {
        part(writer.word("("), |writer| {
            query(writer, tree, Names::Numbered, None);
        });
        writer.word(")");
    } else {
        within(writer, "(", tree);
    }
}

/// So many items, filled up to a power of two, so that few texts serve all lengths and stay cached. What would then be more
/// than `most` is left as it is.
pub(crate) fn padded(length: usize, most: usize) -> usize {
    length.next_power_of_two().min(most).max(length)
}

/// The value of a parameter.
#[inline]
pub(super) fn value_of(node: &Node) -> Option<&Value> {
    match node {
        Node::Parameter(value) => Some(value),
        _ => None,
    }
}

/// Lists are filled up with their last value.
fn in_list<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    operand: &'t Node,
    list: &'t [Node],
    negated: bool,
) {
    let Some(last) = list.last() else {
        writer.word(nothing(negated));
        return;
    };
    compared(writer, operand);
    let padding = padded(list.len(), writer.capabilities.max_parameters) - list.len();
    let padding = std::iter::repeat_n(last, padding);
    let all = list.iter().chain(padding);
    writer.word(in_word(negated)).word("(");
    if list.iter().all(|node| value_of(node).is_some()) {
        writer.parameters(all.filter_map(value_of));
    } else {
        writer.list(all, ", ", expression);
    }
    writer.word(")");
}

/// Rows are filled up with their last one.
fn among_rows<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    columns: &'t [Node],
    values: &'t [Value],
    negated: bool,
) {
    let width = columns.len();
    if width == 0 || !values.len().is_multiple_of(width) {
        writer.invalid("a row has another number of values than there are columns");
        return;
    }
    let rows = values.chunks_exact(width);
    let count = rows.len();
    let Some(last) = rows.clone().last() else {
        writer.word(nothing(negated));
        return;
    };
    let padding = padded(count, writer.capabilities.max_parameters / width) - count;
    let rows = rows.chain(std::iter::repeat_n(last, padding));
    if let [column] = columns {
        compared(writer, column);
        writer.word(in_word(negated)).word("(");
        writer.parameters(rows.flatten());
    } else {
        writer.word("(").list(columns, ", ", expression).word(")");
        let open = writer.capabilities.rows_within;
        writer.word(in_word(negated)).word(open);
        if writer.in_key {
            writer.list(rows, ", ", |writer, row| {
                writer.word("(").parameters(row.iter()).word(")");
            });
        } else {
            writer.parameter_rows(rows.flatten(), width, count + padding);
        }
    }
    writer.word(")");
}

fn like<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Like, negated: bool) {
    let native = writer.capabilities.ilike;
    let folded = tree.ignores_case && !native;
    let operand = |writer: &mut Writer<'_, 't, S>, node: &'t Node| {
        if folded {
            expression(writer.word("LOWER("), node);
            writer.word(")");
        } else {
            compared(writer, node);
        }
    };
    operand(writer, &tree.operand);
    writer.word(match (tree.ignores_case && native, negated) {
        (false, false) => " LIKE ",
        (false, true) => " NOT LIKE ",
        (true, false) => " ILIKE ",
        (true, true) => " NOT ILIKE ",
    });
    operand(writer, &tree.pattern);
    if tree.escaped {
        writer.word(Pattern::ESCAPE_CLAUSE);
    }
}
