//! The session: one object for each row, whose changes are written together.
//!
//! A [`Session`] is the place where objects live while a program works with them. What is read through it becomes an
//! [`Entity`], of which there is one for each row; what is [added](Session::add) is a [`Pending`] until a flush gives it its
//! row. A flush writes all that changed, in an order that the foreign keys and unique keys allow, in as few statements as the
//! database takes. [`commit`](Session::commit) flushes and commits; a session that is dropped rolls back.
//!
//! ```ignore
//! let session = Session::new(&engine);
//! let chess = session.add(Hobby::insert().caption("chess"));
//! session.add(Person::insert().name("ed").hobby(&chess));
//! session.commit()?;
//!
//! let ed = session.query::<Person>().filter(Person::name.eq("ed")).one()?;
//! ed.edit()?.name = "eddie".into();
//! session.commit()?;
//! ```

mod add;
mod bulk;
mod cohort;
mod columns;
mod entity;
mod evaluate;
mod events;
mod factory;
mod few;
mod flush;
mod head;
mod identity;
mod inner;
mod instance;
mod instances;
mod journal;
mod link;
mod load;
mod managed;
mod merge;
mod new_values;
mod object;
mod objects;
mod pending;
mod plan;
pub(crate) mod relation;
mod renew;
mod rows;
mod savepoint;
mod scoped;
mod transact;
mod transaction;
mod unit;
mod unmanaged;
mod write;

use std::{fmt, rc::Rc};

pub use add::IntoSession;
pub use bulk::Synchronize;
pub use entity::{Edit, Entity};
pub use events::Events;
pub use factory::SessionFactory;
pub(crate) use identity::Identity;
pub(crate) use inner::Inner;
pub use instances::Instances;
pub use link::{Linked, MaybeLinked};
pub use load::Loading;
pub use managed::Managed;
pub use object::{Change, Object};
pub use pending::Pending;
pub(crate) use relation::Fetch;
pub use relation::{Collection, Eager, LazyLoad, WriteOnly};
pub use savepoint::Savepoint;
pub use scoped::ScopedSession;
pub(crate) use write::batch::{Batch, RowUpdate};

use self::instance::AnyInstance;
use crate::{
    connection::Connection,
    engine::Engine,
    error::{Error, ErrorKind, Result},
    model::{IntoKey, Keyed},
    query::{Complete, Insertion},
};

/// The objects that a program works with, and the transaction that they are in: see the [module](self) of the same name.
///
/// It belongs to one thread, as its objects do. Its connection is taken with the first statement, and given back by
/// [`commit`](Session::commit), [`rollback`](Session::rollback) and [`close`](Session::close). Dropped, it rolls back.
pub struct Session {
    inner: Rc<Inner>,
    /// Whether it ends the session when it is dropped. One that is lent to a closure does not.
    is_owner: bool,
}

impl Session {
    /// A session with the usual options: see [`SessionFactory`] for others. Nothing is opened yet.
    pub fn new(engine: &Engine) -> Session {
        SessionFactory::new(engine).session()
    }

    pub(crate) fn of(inner: Rc<Inner>) -> Session {
        Session {
            inner,
            is_owner: true,
        }
    }

    /// The session, to be lent to a closure.
    pub(crate) fn view(inner: &Rc<Inner>) -> Session {
        Session {
            inner: Rc::clone(inner),
            is_owner: false,
        }
    }

    pub(crate) fn inner(&self) -> &Rc<Inner> {
        &self.inner
    }

    /// Adds a row that the next flush inserts: `session.add(Person::insert().name("ed"))` gives a [`Pending`].
    ///
    /// A foreign key may be left out that an object gives (`.hobby(&pending)`); it is looked for when the row is flushed.
    ///
    /// Objects that were in a session before can be added again, which gives a `Result`: a [`Pending`] whose row a rollback
    /// took, and an [`Entity`] that is in no session any more. That is [`InvalidRequest`](ErrorKind::InvalidRequest) where the
    /// object is in another session, is deleted, or where this session has another object for the same row.
    pub fn add<W, I, X: IntoSession<W>>(&self, new: X) -> X::Added
    where
        Insertion: Complete<X::Model, X::Given, X::Own, I>,
    {
        new.add_to(self)
    }

    /// Adds several rows: [`add`](Session::add) for each of them.
    pub fn add_all<W, I, X: IntoSession<W>>(
        &self,
        all: impl IntoIterator<Item = X>,
    ) -> Vec<X::Added>
    where
        Insertion: Complete<X::Model, X::Given, X::Own, I>,
    {
        all.into_iter().map(|new| new.add_to(self)).collect()
    }

    /// Lets the next flush delete the row of an entity.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where the entity is in another session or was deleted before.
    pub fn delete<M: Keyed>(&self, entity: &Entity<M>) -> Result<()> {
        self.inner.delete(&entity.any())
    }

    /// The entity with this primary key, or `None`. One that the session knows is given without a statement, unless its values
    /// may be out of date; else the session is flushed before, where autoflush is on.
    ///
    /// # Errors
    /// Those of the flush and of the database; [`InvalidRequest`](ErrorKind::InvalidRequest) where the session waits for a
    /// rollback.
    pub fn get<M: Keyed>(&self, key: impl IntoKey<M::Key>) -> Result<Option<Entity<M>>> {
        self.inner.get::<M>(&key.into_key())
    }

    /// Renews an entity by what the database has; changes of it that are not flushed are dropped.
    ///
    /// # Errors
    /// [`StaleData`](ErrorKind::StaleData) where its row is gone; [`InvalidRequest`](ErrorKind::InvalidRequest) where it is not
    /// in this session.
    pub fn refresh<M: Keyed>(&self, entity: &Entity<M>) -> Result<()> {
        self.inner.refresh(&entity.any())
    }

    /// Marks an entity as out of date: its changes that are not flushed are dropped, and whatever needs its values next renews
    /// it. What was read from it stays readable.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where it is not in this session.
    pub fn expire<M: Keyed>(&self, entity: &Entity<M>) -> Result<()> {
        self.inner.expire(&entity.any()).map(drop)
    }

    /// Marks all entities as out of date, as [`expire`](Session::expire) does.
    pub fn expire_all(&self) {
        self.inner.expire_all();
    }

    /// Lets an entity go: its changes that are not flushed are dropped, and it is in no session any more. No rollback brings it
    /// back.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where it is not in this session.
    pub fn expunge<M: Keyed>(&self, entity: &Entity<M>) -> Result<()> {
        self.inner.expunge(&entity.any())
    }

    /// Lets an object go that waits for its row; it is not inserted.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where it is not in this session.
    pub fn expunge_pending<M: Keyed>(&self, pending: &Pending<M>) -> Result<()> {
        self.inner.expunge(&pending.any())
    }

    /// Brings a row from elsewhere into the session: where the session or the database has one of this key, its columns take
    /// the values; else it is added.
    ///
    /// # Errors
    /// As [`get`](Session::get); [`StaleData`](ErrorKind::StaleData) where the table has a version column and the row's version
    /// is another.
    pub fn merge<M: Keyed>(&self, row: M) -> Result<Pending<M>> {
        self.inner.merge(row)
    }

    /// The objects that the next flush inserts, in the order in which they were added.
    pub fn new_objects(&self) -> Vec<Object> {
        let objects = self.inner.objects.borrow();
        objects.new.iter().cloned().map(Object::new).collect()
    }

    /// The objects that the next flush updates: those with a column that differs from what the database has.
    pub fn dirty(&self) -> Vec<Object> {
        let objects = self.inner.objects.borrow();
        let dirty = |instance: &&Rc<dyn AnyInstance>| {
            !instance.head().doomed.get() && self.inner.is_changed(&***instance)
        };
        let dirty = objects.edited.iter().filter(dirty);
        dirty.cloned().map(Object::new).collect()
    }

    /// The objects that the next flush deletes.
    pub fn deleted(&self) -> Vec<Object> {
        let objects = self.inner.objects.borrow();
        objects.doomed.iter().cloned().map(Object::new).collect()
    }

    /// Which relationships were loaded because they were asked for, at which places of the program, and how often; those with the
    /// most statements first. A place with many is where a query loads objects without what is needed of them: `.eager(…)` there
    /// makes it one statement. See also [`SessionFactory::raise_on_lazy_load`].
    pub fn lazy_loads(&self) -> Vec<LazyLoad> {
        self.inner.lazy_loads.borrow().list()
    }

    /// Whether the entity is in this session.
    pub fn contains<M: Keyed>(&self, entity: &Entity<M>) -> bool {
        self.inner.has(&*entity.any()) && entity.any().head().is_persistent()
    }

    /// The number of entities that the session knows.
    pub fn known(&self) -> usize {
        self.inner.objects.borrow().persistent().count()
    }

    /// Writes all changes to the database, within the transaction. Nothing happens where nothing changed.
    ///
    /// # Errors
    /// Whatever the database refuses; [`StaleData`](ErrorKind::StaleData) where a row that was to be changed is gone or has
    /// another version. After such an error nothing of the transaction (or of the innermost savepoint) remains, and the session
    /// waits for [`rollback`](Session::rollback). [`InvalidRequest`](ErrorKind::InvalidRequest), after which all is as before,
    /// where an [`Edit`] is open, a row lacks a value, or rows lead to each other in a circle. Those of [events](Events).
    pub fn flush(&self) -> Result<()> {
        self.inner.flush()
    }

    /// Flushes, commits, and gives the connection back. Entities are out of date from then on, unless that is
    /// [off](SessionFactory::expire_on_commit); what nobody holds is let go.
    ///
    /// # Errors
    /// As [`flush`](Session::flush); and where the database cannot commit, after which the session waits for a rollback.
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) in an event of a flush, commit or rollback, and within
    /// [`transact`](Session::transact).
    pub fn commit(&self) -> Result<()> {
        self.inner.not_within_transact("committed")?;
        self.inner.commit()
    }

    /// Rolls back the transaction and gives the connection back. Objects are what they were when it began: what was added has
    /// no row and no session, what was deleted is there, and entities are out of date.
    ///
    /// # Errors
    /// When the database cannot roll back; the objects are restored nevertheless, and the connection is closed.
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) in an event of a flush, commit or rollback, and within
    /// [`transact`](Session::transact).
    pub fn rollback(&self) -> Result<()> {
        self.inner.not_within_transact("rolled back")?;
        self.inner.rollback()
    }

    /// Lets all objects go, rolls back, and gives the connection back. The session can be used again.
    ///
    /// # Errors
    /// As [`rollback`](Session::rollback).
    pub fn close(&self) -> Result<()> {
        self.inner.not_within_transact("closed")?;
        self.inner.close()
    }

    /// Lets all objects go; changes that are not flushed are dropped. The transaction stays open.
    pub fn clear(&self) {
        self.inner.clear();
    }

    /// Whether a transaction is open: something was added, deleted, changed, or sent since the last commit or rollback.
    pub fn in_transaction(&self) -> bool {
        self.inner.journal.borrow().depth() > 0
    }

    /// Registers closures that are told of what this session does: see [`Events`]. They come behind those that are there, and are
    /// called from the next event on.
    ///
    /// ```ignore
    /// session.events(|on| {
    ///     on.before_insert::<Person>(|_, person| person.set(Person::nickname, "none"));
    ///     on.after_delete::<Person>(|session, person| {
    ///         session.add(Farewell::insert().name(&person.name));
    ///         Ok(())
    ///     });
    ///     on.after_commit(|_| println!("saved"));
    /// });
    /// ```
    pub fn events(&self, register: impl FnOnce(&mut Events)) {
        self.inner.events.add(register);
    }

    /// How many statements this session has sent to the database so far, also those that failed. What begins and ends transactions
    /// and savepoints does not count, nor what is done by a driver's own connection; a statement that is sent once with many sets
    /// of values counts for each of them.
    pub fn statements(&self) -> u64 {
        self.inner.statements()
    }

    /// Runs `work` without flushing before queries.
    pub fn without_autoflush<T>(&self, work: impl FnOnce() -> T) -> T {
        let _off = self.inner.hold_autoflush();
        work()
    }

    /// Begins a savepoint; everything is flushed before. See [`Savepoint`].
    ///
    /// # Errors
    /// As [`flush`](Session::flush).
    pub fn savepoint(&self) -> Result<Savepoint<'_>> {
        Savepoint::begin(self)
    }

    /// Hands the connection of the session's transaction to `work`, for statements that know no objects: SQL by hand, streams,
    /// inserts of many rows. The session is flushed before, where autoflush is on.
    ///
    /// # Errors
    /// As [`flush`](Session::flush); what `work` returns.
    pub fn with_connection<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.inner.autoflush()?;
        let connection = self.inner.connection()?;
        work(&connection)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.is_owner {
            self.inner.abandon();
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let objects = self.inner.objects.borrow();
        f.debug_struct("Session")
            .field("number", &self.inner.number)
            .field("known", &objects.persistent().count())
            .field("new", &objects.new.len())
            .field("deleted", &objects.doomed.len())
            .finish_non_exhaustive()
    }
}

/// The error of an operation that needs a session in order.
fn waits_for_rollback(cause: &str) -> Error {
    let message = format!(
        "the transaction of this session was rolled back by a failed flush: call `rollback()` before anything else. The flush said: {cause}"
    );
    Error::new(ErrorKind::InvalidRequest, message)
}
