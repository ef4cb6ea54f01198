//! How objects are linked to each other, and parted.

use super::{Model, Origin, Outcome, State};
use crate::{
    relation::{Along, Relation},
    row::{Cell, Table},
};

impl Model {
    /// Takes the objects in that one without a row leads to, and that have lost their session with it. Those that have got their
    /// rows meanwhile it leads to by their keys.
    pub(super) fn attach_linked(&mut self, object: usize) {
        for (column, _) in self.objects[object].table.links() {
            if let Some(Origin::Object(to)) = self.objects[object].given[*column] {
                let it = &self.objects[to];
                let is_lost = it.state == State::Transient && !it.is_attached;
                if it.state == State::Persistent && it.is_attached && it.is_numbered {
                    self.objects[object].given[*column] = Some(self.origin(to));
                } else if is_lost && it.is_numbered && it.is_held {
                    self.attach(to);
                }
            }
        }
    }

    /// Whether an object has a relationship that can be asked for or set at all.
    pub(crate) fn side(&self, object: usize) -> Outcome {
        let it = &self.objects[object];
        match it.is_attached {
            _ if it.is_gone => Outcome::Invalid,
            true => Outcome::Fine,
            false => Outcome::Detached,
        }
    }

    /// Takes an object in that is linked to one of the session.
    fn take_in(&mut self, object: usize) -> Outcome {
        match self.objects[object].is_attached {
            true => Outcome::Fine,
            false => self.attach(object),
        }
    }

    /// Sets a relationship that is a foreign key of the object.
    pub(crate) fn set(&mut self, object: usize, column: usize, to: Option<usize>) -> Outcome {
        let outcome = match (self.side(object), to) {
            (Outcome::Fine, Some(to)) => self.take_in(to),
            (outcome, _) => outcome,
        };
        match (outcome, to) {
            (Outcome::Fine, Some(to)) => self.link(object, column, to),
            (Outcome::Fine, None) => self.unlink(object, column),
            (outcome, _) => outcome,
        }
    }

    /// Sets a relationship to the one row that leads to the object; `before` are those that do.
    pub(crate) fn set_back(
        &mut self,
        object: usize,
        column: usize,
        to: Option<usize>,
        before: &[usize],
    ) -> Outcome {
        for other in before.iter().filter(|other| to != Some(**other)) {
            match self.unlink(*other, column) {
                Outcome::Fine => {}
                refused => return refused,
            }
        }
        to.map_or(Outcome::Fine, |to| self.link(to, column, object))
    }

    /// Adds an object to a collection.
    pub(crate) fn add_member(
        &mut self,
        relation: Relation,
        owner: usize,
        member: usize,
    ) -> Outcome {
        let taken = self.take_in(member);
        if taken != Outcome::Fine {
            return taken;
        }
        let (here, there) = match relation.along() {
            Along::Own(_) => return Outcome::Invalid,
            Along::Other(_, column) => return self.link(member, column, owner),
            Along::Through { here, there } => (here, there),
        };
        if !self.pairs((here, owner), (there, member)).is_empty() {
            return Outcome::Fine;
        }
        if self.is_deleted(owner) || self.is_deleted(member) {
            return Outcome::Invalid;
        }
        let mut given = vec![None; 3];
        given[here] = Some(self.origin(owner));
        given[there] = Some(self.origin(member));
        self.add(Table::Enrolments, given);
        Outcome::Fine
    }

    /// Takes an object out of a collection.
    pub(crate) fn remove_member(
        &mut self,
        relation: Relation,
        owner: usize,
        member: usize,
    ) -> Outcome {
        if !self.objects[member].is_attached {
            return Outcome::Invalid;
        }
        let (here, there) = match relation.along() {
            Along::Own(_) => return Outcome::Invalid,
            Along::Other(_, column) => {
                return match self.leads_to(member, column, owner) {
                    true => self.unlink(member, column),
                    false => Outcome::Invalid,
                };
            }
            Along::Through { here, there } => (here, there),
        };
        let pairs = self.pairs((here, owner), (there, member));
        if pairs.is_empty() {
            return Outcome::Invalid;
        }
        for pair in pairs {
            if self.objects[pair].state == State::Pending {
                self.expunge(pair);
            } else {
                self.doom(pair);
                self.objects[pair].is_orphan = true;
            }
        }
        Outcome::Fine
    }

    /// The rows in between that lead to both.
    fn pairs(&self, (here, owner): (usize, usize), (there, member): (usize, usize)) -> Vec<usize> {
        let mut pairs = self.leading(Table::Enrolments, here, owner);
        pairs.retain(|pair| self.leads_to(*pair, there, member));
        pairs
    }

    fn is_deleted(&self, object: usize) -> bool {
        let it = &self.objects[object];
        it.is_gone || it.is_doomed || it.state == State::Deleted
    }

    /// How a new row says what it leads to.
    fn origin(&self, to: usize) -> Origin {
        let it = &self.objects[to];
        match it.state {
            State::Pending | State::Transient => Origin::Object(to),
            _ => Origin::Cell(it.newest[0].clone()),
        }
    }

    fn link(&mut self, child: usize, column: usize, to: usize) -> Outcome {
        let changeable = self.make_changeable(child);
        if changeable != Outcome::Fine {
            return changeable;
        }
        if self.is_deleted(to) {
            return Outcome::Invalid;
        }
        let origin = self.origin(to);
        if self.objects[child].state == State::Pending {
            self.objects[child].given[column] = Some(origin);
            return Outcome::Fine;
        }
        match origin {
            Origin::Object(to) => {
                self.links.insert((child, column), to);
                self.note_edited(child);
            }
            Origin::Cell(cell) => self.set_cell(child, column, cell),
        }
        Outcome::Fine
    }

    pub(super) fn unlink(&mut self, child: usize, column: usize) -> Outcome {
        let changeable = self.make_changeable(child);
        if changeable != Outcome::Fine {
            return changeable;
        }
        let it = &mut self.objects[child];
        if !it.table.is_nullable(column) {
            return Outcome::Invalid;
        }
        if it.state == State::Pending {
            it.given[column] = Some(Origin::Cell(Cell::Null));
            return Outcome::Fine;
        }
        self.set_cell(child, column, Cell::Null);
        Outcome::Fine
    }

    fn set_cell(&mut self, child: usize, column: usize, cell: Cell) {
        self.links.remove(&(child, column));
        let mut row = self.objects[child].newest.clone();
        row[column] = cell;
        self.edit(child, row);
    }

    /// One that was taken out of a collection is back.
    fn make_changeable(&mut self, object: usize) -> Outcome {
        let it = &mut self.objects[object];
        match it.state {
            _ if !it.is_attached => return Outcome::Invalid,
            State::Pending => return Outcome::Fine,
            State::Persistent => {}
            State::Transient | State::Deleted | State::Detached => return Outcome::Invalid,
        }
        if it.is_doomed && !it.is_orphan {
            return Outcome::Invalid;
        }
        if it.is_doomed {
            it.is_doomed = false;
            it.is_orphan = false;
            self.doomed.retain(|other| *other != object);
        }
        match self.objects[object].is_expired && !self.reload(object) {
            true => Outcome::Stale,
            false => Outcome::Fine,
        }
    }
}
