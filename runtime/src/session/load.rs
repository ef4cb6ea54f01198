//! Rows that were read become entities.

use std::{
    cell::RefMut,
    rc::{Rc, Weak},
};

use hashbrown::hash_table::Entry;

use super::{
    Inner,
    cohort::Cohort,
    entity::Entity,
    events::Arrivals,
    identity::Identity,
    instance::{AnyInstance, Instance, typed},
    managed::Managed,
    objects::Objects,
    relation::{Noted, groups::Groups, store::Relations},
};
use crate::{
    error::Result,
    model::{Keyed, TableInfo},
};

/// The rows of one query on their way into a session.
pub struct Loading<'s> {
    objects: RefMut<'s, Objects>,
    relations: RefMut<'s, Relations>,
    session: Weak<Inner>,
    /// With what the next one was read.
    cohort: Cohort,
    /// For how many rows there is to be room in tables of which the session has none yet.
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
        let entity = Entity::new(self.found_or_new(row).0);
        if let Some(noted) = &mut self.noted {
            noted.push(entity.any());
        }
        entity
    }

    /// The object of a row, as [`entity`](Loading::entity).
    pub(crate) fn object<M: Keyed>(&mut self, row: M) -> Rc<dyn AnyInstance> {
        self.found_or_new(row).0
    }

    /// Sorts the object of a row by what it leads to now: a new one leads where its row says, and of another see
    /// [`Relations::leads`].
    #[inline]
    pub(crate) fn group<M: Keyed>(&mut self, row: M, groups: &mut Groups) {
        let reference = groups.reference;
        let columns = reference.key().columns;
        let led = Identity::of_fields(columns, |column| row.field(column));
        let (object, is_new) = self.found_or_new(row);
        let led = match is_new {
            true => led,
            false => self.relations.leads(reference, &*object),
        };
        if let Some(key) = led {
            let member: Weak<Instance<M>> = Rc::downgrade(&object);
            groups.add(key, member);
        }
    }

    /// Makes room for so many rows of a table of which the session has none yet.
    pub(crate) fn make_room(&mut self, table: &'static TableInfo, count: usize) {
        let rows = self.objects.rows(table);
        if rows.is_empty() {
            rows.reserve(count);
        }
    }

    /// The object of a row, and whether it is made of that.
    #[inline]
    fn found_or_new<M: Keyed>(&mut self, row: M) -> (Rc<Instance<M>>, bool) {
        let field = |column| row.field(column);
        let Some(key) = Identity::of_fields(M::TABLE.primary_key, field) else {
            // SQLite lets a key be NULL; such a row is nobody's.
            return (Instance::detached(row), true);
        };
        let rows = self.objects.rows(M::TABLE);
        if rows.is_empty() {
            rows.reserve(self.rows);
        }
        let known = match rows.entry(&key) {
            Entry::Occupied(known) => Rc::clone(known.get()),
            Entry::Vacant(place) => {
                self.cohort.place = self.cohort.place.saturating_add(1);
                let new = Instance::loaded(row, key, self.cohort, self.session.clone());
                place.insert(Rc::clone(&new) as Rc<dyn AnyInstance>);
                if let Some(arrivals) = &mut self.arrivals {
                    arrivals.note(M::TABLE, || Rc::clone(&new) as Rc<dyn AnyInstance>);
                }
                return (new, true);
            }
        };
        let instance = typed::<M>(Rc::clone(&known)).expect("a table has one model");
        if instance.head.expired.get() {
            let before = self.relations.before(&*known);
            instance.renew(row);
            self.relations.moved(&known, before);
            self.cohort.place = self.cohort.place.saturating_add(1);
            instance.head.set_cohort(self.cohort);
        }
        (instance, false)
    }

    /// All rows are there; gives who is to be told of.
    pub(crate) fn end(self) -> Option<Arrivals> {
        self.arrivals
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
        let arrivals = loading.end();
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
