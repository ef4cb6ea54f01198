//! What differs between two columns.

use crate::{
    Catalog, Column, Dialect, Identity, Sequence, Storage, Table, Type,
    ddl::expression::{Scope, canonical},
};

use super::{Aspect, defaults, objects, types};

/// A column with what stands around it.
#[derive(Clone, Copy)]
pub(super) struct Side<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) table: &'c Table,
    pub(super) column: &'c Column,
}

/// Whether a column can be NULL, as far as that is its own matter: the columns of a primary key cannot.
pub(crate) fn is_nullable(table: &Table, column: &Column) -> bool {
    column.nullable && !table.key_columns().contains(&column.name)
}

/// What differs between two columns, but for their names. `renamed` gives the old table's columns their new names.
pub(super) fn compare(
    from: Side<'_>,
    to: Side<'_>,
    renamed: &dyn Fn(&str) -> String,
) -> Vec<Aspect> {
    let dialect = to.catalog.dialect;
    let (old, new) = (from.column, to.column);
    let mut aspects = Vec::new();
    let mut note = |is_same: bool, aspect: Aspect| {
        if !is_same {
            aspects.push(aspect);
        }
    };
    let is_same_type = types::is_same(
        types::Side {
            catalog: from.catalog,
            ty: &old.ty,
        },
        types::Side {
            catalog: to.catalog,
            ty: &new.ty,
        },
    );
    note(is_same_type, Aspect::Type);
    // Within a generated column, MySQL knows no NOT NULL: it becomes a check.
    let has_nulls = dialect == Dialect::Mysql && old.generated.is_some() && new.generated.is_some();
    let are_nullable = (is_nullable(from.table, old), is_nullable(to.table, new));
    note(
        has_nulls || are_nullable.0 == are_nullable.1,
        Aspect::Nullability,
    );
    note(is_same_identity(from, to), Aspect::Identity);
    note(is_same_default(from, to), Aspect::Default);
    note(is_same_generated(from, to, renamed), Aspect::Generated);
    note(defaults::is_set_alike(old, new, dialect), Aspect::OnUpdate);
    note(is_same_collation(from, to), Aspect::Collation);
    let comment = |column: &Column| column.comment.clone().filter(|it| !it.is_empty());
    note(
        dialect == Dialect::Sqlite || comment(old) == comment(new),
        Aspect::Comment,
    );
    aspects
}

fn is_counted(side: Side<'_>) -> bool {
    side.column.identity.is_some() || defaults::takes_number(side)
}

fn is_same_default(from: Side<'_>, to: Side<'_>) -> bool {
    (is_counted(from) && is_counted(to)) || defaults::is_same(from, to)
}

/// A column that takes its numbers from a sequence is counted up, whichever way that is said: dumps of PostgreSQL say
/// `nextval` where a file says `serial`.
fn is_same_identity(from: Side<'_>, to: Side<'_>) -> bool {
    let dialect = to.catalog.dialect;
    match (&from.column.identity, &to.column.identity) {
        (None, None) => true,
        (Some(old), Some(new)) => {
            let numbers = |side: Side<'_>, identity: &Identity| {
                objects::numbers(identity.sequence.as_ref(), Some(&side.column.ty.kind))
            };
            match dialect {
                Dialect::Sqlite => old.strict == new.strict,
                Dialect::Postgres => {
                    old.always == new.always && numbers(from, old) == numbers(to, new)
                }
                // The next number follows the rows.
                Dialect::Mysql => true,
            }
        }
        (Some(identity), None) => !identity.always && defaults::takes_number(to),
        (None, Some(identity)) => !identity.always && defaults::takes_number(from),
    }
}

fn is_same_generated(from: Side<'_>, to: Side<'_>, renamed: &dyn Fn(&str) -> String) -> bool {
    match (&from.column.generated, &to.column.generated) {
        (None, None) => true,
        (Some(old), Some(new)) => {
            // PostgreSQL stores them all.
            let has_storage = to.catalog.dialect != Dialect::Postgres;
            let storages: [Storage; 2] = [old.storage, new.storage];
            let old = canonical(
                &old.expression,
                Scope::of(from.catalog, from.table),
                renamed,
            );
            let new = canonical(
                &new.expression,
                Scope::of(to.catalog, to.table),
                &str::to_owned,
            );
            old == new && (!has_storage || storages[0] == storages[1])
        }
        _ => false,
    }
}

/// A column that says nothing has the collation of its table; where the table says nothing either, that of the other side's
/// table, which is what the database has.
fn is_same_collation(from: Side<'_>, to: Side<'_>) -> bool {
    let dialect = to.catalog.dialect;
    let is_text = |side: Side<'_>| {
        let kind = side.catalog.resolve(&side.column.ty.kind);
        matches!(kind, Type::Text { .. } | Type::Enum(_) | Type::Set(_))
    };
    if dialect == Dialect::Mysql && !(is_text(from) && is_text(to)) {
        return true;
    }
    let of = |side: Side<'_>, other: Side<'_>| {
        let own = side.column.collation.as_deref();
        let own = own.or_else(|| of_table(side.table).or_else(|| of_table(other.table)));
        let name = own.map(|name| name.trim_start_matches("pg_catalog.").trim_matches('"'));
        let name = name.filter(|name| match dialect {
            Dialect::Sqlite => !name.eq_ignore_ascii_case("binary"),
            Dialect::Postgres => *name != "default",
            Dialect::Mysql => true,
        });
        name.map(|name| match dialect {
            Dialect::Postgres => name.to_owned(),
            _ => name.to_lowercase(),
        })
    };
    of(from, to) == of(to, from)
}

/// The collation that the columns of a table of MySQL have.
fn of_table(table: &Table) -> Option<&str> {
    let mut options = table.options.iter();
    let option = options.find(|it| it.dialect == Dialect::Mysql && it.name == "COLLATE")?;
    option.value.as_deref()
}

/// The columns that a sequence belongs to, or that take their numbers from it.
pub(super) fn uses_sequence(catalog: &Catalog, sequence: &Sequence) -> bool {
    let Some(name) = &sequence.name else {
        return true;
    };
    let mut columns = catalog.tables.iter().flat_map(|table| {
        let sides = table.columns.iter();
        sides.map(move |column| Side {
            catalog,
            table,
            column,
        })
    });
    columns.any(|side| {
        let of_identity = side
            .column
            .identity
            .as_ref()
            .and_then(|it| it.sequence.as_ref());
        let is_own = of_identity.is_some_and(|it| it.name.as_ref() == Some(name));
        let is_counted = side.column.identity.is_some() || defaults::takes_number(side);
        // PostgreSQL's name for the sequence of a `serial` column.
        let usual = format!("{}_{}_seq", side.table.name.name, side.column.name);
        is_own || (is_counted && name.name == usual)
    })
}
