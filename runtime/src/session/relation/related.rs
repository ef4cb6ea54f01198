//! The objects that others lead to, as far as they are known: what goes along when one is let go or put out of date.

use std::{collections::HashSet, rc::Rc};

use super::{
    keys::{Reference, newest_values, references},
    read::is_pending,
};
use crate::{
    error::Result,
    model::{Along, Cascade, RelationInfo},
    session::{Inner, instance::AnyInstance},
    sql::Node,
};

type Objects = Vec<Rc<dyn AnyInstance>>;

impl Inner {
    /// An object and those that go with it by a cascade, each once, itself first.
    pub(crate) fn with_related(
        &self,
        object: &Rc<dyn AnyInstance>,
        cascades: fn(&Cascade) -> bool,
    ) -> Objects {
        let mut all = vec![Rc::clone(object)];
        let mut numbers = HashSet::from([object.head().number]);
        let mut done = 0;
        while let Some(object) = all.get(done).cloned() {
            done += 1;
            let relations = object.table().relations.iter();
            for relation in relations.filter(|relation| cascades(&relation.cascade)) {
                for related in self.related(relation, &object) {
                    if numbers.insert(related.head().number) {
                        all.push(related);
                    }
                }
            }
        }
        all
    }

    /// What a relationship leads to, as far as that is known.
    fn related(&self, relation: &'static RelationInfo, object: &Rc<dyn AnyInstance>) -> Objects {
        let reference = Reference::along(relation, object.table());
        let target = |reference: Reference, child: &Rc<dyn AnyInstance>| {
            let key = self.relations.borrow().leads(reference, &**child)?;
            self.find_target(reference, &key)
        };
        if let Along::Own(_) = relation.along {
            return target(reference, object).into_iter().collect();
        }
        let mut members = match reference.of_parent(&**object) {
            Some(key) => self.relations.borrow().known_members(reference, &key),
            None => self.leading(reference, object),
        };
        members.retain(|member| self.has(&**member));
        match relation.along {
            Along::Between { table, there, .. } => {
                let onward = Reference {
                    table,
                    position: there,
                };
                let targets = members.iter().filter_map(|pair| target(onward, pair));
                targets.collect()
            }
            Along::Own(_) | Along::Other { .. } => members,
        }
    }

    /// The objects without a row that lead to one without a row.
    fn leading(&self, reference: Reference, object: &Rc<dyn AnyInstance>) -> Objects {
        let objects = self.objects.borrow();
        let leads = |new: &&Rc<dyn AnyInstance>| {
            std::ptr::eq(new.table(), reference.table) && self.leads_to(reference, new, object)
        };
        objects.new.iter().filter(leads).cloned().collect()
    }

    /// Forgets what is known of objects that have been let go.
    pub(crate) fn tidy_relations(&self) {
        self.lazy_loads.borrow_mut().forget_queries();
        self.relations.borrow_mut().retain(|reference, key| {
            reference.leads_to_identity() && self.find(reference.key().table, key).is_some()
        });
    }

    /// The objects without a row that are going to be in a relationship to many rows.
    pub(crate) fn pending_in(
        &self,
        relation: &'static RelationInfo,
        owner: &Rc<dyn AnyInstance>,
    ) -> Objects {
        let reference = Reference::along(relation, owner.table());
        let objects = self.objects.borrow();
        let leads = |object: &&Rc<dyn AnyInstance>| {
            std::ptr::eq(object.table(), reference.table)
                && !object.head().doomed.get()
                && self.leads_to(reference, object, owner)
        };
        let Along::Between { table, there, .. } = relation.along else {
            return objects.new.iter().filter(leads).cloned().collect();
        };
        let leading = objects.new.iter().chain(&objects.edited).filter(leads);
        let onward = Reference {
            table,
            position: there,
        };
        let others = objects
            .new
            .iter()
            .filter(|new| std::ptr::eq(new.table(), onward.key().table));
        let others: Vec<_> = others.collect();
        let other = |pair: &Rc<dyn AnyInstance>| {
            let mut others = others.iter();
            others.find(|other| self.leads_to(onward, pair, other))
        };
        leading
            .filter_map(other)
            .map(|other| Rc::clone(other))
            .collect()
    }

    /// Takes the objects into the session that an object without a row leads to, and that have lost their session with it. Those
    /// that have got their rows meanwhile it leads to by their keys.
    pub(crate) fn attach_linked(self: &Rc<Self>, object: &Rc<dyn AnyInstance>) -> Result<()> {
        for reference in references(object.table()) {
            let saves = object.table().relations.iter().any(|relation| {
                relation.cascade.save
                    && matches!(relation.along, Along::Own(position) if position == reference.position)
            });
            let Some(linked) = self.linked_by(reference, object) else {
                continue;
            };
            if !is_pending(&*linked) {
                if self.has(&*linked) && linked.head().is_persistent() {
                    self.lead_by_key(reference, object, &*linked);
                }
            } else if saves && linked.head().session().is_none() {
                self.attach(&linked)?;
            }
        }
        Ok(())
    }

    fn lead_by_key(
        &self,
        reference: Reference,
        object: &Rc<dyn AnyInstance>,
        target: &dyn AnyInstance,
    ) {
        let key = reference.key();
        let values = newest_values(target, key.references).into_iter();
        let values = key.columns.iter().copied().zip(values.map(Node::Parameter));
        self.give(object, values.collect());
    }

    /// The object that a new one says it is going to lead to.
    fn linked_by(
        &self,
        reference: Reference,
        object: &Rc<dyn AnyInstance>,
    ) -> Option<Rc<dyn AnyInstance>> {
        let new = object.head().new_values();
        let number = new.iter().find_map(|assigned| match &assigned.value {
            Node::Unknown(unknown) if reference.key().columns.contains(&assigned.column) => {
                Some(unknown.object)
            }
            _ => None,
        })?;
        self.objects.borrow().numbered(number)
    }
}
