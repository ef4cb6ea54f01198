//! Queries of all kinds: several as one, their common table expressions, and what else is asked than their rows.

use std::sync::Arc;

use super::{
    order::{nulls_behind, nulls_need_words},
    select::{self, Shape, limits},
    selected::{self, Names},
};
use crate::sql::{
    query::{Compound, Position, Query, QueryRef, Select, SetOperator, With},
    writer::{Sink, Writer},
};

/// Writes a query that gives its rows.
#[inline]
pub(super) fn query<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    query: impl Into<QueryRef<'t>>,
    names: Names,
    at_most: Option<u64>,
) {
    match query.into() {
        QueryRef::Select(select) => select::select(writer, select, Shape::rows(names, at_most)),
        QueryRef::Compound(tree) => compound(writer, tree, names, at_most, true),
    }
}

/// Writes a query that gives the number of rows of another.
pub(super) fn count<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, query: QueryRef<'t>) {
    match query {
        QueryRef::Select(select) if is_counted_directly(select) => {
            select::select(writer, select, Shape::counted());
        }
        _ => {
            writer.word("SELECT COUNT(*) FROM (");
            match query {
                QueryRef::Select(select) => {
                    let shape = if needs_columns(select) {
                        Shape::unordered(Names::Numbered)
                    } else {
                        Shape::ones()
                    };
                    select::select(writer, select, shape);
                }
                QueryRef::Compound(tree) => {
                    compound(writer, tree, Names::Numbered, None, false);
                }
            }
            writer.word(") AS ").name("counted");
        }
    }
}

/// Writes a query that gives whether another has a row.
pub(super) fn exists<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, query: QueryRef<'t>) {
    writer.word("SELECT EXISTS (");
    match query {
        QueryRef::Select(select) => {
            let shape = if needs_columns(select) {
                Shape::unordered(Names::AsWritten)
            } else {
                Shape::ones()
            };
            select::select(writer, select, shape);
        }
        QueryRef::Compound(tree) => compound(writer, tree, Names::AsWritten, None, false),
    }
    writer.word(")");
}

fn is_counted_directly(select: &Select) -> bool {
    let cut = select.limit.is_some() || select.offset.is_some() || select.lock.is_some();
    let grouped = !select.group.is_empty() || !select.having.is_empty();
    !cut && !grouped && !needs_columns(select)
}

/// Whether other columns could give another number of rows: they are made distinct, or an aggregate among them makes one row
/// of all.
fn needs_columns(select: &Select) -> bool {
    select.distinct || !select.columns.iter().all(selected::is_plain)
}

/// Writes common table expressions, each once, unless a query around has them already.
#[inline]
pub(super) fn with<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, all: &'t [Arc<With>]) {
    if !all.iter().all(|with| writer.knows_named(with)) {
        write_with(writer, all);
    }
}

fn write_with<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, all: &'t [Arc<With>]) {
    let new: Vec<_> = all
        .iter()
        .filter(|with| !writer.knows_named(with))
        .collect();
    let recursive = new.iter().any(|with| with.step.is_some());
    writer.word(if recursive {
        "WITH RECURSIVE "
    } else {
        "WITH "
    });
    let mut written = 0;
    for (index, &with) in new.iter().enumerate() {
        let same_name = |other: &&&Arc<With>| other.table.name == with.table.name;
        match new[..index].iter().find(same_name) {
            None => {
                if written > 0 {
                    writer.word(", ");
                }
                written += 1;
                common(writer, with);
                writer.add_named(with);
            }
            Some(&other) if Arc::ptr_eq(other, with) || other == with => {}
            Some(_) => writer.invalid("two different common table expressions have the same name"),
        }
    }
    writer.word(" ");
}

fn common<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, with: &'t With) {
    writer.name(with.table.name).word(" (");
    writer.list(with.table.columns, ", ", |writer, column| {
        writer.name(column.name);
    });
    writer.word(") AS (");
    match &with.step {
        None => query(writer, &with.query, Names::AsWritten, None),
        Some((step, operator)) => {
            if !matches!(operator, SetOperator::Union | SetOperator::UnionAll) {
                writer.invalid("a recursive query takes its further rows by UNION or UNION ALL");
            }
            operand(writer, &with.query, Names::AsWritten);
            writer.word(set_operator(*operator));
            operand(writer, step, Names::AsWritten);
        }
    }
    writer.word(")");
}

fn compound<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    tree: &'t Compound,
    names: Names,
    at_most: Option<u64>,
    ordered: bool,
) {
    let outside = writer.named();
    with(writer, &tree.with);
    chain(writer, &tree.first, &tree.rest, names);
    if ordered && !tree.order.is_empty() {
        let width = width(&tree.first);
        writer
            .word(" ORDER BY ")
            .list(&tree.order, ", ", |writer, position| {
                order(writer, *position, width);
            });
    }
    limits(writer, [at_most, tree.limit], tree.offset);
    writer.forget_named(outside);
}

/// Writes the queries so that they are combined from left to right. Where INTERSECT binds tighter, what stands before one is
/// a query of its own.
fn chain<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    first: &'t Query,
    rest: &'t [(SetOperator, Query)],
    names: Names,
) {
    let begin = if writer.capabilities.intersect_first {
        last_turn(rest)
    } else {
        None
    };
    match begin {
        None => operand(writer, first, names),
        Some(begin) => part(writer, |writer| {
            chain(writer, first, &rest[..begin], names.within());
        }),
    }
    for (operator, query) in &rest[begin.unwrap_or(0)..] {
        writer.word(set_operator(*operator));
        operand(writer, query, Names::AsWritten);
    }
}

/// The last INTERSECT that something else stands before.
fn last_turn(rest: &[(SetOperator, Query)]) -> Option<usize> {
    let is_intersect = |(operator, _): &(SetOperator, Query)| *operator == SetOperator::Intersect;
    let first_other = rest.iter().position(|item| !is_intersect(item))?;
    rest.iter()
        .rposition(is_intersect)
        .filter(|last| *last > first_other)
}

/// Writes a query that can be combined with others: SQLite takes no parentheses, so what is more than a plain SELECT becomes
/// a table.
fn operand<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Query, names: Names) {
    match tree {
        Query::Select(select) if is_bare(select) => query(writer, tree, names, None),
        _ => part(writer, |writer| query(writer, tree, names.within(), None)),
    }
}

fn is_bare(select: &Select) -> bool {
    select.with.is_empty()
        && select.order.is_empty()
        && select.limit.is_none()
        && select.offset.is_none()
        && select.lock.is_none()
}

/// Writes a query as a table that another reads.
pub(super) fn part<'d, 't, S: Sink>(
    writer: &mut Writer<'d, 't, S>,
    write: impl FnOnce(&mut Writer<'d, 't, S>),
) {
    let number = writer.next_number();
    write(writer.word("SELECT * FROM ("));
    writer.word(") AS ").numbered("part_", number);
}

fn order<S: Sink>(writer: &mut Writer<'_, '_, S>, position: Position, width: usize) {
    if position.number == 0 || position.number > width {
        writer.invalid("an order names a column that the query does not have");
    }
    writer.number(position.number as u64);
    if position.descending {
        writer.word(" DESC");
    }
    if let Some(nulls) = position.nulls {
        if writer.capabilities.nulls_order {
            nulls_behind(writer, nulls);
        } else if nulls_need_words(nulls, position.descending) {
            writer.unsupported(
                "cannot say where NULLs stand in the order of combined queries: read them as a derived table, and order that",
            );
        }
    }
}

/// The number of columns.
fn width(query: &Query) -> usize {
    match query {
        Query::Select(select) => select.columns.iter().map(selected::width).sum(),
        Query::Compound(compound) => width(&compound.first),
    }
}

fn set_operator(operator: SetOperator) -> &'static str {
    match operator {
        SetOperator::Union => " UNION ",
        SetOperator::UnionAll => " UNION ALL ",
        SetOperator::Intersect => " INTERSECT ",
        SetOperator::Except => " EXCEPT ",
    }
}
