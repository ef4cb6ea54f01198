//! The values by which objects are linked.

use crate::{
    model::{ForeignKeyInfo, RelationInfo, TableInfo},
    session::{identity::Identity, instance::AnyInstance, unit::given},
    value::Value,
};

/// A foreign key of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    /// The table that has it.
    pub(crate) table: &'static TableInfo,
    /// Its position there.
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
    /// The foreign key by which a relationship of `table` leaves that, or is led to it.
    pub(crate) fn along(relation: &RelationInfo, table: &'static TableInfo) -> Self {
        let (table, position, _) = relation.along.foreign_key(table);
        Reference { table, position }
    }

    pub(crate) fn key(&self) -> &'static ForeignKeyInfo {
        &self.table.foreign_keys[self.position]
    }

    /// Whether it leads to the primary key, so that the identity map finds what it leads to.
    pub(crate) fn leads_to_identity(&self) -> bool {
        let key = self.key();
        key.references == key.table.primary_key
    }

    /// Whether one row at most can lead to another by it.
    pub(crate) fn is_unique(&self) -> bool {
        let mut own = self.key().columns.to_vec();
        own.sort_unstable();
        let is_it = |columns: &[usize]| {
            let mut columns = columns.to_vec();
            columns.sort_unstable();
            columns == own
        };
        is_it(self.table.primary_key) || self.table.unique_keys.iter().any(|key| is_it(key))
    }

    /// What a row leads to by it now, flushed or not; `None` where a column is NULL, or not known yet.
    pub(crate) fn of_child(&self, child: &dyn AnyInstance) -> Option<Identity> {
        let columns = self.key().columns;
        if child.head().is_pending() {
            let new = child.head().new_values();
            let value = |column| given(child.table(), &new, column).unwrap_or(Value::Null);
            return Identity::of_columns(columns, value);
        }
        child.key(columns)
    }

    /// What a row leads to by it, as the database has it.
    pub(crate) fn stored_of_child(&self, child: &dyn AnyInstance) -> Option<Identity> {
        child.stored_key(self.key().columns)
    }

    /// By what a row is led to.
    pub(crate) fn of_parent(&self, parent: &dyn AnyInstance) -> Option<Identity> {
        parent.stored_key(self.key().references)
    }
}

/// The foreign keys of a table.
pub(crate) fn references(table: &'static TableInfo) -> impl Iterator<Item = Reference> {
    let positions = 0..table.foreign_keys.len();
    positions.map(move |position| Reference { table, position })
}

fn stored_value(instance: &dyn AnyInstance, column: usize) -> Value {
    instance.stored_value(column).unwrap_or(Value::Null)
}

/// The newest values of some columns of an object with a row.
pub(crate) fn newest_values(instance: &dyn AnyInstance, columns: &[usize]) -> Vec<Value> {
    let value = |column: &usize| instance.value(*column).unwrap_or(Value::Null);
    columns.iter().map(value).collect()
}

/// The values of some columns, as the database has them.
pub(crate) fn stored_values(instance: &dyn AnyInstance, columns: &[usize]) -> Vec<Value> {
    let value = |column: &usize| stored_value(instance, *column);
    columns.iter().map(value).collect()
}
