//! Following relationships from an object, for all its peers at once.

use std::{
    panic::Location,
    rc::{Rc, Weak},
};

use super::keys::Reference;
use crate::{
    error::{Error, ErrorKind, Result},
    model::{Along, Keyed, Load, RelationInfo},
    session::{
        Entity, Identity, Inner, cohort,
        head::{Head, Status},
        instance::{AnyInstance, typed},
        object::described,
    },
};

/// So often something is looked for again because looking for it changed it: a flush, a row that has gone.
const TRIES: usize = 5;

/// A relationship of an object, as it is asked for somewhere.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) owner: &'a Rc<dyn AnyInstance>,
    pub(crate) relation: &'static RelationInfo,
    pub(crate) at: &'static Location<'static>,
}

impl Asked<'_> {
    pub(crate) fn reference(&self) -> Reference {
        Reference::along(self.relation, self.owner.table())
    }

    /// The relationship in a message: "`pers` of Hobby 3".
    pub(crate) fn described(&self) -> String {
        format!("`{}` of {}", self.relation.name, described(&**self.owner))
    }

    fn refused(&self, why: &str) -> Error {
        let message = format!("{} {why}", self.described());
        Error::new(ErrorKind::InvalidRequest, message)
    }
}

impl Inner {
    /// What a relationship to one row leads to.
    pub(crate) fn target(self: &Rc<Self>, asked: Asked<'_>) -> Result<Option<Rc<dyn AnyInstance>>> {
        if !matches!(asked.relation.along, Along::Own(_)) {
            let mut members = self.members(asked)?.into_iter();
            return match (members.next(), members.next()) {
                (_, Some(_)) => Err(several(asked)),
                (first, None) => Ok(first),
            };
        }
        self.make_ready(asked)?;
        let reference = asked.reference();
        if self.has_link(asked.owner, reference) {
            self.flush_for(asked)?;
        }
        let Some(key) = reference.of_child(&**asked.owner) else {
            return Ok(None);
        };
        if let Some(target) = self.find_target(reference, &key) {
            return self.up_to_date(asked, target).map(Some);
        }
        self.autoflush_for(asked)?;
        // The flush may have inserted it, or changed what leads to it.
        let Some(key) = reference.of_child(&**asked.owner) else {
            return Ok(None);
        };
        if self.find_target(reference, &key).is_none() {
            self.index_targets(reference);
        }
        if self.find_target(reference, &key).is_none() {
            self.note_lazy_load(asked)?;
            let children = self.peers(asked);
            self.load_targets(reference, &children)?;
            self.load_behind(asked.relation, &children)?;
        }
        let target = self
            .find_target(reference, &key)
            .ok_or_else(|| gone(asked))?;
        self.up_to_date(asked, target).map(Some)
    }

    /// What a relationship to many rows leads to, where nothing needs to be looked at more closely for that: it is known, and
    /// the owner and all members have rows, and are up to date. What [`members`](Inner::members) gives then, at less cost.
    pub(crate) fn members_at_hand<B: Keyed>(&self, asked: Asked<'_>) -> Option<Vec<Entity<B>>> {
        let head = asked.owner.head();
        if !matches!(asked.relation.along, Along::Other { .. })
            || self.usable().is_err()
            || !self.is_at_hand(head)
        {
            return None;
        }
        let reference = asked.reference();
        let key = reference.of_parent(&**asked.owner)?;
        let relations = self.relations.borrow();
        let known = relations.members(asked.relation, reference, &key)?;
        let mut members = Vec::with_capacity(known.len());
        for member in known {
            let member = typed::<B>(member.upgrade()?)?;
            if !self.is_at_hand(&member.head) {
                return None;
            }
            members.push(Entity::new(member));
        }
        Some(members)
    }

    /// Whether an object is here with its row, and nothing is to happen to it.
    #[inline]
    fn is_at_hand(&self, head: &Head) -> bool {
        head.is_persistent() && !head.expired.get() && !head.doomed.get() && head.is_in(self)
    }

    /// What a relationship to many rows leads to: the rows at the other side, also of a table in between.
    pub(crate) fn members(self: &Rc<Self>, asked: Asked<'_>) -> Result<Vec<Rc<dyn AnyInstance>>> {
        let mut members = self.nearest(asked)?;
        let Along::Between { table, there, .. } = asked.relation.along else {
            return Ok(members);
        };
        let onward = Reference {
            table,
            position: there,
        };
        if members.iter().any(|pair| self.has_link(pair, onward)) {
            self.flush_for(asked)?;
            members = self.nearest(asked)?;
        }
        if self.is_missing(onward, &members) {
            // The flush may insert it, or change what leads to it.
            self.autoflush_for(asked)?;
            members = self.nearest(asked)?;
            self.load_targets_where_missing(onward, &members)?;
        }
        let mut targets = Vec::with_capacity(members.len());
        for pair in &members {
            let key = onward.of_child(&**pair);
            let target = key.and_then(|key| self.find_target(onward, &key));
            targets.push(target.ok_or_else(|| gone(asked))?);
        }
        self.renew_expired(&targets)?;
        Ok(targets)
    }

    /// Loads the other side of pairs where the session has let it go.
    pub(crate) fn load_targets_where_missing(
        self: &Rc<Self>,
        onward: Reference,
        pairs: &[Rc<dyn AnyInstance>],
    ) -> Result<()> {
        match self.is_missing(onward, pairs) {
            true => self.load_targets(onward, pairs),
            false => Ok(()),
        }
    }

    /// Whether something that a foreign key of some objects leads to is not in the session.
    fn is_missing(&self, onward: Reference, pairs: &[Rc<dyn AnyInstance>]) -> bool {
        let is_here = |pair: &Rc<dyn AnyInstance>| {
            let key = onward.of_child(&**pair);
            key.is_none_or(|key| self.find_target(onward, &key).is_some())
        };
        !pairs.iter().all(is_here)
    }

    /// The rows that lead to an object: those at the other side, or those in between.
    pub(crate) fn nearest(self: &Rc<Self>, asked: Asked<'_>) -> Result<Vec<Rc<dyn AnyInstance>>> {
        self.make_ready(asked)?;
        for _ in 0..TRIES {
            let Some(mut members) = self.known_or_loaded(asked)? else {
                return Ok(Vec::new());
            };
            let standing = Standing::of(&members);
            if standing.pending {
                self.flush_for(asked)?;
                continue;
            }
            if standing.expired {
                // Renewed, it may lead elsewhere.
                self.renew_expired(&members)?;
                if Standing::of(&members).expired {
                    self.relations.borrow_mut().forget_of(&**asked.owner);
                }
                continue;
            }
            if standing.doomed {
                members.retain(|member| !member.head().doomed.get());
            }
            return Ok(members);
        }
        Err(asked.refused("changes whenever it is looked for"))
    }

    /// The members of a collection, which are loaded where they are not known; `None` where nothing can lead to the object.
    fn known_or_loaded(
        self: &Rc<Self>,
        asked: Asked<'_>,
    ) -> Result<Option<Vec<Rc<dyn AnyInstance>>>> {
        let reference = asked.reference();
        let find = || {
            let key = reference.of_parent(&**asked.owner)?;
            Some(self.known_collection(asked.relation, reference, &key))
        };
        match find() {
            None => return Ok(None),
            Some(Some(known)) => return Ok(Some(known)),
            Some(None) => {}
        }
        self.autoflush_for(asked)?;
        if let Some(None) = find() {
            self.note_lazy_load(asked)?;
            let owners = self.peers(asked);
            self.load_members(asked.relation, &owners)?;
            self.load_behind(asked.relation, &owners)?;
        }
        match find() {
            Some(None) => Err(asked.refused("cannot be loaded")),
            None => Ok(None),
            Some(known) => Ok(known),
        }
    }

    /// The members of a collection, where all are known and in the session.
    pub(crate) fn known_collection(
        &self,
        relation: &'static RelationInfo,
        reference: Reference,
        key: &Identity,
    ) -> Option<Vec<Rc<dyn AnyInstance>>> {
        let relations = self.relations.borrow();
        let known = relations.members(relation, reference, key)?;
        let mut members = Vec::with_capacity(known.len());
        for member in known {
            members.push(self.here(member)?);
        }
        Some(members)
    }

    /// Whether all members of a collection are known and in the session.
    pub(crate) fn knows_collection(
        &self,
        relation: &'static RelationInfo,
        reference: Reference,
        key: &Identity,
    ) -> bool {
        let relations = self.relations.borrow();
        let known = relations.members(relation, reference, key);
        known.is_some_and(|known| known.iter().all(|member| self.here(member).is_some()))
    }

    /// A member of a collection, where the session has it.
    #[inline]
    fn here(&self, member: &Weak<dyn AnyInstance>) -> Option<Rc<dyn AnyInstance>> {
        let member = member.upgrade()?;
        let head = member.head();
        (head.is_in(self) && head.status.get() != Status::Deleted).then_some(member)
    }

    /// The objects for which a relationship is loaded together with one.
    fn peers(&self, asked: Asked<'_>) -> Vec<Rc<dyn AnyInstance>> {
        let fits = |peer: &dyn AnyInstance| {
            let head = peer.head();
            let is_usable = !head.expired.get() && !head.doomed.get();
            is_usable && head.is_persistent() && self.has(peer)
        };
        let peers = {
            let mut objects = self.objects.borrow_mut();
            cohort::all(asked.owner, objects.rows(asked.owner.table()), fits)
        };
        let reference = asked.reference();
        let is_known = |peer: &Rc<dyn AnyInstance>| match asked.relation.along {
            Along::Own(_) => {
                let key = self.relations.borrow().leads(reference, &**peer);
                key.is_none_or(|key| self.find_target(reference, &key).is_some())
            }
            Along::Other { .. } | Along::Between { .. } => {
                let key = reference.of_parent(&**peer);
                key.is_none_or(|key| self.knows_collection(asked.relation, reference, &key))
            }
        };
        let unknown = peers.into_iter().filter(|peer| !is_known(peer));
        cohort::nearest(unknown.collect(), asked.owner)
    }

    /// An object that has a row and is up to date, or an error.
    fn make_ready(self: &Rc<Self>, asked: Asked<'_>) -> Result<()> {
        self.usable()?;
        if is_pending(&**asked.owner) {
            self.own(&**asked.owner)?;
            self.flush_for(asked)?;
        }
        self.persistent(&**asked.owner)?;
        if asked.owner.head().expired.get() {
            self.renew(asked.owner)?;
        }
        Ok(())
    }

    fn up_to_date(
        self: &Rc<Self>,
        asked: Asked<'_>,
        target: Rc<dyn AnyInstance>,
    ) -> Result<Rc<dyn AnyInstance>> {
        if target.head().expired.get() {
            self.renew_with_peers(&target)?;
        }
        if target.head().expired.get() {
            return Err(gone(asked));
        }
        Ok(target)
    }

    /// Flushes where queries do that. The owner may go with that.
    fn autoflush_for(self: &Rc<Self>, asked: Asked<'_>) -> Result<()> {
        self.autoflush()?;
        self.persistent(&**asked.owner)
    }

    /// Flushes objects without a row that are part of what is asked for.
    fn flush_for(self: &Rc<Self>, asked: Asked<'_>) -> Result<()> {
        if self.autoflushes() {
            self.flush()?;
            return self.persistent(&**asked.owner);
        }
        Err(asked.refused(
            "has objects without a row, and autoflush is off: flush the session first, or list them with `pending`",
        ))
    }

    /// Counts that a relationship is loaded because it was asked for, where that is allowed.
    fn note_lazy_load(&self, asked: Asked<'_>) -> Result<()> {
        let query = asked.owner.head().cohort().query;
        let is_raised = asked.relation.load == Load::Raise
            || self.options.raise_on_lazy_load
            || self.lazy_loads.borrow().is_raised(query, asked.relation);
        if is_raised {
            return Err(asked.refused(
                "is not loaded, and loading it when it is asked for is switched off: load it with the query, by `.eager(…)`",
            ));
        }
        self.lazy_loads.borrow_mut().add(asked, &self.options);
        Ok(())
    }

    pub(crate) fn has_link(&self, child: &Rc<dyn AnyInstance>, reference: Reference) -> bool {
        let relations = self.relations.borrow();
        let number = child.head().number;
        relations.links.of(number, reference.position).is_some()
    }
}

/// What has to be looked at more closely of some objects, because it is so of one of them.
#[derive(Default)]
struct Standing {
    pending: bool,
    expired: bool,
    doomed: bool,
}

impl Standing {
    fn of(objects: &[Rc<dyn AnyInstance>]) -> Self {
        let mut standing = Standing::default();
        for object in objects {
            let head = object.head();
            standing.pending |= head.is_pending();
            standing.expired |= head.expired.get();
            standing.doomed |= head.doomed.get();
        }
        standing
    }
}

pub(crate) fn is_pending(instance: &dyn AnyInstance) -> bool {
    instance.head().is_pending()
}

/// A row that another leads to is not there.
pub(crate) fn gone(asked: Asked<'_>) -> Error {
    let message = format!(
        "{} leads to a row of `{}` that is not there",
        asked.described(),
        asked.relation.target(asked.owner.table()).name
    );
    Error::new(ErrorKind::NoResult, message)
}

fn several(asked: Asked<'_>) -> Error {
    let message = format!(
        "{} is to be one row, and there are several",
        asked.described()
    );
    Error::new(ErrorKind::MultipleResults, message)
}
