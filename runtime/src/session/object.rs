//! Objects of whichever model: how lists and messages show them.

use std::{fmt, rc::Rc};

use super::{
    entity::Entity,
    head::Status,
    instance::{AnyInstance, typed},
    pending::Pending,
};
use crate::{
    error::{Error, ErrorKind},
    model::{Keyed, TableInfo},
    value::{Value, ValueError},
};

/// An object of a session, of whichever model: what [`new_objects`](super::Session::new_objects), [`dirty`](super::Session::dirty)
/// and [`deleted`](super::Session::deleted) list.
#[derive(Clone)]
pub struct Object {
    instance: Rc<dyn AnyInstance>,
}

/// A column of an object that is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The column's name in the database.
    pub column: &'static str,
    /// The value that the database has.
    pub before: Value,
    /// The value that it gets.
    pub after: Value,
}

impl Object {
    pub(crate) fn new(instance: Rc<dyn AnyInstance>) -> Self {
        Object { instance }
    }

    /// The name of its model: `Person`.
    pub fn model(&self) -> &'static str {
        self.instance.model()
    }

    /// Its table.
    pub fn table(&self) -> &'static TableInfo {
        self.instance.table()
    }

    pub(crate) fn into_instance(self) -> Rc<dyn AnyInstance> {
        self.instance
    }

    /// The values of its key, in the order of the key's columns; `None` where it has no row.
    pub fn key(&self) -> Option<Vec<Value>> {
        key(&*self.instance)
    }

    /// The columns that differ from what the database has. Of an object without a row that is none.
    pub fn changes(&self) -> Vec<Change> {
        let change = |column: usize| {
            Some(Change {
                column: self.table().columns[column].name,
                before: self.instance.stored_value(column)?,
                after: self.instance.value(column)?,
            })
        };
        let changed = self.instance.changed();
        changed.iter().filter_map(change).collect()
    }

    /// Its entity, where it is of this model and has a row.
    pub fn entity<M: Keyed>(&self) -> Option<Entity<M>> {
        let instance = typed::<M>(Rc::clone(&self.instance))?;
        instance.has_values().then(|| Entity::new(instance))
    }

    /// The same object as a pending one, where it is of this model.
    pub fn pending<M: Keyed>(&self) -> Option<Pending<M>> {
        typed::<M>(Rc::clone(&self.instance)).map(Pending::new)
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&described(&*self.instance))
    }
}

/// The values of the key; `None` where it has no row.
pub(crate) fn key(instance: &dyn AnyInstance) -> Option<Vec<Value>> {
    if matches!(
        instance.head().status.get(),
        Status::Transient | Status::Pending
    ) {
        return None;
    }
    let columns = instance.table().primary_key.iter();
    columns
        .map(|column| instance.stored_value(*column))
        .collect()
}

/// The model's name without its path.
pub(crate) fn model_name<M>() -> &'static str {
    let path = std::any::type_name::<M>();
    path.rsplit("::").next().unwrap_or(path)
}

/// An object in a message: `Person 3`, or `a new Person`.
pub(crate) fn described(instance: &dyn AnyInstance) -> String {
    match key(instance) {
        None => format!("a new {}", instance.model()),
        Some(key) => {
            let values = key.iter().map(|value| value.as_ref().shortened());
            let values: Vec<String> = values.collect();
            format!("{} {}", instance.model(), values.join(", "))
        }
    }
}

pub(crate) fn is_deleted(instance: &dyn AnyInstance) -> Error {
    let message = format!("{} is deleted", described(instance));
    Error::new(ErrorKind::InvalidRequest, message)
}

pub(crate) fn is_missing(instance: &dyn AnyInstance) -> Error {
    let message = format!("the row of {} is no longer there", described(instance));
    Error::new(ErrorKind::StaleData, message)
}

/// A value that the database made does not fit its field.
pub(crate) fn unreadable(table: &TableInfo, column: usize, error: ValueError) -> Error {
    let message = format!(
        "column `{}` of table `{}`: {error}",
        table.columns[column].name, table.name
    );
    Error::new(ErrorKind::Data, message).with_source(error)
}
