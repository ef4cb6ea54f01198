//! Who listens to what.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::Events;
use crate::{
    error::Result,
    model::{Keyed, TableInfo},
    session::{Session, instance::AnyInstance},
};

/// When closures are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Moment {
    BeforeFlush,
    AfterFlush,
    BeforeCommit,
    AfterCommit,
    AfterRollback,
    AfterSavepointRollback,
    BeforeInsert,
    AfterInsert,
    BeforeUpdate,
    AfterUpdate,
    BeforeDelete,
    AfterDelete,
    Load,
}

impl Moment {
    /// Whether it is part of a flush.
    fn is_of_flush(self) -> bool {
        match self {
            Moment::BeforeFlush
            | Moment::AfterFlush
            | Moment::BeforeInsert
            | Moment::AfterInsert
            | Moment::BeforeUpdate
            | Moment::AfterUpdate
            | Moment::BeforeDelete
            | Moment::AfterDelete => true,
            Moment::BeforeCommit
            | Moment::AfterCommit
            | Moment::AfterRollback
            | Moment::AfterSavepointRollback
            | Moment::Load => false,
        }
    }
}

type OfSession = Rc<dyn Fn(&Session) -> Result<()>>;
type OfObject = Rc<dyn Fn(&Session, &Rc<dyn AnyInstance>) -> Result<()>>;

/// The closures that are registered, in the order in which they came.
#[derive(Clone, Default)]
pub(crate) struct Listeners {
    of_session: Vec<(Moment, OfSession)>,
    /// A table has one model.
    of_objects: Vec<(Moment, &'static TableInfo, OfObject)>,
}

impl Listeners {
    pub(super) fn add(&mut self, moment: Moment, heard: impl Fn(&Session) -> Result<()> + 'static) {
        self.of_session.push((moment, Rc::new(heard)));
    }

    pub(super) fn add_of<M: Keyed>(
        &mut self,
        moment: Moment,
        heard: impl Fn(&Session, &Rc<dyn AnyInstance>) -> Result<()> + 'static,
    ) {
        self.of_objects.push((moment, M::TABLE, Rc::new(heard)));
    }

    fn moments(&self) -> impl Iterator<Item = Moment> {
        let of_session = self.of_session.iter().map(|(moment, _)| *moment);
        of_session.chain(self.of_objects.iter().map(|(moment, ..)| *moment))
    }

    /// Whether somebody wants to know this of objects of a table.
    pub(super) fn hear_of(&self, moment: Moment, table: &TableInfo) -> bool {
        let mut registered = self.of_objects.iter();
        registered.any(|(of, model, _)| *of == moment && std::ptr::eq(*model, table))
    }

    /// Tells all that listen, until one of them says no.
    pub(super) fn tell(&self, moment: Moment, session: &Session) -> Result<()> {
        let registered = self.of_session.iter();
        let mut heard = registered.filter(|(of, _)| *of == moment);
        heard.try_for_each(|(_, heard)| heard(session))
    }

    /// Tells all that listen to objects of that model, until one of them says no.
    pub(super) fn tell_of(
        &self,
        moment: Moment,
        session: &Session,
        instance: &Rc<dyn AnyInstance>,
    ) -> Result<()> {
        let table = instance.table();
        let registered = self.of_objects.iter();
        let mut heard =
            registered.filter(|(of, model, _)| *of == moment && std::ptr::eq(*model, table));
        heard.try_for_each(|(.., heard)| heard(session, instance))
    }
}

/// The events of a session.
#[derive(Default)]
pub(crate) struct Registered {
    /// Shared with whoever tells them something, so that closures may register others.
    listeners: RefCell<Option<Rc<Listeners>>>,
    /// The end of a transaction or savepoint that is being told.
    pub(super) ending: Cell<Option<Moment>>,
}

impl Registered {
    /// Registers closures behind those that are there.
    pub(crate) fn add(&self, register: impl FnOnce(&mut Events)) {
        let mut events = Events::default();
        register(&mut events);
        let new = events.listeners;
        let mut listeners = self.listeners.borrow_mut();
        let all = Rc::make_mut(listeners.get_or_insert_default());
        all.of_session.extend(new.of_session);
        all.of_objects.extend(new.of_objects);
    }

    /// The closures, where somebody listens to a flush.
    pub(crate) fn of_flush(&self) -> Option<Rc<Listeners>> {
        self.hearing(Moment::is_of_flush)
    }

    /// The closures, where somebody listens to such a moment.
    pub(super) fn hearing(&self, is_it: impl Fn(Moment) -> bool) -> Option<Rc<Listeners>> {
        let listeners = self.listeners.borrow();
        let listeners = listeners.as_ref()?;
        listeners.moments().any(is_it).then(|| Rc::clone(listeners))
    }
}
