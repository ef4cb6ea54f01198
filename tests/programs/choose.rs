//! Which object and which values an operation takes: mostly what is possible, by the numbers that it came with.

use crate::{
    model::{Model, Object, Origin, State},
    row::{Cell, Row, Table, is_led_to},
};

/// One of them, by a number.
pub(crate) fn pick<T: Clone>(all: &[T], number: u8) -> Option<T> {
    all.get(usize::from(number) % all.len().max(1)).cloned()
}

/// A value that no row has.
const NOWHERE: i64 = 999_999;

impl Model {
    /// Those of the objects that the program holds, and that fit.
    pub(crate) fn held(&self, fits: impl Fn(&Object) -> bool) -> Vec<usize> {
        let objects = self.objects.iter().enumerate();
        let held = objects.filter(|(_, object)| object.is_held && fits(object));
        held.map(|(index, _)| index).collect()
    }

    /// The object of an operation: mostly one that fits, now and then any.
    pub(crate) fn object(&self, numbers: [u8; 3], fits: impl Fn(&Object) -> bool) -> Option<usize> {
        let fitting = match numbers[2] % 16 {
            15 => Vec::new(),
            _ => self.held(fits),
        };
        match fitting.is_empty() {
            true => pick(&self.held(|_| true), numbers[0]),
            false => pick(&fitting, numbers[0]),
        }
    }

    /// An object whose row can be deleted, as far as one can see.
    pub(crate) fn leaf(&self, numbers: [u8; 3]) -> Option<usize> {
        self.object(numbers, |object| {
            let key = object.key.as_ref();
            let is_free = key.is_some_and(|key| !is_led_to(&self.rows, object.table, key));
            object.is_alive() && (is_free || numbers[1].is_multiple_of(8))
        })
    }

    /// A value for a column of a new or changed row.
    pub(crate) fn value(&self, table: Table, column: usize, number: u8) -> Cell {
        if let Some(to) = table.link(column) {
            return match number % 64 {
                63 => self.nowhere(to),
                55..63 if table.is_nullable(column) => Cell::Null,
                _ => self.target(table, column, to, number),
            };
        }
        match (table, column) {
            (Table::Departments, 1) => self.free(table, column, "department", number),
            (Table::Courses, 0) => self.free(table, column, "course", number),
            (Table::Enrolments, 2) if number.is_multiple_of(4) => Cell::Null,
            (Table::Enrolments, 2) => Cell::Int(i64::from(number)),
            _ => Cell::Text(format!("text {}", number % 8)),
        }
    }

    fn nowhere(&self, to: Table) -> Cell {
        match to {
            Table::Courses => Cell::Text("nowhere".to_owned()),
            _ => Cell::Int(NOWHERE),
        }
    }

    /// A key that a foreign key can lead to: where its values are unique, mostly one that is not led to.
    fn target(&self, table: Table, column: usize, to: Table, number: u8) -> Cell {
        let rows = self.rows.keys().filter(|(table, _)| *table == to);
        let mut keys: Vec<Cell> = rows.map(|(_, key)| key[0].clone()).collect();
        if table.unique() == Some(column) && !number.is_multiple_of(5) {
            let is_taken = |key: &Cell| {
                let mut rows = self.rows.iter();
                rows.any(|((other, _), row)| *other == table && row[column] == *key)
            };
            keys.retain(|key| !is_taken(key));
        }
        pick(&keys, number).unwrap_or_else(|| self.nowhere(to))
    }

    /// A text that is mostly free.
    fn free(&self, table: Table, column: usize, word: &str, number: u8) -> Cell {
        let all = (0..12).map(|step| Cell::Text(format!("{word} {}", (number / 8 + step) % 12)));
        let all: Vec<Cell> = all.collect();
        let is_taken = |cell: &Cell| {
            let mut objects = self.objects.iter().filter(|object| object.table == table);
            let in_rows = self.rows.iter();
            let mut in_rows = in_rows.filter(|((other, _), _)| *other == table);
            in_rows.any(|(_, row)| row[column] == *cell)
                || objects.any(|object| {
                    object.newest.get(column) == Some(cell)
                        || matches!(object.given.get(column), Some(Some(Origin::Cell(given))) if given == cell)
                })
        };
        let free = all.iter().find(|cell| !is_taken(cell));
        match number % 32 {
            31 => all[0].clone(),
            _ => free.unwrap_or(&all[0]).clone(),
        }
    }

    /// What a new row is built of.
    pub(crate) fn given(&self, table: Table, numbers: [u8; 3], fresh: i64) -> Vec<Option<Origin>> {
        let [_, b, c] = numbers;
        let mut given = Vec::new();
        for column in 0..table.columns().len() {
            let number = b.rotate_left(column as u32 * 3) ^ c;
            let origin = match (table.link(column), column) {
                (None, 0) if table.is_counted() => self.counted_key(table, numbers, fresh),
                (None, _) => Some(Origin::Cell(self.value(table, column, number))),
                (Some(_), _) if table.is_nullable(column) && c.is_multiple_of(2) => None,
                (Some(to), _) => Some(self.led_to(table, column, to, number)),
            };
            given.push(origin);
        }
        given
    }

    /// Mostly none; else one that is fresh, or that of a row, perhaps one that is going to be deleted.
    fn counted_key(&self, table: Table, numbers: [u8; 3], fresh: i64) -> Option<Origin> {
        let doomed = self.doomed.iter().map(|object| &self.objects[*object]);
        let doomed = doomed.filter(|object| object.table == table);
        let doomed: Vec<Cell> = doomed.map(|object| object.stored[0].clone()).collect();
        let rows = self.rows.keys().filter(|(other, _)| *other == table);
        let rows: Vec<Cell> = rows.map(|(_, key)| key[0].clone()).collect();
        let key = match numbers[1] % 8 {
            0 | 1 => pick(&doomed, numbers[2]).unwrap_or(Cell::Int(fresh)),
            2 if numbers[2].is_multiple_of(4) => pick(&rows, numbers[2])?,
            _ => return None,
        };
        Some(Origin::Cell(key))
    }

    /// An object or a value that a foreign key leads to.
    fn led_to(&self, table: Table, column: usize, to: Table, number: u8) -> Origin {
        let alive = self.held(|object| object.table == to && object.is_alive());
        match pick(&alive, number / 3) {
            Some(object) if !number.is_multiple_of(3) => Origin::Object(object),
            _ => Origin::Cell(self.value(table, column, number)),
        }
    }

    /// The row of an object with a column changed.
    pub(crate) fn edited(&self, table: Table, mut row: Row, numbers: [u8; 3]) -> Row {
        let columns = match table {
            Table::Courses | Table::Enrolments => 0..table.columns().len(),
            _ => 1..table.columns().len(),
        };
        let columns: Vec<usize> = columns.collect();
        if let Some(column) = pick(&columns, numbers[1]) {
            row[column] = self.value(table, column, numbers[1].rotate_left(4) ^ numbers[2]);
        }
        row
    }
}

impl Object {
    /// Whether it has, or is going to have, a row.
    pub(crate) fn is_alive(&self) -> bool {
        self.is_attached
            && !self.is_doomed
            && matches!(self.state, State::Pending | State::Persistent)
    }
}
