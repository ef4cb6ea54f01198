//! What a rollback takes back of the objects of a session.

use std::{collections::HashSet, rc::Rc};

use foldhash::fast::RandomState;

use super::{
    identity::Identity,
    instance::{AnyInstance, Kept},
};

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
    /// The numbers of the objects whose version before is among the entries.
    kept: HashSet<u64, RandomState>,
}

impl Level {
    fn add(&mut self, entry: Entry) {
        if let Entry::Updated(instance, _) = &entry
            && !self.keeps(instance)
        {
            return;
        }
        self.entries.push(entry);
    }

    /// Whether the version that an object has now is the one to come back to.
    fn keeps(&mut self, instance: &Rc<dyn AnyInstance>) -> bool {
        self.kept.insert(instance.head().number)
    }
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
    Updated(Rc<dyn AnyInstance>, Kept),
    /// Its key changed; this is the one before.
    Rekeyed(Rc<dyn AnyInstance>, Option<Identity>),
}

impl Entry {
    pub(crate) fn instance(&self) -> &Rc<dyn AnyInstance> {
        match self {
            Entry::Added(instance)
            | Entry::Inserted(instance)
            | Entry::Deleted(instance)
            | Entry::Updated(instance, _)
            | Entry::Rekeyed(instance, _) => instance,
        }
    }
}

impl Journal {
    /// Opens a level; returns its number.
    pub(crate) fn open(&mut self) -> u64 {
        self.last += 1;
        self.levels.push(Level {
            number: self.last,
            entries: Vec::new(),
            kept: HashSet::default(),
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

    /// Makes room for so many entries, of which so many are updates.
    pub(crate) fn reserve(&mut self, entries: usize, updates: usize) {
        self.begin();
        if let Some(level) = self.levels.last_mut() {
            level.entries.reserve(entries);
            level.kept.reserve(updates);
        }
    }

    pub(crate) fn add(&mut self, entry: Entry) {
        self.begin();
        if let Some(level) = self.levels.last_mut() {
            level.add(entry);
        }
    }

    /// Notes that a row changes, unless that is noted of this level already.
    pub(crate) fn add_update(&mut self, instance: &Rc<dyn AnyInstance>) {
        self.begin();
        let Some(level) = self.levels.last_mut() else {
            return;
        };
        if level.keeps(instance) {
            let entry = Entry::Updated(Rc::clone(instance), instance.keep());
            level.entries.push(entry);
        }
    }

    /// Ends a level and those within it: what happened there belongs to the one around.
    pub(crate) fn release(&mut self, number: u64) {
        let Some(place) = self.levels.iter().position(|level| level.number == number) else {
            return;
        };
        let ended = self.levels.split_off(place);
        if let Some(around) = self.levels.last_mut() {
            let entries = ended.into_iter().flat_map(|level| level.entries);
            entries.for_each(|entry| around.add(entry));
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
