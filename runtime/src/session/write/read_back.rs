//! What the database made of a row that was written.

use std::collections::HashMap;

use super::{
    Writing,
    keys::{column, key_filter, select_by},
};
use crate::{
    error::Result,
    model::TableInfo,
    row::{Cells, Row},
    session::{identity::Identity, instance::AnyInstance},
    sql::{Assigned, Node, QueryRef, Statement},
    value::{Value, ValueError, ValueRef},
};

/// The columns that the database made, by key.
pub(super) type Made = HashMap<Identity, Vec<(usize, Value)>, foldhash::fast::RandomState>;

/// The columns to be read, those of the key first.
pub(super) struct Wanted<'w> {
    /// Any object of the table.
    sample: &'w dyn AnyInstance,
    columns: Vec<usize>,
}

impl<'w> Wanted<'w> {
    pub(super) fn new(sample: &'w dyn AnyInstance, columns: &[usize]) -> Self {
        let table = sample.table();
        Wanted {
            sample,
            columns: table.primary_key.iter().chain(columns).copied().collect(),
        }
    }

    pub(super) fn nodes(&self) -> Vec<Node> {
        self.columns
            .iter()
            .map(|index| column(self.sample.table(), *index))
            .collect()
    }

    /// Takes a row of what was asked for.
    pub(super) fn read(&self, row: &Row<'_>, into: &mut Made) -> Result<()> {
        let key = self.sample.table().primary_key.len();
        let places: Vec<usize> = (0..key).collect();
        let rest = self.columns.iter().enumerate().skip(key);
        let rest = rest.map(|(place, column)| {
            let value = row.get::<Option<Value>>(place)?.unwrap_or(Value::Null);
            Ok((*column, value))
        });
        let rest = rest.collect::<Result<Vec<_>>>()?;
        if let Some(identity) = self.sample.identity_in(row, &places)? {
            into.insert(identity, rest);
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// Reads columns of rows by their keys.
    pub(super) fn read_back(&self, wanted: &Wanted<'_>, keys: Vec<Vec<Value>>) -> Result<Made> {
        let table = wanted.sample.table();
        let mut made = Made::default();
        let mut tree = select_by(
            table,
            key_filter(table, table.primary_key, keys.into_iter().flatten()),
        );
        tree.columns = wanted.nodes();
        let statement = Statement::Select {
            query: QueryRef::Select(&tree),
            at_most: None,
        };
        self.connection
            .each(statement, &mut |row| wanted.read(row, &mut made))?;
        Ok(made)
    }
}

/// A row as far as it is known: what was given, and what the database made of the rest.
pub(super) struct Known<'k> {
    pub(super) table: &'static TableInfo,
    /// In the order of their columns.
    pub(super) given: &'k [Assigned],
    pub(super) made: &'k [(usize, Value)],
}

impl Cells for Known<'_> {
    fn cell(&self, index: usize) -> Result<ValueRef<'_>, ValueError> {
        let mut made = self.made.iter();
        if let Some((_, value)) = made.find(|(column, _)| *column == index) {
            return Ok(value.as_ref());
        }
        // Where all columns are given, each stands in its own place.
        let given = self.given.get(index);
        let given = given
            .filter(|assigned| assigned.column == index)
            .or_else(|| {
                let place = self
                    .given
                    .binary_search_by_key(&index, |assigned| assigned.column);
                self.given.get(place.ok()?)
            });
        match given.map(|assigned| &assigned.value) {
            Some(Node::Parameter(value)) => Ok(value.as_ref()),
            _ => Ok(ValueRef::Null),
        }
    }

    fn len(&self) -> usize {
        self.table.columns.len()
    }

    fn name(&self, index: usize) -> &str {
        self.table.columns[index].name
    }
}
