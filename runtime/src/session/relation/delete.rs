//! What goes with a row that is deleted.

use std::rc::Rc;

use super::{
    keys::{Reference, references},
    part::Parting,
    read::is_pending,
    set::orphaning,
};
use crate::{
    error::Result,
    model::{Along, OnDelete, RelationInfo, TableInfo},
    session::{
        Inner,
        instance::AnyInstance,
        plan::opening_columns,
        unit::{can_replace, given_identity, identity_of},
    },
};

type Objects = Vec<Rc<dyn AnyInstance>>;

impl Inner {
    /// Before a flush: dooms the rows that are deleted with others, and parts those that stay. What the database does by itself
    /// is left to it; gives what has to be sent for rows that are not loaded.
    pub(crate) fn cascade_deletes(self: &Rc<Self>) -> Result<Vec<Parting>> {
        self.doom_orphans()?;
        let mut partings = Vec::new();
        let mut done = 0;
        loop {
            let doomed = self.objects.borrow().doomed[done..].to_vec();
            if doomed.is_empty() {
                return Ok(partings);
            }
            done += doomed.len();
            for (table, owners) in by_table(doomed) {
                for relation in table
                    .relations
                    .iter()
                    .filter(|relation| !relation.read_only)
                {
                    partings.extend(self.cascade_delete(relation, &owners)?);
                }
            }
        }
    }

    /// Dooms rows that were parted from what they are nothing without.
    fn doom_orphans(self: &Rc<Self>) -> Result<()> {
        let edited = self.objects.borrow().edited.clone();
        for object in edited {
            if object.head().doomed.get() || !object.is_edited() {
                continue;
            }
            let is_orphaned = |reference: Reference| {
                orphaning(reference).is_some()
                    && reference.stored_of_child(&*object).is_some()
                    && reference.of_child(&*object).is_none()
                    && !self.has_link(&object, reference)
            };
            if references(object.table()).any(is_orphaned) {
                self.doom(&object)?;
            }
        }
        Ok(())
    }

    fn cascade_delete(
        self: &Rc<Self>,
        relation: &'static RelationInfo,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<Option<Parting>> {
        let Some(first) = owners.first() else {
            return Ok(None);
        };
        let reference = Reference::along(relation, first.table());
        let deletes = relation.cascade.delete;
        match (relation.along, reference.key().on_delete) {
            (Along::Own(_), _) if deletes => {
                self.load_targets(reference, owners)?;
                self.doom_all(self.targets_of(reference, owners))?;
            }
            (Along::Between { table, there, .. }, _) if deletes => {
                let pairs = self.members_of(relation, reference, owners)?;
                let onward = Reference {
                    table,
                    position: there,
                };
                self.load_targets(onward, &pairs)?;
                self.doom_all(self.targets_of(onward, &pairs))?;
            }
            (Along::Own(_) | Along::Between { .. }, _) => {}
            (Along::Other { .. }, OnDelete::Cascade) => {
                self.expunge_pending_of(reference, owners)?;
            }
            (Along::Other { .. }, _) if deletes => {
                let members = self.members_of(relation, reference, owners)?;
                self.doom_all(self.without_heirs_own(reference, owners, members))?;
            }
            (Along::Other { .. }, OnDelete::Refuse) if can_be_open(reference) => {
                return self.part_members(relation, reference, owners);
            }
            (Along::Other { .. }, OnDelete::Refuse | OnDelete::Unset) => {}
        }
        Ok(None)
    }

    fn doom_all(self: &Rc<Self>, objects: Objects) -> Result<()> {
        for object in objects {
            if is_pending(&*object) {
                self.expunge(&object)?;
            } else {
                self.doom(&object)?;
            }
        }
        Ok(())
    }

    /// What was to be inserted and goes with the row that it leads to.
    fn expunge_pending_of(
        self: &Rc<Self>,
        reference: Reference,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<()> {
        let mut new = self.objects.borrow().new.clone();
        new.retain(|new| {
            std::ptr::eq(new.table(), reference.table)
                && owners
                    .iter()
                    .any(|owner| self.leads_to(reference, new, owner))
        });
        let mut new = self.without_heirs_own(reference, owners, new).into_iter();
        new.try_for_each(|new| self.expunge(&new))
    }

    /// Without those that have no row yet and lead to one that a new object takes over: it is that object that they lead to.
    pub(super) fn without_heirs_own(
        &self,
        reference: Reference,
        owners: &[Rc<dyn AnyInstance>],
        mut members: Objects,
    ) -> Objects {
        if members.iter().any(|member| is_pending(&**member)) {
            let heirs = self.objects.borrow().new.clone();
            let is_taken_over = |owner: &&Rc<dyn AnyInstance>| {
                let mut heirs = heirs.iter();
                heirs.any(|heir| takes_over(&**heir, &***owner))
            };
            let taken_over: Vec<_> = owners.iter().filter(is_taken_over).collect();
            members.retain(|member| {
                let mut owners = taken_over.iter();
                !is_pending(&**member)
                    || !owners.any(|owner| self.leads_to(reference, member, owner))
            });
        }
        members
    }

    pub(crate) fn targets_of(
        &self,
        reference: Reference,
        children: &[Rc<dyn AnyInstance>],
    ) -> Objects {
        let target = |child: &Rc<dyn AnyInstance>| {
            let key = self.relations.borrow().leads(reference, &**child)?;
            self.find_target(reference, &key)
        };
        children.iter().filter_map(target).collect()
    }

    /// The members of the collections of some objects, loaded where they are not known.
    pub(crate) fn members_of(
        self: &Rc<Self>,
        relation: &'static RelationInfo,
        reference: Reference,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<Objects> {
        let known = |owner: &Rc<dyn AnyInstance>| {
            let key = reference.of_parent(&**owner)?;
            self.known_collection(relation, reference, &key)
        };
        self.load_members_where_missing(relation, reference, owners)?;
        Ok(owners.iter().filter_map(known).flatten().collect())
    }
}

/// Whether a foreign key can be NULL.
fn can_be_open(reference: Reference) -> bool {
    let mut columns = opening_columns(reference.table, reference.position);
    columns.next().is_some()
}

/// Whether a new object takes over the row of another.
fn takes_over(new: &dyn AnyInstance, other: &dyn AnyInstance) -> bool {
    std::ptr::eq(new.table(), other.table())
        && can_replace(new)
        && given_identity(new).is_some_and(|given| identity_of(other) == Some(given))
}

/// Objects by their tables.
pub(crate) fn by_table(objects: Objects) -> Vec<(&'static TableInfo, Objects)> {
    let mut tables: Vec<(&'static TableInfo, Objects)> = Vec::new();
    for object in objects {
        let table = object.table();
        match tables
            .iter_mut()
            .find(|(known, _)| std::ptr::eq(*known, table))
        {
            Some((_, objects)) => objects.push(object),
            None => tables.push((table, vec![object])),
        }
    }
    tables
}
