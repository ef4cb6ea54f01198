//! Entities: shared handles to the rows of a session.

use std::{
    cell::OnceCell,
    fmt,
    hash::{Hash, Hasher},
    ops::{Deref, DerefMut},
    rc::Rc,
};

use elsa::FrozenVec;

use super::{
    Inner, Linked,
    columns::Columns,
    head::Status,
    instance::{AnyInstance, Instance, Later, Version, differing},
    object::{self, Object},
};
use crate::{
    error::{Error, ErrorKind, Result},
    model::Keyed,
    value::Value,
};

/// A row that a [`Session`](super::Session) manages: a shared handle to *the* instance of that row.
///
/// It reads like the struct itself: `ed.name`. To change it, [`edit`](Entity::edit) it. Two handles are equal where they are
/// of one instance. All else that can be asked of it is an associated function, as on `Rc`, so that columns keep their names.
///
/// What it shows is what the session knew last. It never reads from the database by itself: after a commit the values stay
/// readable, and the next query that finds the row, [`refresh`](super::Session::refresh) or `edit` renews them.
pub struct Entity<M> {
    instance: Rc<Instance<M>>,
    /// The versions behind the first that this handle has given references to. Most handles give none: lists of them stay small.
    /// Shared by nobody: with an `Rc`, the compiler has less to say where an entity is sent to another thread.
    read: OnceCell<Rc<FrozenVec<Rc<Later<M>>>>>,
}

impl<M: Keyed> Entity<M> {
    pub(crate) fn new(instance: Rc<Instance<M>>) -> Self {
        Entity {
            instance,
            read: OnceCell::new(),
        }
    }

    /// Begins a change: `ed.edit()?.name = "x".into();`. What differs when the guard is dropped is the change, and the next flush
    /// writes it. Two guards lose nothing: each publishes the fields that it changed. A guard that is dropped by a panic
    /// publishes nothing.
    ///
    /// An object whose values may be out of date is renewed before, together with those of its peers.
    ///
    /// # Errors
    /// [`Detached`](ErrorKind::Detached) where it is in no open session; [`InvalidRequest`](ErrorKind::InvalidRequest) where it is
    /// deleted, or the session waits for a rollback; [`StaleData`](ErrorKind::StaleData) where its row is gone; and whatever
    /// renewing it gives.
    pub fn edit(&self) -> Result<Edit<'_, M>> {
        let session = self.attached("edited")?;
        session.usable()?;
        if self.instance.head.doomed.get() {
            return Err(object::is_deleted(&*self.instance));
        }
        if self.instance.head.expired.get() {
            session.renew(&self.any())?;
        }
        let base = self.instance.version();
        let draft = self.instance.at(&base).clone();
        session.guards.set(session.guards.get() + 1);
        Ok(Edit {
            entity: self,
            session,
            base,
            draft: Some(draft),
        })
    }

    /// Whether the values may be out of date, so that something renews them before they are changed.
    pub fn is_expired(this: &Self) -> bool {
        this.instance.head.expired.get()
    }

    /// Whether it has changes that are not flushed.
    pub fn is_dirty(this: &Self) -> bool {
        let instance = &*this.instance;
        match instance.head.session() {
            Some(session) => session.is_changed(instance),
            None => !instance.changed().is_empty(),
        }
    }

    /// Whether its row was deleted, or the next flush deletes it.
    pub fn is_deleted(this: &Self) -> bool {
        let head = &this.instance.head;
        head.doomed.get() || head.gone.get() || head.status.get() == Status::Deleted
    }

    /// Whether it is in no session: it was let go, or the session is closed.
    pub fn is_detached(this: &Self) -> bool {
        this.instance.head.session().is_none()
    }

    pub(crate) fn instance(&self) -> &Rc<Instance<M>> {
        &self.instance
    }

    pub(crate) fn any(&self) -> Rc<dyn AnyInstance> {
        Rc::clone(&self.instance) as Rc<dyn AnyInstance>
    }

    /// The session, for something that needs one.
    fn attached(&self, what: &str) -> Result<Rc<Inner>> {
        let head = &self.instance.head;
        if head.gone.get() || head.status.get() == Status::Deleted {
            return Err(object::is_deleted(&*self.instance));
        }
        match head.session() {
            Some(session) if head.is_persistent() => Ok(session),
            _ => {
                let message = format!(
                    "{} is in no open session and cannot be {what}: get it from a session, or add it to one",
                    object::described(&*self.instance)
                );
                Err(Error::new(ErrorKind::Detached, message))
            }
        }
    }
}

impl<M: Keyed> Deref for Entity<M> {
    type Target = M;

    fn deref(&self) -> &M {
        if self.instance.is_first() {
            return self.instance.first();
        }
        let Some(newest) = self.instance.later() else {
            return self.instance.first();
        };
        let read = self.read.get_or_init(Rc::default);
        match read.last() {
            Some(last) if std::ptr::eq(last, &*newest) => &last.row,
            _ => &read.push_get(newest).row,
        }
    }
}

impl<M> Clone for Entity<M> {
    fn clone(&self) -> Self {
        Entity {
            instance: Rc::clone(&self.instance),
            read: OnceCell::new(),
        }
    }
}

impl<M> PartialEq for Entity<M> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.instance, &other.instance)
    }
}

impl<M> Eq for Entity<M> {}

impl<M> Hash for Entity<M> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Rc::as_ptr(&self.instance).hash(state);
    }
}

impl<M: Keyed + fmt::Debug> fmt::Debug for Entity<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<M: Keyed + fmt::Display> fmt::Display for Entity<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[diagnostic::do_not_recommend]
impl<M: Keyed> Linked<M> for Entity<M> {
    fn object(&self) -> u64 {
        self.instance.head.number
    }

    fn handle(&self) -> Object {
        Object::new(self.any())
    }

    fn column(&self, column: usize) -> Option<Value> {
        self.instance.value(column)
    }
}

/// A change to an [`Entity`] in the making: it reads and writes like the struct, and publishes what differs when it is dropped.
/// Where the entity has left its session meanwhile, nothing is published.
#[must_use = "nothing changes until a field is set"]
pub struct Edit<'e, M: Keyed> {
    entity: &'e Entity<M>,
    session: Rc<Inner>,
    base: Version<M>,
    /// There until it is published.
    draft: Option<M>,
}

const DRAFT: &str = "the draft is there until the guard is dropped";

impl<M: Keyed> Deref for Edit<'_, M> {
    type Target = M;

    fn deref(&self) -> &M {
        self.draft.as_ref().expect(DRAFT)
    }
}

impl<M: Keyed> DerefMut for Edit<'_, M> {
    fn deref_mut(&mut self) -> &mut M {
        self.draft.as_mut().expect(DRAFT)
    }
}

impl<M: Keyed> Edit<'_, M> {
    /// The newest version with the fields that were changed here, and which these are; `None` where there are none.
    fn merged(&mut self) -> Option<(M, Columns)> {
        let draft = self.draft.take()?;
        let instance = &self.entity.instance;
        let changed: Columns = differing(instance.at(&self.base), &draft).collect();
        if changed.is_empty() {
            return None;
        }
        if instance.is_newest(&self.base) {
            return Some((draft, changed));
        }
        let newest = instance.version();
        let mut merged = instance.at(&newest).clone();
        for column in changed.iter() {
            merged.field_mut(column).copy(draft.field(column));
        }
        Some((merged, changed))
    }
}

impl<M: Keyed> Drop for Edit<'_, M> {
    fn drop(&mut self) {
        self.session.guards.set(self.session.guards.get() - 1);
        let instance = &self.entity.instance;
        if std::thread::panicking() || !self.session.has(&**instance) {
            return;
        }
        let Some((merged, changed)) = self.merged() else {
            return;
        };
        self.session.changing(&self.entity.any(), || {
            instance.edit_of(&self.base, merged, changed);
        });
    }
}
