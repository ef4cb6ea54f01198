//! The many rows at the other side of a relationship.

use std::{fmt, ops::Deref, slice, vec};

use super::{access::Side, condition::leads_to};
use crate::{
    error::{Error, ErrorKind, Result},
    model::Keyed,
    query::{Select, Tables, Ungrouped},
    session::{Entity, Linked, Pending, Session, instance::typed},
};

/// The rows that a relationship leads to, as they were when it was asked for: a list of entities that can be read and iterated, and
/// changed by [`add`](Collection::add), [`remove`](Collection::remove) and [`replace`](Collection::replace).
///
/// A change is one of the objects: their foreign keys are set, or rows of the table in between come and go, with the next flush. The
/// other direction shows it at once, and so does this list, but for objects without a row: the relationship has them when it is
/// asked for again.
#[derive(Clone)]
pub struct Collection<B> {
    side: Side,
    list: Vec<Entity<B>>,
}

impl<B: Keyed> Collection<B> {
    pub(super) fn new(side: Side, list: Vec<Entity<B>>) -> Self {
        Collection { side, list }
    }

    /// Adds an object, which leaves another collection for that where it can be in one only. Adding one that is here changes
    /// nothing. An object that is in no session is taken into that of the collection.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where the object is deleted or in another session, or the relationship can
    /// only be read.
    pub fn add(&mut self, member: &impl Linked<B>) -> Result<()> {
        let object = member.handle().into_instance();
        self.side
            .session()?
            .add_member(self.side.asked(), &object)?;
        if let Some(instance) = typed::<B>(object).filter(|instance| instance.head.is_persistent())
        {
            let member = Entity::new(instance);
            if !self.list.contains(&member) {
                self.list.push(member);
            }
        }
        Ok(())
    }

    /// Takes an object out. It leads nowhere from then on; where the schema says `delete_orphan`, the next flush deletes its row,
    /// unless it was added elsewhere before. Of a many-to-many relationship the pair goes, and the object stays.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where it is not here, or its foreign key cannot be NULL.
    pub fn remove(&mut self, member: &impl Linked<B>) -> Result<()> {
        let object = member.handle().into_instance();
        self.side
            .session()?
            .remove_member(self.side.asked(), &object)?;
        let number = object.head().number;
        self.list
            .retain(|member| member.instance().head.number != number);
        Ok(())
    }

    /// Makes these the members: what is not among them is [removed](Collection::remove), what is not here is
    /// [added](Collection::add).
    ///
    /// # Errors
    /// As the two of them.
    pub fn replace<'m, L: Linked<B> + 'm>(
        &mut self,
        members: impl IntoIterator<Item = &'m L>,
    ) -> Result<()> {
        let members: Vec<&L> = members.into_iter().collect();
        let stays = |number: u64| members.iter().any(|member| member.object() == number);
        let leaving: Vec<Entity<B>> = self
            .list
            .iter()
            .filter(|member| !stays(member.instance().head.number))
            .cloned()
            .collect();
        leaving.iter().try_for_each(|member| self.remove(member))?;
        for pending in self.pending()? {
            if !stays(pending.object()) {
                self.remove(&pending)?;
            }
        }
        members.into_iter().try_for_each(|member| self.add(member))
    }

    /// [Removes](Collection::remove) all members.
    ///
    /// # Errors
    /// As removing each.
    pub fn clear(&mut self) -> Result<()> {
        self.replace::<Entity<B>>([])
    }

    /// Brings rows from elsewhere into the session, as [`merge`](crate::Session::merge) does, and makes them the members. Each leads to the
    /// owner of the collection, whatever its columns say.
    ///
    /// # Errors
    /// As merging and [replacing](Collection::replace); [`InvalidRequest`](ErrorKind::InvalidRequest) where the schema does not let
    /// merging reach that far.
    pub fn merge(&mut self, rows: impl IntoIterator<Item = B>) -> Result<()> {
        let session = self.side.session()?;
        if !self.side.relation.cascade.merge {
            return Err(self.not_merged());
        }
        // A row may lead elsewhere until it is a member.
        let _held = session.hold_autoflush();
        let merged = rows.into_iter().map(|row| session.merge(row));
        let merged: Vec<Pending<B>> = merged.collect::<Result<_>>()?;
        self.replace(&merged)
    }

    fn not_merged(&self) -> Error {
        let message = format!(
            "nothing is merged along {}, for its cascades do not say `merge`",
            self.side.asked().described()
        );
        Error::new(ErrorKind::InvalidRequest, message)
    }

    /// The objects without a row that were added.
    fn pending(&self) -> Result<Vec<Pending<B>>> {
        let session = self.side.session()?;
        let pending = session.pending_in(self.side.relation, &self.side.owner);
        let pending = pending.into_iter().filter_map(typed::<B>);
        Ok(pending.map(Pending::new).collect())
    }
}

impl<B> Deref for Collection<B> {
    type Target = [Entity<B>];

    fn deref(&self) -> &[Entity<B>] {
        &self.list
    }
}

impl<B> IntoIterator for Collection<B> {
    type Item = Entity<B>;
    type IntoIter = vec::IntoIter<Entity<B>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'c, B> IntoIterator for &'c Collection<B> {
    type Item = &'c Entity<B>;
    type IntoIter = slice::Iter<'c, Entity<B>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<B: Keyed + fmt::Debug> fmt::Debug for Collection<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.list).finish()
    }
}

/// A relationship to many rows that are not loaded: it is added to and removed from without them, and queried.
pub struct WriteOnly<B> {
    side: Side,
    rows: std::marker::PhantomData<B>,
}

impl<B: Keyed> WriteOnly<B> {
    pub(super) fn new(side: Side) -> Self {
        WriteOnly {
            side,
            rows: std::marker::PhantomData,
        }
    }

    /// Adds an object: see [`Collection::add`].
    ///
    /// # Errors
    /// As there; [`Detached`](crate::ErrorKind::Detached) where the owner is in no open session.
    pub fn add(&self, member: &impl Linked<B>) -> Result<()> {
        let object = member.handle().into_instance();
        self.side.session()?.add_member(self.side.asked(), &object)
    }

    /// Starts a query for the rows, on the session of the owner; it can be filtered, ordered and limited as any other.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where the owner is in another session. Where it has no row yet, running
    /// the query is that error.
    pub fn query<'s>(
        &self,
        session: &'s Session,
    ) -> Result<Select<B::Scope, B::Output, Ungrouped, &'s Session>>
    where
        B: Tables,
    {
        session.inner().own(&*self.side.owner)?;
        let condition = leads_to(self.side.asked(), B::ALIAS);
        Ok(session.query_where::<B>(condition))
    }

    /// Takes an object out: see [`Collection::remove`].
    ///
    /// # Errors
    /// As there; [`Detached`](crate::ErrorKind::Detached) where the owner is in no open session.
    pub fn remove(&self, member: &impl Linked<B>) -> Result<()> {
        let object = member.handle().into_instance();
        self.side
            .session()?
            .remove_member(self.side.asked(), &object)
    }
}
