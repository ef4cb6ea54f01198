//! One SELECT, clause by clause.

use super::{
    again,
    change::readable,
    expression::{condition, expression},
    order::{groups, orders},
    paths,
    query::{self, with},
    selected::{self, Names},
    table_name,
};
use crate::sql::{
    Node,
    query::{From, Join, Lock, Select, Wait},
    writer::{Sink, Writer},
};

/// What is made of a SELECT.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    columns: Columns,
    ordered: bool,
    at_most: Option<u64>,
}

/// What it selects.
#[derive(Clone, Copy)]
enum Columns {
    /// What it says.
    Own(Names),
    /// Nothing that anybody reads.
    Ones,
    /// The number of rows.
    Count,
}

impl Shape {
    /// What it says.
    pub(super) fn rows(names: Names, at_most: Option<u64>) -> Self {
        Shape {
            columns: Columns::Own(names),
            ordered: true,
            at_most,
        }
    }

    /// What it says, in any order.
    pub(super) fn unordered(names: Names) -> Self {
        Shape {
            ordered: false,
            ..Shape::rows(names, None)
        }
    }

    /// As many rows, whatever is in them.
    pub(super) fn ones() -> Self {
        Shape {
            columns: Columns::Ones,
            ..Shape::unordered(Names::AsWritten)
        }
    }

    /// The number of rows.
    pub(super) fn counted() -> Self {
        Shape {
            columns: Columns::Count,
            ..Shape::unordered(Names::AsWritten)
        }
    }
}

/// Writes a SELECT.
pub(super) fn select<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Select, shape: Shape) {
    if let Some(message) = tree.refused {
        writer.invalid(message);
    }
    let outside = writer.named();
    with(writer, &tree.with);
    let outer = writer.enter(&tree.from);
    let own: &[Node] = match shape.columns {
        Columns::Own(_) => &tree.columns,
        Columns::Ones | Columns::Count => &[],
    };
    paths::collect(writer, tree, own, shape.ordered);
    again::expect(writer, &tree.group);
    columns(writer, tree.distinct, own, shape.columns);
    for (index, from) in tree.from.iter().enumerate() {
        read(writer, from, index);
    }
    conditions(writer, " WHERE ", &tree.filter);
    if !tree.group.is_empty() {
        groups(writer, &tree.group, own);
    }
    if !tree.having.is_empty() {
        let names = match shape.columns {
            Columns::Own(names) => names,
            Columns::Ones | Columns::Count => Names::AsWritten,
        };
        having(writer, tree, own, names);
    }
    if shape.ordered && !tree.order.is_empty() {
        let labelled = matches!(shape.columns, Columns::Own(names) if names.has_labels());
        orders(writer, tree, labelled);
    }
    limits(writer, [shape.at_most, tree.limit], tree.offset);
    if let Some(kind) = tree.lock {
        lock(writer, kind);
    }
    writer.leave(outer);
    writer.forget_named(outside);
}

/// Writes what is selected. Where nobody says what, there are rows nevertheless.
#[inline]
fn columns<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    distinct: bool,
    own: &'t [Node],
    kind: Columns,
) {
    writer.word(if distinct {
        "SELECT DISTINCT "
    } else {
        "SELECT "
    });
    match kind {
        Columns::Own(names) if !own.is_empty() => selected::list(writer, own, names),
        Columns::Count => {
            writer.word("COUNT(*)");
        }
        Columns::Own(_) | Columns::Ones => {
            writer.word("1");
        }
    }
}

fn having<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    tree: &'t Select,
    selected: &'t [Node],
    names: Names,
) {
    let known = again::expect_labels(writer, selected, names, &tree.group);
    conditions(writer, " HAVING ", &tree.having);
    if let Some(known) = known {
        writer.scope.known = known;
    }
}

/// Writes a table that is read, and the tables that paths from it lead to.
#[inline]
fn read<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, from: &'t From, index: usize) {
    writer.word(match from.join {
        _ if index == 0 => " FROM ",
        Join::Listed | Join::Cross => " CROSS JOIN ",
        Join::Inner(_) => " JOIN ",
        Join::Left(_) => " LEFT JOIN ",
    });
    if from.derived.is_none() {
        readable(writer, from.table);
    }
    table(writer, from);
    if let Join::Inner(on) | Join::Left(on) = &from.join {
        writer.scope.visible = index;
        expression(writer.word(" ON "), on);
        writer.scope.visible = writer.scope.from.len();
    }
    paths::joins(writer, index);
}

/// Writes a table and what it is called.
#[inline]
pub(super) fn table<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, from: &'t From) {
    match &from.derived {
        None => {
            table_name(writer, from.table);
            if from.alias != from.table.name {
                writer.word(" AS ").name(from.alias);
            }
        }
        Some(tree) => {
            // Its rows are made before any of them is changed.
            let unreadable = writer.unreadable.take();
            query::query(writer.word("("), &**tree, Names::Of(from.table), None);
            writer.unreadable = unreadable;
            writer.word(") AS ").name(from.alias);
        }
    }
}

/// Writes a clause of conditions, all of which hold; nothing where there are none.
#[inline]
pub(super) fn conditions<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    word: &'static str,
    all: impl IntoIterator<Item = &'t Node, IntoIter: Clone>,
) {
    let all = all.into_iter();
    let count = all.clone().take(2).count();
    if count > 0 {
        writer.word(word).list(all, " AND ", |writer, node| {
            condition(writer, node, count == 1)
        });
    }
}

/// Writes LIMIT and OFFSET; the smallest limit holds.
#[inline]
pub(super) fn limits<S: Sink>(
    writer: &mut Writer<'_, '_, S>,
    limits: [Option<u64>; 2],
    offset: Option<u64>,
) {
    if let Some(limit) = limits.into_iter().flatten().min() {
        writer.word(" LIMIT ").count(limit);
    } else if offset.is_some()
        && let Some(words) = writer.dialect.no_limit()
    {
        writer.word(words);
    }
    if let Some(offset) = offset {
        writer.word(" OFFSET ").count(offset);
    }
}

fn lock<S: Sink>(writer: &mut Writer<'_, '_, S>, lock: Lock) {
    if !writer.capabilities.locks {
        writer.unsupported("has no locks on rows: begin a transaction that writes instead");
    }
    writer.word(writer.dialect.lock(lock.shared));
    // The tables that paths lead to are left joins, which nobody has asked for.
    if writer.capabilities.lock_names_tables && !writer.scope.joined.is_empty() {
        let from = writer.scope.from;
        writer.word(" OF ").list(from, ", ", |writer, from| {
            writer.name(from.alias);
        });
    }
    writer.word(match lock.wait {
        Wait::Block => "",
        Wait::Fail => " NOWAIT",
        Wait::Skip => " SKIP LOCKED",
    });
}
