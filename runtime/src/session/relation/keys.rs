//! The values by which objects are linked.

use std::rc::Rc;

use crate::{
    model::{ForeignKeyInfo, TableInfo},
    session::{identity::Identity, instance::AnyInstance},
    value::Value,
};

/// A foreign key of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    pub(crate) table: &'static TableInfo,
    /// Its position in the table.
    pub(crate) position: usize,
}

impl PartialEq for Reference {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.table, other.table) && self.position == other.position
    }
}

impl Eq for Reference {}

impl std::hash::Hash for Reference {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.table).hash(state);
        self.position.hash(state);
    }
}

impl Reference {
    pub(crate) fn key(&self) -> &'static ForeignKeyInfo {
        &self.table.foreign_keys[self.position]
    }

    /// Whether it leads to the primary key, so that the identity map finds what it leads to.
    pub(crate) fn leads_to_identity(&self) -> bool {
        let key = self.key();
        key.references == key.table.primary_key
    }

    /// What a row leads to by it now, flushed or not; `None` where a column is NULL.
    pub(crate) fn of_child(&self, child: &dyn AnyInstance) -> Option<Identity> {
        newest(child, self.key().columns)
    }

    /// What a row leads to by it, as the database has it.
    pub(crate) fn stored_of_child(&self, child: &dyn AnyInstance) -> Option<Identity> {
        stored(child, self.key().columns)
    }

    /// By what a row is led to.
    pub(crate) fn of_parent(&self, parent: &dyn AnyInstance) -> Option<Identity> {
        stored(parent, self.key().references)
    }
}

fn newest(instance: &dyn AnyInstance, columns: &[usize]) -> Option<Identity> {
    let value = |column| instance.value(column).unwrap_or(Value::Null);
    Identity::of_columns(columns, value)
}

fn stored(instance: &dyn AnyInstance, columns: &[usize]) -> Option<Identity> {
    let value = |column| instance.stored_value(column).unwrap_or(Value::Null);
    Identity::of_columns(columns, value)
}

/// The values of some columns, as the database has them.
pub(crate) fn values(instance: &Rc<dyn AnyInstance>, columns: &[usize]) -> Vec<Value> {
    let value = |column: &usize| instance.stored_value(*column).unwrap_or(Value::Null);
    columns.iter().map(value).collect()
}
