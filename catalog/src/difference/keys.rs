//! Whether constraints and indexes demand the same.

use crate::{
    Action, Catalog, Dialect, ForeignKey, Index, IndexKey, IndexPart, MatchType, NullsOrder,
    PrimaryKey, SortOrder, Table, Unique,
    ddl::expression::{Canonical, Scope, canonical},
};

use super::{objects::comment, renames::Renames};

/// A table of a catalog, with the names that its columns are compared under.
#[derive(Clone, Copy)]
pub(super) struct Side<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) table: &'c Table,
    /// What was renamed since; none for the new side.
    pub(super) renames: Option<&'c Renames>,
}

impl Side<'_> {
    pub(super) fn column(self, name: &str) -> String {
        match self.renames {
            Some(renames) => {
                let table = renames.of_table(&self.table.name);
                renames.of_column(table, name).into()
            }
            None => name.into(),
        }
    }

    fn columns(self, names: &[String]) -> Vec<String> {
        names.iter().map(|name| self.column(name)).collect()
    }

    pub(super) fn meaning(self, expression: &str) -> Canonical {
        let scope = Scope::of(self.catalog, self.table);
        canonical(expression, scope, &|name| self.column(name))
    }
}

/// Whether two primary keys are the same, by their columns, and their names where these can be told.
pub(super) fn is_same_primary(
    sides: (Side<'_>, Side<'_>),
    old: Option<&PrimaryKey>,
    new: Option<&PrimaryKey>,
) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return old.is_none() && new.is_none();
    };
    let is_named = sides.1.catalog.dialect == Dialect::Postgres;
    let names_fit = match (&old.name, &new.name) {
        (Some(old), Some(new)) => !is_named || old == new,
        _ => true,
    };
    names_fit && sides.0.columns(&old.columns) == sides.1.columns(&new.columns)
}

pub(super) fn is_same_unique(sides: (Side<'_>, Side<'_>), old: &Unique, new: &Unique) -> bool {
    sides.0.columns(&old.columns) == sides.1.columns(&new.columns)
        && old.nulls_not_distinct == new.nulls_not_distinct
        && old.deferrable.filter(|it| it.deferrable) == new.deferrable.filter(|it| it.deferrable)
}

/// MySQL makes no difference between a unique constraint and a unique index. For the others they are two: a constraint of
/// PostgreSQL can be put off and named in a statement, and SQLite's cannot be dropped alone.
pub(super) fn is_unique_index(sides: (Side<'_>, Side<'_>), unique: &Unique, index: &Index) -> bool {
    let columns = index.full_columns();
    let columns = columns.map(|names| names.into_iter().map(|it| sides.1.column(it)).collect());
    index.unique && columns == Some(sides.0.columns(&unique.columns))
}

pub(super) fn is_same_foreign(
    sides: (Side<'_>, Side<'_>),
    old: &ForeignKey,
    new: &ForeignKey,
) -> bool {
    let dialect = sides.1.catalog.dialect;
    let (table, references) = match sides.0.renames {
        Some(renames) => {
            let table = renames.of_table(&old.table);
            let references = old.references.iter();
            let references = references.map(|name| renames.of_column(table, name).into());
            (table, references.collect::<Vec<String>>())
        }
        None => (&old.table, old.references.clone()),
    };
    let action = |action: Option<Action>| match action.unwrap_or(Action::NoAction) {
        Action::Restrict if dialect == Dialect::Mysql => Action::NoAction,
        action => action,
    };
    let matching = |key: &ForeignKey| match key.match_type.unwrap_or(MatchType::Simple) {
        _ if dialect != Dialect::Postgres || key.columns.len() == 1 => MatchType::Simple,
        matching => matching,
    };
    sides.0.columns(&old.columns) == sides.1.columns(&new.columns)
        && *table == new.table
        && references == new.references
        && action(old.on_delete) == action(new.on_delete)
        && action(old.on_update) == action(new.on_update)
        && matching(old) == matching(new)
        && old.deferrable.filter(|it| it.deferrable) == new.deferrable.filter(|it| it.deferrable)
}

pub(super) fn is_same_index(sides: (Side<'_>, Side<'_>), old: &Index, new: &Index) -> bool {
    let dialect = sides.1.catalog.dialect;
    let method = |index: &Index| {
        let method = index.method.as_deref().unwrap_or("btree").to_lowercase();
        // InnoDB makes trees of hashes.
        match method.as_str() {
            "hash" if dialect == Dialect::Mysql => "btree".into(),
            _ => method,
        }
    };
    let condition = |side: Side<'_>, index: &Index| {
        let condition = index.condition.as_deref();
        condition.map(|condition| side.meaning(condition))
    };
    let parts = |side: Side<'_>, index: &Index| {
        let parts = index.parts.iter();
        parts.map(|part| part_of(side, part)).collect::<Vec<_>>()
    };
    old.unique == new.unique
        && method(old) == method(new)
        && parts(sides.0, old) == parts(sides.1, new)
        && sides.0.columns(&old.include) == sides.1.columns(&new.include)
        && condition(sides.0, old) == condition(sides.1, new)
        && (dialect == Dialect::Sqlite || comment(&old.comment) == comment(&new.comment))
}

/// One part of an index, with what its database fills in.
#[derive(PartialEq)]
struct Part {
    key: Result<String, Canonical>,
    is_descending: bool,
    has_nulls_first: Option<bool>,
    length: Option<u64>,
    collation: Option<String>,
    operator_class: Option<String>,
}

fn part_of(side: Side<'_>, part: &IndexPart) -> Part {
    let is_descending = part.order == Some(SortOrder::Descending);
    // Only PostgreSQL can have them elsewhere: at first where the order is a falling one.
    let has_nulls_first = match (side.catalog.dialect, part.nulls) {
        (Dialect::Postgres, None) => Some(is_descending),
        (Dialect::Postgres, Some(nulls)) => Some(nulls == NullsOrder::First),
        _ => None,
    };
    let collation = part.collation.as_deref().map(str::to_lowercase);
    Part {
        key: match &part.key {
            IndexKey::Column(name) => Ok(side.column(name)),
            IndexKey::Expression(expression) => Err(side.meaning(expression)),
        },
        is_descending,
        has_nulls_first,
        length: part.length,
        collation: collation.filter(|name| name != "binary" && name != "default"),
        operator_class: part.operator_class.as_deref().map(str::to_lowercase),
    }
}
