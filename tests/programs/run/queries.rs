//! Operations that read rows, or change them behind the session's back.

use super::{Run, Step, expect};
use crate::{
    choose::pick,
    handle::{self, Handle},
    model::{Origin, Outcome},
    row::{Cell, Row, Table},
};

impl Run<'_> {
    pub(super) fn query(&mut self, numbers: [u8; 3]) -> Step {
        let table = Table::ALL[usize::from(numbers[0]) % 5];
        let found = self.flushing(|run| Handle::all(run.session, table))?;
        match found {
            Some(found) => self.found(table, found),
            None => Ok(()),
        }
    }

    pub(super) fn query_as_is(&mut self, numbers: [u8; 3]) -> Step {
        let table = Table::ALL[usize::from(numbers[0]) % 5];
        let session = self.session;
        let found = session.without_autoflush(|| Handle::all(session, table));
        self.found(table, found)
    }

    /// A query for all rows of a table gave these.
    pub(super) fn found(&mut self, table: Table, found: aludel::Result<Vec<Handle>>) -> Step {
        let found = found.map_err(|error| format!("the query failed: {error}"))?;
        let keys: Vec<Row> = self
            .model
            .rows
            .keys()
            .filter(|(other, _)| *other == table)
            .map(|(_, key)| key.clone())
            .collect();
        if found.len() != keys.len() {
            return Err(format!(
                "{} rows were found instead of {}",
                found.len(),
                keys.len()
            ));
        }
        let objects = self.model.manage(table, &keys);
        for handle in found {
            // One whose key was edited is known by the key that the database has.
            let object = self.object_of(table, &handle, &objects);
            let object = object.ok_or_else(|| format!("{handle:?} was not expected"))?;
            self.same(object, handle)?;
        }
        Ok(())
    }

    pub(super) fn key_shown(&self, table: Table, handle: &Handle) -> Row {
        let shown = handle.shown(self.session);
        shown.map_or_else(Row::new, |shown| table.key_of(&shown.row))
    }

    pub(super) fn get(&mut self, numbers: [u8; 3]) -> Step {
        let [a, b, c] = numbers;
        let mut keys: Vec<(Table, Row)> = self.model.rows.keys().cloned().collect();
        if c.is_multiple_of(4) {
            keys.extend(self.model.known.keys().cloned());
            keys.push((Table::Courses, vec![Cell::Text("nowhere".to_owned())]));
        }
        let Some((table, key)) = pick(&keys, a.wrapping_mul(7) ^ b) else {
            return Ok(());
        };
        let known = self.model.known.get(&(table, key.clone())).copied();
        let found = match known {
            Some(_) => Handle::get(self.session, table, &key),
            None => match self.flushing(|run| Handle::get(run.session, table, &key))? {
                Some(found) => found,
                None => return Ok(()),
            },
        };
        let found = found.map_err(|error| format!("the row cannot be read: {error}"))?;
        let expected = self.model_get(table, &key, known);
        match (found, expected) {
            (None, None) => Ok(()),
            (Some(handle), Some(object)) => self.same(object, handle),
            (Some(handle), None) => Err(format!("{handle:?} was found, which is not there")),
            (None, Some(_)) => Err("a row was not found".to_owned()),
        }
    }

    pub(super) fn model_get(
        &mut self,
        table: Table,
        key: &Row,
        known: Option<usize>,
    ) -> Option<usize> {
        match known {
            Some(object) if !self.model.objects[object].is_expired => Some(object),
            Some(object) => self.model.reload(object).then_some(object),
            None => {
                self.model.begin();
                let is_there = self.model.rows.contains_key(&(table, key.clone()));
                is_there.then(|| self.model.manage(table, std::slice::from_ref(key))[0])
            }
        }
    }

    pub(super) fn merge(&mut self, numbers: [u8; 3]) -> Step {
        let [a, b, c] = numbers;
        let rows: Vec<(Table, Row)> = self
            .model
            .rows
            .iter()
            .map(|((table, _), row)| (*table, row.clone()))
            .collect();
        let (table, row) = match pick(&rows, a) {
            Some((table, row)) if !c.is_multiple_of(4) => {
                let mut merged = row;
                let column = table.plain();
                merged[column] = self.model.value(table, column, b);
                (table, merged)
            }
            _ => {
                let code = self.model.value(Table::Courses, 0, b & !7);
                (Table::Courses, vec![code, Cell::Text("merged".to_owned())])
            }
        };
        let merged = self.flushing(|run| Handle::merge(run.session, table, &row))?;
        let Some(merged) = merged else { return Ok(()) };
        let merged = merged.map_err(|error| format!("the merge failed: {error}"))?;
        let key = table.key_of(&row);
        let known = self.model.known.get(&(table, key.clone())).copied();
        let object = match self.model_get(table, &key, known) {
            Some(object) => {
                self.model.edit(object, row);
                object
            }
            None => {
                let given = row.into_iter().map(|cell| Some(Origin::Cell(cell)));
                self.model.add(table, given.collect())
            }
        };
        self.same(object, merged)?;
        self.find_entities()
    }

    /// Changes a row behind the session's back, which is told to read it again where it could not know.
    pub(super) fn raw(&mut self, numbers: [u8; 3]) -> Step {
        let Some(flushed) = self.flushing(|run| run.session.flush())? else {
            return Ok(());
        };
        expect(&flushed, Outcome::Fine)?;
        let rows = self.model.rows.keys();
        let rows: Vec<_> = rows
            .filter(|(table, _)| *table != Table::Departments || numbers[2].is_multiple_of(2))
            .cloned()
            .collect();
        let Some((table, key)) = pick(&rows, numbers[0]) else {
            return Ok(());
        };
        let (column, cell) = self.raw_change(table, numbers);
        let done = handle::change(self.session, (table, &key), column, &cell);
        expect(&done, Outcome::Fine)?;
        self.model.begin();
        if let Some(row) = self.model.rows.get_mut(&(table, key.clone())) {
            row[column] = cell;
        }
        let known = self.model.known.get(&(table, key)).copied();
        let handle = known.and_then(|object| Some((object, self.handles[object].as_ref()?)));
        match handle {
            Some((object, handle)) if table.link(column).is_some() => {
                expect(&handle.refresh(self.session), Outcome::Fine)?;
                self.model.expire(object);
                self.model.reload(object);
            }
            None if known.is_some() || table.link(column).is_some() => {
                self.session.expire_all();
                self.model.expire_all();
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    fn raw_change(&self, table: Table, numbers: [u8; 3]) -> (usize, Cell) {
        let value = i64::from(numbers[1]) + 1_000;
        // No number leads nowhere.
        let led_to = |column| self.model.value(table, column, numbers[1] & !1);
        match table {
            Table::Departments => (2, led_to(2)),
            Table::Employees if numbers[2].is_multiple_of(2) => (3, led_to(3)),
            Table::Enrolments => (table.plain(), Cell::Int(value)),
            _ => (table.plain(), Cell::Text(format!("raw {value}"))),
        }
    }
}
