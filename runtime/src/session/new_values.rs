//! The values of objects that have no row yet.

use std::{
    cell::{Cell, Ref, RefCell},
    ops::Deref,
};

use crate::{
    model::{Filled, TableInfo},
    sql::{Assigned, Node},
};

/// The values to insert of one object, in the order of their columns.
pub(crate) struct NewValues {
    values: RefCell<Vec<Assigned>>,
    given: Cell<Given>,
}

/// The values to insert of an object, of which many have none.
pub(crate) struct Values<'v>(Option<Ref<'v, Vec<Assigned>>>);

/// What is known of the values of a new row since it was added, so that a flush need not look at them for it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Given {
    /// Whether a value is that of another object.
    pub(crate) has_links: bool,
    /// A column that needs a value and has none.
    pub(crate) missing: Option<u32>,
}

impl NewValues {
    pub(super) fn of(table: &TableInfo, values: Vec<Assigned>) -> Self {
        NewValues {
            given: Cell::new(Given::of(table, &values)),
            values: RefCell::new(values),
        }
    }

    pub(super) fn look(this: Option<&Self>) -> Values<'_> {
        Values(this.map(|new| new.values.borrow()))
    }

    pub(crate) fn given(&self) -> Given {
        self.given.get()
    }

    /// Gives columns other values.
    pub(crate) fn set(&self, table: &TableInfo, values: impl IntoIterator<Item = (usize, Node)>) {
        let mut new = self.values.borrow_mut();
        for (column, value) in values {
            match new.binary_search_by_key(&column, |assigned| assigned.column) {
                Ok(place) => new[place].value = value,
                Err(place) => new.insert(place, Assigned { column, value }),
            }
        }
        self.given.set(Given::of(table, &new));
    }

    /// Takes the values out, to be put back once they are written.
    pub(crate) fn take(&self) -> Vec<Assigned> {
        self.values.take()
    }

    pub(crate) fn put_back(&self, values: Vec<Assigned>) {
        *self.values.borrow_mut() = values;
    }
}

impl Deref for Values<'_> {
    type Target = [Assigned];

    fn deref(&self) -> &[Assigned] {
        match &self.0 {
            Some(values) => values,
            None => &[],
        }
    }
}

impl Given {
    fn of(table: &TableInfo, new: &[Assigned]) -> Self {
        let is_missing = |column: usize| {
            let info = &table.columns[column];
            let is_needed = !info.nullable && info.filled == Filled::Never;
            is_needed && !new.iter().any(|assigned| assigned.column == column)
        };
        let missing = (0..table.columns.len()).find(|column| is_missing(*column));
        Given {
            has_links: new
                .iter()
                .any(|assigned| matches!(assigned.value, Node::Unknown(_))),
            missing: missing.and_then(|column| u32::try_from(column).ok()),
        }
    }
}
