//! The names that constraints and indexes have in the database: those that creating the catalog gives them, and where that gives
//! none, those that the database makes.

use std::{collections::HashMap, ptr};

use crate::{Catalog, Check, Dialect, ForeignKey, Index, Name, PrimaryKey, Table, Unique};

use super::super::{
    DdlError,
    dialect::DdlDialect,
    expression,
    names::{self, Names},
    order,
};

/// What has a name.
#[derive(PartialEq, Eq, Hash)]
enum Part {
    PrimaryKey,
    Unique(usize),
    Check(usize),
    ForeignKey(usize),
    Index(usize),
}

/// The names of a catalog's parts.
pub(super) struct Named<'c> {
    names: HashMap<(&'c Name, Part), String>,
    dialect: Dialect,
}

impl<'c> Named<'c> {
    /// Asks for the names in the order in which creating asks for them.
    pub(super) fn of(catalog: &'c Catalog, dialect: &'static dyn DdlDialect) -> Self {
        let mut names = Names::new(catalog, dialect);
        let mut named = Named {
            names: HashMap::new(),
            dialect: dialect.dialect(),
        };
        let tables = order::creation_order(catalog);
        let needs = dialect.adds_foreign_keys();
        for table in &tables {
            for (position, key) in table.foreign_keys.iter().enumerate() {
                let name = names.foreign_key(table, key, needs);
                named.note(table, Part::ForeignKey(position), name);
            }
        }
        for table in &tables {
            let key = table.primary_key.as_ref().and_then(|key| key.name.as_ref());
            let name = names.key(table, key);
            named.note(table, Part::PrimaryKey, name);
            for (position, unique) in table.uniques.iter().enumerate() {
                let name = names.key(table, unique.name.as_ref());
                named.note(table, Part::Unique(position), name);
            }
            for (position, check) in table.checks.iter().enumerate() {
                let name = names.check(table, check.name.as_ref());
                named.note(table, Part::Check(position), name);
            }
            if dialect.has_indexes_in_tables() {
                named.indexes(table, &mut names);
            }
        }
        if !dialect.has_indexes_in_tables() {
            for table in &tables {
                named.indexes(table, &mut names);
            }
        }
        named
    }

    fn indexes(&mut self, table: &'c Table, names: &mut Names) {
        for (position, index) in table.indexes.iter().enumerate() {
            let name = names.index(table, index);
            self.note(table, Part::Index(position), Some(name));
        }
    }

    fn note(&mut self, table: &'c Table, part: Part, name: Option<String>) {
        if let Some(name) = name {
            self.names.insert((&table.name, part), name);
        }
    }

    /// The name that is given to a primary key.
    pub(super) fn primary_key(&self, table: &'c Table) -> Option<&String> {
        self.names.get(&(&table.name, Part::PrimaryKey))
    }

    pub(super) fn unique(&self, table: &'c Table, unique: &Unique) -> Option<&String> {
        let position = position(&table.uniques, unique);
        self.names.get(&(&table.name, Part::Unique(position)))
    }

    pub(super) fn check(&self, table: &'c Table, check: &Check) -> Option<&String> {
        let position = position(&table.checks, check);
        self.names.get(&(&table.name, Part::Check(position)))
    }

    pub(super) fn foreign_key(&self, table: &'c Table, key: &ForeignKey) -> String {
        let position = position(&table.foreign_keys, key);
        let name = self.names.get(&(&table.name, Part::ForeignKey(position)));
        name.cloned().unwrap_or_default()
    }

    pub(super) fn index(&self, table: &'c Table, index: &Index) -> String {
        let position = position(&table.indexes, index);
        let name = self.names.get(&(&table.name, Part::Index(position)));
        name.cloned().unwrap_or_default()
    }

    /// The name that a primary key has in the database.
    pub(super) fn existing_primary_key(&self, table: &'c Table, _key: &PrimaryKey) -> String {
        let given = self.primary_key(table).cloned();
        given.unwrap_or_else(|| Self::made_primary_key(table))
    }

    /// The name that PostgreSQL makes for a primary key.
    pub(super) fn made_primary_key(table: &Table) -> String {
        made(&table.name.name, "", "pkey")
    }

    /// The name that PostgreSQL makes for a unique constraint.
    pub(super) fn made_unique(table: &Table, unique: &Unique) -> String {
        made(&table.name.name, &unique.columns.join("_"), "key")
    }

    /// The name that a unique constraint has in the database.
    pub(super) fn existing_unique(&self, table: &'c Table, unique: &Unique) -> String {
        if let Some(name) = self.unique(table, unique) {
            return name.clone();
        }
        let before = table.uniques.iter().take_while(|it| !ptr::eq(*it, unique));
        match self.dialect {
            Dialect::Mysql => {
                let first = unique.columns.first().cloned().unwrap_or_default();
                let same = |it: &&Unique| it.name.is_none() && it.columns.first() == Some(&first);
                match before.filter(same).count() {
                    0 => first,
                    count => format!("{first}_{}", count + 1),
                }
            }
            _ => {
                let same = |it: &&Unique| it.name.is_none() && it.columns == unique.columns;
                let count = before.filter(same).count();
                numbered(
                    made(&table.name.name, &unique.columns.join("_"), "key"),
                    count,
                )
            }
        }
    }

    /// The name that a check has in the database.
    ///
    /// # Errors
    /// On MySQL and MariaDB, which number those without a name in ways of their own.
    pub(super) fn existing_check(
        &self,
        catalog: &'c Catalog,
        table: &'c Table,
        check: &Check,
    ) -> Result<String, DdlError> {
        if let Some(name) = self.check(table, check) {
            return Ok(name.clone());
        }
        if self.dialect == Dialect::Mysql {
            return Err(DdlError::new(format!(
                "the check `{}` has no name to drop it by: compare with the database, which knows it, or drop it by hand",
                check.expression
            )));
        }
        let base = |it: &Check| {
            let columns =
                expression::columns(&it.expression, expression::Scope::of(catalog, table));
            match &columns[..] {
                [only] => made(&table.name.name, only, "check"),
                _ => made(&table.name.name, "", "check"),
            }
        };
        let own = base(check);
        let before = table.checks.iter().take_while(|it| !ptr::eq(*it, check));
        let count = before
            .filter(|it| it.name.is_none() && base(it) == own)
            .count();
        Ok(numbered(own, count))
    }
}

/// The name that creating makes for an index without one.
pub(super) fn made_index(table: &Table, index: &Index) -> String {
    names::made_index(table, index)
}

fn position<T>(all: &[T], one: &T) -> usize {
    all.iter()
        .position(|it| ptr::eq(it, one))
        .unwrap_or(all.len())
}

fn numbered(base: String, count: usize) -> String {
    match count {
        0 => base,
        count => format!("{base}{count}"),
    }
}

/// A name as PostgreSQL makes it: of table, columns and a label, of which the longer of the first two is cut until all fit.
fn made(table: &str, columns: &str, label: &str) -> String {
    const LONGEST: usize = 63;
    let separators = if columns.is_empty() { 1 } else { 2 };
    let room = LONGEST.saturating_sub(label.len() + separators);
    let (mut first, mut second) = (table.len(), columns.len());
    while first + second > room {
        match first > second {
            true => first -= 1,
            false => second -= 1,
        }
    }
    let (first, second) = (cut(table, first), cut(columns, second));
    match columns.is_empty() {
        true => format!("{first}_{label}"),
        false => format!("{first}_{second}_{label}"),
    }
}

fn cut(text: &str, mut end: usize) -> &str {
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
