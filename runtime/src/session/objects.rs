//! The objects of a session: those that it knows by their keys, and those that wait to be written.

use std::{
    collections::{HashMap, HashSet},
    rc::{Rc, Weak},
};

use foldhash::fast::RandomState;

use super::{identity::Identity, instance::AnyInstance, rows::Rows};
use crate::model::TableInfo;

/// The objects of a session.
#[derive(Default)]
pub(crate) struct Objects {
    /// Those with a row, by table and key.
    tables: Vec<(&'static TableInfo, Rows)>,
    /// The position there of the table that was asked for last.
    last: usize,
    /// Those that get their row with the next flush, in the order in which they came.
    pub(crate) new: Vec<Rc<dyn AnyInstance>>,
    /// Those with changes, perhaps.
    pub(crate) edited: Vec<Rc<dyn AnyInstance>>,
    /// Those whose row the next flush deletes.
    pub(crate) doomed: Vec<Rc<dyn AnyInstance>>,
    /// Those of them that were taken out of a relationship, by their numbers: linked to another object, they stay.
    pub(crate) orphans: HashSet<u64, RandomState>,
    /// Those that came without a row, by their numbers, so that links to them are found.
    numbered: HashMap<u64, Weak<dyn AnyInstance>, RandomState>,
}

impl Objects {
    /// The rows of a table.
    #[inline]
    pub(crate) fn rows(&mut self, table: &'static TableInfo) -> &mut Rows {
        let last = self.tables.get(self.last);
        if !last.is_some_and(|(last, _)| std::ptr::eq(*last, table)) {
            self.last = self.place_of(table);
        }
        &mut self.tables[self.last].1
    }

    /// The position of a table, which has one from now on.
    fn place_of(&mut self, table: &'static TableInfo) -> usize {
        let mut tables = self.tables.iter();
        let known = tables.position(|(known, _)| std::ptr::eq(*known, table));
        known.unwrap_or_else(|| {
            self.tables.push((table, Rows::default()));
            self.tables.len() - 1
        })
    }

    pub(crate) fn find(
        &self,
        table: &'static TableInfo,
        key: &Identity,
    ) -> Option<&Rc<dyn AnyInstance>> {
        let mut tables = self.tables.iter();
        let (_, rows) = tables.find(|(known, _)| std::ptr::eq(*known, table))?;
        rows.get(key)
    }

    /// All objects with a row.
    pub(crate) fn persistent(&self) -> impl Iterator<Item = &Rc<dyn AnyInstance>> {
        self.tables.iter().flat_map(|(_, rows)| rows.iter())
    }

    pub(crate) fn add_new(&mut self, instance: Rc<dyn AnyInstance>) {
        let number = instance.head().number;
        self.numbered.insert(number, Rc::downgrade(&instance));
        self.new.push(instance);
    }

    /// The object of a number.
    pub(crate) fn numbered(&self, number: u64) -> Option<Rc<dyn AnyInstance>> {
        self.numbered.get(&number)?.upgrade()
    }

    /// Knows an object by its key from now on, and returns another that it knew by that before.
    pub(crate) fn register(
        &mut self,
        instance: &Rc<dyn AnyInstance>,
        identity: Identity,
    ) -> Option<Rc<dyn AnyInstance>> {
        self.rows(instance.table())
            .insert(identity, Rc::clone(instance))
    }

    /// Knows an object by its key no longer.
    pub(crate) fn unregister(&mut self, instance: &Rc<dyn AnyInstance>) {
        self.rows(instance.table()).remove(instance);
    }

    /// Forgets an object altogether.
    pub(crate) fn forget(&mut self, instance: &Rc<dyn AnyInstance>) {
        let others = |other: &Rc<dyn AnyInstance>| !Rc::ptr_eq(other, instance);
        self.unregister(instance);
        self.new.retain(others);
        self.edited.retain(others);
        self.doomed.retain(others);
    }

    /// Lets go what nobody else holds.
    pub(crate) fn let_go(&mut self) {
        for (_, rows) in &mut self.tables {
            rows.let_go();
        }
        self.forget_numbers();
    }

    /// Forgets the numbers of objects that nobody holds.
    pub(crate) fn forget_numbers(&mut self) {
        self.numbered
            .retain(|_, instance| instance.strong_count() > 0);
    }

    /// Takes all objects out. Links to those that came without a row are still found, in case both are added again.
    pub(crate) fn clear(&mut self) -> Vec<Rc<dyn AnyInstance>> {
        let rows = std::mem::take(&mut self.tables).into_iter();
        let persistent = rows.flat_map(|(_, rows)| rows.into_objects());
        let all = persistent.chain(std::mem::take(&mut self.new)).collect();
        self.edited.clear();
        self.doomed.clear();
        self.orphans.clear();
        all
    }
}
