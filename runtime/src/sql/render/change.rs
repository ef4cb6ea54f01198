//! UPDATE and DELETE, and what statements that change rows give back.

use super::{
    expression::{column, expression},
    select::{conditions, table},
    selected::{self, Names},
    table_name,
};
use crate::{
    dialect::Joins,
    model::{ColumnInfo, TableInfo},
    sql::{
        Node,
        query::{From, Join},
        statement::{Assigned, Delete, Update},
        writer::{Alias, Scope, Sink, Writer},
    },
};

/// Writes an UPDATE.
pub(super) fn update<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Update) {
    writer.changes(tree.table);
    refuse(writer, tree.refused);
    if tree.set.is_empty() {
        writer.invalid("an update has nothing to set");
    }
    let outer = enter(writer, tree.table, &tree.joined);
    table_name(writer.word("UPDATE "), tree.table);
    match writer.capabilities.update_joins {
        Joins::Joined => {
            joins(writer, &tree.joined);
            let qualified = !tree.joined.is_empty();
            set(writer, tree.table, &tree.set, qualified);
            conditions(writer, " WHERE ", &tree.filter);
        }
        Joins::Listed(word) => {
            set(writer, tree.table, &tree.set, false);
            listed(writer, word, &tree.joined, &tree.filter);
        }
        Joins::Never => {
            set(writer, tree.table, &tree.set, false);
            alone(writer, &tree.joined, &tree.filter);
        }
    }
    if !tree.returning.is_empty() {
        if !writer.capabilities.update_returning {
            writer.unsupported("cannot give back the rows that it updates: read them by a query");
        }
        returning(writer, &tree.returning, !tree.joined.is_empty());
    }
    writer.leave(outer);
}

fn refuse<S: Sink>(writer: &mut Writer<'_, '_, S>, refused: Option<&'static str>) {
    if let Some(message) = refused {
        writer.invalid(message);
    }
}

/// Writes a DELETE.
pub(super) fn delete<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, tree: &'t Delete) {
    writer.changes(tree.table);
    refuse(writer, tree.refused);
    let outer = enter(writer, tree.table, &tree.joined);
    let joined = !tree.joined.is_empty();
    writer.word("DELETE ");
    match writer.capabilities.delete_joins {
        Joins::Joined => {
            if joined {
                table_name(writer, tree.table);
                writer.word(" ");
            }
            table_name(writer.word("FROM "), tree.table);
            joins(writer, &tree.joined);
            conditions(writer, " WHERE ", &tree.filter);
        }
        Joins::Listed(word) => {
            table_name(writer.word("FROM "), tree.table);
            listed(writer, word, &tree.joined, &tree.filter);
        }
        Joins::Never => {
            table_name(writer.word("FROM "), tree.table);
            alone(writer, &tree.joined, &tree.filter);
        }
    }
    if !tree.returning.is_empty() {
        let joins = writer.capabilities.delete_joins == Joins::Joined;
        if !writer.capabilities.delete_returning {
            writer.unsupported(
                "cannot give back the rows that it deletes: read them by a query before",
            );
        } else if joined && joins {
            writer.unsupported(
                "cannot give back the rows of a delete that joins tables: use `exists` or `in_` with a query",
            );
        }
        returning(writer, &tree.returning, joined);
    }
    writer.leave(outer);
}

/// Goes into a statement that reads further tables. No path is joined to them: not all databases have a list of tables there.
fn enter<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    table: &'static TableInfo,
    joined: &'t [From],
) -> Scope<'t> {
    if !writer.capabilities.reads_changed {
        writer.unreadable = Some(table);
    }
    if joined.iter().any(|from| matches!(from.join, Join::Left(_))) {
        writer.invalid("a statement that changes rows cannot left join tables");
    }
    let outer = writer.enter(joined);
    writer.scope.visible = 0;
    outer
}

/// Writes what is set. `qualified` tells whether other tables could have a column of that name.
fn set<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    table: &'static TableInfo,
    all: &'t [Assigned],
    qualified: bool,
) {
    writer.word(" SET ");
    assignments(writer, table, all, qualified);
}

/// Writes columns and the values that they get.
pub(super) fn assignments<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    table: &'static TableInfo,
    all: &'t [Assigned],
    qualified: bool,
) {
    let mut done = 0;
    writer.list(all, ", ", |writer, assigned| {
        let target = &table.columns[assigned.column];
        if qualified {
            writer.name(table.name).word(".");
        }
        writer.name(target.name);
        if !writer.capabilities.sets_at_once {
            writer.assigned = Some((table, &all[..done]));
        }
        writer.word(" = ").marking(
            || target.sensitive,
            |writer| expression(writer, &assigned.value),
        );
        done += 1;
    });
    writer.assigned = None;
}

/// Refuses to read a column that the same statement has set before, where that would give its new value.
#[cold]
pub(super) fn as_it_was<S: Sink>(writer: &mut Writer<'_, '_, S>, alias: Alias, read: &ColumnInfo) {
    let Some((table, assigned)) = writer.assigned.filter(|_| writer.is_target(alias)) else {
        return;
    };
    let is_read = |name: &&str| match read.expression {
        None => read.name == *name,
        Some(expression) => expression.contains(name),
    };
    let mut names = assigned.iter().map(|set| table.columns[set.column].name);
    if let Some(name) = names.find(is_read) {
        writer.unsupported(&format!(
            "sets one column after the other, and `{name}` has its new value before its old one is read here: set `{name}` behind \
             all that use it, or read the row first",
        ));
    }
}

/// Refuses to read the table that the statement changes, where queries cannot.
pub(super) fn readable<S: Sink>(writer: &mut Writer<'_, '_, S>, table: &TableInfo) {
    let is_same = |other: &TableInfo| other.name == table.name && other.schema == table.schema;
    if writer.unreadable.is_some_and(is_same) {
        writer.unsupported(&format!(
            "cannot change `{}` and read it by a query within the same statement: run the query first",
            table.name
        ));
    }
}

/// Writes further tables by JOIN.
fn joins<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, joined: &'t [From]) {
    for from in joined {
        match &from.join {
            Join::Inner(on) => {
                table(writer.word(" JOIN "), from);
                expression(writer.word(" ON "), on);
            }
            Join::Listed | Join::Cross | Join::Left(_) => table(writer.word(" CROSS JOIN "), from),
        }
    }
}

/// Writes further tables as a list, whose conditions go to the others.
fn listed<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    word: &'static str,
    joined: &'t [From],
    filter: &'t [Node],
) {
    if !joined.is_empty() {
        writer.word(word).list(joined, ", ", table);
    }
    let on = joined.iter().filter_map(|from| match &from.join {
        Join::Inner(on) => Some(on),
        Join::Listed | Join::Cross | Join::Left(_) => None,
    });
    conditions(writer, " WHERE ", on.chain(filter));
}

/// Writes conditions where no further tables can be read.
fn alone<'t, S: Sink>(writer: &mut Writer<'_, 't, S>, joined: &[From], filter: &'t [Node]) {
    if !joined.is_empty() {
        writer.unsupported("cannot join tables in a delete: use `exists` or `in_` with a query");
    }
    conditions(writer, " WHERE ", filter);
}

/// Writes what a statement gives back. `qualified` tells whether other tables could have columns of those names.
pub(super) fn returning<'t, S: Sink>(
    writer: &mut Writer<'_, 't, S>,
    nodes: &'t [Node],
    qualified: bool,
) {
    writer.word(" RETURNING ");
    if qualified {
        return selected::list(writer, nodes, Names::AsWritten);
    }
    writer.list(nodes, ", ", |writer, node| match node {
        Node::WholeRow { alias, table } => {
            if !writer.table(table, alias) {
                writer.list(table.columns, ", ", |writer, read| match read.expression {
                    None => {
                        writer.name(read.name);
                    }
                    Some(_) => column(writer, Alias::Given(alias), read),
                });
            }
        }
        node => selected::list(writer, std::slice::from_ref(node), Names::AsWritten),
    });
}
