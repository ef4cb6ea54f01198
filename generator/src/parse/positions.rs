//! Where things were declared, for messages of later stages.

use std::collections::HashMap;

use aludel_catalog::Name;

use crate::diagnostic::Span;

/// Where the parts of a catalog were declared. What is asked for by an index is numbered as in the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Positions {
    pub(super) tables: HashMap<Name, TablePositions>,
    pub(super) views: HashMap<Name, Span>,
    pub(super) enums: HashMap<Name, Span>,
    pub(super) domains: HashMap<Name, Span>,
    pub(super) sequences: HashMap<Name, Span>,
}

/// Where the parts of a table were declared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct TablePositions {
    pub(super) name: Option<Span>,
    pub(super) columns: HashMap<String, ColumnPositions>,
    pub(super) primary_key: Option<Span>,
    pub(super) foreign_keys: Vec<Span>,
    pub(super) uniques: Vec<Span>,
    pub(super) checks: Vec<Span>,
    pub(super) indexes: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ColumnPositions {
    pub(super) name: Span,
    pub(super) ty: Span,
}

impl Positions {
    /// The name of a table in its declaration.
    pub fn table(&self, table: &Name) -> Option<Span> {
        self.tables.get(table)?.name
    }

    /// The name of a column in its declaration.
    pub fn column(&self, table: &Name, column: &str) -> Option<Span> {
        Some(self.tables.get(table)?.columns.get(column)?.name)
    }

    /// The type of a column; its name, where it has none.
    pub fn column_type(&self, table: &Name, column: &str) -> Option<Span> {
        Some(self.tables.get(table)?.columns.get(column)?.ty)
    }

    /// The primary key of a table.
    pub fn primary_key(&self, table: &Name) -> Option<Span> {
        self.tables.get(table)?.primary_key
    }

    /// A foreign key of a table.
    pub fn foreign_key(&self, table: &Name, index: usize) -> Option<Span> {
        self.tables.get(table)?.foreign_keys.get(index).copied()
    }

    /// A unique constraint of a table.
    pub fn unique(&self, table: &Name, index: usize) -> Option<Span> {
        self.tables.get(table)?.uniques.get(index).copied()
    }

    /// A check of a table.
    pub fn check(&self, table: &Name, index: usize) -> Option<Span> {
        self.tables.get(table)?.checks.get(index).copied()
    }

    /// An index of a table.
    pub fn index(&self, table: &Name, index: usize) -> Option<Span> {
        self.tables.get(table)?.indexes.get(index).copied()
    }

    /// The name of a view in its declaration.
    pub fn view(&self, view: &Name) -> Option<Span> {
        self.views.get(view).copied()
    }

    /// The name of an enum in its declaration; that of its column, where it is declared with one.
    pub fn enumeration(&self, enumeration: &Name) -> Option<Span> {
        self.enums.get(enumeration).copied()
    }

    /// The name of a domain in its declaration.
    pub fn domain(&self, domain: &Name) -> Option<Span> {
        self.domains.get(domain).copied()
    }

    /// The name of a sequence in its declaration.
    pub fn sequence(&self, sequence: &Name) -> Option<Span> {
        self.sequences.get(sequence).copied()
    }
}
