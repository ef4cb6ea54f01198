//! Operations that follow relationships.

use std::collections::BTreeSet;

use super::{Run, Step, expect};
use crate::{
    choose::pick,
    handle::Handle,
    model::{Object, Outcome, State},
    related::{self, How},
    relation::{Along, Relation},
    row::Table,
};

/// What a relationship of an object led to; `None` where that could not be told, as it had to be.
type Reached = Option<Vec<usize>>;

impl Run<'_> {
    /// An object of a table: mostly one that can be used, often one without a row, now and then any.
    pub(super) fn one_of(&self, table: Table, number: u8, which: u8) -> Option<usize> {
        let fitting = |fits: &dyn Fn(&Object) -> bool| {
            let objects = self
                .model
                .held(|object| object.table == table && fits(object));
            pick(&objects, number)
        };
        match which % 16 {
            15 => fitting(&|_| true),
            10.. => fitting(&|object| object.is_alive() && object.state == State::Pending),
            _ => None,
        }
        .or_else(|| fitting(&Object::is_alive))
    }

    pub(super) fn follow(&mut self, [a, b, c]: [u8; 3]) -> Step {
        let relation = Relation::ALL[usize::from(a) % 14];
        let Some(owner) = self.one_of(relation.from(), b, c) else {
            return Ok(());
        };
        self.reach(relation, owner, !(a / 14).is_multiple_of(2))
            .map(drop)
    }

    /// All rows of a table with what a relationship leads to, and perhaps with what is behind that; all of it is there from then on.
    pub(super) fn eager(&mut self, [a, b, c]: [u8; 3]) -> Step {
        let relation = Relation::ALL[usize::from(a) % 14];
        let how = |number: u8| [How::Joined, How::SelectIn, How::Subquery][usize::from(number) % 3];
        let (how, behind) = ([how(b), how(b / 3)], relation.behind());
        let behind = behind.filter(|_| c.is_multiple_of(2));
        let autoflushes = !(a / 14).is_multiple_of(3);
        let query = |run: &Self| match behind {
            Some(_) => related::eager_behind(run.session, relation, how),
            None => related::eager(run.session, relation, how[0]),
        };
        let found = match autoflushes {
            true => self.flushing(query)?,
            false => Some(self.session.without_autoflush(|| query(self))),
        };
        let Some(found) = found else { return Ok(()) };
        self.found(relation.from(), found)?;
        self.arrive()?;
        let statements = self.session.statements();
        let owners = self.model.held(|object| {
            object.table == relation.from()
                && object.is_alive()
                && object.state == State::Persistent
        });
        let ends = self.reach_all(relation, &owners, autoflushes)?;
        if let Some(behind) = behind {
            self.reach_all(behind, &ends, autoflushes)?;
        }
        match self.session.statements() - statements {
            0 => Ok(()),
            // What changed and is not flushed may lead elsewhere than the query's rows.
            _ if self.model.has_changes() => Ok(()),
            more => Err(format!(
                "{more} statements for what was loaded with the query, {how:?}"
            )),
        }
    }

    fn reach_all(
        &mut self,
        relation: Relation,
        owners: &[usize],
        autoflushes: bool,
    ) -> Step<Vec<usize>> {
        let mut ends = BTreeSet::new();
        for owner in owners {
            match self.reach(relation, *owner, autoflushes)? {
                Some(reached) => ends.extend(reached),
                None if self.model.has_changes() => {}
                None => return Err(format!("{relation:?} of object {owner} cannot be told")),
            }
        }
        Ok(ends.into_iter().collect())
    }

    /// Follows a relationship, and compares where it leads to.
    pub(super) fn reach(
        &mut self,
        relation: Relation,
        owner: usize,
        autoflushes: bool,
    ) -> Step<Reached> {
        let refused = self.refused(owner);
        if refused != Outcome::Fine {
            let handle = self.handle(owner)?;
            return expect(&related::follow(relation, handle), refused).map(|()| None);
        }
        let found = self.reading(autoflushes, |run| match &run.handles[owner] {
            Some(handle) => related::follow(relation, handle),
            None => Ok(Vec::new()),
        })?;
        let Some(found) = found else { return Ok(None) };
        if !matches!(
            self.model.objects[owner].state,
            State::Pending | State::Persistent
        ) {
            // The flush deleted it, or let it go with what it leads to.
            return match super::outcome(&found)? {
                Outcome::Detached if !self.model.objects[owner].is_attached => Ok(None),
                _ => expect(&found, Outcome::Invalid).map(|()| None),
            };
        }
        if self.model.is_open(relation, owner) {
            if autoflushes {
                return Err(format!("{relation:?} of object {owner} is not flushed"));
            }
            expect(&found, Outcome::Invalid)?;
            return self.compare_coming(relation, owner).map(|()| None);
        }
        match self.model.reached(relation, owner) {
            Err(Outcome::Missing) if autoflushes && self.model.has_changes() => {
                Err("a row is missing, and nothing was flushed".to_owned())
            }
            Err(refused) => expect(&found, refused).map(|()| None),
            Ok(expected) => {
                let found = found.map_err(|error| format!("it cannot be followed: {error}"))?;
                self.compare_reached(relation, owner, expected, found)
                    .map(Some)
            }
        }
    }

    fn refused(&self, owner: usize) -> Outcome {
        match self.model.side(owner) {
            Outcome::Fine if self.model.objects[owner].state == State::Deleted => Outcome::Invalid,
            side => side,
        }
    }

    fn compare_reached(
        &mut self,
        relation: Relation,
        owner: usize,
        expected: Vec<usize>,
        found: Vec<Handle>,
    ) -> Step<Vec<usize>> {
        let unknown = self.model.unknown(relation, owner);
        if unknown > 0 {
            return Err(format!("{unknown} rows were not loaded"));
        }
        if found.len() != expected.len() {
            return Err(format!("found {found:?}, expected objects {expected:?}"));
        }
        for handle in found {
            let object = self.object_of(relation.to(), &handle, &expected);
            let object =
                object.ok_or_else(|| format!("found {handle:?}, expected objects {expected:?}"))?;
            self.same(object, handle)?;
        }
        for object in expected.iter().chain([&owner]) {
            let shown = self.handle(*object)?.shown(self.session);
            if shown.is_some_and(|shown| shown.is_expired) {
                return Err(format!("object {object} is out of date still"));
            }
        }
        Ok(expected)
    }

    /// Which of these a handle is of.
    pub(super) fn object_of(
        &self,
        table: Table,
        handle: &Handle,
        among: &[usize],
    ) -> Option<usize> {
        let is_it = |object: &&usize| {
            let known = self.handles.get(**object);
            known.is_some_and(|known| known.as_ref().is_some_and(|known| known.is(handle)))
        };
        // One that the program let go of is known by its key.
        let key = self.key_shown(table, handle);
        let has_key = |object: &&usize| self.model.objects[**object].key.as_ref() == Some(&key);
        let mut all = among.iter();
        all.clone()
            .find(is_it)
            .or_else(|| all.find(has_key))
            .copied()
    }

    /// The objects without a row that are listed instead.
    fn compare_coming(&self, relation: Relation, owner: usize) -> Step {
        if !Relation::TO_MANY.contains(&relation) {
            return Ok(());
        }
        let listed = related::pending(relation, self.handle(owner)?);
        let expected = self.model.coming(relation, owner);
        let is_listed = |object: &usize| {
            let handle = self.handles[*object].as_ref();
            handle.is_some_and(|handle| listed.iter().any(|listed| listed.is(handle)))
        };
        match listed.len() == expected.len() && expected.iter().all(is_listed) {
            true => Ok(()),
            false => Err(format!("listed {listed:?}, expected objects {expected:?}")),
        }
    }

    /// Reads something, where that may flush before or not: both are fine, as long as it is done to the end.
    fn reading<T>(
        &mut self,
        autoflushes: bool,
        read: impl FnOnce(&Self) -> aludel::Result<T>,
    ) -> Step<Option<aludel::Result<T>>> {
        if !autoflushes {
            let found = self.session.without_autoflush(|| read(self));
            return self.arrive().map(|()| Some(found));
        }
        if !self.model.has_changes() {
            let found = read(self);
            return self.arrive().map(|()| Some(found));
        }
        let before = self.model.clone();
        let flush = self.model.flush();
        if !flush.is_certain() {
            let result = self.session.flush();
            if !self.flushed(flush, &result)? {
                return Ok(None);
            }
            let found = read(self);
            return self.arrive().map(|()| Some(found));
        }
        let found = read(self);
        let session = self.session;
        let waiting = [session.new_objects(), session.dirty(), session.deleted()];
        if waiting.iter().all(Vec::is_empty) {
            let flushed = self.flushed(flush, &Ok(()));
            flushed.map_err(|difference| format!("{difference}{}", super::said(&found)))?;
        } else {
            self.model = before;
            self.arrive()?;
        }
        Ok(Some(found))
    }

    /// Takes note of the objects that came into the session with rows.
    pub(super) fn arrive(&mut self) -> Step {
        for handle in self.arrivals.take() {
            let table = handle.table();
            let key = self.key_shown(table, &handle);
            let known = self.model.known.get(&(table, key.clone())).copied();
            let is_there = self.model.rows.contains_key(&(table, key.clone()));
            let object = match known {
                Some(object) => object,
                None if is_there => self.model.manage(table, &[key])[0],
                None => return Err(format!("{handle:?} was loaded, and is not there")),
            };
            self.same(object, handle)?;
        }
        Ok(())
    }

    /// What was out of date, and was read again by something that reads more than it was asked for.
    pub(super) fn follow_renewals(&mut self) {
        for (object, handle) in self.handles.iter().enumerate() {
            let shown = handle.as_ref().and_then(|held| held.shown(self.session));
            let is_expired = self.model.objects[object].is_expired;
            let Some(shown) = shown.filter(|shown| is_expired && !shown.is_expired) else {
                continue;
            };
            match self.model.persistent(object) {
                Outcome::Fine => {
                    self.model.reload(object);
                }
                // It was renewed before its row was deleted.
                _ => self.model.renew(object, shown.row),
            }
        }
    }

    /// Lets those go whose rows are not what they show.
    pub(super) fn drop_strays(&mut self) -> Step {
        let strays = self.model.strays();
        if strays.iter().any(|object| self.handles[*object].is_none()) {
            self.session.clear();
            self.model.clear();
            return Ok(());
        }
        for object in strays {
            let result = self.handle(object)?.expunge(self.session);
            expect(&result, self.model.expunge(object))?;
        }
        Ok(())
    }
}

impl Relation {
    /// The column of another table that leads back, of a relationship to one row.
    pub(super) fn back(self) -> Option<usize> {
        match self.along() {
            Along::Other(_, column) => Some(column),
            Along::Own(_) | Along::Through { .. } => None,
        }
    }
}
