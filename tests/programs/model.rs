//! What a session is supposed to know: objects, the identity map, and what leads to objects without a row.

#[path = "model/cascade.rs"]
mod cascade;
#[path = "model/flush.rs"]
mod flush;
#[path = "model/link.rs"]
mod link;
#[path = "model/reach.rs"]
mod reach;
#[path = "model/transaction.rs"]
mod transaction;
#[path = "model/written.rs"]
mod written;

use std::collections::BTreeMap;

use self::transaction::Entry;
pub(crate) use self::{
    flush::{Flush, Outcome},
    transaction::Level,
};
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
    /// Whether it is doomed for it was taken out of a relationship, so that linking it keeps it.
    pub(crate) is_orphan: bool,
    /// Whether the session finds it where an object says that it leads to it.
    is_numbered: bool,
}

/// A session and its database.
#[derive(Default, Clone)]
pub(crate) struct Model {
    /// The rows as the open transaction sees them.
    pub(crate) rows: Rows,
    pub(crate) objects: Vec<Object>,
    pub(crate) known: BTreeMap<(Table, Row), usize>,
    pub(crate) new: Vec<usize>,
    pub(crate) edited: Vec<usize>,
    pub(crate) doomed: Vec<usize>,
    pub(crate) levels: Vec<Level>,
    /// What the foreign keys of objects with a row are going to lead to, where that has none: by object and column.
    pub(crate) links: BTreeMap<(usize, usize), usize>,
}

impl Model {
    /// A session that has done nothing.
    pub(crate) fn new(rows: Rows) -> Model {
        Model {
            rows,
            ..Model::default()
        }
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
            is_orphan: false,
            is_numbered: false,
        });
        self.objects.len() - 1
    }

    fn add_pending(&mut self, object: usize) {
        self.note(Entry::Added(object));
        self.objects[object].state = State::Pending;
        self.objects[object].is_attached = true;
        self.objects[object].is_numbered = true;
        self.new.push(object);
    }

    /// Gives an object other values. Where a foreign key is another then, that is what it leads to.
    pub(crate) fn edit(&mut self, object: usize, row: Row) {
        let it = &mut self.objects[object];
        if it.newest == row {
            return;
        }
        for (column, _) in it.table.links() {
            if it.newest[*column] != row[*column] {
                self.links.remove(&(object, *column));
            }
        }
        it.newest = row;
        it.is_edited = true;
        self.note_edited(object);
    }

    fn note_edited(&mut self, object: usize) {
        self.begin();
        if !self.edited.contains(&object) {
            self.edited.push(object);
        }
    }

    /// Whether it differs from its row, or is going to lead elsewhere.
    pub(crate) fn is_dirty(&self, object: usize) -> bool {
        let it = &self.objects[object];
        it.newest != it.stored || self.has_links(object)
    }

    fn has_links(&self, object: usize) -> bool {
        self.links.keys().any(|(child, _)| *child == object)
    }

    fn drop_links(&mut self, object: usize) {
        self.links.retain(|(child, _), _| *child != object);
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
            self.attach_linked(object);
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
        if outcome == Outcome::Fine {
            self.objects[object].is_orphan = false;
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
        self.drop_links(object);
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
        self.links.clear();
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
        self.drop_links(object);
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
        it.is_orphan = false;
        it.is_attached = false;
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
            }
            objects.push(object);
        }
        objects
    }

    /// An object shows this row.
    pub(crate) fn renew(&mut self, object: usize, row: Row) {
        let it = &mut self.objects[object];
        it.stored = row.clone();
        it.newest = row;
        it.is_edited = false;
        it.is_expired = false;
    }

    /// Reads an object again by its key; false where it has no row.
    pub(crate) fn reload(&mut self, object: usize) -> bool {
        self.begin();
        let it = &self.objects[object];
        let key = (it.table, it.table.key_of(&it.stored));
        if let (Some(row), Some(known)) = (self.rows.get(&key), self.known.get(&key)) {
            self.renew(*known, row.clone());
        }
        !self.objects[object].is_expired
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
        for ((object, column), to) in &self.links {
            writeln!(f, "column {column} of object {object} leads to object {to}")?;
        }
        Ok(())
    }
}
