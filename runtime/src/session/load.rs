//! Rows that were read become entities.

use std::{
    cell::RefMut,
    collections::hash_map::Entry,
    rc::{Rc, Weak},
};

use super::{
    Inner,
    cohort::Cohort,
    entity::Entity,
    identity::Identity,
    instance::{AnyInstance, Instance, Status, typed},
    managed::Managed,
    objects::Objects,
};
use crate::{
    error::Result,
    model::{Keyed, TableInfo},
};

/// The rows of one query on their way into a session.
pub struct Loading<'s> {
    objects: RefMut<'s, Objects>,
    session: Weak<Inner>,
    /// What came with it, by table.
    cohorts: Vec<(&'static TableInfo, Rc<Cohort>)>,
    /// How many rows there are.
    rows: usize,
}

impl Loading<'_> {
    /// For generated code: the entity of a row. Values that the session has already, and that are not out of date, stay.
    #[doc(hidden)]
    pub fn entity<M: Keyed>(&mut self, row: M) -> Entity<M> {
        let key = M::TABLE.primary_key.iter();
        let Some(identity) = Identity::of(key.map(|column| row.field(*column).encode())) else {
            // SQLite lets a key be NULL; such a row is nobody's.
            return Entity::new(Instance::loaded(row, Status::Detached, Weak::new()));
        };
        let rows = self.objects.rows(M::TABLE);
        if rows.is_empty() {
            rows.reserve(self.rows);
        }
        let instance = match rows.entry(identity) {
            Entry::Occupied(known) => {
                let known = Rc::clone(known.get());
                let is_expired = known.head().expired.get();
                let known = typed::<M>(known).expect("a table has one model");
                if !is_expired {
                    return Entity::new(known);
                }
                known.renew(row);
                known
            }
            Entry::Vacant(place) => {
                let instance = Instance::loaded(row, Status::Persistent, self.session.clone());
                *instance.head.identity.borrow_mut() = Some(place.key().clone());
                place.insert(Rc::clone(&instance) as Rc<dyn AnyInstance>);
                instance
            }
        };
        self.cohort(M::TABLE)
            .add(&(Rc::clone(&instance) as Rc<dyn AnyInstance>));
        Entity::new(instance)
    }

    fn cohort(&mut self, table: &'static TableInfo) -> &Rc<Cohort> {
        let mut known = self.cohorts.iter();
        let place = known.position(|(known, _)| std::ptr::eq(*known, table));
        let place = place.unwrap_or_else(|| {
            self.cohorts.push((table, Rc::default()));
            self.cohorts.len() - 1
        });
        &self.cohorts[place].1
    }
}

impl Inner {
    /// Makes of the rows of a query what they are in this session.
    pub(crate) fn manage<O: Managed>(self: &Rc<Self>, rows: Vec<O>) -> Vec<O::Output> {
        let mut loading = Loading {
            objects: self.objects.borrow_mut(),
            session: Rc::downgrade(self),
            cohorts: Vec::new(),
            rows: rows.len(),
        };
        rows.into_iter()
            .map(|row| row.manage(&mut loading))
            .collect()
    }

    /// The entity of a row.
    pub(crate) fn manage_one<M: Keyed>(self: &Rc<Self>, row: M) -> Result<Entity<M>> {
        let mut loading = Loading {
            objects: self.objects.borrow_mut(),
            session: Rc::downgrade(self),
            cohorts: Vec::new(),
            rows: 1,
        };
        Ok(loading.entity(row))
    }
}
