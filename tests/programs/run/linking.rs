//! Operations that link objects to each other, and part them.

use super::{Run, Step, expect};
use crate::{
    choose::pick,
    handle::Handle,
    model::{Outcome, State},
    related::{self, Change},
    relation::{Along, Relation},
    row::Table,
};

impl Run<'_> {
    /// Sets a relationship to one row.
    pub(super) fn link(&mut self, [a, b, c]: [u8; 3]) -> Step {
        let relation = Relation::TO_ONE[usize::from(a) % 7];
        let autoflushes = !(a / 7).is_multiple_of(3);
        let Some(owner) = self.one_of(relation.from(), b, c) else {
            return Ok(());
        };
        let is_none = relation.is_optional() && (a / 21).is_multiple_of(4);
        let to = self.one_of(relation.to(), (c / 16) ^ b, b.rotate_left(2) ^ a);
        let to = to.filter(|_| !is_none);
        if to.is_none() && !relation.is_optional() {
            return Ok(());
        }
        match relation.along() {
            Along::Own(column) => {
                let result = self.linked(relation, owner, to, autoflushes);
                self.arrive()?;
                expect(&result, self.model.set(owner, column, to))
            }
            _ => self.link_back(relation, owner, to, autoflushes),
        }
    }

    fn linked(
        &self,
        relation: Relation,
        owner: usize,
        to: Option<usize>,
        autoflushes: bool,
    ) -> aludel::Result<()> {
        let handle = |object: usize| self.handles[object].as_ref();
        let Some(owner) = handle(owner) else {
            return Ok(());
        };
        let link = || related::link(relation, owner, to.and_then(handle));
        match autoflushes {
            true => link(),
            false => self.session.without_autoflush(link),
        }
    }

    /// Sets the other side of a relationship to one row.
    fn link_back(
        &mut self,
        relation: Relation,
        owner: usize,
        to: Option<usize>,
        autoflushes: bool,
    ) -> Step {
        let (Some(column), Some(before)) =
            (relation.back(), self.reach(relation, owner, autoflushes)?)
        else {
            return Ok(());
        };
        if to.is_some_and(|to| !self.model.objects[to].is_attached) {
            return Ok(());
        }
        let result = self.linked(relation, owner, to, autoflushes);
        self.arrive()?;
        expect(&result, self.model.set_back(owner, column, to, &before))
    }

    pub(super) fn member_add(&mut self, numbers: [u8; 3]) -> Step {
        let [_, b, c] = numbers;
        self.change(numbers, Change::Add, |run, relation, _| {
            let member = run.one_of(relation.to(), b.rotate_left(3) ^ c, b.rotate_left(2) ^ c);
            member.into_iter().collect()
        })
    }

    pub(super) fn member_remove(&mut self, numbers: [u8; 3]) -> Step {
        let [_, b, c] = numbers;
        self.change(numbers, Change::Remove, |run, relation, members| {
            let member = match c % 5 {
                0 => None,
                _ => pick(members, b.rotate_left(3)),
            };
            let other = || run.one_of(relation.to(), b.rotate_left(3) ^ c, b.rotate_left(2) ^ c);
            member.or_else(other).into_iter().collect()
        })
    }

    pub(super) fn members_replace(&mut self, numbers: [u8; 3]) -> Step {
        let [_, b, c] = numbers;
        self.change(numbers, Change::Replace, |run, relation, members| {
            let kept = members.iter().copied();
            let mut chosen: Vec<usize> = match c % 3 {
                0 => Vec::new(),
                1 => kept.collect(),
                _ => kept.skip(1).collect(),
            };
            let new = (0..c / 3 % 3).filter_map(|step| {
                run.one_of(
                    relation.to(),
                    b.rotate_left(3) ^ c.wrapping_add(step),
                    b.rotate_left(2) ^ c,
                )
            });
            chosen.extend(new);
            chosen
        })
    }

    /// Changes a collection. The members are known before, so that the change itself flushes nothing.
    fn change(
        &mut self,
        [a, b, c]: [u8; 3],
        change: Change,
        choose: impl FnOnce(&Self, Relation, &[usize]) -> Vec<usize>,
    ) -> Step {
        let relation = Relation::TO_MANY[usize::from(a) % 7];
        let autoflushes = !(a / 7).is_multiple_of(3);
        let Some(owner) = self.one_of(relation.from(), b, c) else {
            return Ok(());
        };
        let Some(members) = self.reach(relation, owner, autoflushes)? else {
            return Ok(());
        };
        let chosen = choose(self, relation, &members);
        if chosen.is_empty() && change != Change::Replace {
            return Ok(());
        }
        let handle = |object: usize| self.handles[object].as_ref();
        let others: Vec<&Handle> = chosen.iter().filter_map(|other| handle(*other)).collect();
        let Some(handle) = handle(owner) else {
            return Ok(());
        };
        let run = || related::change(relation, handle, change, &others);
        let result = match autoflushes {
            true => run(),
            false => self.session.without_autoflush(run),
        };
        self.arrive()?;
        let expected = self.changed(relation, owner, change, &members, &chosen);
        let pairs = self.find_pairs();
        let result = expect(&result, expected);
        result.and(pairs)
    }

    /// What the model does.
    fn changed(
        &mut self,
        relation: Relation,
        owner: usize,
        change: Change,
        members: &[usize],
        chosen: &[usize],
    ) -> Outcome {
        let leaving = match change {
            Change::Add => Vec::new(),
            Change::Remove => chosen.to_vec(),
            Change::Replace => {
                let members = members.iter().copied();
                members.filter(|member| !chosen.contains(member)).collect()
            }
        };
        let coming = match change {
            Change::Add | Change::Replace => chosen,
            Change::Remove => &[],
        };
        let model = &mut self.model;
        let mut left = leaving
            .into_iter()
            .map(|member| model.remove_member(relation, owner, member));
        if let Some(refused) = left.find(is_refused) {
            return refused;
        }
        let mut came = coming
            .iter()
            .map(|member| model.add_member(relation, owner, *member));
        came.find(is_refused).unwrap_or(Outcome::Fine)
    }

    /// The session's own objects for the pairs that the model made.
    fn find_pairs(&mut self) -> Step {
        while self.handles.len() < self.model.objects.len() {
            let object = self.handles.len();
            let new = self.session.new_objects();
            let unknown = new.iter().filter_map(|new| {
                let pair = Handle::listed(Table::Enrolments, new)?;
                let mut handles = self.handles.iter().flatten();
                (!handles.any(|handle| handle.is(&pair))).then_some(pair)
            });
            let pair = unknown.into_iter().next();
            let is_new = self.model.objects[object].state == State::Pending;
            let pair = pair.filter(|_| is_new);
            self.handles.push(Some(
                pair.ok_or("a pair was to be added, and is not there")?,
            ));
        }
        Ok(())
    }
}

fn is_refused(outcome: &Outcome) -> bool {
    *outcome != Outcome::Fine
}
