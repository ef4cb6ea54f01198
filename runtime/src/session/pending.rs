//! Objects that may not have a row yet.

mod columns;

use std::{fmt, rc::Rc};

use super::{
    Linked,
    entity::Entity,
    head::Status,
    instance::{AnyInstance, Instance},
    object::{self, Object},
};
use crate::{
    error::{Error, ErrorKind, Result},
    model::Keyed,
    value::Value,
};

/// An object that was added to a [`Session`](super::Session): the next flush inserts its row.
///
/// It can stand for its key before there is one: `Person::insert().hobby(&pending)`.
pub struct Pending<M> {
    instance: Rc<Instance<M>>,
}

impl<M: Keyed> Pending<M> {
    pub(crate) fn new(instance: Rc<Instance<M>>) -> Self {
        Pending { instance }
    }

    /// The key of its row; `None` while it has none, and after a rollback that took it.
    pub fn id(&self) -> Option<M::Key> {
        let instance = &self.instance;
        self.has_row().then(|| {
            let version = instance.version();
            instance.at(&version).key()
        })
    }

    /// The entity of its row. Where that is not inserted yet, the session is flushed, unless its autoflush is off.
    ///
    /// # Errors
    /// Those of the flush; [`InvalidRequest`](ErrorKind::InvalidRequest) where autoflush is off; [`Detached`](ErrorKind::Detached)
    /// where it has neither a row nor a session.
    pub fn entity(&self) -> Result<Entity<M>> {
        if !self.has_row() {
            let session = self
                .instance
                .head
                .session()
                .ok_or_else(|| self.transient())?;
            if !session.autoflushes() {
                let message = format!(
                    "{} has no row yet: flush the session first",
                    object::described(&*self.instance)
                );
                return Err(Error::new(ErrorKind::InvalidRequest, message));
            }
            session.flush()?;
            if !self.has_row() {
                // An event let it go.
                return Err(self.transient());
            }
        }
        Ok(Entity::new(Rc::clone(&self.instance)))
    }

    pub(crate) fn any(&self) -> Rc<dyn AnyInstance> {
        Rc::clone(&self.instance) as Rc<dyn AnyInstance>
    }

    fn has_row(&self) -> bool {
        let status = self.instance.head.status.get();
        !matches!(status, Status::Transient | Status::Pending) && self.instance.has_values()
    }

    fn transient(&self) -> Error {
        let message = format!(
            "{} has no row and is in no session: add it to one",
            object::described(&*self.instance)
        );
        Error::new(ErrorKind::Detached, message)
    }
}

impl<M> Clone for Pending<M> {
    fn clone(&self) -> Self {
        Pending {
            instance: Rc::clone(&self.instance),
        }
    }
}

impl<M> PartialEq for Pending<M> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.instance, &other.instance)
    }
}

impl<M> Eq for Pending<M> {}

impl<M> PartialEq<Entity<M>> for Pending<M>
where
    M: Keyed,
{
    fn eq(&self, other: &Entity<M>) -> bool {
        Rc::ptr_eq(&self.instance, other.instance())
    }
}

impl<M: Keyed> fmt::Debug for Pending<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pending({})", object::described(&*self.instance))
    }
}

#[diagnostic::do_not_recommend]
impl<M: Keyed> Linked<M> for Pending<M> {
    fn object(&self) -> u64 {
        self.instance.head.number
    }

    fn handle(&self) -> Object {
        Object::new(self.any())
    }

    fn column(&self, column: usize) -> Option<Value> {
        self.has_row()
            .then(|| self.instance.value(column))
            .flatten()
    }
}
