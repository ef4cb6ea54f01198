//! Collections in the making: objects sorted by what they lead to.

use std::rc::{Rc, Weak};

use super::{
    keys::Reference,
    store::{Map, Members},
};
use crate::{
    model::RelationInfo,
    session::{identity::Identity, instance::AnyInstance},
};

/// The collections of some objects, which get their members now.
pub(crate) struct Groups {
    pub(crate) relation: &'static RelationInfo,
    pub(crate) reference: Reference,
    all: Map<Identity, Members>,
    /// What the last members lead to: mostly, those of a collection come one after the other.
    last: Option<Identity>,
    /// Those members, until another comes.
    run: Vec<Weak<dyn AnyInstance>>,
}

impl Groups {
    pub(crate) fn new(
        relation: &'static RelationInfo,
        reference: Reference,
        capacity: usize,
    ) -> Self {
        Groups {
            relation,
            reference,
            all: Map::with_capacity_and_hasher(capacity, foldhash::fast::RandomState::default()),
            last: None,
            run: Vec::new(),
        }
    }

    /// Adds a collection; tells whether it was not there.
    pub(crate) fn open(&mut self, key: Identity) -> bool {
        let empty = Members::new(self.relation);
        self.all.insert(key, empty).is_none()
    }

    /// Adds a member to the collection that it leads to, where that is one of these.
    #[inline]
    pub(crate) fn add(&mut self, key: Identity, member: Weak<dyn AnyInstance>) {
        if self.last.as_ref() != Some(&key) {
            self.end_run();
            self.last = Some(key);
        }
        self.run.push(member);
    }

    /// Adds a member that may be there already.
    pub(crate) fn add_once(&mut self, key: &Identity, member: &Rc<dyn AnyInstance>) {
        self.end_run();
        if let Some(members) = self.all.get_mut(key) {
            members.add_once(member);
        }
    }

    fn end_run(&mut self) {
        if let Some(key) = self.last.take()
            && let Some(members) = self.all.get_mut(&key)
        {
            members.append(&mut self.run);
        }
        self.run.clear();
    }

    /// The collections with their members.
    pub(super) fn finish(mut self) -> Map<Identity, Members> {
        self.end_run();
        self.all
    }
}
