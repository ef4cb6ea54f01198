//! The rows of a table in between that lead to two objects.

use std::{collections::HashSet, rc::Rc};

use super::{
    keys::Reference,
    read::{Asked, is_pending},
};
use crate::{
    error::Result,
    session::{Inner, instance::AnyInstance},
};

impl Inner {
    /// The rows in between that lead both to the owner and to an object at the other side, flushed or not.
    pub(super) fn pairs(
        self: &Rc<Self>,
        asked: Asked<'_>,
        onward: Reference,
        member: &Rc<dyn AnyInstance>,
    ) -> Result<Vec<Rc<dyn AnyInstance>>> {
        let is_pair = |pair: &Rc<dyn AnyInstance>| {
            !pair.head().doomed.get()
                && self.leads_to(asked.reference(), pair, asked.owner)
                && self.leads_to(onward, pair, member)
        };
        let mut found: Vec<_> = {
            let objects = self.objects.borrow();
            let new = objects.new.iter();
            let new = new.filter(|new| std::ptr::eq(new.table(), onward.table));
            new.cloned().collect()
        };
        if !is_pending(&**asked.owner) && !is_pending(&**member) {
            found.extend(self.stored_pairs(asked, onward, member)?);
        }
        let mut seen = HashSet::new();
        found.retain(|pair| is_pair(pair) && seen.insert(pair.head().number));
        Ok(found)
    }

    /// The rows in between that the database has, or the session in its place: all of the collection where that is known.
    fn stored_pairs(
        self: &Rc<Self>,
        asked: Asked<'_>,
        onward: Reference,
        member: &Rc<dyn AnyInstance>,
    ) -> Result<Vec<Rc<dyn AnyInstance>>> {
        let reference = asked.reference();
        let Some(key) = reference.of_parent(&**asked.owner) else {
            return Ok(Vec::new());
        };
        let known = self.known_collection(asked.relation, reference, &key);
        if let Some(known) = known {
            self.renew_expired(&known)?;
            return Ok(known);
        }
        self.load_pairs(reference, asked.owner, onward, member)
    }
}
