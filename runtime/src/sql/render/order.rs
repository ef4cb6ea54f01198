//! GROUP BY and ORDER BY.
//!
//! An expression that is selected too is written as its position there. Written twice, its parameters would be two, and the
//! database could not know that they are equal.

use super::{
    expression::{column, expression},
    selected::{position, unlabelled},
};
use crate::sql::{
    Node,
    query::{Nulls, Order, Select},
    walk::walk,
    writer::{Alias, Sink, Writer},
};

/// Writes GROUP BY.
pub(super) fn groups<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    keys: &'t [Node],
    selected: &[Node],
) {
    writer
        .word(" GROUP BY ")
        .list(keys, ", ", |writer, key| match unlabelled(key) {
            Node::WholeRow { alias, table } if table.primary_key.is_empty() => {
                let columns = table.columns.iter();
                let own = columns.filter(|column| column.expression.is_none());
                writer.list(own, ", ", |writer, read| {
                    column(writer, Alias::Given(alias), read);
                });
            }
            Node::WholeRow { alias, table } => {
                writer.list(table.primary_key, ", ", |writer, index| {
                    column(writer, Alias::Given(alias), &table.columns[*index]);
                });
            }
            key => match selected_position(selected, key) {
                Some(number) => {
                    writer.number(number as u64);
                }
                None => expression(writer, key),
            },
        });
}

/// The position of what is selected too, unless its own name says it as well.
fn selected_position(selected: &[Node], key: &Node) -> Option<usize> {
    match unlabelled(key) {
        Node::Column { .. } | Node::WholeRow { .. } | Node::Path(_) => None,
        key => position(selected, key),
    }
}

/// Writes ORDER BY. `labelled` tells whether labels are written where the query selects.
pub(super) fn orders<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    tree: &'t Select,
    labelled: bool,
) {
    let by_position = tree.distinct || !tree.group.is_empty();
    writer
        .word(" ORDER BY ")
        .list(&tree.order, ", ", |writer, order| {
            let key = key(tree, &order.by, labelled, by_position);
            ordered(writer, order, key);
        });
}

/// What stands in ORDER BY.
#[derive(Clone, Copy)]
enum Key {
    Label(&'static str),
    Position(usize),
    Expression,
}

fn key(tree: &Select, by: &Node, labelled: bool, by_position: bool) -> Key {
    if let Node::Label(name, _) = by
        && tree.columns.iter().any(|item| is_labelled(item, name))
    {
        if labelled {
            return Key::Label(name);
        }
        if let Some(number) = position(&tree.columns, by) {
            return Key::Position(number);
        }
    }
    if by_position && let Some(number) = selected_position(&tree.columns, by) {
        return Key::Position(number);
    }
    Key::Expression
}

fn is_labelled(item: &Node, name: &str) -> bool {
    matches!(item, Node::Label(own, _) if *own == name)
}

/// Writes what rows of a window are ordered by.
pub(super) fn window_orders<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, orders: &'t [Order]) {
    writer
        .word("ORDER BY ")
        .list(orders, ", ", |writer, order| {
            ordered(writer, order, Key::Expression);
        });
}

fn ordered<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, order: &'t Order, key: Key) {
    let native = writer.capabilities.nulls_order;
    if let Some(nulls) = order.nulls
        && !native
        && nulls_need_words(nulls, order.descending)
    {
        match key {
            Key::Label(name) if !looks_at_rows(&order.by) => {
                writer.name(name);
            }
            // A position means a column only where it stands alone, and so does the label of an aggregate.
            _ => {
                super::expression::compared(writer, &order.by);
            }
        }
        writer.word(match nulls {
            Nulls::First => " IS NULL DESC, ",
            Nulls::Last => " IS NULL, ",
        });
    }
    match key {
        Key::Label(name) => {
            writer.name(name);
        }
        Key::Position(number) => {
            writer.number(number as u64);
        }
        Key::Expression => expression(writer, &order.by),
    }
    if order.descending {
        writer.word(" DESC");
    }
    if let Some(nulls) = order.nulls
        && native
    {
        nulls_behind(writer, nulls);
    }
}

/// Whether it is computed of several rows.
fn looks_at_rows(node: &Node) -> bool {
    let mut found = false;
    walk(node, &mut |part| {
        found |= match part {
            Node::Call(call) => call.aggregate,
            Node::Over { .. } => true,
            _ => false,
        };
    });
    found
}

/// Writes where NULLs stand.
pub(super) fn nulls_behind<S: Sink>(writer: &mut Writer<'_, '_, S>, nulls: Nulls) {
    writer.word(match nulls {
        Nulls::First => " NULLS FIRST",
        Nulls::Last => " NULLS LAST",
    });
}

/// Whether NULLs stand elsewhere than the smallest values do.
pub(super) fn nulls_need_words(nulls: Nulls, descending: bool) -> bool {
    (nulls == Nulls::Last) != descending
}
