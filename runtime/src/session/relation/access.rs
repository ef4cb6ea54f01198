//! What generated accessors call.

use std::{panic::Location, rc::Rc};

use super::{Collection, WriteOnly, read::Asked};
use crate::{
    error::{Error, ErrorKind, Result},
    model::{Keyed, RelationInfo},
    query::Relationship,
    session::{
        Entity, Inner, Linked, Object, Pending,
        instance::{AnyInstance, typed},
        object::{described, is_deleted},
    },
};

/// The only row at the other side.
///
/// # Errors
/// As [`optional`]; [`NoResult`](ErrorKind::NoResult) where there is none.
#[track_caller]
pub fn one<A: Keyed, B: Keyed, N>(from: Object, along: Relationship<A, B, N>) -> Result<Entity<B>> {
    let from = Side::new(from, along.info());
    let target = from.session()?.target(from.asked())?;
    let none = || {
        let message = format!("{} leads to no row", from.asked().described());
        Error::new(ErrorKind::NoResult, message)
    };
    target.map(entity).ok_or_else(none)
}

/// The row at the other side, where there is one.
///
/// # Errors
/// Those of the database, and of a flush before; [`NoResult`](ErrorKind::NoResult) where the row is gone that is led to,
/// [`MultipleResults`](ErrorKind::MultipleResults) where several lead here; [`Detached`](ErrorKind::Detached) where the object is in
/// no open session; [`InvalidRequest`](ErrorKind::InvalidRequest) where it is deleted, where loading was switched off, or objects without
/// a row are concerned while autoflush is off.
#[track_caller]
pub fn optional<A: Keyed, B: Keyed, N>(
    from: Object,
    along: Relationship<A, B, N>,
) -> Result<Option<Entity<B>>> {
    let from = Side::new(from, along.info());
    let target = from.session()?.target(from.asked())?;
    Ok(target.map(entity))
}

/// The rows at the other side.
///
/// # Errors
/// As [`optional`].
#[track_caller]
pub fn many<A: Keyed, B: Keyed, N>(
    from: Object,
    along: Relationship<A, B, N>,
) -> Result<Collection<B>> {
    let from = Side::new(from, along.info());
    let session = from.session()?;
    let list = match session.members_at_hand(from.asked()) {
        Some(list) => list,
        None => {
            let members = session.members(from.asked())?;
            members.into_iter().map(entity).collect()
        }
    };
    Ok(Collection::new(from, list))
}

/// The other side, without its rows.
#[track_caller]
pub fn write_only<A: Keyed, B: Keyed, N>(
    from: Object,
    along: Relationship<A, B, N>,
) -> WriteOnly<B> {
    WriteOnly::new(Side::new(from, along.info()))
}

/// Links to the row at the other side.
///
/// # Errors
/// [`Detached`](ErrorKind::Detached) where the object is in no open session; [`InvalidRequest`](ErrorKind::InvalidRequest) where one of
/// both is deleted, or in another session; and what renewing an object that is out of date gives.
#[track_caller]
pub fn set_one<A: Keyed, B: Keyed, N>(
    from: Object,
    along: Relationship<A, B, N>,
    to: Object,
) -> Result<()> {
    let from = Side::new(from, along.info());
    let to = to.into_instance();
    from.session()?.set_target(from.asked(), Some(&to))
}

/// Links to a row at the other side, or to none.
///
/// # Errors
/// As [`set_one`].
#[track_caller]
pub fn set_optional<A: Keyed, B: Keyed, N>(
    from: Object,
    along: Relationship<A, B, N>,
    to: Option<Object>,
) -> Result<()> {
    let from = Side::new(from, along.info());
    let to = to.map(Object::into_instance);
    from.session()?.set_target(from.asked(), to.as_ref())
}

impl<A: Keyed, B: Keyed, N> Relationship<A, B, N> {
    /// The objects without a row that are going to be in the relationship with the next flush, in the order in which they came: what
    /// reading it with autoflush off leaves to be asked for.
    ///
    /// ```ignore
    /// let added = hobby.pers()?.add(&session.add(Person::insert().name("ed")))?;
    /// assert_eq!(Hobby::pers.pending(&hobby).len(), 1);
    /// ```
    pub fn pending(self, from: &(impl Linked<A> + ?Sized)) -> Vec<Pending<B>> {
        let owner = from.handle().into_instance();
        let Some(session) = owner.head().session() else {
            return Vec::new();
        };
        let pending = session.pending_in(self.info(), &owner).into_iter();
        pending
            .filter_map(|object| typed::<B>(object).map(Pending::new))
            .collect()
    }
}

/// An object and one of its relationships, asked for at some place.
#[derive(Clone)]
pub(super) struct Side {
    pub(super) owner: Rc<dyn AnyInstance>,
    pub(super) relation: &'static RelationInfo,
    at: &'static Location<'static>,
}

impl Side {
    #[track_caller]
    fn new(owner: Object, relation: &'static RelationInfo) -> Side {
        Side {
            owner: owner.into_instance(),
            relation,
            at: Location::caller(),
        }
    }

    pub(super) fn asked(&self) -> Asked<'_> {
        Asked {
            owner: &self.owner,
            relation: self.relation,
            at: self.at,
        }
    }

    /// The session of the object.
    pub(super) fn session(&self) -> Result<Rc<Inner>> {
        let head = self.owner.head();
        if head.gone.get() {
            return Err(is_deleted(&*self.owner));
        }
        head.session().ok_or_else(|| {
            let message = format!(
                "{} is in no open session, so that `{}` cannot be followed: get it from a session, or add it to one",
                described(&*self.owner),
                self.relation.name
            );
            Error::new(ErrorKind::Detached, message)
        })
    }
}

pub(super) fn entity<B: Keyed>(object: Rc<dyn AnyInstance>) -> Entity<B> {
    Entity::new(typed(object).expect("a relationship leads to one model"))
}
