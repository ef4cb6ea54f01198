//! What a session is supposed to know: objects, the identity map, and what a rollback takes back.

#[path = "model/flush.rs"]
mod flush;

use std::collections::BTreeMap;

pub(crate) use self::flush::{Flush, Outcome};
use crate::row::{Cell, Row, Rows, Table};

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Transient,
    Pending,
    Persistent,
    Deleted,
    Detached,
}

/// Where the value of a new row comes from.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    Cell(Cell),
    Object(usize),
}

#[derive(Debug, Clone)]
pub(crate) struct Object {
    pub(crate) table: Table,
    pub(crate) state: State,
    pub(crate) is_attached: bool,
    /// What it was built of; empty for what was read.
    pub(crate) given: Vec<Option<Origin>>,
    /// The row as the database has it, as far as the session knows; empty before there is one.
    pub(crate) stored: Row,
    /// The row with what is not flushed.
    pub(crate) newest: Row,
    pub(crate) is_edited: bool,
    pub(crate) is_expired: bool,
    pub(crate) is_doomed: bool,
    pub(crate) is_gone: bool,
    /// Whether the program has a handle to it.
    pub(crate) is_held: bool,
    /// The key under which the session knows it.
    pub(crate) key: Option<Row>,
    cohort: Option<usize>,
}

/// Something that a rollback takes back.
#[derive(Debug, Clone)]
enum Entry {
    Added(usize),
    Inserted(usize),
    Deleted(usize),
    Updated(usize, Row),
    Rekeyed(usize, Option<Row>),
}

/// A transaction, or a savepoint in it.
#[derive(Debug)]
pub(crate) struct Level {
    /// The rows when it began.
    rows: Rows,
    entries: Vec<Entry>,
}

/// A session and its database.
#[derive(Default)]
pub(crate) struct Model {
    /// The rows as the open transaction sees them.
    pub(crate) rows: Rows,
    pub(crate) objects: Vec<Object>,
    pub(crate) known: BTreeMap<(Table, Row), usize>,
    pub(crate) new: Vec<usize>,
    pub(crate) edited: Vec<usize>,
    pub(crate) doomed: Vec<usize>,
    pub(crate) levels: Vec<Level>,
    cohorts: Vec<Vec<usize>>,
}

impl Model {
    /// A session that has done nothing.
    pub(crate) fn new(rows: Rows) -> Model {
        Model {
            rows,
            ..Model::default()
        }
    }

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

    fn note(&mut self, entry: Entry) {
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

    pub(crate) fn has_changes(&self) -> bool {
        !(self.new.is_empty() && self.edited.is_empty() && self.doomed.is_empty())
    }

    /// A new object for a row that is to be inserted.
    pub(crate) fn add(&mut self, table: Table, given: Vec<Option<Origin>>) -> usize {
        let object = self.create(table, given, State::Transient);
        self.add_pending(object);
        object
    }

    fn create(&mut self, table: Table, given: Vec<Option<Origin>>, state: State) -> usize {
        self.objects.push(Object {
            table,
            state,
            is_attached: false,
            given,
            stored: Row::new(),
            newest: Row::new(),
            is_edited: false,
            is_expired: false,
            is_doomed: false,
            is_gone: false,
            is_held: true,
            key: None,
            cohort: None,
        });
        self.objects.len() - 1
    }

    fn add_pending(&mut self, object: usize) {
        self.note(Entry::Added(object));
        self.objects[object].state = State::Pending;
        self.objects[object].is_attached = true;
        self.new.push(object);
    }

    pub(crate) fn edit(&mut self, object: usize, row: Row) {
        let it = &mut self.objects[object];
        if it.newest == row {
            return;
        }
        it.newest = row;
        it.is_edited = true;
        self.begin();
        if !self.edited.contains(&object) {
            self.edited.push(object);
        }
    }

    /// Adds an object again.
    pub(crate) fn attach(&mut self, object: usize) -> Outcome {
        let it = &self.objects[object];
        if it.is_gone || it.state == State::Deleted {
            return Outcome::Invalid;
        }
        if it.is_attached {
            return Outcome::Fine;
        }
        if it.state == State::Transient {
            self.add_pending(object);
            return Outcome::Fine;
        }
        let key = it.table.key_of(&it.stored);
        if self.known.contains_key(&(it.table, key.clone())) {
            return Outcome::Invalid;
        }
        self.begin();
        self.objects[object].state = State::Persistent;
        self.objects[object].is_attached = true;
        self.register(object, key);
        Outcome::Fine
    }

    pub(crate) fn doom(&mut self, object: usize) -> Outcome {
        let it = &self.objects[object];
        if it.state == State::Detached && !it.is_gone && self.attach(object) == Outcome::Invalid {
            return Outcome::Invalid;
        }
        let outcome = self.persistent(object);
        if outcome == Outcome::Fine && !self.objects[object].is_doomed {
            self.objects[object].is_doomed = true;
            self.doomed.push(object);
            self.begin();
        }
        outcome
    }

    pub(crate) fn persistent(&self, object: usize) -> Outcome {
        let it = &self.objects[object];
        match it.is_attached && it.state == State::Persistent {
            true => Outcome::Fine,
            false => Outcome::Invalid,
        }
    }

    pub(crate) fn expire(&mut self, object: usize) {
        self.discard(object);
        self.objects[object].is_expired = true;
        self.edited.retain(|other| *other != object);
    }

    pub(crate) fn expire_all(&mut self) {
        let known: Vec<usize> = self.known.values().copied().collect();
        for object in known {
            self.expire(object);
        }
        self.edited.clear();
    }

    fn discard(&mut self, object: usize) {
        let it = &mut self.objects[object];
        it.newest = it.stored.clone();
        it.is_edited = false;
    }

    pub(crate) fn expunge(&mut self, object: usize) -> Outcome {
        if !self.objects[object].is_attached {
            return Outcome::Invalid;
        }
        self.forget(object);
        self.discard(object);
        self.release(
            object,
            match self.objects[object].state {
                State::Pending | State::Transient => State::Transient,
                State::Deleted => State::Deleted,
                State::Persistent | State::Detached => State::Detached,
            },
        );
        Outcome::Fine
    }

    fn forget(&mut self, object: usize) {
        self.unregister(object);
        for list in [&mut self.new, &mut self.edited, &mut self.doomed] {
            list.retain(|other| *other != object);
        }
    }

    fn release(&mut self, object: usize, state: State) {
        let it = &mut self.objects[object];
        it.state = state;
        it.is_doomed = false;
        it.is_attached = false;
        it.cohort = None;
    }

    fn register(&mut self, object: usize, key: Row) {
        self.objects[object].key = Some(key.clone());
        self.known.insert((self.objects[object].table, key), object);
    }

    fn unregister(&mut self, object: usize) {
        let it = &self.objects[object];
        if let Some(key) = it.key.clone()
            && self.known.get(&(it.table, key.clone())) == Some(&object)
        {
            self.known.remove(&(it.table, key));
        }
    }

    /// The objects of rows that a query gave; those that were not known are new.
    pub(crate) fn manage(&mut self, table: Table, keys: &[Row]) -> Vec<usize> {
        self.begin();
        self.cohorts.push(Vec::new());
        let cohort = self.cohorts.len() - 1;
        let mut objects = Vec::new();
        for key in keys {
            let row = self.rows[&(table, key.clone())].clone();
            let known = self.known.get(&(table, key.clone())).copied();
            let object = known.unwrap_or_else(|| {
                let object = self.create(table, Vec::new(), State::Persistent);
                self.objects[object].is_attached = true;
                self.objects[object].is_expired = true;
                self.register(object, key.clone());
                object
            });
            if self.objects[object].is_expired {
                self.renew(object, row);
                self.cohorts[cohort].push(object);
                self.objects[object].cohort = Some(cohort);
            }
            objects.push(object);
        }
        objects
    }

    fn renew(&mut self, object: usize, row: Row) {
        let it = &mut self.objects[object];
        it.stored = row.clone();
        it.newest = row;
        it.is_edited = false;
        it.is_expired = false;
    }

    /// Reads objects again by their keys; false where this one has no row.
    pub(crate) fn reload(&mut self, object: usize, with_peers: bool) -> bool {
        self.begin();
        let mut peers = vec![object];
        if let Some(cohort) = self.objects[object].cohort
            && with_peers
        {
            peers.extend(self.cohorts[cohort].iter().copied().filter(|peer| {
                let peer = &self.objects[*peer];
                peer.cohort == Some(cohort)
                    && peer.is_expired
                    && peer.is_attached
                    && peer.state == State::Persistent
            }));
        }
        for peer in peers {
            let it = &self.objects[peer];
            let key = (it.table, it.table.key_of(&it.stored));
            if let (Some(row), Some(known)) = (self.rows.get(&key), self.known.get(&key)) {
                self.renew(*known, row.clone());
            }
        }
        !self.objects[object].is_expired
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
        for object in 0..self.objects.len() {
            if self.objects[object].is_attached {
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
        for object in std::mem::take(&mut self.doomed) {
            self.objects[object].is_doomed = false;
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

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for ((table, _), row) in &self.rows {
            writeln!(f, "row of {}: {row:?}", table.name())?;
        }
        for (index, object) in self.objects.iter().enumerate() {
            writeln!(f, "object {index}: {object:?}")?;
        }
        Ok(())
    }
}
