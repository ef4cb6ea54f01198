//! What a rollback takes back of the objects of a session.

use std::{any::Any, rc::Rc};

use super::{identity::Identity, instance::AnyInstance};

/// The open transaction and the savepoints in it, the innermost last.
#[derive(Default)]
pub(crate) struct Journal {
    levels: Vec<Level>,
    /// The number of the level that was opened last; each has its own.
    last: u64,
}

/// A transaction or a savepoint.
pub(crate) struct Level {
    pub(crate) number: u64,
    entries: Vec<Entry>,
}

/// Something that happened to an object.
pub(crate) enum Entry {
    /// It was added.
    Added(Rc<dyn AnyInstance>),
    /// It got its row.
    Inserted(Rc<dyn AnyInstance>),
    /// It lost its row.
    Deleted(Rc<dyn AnyInstance>),
    /// Its row changed; this is the version before.
    Updated(Rc<dyn AnyInstance>, Box<dyn Any>),
    /// Its key changed; this is the one before.
    Rekeyed(Rc<dyn AnyInstance>, Option<Identity>),
}

impl Journal {
    /// Opens a level; returns its number.
    pub(crate) fn open(&mut self) -> u64 {
        self.last += 1;
        self.levels.push(Level {
            number: self.last,
            entries: Vec::new(),
        });
        self.last
    }

    /// Opens the level of the transaction, unless it is open.
    pub(crate) fn begin(&mut self) {
        if self.levels.is_empty() {
            self.open();
        }
    }

    pub(crate) fn is_open(&self, number: u64) -> bool {
        self.levels.iter().any(|level| level.number == number)
    }

    /// The number of the innermost level.
    pub(crate) fn innermost(&self) -> Option<u64> {
        self.levels.last().map(|level| level.number)
    }

    /// The number of open levels.
    pub(crate) fn depth(&self) -> usize {
        self.levels.len()
    }

    pub(crate) fn add(&mut self, entry: Entry) {
        self.begin();
        if let Some(level) = self.levels.last_mut() {
            level.entries.push(entry);
        }
    }

    /// Notes that a row changes, unless that is noted of this level already.
    pub(crate) fn add_update(&mut self, instance: &Rc<dyn AnyInstance>) {
        self.begin();
        let Some(level) = self.levels.last_mut() else {
            return;
        };
        let kept_in = &instance.head().kept_in;
        if kept_in.get() != level.number {
            kept_in.set(level.number);
            let before = instance.keep();
            level
                .entries
                .push(Entry::Updated(Rc::clone(instance), before));
        }
    }

    /// Ends a level and those within it: what happened there belongs to the one around.
    pub(crate) fn release(&mut self, number: u64) {
        let Some(place) = self.levels.iter().position(|level| level.number == number) else {
            return;
        };
        let ended = self.levels.split_off(place);
        if let Some(around) = self.levels.last_mut() {
            around
                .entries
                .extend(ended.into_iter().flat_map(|level| level.entries));
        }
    }

    /// Ends a level and those within it; returns what happened there, the latest first.
    pub(crate) fn undo(&mut self, number: u64) -> Vec<Entry> {
        let Some(place) = self.levels.iter().position(|level| level.number == number) else {
            return Vec::new();
        };
        let ended = self.levels.split_off(place).into_iter().rev();
        ended
            .flat_map(|level| level.entries.into_iter().rev())
            .collect()
    }

    /// Ends the transaction; returns what happened in it, the latest first.
    pub(crate) fn undo_all(&mut self) -> Vec<Entry> {
        self.levels
            .first()
            .map(|level| level.number)
            .map_or_else(Vec::new, |first| self.undo(first))
    }
}
