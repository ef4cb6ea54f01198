//! What objects lead to, by a loop over all of them.

use super::{Model, Object, Origin, Outcome, State};
use crate::{
    relation::{Along, Relation},
    row::{Cell, Table},
};

/// What a foreign key leads to.
#[derive(Debug, PartialEq, Eq)]
enum Lead {
    Nothing,
    Key(Cell),
    /// An object that has no row, or had none when it was linked.
    Object(usize),
}

impl Model {
    fn lead(&self, child: usize, column: usize) -> Lead {
        if let Some(to) = self.links.get(&(child, column)) {
            return Lead::Object(*to);
        }
        let it = &self.objects[child];
        let cell = match it.state {
            State::Pending | State::Transient => match &it.given[column] {
                Some(Origin::Object(to)) => return Lead::Object(*to),
                Some(Origin::Cell(cell)) => cell,
                None => &Cell::Null,
            },
            State::Persistent if it.is_expired => {
                let row = self.rows.get(&(it.table, it.table.key_of(&it.stored)));
                &row.unwrap_or(&it.newest)[column]
            }
            State::Persistent | State::Deleted | State::Detached => &it.newest[column],
        };
        match cell {
            Cell::Null => Lead::Nothing,
            cell => Lead::Key(cell.clone()),
        }
    }

    /// Whether a foreign key of an object leads to another.
    pub(super) fn leads_to(&self, child: usize, column: usize, to: usize) -> bool {
        match self.lead(child, column) {
            Lead::Nothing => false,
            Lead::Object(other) => other == to,
            Lead::Key(key) => {
                let it = &self.objects[to];
                it.state == State::Persistent && it.stored[0] == key
            }
        }
    }

    /// The objects of the session that lead to another and stay.
    pub(super) fn leading(&self, table: Table, column: usize, to: usize) -> Vec<usize> {
        let leads = |child: &usize| {
            self.objects[*child].table == table
                && self.objects[*child].is_alive()
                && self.leads_to(*child, column, to)
        };
        (0..self.objects.len()).filter(leads).collect()
    }

    /// Whether a relationship cannot be told without a flush, for objects without a row are part of it.
    pub(crate) fn is_open(&self, relation: Relation, owner: usize) -> bool {
        let is_new = |object: &usize| self.objects[*object].state == State::Pending;
        if is_new(&owner) {
            return true;
        }
        match relation.along() {
            Along::Own(column) => matches!(self.lead(owner, column), Lead::Object(_)),
            Along::Other(table, column) => self.leading(table, column, owner).iter().any(is_new),
            Along::Through { here, there } => {
                let pairs = self.leading(Table::Enrolments, here, owner);
                let mut pairs = pairs.iter();
                pairs.any(|pair| is_new(pair) || matches!(self.lead(*pair, there), Lead::Object(_)))
            }
        }
    }

    /// What a relationship leads to, where no object without a row is part of it. All rows that do lead there have to be known.
    pub(crate) fn reached(&self, relation: Relation, owner: usize) -> Result<Vec<usize>, Outcome> {
        match relation.along() {
            Along::Own(column) => Ok(self
                .behind(relation.to(), owner, column)?
                .into_iter()
                .collect()),
            Along::Other(table, column) => {
                let members = self.leading(table, column, owner);
                match relation == Relation::Desk && members.len() > 1 {
                    true => Err(Outcome::Several),
                    false => Ok(members),
                }
            }
            Along::Through { here, there } => {
                let pairs = self.leading(Table::Enrolments, here, owner).into_iter();
                let targets = pairs.map(|pair| self.behind(relation.to(), pair, there));
                let targets: Vec<Option<usize>> = targets.collect::<Result<_, _>>()?;
                Ok(targets.into_iter().flatten().collect())
            }
        }
    }

    /// What a foreign key leads to, where that is an object with a row.
    fn behind(&self, to: Table, child: usize, column: usize) -> Result<Option<usize>, Outcome> {
        match self.lead(child, column) {
            Lead::Nothing => Ok(None),
            Lead::Key(key) => {
                let known = self.known.get(&(to, vec![key])).copied();
                known.map(Some).ok_or(Outcome::Missing)
            }
            Lead::Object(_) => Err(Outcome::Invalid),
        }
    }

    /// The rows that a relationship to many leads to at first, and that the session does not know.
    pub(crate) fn unknown(&self, relation: Relation, owner: usize) -> usize {
        let (table, column) = match relation.along() {
            Along::Own(_) => return 0,
            Along::Other(table, column) => (table, column),
            Along::Through { here, .. } => (Table::Enrolments, here),
        };
        let key = &self.objects[owner].stored[0];
        let unknown = self.rows.iter().filter(|((of, at), row)| {
            *of == table && row[column] == *key && !self.known.contains_key(&(*of, at.clone()))
        });
        unknown.count()
    }

    /// The objects without a row that a relationship to many is going to lead to.
    pub(crate) fn coming(&self, relation: Relation, owner: usize) -> Vec<usize> {
        let is_new = |object: &usize| self.objects[*object].state == State::Pending;
        match relation.along() {
            Along::Own(_) => Vec::new(),
            Along::Other(table, column) => {
                let mut coming = self.leading(table, column, owner);
                coming.retain(is_new);
                coming
            }
            Along::Through { here, there } => {
                let pairs = self.leading(Table::Enrolments, here, owner).into_iter();
                let targets = pairs.filter_map(|pair| {
                    let all = 0..self.objects.len();
                    let mut new = all.filter(|other| {
                        self.objects[*other].table == relation.to() && is_new(other)
                    });
                    new.find(|other| self.leads_to(pair, there, *other))
                });
                targets.collect()
            }
        }
    }

    /// The objects with a row that is not what they show, or that they have no more: it is chance what relationships know of them.
    pub(crate) fn strays(&self) -> Vec<usize> {
        let is_stray = |object: &Object| {
            let key = (object.table, object.table.key_of(&object.stored));
            let is_other = |row: &crate::row::Row| {
                let mut links = object.table.links().iter();
                !object.is_expired
                    && links.any(|(column, _)| row[*column] != object.stored[*column])
            };
            self.rows.get(&key).is_none_or(is_other)
        };
        let known = self.known.values().copied();
        known
            .filter(|object| is_stray(&self.objects[*object]))
            .collect()
    }
}
