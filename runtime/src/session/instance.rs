//! One row in one session: its versions, and where it stands.
//!
//! Versions are only added while somebody may be reading one: an entity gives out references to the fields of what was newest
//! when it was asked. The first version lies in the instance itself, later ones are shared by those who read them.

use std::{
    any::Any,
    cell::{OnceCell, RefCell},
    rc::{Rc, Weak},
};

use super::{
    Inner,
    cohort::Cohort,
    columns::Columns,
    head::{Head, Status},
    identity::Identity,
};
use crate::{
    error::Result,
    model::{Key, Keyed, TableInfo},
    query::Changes,
    row::Row,
    sql::Assigned,
    value::Value,
};

/// One row in one session.
#[repr(C)]
pub(crate) struct Instance<M> {
    pub(crate) head: Head,
    newest: RefCell<Option<Rc<Later<M>>>>,
    first: OnceCell<M>,
}

/// A version behind the first.
pub(crate) struct Later<M> {
    pub(crate) row: M,
    /// What the database has, where that is not this version, which is the newest then.
    stored: RefCell<Option<Stored<M>>>,
}

/// What the database has of an instance that was edited since.
struct Stored<M> {
    version: Version<M>,
    /// The columns in which the newest version differs from it. A flush asks for them when the rows are far from the processor.
    changed: Columns,
}

/// A version of an instance.
pub(crate) enum Version<M> {
    First,
    Later(Rc<Later<M>>),
}

/// A version to come back to: the first, or this one.
pub(crate) struct Kept(Option<Rc<dyn Any>>);

impl<M> Clone for Version<M> {
    fn clone(&self) -> Self {
        match self {
            Version::First => Version::First,
            Version::Later(version) => Version::Later(Rc::clone(version)),
        }
    }
}

impl<M: Keyed> Instance<M> {
    /// An object without a row.
    pub(crate) fn pending(new: Vec<Assigned>, session: Weak<Inner>) -> Rc<Self> {
        Rc::new(Instance {
            head: Head::pending(M::TABLE, new, session),
            newest: RefCell::new(None),
            first: OnceCell::new(),
        })
    }

    /// An object for a row that was read, in a session that knows it by a key.
    #[inline]
    pub(crate) fn loaded(row: M, key: Identity, cohort: Cohort, session: Weak<Inner>) -> Rc<Self> {
        Instance::with_row(Head::loaded(key, cohort, session), row)
    }

    /// An object for a row that was read, in no session.
    pub(crate) fn detached(row: M) -> Rc<Self> {
        Instance::with_row(Head::new(Status::Detached, Weak::new()), row)
    }

    #[inline]
    fn with_row(head: Head, row: M) -> Rc<Self> {
        Rc::new(Instance {
            head,
            newest: RefCell::new(None),
            first: OnceCell::from(row),
        })
    }

    /// The first version, which is there once the object has had a row.
    pub(crate) fn first(&self) -> &M {
        self.first.get().expect("an object with a row has values")
    }

    /// Whether it has values: it has, or has had, a row.
    pub(crate) fn has_values(&self) -> bool {
        self.first.get().is_some()
    }

    /// The newest version where that is not the first.
    pub(crate) fn later(&self) -> Option<Rc<Later<M>>> {
        self.newest.borrow().clone()
    }

    /// Whether there is a version behind the first.
    pub(crate) fn is_first(&self) -> bool {
        self.newest.borrow().is_none()
    }

    pub(crate) fn version(&self) -> Version<M> {
        self.later().map_or(Version::First, Version::Later)
    }

    pub(crate) fn at<'v>(&'v self, version: &'v Version<M>) -> &'v M {
        match version {
            Version::First => self.first(),
            Version::Later(version) => &version.row,
        }
    }

    /// Whether this is still the newest version.
    pub(crate) fn is_newest(&self, version: &Version<M>) -> bool {
        match (version, &*self.newest.borrow()) {
            (Version::First, None) => true,
            (Version::Later(version), Some(newest)) => Rc::ptr_eq(version, newest),
            _ => false,
        }
    }

    /// Adds a version that the database does not have yet.
    pub(crate) fn edit(&self, row: M) {
        let stored = self.stored();
        let changed = differing(self.at(&stored), &row).collect();
        self.edit_columns(row, stored, changed);
    }

    /// The same, of a row that came of `base` and has these columns changed: where that is what the database has, nothing needs
    /// to be compared again.
    pub(crate) fn edit_of(&self, base: &Version<M>, row: M, changed: Columns) {
        match self.is_edited() || !self.is_newest(base) {
            true => self.edit(row),
            false => self.edit_columns(row, base.clone(), changed),
        }
    }

    fn edit_columns(&self, row: M, stored: Version<M>, changed: Columns) {
        let stored = Stored {
            version: stored,
            changed,
        };
        self.add(row, Some(stored));
    }

    /// Adds a version; `stored` is what the database has instead of it.
    #[inline]
    fn add(&self, row: M, stored: Option<Stored<M>>) {
        let stored = RefCell::new(stored);
        let newest = Rc::new(Later { row, stored });
        *self.newest.borrow_mut() = Some(newest);
    }

    /// Takes what the database has. Changes that it does not have stay.
    pub(crate) fn renew(&self, row: M) {
        let edited = self.rebased(&row);
        if let Err(row) = self.first.set(row) {
            self.add(row, None);
        }
        self.head.expired.set(false);
        if let Some(edited) = edited {
            self.edit(edited);
        }
    }

    /// A row with the changes that are not in the database, where there are any.
    fn rebased(&self, row: &M) -> Option<M> {
        let changed = self.changed();
        if changed.is_empty() {
            return None;
        }
        let newest = self.version();
        let mut edited = row.clone();
        for column in changed.iter() {
            let changed = self.at(&newest).field(column);
            edited.field_mut(column).copy(changed);
        }
        Some(edited)
    }

    fn stored(&self) -> Version<M> {
        let Some(newest) = &*self.newest.borrow() else {
            return Version::First;
        };
        match &*newest.stored.borrow() {
            Some(stored) => stored.version.clone(),
            None => Version::Later(Rc::clone(newest)),
        }
    }

    /// From now on the database has the newest version; gives what it had.
    fn take_stored(&self) -> Option<Stored<M>> {
        self.newest.borrow().as_ref()?.stored.take()
    }

    fn set_newest(&self, version: Version<M>) {
        *self.newest.borrow_mut() = match version {
            Version::First => None,
            Version::Later(version) => Some(version),
        };
    }
}

/// An instance of whichever model.
pub(crate) trait AnyInstance: Any {
    fn head(&self) -> &Head;
    fn table(&self) -> &'static TableInfo;
    /// The model's name.
    fn model(&self) -> &'static str;
    /// The newest value of a column; `None` where it has had no row.
    fn value(&self, column: usize) -> Option<Value>;
    /// The value of a column as the database has it.
    fn stored_value(&self, column: usize) -> Option<Value>;
    /// The newest values of some columns; `None` where one is NULL, or it has had no row.
    fn key(&self, columns: &[usize]) -> Option<Identity>;
    /// The values of some columns as the database has them; `None` where one is NULL, or it has had no row.
    fn stored_key(&self, columns: &[usize]) -> Option<Identity>;
    /// The columns whose newest value is not what the database has.
    fn changed(&self) -> Columns;
    /// Whether it has a version that the database does not have.
    fn is_edited(&self) -> bool;
    /// Drops what the database does not have.
    fn discard(&self);
    /// What is set whenever the row changes.
    fn fill_changes(&self, values: &mut Vec<Assigned>);
    /// Takes the newest version, with some values that the flush made, for what the database has.
    fn settle(&self, made: &[(usize, Value)]) -> Result<()>;
    /// Takes what the database has from a row that holds all columns.
    fn read(&self, row: &Row<'_>) -> Result<()>;
    /// Sets columns to values that the database does not have yet.
    fn change(&self, values: &[(usize, Value)]) -> Result<()>;
    /// The key of a row of the same table, which stands in these columns; `None` where it is NULL.
    fn identity_in(&self, row: &Row<'_>, columns: &[usize]) -> Result<Option<Identity>>;
    /// The version that the database has, to come back to.
    fn keep(&self) -> Kept;
    /// Goes back to a version.
    fn restore(&self, version: Kept);
}

impl<M: Keyed> AnyInstance for Instance<M> {
    fn head(&self) -> &Head {
        &self.head
    }

    fn table(&self) -> &'static TableInfo {
        M::TABLE
    }

    fn model(&self) -> &'static str {
        super::object::model_name::<M>()
    }

    fn value(&self, column: usize) -> Option<Value> {
        let first = self.first.get()?;
        let later = self.later();
        Some(
            later
                .as_deref()
                .map_or(first, |later| &later.row)
                .field(column)
                .encode(),
        )
    }

    fn stored_value(&self, column: usize) -> Option<Value> {
        self.first.get()?;
        let stored = self.stored();
        Some(self.at(&stored).field(column).encode())
    }

    fn key(&self, columns: &[usize]) -> Option<Identity> {
        let first = self.first.get()?;
        let later = self.later();
        let row = later.as_deref().map_or(first, |later| &later.row);
        Identity::of_fields(columns, |column| row.field(column))
    }

    fn stored_key(&self, columns: &[usize]) -> Option<Identity> {
        self.first.get()?;
        let stored = self.stored();
        let row = self.at(&stored);
        Identity::of_fields(columns, |column| row.field(column))
    }

    fn changed(&self) -> Columns {
        let Some(newest) = &*self.newest.borrow() else {
            return Columns::default();
        };
        let stored = newest.stored.borrow();
        stored
            .as_ref()
            .map_or_else(Columns::default, |stored| stored.changed.clone())
    }

    fn is_edited(&self) -> bool {
        let newest = self.newest.borrow();
        newest
            .as_ref()
            .is_some_and(|newest| newest.stored.borrow().is_some())
    }

    fn discard(&self) {
        if let Some(stored) = self.take_stored() {
            self.set_newest(stored.version);
        }
    }

    fn fill_changes(&self, values: &mut Vec<Assigned>) {
        M::on_update(&mut Changes::new(values));
    }

    fn settle(&self, made: &[(usize, Value)]) -> Result<()> {
        if made.is_empty() {
            self.take_stored();
            return Ok(());
        }
        let version = self.version();
        let mut row = self.at(&version).clone();
        set_fields(&mut row, made)?;
        self.add(row, None);
        Ok(())
    }

    fn read(&self, row: &Row<'_>) -> Result<()> {
        self.renew(M::decode(row, 0)?);
        Ok(())
    }

    fn change(&self, values: &[(usize, Value)]) -> Result<()> {
        let version = self.version();
        let mut row = self.at(&version).clone();
        set_fields(&mut row, values)?;
        self.edit(row);
        Ok(())
    }

    fn identity_in(&self, row: &Row<'_>, columns: &[usize]) -> Result<Option<Identity>> {
        for column in columns {
            if row.get::<Option<Value>>(*column)?.is_none() {
                return Ok(None);
            }
        }
        let key = M::Key::read(row, columns)?;
        Ok(key.with_values(|values| Identity::of(values.iter().map(|value| (*value).to_owned()))))
    }

    fn keep(&self) -> Kept {
        match self.stored() {
            Version::First => Kept(None),
            Version::Later(version) => Kept(Some(version)),
        }
    }

    fn restore(&self, version: Kept) {
        let version = version.0.map(|version| version.downcast().ok());
        if let Some(version) =
            version.map_or(Some(Version::First), |later| later.map(Version::Later))
        {
            self.set_newest(version);
            self.take_stored();
        }
    }
}

fn set_fields<M: Keyed>(row: &mut M, values: &[(usize, Value)]) -> Result<()> {
    for (column, value) in values {
        let decoded = row.field_mut(*column).decode(value.as_ref());
        decoded.map_err(|error| super::object::unreadable(M::TABLE, *column, error))?;
    }
    Ok(())
}

/// The columns in which two versions differ, in order. What the database computes is not compared.
pub(crate) fn differing<M: Keyed>(one: &M, other: &M) -> impl Iterator<Item = usize> {
    let columns = M::TABLE.columns.iter().enumerate();
    let columns = columns.filter(|(_, column)| column.expression.is_none());
    columns
        .map(|(index, _)| index)
        .filter(|index| !other.field(*index).is(one.field(*index)))
}

/// The instance of a model, where it is one of it.
pub(crate) fn typed<M: Keyed>(instance: Rc<dyn AnyInstance>) -> Option<Rc<Instance<M>>> {
    let instance: Rc<dyn Any> = instance;
    instance.downcast().ok()
}

#[cfg(test)]
mod tests {
    use super::{Head, Instance};

    #[test]
    fn an_object_that_was_only_loaded_takes_little_more_than_its_row() {
        assert!(size_of::<Head>() <= 64);
        assert!(size_of::<Instance<String>>() <= 64 + 16 + size_of::<String>());
    }
}
