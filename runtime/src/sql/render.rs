//! Statements as text.

mod expression;

use expression::{column, condition, expression};

pub(crate) use super::writer::Rendered;
use super::{
    Node,
    statement::{Assigned, Delete, From, Insert, Join, Select, Update},
    writer::Writer,
};
use crate::{
    dialect::Dialect,
    error::{Error, ErrorKind, Result},
    model::TableInfo,
};

/// A SELECT that gives the rows, at most `limit` where that is given.
pub(crate) fn select(tree: &Select, limit: Option<u64>, dialect: &dyn Dialect) -> Rendered {
    let mut writer = Writer::new(dialect);
    all_rows(&mut writer, tree, limit);
    writer.finish()
}

/// A SELECT that gives the number of rows.
pub(crate) fn select_count(tree: &Select, dialect: &dyn Dialect) -> Rendered {
    let mut writer = Writer::new(dialect);
    if tree.distinct || tree.limit.is_some() || tree.offset.is_some() {
        all_rows(writer.word("SELECT COUNT(*) FROM ("), tree, None);
        writer.word(") AS ").name("counted");
    } else {
        unordered(&mut writer, tree, |writer| {
            writer.word("COUNT(*)");
        });
    }
    writer.finish()
}

/// A SELECT that gives whether there is a row.
pub(crate) fn exists(tree: &Select, dialect: &dyn Dialect) -> Rendered {
    let mut writer = Writer::new(dialect);
    writer.word("SELECT EXISTS (");
    unordered(&mut writer, tree, |writer| {
        writer.word("1");
    });
    window(&mut writer, tree.limit, tree.offset);
    writer.word(")");
    writer.finish()
}

/// An INSERT that gives back the row as the database keeps it.
pub(crate) fn insert(tree: &Insert, dialect: &dyn Dialect) -> Result<Rendered> {
    if !dialect.capabilities().returning {
        let message = format!(
            "{} cannot give back the rows that it inserts",
            dialect.name()
        );
        return Err(Error::new(ErrorKind::Unsupported, message));
    }
    let mut writer = Writer::new(dialect);
    table_name(writer.word("INSERT INTO "), tree.table);
    if tree.values.is_empty() {
        let words = dialect.default_values();
        writer.word(" ").word(words);
    } else {
        let name = |assigned: &Assigned| tree.table.columns[assigned.column].name;
        writer.word(" (").list(&tree.values, ", ", |writer, value| {
            writer.name(name(value));
        });
        writer.word(") VALUES (").list(
            tree.values.iter().map(|assigned| &assigned.value),
            ", ",
            expression,
        );
        writer.word(")");
    }
    writer
        .word(" RETURNING ")
        .list(tree.table.columns, ", ", |writer, read| {
            match read.expression {
                None => {
                    writer.name(read.name);
                }
                Some(_) => column(writer, tree.table.name, read),
            }
        });
    Ok(writer.finish())
}

/// An UPDATE.
pub(crate) fn update(tree: &Update, dialect: &dyn Dialect) -> Rendered {
    let mut writer = Writer::new(dialect);
    table_name(writer.word("UPDATE "), tree.table);
    writer
        .word(" SET ")
        .list(&tree.set, ", ", |writer, assigned| {
            writer
                .name(tree.table.columns[assigned.column].name)
                .word(" = ");
            expression(writer, &assigned.value);
        });
    filter(&mut writer, &tree.filter);
    writer.finish()
}

/// A DELETE.
pub(crate) fn delete(tree: &Delete, dialect: &dyn Dialect) -> Rendered {
    let mut writer = Writer::new(dialect);
    table_name(writer.word("DELETE FROM "), tree.table);
    filter(&mut writer, &tree.filter);
    writer.finish()
}

/// A whole SELECT; the smaller of both limits holds.
fn all_rows(writer: &mut Writer<'_>, tree: &Select, limit: Option<u64>) {
    unordered(writer, tree, |writer| {
        writer.list(&tree.columns, ", ", expression);
    });
    if !tree.order.is_empty() {
        writer
            .word(" ORDER BY ")
            .list(&tree.order, ", ", |writer, order| {
                expression(writer, &order.by);
                if order.descending {
                    writer.word(" DESC");
                }
            });
    }
    let limits = [limit, tree.limit];
    window(writer, limits.into_iter().flatten().min(), tree.offset);
}

/// A SELECT as far as its filter.
fn unordered(writer: &mut Writer<'_>, tree: &Select, columns: impl FnOnce(&mut Writer<'_>)) {
    writer.word("SELECT ");
    if tree.distinct {
        writer.word("DISTINCT ");
    }
    columns(writer);
    for (index, from) in tree.from.iter().enumerate() {
        write_from(writer, from, index == 0);
    }
    filter(writer, &tree.filter);
}

fn write_from(writer: &mut Writer<'_>, from: &From, first: bool) {
    let words = match from.join {
        _ if first => " FROM ",
        Join::Cross => " CROSS JOIN ",
        Join::Inner(_) => " JOIN ",
        Join::Left(_) => " LEFT JOIN ",
    };
    table_name(writer.word(words), from.table);
    if from.alias != from.table.name {
        writer.word(" AS ").name(from.alias);
    }
    if let Join::Inner(on) | Join::Left(on) = &from.join {
        writer.word(" ON ");
        expression(writer, on);
    }
}

fn table_name(writer: &mut Writer<'_>, table: &TableInfo) {
    if let Some(schema) = table.schema {
        writer.name(schema).word(".");
    }
    writer.name(table.name);
}

fn filter(writer: &mut Writer<'_>, conditions: &[Node]) {
    if !conditions.is_empty() {
        let alone = conditions.len() == 1;
        writer
            .word(" WHERE ")
            .list(conditions, " AND ", |writer, node| {
                condition(writer, node, alone)
            });
    }
}

fn window(writer: &mut Writer<'_>, limit: Option<u64>, offset: Option<u64>) {
    match (limit, writer.dialect.no_limit()) {
        (Some(limit), _) => {
            writer.word(" LIMIT ").count(limit);
        }
        (None, Some(words)) if offset.is_some() => {
            writer.word(" ").word(words);
        }
        (None, _) => {}
    }
    if let Some(offset) = offset {
        writer.word(" OFFSET ").count(offset);
    }
}
