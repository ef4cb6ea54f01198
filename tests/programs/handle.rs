//! What a program holds of an object: its handles, whatever the model.

use std::{cell::RefCell, rc::Rc};

use aludel::{
    Connection, Entity, Pending, Result, Session, session::Object, text::Text, text_unchecked,
};
use aludel_testing::company::{Course, Department, Desk, Employee, Enrolment};

use crate::{
    row::{Cell, Row, Rows, Table},
    sample::{Given, Sample},
};

/// The handles of an object.
pub(crate) struct Held<M> {
    pub(crate) pending: Option<Pending<M>>,
    pub(crate) entity: Option<Entity<M>>,
}

/// The handles of an object of one of the models.
pub(crate) enum Handle {
    Department(Held<Department>),
    Employee(Held<Employee>),
    Desk(Held<Desk>),
    Course(Held<Course>),
    Enrolment(Held<Enrolment>),
}

/// What an entity shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) row: Row,
    pub(crate) is_dirty: bool,
    pub(crate) is_expired: bool,
    pub(crate) is_deleted: bool,
    pub(crate) is_detached: bool,
    pub(crate) is_there: bool,
}

macro_rules! each {
    ($handle:expr, $held:ident => $body:expr) => {
        match $handle {
            Handle::Department($held) => $body,
            Handle::Employee($held) => $body,
            Handle::Desk($held) => $body,
            Handle::Course($held) => $body,
            Handle::Enrolment($held) => $body,
        }
    };
}

macro_rules! of_table {
    ($table:expr, $function:ident($($argument:expr),*)) => {
        match $table {
            Table::Departments => $function::<Department>($($argument),*),
            Table::Employees => $function::<Employee>($($argument),*),
            Table::Desks => $function::<Desk>($($argument),*),
            Table::Courses => $function::<Course>($($argument),*),
            Table::Enrolments => $function::<Enrolment>($($argument),*),
        }
    };
}

impl Handle {
    pub(crate) fn add(session: &Session, table: Table, given: &[Given<'_>]) -> Handle {
        of_table!(table, add(session, given))
    }

    /// Lists what comes into a session with rows that it reads.
    pub(crate) fn hear(session: &Session, arrivals: &Rc<RefCell<Vec<Handle>>>) {
        hear::<Department>(session, arrivals);
        hear::<Employee>(session, arrivals);
        hear::<Desk>(session, arrivals);
        hear::<Course>(session, arrivals);
        hear::<Enrolment>(session, arrivals);
    }

    pub(crate) fn all(session: &Session, table: Table) -> Result<Vec<Handle>> {
        of_table!(table, all(session))
    }

    pub(crate) fn get(session: &Session, table: Table, key: &Row) -> Result<Option<Handle>> {
        of_table!(table, get(session, key))
    }

    pub(crate) fn merge(session: &Session, table: Table, row: &Row) -> Result<Handle> {
        of_table!(table, merge(session, row))
    }

    /// The object that a list of the session holds.
    pub(crate) fn listed(table: Table, object: &Object) -> Option<Handle> {
        of_table!(table, listed(object))
    }

    /// The same, where it has a row.
    pub(crate) fn with_row(table: Table, object: &Object) -> Option<Handle> {
        of_table!(table, with_row(object))
    }

    pub(crate) fn table(&self) -> Table {
        match self {
            Handle::Department(_) => Table::Departments,
            Handle::Employee(_) => Table::Employees,
            Handle::Desk(_) => Table::Desks,
            Handle::Course(_) => Table::Courses,
            Handle::Enrolment(_) => Table::Enrolments,
        }
    }

    /// Whether both are of one object.
    pub(crate) fn is(&self, other: &Handle) -> bool {
        match (self, other) {
            (Handle::Department(one), Handle::Department(other)) => one.is(other),
            (Handle::Employee(one), Handle::Employee(other)) => one.is(other),
            (Handle::Desk(one), Handle::Desk(other)) => one.is(other),
            (Handle::Course(one), Handle::Course(other)) => one.is(other),
            (Handle::Enrolment(one), Handle::Enrolment(other)) => one.is(other),
            _ => false,
        }
    }

    /// The key that the handle of a pending object says; `Err` where there is no such handle.
    pub(crate) fn id(&self) -> std::result::Result<Option<Row>, ()> {
        each!(self, held => held.id())
    }

    /// What the entity shows; `None` while there is none.
    pub(crate) fn shown(&self, session: &Session) -> Option<Shown> {
        each!(self, held => held.entity.as_ref().map(|entity| shown(session, entity)))
    }

    pub(crate) fn has_entity(&self) -> bool {
        each!(self, held => held.entity.is_some())
    }

    /// Asks the pending object for its entity, where that is not known yet.
    pub(crate) fn find_entity(&mut self) -> Result<()> {
        each!(self, held => held.find_entity())
    }

    pub(crate) fn edit(&self, row: &Row) -> Result<()> {
        each!(self, held => held.edit(row))
    }

    pub(crate) fn delete(&self, session: &Session) -> Result<()> {
        each!(self, held => with(held, |entity| session.delete(entity)))
    }

    pub(crate) fn refresh(&self, session: &Session) -> Result<()> {
        each!(self, held => with(held, |entity| session.refresh(entity)))
    }

    pub(crate) fn expire(&self, session: &Session) -> Result<()> {
        each!(self, held => with(held, |entity| session.expire(entity)))
    }

    pub(crate) fn expunge(&self, session: &Session) -> Result<()> {
        each!(self, held => match (&held.entity, &held.pending) {
            (Some(entity), _) => session.expunge(entity),
            (None, Some(pending)) => session.expunge_pending(pending),
            (None, None) => Ok(()),
        })
    }

    pub(crate) fn add_again(&self, session: &Session) -> Result<()> {
        each!(self, held => match (&held.pending, &held.entity) {
            (Some(pending), _) => session.add(pending).map(drop),
            (None, Some(entity)) => session.add(entity).map(drop),
            (None, None) => Ok(()),
        })
    }
}

impl<M: Sample> Held<M> {
    /// What one of its handles says.
    pub(crate) fn either<T>(
        &self,
        entity: impl FnOnce(&Entity<M>) -> T,
        pending: impl FnOnce(&Pending<M>) -> T,
    ) -> T {
        match (&self.entity, &self.pending) {
            (Some(held), _) => entity(held),
            (None, Some(held)) => pending(held),
            (None, None) => unreachable!("an object has a handle"),
        }
    }

    fn is(&self, other: &Self) -> bool {
        match (&self.pending, &self.entity, &other.pending, &other.entity) {
            (Some(one), _, Some(other), _) => one == other,
            (Some(one), _, None, Some(other)) => one == other,
            (_, Some(one), Some(other), _) => other == one,
            (_, Some(one), _, Some(other)) => one == other,
            _ => false,
        }
    }

    fn id(&self) -> std::result::Result<Option<Row>, ()> {
        let pending = self.pending.as_ref().ok_or(())?;
        Ok(pending.id().map(|key| M::cells(&key)))
    }

    fn find_entity(&mut self) -> Result<()> {
        if let (None, Some(pending)) = (&self.entity, &self.pending) {
            self.entity = Some(pending.entity()?);
        }
        Ok(())
    }

    fn edit(&self, row: &Row) -> Result<()> {
        with(self, |entity| {
            *entity.edit()? = M::of(row);
            Ok(())
        })
    }
}

fn with<M: Sample>(held: &Held<M>, run: impl FnOnce(&Entity<M>) -> Result<()>) -> Result<()> {
    run(held
        .entity
        .as_ref()
        .expect("it is asked for where there is one"))
}

fn add<M: Sample>(session: &Session, given: &[Given<'_>]) -> Handle {
    of_pending(M::add(session, given))
}

fn hear<M: Sample>(session: &Session, arrivals: &Rc<RefCell<Vec<Handle>>>) {
    let arrivals = Rc::clone(arrivals);
    session.events(|on| {
        on.load::<M>(move |_, entity| {
            arrivals.borrow_mut().push(of_entity(entity.clone()));
            Ok(())
        });
    });
}

pub(crate) fn of_entity<M: Sample>(entity: Entity<M>) -> Handle {
    M::handle(Held {
        pending: None,
        entity: Some(entity),
    })
}

pub(crate) fn of_pending<M: Sample>(pending: Pending<M>) -> Handle {
    M::handle(Held {
        pending: Some(pending),
        entity: None,
    })
}

fn all<M: Sample>(session: &Session) -> Result<Vec<Handle>> {
    Ok(M::all(session)?.into_iter().map(of_entity).collect())
}

fn get<M: Sample>(session: &Session, key: &Row) -> Result<Option<Handle>> {
    Ok(session.get::<M>(M::key_of(key))?.map(of_entity))
}

fn merge<M: Sample>(session: &Session, row: &Row) -> Result<Handle> {
    Ok(of_pending(session.merge(M::of(row))?))
}

fn listed<M: Sample>(object: &Object) -> Option<Handle> {
    object.pending::<M>().map(of_pending)
}

fn with_row<M: Sample>(object: &Object) -> Option<Handle> {
    object.entity::<M>().map(of_entity)
}

fn shown<M: Sample>(session: &Session, entity: &Entity<M>) -> Shown {
    Shown {
        row: entity.row(),
        is_dirty: Entity::is_dirty(entity),
        is_expired: Entity::is_expired(entity),
        is_deleted: Entity::is_deleted(entity),
        is_detached: Entity::is_detached(entity),
        is_there: session.contains(entity),
    }
}

/// All rows that a connection sees.
pub(crate) fn rows(connection: &Connection) -> Result<Rows> {
    let read = connection.execute(text_unchecked(Table::EVERYTHING))?;
    let mut rows = Rows::new();
    for row in read.all() {
        let table = Table::ALL[row.get::<i64>(0)? as usize];
        let mut cells = Row::new();
        for column in 0..table.columns().len() {
            let number = row.get::<Option<i64>>(column + 1);
            cells.push(match number {
                Ok(Some(value)) => Cell::Int(value),
                Ok(None) => Cell::Null,
                Err(_) => Cell::Text(row.get::<String>(column + 1)?),
            });
        }
        rows.insert((table, table.key_of(&cells)), cells);
    }
    Ok(rows)
}

/// Changes a column of a row behind the session's back.
pub(crate) fn change(
    session: &Session,
    (table, key): (Table, &Row),
    column: usize,
    cell: &Cell,
) -> Result<()> {
    let columns = table.columns();
    let by: Vec<String> = table
        .key()
        .iter()
        .map(|column| format!("{} = :k{column}", columns[*column]))
        .collect();
    let sql = format!(
        "UPDATE {} SET {} = :v WHERE {}",
        table.name(),
        columns[column],
        by.join(" AND ")
    );
    let mut statement = bind(text_unchecked(sql), "v", cell);
    for (place, cell) in key.iter().enumerate() {
        statement = bind(statement, &format!("k{place}"), cell);
    }
    session.with_connection(|connection| connection.execute(statement).map(drop))
}

fn bind(statement: Text, name: &str, cell: &Cell) -> Text {
    match cell {
        Cell::Text(value) => statement.bind(name, value.clone()),
        Cell::Int(value) => statement.bind(name, *value),
        Cell::Null | Cell::Made(_) => statement.bind(name, None::<i64>),
    }
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        each!(self, held => match (&held.pending, &held.entity) {
            (Some(pending), _) => write!(f, "{pending:?}"),
            (None, Some(entity)) => write!(f, "{:?}", entity.row()),
            (None, None) => f.write_str("nothing"),
        })
    }
}
