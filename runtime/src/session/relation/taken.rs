//! What was joined to a query, taken into the session.

use std::{collections::HashSet, rc::Rc};

use foldhash::fast::RandomState;

use super::{
    eager::Noted,
    groups::Groups,
    joined::{Joined, JoinedRows, Joins},
};
use crate::{
    error::Result,
    model::Along,
    session::{Inner, instance::AnyInstance},
};

type Objects = Vec<Rc<dyn AnyInstance>>;

impl Inner {
    /// Takes in what was joined; gives the objects of each of the relationships behind which something is loaded.
    pub(super) fn take_joined(
        self: &Rc<Self>,
        joins: &Joins,
        noted: &Noted,
        mut rows: JoinedRows,
    ) -> Result<Vec<Objects>> {
        let joined = &joins.joined;
        let mut loaded: Vec<Objects> = joined.iter().map(|_| Vec::new()).collect();
        if joined.is_empty() {
            return Ok(loaded);
        }
        let mut members: Vec<Members> = joined.iter().map(|_| Members::default()).collect();
        let mut is_there = rows.is_there.into_iter();
        let mut loading = self.loading(0);
        for (part, rows) in joined.iter().zip(&rows.of) {
            // Many rows may lead to one.
            if !matches!(part.relation.along, Along::Own(_)) {
                rows.make_room(&mut loading);
            }
        }
        let mut ends: Vec<Option<Rc<dyn AnyInstance>>> = Vec::with_capacity(joined.len());
        for owner in &noted.of_rows {
            let owner = owner.map(|place| &noted.objects[place]);
            ends.clear();
            for (place, part) in joined.iter().enumerate() {
                let is_there = is_there.next().unwrap_or(false);
                let taken = match is_there {
                    true => rows.of[place].take(&mut loading),
                    false => None,
                };
                let end = taken.as_ref();
                let end = end.map(|(near, far)| far.as_ref().unwrap_or(near).clone());
                if joins.is_left(place) {
                    loaded[place].extend(end.clone());
                }
                let owner = match part.owner {
                    Some(owner) => ends[owner].as_ref(),
                    None => owner,
                };
                if let Some(owner) = owner {
                    members[place].add(owner, taken.map(|(near, _)| near));
                }
                ends.push(end);
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
        let (relation, reference) = (joined.relation, joined.reference);
        let mut groups = Groups::new(relation, reference, members.owners.len());
        for owner in &members.owners {
            if let Some(key) = reference.of_parent(&**owner)
                && !self.knows_collection(relation, reference, &key)
            {
                groups.open(key);
            }
        }
        self.group(&members.all, &mut groups);
        self.know(groups);
    }
}

/// What was joined to some owners.
#[derive(Default)]
struct Members {
    owners: Objects,
    all: Objects,
    known: HashSet<(u64, u64), RandomState>,
    /// The owner that came last: mostly, its members come one after the other.
    last: u64,
}

impl Members {
    fn add(&mut self, owner: &Rc<dyn AnyInstance>, member: Option<Rc<dyn AnyInstance>>) {
        let number = owner.head().number;
        if self.last != number {
            self.last = number;
            if self.known.insert((number, 0)) {
                self.owners.push(Rc::clone(owner));
            }
        }
        if let Some(member) = member
            && self.known.insert((number, member.head().number))
        {
            self.all.push(member);
        }
    }
}
