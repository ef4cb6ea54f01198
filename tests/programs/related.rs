//! Relationships of objects that a program holds, whatever the model.

use aludel::{
    Entity, Pending, Result, Session,
    query::Relationship,
    session::{Collection, Eager, Linked, MaybeLinked, Object},
    value::Value,
};
use aludel_testing::company::{
    Course, CourseRelationships, Department, DepartmentRelationships, Desk, DeskRelationships,
    Employee, EmployeeRelationships, Enrolment, EnrolmentRelationships,
};

use crate::{
    handle::{Handle, Held, of_entity, of_pending},
    relation::Relation,
    sample::Sample,
};

/// A change of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Add,
    Remove,
    Replace,
}

/// How a query loads a relationship along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Joined,
    SelectIn,
    Subquery,
}

/// The objects that one leads to.
pub(crate) fn follow(relation: Relation, from: &Handle) -> Result<Vec<Handle>> {
    match relation {
        Relation::Head => optional(of::<Department>(from).head()),
        Relation::Staff => many(of::<Department>(from).employees()),
        Relation::Department => one(of::<Employee>(from).department()),
        Relation::Boss => optional(of::<Employee>(from).boss()),
        Relation::Headed => many(of::<Employee>(from).headed()),
        Relation::Reports => many(of::<Employee>(from).reports()),
        Relation::Desk => optional(of::<Employee>(from).desk()),
        Relation::Enrolments => many(of::<Employee>(from).enrolments()),
        Relation::Courses => many(of::<Employee>(from).courses()),
        Relation::DeskEmployee => one(of::<Desk>(from).employee()),
        Relation::EnrolmentEmployee => one(of::<Enrolment>(from).employee()),
        Relation::EnrolmentCourse => one(of::<Enrolment>(from).course()),
        Relation::CourseEnrolments => many(of::<Course>(from).enrolments()),
        Relation::CourseEmployees => many(of::<Course>(from).employees()),
    }
}

/// Sets a relationship to one row.
pub(crate) fn link(relation: Relation, from: &Handle, to: Option<&Handle>) -> Result<()> {
    match (relation, to) {
        (Relation::Head, None) => of::<Department>(from).set_head(None),
        (Relation::Boss, None) => of::<Employee>(from).set_boss(None),
        (Relation::Desk, None) => of::<Employee>(from).set_desk(None),
        (Relation::Head, Some(to)) => of::<Department>(from).set_head(of(to)),
        (Relation::Boss, Some(to)) => of::<Employee>(from).set_boss(of(to)),
        (Relation::Desk, Some(to)) => of::<Employee>(from).set_desk(of(to)),
        (Relation::Department, Some(to)) => of::<Employee>(from).set_department(of(to)),
        (Relation::DeskEmployee, Some(to)) => of::<Desk>(from).set_employee(of(to)),
        (Relation::EnrolmentEmployee, Some(to)) => of::<Enrolment>(from).set_employee(of(to)),
        (Relation::EnrolmentCourse, Some(to)) => of::<Enrolment>(from).set_course(of(to)),
        (other, _) => unreachable!("{other:?} is not set like this"),
    }
}

/// Changes a relationship to many rows.
pub(crate) fn change(
    relation: Relation,
    from: &Handle,
    change: Change,
    others: &[&Handle],
) -> Result<()> {
    match relation {
        Relation::Staff => apply(of::<Department>(from).employees()?, change, others),
        Relation::Headed => apply(of::<Employee>(from).headed()?, change, others),
        Relation::Reports => apply(of::<Employee>(from).reports()?, change, others),
        Relation::Enrolments => apply(of::<Employee>(from).enrolments()?, change, others),
        Relation::Courses => apply(of::<Employee>(from).courses()?, change, others),
        Relation::CourseEnrolments => apply(of::<Course>(from).enrolments()?, change, others),
        Relation::CourseEmployees => apply(of::<Course>(from).employees()?, change, others),
        other => unreachable!("{other:?} leads to one row"),
    }
}

/// The objects without a row that a relationship to many rows is going to lead to.
pub(crate) fn pending(relation: Relation, from: &Handle) -> Vec<Handle> {
    match relation {
        Relation::Staff => listed(Department::employees, from),
        Relation::Headed => listed(Employee::headed, from),
        Relation::Reports => listed(Employee::reports, from),
        Relation::Enrolments => listed(Employee::enrolments, from),
        Relation::Courses => listed(Employee::courses, from),
        Relation::CourseEnrolments => listed(Course::enrolments, from),
        Relation::CourseEmployees => listed(Course::employees, from),
        other => unreachable!("{other:?} leads to one row"),
    }
}

/// All rows of the table that a relationship leaves, with what it leads to.
pub(crate) fn eager(session: &Session, relation: Relation, how: How) -> Result<Vec<Handle>> {
    match relation {
        Relation::Head => loaded(session, along(Department::head, how)),
        Relation::Staff => loaded(session, along(Department::employees, how)),
        Relation::Department => loaded(session, along(Employee::department, how)),
        Relation::Boss => loaded(session, along(Employee::boss, how)),
        Relation::Headed => loaded(session, along(Employee::headed, how)),
        Relation::Reports => loaded(session, along(Employee::reports, how)),
        Relation::Desk => loaded(session, along(Employee::desk, how)),
        Relation::Enrolments => loaded(session, along(Employee::enrolments, how)),
        Relation::Courses => loaded(session, along(Employee::courses, how)),
        Relation::DeskEmployee => loaded(session, along(Desk::employee, how)),
        Relation::EnrolmentEmployee => loaded(session, along(Enrolment::employee, how)),
        Relation::EnrolmentCourse => loaded(session, along(Enrolment::course, how)),
        Relation::CourseEnrolments => loaded(session, along(Course::enrolments, how)),
        Relation::CourseEmployees => loaded(session, along(Course::employees, how)),
    }
}

/// The same, with what is loaded behind it, where that is tried.
pub(crate) fn eager_behind(
    session: &Session,
    relation: Relation,
    [how, behind]: [How; 2],
) -> Result<Vec<Handle>> {
    match relation {
        Relation::Staff => {
            let staff = along(Department::employees, how);
            loaded(session, staff.with(along(Employee::courses, behind)))
        }
        Relation::Department => {
            let department = along(Employee::department, how);
            loaded(session, department.with(along(Department::head, behind)))
        }
        Relation::Reports => {
            let reports = along(Employee::reports, how);
            loaded(session, reports.with(along(Employee::desk, behind)))
        }
        Relation::Courses => {
            let courses = along(Employee::courses, how);
            loaded(session, courses.with(along(Course::enrolments, behind)))
        }
        Relation::DeskEmployee => {
            let employee = along(Desk::employee, how);
            loaded(session, employee.with(along(Employee::boss, behind)))
        }
        Relation::CourseEnrolments => {
            let enrolments = along(Course::enrolments, how);
            loaded(session, enrolments.with(along(Enrolment::employee, behind)))
        }
        other => eager(session, other, how),
    }
}

fn of<M: Sample>(handle: &Handle) -> &Held<M> {
    M::held(handle).expect("an operation takes objects of the right table")
}

/// What a program holds stands for the object, whichever handle of it there is.
impl<M: Sample> Linked<M> for Held<M> {
    fn object(&self) -> u64 {
        self.either(Linked::object, Linked::object)
    }

    fn column(&self, column: usize) -> Option<Value> {
        self.either(
            |entity| entity.column(column),
            |pending| pending.column(column),
        )
    }

    fn handle(&self) -> Object {
        self.either(Linked::handle, Linked::handle)
    }
}

impl<M: Sample> MaybeLinked<M> for &Held<M> {
    fn maybe(&self) -> Option<Object> {
        Some(self.handle())
    }
}

fn one<M: Sample>(found: Result<Entity<M>>) -> Result<Vec<Handle>> {
    Ok(vec![of_entity(found?)])
}

fn optional<M: Sample>(found: Result<Option<Entity<M>>>) -> Result<Vec<Handle>> {
    Ok(found?.into_iter().map(of_entity).collect())
}

fn many<M: Sample>(found: Result<Collection<M>>) -> Result<Vec<Handle>> {
    Ok(found?.into_iter().map(of_entity).collect())
}

fn apply<M: Sample>(
    mut collection: Collection<M>,
    change: Change,
    others: &[&Handle],
) -> Result<()> {
    match change {
        Change::Add => others
            .iter()
            .try_for_each(|other| collection.add(of(other))),
        Change::Remove => others
            .iter()
            .try_for_each(|other| collection.remove(of(other))),
        Change::Replace => collection.replace(others.iter().map(|other| of(other))),
    }
}

fn listed<A: Sample, B: Sample, N>(along: Relationship<A, B, N>, from: &Handle) -> Vec<Handle> {
    let pending: Vec<Pending<B>> = along.pending(of::<A>(from));
    pending.into_iter().map(of_pending).collect()
}

fn along<A: Sample, B: Sample, N>(along: Relationship<A, B, N>, how: How) -> Eager<A, B> {
    match how {
        How::Joined => along.joined(),
        How::SelectIn => along.selectin(),
        How::Subquery => along.subquery(),
    }
}

fn loaded<A: Sample, B>(session: &Session, along: Eager<A, B>) -> Result<Vec<Handle>> {
    let found = A::all_with(session, along)?;
    Ok(found.into_iter().map(of_entity).collect())
}
