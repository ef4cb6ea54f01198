//! INSERT, and what it does about keys that are there already.

use super::{
    change::{assignments, returning},
    expression::{expression, value_of},
    query::{part, query},
    select::conditions,
    selected::Names,
    table_name,
};
use crate::{
    dialect::Upsert,
    model::{ColumnInfo, TableInfo},
    sql::{
        query::Query,
        statement::{Assigned, Conflict, Insert, InsertSource},
        writer::{Sink, Writer},
    },
};

/// Writes an INSERT.
pub(super) fn insert<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Insert) {
    writer.changes(tree.table);
    table_name(writer.word("INSERT INTO "), tree.table);
    match &tree.source {
        InsertSource::Rows(rows) => {
            values(writer, tree.table, rows, tree.numbered);
            let of_defaults = rows.first().is_some_and(Vec::is_empty);
            let refused = writer.capabilities.upsert == Upsert::ConflictAfterWhere;
            if of_defaults && tree.conflict.is_some() && refused {
                writer.unsupported(
                    "cannot say what is done where a row of nothing but defaults is there already: give one of its columns a value",
                );
            }
        }
        InsertSource::Query(columns, rows) => {
            names(writer.word(" ("), tree.table, columns.iter().copied());
            let closed = tree.conflict.is_some()
                && match writer.capabilities.upsert {
                    Upsert::ConflictAfterWhere => !ends_in_where(rows),
                    // What it sets could be of the row that is there, or of the query's.
                    Upsert::DuplicateKey => reads(rows, tree.table),
                    Upsert::Conflict => false,
                };
            from_query(writer.word(") "), rows, closed);
        }
    }
    if let Some(conflict) = &tree.conflict {
        if conflict.set.is_empty() && !conflict.filter.is_empty() {
            writer.invalid("an insert that leaves a row as it is does so without a condition");
        }
        match writer.capabilities.upsert {
            Upsert::DuplicateKey => on_duplicate_key(writer, tree, conflict),
            Upsert::Conflict | Upsert::ConflictAfterWhere => {
                on_conflict(writer, tree.table, conflict);
            }
        }
    }
    if !tree.returning.is_empty() {
        if !writer.capabilities.insert_returning {
            writer.unsupported("cannot give back the rows that it inserts: read them by a query");
        }
        returning(writer, &tree.returning, false);
    }
}

fn names<S: Sink>(
    writer: &mut Writer<'_, '_, S>,
    table: &'static TableInfo,
    columns: impl IntoIterator<Item = usize>,
) {
    writer.list(columns, ", ", |writer, column| {
        writer.name(table.columns[column].name);
    });
}

fn values<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    table: &'static TableInfo,
    rows: &'t [Vec<Assigned>],
    numbered: bool,
) {
    let Some(first) = rows.first() else {
        return writer.invalid("an insert has no rows");
    };
    if first.is_empty() {
        if rows.len() > 1 {
            writer.unsupported("inserts rows without any value one by one only");
        }
        let words = writer.dialect.default_values();
        writer.word(" ").word(words);
        return;
    }
    if rows.iter().any(|row| row.len() != first.len()) {
        writer.invalid("the rows of an insert set different columns");
    }
    names(
        writer.word(" ("),
        table,
        first.iter().map(|assigned| assigned.column),
    );
    writer.word(")");
    if numbered {
        let words = writer.capabilities.overriding;
        writer.word(words);
    }
    writer.word(" VALUES ");
    let all = || rows.iter().flatten().map(|assigned| &assigned.value);
    if all().all(|node| value_of(node).is_some()) {
        let before = writer.bound();
        writer.parameter_rows(all().filter_map(value_of), first.len(), rows.len());
        if S::MARKS {
            let assigned = rows.iter().flatten().enumerate();
            let secret = assigned.filter(|(_, assigned)| table.columns[assigned.column].sensitive);
            secret.for_each(|(place, _)| writer.mark(before + place));
        }
        return;
    }
    writer.list(rows, ", ", |writer, row| {
        let value = |writer: &mut Writer<'_, 't, S>, assigned: &'t Assigned| {
            writer.marking(
                || table.columns[assigned.column].sensitive,
                |writer| expression(writer, &assigned.value),
            );
        };
        writer.word("(").list(row, ", ", value).word(")");
    });
}

fn ends_in_where(query: &Query) -> bool {
    matches!(query, Query::Select(select) if !select.filter.is_empty())
}

fn reads(query: &Query, table: &TableInfo) -> bool {
    matches!(query, Query::Select(select) if select.from.iter().any(|from| from.alias == table.name))
}

/// `closed` asks for a WHERE, behind which an ON begins nothing but a clause of the INSERT.
fn from_query<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, rows: &'t Query, closed: bool) {
    if closed {
        part(writer, |writer| query(writer, rows, Names::Numbered, None));
        writer.word(" WHERE true");
        return;
    }
    let names = match rows {
        Query::Select(select) if !select.distinct => Names::Inserted,
        _ => Names::AsWritten,
    };
    query(writer, rows, names, None);
}

fn on_conflict<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    table: &'static TableInfo,
    conflict: &'t Conflict,
) {
    writer.word(" ON CONFLICT");
    if !conflict.key.is_empty() {
        names(writer.word(" ("), table, conflict.key.iter().copied());
        writer.word(")");
    }
    if conflict.set.is_empty() {
        writer.word(" DO NOTHING");
        return;
    }
    writer.word(" DO UPDATE SET ");
    assignments(writer, table, &conflict.set, false);
    conditions(writer, " WHERE ", &conflict.filter);
}

/// Says the same with a clause that looks at all unique keys, where no other key than the one that is meant can be there
/// already.
fn on_duplicate_key<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    tree: &'t Insert,
    conflict: &'t Conflict,
) {
    if !conflict.filter.is_empty() {
        writer.unsupported(
            "cannot update a row that is there already on a condition: set CASE values",
        );
    }
    if meets_another_key(tree, conflict) {
        writer.unsupported(
            "cannot tell which unique key is there already, and this insert sets several: update first, then insert",
        );
    }
    writer.word(" ON DUPLICATE KEY UPDATE ");
    if !conflict.set.is_empty() {
        assignments(writer, tree.table, &conflict.set, false);
        return;
    }
    if !tree.returning.is_empty() {
        writer.unsupported("cannot give back the new rows alone where others are left as they are");
    }
    // A column that is set to itself leaves the row alone.
    let column = conflict.key.first().copied().unwrap_or(0);
    let name = tree.table.columns[column].name;
    let own = |writer: &mut Writer<'_, 't, S>| {
        writer.name(tree.table.name).word(".").name(name);
    };
    writer.name(name).word(" = ");
    if matches!(&tree.source, InsertSource::Rows(rows) if rows.len() == 1) {
        // The server counts the row in any case. The driver sees by this number, which no counter gives, that it was there.
        writer
            .word("IF(LAST_INSERT_ID(")
            .number(u64::MAX)
            .word("), ");
        own(writer);
        own(writer.word(", "));
        writer.word(")");
    } else {
        own(writer);
    }
}

fn meets_another_key(tree: &Insert, conflict: &Conflict) -> bool {
    let sets = |column: &usize| match &tree.source {
        InsertSource::Rows(rows) => rows
            .first()
            .is_some_and(|row| row.iter().any(|assigned| assigned.column == *column)),
        InsertSource::Query(columns, _) => columns.contains(column),
    };
    let is_meant = |key: &[usize]| {
        key.len() == conflict.key.len() && key.iter().all(|column| conflict.key.contains(column))
    };
    let keys = tree.table.unique_keys.iter().copied();
    keys.chain([tree.table.primary_key])
        .any(|key| !key.is_empty() && !is_meant(key) && key.iter().all(sets))
}

/// Writes the value that an insert proposed for a column.
pub(super) fn proposed<S: Sink>(writer: &mut Writer<'_, '_, S>, column: &ColumnInfo) {
    match writer.capabilities.upsert {
        Upsert::DuplicateKey => writer.word("VALUES(").name(column.name).word(")"),
        Upsert::Conflict | Upsert::ConflictAfterWhere => writer.word("excluded.").name(column.name),
    };
}
