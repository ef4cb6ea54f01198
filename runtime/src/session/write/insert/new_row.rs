//! A row that is inserted, with what is found for it meanwhile.

use std::rc::Rc;

use crate::{
    model::TableInfo,
    session::instance::AnyInstance,
    sql::{Assigned, Node},
    value::Value,
};

/// So many rows are inserted at once.
const ROWS_AT_ONCE: usize = 128;

/// A row that is inserted.
pub(super) struct NewRow {
    pub(super) instance: Rc<dyn AnyInstance>,
    /// In the order of their columns.
    pub(super) values: Vec<Assigned>,
    /// What the values were that had to be found or made: columns, with what the builder says of them.
    pub(super) before: Vec<(usize, Option<Node>)>,
}

impl NewRow {
    /// Whether a column has a value that is known.
    pub(super) fn has(&self, column: usize) -> bool {
        self.value(column)
            .is_some_and(|value| *value != Value::Null || !self.is_key(column))
    }

    fn is_key(&self, column: usize) -> bool {
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
                self.before.push((column, Some(before)));
            }
            Err(place) => {
                self.values.insert(place, Assigned { column, value });
                self.before.push((column, None));
            }
        }
    }
}

/// Numbers rows on from the one that the database numbered last, which nobody else can do meanwhile.
pub(super) fn count_on(first: &NewRow, others: &mut [NewRow], column: usize) {
    let Some(Value::Int(last)) = first.value(column) else {
        return;
    };
    let count = i64::try_from(others.len()).unwrap_or(i64::MAX);
    // At the end of all numbers, the database finds free ones.
    if last.checked_add(count).is_some() {
        for (row, number) in others.iter_mut().zip(last + 1..) {
            row.set_key(column, Value::Int(number));
        }
    }
}

/// Parts of a size that is a power of two, so that few texts serve any number of rows.
pub(super) fn parts(
    rows: &mut [NewRow],
    max_parameters: usize,
) -> impl Iterator<Item = &mut [NewRow]> {
    let columns = rows.first().map_or(1, |row| row.values.len() + 1);
    let most = (max_parameters / columns).clamp(1, ROWS_AT_ONCE);
    let mut rest = rows;
    std::iter::from_fn(move || {
        let size = most.min(rest.len());
        if size == 0 {
            return None;
        }
        let (part, others) = std::mem::take(&mut rest).split_at_mut(1 << size.ilog2());
        rest = others;
        Some(part)
    })
}
