//! The tables that relationships lead to: each is joined once, behind the table that its path starts at.
//!
//! Where there is no list of tables to join them to, a column at the end of a path is a query of its own.

use super::{change::readable, expression::column, table_name};
use crate::sql::{
    Node,
    node::{Path, Step},
    query::{Join, Select},
    walk::{walk, walk_all, walk_orders},
    writer::{Alias, Sink, Writer},
};

/// A table that a path leads to.
pub(in crate::sql) struct Joined<'t> {
    /// The table that the path starts at, as a position among the tables of the query.
    start: usize,
    /// The table that it is joined to.
    parent: Alias,
    /// How.
    step: &'t Step,
    /// What it is called.
    number: usize,
}

/// Finds the paths of a SELECT. `selected` are its columns as far as they are written.
#[inline]
pub(super) fn collect<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    select: &'t Select,
    selected: &'t [Node],
    ordered: bool,
) {
    let mut visit = |node: &'t Node| {
        if let Node::Path(path) = node {
            join(writer, path);
        }
    };
    walk_all(selected, &mut visit);
    walk_all(&select.filter, &mut visit);
    walk_all(&select.group, &mut visit);
    walk_all(&select.having, &mut visit);
    if ordered {
        walk_orders(&select.order, &mut visit);
    }
    if select.from.len() > 1 {
        collect_from_joins(writer, select);
    }
}

/// The condition of a join can use paths from the tables before it.
fn collect_from_joins<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, select: &'t Select) {
    for (index, from) in select.from.iter().enumerate() {
        if let Join::Inner(on) | Join::Left(on) = &from.join {
            writer.scope.visible = index;
            walk(on, &mut |node| {
                if let Node::Path(path) = node {
                    join(writer, path);
                }
            });
        }
    }
    writer.scope.visible = select.from.len();
}

/// Joins the tables of a path that are not joined already.
#[cold]
fn join<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, path: &'t Path) {
    let Some(start) = start(writer, path) else {
        return;
    };
    let mut parent = Alias::Given(path.start);
    for step in &path.steps {
        let number = match joined(writer, parent, step) {
            Some(number) => number,
            None => {
                let number = writer.next_path();
                writer.scope.joined.push(Joined {
                    start,
                    parent,
                    step,
                    number,
                });
                number
            }
        };
        parent = Alias::Path(number);
    }
}

/// The table that a path starts at, among those that are there for what is being written.
fn start<S: Sink>(writer: &Writer<'_, '_, S>, path: &Path) -> Option<usize> {
    let tables = &writer.scope.from[..writer.scope.visible];
    tables.iter().position(|from| from.alias == path.start)
}

fn joined<S: Sink>(writer: &Writer<'_, '_, S>, parent: Alias, step: &Step) -> Option<usize> {
    let all = &writer.scope.joined;
    let found = all
        .iter()
        .find(|joined| joined.parent == parent && joined.step == step);
    found.map(|joined| joined.number)
}

/// Writes the joins of all paths that start at a table.
pub(super) fn joins<S: Sink>(writer: &mut Writer<'_, '_, S>, start: usize) {
    for index in 0..writer.scope.joined.len() {
        let joined = &writer.scope.joined[index];
        if joined.start == start {
            let (parent, step, number) = (joined.parent, joined.step, joined.number);
            called(writer.word(" LEFT JOIN "), step, number);
            on(writer.word(" ON "), parent, step, number);
        }
    }
}

/// Writes the column at the end of a path.
pub(super) fn path<S: Sink>(writer: &mut Writer<'_, '_, S>, path: &Path) {
    let mut parent = Alias::Given(path.start);
    if start(writer, path).is_some() {
        for step in &path.steps {
            match joined(writer, parent, step) {
                Some(number) => parent = Alias::Path(number),
                None => return query(writer, path),
            }
        }
        return column(writer, parent, path.column);
    }
    query(writer, path);
}

/// Writes the column at the end of a path as a query of its own.
fn query<S: Sink>(writer: &mut Writer<'_, '_, S>, path: &Path) {
    let Some((first, others)) = path.steps.split_first() else {
        return column(writer, Alias::Given(path.start), path.column);
    };
    let numbers: Vec<usize> = path.steps.iter().map(|_| writer.next_path()).collect();
    let last = numbers.last().copied().unwrap_or_default();
    column(writer.word("(SELECT "), Alias::Path(last), path.column);
    called(writer.word(" FROM "), first, numbers[0]);
    for (step, pair) in others.iter().zip(numbers.windows(2)) {
        called(writer.word(" JOIN "), step, pair[1]);
        on(writer.word(" ON "), Alias::Path(pair[0]), step, pair[1]);
    }
    on(
        writer.word(" WHERE "),
        Alias::Given(path.start),
        first,
        numbers[0],
    );
    writer.word(")");
}

fn called<S: Sink>(writer: &mut Writer<'_, '_, S>, step: &Step, number: usize) {
    readable(writer, step.to);
    table_name(writer, step.to);
    writer.word(" AS ").alias(Alias::Path(number));
}

fn on<S: Sink>(writer: &mut Writer<'_, '_, S>, parent: Alias, step: &Step, number: usize) {
    writer.list(step.on, " AND ", |writer, &(from, to)| {
        column(writer, Alias::Path(number), &step.to.columns[to]);
        column(writer.word(" = "), parent, &step.from.columns[from]);
    });
}
