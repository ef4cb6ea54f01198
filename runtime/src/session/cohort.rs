//! What came from the database together, and is renewed together.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use super::instance::AnyInstance;

/// The objects of one model that one query gave.
#[derive(Default)]
pub(crate) struct Cohort {
    members: RefCell<Vec<Weak<dyn AnyInstance>>>,
}

/// The greatest number of peers that are renewed with an object.
const PEERS: usize = 1_000;

impl Cohort {
    pub(crate) fn add(self: &Rc<Self>, instance: &Rc<dyn AnyInstance>) {
        self.members.borrow_mut().push(Rc::downgrade(instance));
        *instance.head().cohort.borrow_mut() = Some(Rc::clone(self));
    }

    /// The members that are still there and that `fits` takes, among them the given one; of a large cohort those around it.
    pub(crate) fn around(
        &self,
        instance: &Rc<dyn AnyInstance>,
        fits: impl Fn(&dyn AnyInstance) -> bool,
    ) -> Vec<Rc<dyn AnyInstance>> {
        let members = self.members.borrow();
        let is_it =
            |member: &Weak<dyn AnyInstance>| member.as_ptr().addr() == Rc::as_ptr(instance).addr();
        let place = members.iter().position(is_it).unwrap_or(0);
        let start = place.saturating_sub(PEERS / 2);
        let there = members[start..].iter().filter_map(Weak::upgrade);
        there.filter(|member| fits(&**member)).take(PEERS).collect()
    }
}
