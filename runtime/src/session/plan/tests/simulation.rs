//! A strict database in memory: it looks at all keys after each step.

use std::collections::BTreeMap;

use super::scenario::Unit;
use crate::{
    model::{ForeignKeyInfo, TableInfo},
    session::plan::{Action, Plan, Step, opening_columns, unique::unique_keys},
    value::Value,
};

/// A row of the database.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) table: &'static TableInfo,
    pub(super) values: Vec<Value>,
}

/// Rows by a number that stays theirs.
pub(super) type Rows = BTreeMap<usize, Row>;

/// A flush, and what the database looks like before and after it.
#[derive(Debug, Clone)]
pub(super) struct Flush {
    pub(super) units: Vec<Unit>,
    /// The row of each unit.
    pub(super) rows: Vec<usize>,
    pub(super) start: Rows,
    pub(super) wanted: Rows,
}

fn cells(row: &Row, columns: &[usize]) -> Option<Vec<Value>> {
    let cells: Vec<Value> = columns
        .iter()
        .map(|&column| row.values[column].clone())
        .collect();
    (!cells.contains(&Value::Null)).then_some(cells)
}

/// The row that a foreign key with these values leads to.
fn target(rows: &Rows, key: &ForeignKeyInfo, values: &[Value]) -> Option<usize> {
    let mut targets = rows
        .iter()
        .filter(|(_, target)| std::ptr::eq(target.table, key.table));
    let found =
        targets.find(|(_, target)| cells(target, key.references).as_deref() == Some(values));
    found.map(|(number, _)| *number)
}

fn is_met(rows: &Rows, row: &Row, key: &ForeignKeyInfo) -> bool {
    cells(row, key.columns).is_none_or(|values| target(rows, key, &values).is_some())
}

/// A row that is wrong, at the end of a transaction or within, and what is wrong with it.
pub(super) fn violation(rows: &Rows, at_end: bool) -> Option<(usize, String)> {
    let wrong = |number: &usize, what: String| Some((*number, what));
    for (number, row) in rows {
        for (column, value) in row.table.columns.iter().zip(&row.values) {
            if !column.nullable && *value == Value::Null {
                return wrong(
                    number,
                    format!("NULL in {}.{}", row.table.name, column.name),
                );
            }
        }
        for key in row.table.foreign_keys {
            if (at_end || !key.deferred) && !is_met(rows, row, key) {
                return wrong(number, format!("{} {number} leads nowhere", row.table.name));
            }
        }
        for columns in unique_keys(row.table) {
            let Some(values) = cells(row, columns) else {
                continue;
            };
            let taken = rows.iter().any(|(other, theirs)| {
                other != number
                    && std::ptr::eq(theirs.table, row.table)
                    && cells(theirs, columns).as_ref() == Some(&values)
            });
            if taken {
                return wrong(number, format!("{} {number} is not unique", row.table.name));
            }
        }
    }
    None
}

impl Flush {
    /// Whether the database would have to do what no order of steps can: lead a foreign key that does not change to another row
    /// under the same key, or take unique values along with a key that changes.
    pub(super) fn is_beyond_order(&self) -> bool {
        self.wanted.iter().any(|(number, row)| {
            row.table
                .foreign_keys
                .iter()
                .filter(|key| !key.deferred)
                .any(|key| {
                    let Some(values) = cells(row, key.columns) else {
                        return false;
                    };
                    let before = self
                        .start
                        .get(number)
                        .and_then(|row| cells(row, key.columns));
                    let old = before
                        .as_ref()
                        .and_then(|values| target(&self.start, key, values));
                    let new = target(&self.wanted, key, &values);
                    let mut unique = unique_keys(row.table).flatten();
                    let follows = old == new && unique.any(|column| key.columns.contains(column));
                    match before {
                        Some(before) if before == values => old != new,
                        Some(_) => follows,
                        None => false,
                    }
                })
        })
    }

    /// Does the steps, and says what went wrong.
    pub(super) fn run(
        &self,
        steps: &[Step],
        postpones: &dyn Fn(usize, usize) -> bool,
    ) -> Result<(), String> {
        let mut rows = self.start.clone();
        let mut written = vec![false; self.units.len()];
        for step in steps {
            match *step {
                Step::Write(unit) => {
                    self.write(&mut rows, unit, &written, postpones)?;
                    if std::mem::replace(&mut written[unit], true) {
                        return Err(format!("{unit} is written twice"));
                    }
                    self.follow(&mut rows, unit);
                }
                Step::Connect { unit, foreign_key } => {
                    self.is_known(unit, foreign_key, &written)?;
                    let wanted = &self.wanted[&self.rows[unit]];
                    let row = rows.get_mut(&self.rows[unit]).ok_or("no row to connect")?;
                    for &column in wanted.table.foreign_keys[foreign_key].columns {
                        row.values[column] = wanted.values[column].clone();
                    }
                }
                Step::Disconnect { unit, foreign_key } => {
                    let row = rows
                        .get_mut(&self.rows[unit])
                        .ok_or("no row to disconnect")?;
                    for column in opening_columns(row.table, foreign_key) {
                        row.values[column] = Value::Null;
                    }
                }
            }
            if let Some((_, violation)) = violation(&rows, false) {
                return Err(format!("after {step:?}: {violation}"));
            }
        }
        if rows != self.wanted {
            return Err(format!("not what was wanted: {rows:?}"));
        }
        Ok(())
    }

    /// The key of what a row leads to has to be known when it is written.
    fn is_known(&self, unit: usize, foreign_key: usize, written: &[bool]) -> Result<(), String> {
        let facts = &self.units[unit];
        let references = facts.table.foreign_keys[foreign_key].references;
        for &(key, target) in &facts.leads_to {
            let asks = || {
                references
                    .iter()
                    .any(|&column| self.units[target].after[column].is_none())
            };
            if key == foreign_key && asks() && !written[target] {
                return Err(format!("{unit} has to know the key of {target}"));
            }
        }
        Ok(())
    }

    fn write(
        &self,
        rows: &mut Rows,
        unit: usize,
        written: &[bool],
        postpones: &dyn Fn(usize, usize) -> bool,
    ) -> Result<(), String> {
        let facts = &self.units[unit];
        let number = self.rows[unit];
        if facts.action == Action::Delete {
            rows.remove(&number).ok_or("no row to delete")?;
            return Ok(());
        }
        let mut left_out = Vec::new();
        for foreign_key in 0..facts.table.foreign_keys.len() {
            if postpones(unit, foreign_key) {
                left_out.extend(opening_columns(facts.table, foreign_key));
            } else {
                self.is_known(unit, foreign_key, written)?;
            }
        }
        let wanted = &self.wanted[&number];
        let row = rows.entry(number).or_insert_with(|| Row {
            table: facts.table,
            values: vec![Value::Null; wanted.values.len()],
        });
        for (column, value) in wanted.values.iter().enumerate() {
            let same = facts
                .before
                .get(column)
                .is_some_and(|before| before == value);
            if !left_out.contains(&column) && !same {
                row.values[column] = value.clone();
            }
        }
        Ok(())
    }

    /// Takes those along that go on leading to a row whose key has changed; no others.
    fn follow(&self, rows: &mut Rows, unit: usize) {
        let (facts, number) = (&self.units[unit], self.rows[unit]);
        if facts.action != Action::Update {
            return;
        }
        let (old, new) = (&self.start[&number], &self.wanted[&number]);
        for (child, row) in rows.iter_mut() {
            for key in row
                .table
                .foreign_keys
                .iter()
                .filter(|key| std::ptr::eq(key.table, facts.table))
            {
                let (before, after) = (cells(old, key.references), cells(new, key.references));
                let Some(wanted) = self.wanted.get(child) else {
                    continue;
                };
                if before != after
                    && cells(row, key.columns) == before
                    && cells(wanted, key.columns) == after
                {
                    for &column in key.columns {
                        row.values[column] = wanted.values[column].clone();
                    }
                }
            }
        }
    }
}

/// Does a plan whose rows lead to no others but these, and to those that they miss.
#[track_caller]
pub(super) fn succeeds(name: &str, units: &[Unit], plan: &Plan) {
    let mut flush = Flush {
        units: units.to_vec(),
        rows: (0..units.len()).collect(),
        start: Rows::new(),
        wanted: Rows::new(),
    };
    for (unit, facts) in units.iter().enumerate() {
        let row = |values| Row {
            table: facts.table,
            values,
        };
        if facts.action != Action::Insert {
            flush.start.insert(unit, row(facts.before.clone()));
        }
        if facts.action != Action::Delete {
            flush.wanted.insert(unit, row(given(units, unit)));
        }
    }
    for missing in missing(&flush.start)
        .into_iter()
        .chain(missing(&flush.wanted))
    {
        let number = flush.start.len() + flush.wanted.len() + units.len();
        let is_there = |rows: &Rows| rows.values().any(|row| *row == missing);
        if !is_there(&flush.start) {
            flush.start.insert(number, missing.clone());
            flush.wanted.insert(number, missing);
        }
    }
    let done = flush.run(&plan.steps, &|unit, key| plan.postpones(unit, key));
    assert_eq!(done, Ok(()), "{name}");
}

/// The values of a row, with those that the database gives.
fn given(units: &[Unit], unit: usize) -> Vec<Value> {
    let counted = |unit: usize| Value::Int(1_000 + i64::try_from(unit).unwrap());
    let facts = &units[unit];
    let mut values: Vec<Value> = facts
        .after
        .iter()
        .map(|value| value.clone().unwrap_or_else(|| counted(unit)))
        .collect();
    for &(key, target) in &facts.leads_to {
        let key = &facts.table.foreign_keys[key];
        for (&column, &referenced) in key.columns.iter().zip(key.references) {
            let value = units[target].after[referenced].clone();
            values[column] = value.unwrap_or_else(|| counted(target));
        }
    }
    values
}

/// The rows that others lead to and that are not there.
fn missing(rows: &Rows) -> Vec<Row> {
    let mut missing = Vec::new();
    for row in rows.values() {
        for key in row
            .table
            .foreign_keys
            .iter()
            .filter(|key| !is_met(rows, row, key))
        {
            let mut values = vec![Value::Null; key.table.columns.len()];
            for (&column, &referenced) in key.columns.iter().zip(key.references) {
                values[referenced] = row.values[column].clone();
            }
            missing.push(Row {
                table: key.table,
                values,
            });
        }
    }
    missing
}
