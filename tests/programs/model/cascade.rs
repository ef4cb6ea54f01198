//! What goes with rows that are deleted, before a flush writes.

use super::{Model, State};
use crate::row::{Row, Table};

/// The foreign keys to employees that can be NULL.
const NULLABLE: [(Table, usize); 2] = [(Table::Departments, 2), (Table::Employees, 3)];

impl Model {
    /// What leads to employees that are deleted leads nowhere where it can; other rows are left to the database, which deletes
    /// enrolments and refuses the rest. Enrolments without a row are not inserted.
    pub(super) fn cascade_deletes(&mut self) {
        for doomed in self.doomed.clone() {
            if self.objects[doomed].table != Table::Employees {
                continue;
            }
            for (table, column) in NULLABLE {
                self.load_leading(table, column, doomed);
                for member in self.leading(table, column, doomed) {
                    self.unlink(member, column);
                }
            }
            let new = self.leading(Table::Enrolments, 0, doomed).into_iter();
            let new: Vec<usize> = new
                .filter(|object| self.objects[*object].state == State::Pending)
                .collect();
            for object in new {
                self.expunge(object);
            }
        }
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
