//! What a flush does, and whether it can.

use std::collections::BTreeSet;

use super::{Model, Origin, State};
use crate::row::{Cell, Row, Rows, Table, are_sound};

/// How an operation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Fine,
    Integrity,
    Stale,
    Invalid,
    Detached,
    /// There is no row where one is led to.
    Missing,
    /// There are several rows where one is expected.
    Several,
}

/// What a flush writes.
#[derive(Default)]
pub(super) struct Changes {
    /// With the rows that they are going to have.
    pub(super) updates: Vec<(usize, Row)>,
    /// With the rows that they get, and the objects whose rows they take over.
    pub(super) inserts: Vec<(usize, Row, Option<usize>)>,
    /// Without those whose rows are taken over.
    pub(super) deletes: Vec<usize>,
    /// Whether something leads to an object that gets no row.
    is_dangling: bool,
}

/// What a flush leads to.
pub(crate) struct Flush {
    pub(super) changes: Changes,
    pub(super) after: Rows,
    /// How it may end.
    pub(crate) outcomes: BTreeSet<Outcome>,
    cascades: bool,
}

impl Flush {
    /// Whether it is going to be done.
    pub(crate) fn is_certain(&self) -> bool {
        self.outcomes == BTreeSet::from([Outcome::Fine])
    }

    /// Whether what it deletes concerns other rows.
    pub(crate) fn cascades(&self) -> bool {
        self.cascades
    }

    pub(crate) fn updates(&self) -> Vec<usize> {
        let updates = self.changes.updates.iter();
        updates.map(|(object, _)| *object).collect()
    }
}

impl Model {
    /// What a flush is going to do. What is deleted with other rows, or parted from them, is so before that is known.
    pub(crate) fn flush(&mut self) -> Flush {
        self.cascade_deletes();
        let changes = self.changes();
        let mut after = self.rows.clone();
        let mut failures = BTreeSet::new();
        let mut doubts = BTreeSet::new();
        if changes.is_dangling {
            failures.insert(Outcome::Invalid);
        }
        if !self.write(&changes, &mut after, &mut doubts) {
            failures.insert(Outcome::Integrity);
        }
        let is_missing = |object: &usize| !self.rows.contains_key(&self.row_key(*object));
        let taken_over = changes.inserts.iter().filter_map(|(_, _, before)| *before);
        let updates = changes.updates.iter().map(|(object, _)| *object);
        let mut held = updates.chain(taken_over);
        if held.any(|object| is_missing(&object)) {
            failures.insert(Outcome::Stale);
        }
        if !are_sound(&after) {
            failures.insert(Outcome::Integrity);
        }
        if self.exchanges(&changes) {
            doubts.insert(Outcome::Invalid);
        }
        if self.moves_under_rows(&changes) {
            doubts.insert(Outcome::Integrity);
        }
        if self.may_be_made(&changes) {
            doubts.extend([Outcome::Fine, Outcome::Integrity]);
        }
        if failures.is_empty() {
            doubts.insert(Outcome::Fine);
        }
        failures.extend(doubts);
        Flush {
            changes,
            after,
            outcomes: failures,
            cascades: self.dooms_employees(),
        }
    }

    pub(super) fn row_key(&self, object: usize) -> (Table, Row) {
        let it = &self.objects[object];
        (it.table, it.table.key_of(&it.stored))
    }

    fn changes(&self) -> Changes {
        let mut changes = Changes::default();
        for &object in &self.edited {
            let it = &self.objects[object];
            if it.state == State::Persistent && !it.is_doomed && self.is_dirty(object) {
                let row = self.wanted(object, &mut changes.is_dangling);
                changes.updates.push((object, row));
            }
        }
        let mut doomed = self.doomed.clone();
        for &object in &self.new {
            let row = self.row_of(object, &mut changes.is_dangling);
            let it = &self.objects[object];
            let literal = |column: &usize| matches!(it.given[*column], Some(Origin::Cell(_)));
            let key = (it.table, it.table.key_of(&row));
            let place = doomed
                .iter()
                .position(|doomed| self.row_key(*doomed) == key);
            let before = place
                .filter(|_| it.table.key().iter().all(literal))
                .map(|place| doomed.remove(place));
            changes.inserts.push((object, row, before));
        }
        changes.deletes = doomed;
        changes
    }

    /// The row that an object with one is going to have.
    fn wanted(&self, object: usize, is_dangling: &mut bool) -> Row {
        let mut row = self.objects[object].newest.clone();
        let links = self.links.iter().filter(|((child, _), _)| *child == object);
        for ((_, column), to) in links {
            row[*column] = self.key_led_to(*to, is_dangling);
        }
        row
    }

    /// The key that leads to an object, which may get it by this flush.
    fn key_led_to(&self, to: usize, is_dangling: &mut bool) -> Cell {
        let target = &self.objects[to];
        match target.state {
            State::Persistent if target.is_attached => target.newest[0].clone(),
            State::Pending => match &target.given[0] {
                Some(Origin::Cell(cell)) => cell.clone(),
                _ => Cell::Made(to),
            },
            _ => {
                *is_dangling = true;
                Cell::Null
            }
        }
    }

    /// The row that a new object gets.
    fn row_of(&self, object: usize, is_dangling: &mut bool) -> Row {
        let it = &self.objects[object];
        let value = |(column, given): (usize, &Option<Origin>)| match given {
            None if column == 0 => Cell::Made(object),
            None => Cell::Null,
            Some(Origin::Cell(cell)) => cell.clone(),
            Some(Origin::Object(to)) => self.key_led_to(*to, is_dangling),
        };
        it.given.iter().enumerate().map(value).collect()
    }

    /// Writes all; false where two rows have one key.
    fn write(&self, changes: &Changes, rows: &mut Rows, doubts: &mut BTreeSet<Outcome>) -> bool {
        let mut is_unique = true;
        let updates = changes.updates.iter().map(|(object, _)| object);
        for object in updates.chain(&changes.deletes) {
            rows.remove(&self.row_key(*object));
        }
        for (object, row) in &changes.updates {
            let table = self.objects[*object].table;
            let key = (table, table.key_of(row));
            is_unique &= rows.insert(key, self.updated(*object, row)).is_none();
        }
        for (object, row, before) in &changes.inserts {
            let table = self.objects[*object].table;
            let there = rows.insert((table, table.key_of(row)), row.clone());
            is_unique &= there.is_none() || before.is_some();
        }
        for object in &changes.deletes {
            let (table, key) = self.row_key(*object);
            if table == Table::Employees {
                self.cascade(&key[0], rows, doubts);
            }
        }
        is_unique
    }

    /// The row in the database, with the columns that changed.
    fn updated(&self, object: usize, wanted: &Row) -> Row {
        let it = &self.objects[object];
        let mut row = self
            .rows
            .get(&self.row_key(object))
            .unwrap_or(&it.stored)
            .clone();
        for (column, cell) in wanted.iter().enumerate() {
            if *cell != it.stored[column] {
                row[column] = cell.clone();
            }
        }
        row
    }

    /// Enrolments go with their employees; those that are written too, or whose course goes, do that in one order or another.
    fn cascade(&self, employee: &Cell, rows: &mut Rows, doubts: &mut BTreeSet<Outcome>) {
        let goes = |table: Table, row: &Row| table == Table::Enrolments && row[0] == *employee;
        for ((table, key), row) in rows.iter().filter(|((table, _), row)| goes(*table, row)) {
            if self.rows.get(&(*table, key.clone())) != Some(row) {
                doubts.extend([Outcome::Integrity, Outcome::Stale]);
            }
            if !rows.contains_key(&(Table::Courses, vec![row[1].clone()])) {
                doubts.insert(Outcome::Integrity);
            }
        }
        rows.retain(|(table, _), row| !goes(*table, row));
    }

    /// Whether a unique value is freed and taken, so that rows may have to wait for each other in a circle.
    fn exchanges(&self, changes: &Changes) -> bool {
        let (mut freed, mut taken) = (Vec::new(), Vec::new());
        let values = |table: Table, row: &Row| {
            let unique = table.unique();
            let unique = unique.map(|column| (table, 1, vec![row[column].clone()]));
            let mut values = vec![(table, 0, table.key_of(row))];
            values.extend(unique);
            values
        };
        for (table, before, after) in self.writes(changes) {
            let before: Vec<_> = before.map_or_else(Vec::new, |row| values(table, row));
            let after: Vec<_> = after.map_or_else(Vec::new, |row| values(table, row));
            let lost = before.iter().filter(|value| !after.contains(value));
            freed.extend(lost.cloned());
            let won = after.iter().filter(|value| !before.contains(value));
            taken.extend(won.cloned());
        }
        taken.iter().any(|value| freed.contains(value))
    }

    /// All writes that rows can have to wait for in a circle: the row before, and the row after. Nothing leads to a desk or an
    /// enrolment, so that deleting one is possible at any time.
    fn writes<'m>(
        &'m self,
        changes: &'m Changes,
    ) -> Vec<(Table, Option<&'m Row>, Option<&'m Row>)> {
        let object = |object: usize| &self.objects[object];
        let updates = changes.updates.iter().map(|(update, row)| {
            let it = object(*update);
            (it.table, Some(&it.stored), Some(row))
        });
        let inserts = changes.inserts.iter().map(|(insert, row, before)| {
            let before = before.map(|before| &object(before).stored);
            (object(*insert).table, before, Some(row))
        });
        let is_led_to = |table: Table| !matches!(table, Table::Desks | Table::Enrolments);
        let deletes = changes.deletes.iter().map(|delete| object(*delete));
        let deletes = deletes.filter(|it| is_led_to(it.table));
        updates
            .chain(inserts)
            .chain(deletes.map(|it| (it.table, Some(&it.stored), None)))
            .collect()
    }

    /// Whether the code of a course goes while rows lead to it that stay there or follow: no order of that is allowed.
    fn moves_under_rows(&self, changes: &Changes) -> bool {
        let is_led_to = |code: &Cell| {
            let mut rows = self.rows.iter();
            rows.any(|((table, _), row)| *table == Table::Enrolments && row[1] == *code)
        };
        let is_course = |object: usize| self.objects[object].table == Table::Courses;
        let code = |object: &usize| &self.objects[*object].stored[0];
        let updates = changes.updates.iter();
        let updates = updates.filter(|(object, _)| is_course(*object));
        let mut moved = updates.filter(|(object, row)| *code(object) != row[0]);
        let mut deleted = changes.deletes.iter().filter(|object| is_course(**object));
        moved.any(|(object, _)| is_led_to(code(object)))
            || deleted.any(|it| is_led_to(code(it))) && self.exchanges(changes)
    }

    /// Whether a number in a new or changed row, which is the key of no row before, may be that of a row that gets its key from
    /// the database.
    fn may_be_made(&self, changes: &Changes) -> bool {
        let inserts = changes.inserts.iter();
        let tables = inserts.filter(|(_, row, _)| matches!(row[0], Cell::Made(_)));
        let made: Vec<Table> = tables
            .map(|(object, ..)| self.objects[*object].table)
            .collect();
        let is_open = |table: Table, column: usize, row: &Row| {
            let of = match column {
                0 if table.is_counted() => Some(table),
                _ => table.link(column),
            };
            of.is_some_and(|of| {
                let key = (of, vec![row[column].clone()]);
                let is_number = matches!(row[column], Cell::Int(_));
                is_number && made.contains(&of) && !self.rows.contains_key(&key)
            })
        };
        let inserts = changes
            .inserts
            .iter()
            .map(|(object, row, _)| (*object, row));
        let updates = changes.updates.iter().map(|(object, row)| (*object, row));
        inserts.chain(updates).any(|(object, row)| {
            (0..row.len()).any(|column| is_open(self.objects[object].table, column, row))
        })
    }
}
