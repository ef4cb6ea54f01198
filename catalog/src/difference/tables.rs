//! Two tables side by side.

use crate::{
    Catalog, Check, Column, Dialect, ForeignKey, Index, IndexKey, PrimaryKey, Table, Unique,
};

use super::{
    Aspect, columns,
    keys::{self, Side},
    objects::comment,
    options::{self, OptionPair},
    pairs::Pairs,
    renames::Renames,
};

/// What became of a table.
pub(crate) struct TablePair<'c> {
    pub(crate) from: &'c Table,
    pub(crate) to: &'c Table,
    /// The columns that both have, in the order of the new table.
    pub(crate) columns: Vec<ColumnPair<'c>>,
    pub(crate) added: Vec<&'c Column>,
    pub(crate) dropped: Vec<&'c Column>,
    /// The primary keys, where they differ.
    pub(crate) primary_key: Option<(Option<&'c PrimaryKey>, Option<&'c PrimaryKey>)>,
    pub(crate) foreign_keys: Pairs<'c, ForeignKey>,
    pub(crate) uniques: Pairs<'c, Unique>,
    pub(crate) checks: Pairs<'c, Check>,
    pub(crate) indexes: Pairs<'c, Index>,
    /// Whether its comment differs.
    pub(crate) comment: bool,
    pub(crate) options: Vec<OptionPair<'c>>,
}

/// What became of a column.
pub(crate) struct ColumnPair<'c> {
    pub(crate) from: &'c Column,
    pub(crate) to: &'c Column,
    /// What differs.
    pub(crate) aspects: Vec<Aspect>,
}

impl ColumnPair<'_> {
    pub(crate) fn is_renamed(&self) -> bool {
        self.from.name != self.to.name
    }

    pub(crate) fn differs_in(&self, aspect: Aspect) -> bool {
        self.aspects.contains(&aspect)
    }
}

impl TablePair<'_> {
    pub(crate) fn is_renamed(&self) -> bool {
        self.from.name != self.to.name
    }

    /// Whether a view of it may see something else than before.
    pub(crate) fn has_other_columns(&self) -> bool {
        let is_other = |pair: &ColumnPair<'_>| {
            pair.is_renamed() || pair.aspects.iter().any(|it| *it != Aspect::Comment)
        };
        self.is_renamed()
            || !self.added.is_empty()
            || !self.dropped.is_empty()
            || self.columns.iter().any(is_other)
    }
}

/// Compares two tables of which the new one is the old one.
pub(super) fn compare<'c>(
    (old, new, renames): (&'c Catalog, &'c Catalog, &'c Renames),
    from: &'c Table,
    to: &'c Table,
) -> TablePair<'c> {
    let dialect = new.dialect;
    let sides = (
        Side {
            catalog: old,
            table: from,
            renames: Some(renames),
        },
        Side {
            catalog: new,
            table: to,
            renames: None,
        },
    );
    let named = columns(renames, from, to);
    let columns = named.kept.into_iter();
    let mut pair = TablePair {
        from,
        to,
        columns: columns.map(|pair| compare_columns(sides, pair)).collect(),
        added: named.added,
        dropped: named.dropped,
        primary_key: primary_key(sides),
        foreign_keys: Pairs::of(
            &from.foreign_keys,
            &to.foreign_keys,
            |it| it.name.as_deref(),
            |old, new| keys::is_same_foreign(sides, old, new),
        ),
        uniques: Pairs::of(
            &from.uniques,
            &to.uniques,
            |it| it.name.as_deref(),
            |old, new| keys::is_same_unique(sides, old, new),
        ),
        checks: Pairs::of(
            &from.checks,
            &to.checks,
            |it| it.name.as_deref(),
            |old, new| sides.0.meaning(&old.expression) == sides.1.meaning(&new.expression),
        ),
        indexes: Pairs::of(
            &from.indexes,
            &to.indexes,
            |it| it.name.as_deref(),
            |old, new| keys::is_same_index(sides, old, new),
        ),
        comment: dialect != Dialect::Sqlite && comment(&from.comment) != comment(&to.comment),
        options: options::compare(dialect, from, to),
    };
    if dialect == Dialect::Mysql {
        of_mysql(&mut pair, sides);
    }
    pair
}

/// The columns, by their names and what is said of these.
fn columns<'c>(renames: &Renames, from: &'c Table, to: &'c Table) -> Pairs<'c, Column> {
    Pairs::of(
        &from.columns,
        &to.columns,
        |_| None,
        |old, new| {
            let name = renames.of_column(&to.name, &old.name);
            let is_renamed = name != old.name;
            name == new.name && (is_renamed || !renames.is_new_column(&to.name, &new.name))
        },
    )
}

/// The primary keys, where they differ.
fn primary_key<'c>(
    sides: (Side<'c>, Side<'c>),
) -> Option<(Option<&'c PrimaryKey>, Option<&'c PrimaryKey>)> {
    let old = sides.0.table.primary_key.as_ref();
    let new = sides.1.table.primary_key.as_ref();
    (!keys::is_same_primary(sides, old, new)).then_some((old, new))
}

fn compare_columns<'c>(
    sides: (Side<'c>, Side<'c>),
    (from, to): (&'c Column, &'c Column),
) -> ColumnPair<'c> {
    let side = |side: Side<'c>, column: &'c Column| columns::Side {
        catalog: side.catalog,
        table: side.table,
        column,
    };
    let renamed = |name: &str| sides.0.column(name);
    ColumnPair {
        from,
        to,
        aspects: columns::compare(side(sides.0, from), side(sides.1, to), &renamed),
    }
}

/// What MySQL cannot tell apart, and what only MySQL keeps.
fn of_mysql<'c>(pair: &mut TablePair<'c>, sides: (Side<'c>, Side<'c>)) {
    let fits = |names: (Option<&String>, Option<&String>)| match names {
        (Some(old), Some(new)) => old.eq_ignore_ascii_case(new),
        _ => true,
    };
    let swapped = (sides.1, sides.0);
    pair.uniques.dropped.retain(|old| {
        let is_kept = |new: &&Index| {
            fits((old.name.as_ref(), new.name.as_ref())) && keys::is_unique_index(sides, old, new)
        };
        let position = pair.indexes.added.iter().position(is_kept);
        position.map(|at| pair.indexes.added.remove(at)).is_none()
    });
    pair.uniques.added.retain(|new| {
        let is_kept = |old: &&Index| {
            fits((old.name.as_ref(), new.name.as_ref())) && keys::is_unique_index(swapped, new, old)
        };
        let position = pair.indexes.dropped.iter().position(is_kept);
        position.map(|at| pair.indexes.dropped.remove(at)).is_none()
    });
    let indexes_of_keys = &pair.to.foreign_keys;
    pair.indexes.dropped.retain(|index| {
        !indexes_of_keys
            .iter()
            .any(|key| is_index_of(sides, index, key, pair.to))
    });
    // That a generated column is never NULL, is a check of its own.
    let is_of_generated = |check: &Check| {
        let mut generated = pair.to.columns.iter().filter(|it| it.generated.is_some());
        generated.any(|column| {
            let condition = format!("`{}` IS NOT NULL", column.name.replace('`', "``"));
            !column.nullable && sides.0.meaning(&check.expression) == sides.1.meaning(&condition)
        })
    };
    pair.checks.dropped.retain(|check| !is_of_generated(check));
    moved(pair);
}

/// Whether a foreign key needs that index: MySQL makes one for each key that has none, and drops none that a key needs.
fn is_index_of(sides: (Side<'_>, Side<'_>), index: &Index, key: &ForeignKey, to: &Table) -> bool {
    let Some(columns) = index.full_columns() else {
        return false;
    };
    let columns: Vec<String> = columns
        .into_iter()
        .map(|name| sides.0.column(name))
        .collect();
    let begins = |columns: &[String]| columns.starts_with(&key.columns);
    let is_served = begins(to.key_columns())
        || to.uniques.iter().any(|unique| begins(&unique.columns))
        || to.indexes.iter().any(|other| {
            let parts = other.parts.iter().map(|part| match &part.key {
                IndexKey::Column(name) if part.length.is_none() => name.clone(),
                _ => String::new(),
            });
            begins(&parts.collect::<Vec<_>>())
        });
    !index.unique && columns == key.columns && !is_served
}

/// Notes which columns stand elsewhere than before: all but the longest run that kept its order.
fn moved(pair: &mut TablePair<'_>) {
    let position = |column: &Column| {
        let mut columns = pair.from.columns.iter();
        columns
            .position(|old| old.name == column.name)
            .unwrap_or_default()
    };
    let positions: Vec<usize> = pair.columns.iter().map(|it| position(it.from)).collect();
    let kept = longest_rising(&positions);
    for (at, column) in pair.columns.iter_mut().enumerate() {
        if !kept.contains(&at) {
            column.aspects.push(Aspect::Position);
        }
    }
}

/// Where the members of the longest rising run stand.
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    let mut runs: Vec<Vec<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let before = runs.iter().filter(|run| {
            let last = run.last().map(|last| numbers[*last]);
            last.is_some_and(|last| last < *number)
        });
        let mut run = before
            .max_by_key(|run| run.len())
            .cloned()
            .unwrap_or_default();
        run.push(at);
        runs.push(run);
    }
    runs.into_iter().max_by_key(Vec::len).unwrap_or_default()
}
