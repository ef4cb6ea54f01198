//! Carries a plan out: consecutive writes of one kind and table become few statements.

pub(crate) mod batch;
mod delete;
mod insert;
pub(crate) mod keys;
mod read_back;
mod update;

use std::rc::Rc;

use super::{
    Inner,
    plan::{Action, Plan, Step, opening_columns},
    unit::{Unit, Work},
};
use crate::{
    connection::Connection,
    error::{Error, ErrorKind, Result},
    model::TableInfo,
    sql::Unknown,
    value::Value,
};

/// What writing needs.
pub(crate) struct Writing<'w> {
    session: &'w Rc<Inner>,
    connection: &'w Connection,
    work: &'w Work,
    plan: &'w Plan,
}

/// Writes all that a plan says, in its order.
pub(crate) fn all(
    session: &Rc<Inner>,
    connection: &Connection,
    work: &Work,
    plan: &Plan,
) -> Result<()> {
    let writing = Writing {
        session,
        connection,
        work,
        plan,
    };
    let mut steps = plan.steps.as_slice();
    while let Some(first) = steps.first() {
        match *first {
            Step::Write(unit) => {
                let run = writing.run(steps);
                steps = &steps[run.len()..];
                match work.units[unit].action {
                    Action::Insert => insert::all(&writing, &run)?,
                    Action::Update => update::all(&writing, &run)?,
                    Action::Delete => delete::all(&writing, &run)?,
                }
                continue;
            }
            Step::Connect { unit, foreign_key } => update::connect(&writing, unit, foreign_key)?,
            Step::Disconnect { unit, foreign_key } => {
                update::disconnect(&writing, unit, foreign_key)?
            }
        }
        steps = &steps[1..];
    }
    Ok(())
}

impl Writing<'_> {
    /// The writes at the beginning that are of one kind and table.
    fn run(&self, steps: &[Step]) -> Vec<usize> {
        let kind = |unit: usize| {
            let unit = self.unit(unit);
            (unit.action, std::ptr::from_ref(unit.instance.table()))
        };
        let writes = steps.iter().map_while(|step| match step {
            Step::Write(unit) => Some(*unit),
            Step::Connect { .. } | Step::Disconnect { .. } => None,
        });
        let mut first = None;
        writes
            .take_while(|unit| kind(*unit) == *first.get_or_insert_with(|| kind(*unit)))
            .collect()
    }

    fn unit(&self, unit: usize) -> &Unit {
        &self.work.units[unit]
    }

    /// Whether a column belongs to a foreign key that is written later.
    fn is_postponed(&self, unit: usize, column: usize) -> bool {
        if self.plan.is_plain() {
            return false;
        }
        let table = self.unit(unit).instance.table();
        let mut keys = 0..table.foreign_keys.len();
        keys.any(|key| {
            self.plan.postpones(unit, key) && opening_columns(table, key).any(|open| open == column)
        })
    }

    /// The value of an object's column that a link stands for; `None` where that object has no row yet.
    fn linked(&self, unit: &Unit, unknown: Unknown) -> Result<Option<Value>> {
        let objects = self.session.objects.borrow();
        let Some(object) = objects.numbered(unknown.object) else {
            let message = "a new row leads to an object that is not in this session";
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        };
        if !object.head().is_persistent() {
            // What leads to itself may do so from the beginning.
            let is_itself = Rc::ptr_eq(&object, &unit.instance);
            return Ok(is_itself.then(|| unit.given(unknown.column)).flatten());
        }
        Ok(object.stored_value(unknown.column))
    }
}

/// The error of rows that are not as the session knows them.
fn stale(statement: &str, table: &TableInfo, expected: usize, found: u64, which: &str) -> Error {
    let rows = if expected == 1 { "row" } else { "rows" };
    let message = format!(
        "{statement} of table `{}` was to change {expected} {rows}, and found {found}: {which} was changed or deleted by somebody else",
        table.name
    );
    Error::new(ErrorKind::StaleData, message)
}
