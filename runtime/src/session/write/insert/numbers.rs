//! The numbers that a database counts up, as far as they are known before.

use std::ops::ControlFlow;

use super::row::NewRow;
use crate::{
    error::Result,
    model::TableInfo,
    session::write::Writing,
    value::{Value, ValueRef},
};

/// So many numbers are taken from a sequence at once.
const AT_ONCE: usize = 1_024;

/// The numbers for rows of one table that are inserted one group behind the other.
#[derive(Default)]
pub(super) struct Numbers {
    /// How many rows there are from the current group on.
    pub(super) waiting: usize,
    /// The number that the database gives next, where nobody else can take it.
    pub(super) next: Option<i64>,
    /// Numbers that were taken from the sequence, the first one last.
    taken: Vec<i64>,
    /// How far one number is from the next.
    steps: Option<i64>,
}

impl Numbers {
    /// Goes on from the number that the database gave last.
    pub(super) fn go_on_from(&mut self, last: Option<&Value>) {
        self.next = match last {
            Some(Value::Int(last)) => last.checked_add(1),
            _ => None,
        };
    }

    /// Counts rows on. At the end of all numbers they get none: the database finds free ones.
    pub(super) fn count(&mut self, rows: &mut [NewRow], column: usize) {
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let Some((next, end)) = self
            .next
            .and_then(|next| Some((next, next.checked_add(count)?)))
        else {
            self.next = None;
            return;
        };
        for (row, number) in rows.iter_mut().zip(next..end) {
            row.set_key(column, Value::Int(number));
        }
        self.next = Some(end);
    }

    /// Takes numbers from the column's sequence, at least `count`; none where it has no sequence of its own.
    pub(super) fn fetch(
        &mut self,
        writing: &Writing<'_>,
        table: &TableInfo,
        column: usize,
        count: usize,
        sql: &'static str,
    ) -> Result<()> {
        if self.taken.len() >= count {
            return Ok(());
        }
        let count = count.max(self.waiting.min(AT_ONCE)) - self.taken.len();
        let parameters = [
            table.schema.map_or(ValueRef::Null, ValueRef::Text),
            ValueRef::Text(table.name),
            ValueRef::Text(table.columns[column].name),
            ValueRef::Int(i64::try_from(count).unwrap_or(i64::MAX)),
        ];
        let mut numbers = Vec::with_capacity(count);
        let connection = writing.connection;
        connection.query_sql(sql, &parameters, true, &mut |row| {
            numbers.extend(row.get::<Option<i64>>(0)?);
            Ok(ControlFlow::Continue(()))
        })?;
        numbers.reverse();
        numbers.append(&mut self.taken);
        self.taken = numbers;
        Ok(())
    }

    /// Gives rows numbers from the sequence, where there are enough.
    pub(super) fn hand_out(&mut self, rows: &mut [NewRow], column: usize) {
        if self.taken.len() < rows.len() {
            return;
        }
        for (row, number) in rows.iter_mut().zip(std::iter::from_fn(|| self.taken.pop())) {
            row.set_key(column, Value::Int(number));
        }
    }

    /// How far one number of an INSERT is from the next.
    pub(super) fn steps(&mut self, writing: &Writing<'_>, sql: &'static str) -> Result<i64> {
        if let Some(steps) = self.steps {
            return Ok(steps);
        }
        let mut steps = 1;
        writing.connection.query_sql(sql, &[], false, &mut |row| {
            steps = row.get::<i64>(0)?;
            Ok(ControlFlow::Break(()))
        })?;
        self.steps = Some(steps);
        Ok(steps)
    }
}
