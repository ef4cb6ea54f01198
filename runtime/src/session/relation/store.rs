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

use super::keys::Reference;
use crate::{
    model::{RelationInfo, TableInfo},
    session::{identity::Identity, instance::AnyInstance},
    sql::Unknown,
};

type Map<K, V> = HashMap<K, V, RandomState>;

/// The relationships of a session's objects.
#[derive(Default)]
pub(crate) struct Relations {
    /// The members of collections, by what they lead to.
    members: Map<Reference, Map<Identity, Members>>,
    /// The members of collections with a condition, by relationship and by what they lead to.
    filtered: Map<*const RelationInfo, (&'static TableInfo, Map<Identity, Members>)>,
    /// What foreign keys lead to that are not to primary keys.
    targets: Map<Reference, Map<Identity, Weak<dyn AnyInstance>>>,
    /// Foreign keys of rows that are going to lead to objects without a row, by the numbers of those that lead.
    links: Map<u64, Vec<Link>>,
}

/// The members of a collection.
struct Members {
    /// The relationship that loaded them, and so gave them their order.
    by: *const RelationInfo,
    list: Vec<Weak<dyn AnyInstance>>,
}

/// A foreign key that is going to lead to an object without a row.
#[derive(Clone)]
pub(crate) struct Link {
    /// The position of the foreign key.
    pub(crate) foreign_key: usize,
    /// Its columns, each with what it is going to have.
    pub(crate) columns: Vec<(usize, Unknown)>,
}

/// What a row led to by the foreign keys whose collections are known, before it changed.
pub(crate) struct Before(Vec<(Reference, Option<Identity>)>);

impl Relations {
    /// The members of a collection; `None` where they are not known.
    pub(crate) fn members(
        &self,
        relation: &'static RelationInfo,
        reference: Reference,
        key: &Identity,
        is_here: impl Fn(&dyn AnyInstance) -> bool,
    ) -> Option<Vec<Rc<dyn AnyInstance>>> {
        let by = std::ptr::from_ref(relation);
        let members = match relation.filter {
            Some(_) => self.filtered.get(&by)?.1.get(key)?,
            None => self.members.get(&reference)?.get(key)?,
        };
        if !relation.order.is_empty() && members.by != by {
            return None;
        }
        let list = members.list.iter().map(Weak::upgrade);
        list.map(|member| member.filter(|member| is_here(&**member)))
            .collect()
    }

    /// Whether the members of a collection are known.
    pub(crate) fn knows(
        &self,
        relation: &'static RelationInfo,
        reference: Reference,
        key: &Identity,
        is_here: impl Fn(&dyn AnyInstance) -> bool,
    ) -> bool {
        self.members(relation, reference, key, is_here).is_some()
    }

    /// Knows the members of a collection from now on.
    pub(crate) fn set_members(
        &mut self,
        relation: &'static RelationInfo,
        reference: Reference,
        key: Identity,
        members: &[Rc<dyn AnyInstance>],
    ) {
        let by = std::ptr::from_ref(relation);
        let members = Members {
            by,
            list: members.iter().map(Rc::downgrade).collect(),
        };
        match relation.filter {
            Some(_) => {
                let known = self.filtered.entry(by);
                let (_, known) = known.or_insert_with(|| (reference.table, Map::default()));
                known.insert(key, members);
            }
            None => {
                self.members
                    .entry(reference)
                    .or_default()
                    .insert(key, members);
            }
        }
    }

    /// What a foreign key with a value leads to, where that is known.
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

    /// Notes what a row leads to, before it changes.
    pub(crate) fn before(&self, child: &dyn AnyInstance) -> Option<Before> {
        if self.members.is_empty() && self.filtered.is_empty() && self.links.is_empty() {
            return None;
        }
        let references = references(child.table());
        let led = references.map(|reference| (reference, reference.of_child(child)));
        Some(Before(led.collect()))
    }

    /// A row has changed: members of collections are moved, and links are over where the foreign key was set.
    pub(crate) fn moved(&mut self, child: &Rc<dyn AnyInstance>, before: Option<Before>) {
        let Some(Before(led)) = before else { return };
        for (reference, before) in led {
            let after = reference.of_child(&**child);
            if before == after {
                continue;
            }
            self.unlink(child.head().number, reference.position);
            if let Some(before) = before {
                self.remove(reference, &before, child);
            }
            if let Some(after) = after {
                self.push(reference, &after, child);
            }
        }
        self.forget_filtered(child.table());
    }

    /// A row is there from now on.
    pub(crate) fn appeared(&mut self, child: &Rc<dyn AnyInstance>) {
        if self.members.is_empty() && self.filtered.is_empty() {
            return;
        }
        for reference in references(child.table()) {
            if let Some(key) = reference.of_child(&**child) {
                self.push(reference, &key, child);
            }
        }
        self.forget_filtered(child.table());
    }

    /// A row is no longer there, or no longer a member of anything.
    pub(crate) fn disappeared(&mut self, child: &Rc<dyn AnyInstance>) {
        if self.members.is_empty() && self.filtered.is_empty() {
            return;
        }
        for reference in references(child.table()) {
            if let Some(key) = reference.of_child(&**child) {
                self.remove(reference, &key, child);
            }
        }
        self.forget_filtered(child.table());
    }

    fn push(&mut self, reference: Reference, key: &Identity, child: &Rc<dyn AnyInstance>) {
        let known = self.members.get_mut(&reference);
        let Some(members) = known.and_then(|known| known.get_mut(key)) else {
            return;
        };
        if !members.list.iter().any(|member| is(member, child)) {
            members.list.push(Rc::downgrade(child));
        }
    }

    /// Takes a member out of a collection.
    pub(crate) fn remove(
        &mut self,
        reference: Reference,
        key: &Identity,
        child: &Rc<dyn AnyInstance>,
    ) {
        let known = self.members.get_mut(&reference);
        if let Some(members) = known.and_then(|known| known.get_mut(key)) {
            members.list.retain(|member| !is(member, child));
        }
    }

    /// Forgets the collections of an object.
    pub(crate) fn forget_of(&mut self, parent: &dyn AnyInstance) {
        for relation in parent.table().relations {
            let (table, position, _) = relation.along.foreign_key(parent.table());
            let reference = Reference { table, position };
            let Some(key) = reference.of_parent(parent) else {
                continue;
            };
            if let Some(known) = self.members.get_mut(&reference) {
                known.remove(&key);
            }
            let by = std::ptr::from_ref(relation);
            if let Some((_, known)) = self.filtered.get_mut(&by) {
                known.remove(&key);
            }
        }
    }

    /// Forgets the collections of rows of a table: it is not known how these changed.
    pub(crate) fn forget_members(&mut self, table: &'static TableInfo) {
        self.members
            .retain(|reference, _| !std::ptr::eq(reference.table, table));
        self.forget_filtered(table);
    }

    fn forget_filtered(&mut self, table: &'static TableInfo) {
        if !self.filtered.is_empty() {
            self.filtered
                .retain(|_, (of, _)| !std::ptr::eq(*of, table));
        }
    }

    /// Forgets all that was loaded.
    pub(crate) fn forget(&mut self) {
        self.members.clear();
        self.filtered.clear();
        self.targets.clear();
    }

    /// Lets a foreign key of a row lead to an object without one.
    pub(crate) fn link(&mut self, child: u64, link: Link) {
        self.unlink(child, link.foreign_key);
        self.links.entry(child).or_default().push(link);
    }

    /// A foreign key does not lead to an object without a row any more.
    pub(crate) fn unlink(&mut self, child: u64, foreign_key: usize) {
        if let Some(links) = self.links.get_mut(&child) {
            links.retain(|link| link.foreign_key != foreign_key);
            if links.is_empty() {
                self.links.remove(&child);
            }
        }
    }

    /// The foreign keys of a row that are going to lead to objects without one.
    pub(crate) fn links(&self, child: u64) -> &[Link] {
        self.links.get(&child).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn has_links(&self) -> bool {
        !self.links.is_empty()
    }

    /// The rows that the links lead from have been written, or left.
    pub(crate) fn forget_links(&mut self) {
        self.links.clear();
    }

    pub(crate) fn forget_links_of(&mut self, child: u64) {
        self.links.remove(&child);
    }
}

fn is(member: &Weak<dyn AnyInstance>, child: &Rc<dyn AnyInstance>) -> bool {
    std::ptr::addr_eq(member.as_ptr(), Rc::as_ptr(child))
}

/// The foreign keys of a table.
pub(crate) fn references(table: &'static TableInfo) -> impl Iterator<Item = Reference> {
    let positions = 0..table.foreign_keys.len();
    positions.map(move |position| Reference { table, position })
}
