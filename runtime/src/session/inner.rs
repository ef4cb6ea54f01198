//! What a session holds, and what is done to its objects.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    events::Registered,
    head::Status,
    instance::AnyInstance,
    journal::{Entry, Journal},
    object,
    objects::Objects,
    relation::{report::LazyLoads, store::Relations},
    waits_for_rollback,
};
use crate::{
    connection::Connection,
    dialect::{Dialect, Mode},
    engine::Engine,
    error::{Error, ErrorKind, Result},
    pool::Taker,
};

/// The options of a session.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) autoflush: bool,
    pub(crate) expire_on_commit: bool,
    pub(crate) raise_on_lazy_load: bool,
    /// After so many statements for one relationship at one place, there is a warning.
    pub(crate) lazy_load_warning: Option<u64>,
}

/// What a session holds. No borrow of any part lasts while something is sent to the database.
pub(crate) struct Inner {
    pub(crate) number: u64,
    engine: Engine,
    pub(crate) options: Options,
    connection: RefCell<Option<Rc<Connection>>>,
    /// What is said of the transaction that the connection begins.
    pub(crate) mode: Cell<Mode>,
    /// How many `transact` are running, one inside the other.
    pub(crate) transacting: Cell<usize>,
    pub(crate) objects: RefCell<Objects>,
    pub(crate) relations: RefCell<Relations>,
    pub(crate) lazy_loads: RefCell<LazyLoads>,
    pub(crate) journal: RefCell<Journal>,
    /// How many edits are open.
    pub(crate) guards: Cell<usize>,
    /// How many queries gave entities.
    pub(crate) queries: Cell<u64>,
    /// How many blocks hold the autoflush.
    held: Cell<usize>,
    pub(crate) flushing: Cell<bool>,
    pub(crate) events: Registered,
    /// How many statements were sent by connections that were given back.
    sent: Cell<u64>,
    /// What a failed flush said, and in which level of the journal.
    pub(crate) failed: RefCell<Option<(u64, String)>>,
}

impl Inner {
    pub(crate) fn new(engine: Engine, options: Options) -> Rc<Self> {
        static NUMBERS: AtomicU64 = AtomicU64::new(1);
        Rc::new(Inner {
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            engine,
            options,
            connection: RefCell::default(),
            mode: Cell::default(),
            transacting: Cell::new(0),
            objects: RefCell::default(),
            relations: RefCell::default(),
            lazy_loads: RefCell::default(),
            journal: RefCell::default(),
            guards: Cell::new(0),
            queries: Cell::new(0),
            held: Cell::new(0),
            flushing: Cell::new(false),
            events: Registered::default(),
            sent: Cell::new(0),
            failed: RefCell::default(),
        })
    }

    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where the session waits for a rollback.
    pub(crate) fn usable(&self) -> Result<()> {
        match &*self.failed.borrow() {
            Some((_, cause)) => Err(waits_for_rollback(cause)),
            None => Ok(()),
        }
    }

    /// The connection of the transaction, taken from the engine where there is none yet.
    pub(crate) fn connection(&self) -> Result<Rc<Connection>> {
        self.usable()?;
        if let Some(connection) = &*self.connection.borrow() {
            return Ok(Rc::clone(connection));
        }
        let connection = Rc::new(self.engine.connect_for(Taker::Session)?);
        connection.begin_with(self.mode.get())?;
        *self.connection.borrow_mut() = Some(Rc::clone(&connection));
        self.journal.borrow_mut().begin();
        Ok(connection)
    }

    /// How the database spells SQL.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        self.engine.dialect()
    }

    /// The connection, where there is one.
    pub(crate) fn open_connection(&self) -> Option<Rc<Connection>> {
        self.connection.borrow().clone()
    }

    /// Ends the transaction as far as the session remembers it, and gives the connection back, which rolls back what is open.
    pub(crate) fn release(&self) {
        let connection = self.connection.borrow_mut().take();
        if let Some(connection) = connection {
            self.sent.set(self.sent.get() + connection.statements());
        }
        *self.failed.borrow_mut() = None;
    }

    /// The number of statements that were sent.
    pub(crate) fn statements(&self) -> u64 {
        let open = self.open_connection();
        self.sent.get() + open.map_or(0, |connection| connection.statements())
    }

    /// Whether queries flush before.
    pub(crate) fn autoflushes(&self) -> bool {
        self.options.autoflush && self.held.get() == 0
    }

    /// Flushes where queries do that.
    pub(crate) fn autoflush(self: &Rc<Self>) -> Result<()> {
        self.usable()?;
        if self.autoflushes() && self.has_changes() {
            self.flush()?;
        }
        Ok(())
    }

    /// Holds the autoflush until the guard is dropped.
    pub(crate) fn hold_autoflush(&self) -> Held<'_> {
        self.held.set(self.held.get() + 1);
        Held(&self.held)
    }

    fn has_changes(&self) -> bool {
        let objects = self.objects.borrow();
        !(objects.new.is_empty() && objects.edited.is_empty() && objects.doomed.is_empty())
    }

    /// Whether an object differs from its row, or is going to lead elsewhere.
    pub(crate) fn is_changed(&self, instance: &dyn AnyInstance) -> bool {
        let links = |number| !self.relations.borrow().links.all_of(number).is_empty();
        !instance.changed().is_empty() || links(instance.head().number)
    }

    /// Whether an object is in this session.
    pub(crate) fn has(&self, instance: &dyn AnyInstance) -> bool {
        instance.head().is_in(self)
    }

    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where an object is in another session, or in none.
    pub(crate) fn own(&self, instance: &dyn AnyInstance) -> Result<()> {
        if self.has(instance) {
            return Ok(());
        }
        let message = match instance.head().session() {
            Some(other) => format!(
                "{} is already attached to session {} (this is {})",
                object::described(instance),
                other.number,
                self.number
            ),
            None => format!("{} is not in this session", object::described(instance)),
        };
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    /// An object that belongs to this session and has a row.
    pub(crate) fn persistent(&self, instance: &dyn AnyInstance) -> Result<()> {
        let head = instance.head();
        if head.gone.get() || head.status.get() == Status::Deleted {
            return Err(object::is_deleted(instance));
        }
        self.own(instance)?;
        if head.is_persistent() {
            return Ok(());
        }
        let message = format!(
            "{} has no row yet: flush the session first",
            object::described(instance)
        );
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    /// Notes that an entity has a change.
    pub(crate) fn note_edited(&self, instance: Rc<dyn AnyInstance>) {
        self.journal.borrow_mut().begin();
        self.objects.borrow_mut().edited.push(instance);
    }

    /// Takes in an object that has no row yet.
    pub(crate) fn add_pending(self: &Rc<Self>, instance: Rc<dyn AnyInstance>) {
        let head = instance.head();
        head.status.set(Status::Pending);
        head.set_session(self);
        let entry = Entry::Added(Rc::clone(&instance));
        self.journal.borrow_mut().add(entry);
        self.relations.borrow_mut().appeared(&instance);
        self.objects.borrow_mut().add_new(instance);
    }

    /// Lets the next flush delete the row of an entity, also where it is linked to another object before.
    pub(crate) fn delete(self: &Rc<Self>, instance: &Rc<dyn AnyInstance>) -> Result<()> {
        self.doom(instance)?;
        let mut objects = self.objects.borrow_mut();
        objects.orphans.remove(&instance.head().number);
        Ok(())
    }

    /// Lets the next flush delete the row of an entity.
    pub(crate) fn doom(self: &Rc<Self>, instance: &Rc<dyn AnyInstance>) -> Result<()> {
        let head = instance.head();
        if head.session().is_none() && head.status.get() == Status::Detached {
            self.attach(instance)?;
        }
        self.persistent(&**instance)?;
        if !head.doomed.replace(true) {
            self.journal.borrow_mut().begin();
            self.objects.borrow_mut().doomed.push(Rc::clone(instance));
        }
        Ok(())
    }

    /// Takes in an object that was in a session before.
    pub(crate) fn attach(self: &Rc<Self>, instance: &Rc<dyn AnyInstance>) -> Result<()> {
        let head = instance.head();
        if head.gone.get() || head.status.get() == Status::Deleted {
            return Err(object::is_deleted(&**instance));
        }
        if head.session().is_some() {
            return self.own(&**instance);
        }
        if matches!(head.status.get(), Status::Transient | Status::Pending) {
            self.add_pending(Rc::clone(instance));
            return self.attach_linked(instance);
        }
        // One whose session was dropped still says that it is persistent.
        head.release(Status::Detached);
        let Some(identity) = super::flush::identity_of(&**instance) else {
            let message = format!("{} has no key", object::described(&**instance));
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        };
        let mut objects = self.objects.borrow_mut();
        if objects.find(instance.table(), &identity).is_some() {
            return Err(already_there(&**instance));
        }
        objects.register(instance, identity);
        if instance.is_edited() {
            objects.edited.push(Rc::clone(instance));
        }
        head.status.set(Status::Persistent);
        head.set_session(self);
        drop(objects);
        self.relations.borrow_mut().appeared(instance);
        self.journal.borrow_mut().begin();
        Ok(())
    }

    /// Marks an entity as out of date, and what goes with it; gives all of them, itself first.
    pub(crate) fn expire(
        &self,
        instance: &Rc<dyn AnyInstance>,
    ) -> Result<Vec<Rc<dyn AnyInstance>>> {
        self.persistent(&**instance)?;
        let mut all = self.with_related(instance, |cascade| cascade.refresh);
        all.retain(|instance| instance.head().is_persistent());
        for instance in &all {
            self.expire_one(instance);
        }
        Ok(all)
    }

    fn expire_one(&self, instance: &Rc<dyn AnyInstance>) {
        let before = self.relations.borrow().before(&**instance);
        instance.discard();
        instance.head().expired.set(true);
        let others = |other: &Rc<dyn AnyInstance>| !Rc::ptr_eq(other, instance);
        self.objects.borrow_mut().edited.retain(others);
        let mut relations = self.relations.borrow_mut();
        relations.moved(instance, before);
        relations.links.remove_all(instance.head().number);
        relations.forget_of(&**instance);
    }

    pub(crate) fn expire_all(&self) {
        let mut objects = self.objects.borrow_mut();
        for instance in objects.persistent() {
            instance.discard();
            instance.head().expired.set(true);
        }
        objects.edited.clear();
        self.forget_relations();
    }

    /// Forgets which objects lead to which: it may not be so any more.
    pub(crate) fn forget_relations(&self) {
        let mut relations = self.relations.borrow_mut();
        relations.forget();
        relations.links.clear();
    }

    /// Lets an object go.
    pub(crate) fn expunge(&self, instance: &Rc<dyn AnyInstance>) -> Result<()> {
        self.own(&**instance)?;
        for instance in self.with_related(instance, |cascade| cascade.expunge) {
            self.objects.borrow_mut().forget(&instance);
            self.let_go(&instance);
        }
        Ok(())
    }

    pub(crate) fn let_go(&self, instance: &Rc<dyn AnyInstance>) {
        let head = instance.head();
        let mut relations = self.relations.borrow_mut();
        match head.is_persistent() {
            true => relations.left(instance),
            false => relations.disappeared(instance),
        }
        drop(relations);
        instance.discard();
        head.release(match head.status.get() {
            Status::Pending | Status::Transient => Status::Transient,
            Status::Deleted => Status::Deleted,
            Status::Persistent | Status::Detached => Status::Detached,
        });
    }

    /// Lets all objects go.
    pub(crate) fn clear(&self) {
        let all = self.objects.borrow_mut().clear();
        self.forget_relations();
        for instance in &all {
            self.let_go(instance);
        }
        drop(all);
        self.objects.borrow_mut().forget_numbers();
    }
}

/// The session has another object for a row.
pub(crate) fn already_there(instance: &dyn AnyInstance) -> Error {
    let message = format!(
        "{} cannot be added: the session has another object for that row",
        object::described(instance)
    );
    Error::new(ErrorKind::InvalidRequest, message)
}

/// Autoflush is held while this lives.
pub(crate) struct Held<'s>(&'s Cell<usize>);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}
