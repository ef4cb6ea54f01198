//! The models of the company, in terms of plain rows.

use aludel::{Entity, Pending, Result, Session, prelude::*, session::Eager};
use aludel_testing::company::{Course, Department, Desk, Employee, Enrolment};

use crate::{
    handle::{Handle, Held},
    row::{Cell, Row},
};

/// What a new row gets in a column: a value, an object that it leads to, or nothing.
pub(crate) type Given<'h> = Option<Source<'h>>;

/// Where the value of a column comes from.
#[derive(Clone)]
pub(crate) enum Source<'h> {
    Cell(Cell),
    Object(&'h Handle),
}

/// A model as plain rows.
pub(crate) trait Sample: Keyed + Sized {
    fn row(&self) -> Row;
    fn of(row: &Row) -> Self;
    fn key_of(key: &Row) -> Self::Key;
    fn cells(key: &Self::Key) -> Row;
    /// Adds a row.
    fn add(session: &Session, given: &[Given<'_>]) -> Pending<Self>;
    /// The handle, where it is one of this model.
    fn held(handle: &Handle) -> Option<&Held<Self>>;
    fn handle(held: Held<Self>) -> Handle;
    fn all(session: &Session) -> Result<Vec<Entity<Self>>>;
    /// All, with what a relationship leads to.
    fn all_with<B>(session: &Session, along: Eager<Self, B>) -> Result<Vec<Entity<Self>>>;
}

fn int(cell: &Cell) -> i64 {
    optional(cell).unwrap_or(-1)
}

fn optional(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Int(value) => Some(*value),
        Cell::Null | Cell::Text(_) | Cell::Made(_) => None,
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(value) => value.clone(),
        Cell::Null | Cell::Int(_) | Cell::Made(_) => String::new(),
    }
}

fn number(value: Option<i64>) -> Cell {
    value.map_or(Cell::Null, Cell::Int)
}

fn words(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

/// The value that is given for a column that has to have one.
fn value(given: &Given<'_>) -> Cell {
    match given {
        Some(Source::Cell(cell)) => cell.clone(),
        Some(Source::Object(_)) | None => Cell::Null,
    }
}

/// Sets a column by value, or by the object that it leads to.
macro_rules! lead {
    ($new:ident . $link:ident : $model:ty, $column:ident ($convert:ident), $given:expr) => {
        match $given {
            Some(Source::Object(handle)) => match <$model>::held(handle) {
                Some(Held {
                    pending: Some(to), ..
                }) => $new.$link(to),
                Some(Held {
                    entity: Some(to), ..
                }) => $new.$link(to),
                _ => unreachable!("a link leads to an object of its table"),
            },
            other => $new.$column($convert(&value(other))),
        }
    };
}

macro_rules! common {
    ($model:ident) => {
        fn held(handle: &Handle) -> Option<&Held<Self>> {
            match handle {
                Handle::$model(held) => Some(held),
                _ => None,
            }
        }

        fn handle(held: Held<Self>) -> Handle {
            Handle::$model(held)
        }

        fn all(session: &Session) -> Result<Vec<Entity<Self>>> {
            session.query::<$model>().all()
        }

        fn all_with<B>(session: &Session, along: Eager<Self, B>) -> Result<Vec<Entity<Self>>> {
            session.query::<$model>().eager(along).all()
        }
    };
}

impl Sample for Department {
    fn row(&self) -> Row {
        vec![Cell::Int(self.id), words(&self.name), number(self.head_id)]
    }

    fn of(row: &Row) -> Self {
        Department {
            id: int(&row[0]),
            name: text(&row[1]),
            head_id: optional(&row[2]),
        }
    }

    fn key_of(key: &Row) -> i64 {
        int(&key[0])
    }

    fn cells(key: &i64) -> Row {
        vec![Cell::Int(*key)]
    }

    fn add(session: &Session, given: &[Given<'_>]) -> Pending<Self> {
        let mut new = Department::insert().name(text(&value(&given[1])));
        if given[0].is_some() {
            new = new.id(int(&value(&given[0])));
        }
        if given[2].is_some() {
            new = lead!(new.head: Employee, head_id(optional), &given[2]);
        }
        session.add(new)
    }

    common!(Department);
}

impl Sample for Employee {
    fn row(&self) -> Row {
        vec![
            Cell::Int(self.id),
            words(&self.name),
            Cell::Int(self.department_id),
            number(self.boss_id),
        ]
    }

    fn of(row: &Row) -> Self {
        Employee {
            id: int(&row[0]),
            name: text(&row[1]),
            department_id: int(&row[2]),
            boss_id: optional(&row[3]),
        }
    }

    fn key_of(key: &Row) -> i64 {
        int(&key[0])
    }

    fn cells(key: &i64) -> Row {
        vec![Cell::Int(*key)]
    }

    fn add(session: &Session, given: &[Given<'_>]) -> Pending<Self> {
        let mut new = Employee::insert().name(text(&value(&given[1])));
        if given[0].is_some() {
            new = new.id(int(&value(&given[0])));
        }
        if given[3].is_some() {
            new = lead!(new.boss: Employee, boss_id(optional), &given[3]);
        }
        session.add(lead!(new.department: Department, department_id(int), &given[2]))
    }

    common!(Employee);
}

impl Sample for Desk {
    fn row(&self) -> Row {
        vec![
            Cell::Int(self.id),
            words(&self.place),
            Cell::Int(self.employee_id),
        ]
    }

    fn of(row: &Row) -> Self {
        Desk {
            id: int(&row[0]),
            place: text(&row[1]),
            employee_id: int(&row[2]),
        }
    }

    fn key_of(key: &Row) -> i64 {
        int(&key[0])
    }

    fn cells(key: &i64) -> Row {
        vec![Cell::Int(*key)]
    }

    fn add(session: &Session, given: &[Given<'_>]) -> Pending<Self> {
        let mut new = Desk::insert().place(text(&value(&given[1])));
        if given[0].is_some() {
            new = new.id(int(&value(&given[0])));
        }
        session.add(lead!(new.employee: Employee, employee_id(int), &given[2]))
    }

    common!(Desk);
}

impl Sample for Course {
    fn row(&self) -> Row {
        vec![words(&self.code), words(&self.title)]
    }

    fn of(row: &Row) -> Self {
        Course {
            code: text(&row[0]),
            title: text(&row[1]),
        }
    }

    fn key_of(key: &Row) -> String {
        text(&key[0])
    }

    fn cells(key: &String) -> Row {
        vec![words(key)]
    }

    fn add(session: &Session, given: &[Given<'_>]) -> Pending<Self> {
        let new = Course::insert().code(text(&value(&given[0])));
        session.add(new.title(text(&value(&given[1]))))
    }

    common!(Course);
}

impl Sample for Enrolment {
    fn row(&self) -> Row {
        vec![
            Cell::Int(self.employee_id),
            words(&self.course_code),
            number(self.grade),
        ]
    }

    fn of(row: &Row) -> Self {
        Enrolment {
            employee_id: int(&row[0]),
            course_code: text(&row[1]),
            grade: optional(&row[2]),
        }
    }

    fn key_of(key: &Row) -> (i64, String) {
        (int(&key[0]), text(&key[1]))
    }

    fn cells((employee, course): &(i64, String)) -> Row {
        vec![Cell::Int(*employee), words(course)]
    }

    fn add(session: &Session, given: &[Given<'_>]) -> Pending<Self> {
        let mut new = Enrolment::insert();
        if given[2].is_some() {
            new = new.grade(optional(&value(&given[2])));
        }
        let new = lead!(new.employee: Employee, employee_id(int), &given[0]);
        session.add(lead!(new.course: Course, course_code(text), &given[1]))
    }

    common!(Enrolment);
}
