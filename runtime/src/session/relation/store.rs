//! What is known of relationships: which objects lead to which, as far as that was loaded.
//!
//! A collection is known by its foreign key and the value that its members have there, and not by the object at the other side. So
//! a member that leads elsewhere is moved without looking for either of them, and both directions say the same. Objects
//! are held weakly: the session holds them, and a collection with a member that has left it is not known any more.

use std::{
    collections::HashMap,
    rc::{Rc, Weak},
};

use foldhash::fast::RandomState;

use super::{
    groups::Groups,
    keys::{Reference, references},
    links::Links,
};
use crate::{
    model::{Along, RelationInfo, TableInfo},
    session::{identity::Identity, instance::AnyInstance},
};

pub(super) type Map<K, V> = HashMap<K, V, RandomState>;

/// The relationships of a session's objects.
#[derive(Default)]
pub(crate) struct Relations {
    /// The members of collections, by what they lead to.
    members: Map<Reference, Map<Identity, Members>>,
    /// The members of collections with a condition, by relationship and by what they lead to. Only the database knows what a
    /// condition looks at, so any change may give them others.
    filtered: Map<*const RelationInfo, (Reference, Map<Identity, Members>)>,
    /// What foreign keys lead to that are not to primary keys.
    targets: Map<Reference, Map<Identity, Weak<dyn AnyInstance>>>,
    pub(crate) links: Links,
}

/// The members of a collection.
pub(super) struct Members {
    /// The relationship that loaded them, and so gave them their order.
    by: *const RelationInfo,
    list: Vec<Weak<dyn AnyInstance>>,
}

impl Members {
    /// None yet, of a collection that this relationship loads.
    pub(super) fn new(relation: &'static RelationInfo) -> Self {
        Members {
            by: std::ptr::from_ref(relation),
            list: Vec::new(),
        }
    }

    /// Moves all of these here, into no more room than they take.
    pub(super) fn append(&mut self, members: &mut Vec<Weak<dyn AnyInstance>>) {
        self.list.reserve_exact(members.len());
        self.list.append(members);
    }

    pub(super) fn add_once(&mut self, member: &Rc<dyn AnyInstance>) {
        if !self.list.iter().any(|known| is(known, member)) {
            self.list.push(Rc::downgrade(member));
        }
    }
}

/// What a row led to before it changed.
pub(crate) struct Before(Vec<(Reference, Option<Identity>)>);

impl Relations {
    /// The members of a collection; `None` where they are not known.
    pub(crate) fn members(
        &self,
        relation: &'static RelationInfo,
        reference: Reference,
        key: &Identity,
    ) -> Option<&[Weak<dyn AnyInstance>]> {
        let by = std::ptr::from_ref(relation);
        let members = match relation.filter {
            Some(_) => self.filtered.get(&by)?.1.get(key)?,
            None => self.members.get(&reference)?.get(key)?,
        };
        if !relation.order.is_empty() && members.by != by {
            return None;
        }
        Some(&members.list)
    }

    /// The members of a collection, as far as they are known.
    pub(crate) fn known_members(
        &self,
        reference: Reference,
        key: &Identity,
    ) -> Vec<Rc<dyn AnyInstance>> {
        let known = self.members.get(&reference);
        let Some(members) = known.and_then(|known| known.get(key)) else {
            return Vec::new();
        };
        members.list.iter().filter_map(Weak::upgrade).collect()
    }

    /// Knows the members of these collections from now on.
    pub(crate) fn set_members(&mut self, groups: Groups) {
        let (relation, reference) = (groups.relation, groups.reference);
        let known = match relation.filter {
            Some(_) => {
                let known = self.filtered.entry(std::ptr::from_ref(relation));
                &mut known.or_insert_with(|| (reference, Map::default())).1
            }
            None => self.members.entry(reference).or_default(),
        };
        match known.is_empty() {
            true => *known = groups.finish(),
            false => known.extend(groups.finish()),
        }
    }

    /// What a foreign key with a value leads to, where that is known and not to a primary key.
    pub(crate) fn target(
        &self,
        reference: Reference,
        key: &Identity,
    ) -> Option<Rc<dyn AnyInstance>> {
        self.targets.get(&reference)?.get(key)?.upgrade()
    }

    pub(crate) fn set_target(
        &mut self,
        reference: Reference,
        key: Identity,
        target: &Rc<dyn AnyInstance>,
    ) {
        let known = self.targets.entry(reference).or_default();
        known.insert(key, Rc::downgrade(target));
    }

    /// What a row leads to now; `None` where that is nothing, or an object without a row.
    pub(crate) fn leads(&self, reference: Reference, child: &dyn AnyInstance) -> Option<Identity> {
        match self.links.of(child.head().number, reference.position) {
            Some(_) => None,
            None => reference.of_child(child),
        }
    }

    /// Notes what a row leads to, before it changes; nothing where nobody knows of it.
    pub(crate) fn before(&self, child: &dyn AnyInstance) -> Option<Before> {
        if self.knows_nothing() && self.links.is_empty() {
            return None;
        }
        let led = references(child.table())
            .map(|reference| (reference, reference.of_child(child)))
            .collect();
        Some(Before(led))
    }

    /// A row has changed: it is a member of other collections, and what was to be written by a link is over where the foreign
    /// key was set.
    pub(crate) fn moved(&mut self, child: &Rc<dyn AnyInstance>, before: Option<Before>) {
        let Some(Before(led)) = before else { return };
        // It may be found by another value from now on.
        let is_other = |reference: &Reference| !std::ptr::eq(reference.key().table, child.table());
        self.targets.retain(|reference, _| is_other(reference));
        for (reference, before) in led {
            let after = reference.of_child(&**child);
            if before == after {
                continue;
            }
            self.links.remove(child.head().number, reference.position);
            if let Some(before) = before {
                self.remove(reference, &before, child);
            }
            if let Some(after) = after {
                self.push(reference, &after, child);
            }
        }
        self.filtered.clear();
    }

    /// A foreign key leads where its columns say again, and no longer to an object without a row.
    pub(crate) fn unlinked(&mut self, reference: Reference, child: &Rc<dyn AnyInstance>) {
        let number = child.head().number;
        if self.links.of(number, reference.position).is_none() {
            return;
        }
        self.links.remove(number, reference.position);
        if let Some(key) = reference.of_child(&**child) {
            self.push(reference, &key, child);
        }
        self.filtered.clear();
    }

    /// A row is there from now on, or is going to be.
    pub(crate) fn appeared(&mut self, child: &Rc<dyn AnyInstance>) {
        if self.knows_nothing() {
            return;
        }
        for reference in references(child.table()) {
            if let Some(key) = reference.of_child(&**child) {
                self.push(reference, &key, child);
            }
        }
        self.filtered.clear();
    }

    /// An object has left the session, and its row is still there: the collections that it was in are not known any more.
    pub(crate) fn left(&mut self, child: &Rc<dyn AnyInstance>) {
        for reference in references(child.table()) {
            let keys = [
                reference.of_child(&**child),
                reference.stored_of_child(&**child),
            ];
            if let Some(known) = self.members.get_mut(&reference) {
                for key in keys.into_iter().flatten() {
                    known.remove(&key);
                }
            }
        }
        self.disappeared(child);
    }

    /// A row is no longer there, or was never to be.
    pub(crate) fn disappeared(&mut self, child: &Rc<dyn AnyInstance>) {
        self.links.remove_all(child.head().number);
        if self.knows_nothing() {
            return;
        }
        for reference in references(child.table()) {
            if let Some(key) = reference.of_child(&**child) {
                self.remove(reference, &key, child);
            }
        }
        self.filtered.clear();
        self.forget_of(&**child);
    }

    /// Takes a member out of a collection.
    pub(crate) fn remove(
        &mut self,
        reference: Reference,
        key: &Identity,
        child: &Rc<dyn AnyInstance>,
    ) {
        if let Some(members) = self.known(reference, key) {
            members.list.retain(|member| !is(member, child));
        }
    }

    fn push(&mut self, reference: Reference, key: &Identity, child: &Rc<dyn AnyInstance>) {
        if let Some(members) = self.known(reference, key) {
            members.add_once(child);
        }
    }

    fn known(&mut self, reference: Reference, key: &Identity) -> Option<&mut Members> {
        self.members.get_mut(&reference)?.get_mut(key)
    }

    fn knows_nothing(&self) -> bool {
        self.members.is_empty() && self.filtered.is_empty() && self.targets.is_empty()
    }

    /// Forgets the collections of an object, and what leads to it.
    pub(crate) fn forget_of(&mut self, parent: &dyn AnyInstance) {
        for relation in parent.table().relations {
            if let Along::Own(_) = relation.along {
                continue;
            }
            let reference = Reference::along(relation, parent.table());
            let Some(key) = reference.of_parent(parent) else {
                continue;
            };
            if let Some(known) = self.members.get_mut(&reference) {
                known.remove(&key);
            }
            if let Some(known) = self.targets.get_mut(&reference) {
                known.remove(&key);
            }
            let by = std::ptr::from_ref(relation);
            if let Some((_, known)) = self.filtered.get_mut(&by) {
                known.remove(&key);
            }
        }
    }

    /// Forgets what rows of a table lead to and are led to: it is not known how they changed.
    pub(crate) fn forget_table(&mut self, table: &'static TableInfo) {
        let concerns = |reference: &Reference| {
            std::ptr::eq(reference.table, table) || std::ptr::eq(reference.key().table, table)
        };
        self.members.retain(|reference, _| !concerns(reference));
        self.targets.retain(|reference, _| !concerns(reference));
        self.filtered.clear();
    }

    /// Forgets all that was loaded.
    pub(crate) fn forget(&mut self) {
        self.members.clear();
        self.filtered.clear();
        self.targets.clear();
    }

    /// Forgets the collections of which `is_there` says that nobody is at the other side any more.
    pub(crate) fn retain(&mut self, is_there: impl Fn(Reference, &Identity) -> bool) {
        for (reference, known) in &mut self.members {
            known.retain(|key, members| {
                is_there(*reference, key)
                    && members.list.iter().all(|member| member.strong_count() > 0)
            });
        }
        self.members.retain(|_, known| !known.is_empty());
        self.filtered.clear();
        self.targets.clear();
    }
}

fn is(member: &Weak<dyn AnyInstance>, child: &Rc<dyn AnyInstance>) -> bool {
    std::ptr::addr_eq(member.as_ptr(), Rc::as_ptr(child))
}
