//! Updates: of the columns that changed, those of rows that change the same columns together.

use std::rc::Rc;

use super::{
    Writing,
    batch::{Batch, RowUpdate},
    insert::leads_nowhere,
    keys::{key_filter, select_by},
    read_back::Wanted,
    stale,
};
use crate::{
    error::{Error, ErrorKind, Result},
    model::Filled,
    session::{
        identity::Identity,
        instance::AnyInstance,
        object,
        plan::opening_columns,
        relation::{Reference, incoming},
        renew::stored_key,
        unit::{Unit, identity_of},
    },
    sql::{Assigned, Node, QueryRef, Statement, Unknown},
    value::Value,
};

/// So many rows are made ready, written and settled before the next ones, so that all of it stays near the processor.
const ROWS: usize = 1_024;

/// A row that is updated.
struct Changed {
    unit: usize,
    /// What is set, by the key and the version as the database has them.
    row: RowUpdate,
    /// The columns that the flush sets by itself.
    filled: Vec<usize>,
}

impl AsRef<RowUpdate> for Changed {
    fn as_ref(&self) -> &RowUpdate {
        &self.row
    }
}

/// Updates rows of one table, in this order.
pub(super) fn all(writing: &Writing<'_>, run: &[usize]) -> Result<()> {
    let Some(first) = run.first() else {
        return Ok(());
    };
    let table = writing.unit(*first).instance.table();
    let version = table.columns.iter().position(|column| column.version);
    let updating = Updating {
        writing,
        batch: Batch {
            connection: writing.connection,
            table,
            version,
        },
    };
    let mut rows = Vec::with_capacity(run.len().min(ROWS));
    for &unit in run {
        if rows.len() == ROWS || waits(writing, unit)? {
            updating.all(&std::mem::take(&mut rows))?;
        }
        rows.push(changed(writing, unit, version)?);
    }
    updating.all(&rows)
}

/// Whether a row is going to lead to one that has no row yet: perhaps one of those that take over another's, and come before.
fn waits(writing: &Writing<'_>, number: usize) -> Result<bool> {
    let unit = writing.unit(number);
    let links = unit.links.iter().flat_map(|link| &link.columns);
    let mut unknown: Vec<Unknown> = links.map(|(_, unknown)| *unknown).collect();
    if unit.is_new() {
        let new = unit.instance.head().new_values();
        unknown.extend(new.iter().filter_map(|assigned| match assigned.value {
            Node::Unknown(unknown) => Some(unknown),
            _ => None,
        }));
    }
    for unknown in unknown {
        if writing.linked(unit, unknown)?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What of a row is set.
fn changed(writing: &Writing<'_>, number: usize, version: Option<usize>) -> Result<Changed> {
    let unit = writing.unit(number);
    let mut set = match &unit.replaces {
        Some(_) => replaced(writing, number)?,
        None => edited(writing, number)?,
    };
    set.retain(|assigned| !writing.is_postponed(number, assigned.column));
    let mut key = stored_key(&**unit.holder());
    let linked = unit.links.iter().flat_map(|link| &link.columns);
    let mut filled: Vec<usize> = linked.map(|(column, _)| *column).collect();
    if !set.is_empty() {
        let given = set.len();
        unit.instance.fill_changes(&mut set);
        filled.extend(set[given..].iter().map(|assigned| assigned.column));
    }
    if let Some(column) = version {
        let before = unit.holder().stored_value(column).unwrap_or(Value::Null);
        if !set.is_empty() {
            set.retain(|assigned| assigned.column != column);
            let value = Node::Parameter(next_version(&before));
            set.push(Assigned { column, value });
            filled.push(column);
        }
        key.push(before);
    }
    set.sort_by_key(|assigned| assigned.column);
    Ok(Changed {
        unit: number,
        row: RowUpdate {
            set: set.into(),
            key,
        },
        filled,
    })
}

fn edited(writing: &Writing<'_>, number: usize) -> Result<Vec<Assigned>> {
    let unit = writing.unit(number);
    let mut set = Vec::with_capacity(unit.changed.len());
    for column in unit.changed.iter() {
        let value = match unit.link(column) {
            None => unit.instance.value(column),
            Some(_) if writing.is_postponed(number, column) => None,
            Some(unknown) => match writing.linked(unit, unknown)? {
                Some(value) => Some(value),
                None => return Err(leads_nowhere(&*unit.instance)),
            },
        };
        set.extend(value.map(|value| Assigned {
            column,
            value: Node::Parameter(value),
        }));
    }
    Ok(set)
}

/// What a new object sets in the row that it takes over: all of it, for others may have changed that row.
fn replaced(writing: &Writing<'_>, number: usize) -> Result<Vec<Assigned>> {
    let unit = writing.unit(number);
    let table = unit.instance.table();
    let new = unit.instance.head().new_values();
    let mut set = Vec::new();
    for (index, info) in table.columns.iter().enumerate() {
        if info.filled == Filled::Computed || table.primary_key.contains(&index) {
            continue;
        }
        let given = new.iter().find(|assigned| assigned.column == index);
        let value = match given.map(|assigned| &assigned.value) {
            None => Node::Parameter(Value::Null),
            Some(Node::Unknown(unknown)) => match writing.linked(unit, *unknown)? {
                Some(value) => Node::Parameter(value),
                None if writing.is_postponed(number, index) => Node::Parameter(Value::Null),
                None => return Err(leads_nowhere(&*unit.instance)),
            },
            Some(value) => value.clone(),
        };
        set.push(Assigned {
            column: index,
            value,
        });
    }
    Ok(set)
}

fn next_version(before: &Value) -> Value {
    match before {
        Value::Int(version) => Value::Int(version.wrapping_add(1)),
        Value::UInt(version) => Value::UInt(version.wrapping_add(1)),
        _ => Value::Int(1),
    }
}

struct Updating<'w> {
    writing: &'w Writing<'w>,
    batch: Batch<'w>,
}

impl Updating<'_> {
    fn all(&self, rows: &[Changed]) -> Result<()> {
        let mut groups = rows.chunk_by(|one, next| one.row.sets_as(&next.row));
        groups.try_for_each(|group| self.group(group))
    }

    /// Updates rows that set the same columns; none are set where a row that is taken over stays as it was.
    fn group(&self, rows: &[Changed]) -> Result<()> {
        self.batch
            .update(rows, &mut |rows, found| self.check(rows, found))?;
        for part in rows.chunks(500) {
            self.finish(part)?;
        }
        Ok(())
    }

    fn check(&self, rows: &[Changed], found: u64) -> Result<()> {
        if found == rows.len() as u64 {
            return Ok(());
        }
        let which = match rows {
            [only] => object::described(&**self.writing.unit(only.unit).holder()),
            _ => "one of them".to_owned(),
        };
        Err(stale("UPDATE", self.batch.table, rows.len(), found, &which))
    }

    /// Lets the objects know what their rows are now.
    fn finish(&self, rows: &[Changed]) -> Result<()> {
        let made = self.made(rows);
        let made = match rows.first() {
            Some(first) if !made.is_empty() => {
                let sample = &*self.writing.unit(first.unit).instance;
                let keys = rows.iter().map(|row| self.new_key(row)).collect();
                let wanted = Wanted::new(sample, &made);
                Some(self.writing.read_back(&wanted, keys)?)
            }
            _ => None,
        };
        let incoming = self.incoming(rows);
        for row in rows {
            let unit = self.writing.unit(row.unit);
            if let Some(before) = &unit.replaces {
                self.take_over(&unit.instance, before)?;
                continue;
            }
            self.writing.session.follow_key(&unit.instance, &incoming);
            self.writing
                .session
                .journal
                .borrow_mut()
                .add_update(&unit.instance);
            let filled = row
                .row
                .set
                .iter()
                .filter(|assigned| row.filled.contains(&assigned.column));
            let mut values: Vec<(usize, Value)> = filled
                .filter_map(|assigned| match &assigned.value {
                    Node::Parameter(value) => Some((assigned.column, value.clone())),
                    _ => None,
                })
                .collect();
            if let Some(made) = &made {
                let key = Identity::of(self.new_key(row));
                values.extend(
                    key.and_then(|key| made.get(&key))
                        .into_iter()
                        .flatten()
                        .cloned(),
                );
            }
            settle(self.writing, &unit.instance, &values)?;
            if row
                .row
                .set
                .iter()
                .any(|assigned| self.batch.table.primary_key.contains(&assigned.column))
            {
                self.writing.session.note_key(&unit.instance);
            }
        }
        Ok(())
    }

    /// The foreign keys that lead to columns that were set.
    fn incoming(&self, rows: &[Changed]) -> Vec<Reference> {
        let set = rows.first().map_or(&[][..], |first| &*first.row.set);
        incoming(self.batch.table, |column| {
            set.iter().any(|assigned| assigned.column == column)
        })
    }

    /// The columns that the database has made anew.
    fn made(&self, rows: &[Changed]) -> Vec<usize> {
        let set = rows.first().map_or(&[][..], |first| &*first.row.set);
        if set.is_empty() {
            return Vec::new();
        }
        let is_set = |index: usize| set.iter().any(|assigned| assigned.column == index);
        let columns = self.batch.table.columns.iter().enumerate();
        let made = columns.filter(|(index, column)| match column.filled {
            Filled::Computed => true,
            Filled::OnChange => !is_set(*index),
            Filled::Never | Filled::Default | Filled::Counted => false,
        });
        made.map(|(index, _)| index).collect()
    }

    fn new_key(&self, row: &Changed) -> Vec<Value> {
        let unit = self.writing.unit(row.unit);
        let value = |(place, column): (usize, &usize)| match unit.replaces {
            Some(_) => row.row.key[place].clone(),
            None => unit.instance.value(*column).unwrap_or(Value::Null),
        };
        self.batch
            .table
            .primary_key
            .iter()
            .enumerate()
            .map(value)
            .collect()
    }

    /// A new object has the row of one that was deleted.
    fn take_over(
        &self,
        instance: &Rc<dyn AnyInstance>,
        before: &Rc<dyn AnyInstance>,
    ) -> Result<()> {
        let key = stored_key(&**before);
        let tree = select_by(
            self.batch.table,
            key_filter(self.batch.table, self.batch.table.primary_key, key),
        );
        let statement = Statement::Select {
            query: QueryRef::Select(&tree),
            at_most: None,
        };
        self.writing.session.note_deleted(before);
        self.writing
            .connection
            .each(statement, &mut |row| instance.read(row))?;
        if identity_of(&**instance).is_none() {
            return Err(object::is_missing(&**before));
        }
        self.writing.session.note_inserted(instance);
        Ok(())
    }
}

/// Writes a foreign key that was postponed, now that the row it leads to is there.
pub(super) fn connect(writing: &Writing<'_>, number: usize, foreign_key: usize) -> Result<()> {
    let unit = writing.unit(number);
    let instance = &unit.instance;
    let mut values = Vec::new();
    for column in opening_columns(instance.table(), foreign_key) {
        values.push((column, postponed(writing, unit, column)?));
    }
    set(writing, instance, &values)?;
    writing.session.journal.borrow_mut().add_update(instance);
    settle(writing, instance, &values)
}

/// An object has what was written, which may lead it to others.
fn settle(
    writing: &Writing<'_>,
    instance: &Rc<dyn AnyInstance>,
    made: &[(usize, Value)],
) -> Result<()> {
    if made.is_empty() {
        return instance.settle(made);
    }
    let relations = &writing.session.relations;
    let before = relations.borrow().before(&**instance);
    instance.settle(made)?;
    relations.borrow_mut().moved(instance, before);
    Ok(())
}

/// The value of a column of a foreign key that was postponed.
fn postponed(writing: &Writing<'_>, unit: &Unit, column: usize) -> Result<Value> {
    let new = unit.instance.head().new_values();
    let assigned = new.iter().find(|assigned| assigned.column == column);
    let assigned = assigned.filter(|_| unit.is_new());
    let value = match (unit.link(column), assigned.map(|assigned| &assigned.value)) {
        (Some(unknown), _) => writing.linked(unit, unknown)?,
        (None, Some(Node::Unknown(unknown))) => writing.linked(unit, *unknown)?,
        (None, Some(Node::Parameter(value))) => Some(value.clone()),
        (None, _) => unit.instance.value(column),
    };
    value.ok_or_else(|| {
        let message = format!(
            "{} leads to an object that has no row",
            object::described(&*unit.instance)
        );
        Error::new(ErrorKind::InvalidRequest, message)
    })
}

/// Lets a row lead nowhere until it, or what it led to, is written.
pub(super) fn disconnect(writing: &Writing<'_>, number: usize, foreign_key: usize) -> Result<()> {
    let instance = writing.unit(number).holder();
    let columns = opening_columns(instance.table(), foreign_key);
    let values: Vec<(usize, Value)> = columns.map(|column| (column, Value::Null)).collect();
    set(writing, instance, &values)
}

fn set(
    writing: &Writing<'_>,
    instance: &Rc<dyn AnyInstance>,
    values: &[(usize, Value)],
) -> Result<()> {
    let table = instance.table();
    let batch = Batch {
        connection: writing.connection,
        table,
        version: None,
    };
    let set = values.iter().map(|(column, value)| Assigned {
        column: *column,
        value: Node::Parameter(value.clone()),
    });
    let filter = key_filter(table, table.primary_key, stored_key(&**instance));
    let tree = batch.tree(set.collect(), filter);
    let found = writing.connection.change(Statement::Update(&tree))?;
    if found == 1 {
        return Ok(());
    }
    Err(stale(
        "UPDATE",
        table,
        1,
        found,
        &object::described(&**instance),
    ))
}
