//! Tables.

use serde::{Deserialize, Serialize};

use crate::{Check, Column, Dialect, ForeignKey, Index, Name, PrimaryKey, Unique};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: Name,
    /// Its columns, in the order of their declaration.
    pub columns: Vec<Column>,
    /// Its primary key, where it has one.
    pub primary_key: Option<PrimaryKey>,
    /// Its foreign keys, in the order of their declaration.
    pub foreign_keys: Vec<ForeignKey>,
    /// Its unique constraints.
    pub uniques: Vec<Unique>,
    /// Its check constraints.
    pub checks: Vec<Check>,
    /// Its indexes.
    pub indexes: Vec<Index>,
    /// Its comment.
    pub comment: Option<String>,
    /// What is said behind the list of columns.
    pub options: Vec<TableOption>,
    /// The schema file that declares it, relative to where the generator ran, with `/` between folders.
    pub file: Option<String>,
}

impl Table {
    /// A table with nothing in it.
    pub fn new(name: Name) -> Self {
        Table {
            name,
            columns: Vec::new(),
            primary_key: None,
            foreign_keys: Vec::new(),
            uniques: Vec::new(),
            checks: Vec::new(),
            indexes: Vec::new(),
            comment: None,
            options: Vec::new(),
            file: None,
        }
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The columns of the primary key, or none.
    pub fn key_columns(&self) -> &[String] {
        self.primary_key.as_ref().map_or(&[], |key| &key.columns)
    }

    /// Whether no two rows agree in all of `columns`, whatever their order: because of the primary key, a unique constraint or
    /// a unique index over the whole table.
    pub fn is_unique(&self, columns: &[String]) -> bool {
        let same = |key: &[String]| {
            key.len() == columns.len() && key.iter().all(|column| columns.contains(column))
        };
        same(self.key_columns())
            || self.uniques.iter().any(|unique| same(&unique.columns))
            || self
                .indexes
                .iter()
                .filter(|index| index.unique)
                .any(|index| {
                    let full = index.full_columns().unwrap_or_default();
                    same(&full.into_iter().map(String::from).collect::<Vec<_>>())
                })
    }
}

/// What a declaration says behind the list of columns: `STRICT`, `ENGINE=InnoDB`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableOption {
    /// The dialect that it was written in; others leave it out.
    pub dialect: Dialect,
    /// Its name, in capitals: `ENGINE`, `WITHOUT ROWID`.
    pub name: String,
    /// Its value, as written, where it has one.
    pub value: Option<String>,
}
