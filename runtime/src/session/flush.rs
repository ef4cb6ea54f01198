//! The flush: what changed is collected, planned, and written.

use std::{collections::HashMap, rc::Rc};

pub(super) use super::unit::identity_of;
use super::{
    Inner,
    events::Written,
    head::Status,
    identity::Identity,
    instance::AnyInstance,
    journal::Entry,
    plan::{Action, plan},
    relation::Parting,
    unit::{Unit, Work, can_replace, check_complete, given_identity},
    write,
};
use crate::{
    error::{Error, ErrorKind, Result},
    model::TableInfo,
};

/// What waits to be written.
struct Waiting {
    new: Vec<Rc<dyn AnyInstance>>,
    edited: Vec<Rc<dyn AnyInstance>>,
    doomed: Vec<Rc<dyn AnyInstance>>,
}

impl Inner {
    pub(crate) fn flush(self: &Rc<Self>) -> Result<()> {
        self.usable()?;
        if self.flushing.get() {
            let message = "the session is flushing already";
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        self.no_edits("flushed")?;
        if self.is_clean() {
            return Ok(());
        }
        match self.events.of_flush() {
            Some(listeners) => self.flush_heard(&listeners),
            None => self.flush_once(None),
        }
    }

    /// Writes what waits now, and notes what that was for those who want to know.
    pub(crate) fn flush_once(self: &Rc<Self>, note: Option<&mut Written<'_>>) -> Result<()> {
        let partings = self.cascade_deletes()?;
        let waiting = self.take_waiting();
        let written = self.write(&waiting, &partings, note);
        match written {
            Ok(()) => {
                forget_edited(waiting.edited);
                self.relations.borrow_mut().links.clear();
                self.objects.borrow_mut().orphans.clear();
                Ok(())
            }
            Err(error) => {
                self.put_back(waiting);
                Err(error)
            }
        }
    }

    /// Writes what waits. Where that fails once something was sent, the session waits for a rollback.
    fn write(
        self: &Rc<Self>,
        waiting: &Waiting,
        partings: &[Parting],
        note: Option<&mut Written<'_>>,
    ) -> Result<()> {
        let work = Work::new(self.collect(waiting)?);
        if work.units.is_empty() {
            return Ok(());
        }
        let plan = plan(&work)?;
        let connection = self.connection()?;
        self.journal
            .borrow_mut()
            .reserve(work.units.len(), waiting.edited.len());
        let was_flushing = self.flushing.replace(true);
        let written = self
            .part_rows(&connection, partings)
            .and_then(|()| write::all(self, &connection, &work, &plan));
        self.flushing.set(was_flushing);
        drop(connection);
        written.inspect_err(|error| self.fail(error, false))?;
        if let Some(note) = note {
            note.note(&work, &plan);
        }
        Ok(())
    }

    pub(crate) fn is_clean(&self) -> bool {
        let objects = self.objects.borrow();
        objects.new.is_empty() && objects.edited.is_empty() && objects.doomed.is_empty()
    }

    fn take_waiting(&self) -> Waiting {
        let mut objects = self.objects.borrow_mut();
        Waiting {
            new: std::mem::take(&mut objects.new),
            edited: std::mem::take(&mut objects.edited),
            doomed: std::mem::take(&mut objects.doomed),
        }
    }

    fn put_back(&self, waiting: Waiting) {
        let mut objects = self.objects.borrow_mut();
        objects.new = waiting.new;
        objects.edited = waiting.edited;
        objects.doomed = waiting.doomed;
    }

    /// An object got its row.
    pub(crate) fn note_inserted(&self, instance: &Rc<dyn AnyInstance>) {
        instance.head().status.set(Status::Persistent);
        self.relations.borrow_mut().appeared(instance);
        if let Some(identity) = identity_of(&**instance) {
            self.register(instance, identity);
        }
        let entry = Entry::Inserted(Rc::clone(instance));
        self.journal.borrow_mut().add(entry);
    }

    /// Knows an object by its key. Another that was known by that has lost its row: the database gives a key only once.
    fn register(&self, instance: &Rc<dyn AnyInstance>, identity: Identity) {
        let other = self.objects.borrow_mut().register(instance, identity);
        if let Some(other) = other {
            self.note_deleted(&other);
        }
    }

    /// An object lost its row.
    pub(crate) fn note_deleted(&self, instance: &Rc<dyn AnyInstance>) {
        self.objects.borrow_mut().unregister(instance);
        self.relations.borrow_mut().disappeared(instance);
        instance.discard();
        instance.head().status.set(Status::Deleted);
        instance.head().doomed.set(false);
        let entry = Entry::Deleted(Rc::clone(instance));
        self.journal.borrow_mut().add(entry);
    }

    /// The key of an object may have changed.
    pub(crate) fn note_key(&self, instance: &Rc<dyn AnyInstance>) {
        let before = instance.head().identity();
        let after = identity_of(&**instance);
        if before == after {
            return;
        }
        self.objects.borrow_mut().unregister(instance);
        self.relations.borrow_mut().forget_table(instance.table());
        if let Some(after) = after {
            self.register(instance, after);
        }
        let entry = Entry::Rekeyed(Rc::clone(instance), before);
        self.journal.borrow_mut().add(entry);
    }
}

/// No edit waits any more. One that came back to what the database has is over too, so that the next one is noted.
fn forget_edited(edited: Vec<Rc<dyn AnyInstance>>) {
    for instance in edited {
        if instance.is_edited() && instance.changed().is_empty() {
            instance.discard();
        }
    }
}

impl Inner {
    /// What has to be written. Nothing of the session changes.
    fn collect(&self, waiting: &Waiting) -> Result<Vec<Unit>> {
        let relations = self.relations.borrow();
        let mut doomed: HashMap<(*const TableInfo, Identity), Rc<dyn AnyInstance>> = HashMap::new();
        for instance in &waiting.doomed {
            if let Some(identity) = identity_of(&**instance) {
                doomed.insert((instance.table(), identity), Rc::clone(instance));
            }
        }
        let mut units = Vec::with_capacity(waiting.new.len() + waiting.edited.len());
        for instance in &waiting.edited {
            if instance.head().is_persistent() && !instance.head().doomed.get() {
                let unit = Unit::update(Rc::clone(instance), &relations.links);
                if !unit.changed.is_empty() {
                    units.push(unit);
                }
            }
        }
        for instance in &waiting.new {
            check_complete(&**instance)?;
            let mut unit = Unit::new(Rc::clone(instance), Action::Insert);
            if !doomed.is_empty()
                && can_replace(&*unit.instance)
                && let Some(identity) = given_identity(&*unit.instance)
                && let Some(before) = doomed.remove(&(unit.instance.table() as *const _, identity))
            {
                unit.action = Action::Update;
                unit.replaces = Some(before);
            }
            units.push(unit);
        }
        for instance in &waiting.doomed {
            let identity = identity_of(&**instance);
            let replaced = identity.is_some_and(|identity| {
                !doomed.contains_key(&(instance.table() as *const _, identity))
            });
            if !replaced {
                units.push(Unit::new(Rc::clone(instance), Action::Delete));
            }
        }
        Ok(units)
    }
}
