//! What has to agree after each operation.

use std::collections::BTreeSet;

use aludel::session::Object;

use super::{Run, Step};
use crate::{
    handle::{Handle, Shown},
    model::State,
    row::Table,
};

impl Run<'_> {
    pub(super) fn compare(&mut self) -> Step {
        self.recognize()?;
        if self.is_renewing {
            self.follow_renewals();
        }
        for object in 0..self.handles.len() {
            self.compare_object(object)?;
        }
        let new = self.listed("new", self.session.new_objects())?;
        agree("the new objects", &new, &self.model.new)?;
        let dirty = self.listed("dirty", self.session.dirty())?;
        let count = dirty.len();
        let dirty: BTreeSet<usize> = dirty.into_iter().collect();
        agree("the number of dirty objects", &count, &dirty.len())?;
        let expected = self.model.edited.iter().copied().filter(|object| {
            !self.model.objects[*object].is_doomed && self.model.is_dirty(*object)
        });
        agree("the dirty objects", &dirty, &expected.collect())?;
        // Those of a collection go in the order that it has.
        let mut deleted = self.listed("deleted", self.session.deleted())?;
        deleted.sort_unstable();
        let mut doomed = self.model.doomed.clone();
        doomed.sort_unstable();
        agree("the deleted objects", &deleted, &doomed)?;
        agree(
            "the number of known objects",
            &self.session.known(),
            &self.model.known.len(),
        )?;
        let open = self.session.in_transaction();
        agree(
            "whether a transaction is open",
            &open,
            &!self.model.levels.is_empty(),
        )
    }

    /// Takes handles again of objects that the program let go of, and that something else changed.
    fn recognize(&mut self) -> Step {
        let changed = self.session.dirty().into_iter();
        for object in changed.chain(self.session.deleted()) {
            let mut tables = Table::ALL.iter();
            let handle = tables.find_map(|table| Handle::with_row(*table, &object));
            let Some(handle) = handle else { continue };
            let mut others = self.handles.iter().flatten();
            if others.any(|other| other.is(&handle)) {
                continue;
            }
            let key = self.key_shown(handle.table(), &handle);
            let known = self.model.known.get(&(handle.table(), key)).copied();
            let known = known.ok_or_else(|| format!("{object:?} has changed, and is unknown"))?;
            self.same(known, handle)?;
        }
        Ok(())
    }

    /// The rows in the database.
    pub(super) fn compare_rows(&self) -> Step {
        if self.model.levels.is_empty() {
            return Ok(());
        }
        let rows = self
            .rows_within()
            .map_err(|error| format!("rows cannot be read: {error}"))?;
        agree("the rows", &rows, &self.model.rows)
    }

    /// The objects of a list; those that the program let go of are not known by their handles.
    fn listed(&self, list: &str, objects: Vec<Object>) -> Step<Vec<usize>> {
        let number = |object: &Object| {
            let tables = Table::ALL.iter();
            let listed = tables
                .filter_map(|table| Handle::listed(*table, object))
                .next()?;
            let mut handles = self.handles.iter();
            handles.position(|handle| handle.as_ref().is_some_and(|handle| handle.is(&listed)))
        };
        let numbers = objects.iter().map(|object| {
            number(object)
                .ok_or_else(|| format!("{object:?} is in the list of {list} objects, and unknown"))
        });
        numbers.collect()
    }

    fn compare_object(&self, object: usize) -> Step {
        let Some(handle) = &self.handles[object] else {
            return Ok(());
        };
        let it = &self.model.objects[object];
        if let Ok(id) = handle.id() {
            let has_row = !matches!(it.state, State::Transient | State::Pending);
            let expected = has_row.then(|| it.table.key_of(&it.newest));
            agree(&format!("the key of object {object}"), &id, &expected)?;
        }
        let Some(shown) = handle.shown(self.session) else {
            return Ok(());
        };
        let has_row = !matches!(it.state, State::Transient | State::Pending);
        let expected = Shown {
            row: if has_row {
                it.newest.clone()
            } else {
                shown.row.clone()
            },
            is_dirty: self.model.is_dirty(object),
            is_expired: if has_row {
                it.is_expired
            } else {
                shown.is_expired
            },
            is_deleted: it.is_doomed || it.is_gone || it.state == State::Deleted,
            is_detached: !it.is_attached,
            is_there: it.is_attached && it.state == State::Persistent,
        };
        agree(&format!("object {object}"), &shown, &expected)
    }
}

fn agree<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Step {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what}: found {found:?}, expected {expected:?}")),
    }
}
