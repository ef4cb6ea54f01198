//! What a transaction and its savepoints remember, and what ends with them.

use super::{Model, State};
use crate::row::{Row, Rows};

/// Something that a rollback takes back.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Added(usize),
    Inserted(usize),
    Deleted(usize),
    Updated(usize, Row),
    Rekeyed(usize, Option<Row>),
}

/// A transaction, or a savepoint in it.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    /// The rows when it began.
    rows: Rows,
    entries: Vec<Entry>,
}

impl Model {
    pub(crate) fn begin(&mut self) {
        if self.levels.is_empty() {
            self.open();
        }
    }

    pub(crate) fn open(&mut self) {
        self.levels.push(Level {
            rows: self.rows.clone(),
            entries: Vec::new(),
        });
    }

    pub(super) fn note(&mut self, entry: Entry) {
        self.begin();
        let level = self.levels.last_mut().expect("it is open");
        if let Entry::Updated(object, _) = entry {
            let is_it =
                |entry: &Entry| matches!(entry, Entry::Updated(other, _) if *other == object);
            if level.entries.iter().any(is_it) {
                return;
            }
        }
        level.entries.push(entry);
    }

    pub(crate) fn commit(&mut self) {
        for entry in self.levels.drain(..).flat_map(|level| level.entries) {
            if let Entry::Deleted(object) = entry
                && self.objects[object].state == State::Deleted
            {
                let it = &mut self.objects[object];
                it.is_gone = true;
                it.state = State::Detached;
                it.is_attached = false;
            }
        }
        self.expire_all();
        self.let_go();
    }

    /// Lets go what the program has no handle to.
    fn let_go(&mut self) {
        let known: Vec<usize> = self.known.values().copied().collect();
        for object in known {
            if !self.objects[object].is_held {
                self.expunge(object);
            }
        }
    }

    pub(crate) fn rollback(&mut self) {
        if !self.levels.is_empty() {
            self.undo(0);
            self.expire_all();
            self.let_go();
        }
    }

    pub(crate) fn close(&mut self) {
        self.rollback();
        self.clear();
    }

    /// Lets all objects go, but for those whose deletion can be rolled back.
    pub(crate) fn clear(&mut self) {
        for object in 0..self.objects.len() {
            let it = &self.objects[object];
            if it.is_attached && it.state != State::Deleted {
                self.expunge(object);
            }
        }
    }

    /// Ends a level and those within: what happened there belongs to the one around.
    pub(crate) fn end(&mut self, level: usize) {
        let ended = self.levels.split_off(level);
        let around = self
            .levels
            .last_mut()
            .expect("a savepoint is within a transaction");
        for entry in ended.into_iter().flat_map(|level| level.entries) {
            around.entries.push(entry);
        }
    }

    /// Takes back a level and those within.
    pub(crate) fn undo(&mut self, level: usize) {
        for object in std::mem::take(&mut self.edited) {
            self.discard(object);
        }
        self.links.clear();
        for object in std::mem::take(&mut self.doomed) {
            self.objects[object].is_doomed = false;
            self.objects[object].is_orphan = false;
        }
        for object in std::mem::take(&mut self.new) {
            self.release(object, State::Transient);
        }
        let ended = self.levels.split_off(level);
        self.rows = ended[0].rows.clone();
        for entry in ended.into_iter().flat_map(|level| level.entries).rev() {
            self.undo_one(entry);
        }
    }

    fn undo_one(&mut self, entry: Entry) {
        match entry {
            Entry::Added(object) => {
                if self.objects[object].is_attached {
                    self.forget(object);
                    self.release(object, State::Transient);
                }
            }
            Entry::Inserted(object) => {
                self.forget(object);
                self.discard(object);
                self.release(object, State::Transient);
                self.objects[object].key = None;
            }
            Entry::Deleted(object) => {
                let it = &mut self.objects[object];
                if it.state == State::Deleted && !it.is_attached {
                    it.state = State::Detached;
                } else if it.state == State::Deleted {
                    it.state = State::Persistent;
                    let key = it.key.clone().expect("it had a row");
                    self.come_back(object, key);
                }
            }
            Entry::Updated(object, before) => {
                let it = &mut self.objects[object];
                it.stored = before;
                it.is_expired = true;
                self.discard(object);
            }
            Entry::Rekeyed(object, before) => {
                self.unregister(object);
                if let Some(before) = before
                    && self.objects[object].state == State::Persistent
                {
                    self.come_back(object, before);
                }
            }
        }
    }

    /// An object has its key again; another one that was added for it meanwhile is let go.
    fn come_back(&mut self, object: usize, key: Row) {
        let known = self.known.get(&(self.objects[object].table, key.clone()));
        if let Some(other) = known.copied().filter(|other| *other != object) {
            self.expunge(other);
        }
        self.register(object, key);
    }
}
