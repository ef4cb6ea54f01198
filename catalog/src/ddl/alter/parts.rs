//! Which constraints and indexes of a table are dropped and which are added: those that differ, and those that stand in the
//! way of what happens to their columns.

use crate::{
    Catalog, Check, Column, ForeignKey, Index, IndexKey, PrimaryKey, Table, Unique,
    difference::compare::{Compared, TablePair},
};

use super::super::expression;

/// What happens to columns of a table, by their old names.
#[derive(Default)]
pub(super) struct Touched<'c> {
    /// They are dropped and added.
    pub(super) anew: Vec<&'c str>,
    /// They have another type.
    pub(super) retyped: Vec<&'c str>,
    /// They have another name that expressions do not follow.
    pub(super) renamed: Vec<&'c str>,
}

impl Touched<'_> {
    fn has_anew(&self, columns: &[String]) -> bool {
        columns.iter().any(|it| self.anew.contains(&it.as_str()))
    }

    fn has(&self, columns: &[String]) -> bool {
        self.has_anew(columns) || columns.iter().any(|it| self.retyped.contains(&it.as_str()))
    }

    /// Whether an expression names one of them.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let mut columns = self.anew.iter().chain(&self.retyped).chain(&self.renamed);
        columns.any(|column| expression::names(text, column))
    }
}

/// The parts of one table that are dropped, of the old one, and added, of the new one.
pub(super) struct Parts<'c> {
    pub(super) primary_key: (Option<&'c PrimaryKey>, Option<&'c PrimaryKey>),
    pub(super) uniques: (Vec<&'c Unique>, Vec<&'c Unique>),
    pub(super) checks: (Vec<&'c Check>, Vec<&'c Check>),
    pub(super) indexes: (Vec<&'c Index>, Vec<&'c Index>),
}

impl<'c> Parts<'c> {
    pub(super) fn of(pair: &TablePair<'c>, touched: &Touched<'_>) -> Self {
        let key = (pair.from.primary_key.as_ref(), pair.to.primary_key.as_ref());
        let is_touched = key.0.is_some_and(|key| touched.has_anew(&key.columns));
        let mut parts = Parts {
            primary_key: pair.primary_key.unwrap_or_default(),
            uniques: (pair.uniques.dropped.clone(), pair.uniques.added.clone()),
            checks: (pair.checks.dropped.clone(), pair.checks.added.clone()),
            indexes: (pair.indexes.dropped.clone(), pair.indexes.added.clone()),
        };
        if is_touched && pair.primary_key.is_none() {
            parts.primary_key = key;
        }
        for (old, new) in &pair.uniques.kept {
            if touched.has_anew(&old.columns) {
                parts.uniques.0.push(old);
                parts.uniques.1.push(new);
            }
        }
        for (old, new) in &pair.checks.kept {
            if touched.is_in(&old.expression) {
                parts.checks.0.push(old);
                parts.checks.1.push(new);
            }
        }
        for (old, new) in &pair.indexes.kept {
            if is_index_touched(old, touched) {
                parts.indexes.0.push(old);
                parts.indexes.1.push(new);
            }
        }
        parts
    }
}

/// Indexes follow the types of their columns, but not of those in expressions and conditions.
fn is_index_touched(index: &Index, touched: &Touched<'_>) -> bool {
    let is_key_touched = |key: &IndexKey| match key {
        IndexKey::Column(column) => touched.has_anew(std::slice::from_ref(column)),
        IndexKey::Expression(text) => touched.is_in(text),
    };
    index.parts.iter().any(|part| is_key_touched(&part.key))
        || touched.has_anew(&index.include)
        || index
            .condition
            .as_ref()
            .is_some_and(|text| touched.is_in(text))
}

/// A foreign key that is dropped or added, with its table.
pub(super) type KeyOf<'c> = (&'c Table, &'c ForeignKey);

/// The foreign keys of tables that stay: those to drop, of the old tables, and those to add, of the new ones. Those that
/// stand in the way of another type of their columns, or of another key that they lead to, are dropped and added.
pub(super) fn foreign_keys<'c>(
    compared: &Compared<'c>,
    touched: &dyn Fn(&TablePair<'c>) -> Touched<'c>,
) -> (Vec<KeyOf<'c>>, Vec<KeyOf<'c>>) {
    let (mut dropped, mut added): (Vec<KeyOf<'c>>, Vec<KeyOf<'c>>) = (Vec::new(), Vec::new());
    for pair in &compared.tables {
        dropped.extend(
            pair.foreign_keys
                .dropped
                .iter()
                .map(|key| (pair.from, *key)),
        );
        added.extend(pair.foreign_keys.added.iter().map(|key| (pair.to, *key)));
        let own = touched(pair);
        for (old, new) in &pair.foreign_keys.kept {
            let target = compared.pair_of_old(&old.table);
            let is_target_touched = target.is_some_and(|target| {
                let of_target = touched(target);
                of_target.has(&old.references) || loses_key(target, &old.references, &of_target)
            });
            if own.has(&old.columns) || is_target_touched {
                dropped.push((pair.from, old));
                added.push((pair.to, new));
            }
        }
    }
    (dropped, added)
}

/// Whether what makes the columns unique is dropped, be it to be added again.
fn loses_key(target: &TablePair<'_>, references: &[String], touched: &Touched<'_>) -> bool {
    let parts = Parts::of(target, touched);
    let is_same = |columns: &[String]| {
        columns.len() == references.len() && columns.iter().all(|it| references.contains(it))
    };
    parts.primary_key.0.is_some_and(|key| is_same(&key.columns))
        || parts
            .uniques
            .0
            .iter()
            .any(|unique| is_same(&unique.columns))
        || parts.indexes.0.iter().any(|index| {
            let columns = index.full_columns().unwrap_or_default();
            index.unique && is_same(&columns.into_iter().map(String::from).collect::<Vec<_>>())
        })
}

/// Columns in an order in which what is computed stands behind what it is computed from.
pub(super) fn computed_last<'c>(columns: impl Iterator<Item = &'c Column>) -> Vec<&'c Column> {
    let mut columns: Vec<&Column> = columns.collect();
    columns.sort_by_key(|column| column.generated.is_some());
    columns
}

/// A check's condition in words of its own dialect, with what its names mean.
pub(super) fn scope<'c>(catalog: &'c Catalog, table: &'c Table) -> expression::Scope<'c> {
    expression::Scope::of(catalog, table)
}
