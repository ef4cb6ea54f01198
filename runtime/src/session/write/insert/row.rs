//! A row that is inserted.

use std::rc::Rc;

use crate::{
    model::TableInfo,
    session::instance::AnyInstance,
    sql::{Assigned, Node},
    value::Value,
};

/// A row that is inserted.
pub(super) struct NewRow {
    pub(super) instance: Rc<dyn AnyInstance>,
    /// In the order of their columns.
    pub(super) values: Vec<Assigned>,
    /// What the values were that had to be found: columns, with what the builder says of them.
    pub(super) before: Vec<(usize, Node)>,
    /// The column of the key that was given a number here.
    pub(super) numbered: Option<usize>,
}

impl NewRow {
    /// Whether a column has a value that is known.
    pub(super) fn has(&self, column: usize) -> bool {
        self.value(column)
            .is_some_and(|value| *value != Value::Null || !self.is_key(column))
    }

    pub(super) fn is_key(&self, column: usize) -> bool {
        self.instance.table().primary_key.contains(&column)
    }

    pub(super) fn value(&self, column: usize) -> Option<&Value> {
        let place = self
            .values
            .binary_search_by_key(&column, |assigned| assigned.column);
        match &self.values[place.ok()?].value {
            Node::Parameter(value) => Some(value),
            _ => None,
        }
    }

    /// Whether a column gets what an expression gives.
    pub(super) fn computes(&self, column: usize) -> bool {
        self.values
            .binary_search_by_key(&column, |assigned| assigned.column)
            .is_ok()
    }

    pub(super) fn key(&self, table: &TableInfo) -> Vec<Value> {
        let value = |column: &usize| self.value(*column).cloned().unwrap_or(Value::Null);
        table.primary_key.iter().map(value).collect()
    }

    pub(super) fn set_key(&mut self, column: usize, key: Value) {
        let value = Node::Parameter(key);
        match self
            .values
            .binary_search_by_key(&column, |assigned| assigned.column)
        {
            Ok(place) => {
                let before = std::mem::replace(&mut self.values[place].value, value);
                self.before.push((column, before));
            }
            Err(place) => {
                self.values.insert(place, Assigned { column, value });
                self.numbered = Some(column);
            }
        }
    }

    /// Gives the object back what it was built of.
    pub(super) fn put_back(self) {
        let mut values = self.values;
        let place = |values: &[Assigned], column: usize| {
            values.binary_search_by_key(&column, |assigned| assigned.column)
        };
        if let Some(column) = self.numbered
            && let Ok(place) = place(&values, column)
        {
            values.remove(place);
        }
        for (column, before) in self.before {
            if let Ok(place) = place(&values, column) {
                values[place].value = before;
            }
        }
        self.instance.head().put_new_values_back(values);
    }
}
