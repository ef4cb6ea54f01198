//! Inserts: in groups of rows that set the same columns, with keys that are known for each row beyond doubt.
//!
//! The order in which a database gives rows back is nobody's promise. So a row that is inserted together with others has its key
//! before, or a number of which the database says how it counts on; else it is inserted alone.

mod numbers;
mod row;

use std::rc::Rc;

use numbers::Numbers;
use row::NewRow;

use super::{
    Writing,
    read_back::{Known, Made, Wanted},
};
use crate::{
    dialect::{Capabilities, CountedKeys},
    error::{Error, ErrorKind, Result},
    model::{Filled, TableInfo},
    row::Row,
    session::{identity::Identity, instance::AnyInstance, object},
    sql::{self, Assigned, InsertSource, Node, Statement},
    value::Value,
};

/// Inserts rows of one table, in this order.
pub(super) fn all(writing: &Writing<'_>, run: &[usize]) -> Result<()> {
    let Some(first) = run.first() else {
        return Ok(());
    };
    let table = writing.unit(*first).instance.table();
    let known = &writing.session.objects;
    known.borrow_mut().rows(table).reserve(run.len());
    let most = writing.connection.dialect().capabilities().rows_at_once;
    let mut numbers = Numbers::default();
    let mut group = Group::new(table);
    let mut rest = run;
    while !rest.is_empty() {
        for unit in rest.iter().take(most) {
            if !group.take(writing, *unit)? {
                break;
            }
        }
        numbers.waiting = rest.len();
        rest = &rest[group.rows.len()..];
        group.write(writing, &mut numbers)?;
    }
    Ok(())
}

/// Rows that set the same columns. Whatever happens, objects keep what they were built of.
struct Group {
    table: &'static TableInfo,
    rows: Vec<NewRow>,
}

impl Group {
    fn new(table: &'static TableInfo) -> Self {
        Group {
            table,
            rows: Vec::new(),
        }
    }

    /// Takes a row in; false where it does not fit, or leads to one that is here.
    fn take(&mut self, writing: &Writing<'_>, unit: usize) -> Result<bool> {
        let instance = &writing.unit(unit).instance;
        let new = instance.head().new_values();
        if let Some(first) = self.rows.first() {
            let columns = |row: &Assigned| row.column;
            if !first.values.iter().map(columns).eq(new.iter().map(columns)) {
                return Ok(false);
            }
        }
        let mut found = Vec::new();
        for (place, assigned) in new.iter().enumerate() {
            if writing.is_postponed(unit, assigned.column) {
                found.push((place, Value::Null));
            } else if let Node::Unknown(unknown) = &assigned.value {
                match writing.linked(writing.unit(unit), *unknown)? {
                    Some(value) => found.push((place, value)),
                    None if self.rows.is_empty() => return Err(leads_nowhere(&**instance)),
                    None => return Ok(false),
                }
            }
        }
        drop(new);
        let mut values = instance.head().take_new_values();
        let found = found.into_iter().map(|(place, value)| {
            let before = std::mem::replace(&mut values[place].value, Node::Parameter(value));
            (values[place].column, before)
        });
        self.rows.push(NewRow {
            before: found.collect(),
            numbered: None,
            instance: Rc::clone(instance),
            values,
        });
        Ok(true)
    }

    /// Inserts the rows, and is empty then.
    fn write(&mut self, writing: &Writing<'_>, numbers: &mut Numbers) -> Result<()> {
        let mut rows = std::mem::take(&mut self.rows);
        let result = self.write_rows(writing, &mut rows, numbers);
        self.rows = rows;
        self.put_back();
        result
    }

    fn put_back(&mut self) {
        for row in self.rows.drain(..) {
            row.put_back();
        }
    }

    fn write_rows(
        &self,
        writing: &Writing<'_>,
        mut rows: &mut [NewRow],
        numbers: &mut Numbers,
    ) -> Result<()> {
        let capabilities = writing.connection.dialect().capabilities();
        match (self.counted(rows), capabilities.counted_keys) {
            // Whatever keys are given, the database counts on from the greatest.
            (None, _) => numbers.next = None,
            (Some(column), CountedKeys::AfterFirst) => {
                if numbers.next.is_none() && numbers.waiting > 1 {
                    let (first, others) = rows.split_at_mut(1);
                    self.write_alone(writing, &mut first[0])?;
                    numbers.go_on_from(first[0].value(column));
                    rows = others;
                }
                numbers.count(rows, column);
            }
            (Some(column), CountedKeys::FromSequence(sql)) if numbers.waiting > 1 => {
                numbers.fetch(writing, self.table, column, rows.len(), sql)?;
                numbers.hand_out(rows, column);
            }
            (Some(column), CountedKeys::InSteps(sql))
                if rows.len() > 1 && !rows[0].values.is_empty() =>
            {
                let steps = numbers.steps(writing, sql)?;
                return self.write_counted(writing, rows, column, steps);
            }
            _ => {}
        }
        let have_keys = |row: &NewRow| self.table.primary_key.iter().all(|key| row.has(*key));
        if rows.len() > 1 && rows.iter().all(have_keys) {
            for part in parts(rows, capabilities) {
                self.write_part(writing, part)?;
            }
            return Ok(());
        }
        rows.iter_mut()
            .try_for_each(|row| self.write_alone(writing, row))
    }

    /// The column of the key that the database counts up, where that is all of the key that is missing.
    fn counted(&self, rows: &[NewRow]) -> Option<usize> {
        let first = rows.first()?;
        let mut missing = self
            .table
            .primary_key
            .iter()
            .filter(|key| !first.has(**key));
        let column = *missing.next()?;
        let is_counted = self.table.columns[column].filled == Filled::Counted;
        (is_counted && missing.next().is_none()).then_some(column)
    }

    /// The columns that the database makes, without the key.
    fn made(&self, row: &NewRow) -> Vec<usize> {
        let columns = self.table.columns.iter().enumerate();
        let made = columns.filter(|(index, column)| {
            let is_key = self.table.primary_key.contains(index);
            !is_key && !row.has(*index) && (column.filled != Filled::Never || row.computes(*index))
        });
        made.map(|(index, _)| index).collect()
    }

    /// Inserts rows whose keys are known.
    fn write_part(&self, writing: &Writing<'_>, rows: &mut [NewRow]) -> Result<()> {
        let Some(first) = rows.first() else {
            return Ok(());
        };
        let sample = Rc::clone(&first.instance);
        let wanted = Wanted::new(&*sample, &self.made(first));
        let wants = wanted.nodes().len() > self.table.primary_key.len();
        let returns = wants && writing.connection.dialect().capabilities().insert_returning;
        let mut made = Made::default();
        self.with_tree(rows, |tree| {
            if !returns {
                return writing.connection.insert_rows(tree).map(drop);
            }
            tree.returning = wanted.nodes();
            let statement = Statement::Insert(tree);
            writing
                .connection
                .each(statement, &mut |row| wanted.read(row, &mut made))
        })?;
        if wants && !returns {
            let keys = rows.iter().map(|row| row.key(self.table)).collect();
            made = writing.read_back(&wanted, keys)?;
        }
        self.finish(writing, rows, wants.then_some(&made))
    }

    /// Inserts rows whose keys the database counts up in steps from the first.
    fn write_counted(
        &self,
        writing: &Writing<'_>,
        rows: &mut [NewRow],
        column: usize,
        steps: i64,
    ) -> Result<()> {
        let capabilities = writing.connection.dialect().capabilities();
        for part in parts(rows, capabilities) {
            let sample = part.first().map(|first| Rc::clone(&first.instance));
            let wanted = part
                .first()
                .zip(sample.as_deref())
                .map(|(first, sample)| Wanted::new(sample, &self.made(first)));
            let first = self.with_tree(part, |tree| writing.connection.insert_counted(tree))?;
            let mut key = i64::try_from(first).map_err(|_| too_many_keys(self.table))?;
            for row in part.iter_mut() {
                row.set_key(column, Value::Int(key));
                key = key
                    .checked_add(steps)
                    .ok_or_else(|| too_many_keys(self.table))?;
            }
            let made = match wanted {
                Some(wanted) if wanted.nodes().len() > self.table.primary_key.len() => {
                    let keys = part.iter().map(|row| row.key(self.table)).collect();
                    Some(writing.read_back(&wanted, keys)?)
                }
                _ => None,
            };
            self.finish(writing, part, made.as_ref())?;
        }
        Ok(())
    }

    /// Inserts one row, and reads what the database made of it.
    fn write_alone(&self, writing: &Writing<'_>, row: &mut NewRow) -> Result<()> {
        let missing: Vec<usize> = self
            .table
            .primary_key
            .iter()
            .copied()
            .filter(|key| !row.has(*key))
            .collect();
        let mut wanted = missing.clone();
        wanted.extend(self.made(row));
        let rows = std::slice::from_mut(row);
        if wanted.is_empty() {
            return self.write_part(writing, rows);
        }
        if !writing.connection.dialect().capabilities().insert_returning {
            return match missing.as_slice() {
                [] => self.write_part(writing, rows),
                [only] if self.table.columns[*only].filled == Filled::Counted => {
                    self.write_counted_alone(writing, rows, *only)
                }
                _ => Err(self.no_key(writing)),
            };
        }
        let mut made = Vec::new();
        self.with_tree(rows, |tree| {
            tree.returning = wanted
                .iter()
                .map(|index| super::keys::column(self.table, *index))
                .collect();
            writing
                .connection
                .each(Statement::Insert(tree), &mut |given: &Row<'_>| {
                    for (place, column) in wanted.iter().enumerate() {
                        made.push((
                            *column,
                            given.get::<Option<Value>>(place)?.unwrap_or(Value::Null),
                        ));
                    }
                    Ok(())
                })
        })?;
        let row = &mut rows[0];
        for key in missing {
            if let Some((_, value)) = made.iter().find(|(column, _)| *column == key) {
                row.set_key(key, value.clone());
            }
        }
        self.store(writing, row, &made)
    }

    fn write_counted_alone(
        &self,
        writing: &Writing<'_>,
        rows: &mut [NewRow],
        column: usize,
    ) -> Result<()> {
        let sample = Rc::clone(&rows[0].instance);
        let wanted = Wanted::new(&*sample, &self.made(&rows[0]));
        let key = self.with_tree(rows, |tree| writing.connection.insert_counted(tree))?;
        let key = i64::try_from(key).map_err(|_| too_many_keys(self.table))?;
        rows[0].set_key(column, Value::Int(key));
        let made = if wanted.nodes().len() > self.table.primary_key.len() {
            Some(writing.read_back(&wanted, vec![rows[0].key(self.table)])?)
        } else {
            None
        };
        self.finish(writing, rows, made.as_ref())
    }

    /// Runs an INSERT of rows.
    fn with_tree<T>(
        &self,
        rows: &mut [NewRow],
        run: impl FnOnce(&mut sql::Insert) -> Result<T>,
    ) -> Result<T> {
        let values = rows.iter_mut().map(|row| std::mem::take(&mut row.values));
        let mut tree = sql::Insert {
            table: self.table,
            source: InsertSource::Rows(values.collect()),
            conflict: None,
            returning: Vec::new(),
            numbered: rows.iter().any(|row| row.numbered.is_some()),
        };
        let result = run(&mut tree);
        if let InsertSource::Rows(values) = tree.source {
            for (row, values) in rows.iter_mut().zip(values) {
                row.values = values;
            }
        }
        result
    }

    /// Lets the objects have their rows.
    fn finish(&self, writing: &Writing<'_>, rows: &[NewRow], made: Option<&Made>) -> Result<()> {
        for row in rows {
            match made {
                None => self.store(writing, row, &[])?,
                Some(made) => {
                    let made = Identity::of(row.key(self.table)).and_then(|key| made.get(&key));
                    let made = made.ok_or_else(|| lost(&*row.instance))?;
                    self.store(writing, row, made)?;
                }
            }
        }
        Ok(())
    }

    fn store(&self, writing: &Writing<'_>, row: &NewRow, made: &[(usize, Value)]) -> Result<()> {
        let known = Known {
            table: self.table,
            given: &row.values,
            made,
        };
        row.instance.read(&Row::new(&known))?;
        writing.session.note_inserted(&row.instance);
        Ok(())
    }

    fn no_key(&self, writing: &Writing<'_>) -> Error {
        let message = format!(
            "{} cannot tell the key of a row that it inserts into `{}`: give the row its key",
            writing.connection.dialect().title(),
            self.table.name
        );
        Error::new(ErrorKind::Unsupported, message)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.put_back();
    }
}

/// Parts of a size that is a power of two, so that few texts serve any number of rows.
fn parts<'r>(
    rows: &'r mut [NewRow],
    capabilities: &Capabilities,
) -> impl Iterator<Item = &'r mut [NewRow]> + use<'r> {
    let columns = rows.first().map_or(1, |row| row.values.len() + 1);
    let most = capabilities.max_parameters / columns;
    let most = most.clamp(1, capabilities.rows_at_once);
    let mut rest = rows;
    std::iter::from_fn(move || {
        let size = most.min(rest.len());
        if size == 0 {
            return None;
        }
        let (part, others) = std::mem::take(&mut rest).split_at_mut(1 << size.ilog2());
        rest = others;
        Some(part)
    })
}

pub(super) fn leads_nowhere(instance: &dyn AnyInstance) -> Error {
    let message = format!(
        "{} leads to an object that has no row, and gets none with this flush",
        object::described(instance)
    );
    Error::new(ErrorKind::InvalidRequest, message)
}

fn lost(instance: &dyn AnyInstance) -> Error {
    let message = format!(
        "the database did not give back the row of {} that it inserted",
        object::described(instance)
    );
    Error::new(ErrorKind::StaleData, message)
}

fn too_many_keys(table: &TableInfo) -> Error {
    let message = format!(
        "the keys of table `{}` are beyond what is possible",
        table.name
    );
    Error::new(ErrorKind::Data, message)
}
