//! Rows that were read become entities.

use std::{
    cell::RefMut,
    rc::{Rc, Weak},
};

use super::{
    Inner,
    cohort::Cohort,
    entity::Entity,
    events::Arrivals,
    flush::identity_of,
    identity::Identity,
    instance::{AnyInstance, Instance, Status, typed},
    managed::Managed,
    objects::Objects,
    relation::{Noted, store::Relations},
};
use crate::{error::Result, model::Keyed};

/// The rows of one query on their way into a session.
pub struct Loading<'s> {
    objects: RefMut<'s, Objects>,
    relations: RefMut<'s, Relations>,
    session: Weak<Inner>,
    /// With what the next one was read.
    cohort: Cohort,
    /// How many rows there are.
    rows: usize,
    /// The objects that rows became, where somebody asks for them.
    noted: Option<Vec<Rc<dyn AnyInstance>>>,
    /// Who came, where somebody wants to know.
    arrivals: Option<Arrivals>,
}

impl Loading<'_> {
    /// For generated code: the entity of a row. Values that the session has already, and that are not out of date, stay.
    #[doc(hidden)]
    pub fn entity<M: Keyed>(&mut self, row: M) -> Entity<M> {
        let entity = self.found_or_new(row);
        if let Some(noted) = &mut self.noted {
            noted.push(entity.any());
        }
        entity
    }

    fn found_or_new<M: Keyed>(&mut self, row: M) -> Entity<M> {
        let value = |column| row.field(column).encode();
        let Some(identity) = Identity::of_columns(M::TABLE.primary_key, value) else {
            // SQLite lets a key be NULL; such a row is nobody's.
            return Entity::new(Instance::loaded(row, Status::Detached, Weak::new()));
        };
        let rows = self.objects.rows(M::TABLE);
        if rows.is_empty() {
            rows.reserve(self.rows);
        }
        let session = &self.session;
        let mut row = Some(row);
        let mut new = None;
        let known = rows.get_or_insert(identity, || {
            let row = row.take().expect("a row becomes one object");
            let instance = Instance::loaded(row, Status::Persistent, session.clone());
            Rc::clone(new.insert(instance)) as Rc<dyn AnyInstance>
        });
        let instance = match new {
            Some(new) => {
                if let Some(arrivals) = &mut self.arrivals {
                    arrivals.note(M::TABLE, || Rc::clone(&new) as Rc<dyn AnyInstance>);
                }
                new
            }
            None => {
                let is_expired = known.head().expired.get();
                let known = typed::<M>(Rc::clone(known)).expect("a table has one model");
                match row {
                    Some(row) if is_expired => {
                        let before = self.relations.before(&*known);
                        known.renew(row);
                        let known = Rc::clone(&known) as Rc<dyn AnyInstance>;
                        self.relations.moved(&known, before);
                    }
                    _ => return Entity::new(known),
                }
                known
            }
        };
        self.cohort.place += 1;
        instance.head.cohort.set(self.cohort);
        Entity::new(instance)
    }

    /// The object of a row, in the place of one that was made of the row and is in no session.
    pub(crate) fn take(&mut self, read: Rc<dyn AnyInstance>) -> Rc<dyn AnyInstance> {
        let Some(identity) = identity_of(&*read) else {
            return read;
        };
        let rows = self.objects.rows(read.table());
        let known = Rc::clone(rows.get_or_insert(identity, || Rc::clone(&read)));
        let head = known.head();
        if Rc::ptr_eq(&known, &read) {
            if let Some(arrivals) = &mut self.arrivals {
                arrivals.note(known.table(), || Rc::clone(&known));
            }
            head.status.set(Status::Persistent);
            *head.session.borrow_mut() = self.session.clone();
        } else if head.expired.get() {
            let before = self.relations.before(&*known);
            known.renew_from(read);
            self.relations.moved(&known, before);
        } else {
            return known;
        }
        self.cohort.place += 1;
        head.cohort.set(self.cohort);
        known
    }
}

impl Inner {
    /// Makes of the rows of a query what they are in this session.
    ///
    /// # Errors
    /// Those of who is told of them.
    pub(crate) fn manage<O: Managed>(self: &Rc<Self>, rows: Vec<O>) -> Result<Vec<O::Output>> {
        let mut loading = self.loading(rows.len());
        let rows = rows.into_iter();
        let rows = rows.map(|row| row.manage(&mut loading)).collect();
        self.loaded(loading)?;
        Ok(rows)
    }

    /// The same, and which objects they became.
    pub(crate) fn manage_noting<O: Managed>(
        self: &Rc<Self>,
        rows: Vec<O>,
    ) -> Result<(Vec<O::Output>, Noted)> {
        let mut loading = self.loading(rows.len());
        loading.noted = Some(Vec::new());
        let mut of_rows = Vec::with_capacity(rows.len());
        let mut count = 0;
        let managed = rows.into_iter().map(|row| {
            let row = row.manage(&mut loading);
            let noted = loading.noted.as_ref().map_or(0, Vec::len);
            of_rows.push((noted > count).then_some(count));
            count = noted;
            row
        });
        let managed = managed.collect();
        let objects = loading.noted.take().unwrap_or_default();
        self.loaded(loading)?;
        Ok((managed, Noted { objects, of_rows }))
    }

    /// The entity of a row.
    ///
    /// # Errors
    /// Those of who is told of it.
    pub(crate) fn manage_one<M: Keyed>(self: &Rc<Self>, row: M) -> Result<Entity<M>> {
        let mut loading = self.loading(1);
        let entity = loading.entity(row);
        self.loaded(loading)?;
        Ok(entity)
    }

    /// All rows of a query are there.
    pub(crate) fn loaded(self: &Rc<Self>, loading: Loading<'_>) -> Result<()> {
        let Loading {
            objects,
            relations,
            arrivals,
            ..
        } = loading;
        drop((objects, relations));
        arrivals.map_or(Ok(()), |arrivals| self.tell_loaded(&arrivals))
    }

    pub(crate) fn loading(self: &Rc<Self>, rows: usize) -> Loading<'_> {
        let query = self.queries.get() + 1;
        self.queries.set(query);
        Loading {
            objects: self.objects.borrow_mut(),
            relations: self.relations.borrow_mut(),
            session: Rc::downgrade(self),
            cohort: Cohort { query, place: 0 },
            rows,
            noted: None,
            arrivals: self.arrivals(),
        }
    }
}
