//! What was joined to a query, taken into the session.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use foldhash::fast::RandomState;

use super::{
    eager::Noted,
    joined::{Joined, JoinedRow},
};
use crate::{
    error::Result,
    model::Along,
    session::{Inner, Loading, instance::AnyInstance},
};

type Objects = Vec<Rc<dyn AnyInstance>>;

impl Inner {
    /// Takes in what was joined; gives the objects of each of the relationships.
    pub(super) fn take_joined(
        self: &Rc<Self>,
        joined: &[Joined],
        noted: &Noted,
        rows: Vec<JoinedRow>,
    ) -> Result<Vec<Objects>> {
        let mut loaded: Vec<Objects> = joined.iter().map(|_| Vec::new()).collect();
        if joined.is_empty() {
            return Ok(loaded);
        }
        let mut members: Vec<Members> = joined.iter().map(|_| Members::default()).collect();
        let mut rows = rows.into_iter();
        let mut loading = self.loading(rows.len());
        for owner in &noted.of_rows {
            let owner = owner.map(|place| Rc::clone(&noted.objects[place]));
            let mut ends: Vec<Option<Rc<dyn AnyInstance>>> = Vec::with_capacity(joined.len());
            for (place, part) in joined.iter().enumerate() {
                let read = rows.next().flatten();
                let owner = match part.owner {
                    Some(owner) => ends[owner].clone(),
                    None => owner.clone(),
                };
                let taken = read.map(|read| take_pair(&mut loading, read));
                let end = taken
                    .as_ref()
                    .map(|(near, far)| far.as_ref().unwrap_or(near));
                ends.push(end.cloned());
                loaded[place].extend(end.cloned());
                if let Some(owner) = owner {
                    members[place].add(&owner, taken.map(|(near, _)| near));
                }
            }
        }
        self.loaded(loading)?;
        for (part, members) in joined.iter().zip(members) {
            self.know_joined(part, members);
        }
        Ok(loaded)
    }

    /// Knows what was joined, where that was not known before.
    fn know_joined(&self, joined: &Joined, members: Members) {
        if let Along::Own(_) = joined.relation.along {
            self.know_targets(joined.reference, &members.all);
            return;
        }
        let mut groups = HashMap::default();
        for owner in &members.owners {
            if let Some(key) = joined.reference.of_parent(&**owner)
                && self
                    .known_collection(joined.relation, joined.reference, &key)
                    .is_none()
            {
                groups.insert(key, Vec::new());
            }
        }
        self.group(joined.reference, members.all, &mut groups);
        self.know(joined.relation, joined.reference, groups);
    }
}

fn take_pair(
    loading: &mut Loading<'_>,
    (near, far): (Rc<dyn AnyInstance>, Option<Rc<dyn AnyInstance>>),
) -> (Rc<dyn AnyInstance>, Option<Rc<dyn AnyInstance>>) {
    let far = far.map(|far| loading.take(far));
    (loading.take(near), far)
}

/// What was joined to some owners.
#[derive(Default)]
struct Members {
    owners: Objects,
    all: Objects,
    known: HashSet<(u64, u64), RandomState>,
}

impl Members {
    fn add(&mut self, owner: &Rc<dyn AnyInstance>, member: Option<Rc<dyn AnyInstance>>) {
        let number = owner.head().number;
        if self.known.insert((number, 0)) {
            self.owners.push(Rc::clone(owner));
        }
        if let Some(member) = member
            && self.known.insert((number, member.head().number))
        {
            self.all.push(member);
        }
    }
}
