//! The relationships of the company, as plain data.

use crate::row::Table;

/// A relationship, named by its model where two have one of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Head,
    Staff,
    Department,
    Boss,
    Headed,
    Reports,
    Desk,
    Enrolments,
    Courses,
    DeskEmployee,
    EnrolmentEmployee,
    EnrolmentCourse,
    CourseEnrolments,
    CourseEmployees,
}

use Relation::{
    Boss, CourseEmployees, CourseEnrolments, Courses, Department, Desk, DeskEmployee,
    EnrolmentCourse, EnrolmentEmployee, Enrolments, Head, Headed, Reports, Staff,
};

/// How it gets to the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Along {
    /// By a column of its own table.
    Own(usize),
    /// By a column of another table.
    Other(Table, usize),
    /// By two columns of the enrolments.
    Through { here: usize, there: usize },
}

impl Relation {
    pub(crate) const ALL: [Relation; 14] = [
        Head,
        Staff,
        Department,
        Boss,
        Headed,
        Reports,
        Desk,
        Enrolments,
        Courses,
        DeskEmployee,
        EnrolmentEmployee,
        EnrolmentCourse,
        CourseEnrolments,
        CourseEmployees,
    ];

    /// Those to one row at most.
    pub(crate) const TO_ONE: [Relation; 7] = [
        Head,
        Department,
        Boss,
        Desk,
        DeskEmployee,
        EnrolmentEmployee,
        EnrolmentCourse,
    ];

    /// Those to many rows.
    pub(crate) const TO_MANY: [Relation; 7] = [
        Staff,
        Headed,
        Reports,
        Enrolments,
        Courses,
        CourseEnrolments,
        CourseEmployees,
    ];

    pub(crate) fn from(self) -> Table {
        match self {
            Head | Staff => Table::Departments,
            Department | Boss | Headed | Reports | Desk | Enrolments | Courses => Table::Employees,
            DeskEmployee => Table::Desks,
            EnrolmentEmployee | EnrolmentCourse => Table::Enrolments,
            CourseEnrolments | CourseEmployees => Table::Courses,
        }
    }

    pub(crate) fn to(self) -> Table {
        match self {
            Head | Staff | Boss | Reports | DeskEmployee | EnrolmentEmployee | CourseEmployees => {
                Table::Employees
            }
            Department | Headed => Table::Departments,
            Desk => Table::Desks,
            Enrolments | CourseEnrolments => Table::Enrolments,
            Courses | EnrolmentCourse => Table::Courses,
        }
    }

    pub(crate) fn along(self) -> Along {
        match self {
            Head => Along::Own(2),
            Staff => Along::Other(Table::Employees, 2),
            Department => Along::Own(2),
            Boss => Along::Own(3),
            Headed => Along::Other(Table::Departments, 2),
            Reports => Along::Other(Table::Employees, 3),
            Desk => Along::Other(Table::Desks, 2),
            Enrolments => Along::Other(Table::Enrolments, 0),
            Courses => Along::Through { here: 0, there: 1 },
            DeskEmployee => Along::Own(2),
            EnrolmentEmployee => Along::Own(0),
            EnrolmentCourse => Along::Own(1),
            CourseEnrolments => Along::Other(Table::Enrolments, 1),
            CourseEmployees => Along::Through { here: 1, there: 0 },
        }
    }

    /// What a query loads behind it.
    pub(crate) fn behind(self) -> Option<Relation> {
        match self {
            Staff => Some(Courses),
            Department => Some(Head),
            Reports => Some(Desk),
            Courses => Some(CourseEnrolments),
            DeskEmployee => Some(Boss),
            CourseEnrolments => Some(EnrolmentEmployee),
            _ => None,
        }
    }

    /// Whether it can be set to nothing.
    pub(crate) fn is_optional(self) -> bool {
        matches!(self, Head | Boss | Desk)
    }
}
