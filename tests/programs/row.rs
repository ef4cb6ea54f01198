//! Rows as plain data, and what the schema demands of them.

use std::collections::BTreeMap;

/// A value of a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    /// The key that the database is going to give to the row of an object.
    Made(usize),
}

/// The values of a row, or of a key.
pub(crate) type Row = Vec<Cell>;

/// The rows of all tables, by table and key.
pub(crate) type Rows = BTreeMap<(Table, Row), Row>;

/// A table of the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Departments,
    Employees,
    Desks,
    Courses,
    Enrolments,
}

use Table::{Courses, Departments, Desks, Employees, Enrolments};

impl Table {
    pub(crate) const ALL: [Table; 5] = [Departments, Employees, Desks, Courses, Enrolments];

    /// All rows of all tables, each with the number of its table in front.
    pub(crate) const EVERYTHING: &'static str = "SELECT 0, id, name, head_id, NULL FROM departments \
         UNION ALL SELECT 1, id, name, department_id, boss_id FROM employees \
         UNION ALL SELECT 2, id, place, employee_id, NULL FROM desks \
         UNION ALL SELECT 3, code, title, NULL, NULL FROM courses \
         UNION ALL SELECT 4, employee_id, course_code, grade, NULL FROM enrolments";

    pub(crate) fn name(self) -> &'static str {
        match self {
            Departments => "departments",
            Employees => "employees",
            Desks => "desks",
            Courses => "courses",
            Enrolments => "enrolments",
        }
    }

    pub(crate) fn columns(self) -> &'static [&'static str] {
        match self {
            Departments => &["id", "name", "head_id"],
            Employees => &["id", "name", "department_id", "boss_id"],
            Desks => &["id", "place", "employee_id"],
            Courses => &["code", "title"],
            Enrolments => &["employee_id", "course_code", "grade"],
        }
    }

    /// The columns of the primary key, which come first.
    pub(crate) fn key(self) -> &'static [usize] {
        if self == Enrolments { &[0, 1] } else { &[0] }
    }

    /// Whether the database counts the key up.
    pub(crate) fn is_counted(self) -> bool {
        matches!(self, Departments | Employees | Desks)
    }

    /// The other column whose values are unique.
    pub(crate) fn unique(self) -> Option<usize> {
        match self {
            Departments => Some(1),
            Desks => Some(2),
            Employees | Courses | Enrolments => None,
        }
    }

    /// The foreign keys: a column, and the table to whose key it leads.
    pub(crate) fn links(self) -> &'static [(usize, Table)] {
        match self {
            Departments => &[(2, Employees)],
            Employees => &[(2, Departments), (3, Employees)],
            Desks => &[(2, Employees)],
            Courses => &[],
            Enrolments => &[(0, Employees), (1, Courses)],
        }
    }

    pub(crate) fn link(self, column: usize) -> Option<Table> {
        let mut links = self.links().iter();
        links.find(|(at, _)| *at == column).map(|(_, to)| *to)
    }

    pub(crate) fn is_nullable(self, column: usize) -> bool {
        matches!(
            (self, column),
            (Departments, 2) | (Employees, 3) | (Enrolments, 2)
        )
    }

    /// A column of text or number without further meaning.
    pub(crate) fn plain(self) -> usize {
        match self {
            Departments | Employees | Desks | Courses => 1,
            Enrolments => 2,
        }
    }

    /// The key of a row.
    pub(crate) fn key_of(self, row: &Row) -> Row {
        self.key()
            .iter()
            .map(|column| row[*column].clone())
            .collect()
    }
}

/// Whether all foreign keys lead somewhere, and all unique values are that.
pub(crate) fn are_sound(rows: &Rows) -> bool {
    let mut unique = std::collections::BTreeSet::new();
    rows.iter().all(|((table, _), row)| {
        let leads = |(column, to): &(usize, Table)| {
            row[*column] == Cell::Null || rows.contains_key(&(*to, vec![row[*column].clone()]))
        };
        table.links().iter().all(leads)
            && table
                .unique()
                .is_none_or(|column| unique.insert((*table, &row[column])))
    })
}

/// Whether some row leads to this one.
pub(crate) fn is_led_to(rows: &Rows, table: Table, key: &Row) -> bool {
    rows.iter().any(|((from, _), row)| {
        let mut links = from.links().iter();
        links.any(|(column, to)| *to == table && key.first() == Some(&row[*column]))
    })
}
