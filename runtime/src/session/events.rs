//! Events: code of the program that is told of what a session does.

mod ending;
mod flush;
mod listeners;
mod loading;

use std::{fmt, rc::Rc, sync::Arc};

pub(crate) use flush::Written;
use listeners::Listeners;
pub(crate) use listeners::{Moment, Registered};
pub(crate) use loading::Arrivals;

use super::{Entity, Pending, Session, instance::typed};
use crate::{error::Result, model::Keyed};

/// Where closures are registered that a [`Session`] calls: see [`Session::events`].
///
/// A closure gets the session, and may do with it what can be done at that moment. Closures of one event are called in the
/// order in which they were registered, the first error ends that. They are `Fn`: what they remember stands in a `Cell` or
/// `RefCell` of theirs. One that holds an `Rc` of its own session keeps that from ever ending; entities do not.
///
/// # In a flush
/// A flush that has something to write goes like this:
///
/// 1. [`before_flush`](Events::before_flush);
/// 2. [`before_insert`](Events::before_insert), [`before_update`](Events::before_update) and
///    [`before_delete`](Events::before_delete), once for each object that is going to be written, in this order;
/// 3. all is written;
/// 4. [`after_insert`](Events::after_insert), [`after_update`](Events::after_update) and
///    [`after_delete`](Events::after_delete) in the order in which rows were written;
/// 5. [`after_flush`](Events::after_flush).
///
/// What closures of the first two add, change or delete is written with the rest, and its own events come before. Where those
/// of the last two leave something to write, the same flush begins again with the first. After 100 rounds of either kind it
/// ends with an [`InvalidRequest`](crate::ErrorKind::InvalidRequest) error that names the object.
///
/// Closures can run queries, which flush nothing then. Flushing, committing, rolling back, closing, savepoints and
/// statements about many rows that entities follow are `InvalidRequest` errors in a flush.
///
/// An error of a closure, which may be one of [`Error::rejected`](crate::Error::rejected), is that of the flush; nothing of the
/// transaction (or of the innermost savepoint) remains, and the session waits for a rollback. So it does after a closure that
/// panicked. Where the flush itself finds that it cannot begin, as for a row that lacks a value, what closures did before stays.
///
/// # What is no event of an object
/// Statements about many rows (`session.update`, `delete_from`, `update_by_key`, `insert_all`), rows that RETURNING gives back, and
/// what the database does by itself, as deleting children with their parent. A session that is dropped rolls back without a
/// word.
#[derive(Default)]
pub struct Events {
    listeners: Listeners,
}

impl Events {
    /// Before a flush writes, where something waits to be written.
    pub fn before_flush(&mut self, heard: impl Fn(&Session) -> Result<()> + 'static) {
        self.listeners.add(Moment::BeforeFlush, heard);
    }

    /// After a flush has written all, and everybody was told of their objects.
    pub fn after_flush(&mut self, heard: impl Fn(&Session) -> Result<()> + 'static) {
        self.listeners.add(Moment::AfterFlush, heard);
    }

    /// At the beginning of each [`commit`](Session::commit), before it flushes. An error is that of the commit, and the session
    /// waits for a rollback.
    ///
    /// Closures may flush and use savepoints, but neither commit nor roll back.
    pub fn before_commit(&mut self, heard: impl Fn(&Session) -> Result<()> + 'static) {
        self.listeners.add(Moment::BeforeCommit, heard);
    }

    /// After each commit: all is durable, so there is no error that could change that. Ending a savepoint is no commit.
    ///
    /// What a closure does with the session belongs to the next transaction. It can neither commit nor roll back; a session of
    /// its own can.
    pub fn after_commit(&mut self, heard: impl Fn(&Session) + 'static) {
        self.listeners.add(Moment::AfterCommit, told(heard));
    }

    /// After a rollback of the transaction, and after the objects became what they were before. A flush that failed has rolled
    /// back in the database; the event comes with the [`rollback`](Session::rollback) that the session waits for.
    ///
    /// As after a commit, closures can neither commit nor roll back.
    pub fn after_rollback(&mut self, heard: impl Fn(&Session) + 'static) {
        self.listeners.add(Moment::AfterRollback, told(heard));
    }

    /// After a [`Savepoint`](super::Savepoint) was rolled back alone, and the objects became what they were when it began. The
    /// transaction goes on.
    ///
    /// Closures can neither commit, nor roll back, nor begin another savepoint.
    pub fn after_savepoint_rollback(&mut self, heard: impl Fn(&Session) + 'static) {
        self.listeners
            .add(Moment::AfterSavepointRollback, told(heard));
    }

    /// Before an object of this model gets its row. What is [set](Pending::set) here is part of the INSERT.
    ///
    /// ```ignore
    /// on.before_insert::<Person>(|_, person| person.set(Person::nickname, "none"));
    /// ```
    pub fn before_insert<M: Keyed>(
        &mut self,
        heard: impl Fn(&Session, &Pending<M>) -> Result<()> + 'static,
    ) {
        self.listeners
            .add_of::<M>(Moment::BeforeInsert, move |session, instance| {
                let instance = typed::<M>(Rc::clone(instance));
                instance.map_or(Ok(()), |instance| heard(session, &Pending::new(instance)))
            });
    }

    /// After an object of this model got its row.
    pub fn after_insert<M: Keyed>(
        &mut self,
        heard: impl Fn(&Session, &Entity<M>) -> Result<()> + 'static,
    ) {
        self.of_entity(Moment::AfterInsert, heard);
    }

    /// Before the row of an entity is changed, where a column differs from what the database has. What is
    /// [edited](Entity::edit) here is part of the UPDATE.
    pub fn before_update<M: Keyed>(
        &mut self,
        heard: impl Fn(&Session, &Entity<M>) -> Result<()> + 'static,
    ) {
        self.of_entity(Moment::BeforeUpdate, heard);
    }

    /// After the row of an entity was changed.
    pub fn after_update<M: Keyed>(
        &mut self,
        heard: impl Fn(&Session, &Entity<M>) -> Result<()> + 'static,
    ) {
        self.of_entity(Moment::AfterUpdate, heard);
    }

    /// Before the row of an entity is deleted, or taken over by a new object with its key.
    pub fn before_delete<M: Keyed>(
        &mut self,
        heard: impl Fn(&Session, &Entity<M>) -> Result<()> + 'static,
    ) {
        self.of_entity(Moment::BeforeDelete, heard);
    }

    /// After the row of an entity was deleted. Its values can be read still.
    pub fn after_delete<M: Keyed>(
        &mut self,
        heard: impl Fn(&Session, &Entity<M>) -> Result<()> + 'static,
    ) {
        self.of_entity(Moment::AfterDelete, heard);
    }

    /// When an object comes into the session from a row that was read: once for each, when all rows of the query are there. Not
    /// when its values are renewed, nor when it was added and got its row by a flush.
    ///
    /// An error is that of the query; the objects are in the session nevertheless, and the other closures are not called.
    pub fn load<M: Keyed>(&mut self, heard: impl Fn(&Session, &Entity<M>) -> Result<()> + 'static) {
        self.of_entity(Moment::Load, heard);
    }

    fn of_entity<M: Keyed>(
        &mut self,
        moment: Moment,
        heard: impl Fn(&Session, &Entity<M>) -> Result<()> + 'static,
    ) {
        self.listeners
            .add_of::<M>(moment, move |session, instance| {
                let instance = typed::<M>(Rc::clone(instance));
                instance.map_or(Ok(()), |instance| heard(session, &Entity::new(instance)))
            });
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

/// A closure that can only be told.
fn told(heard: impl Fn(&Session) + 'static) -> impl Fn(&Session) -> Result<()> + 'static {
    move |session| {
        heard(session);
        Ok(())
    }
}

/// What registers closures with each session that a factory makes.
#[derive(Clone, Default)]
pub(super) struct Registrars(Vec<Arc<Register>>);

type Register = dyn Fn(&mut Events) + Send + Sync;

impl Registrars {
    pub(super) fn add(&mut self, register: impl Fn(&mut Events) + Send + Sync + 'static) {
        self.0.push(Arc::new(register));
    }

    pub(super) fn apply(&self, session: &Session) {
        for register in &self.0 {
            session.events(&**register);
        }
    }
}

impl fmt::Debug for Registrars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} registered", self.0.len())
    }
}
