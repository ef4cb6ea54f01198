//! Foreign keys of rows that are going to lead to objects without one.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::sql::Unknown;

/// A foreign key of an object with a row that is going to lead to an object without one.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    /// The position of the foreign key.
    pub(crate) foreign_key: usize,
    /// Its columns, each with what it is going to have.
    pub(crate) columns: Vec<(usize, Unknown)>,
}

impl Link {
    /// The number of the object that it leads to.
    pub(crate) fn object(&self) -> Option<u64> {
        self.columns.first().map(|(_, unknown)| unknown.object)
    }
}

/// The links of a session, by the numbers of the objects that lead. A flush writes them, and they are over.
#[derive(Default)]
pub(crate) struct Links(HashMap<u64, Vec<Link>, RandomState>);

impl Links {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one in the place of what there was of that foreign key.
    pub(crate) fn add(&mut self, child: u64, link: Link) {
        self.remove(child, link.foreign_key);
        self.0.entry(child).or_default().push(link);
    }

    /// The link of a foreign key.
    pub(crate) fn of(&self, child: u64, foreign_key: usize) -> Option<&Link> {
        if self.0.is_empty() {
            return None;
        }
        let mut links = self.0.get(&child)?.iter();
        links.find(|link| link.foreign_key == foreign_key)
    }

    /// All links of an object.
    pub(crate) fn all_of(&self, child: u64) -> &[Link] {
        if self.0.is_empty() {
            return &[];
        }
        self.0.get(&child).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn remove(&mut self, child: u64, foreign_key: usize) {
        if let Some(links) = self.0.get_mut(&child) {
            links.retain(|link| link.foreign_key != foreign_key);
            if links.is_empty() {
                self.0.remove(&child);
            }
        }
    }

    pub(crate) fn remove_all(&mut self, child: u64) {
        self.0.remove(&child);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
