//! What a query selects, and what its columns are called.

use super::expression::{column, expression, parameter, whole_row};
use crate::{
    model::TableInfo,
    sql::{
        Node,
        writer::{Alias, Sink, Writer},
    },
};

/// What the numbered columns of a query are called.
pub(super) const COLUMN: &str = "column_";

/// What the columns of a query are called.
#[derive(Clone, Copy)]
pub(in crate::sql) enum Names {
    /// Nobody asks, but for labels.
    AsWritten,
    /// Nobody asks, and the columns that they are inserted into give parameters their types.
    Inserted,
    /// As the columns of the table that the query stands for.
    Of(&'static TableInfo),
    /// Each otherwise, as databases want it of a table.
    Numbered,
}

impl Names {
    /// What they are called in a query within, which another reads as a table.
    pub(super) fn within(self) -> Self {
        match self {
            Names::AsWritten | Names::Inserted => Names::Numbered,
            other => other,
        }
    }

    /// Whether labels are written as they are.
    pub(super) fn has_labels(self) -> bool {
        matches!(self, Names::AsWritten | Names::Inserted)
    }
}

/// Writes a list of selected columns.
#[inline]
pub(super) fn list<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, nodes: &'t [Node], names: Names) {
    let mut position = 0;
    writer.list(nodes, ", ", |writer, node| {
        item(writer, node, names, &mut position);
    });
    if let Names::Of(table) = names
        && position != table.columns.len()
    {
        writer.invalid("a query has another number of columns than the table that it stands for");
    }
}

#[inline]
fn item<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    node: &'t Node,
    names: Names,
    position: &mut usize,
) {
    match (node, names) {
        (Node::Parameter(value), Names::Inserted) => {
            writer.parameter(value);
            *position += 1;
        }
        (Node::WholeRow { alias, table }, names) if names.has_labels() => {
            whole_row(writer, alias, table);
            *position += table.columns.len();
        }
        (Node::WholeRow { alias, table }, _) => {
            writer.list(table.columns, ", ", |writer, read| {
                column(writer, Alias::Given(alias), read);
                let own = read.expression.is_none().then_some(read.name);
                call(writer, own, names, position);
            });
        }
        (Node::Label(name, inner), names) if names.has_labels() => {
            value(writer, inner);
            writer.word(" AS ").name(name);
            *position += 1;
        }
        (Node::Label(_, inner), _) => {
            value(writer, inner);
            call(writer, None, names, position);
        }
        (Node::Column { column, .. }, _) if column.expression.is_none() => {
            expression(writer, node);
            call(writer, Some(column.name), names, position);
        }
        (other, _) => {
            value(writer, other);
            call(writer, None, names, position);
        }
    }
}

/// Says what a column is called, unless that is its own name.
#[inline]
fn call<S: Sink>(
    writer: &mut Writer<'_, '_, S>,
    own: Option<&'static str>,
    names: Names,
    position: &mut usize,
) {
    match names {
        Names::AsWritten | Names::Inserted => {}
        Names::Numbered => {
            writer.word(" AS ").numbered(COLUMN, *position + 1);
        }
        Names::Of(table) => {
            if let Some(column) = table.columns.get(*position)
                && own != Some(column.name)
            {
                writer.word(" AS ").name(column.name);
            }
        }
    }
    *position += 1;
}

/// Writes an expression in a place that gives a parameter no type.
fn value<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, node: &'t Node) {
    match node {
        Node::Parameter(value) => parameter(writer, value),
        other => expression(writer, other),
    }
}

/// Whether the database gives as many rows with it as without.
pub(super) fn is_plain(node: &Node) -> bool {
    match node {
        Node::Label(_, inner) => is_plain(inner),
        Node::Column { .. } | Node::WholeRow { .. } | Node::Path(_) | Node::Parameter(_) => true,
        _ => false,
    }
}

/// The number of columns.
pub(super) fn width(node: &Node) -> usize {
    match node {
        Node::WholeRow { table, .. } => table.columns.len(),
        _ => 1,
    }
}

/// The position of an expression among what is selected, counted from 1.
pub(super) fn position(selected: &[Node], node: &Node) -> Option<usize> {
    let mut position = 1;
    for item in selected {
        if unlabelled(item) == unlabelled(node) {
            return Some(position);
        }
        position += width(item);
    }
    None
}

pub(super) fn unlabelled(node: &Node) -> &Node {
    match node {
        Node::Label(_, inner) => inner,
        other => other,
    }
}
