//! What goes with rows that are deleted, before a flush writes.

use super::{Model, Origin, State};
use crate::row::{Row, Table};

/// The foreign keys to employees that can be NULL.
const NULLABLE: [(Table, usize); 2] = [(Table::Departments, 2), (Table::Employees, 3)];

impl Model {
    /// What leads to employees that are deleted leads nowhere where it can; other rows are left to the database, which deletes
    /// enrolments and refuses the rest. Enrolments without a row are not inserted. Where a new employee has the key, what is new
    /// leads to that one.
    pub(super) fn cascade_deletes(&mut self) {
        for doomed in self.doomed.clone() {
            if self.objects[doomed].table != Table::Employees {
                continue;
            }
            for (table, column) in NULLABLE {
                self.load_leading(table, column, doomed);
                for member in self.leading(table, column, doomed) {
                    if !(self.is_new(member) && self.is_taken_over(doomed)) {
                        self.unlink(member, column);
                    }
                }
            }
            if !self.is_taken_over(doomed) {
                let mut new = self.leading(Table::Enrolments, 0, doomed);
                new.retain(|object| self.is_new(*object));
                for object in new {
                    self.expunge(object);
                }
            }
        }
    }

    fn is_new(&self, object: usize) -> bool {
        self.objects[object].state == State::Pending
    }

    /// Whether a new object has its key, so that the row stays, and what is new leads to that.
    fn is_taken_over(&self, doomed: usize) -> bool {
        let it = &self.objects[doomed];
        self.new.iter().any(|new| {
            let new = &self.objects[*new];
            let given = matches!(&new.given[0], Some(Origin::Cell(key)) if *key == it.stored[0]);
            new.table == it.table && given
        })
    }

    /// The rows that lead to an object are loaded.
    fn load_leading(&mut self, table: Table, column: usize, to: usize) {
        let key = self.objects[to].stored[0].clone();
        let rows = self.rows.iter();
        let leading = rows.filter(|((of, at), row)| {
            *of == table && row[column] == key && !self.known.contains_key(&(*of, at.clone()))
        });
        let keys: Vec<Row> = leading.map(|((_, key), _)| key.clone()).collect();
        self.manage(table, &keys);
    }

    /// Whether an employee is going to be deleted.
    pub(crate) fn dooms_employees(&self) -> bool {
        let mut doomed = self.doomed.iter();
        doomed.any(|object| self.objects[*object].table == Table::Employees)
    }
}
