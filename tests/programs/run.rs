//! Runs a program on a session and on the model, and compares them.

#[path = "run/compare.rs"]
mod compare;
#[path = "run/linking.rs"]
mod linking;
#[path = "run/objects.rs"]
mod objects;
#[path = "run/queries.rs"]
mod queries;
#[path = "run/relationships.rs"]
mod relationships;
#[path = "run/transactions.rs"]
mod transactions;

use std::{cell::RefCell, rc::Rc};

use aludel::{Engine, Error, ErrorKind, Session, session::Savepoint, text_unchecked};

use crate::{
    handle::{self, Handle},
    model::{Flush, Model, Outcome},
    operation::{Kind, Operation},
    row::{Cell, Rows},
};

/// What differs, in words.
pub(crate) type Step<T = ()> = Result<T, String>;

/// A program under way.
pub(crate) struct Run<'s> {
    session: &'s Session,
    model: Model,
    /// By the number of the object; none where the program let go of it.
    handles: Vec<Option<Handle>>,
    savepoints: Vec<Savepoint<'s>>,
    /// The next key that a program gives.
    fresh: i64,
    /// What came into the session with rows that it read, and is not known yet.
    arrivals: Rc<RefCell<Vec<Handle>>>,
    /// Whether more may have been renewed than was asked for.
    is_renewing: bool,
}

/// Runs a program; `Err` says what differs. The model can be shown after each step.
pub(crate) fn run(engine: &Engine, program: &[Operation], shows_steps: bool) -> Step {
    let rows = begin(engine);
    let rows = rows.map_err(|error| format!("there are no rows to begin with: {error:?}"))?;
    let session = Session::new(engine);
    let arrivals = Rc::default();
    Handle::hear(&session, &arrivals);
    let mut run = Run {
        session: &session,
        model: Model::new(rows),
        handles: Vec::new(),
        savepoints: Vec::new(),
        fresh: 1_000,
        arrivals,
        is_renewing: false,
    };
    for (index, operation) in program.iter().enumerate() {
        let done = run.step(*operation);
        let done = done
            .and_then(|()| run.arrive())
            .and_then(|()| run.compare());
        done.map_err(|difference| format!("operation {index}, {operation:?}: {difference}"))?;
        if shows_steps {
            println!("{operation:?}\n{:?}", run.model);
        }
    }
    let done = run.finish();
    done.map_err(|difference| format!("at the end: {difference}"))
}

/// The rows that each program begins with, after those of the one before are gone.
const BEGIN: [&str; 14] = [
    "UPDATE departments SET head_id = NULL",
    "UPDATE employees SET boss_id = NULL",
    "DELETE FROM enrolments",
    "DELETE FROM desks",
    "DELETE FROM courses",
    "DELETE FROM employees",
    "DELETE FROM departments",
    "INSERT INTO departments (id, name) VALUES (1, 'department 0'), (2, 'department 1')",
    "INSERT INTO employees (id, name, department_id) VALUES (1, 'text 0', 1), (2, 'text 1', 1), (3, 'text 2', 2)",
    "UPDATE departments SET head_id = 1 WHERE id = 1",
    "UPDATE employees SET boss_id = 1 WHERE id > 1",
    "INSERT INTO desks (id, place, employee_id) VALUES (1, 'text 0', 1)",
    "INSERT INTO courses (code, title) VALUES ('course 0', 'text 0'), ('course 1', 'text 1')",
    "INSERT INTO enrolments (employee_id, course_code, grade) VALUES (1, 'course 0', 1), (2, 'course 0', NULL)",
];

fn begin(engine: &Engine) -> aludel::Result<Rows> {
    let connection = engine.connect()?;
    for statement in BEGIN {
        connection.execute(text_unchecked(statement))?;
    }
    connection.commit()?;
    handle::rows(&connection)
}

pub(crate) fn outcome<T>(result: &aludel::Result<T>) -> Step<Outcome> {
    let Err(error) = result else {
        return Ok(Outcome::Fine);
    };
    Ok(match error.kind() {
        ErrorKind::UniqueViolation
        | ErrorKind::ForeignKeyViolation
        | ErrorKind::NotNullViolation
        | ErrorKind::Integrity => Outcome::Integrity,
        ErrorKind::StaleData => Outcome::Stale,
        ErrorKind::InvalidRequest => Outcome::Invalid,
        ErrorKind::Detached => Outcome::Detached,
        ErrorKind::NoResult => Outcome::Missing,
        ErrorKind::MultipleResults => Outcome::Several,
        _ => return Err(format!("an error of no kind that was expected: {error:?}")),
    })
}

/// It has to end so.
pub(crate) fn expect<T>(result: &aludel::Result<T>, expected: Outcome) -> Step {
    match outcome(result)? {
        found if found == expected => Ok(()),
        found => Err(format!(
            "expected {expected:?}, found {found:?}{}",
            said(result)
        )),
    }
}

fn said<T>(result: &aludel::Result<T>) -> String {
    let error: Option<&Error> = result.as_ref().err();
    error.map_or_else(String::new, |error| format!(": {error}"))
}

impl Run<'_> {
    fn step(&mut self, operation: Operation) -> Step {
        let numbers = operation.numbers;
        self.is_renewing = operation.kind.relates() || operation.kind == Kind::Edit;
        if operation.kind.relates() || self.model.dooms_employees() {
            self.drop_strays()?;
        }
        match operation.kind {
            Kind::Add => self.add(numbers),
            Kind::Edit => self.edit(numbers),
            Kind::Delete => self.delete(numbers),
            Kind::Flush => self.flush(),
            Kind::Commit => self.commit(),
            Kind::Rollback => self.rollback(),
            Kind::Query => self.query(numbers),
            Kind::QueryAsIs => self.query_as_is(numbers),
            Kind::Get => self.get(numbers),
            Kind::Savepoint => self.savepoint(),
            Kind::SavepointCommit => self.savepoint_commit(numbers),
            Kind::SavepointRollback => self.savepoint_rollback(numbers),
            Kind::Refresh => self.refresh(numbers),
            Kind::Expire => self.expire(numbers),
            Kind::ExpireAll => {
                self.session.expire_all();
                self.model.expire_all();
                Ok(())
            }
            Kind::Expunge => self.expunge(numbers),
            Kind::Merge => self.merge(numbers),
            Kind::AddAgain => self.add_again(numbers),
            Kind::Raw => self.raw(numbers),
            Kind::Forget => self.forget(numbers),
            Kind::Close => self.close(),
            Kind::Follow => self.follow(numbers),
            Kind::Eager => self.eager(numbers),
            Kind::Link => self.link(numbers),
            Kind::MemberAdd => self.member_add(numbers),
            Kind::MemberRemove => self.member_remove(numbers),
            Kind::MembersReplace => self.members_replace(numbers),
        }
    }

    fn handle(&self, object: usize) -> Step<&Handle> {
        let handle = self.handles[object].as_ref();
        handle.ok_or_else(|| "the program has no handle of that object".to_owned())
    }

    /// Does something that flushes before. `None` where the flush failed, as it had to, and was rolled back.
    fn flushing<T>(
        &mut self,
        run: impl FnOnce(&Self) -> aludel::Result<T>,
    ) -> Step<Option<aludel::Result<T>>> {
        if !self.model.has_changes() {
            return Ok(Some(run(self)));
        }
        let flush = self.model.flush();
        if flush.outcomes.len() > 1 {
            let result = self.session.flush();
            if !self.flushed(flush, &result)? {
                return Ok(None);
            }
            return Ok(Some(run(self)));
        }
        if flush.outcomes.contains(&Outcome::Fine) {
            let result = run(self);
            let flushed = self.flushed(flush, &Ok(()));
            flushed.map_err(|difference| format!("{difference}{}", said(&result)))?;
            return Ok(Some(result));
        }
        let result = run(self).map(drop);
        self.flushed(flush, &result)?;
        Ok(None)
    }

    /// A flush ended somehow: false where it failed, and was rolled back.
    fn flushed(&mut self, flush: Flush, result: &aludel::Result<()>) -> Step<bool> {
        self.arrive()?;
        self.is_renewing |= flush.cascades();
        let found = outcome(result)?;
        if !flush.outcomes.contains(&found) {
            let expected = &flush.outcomes;
            return Err(format!(
                "the flush was to end as one of {expected:?}, and ended as {found:?}{}",
                said(result)
            ));
        }
        if found != Outcome::Fine {
            self.recover(&flush, found)?;
            return Ok(false);
        }
        let (session, handles) = (self.session, &self.handles);
        let made = |object: usize| {
            let handle = handles.get(object)?.as_ref()?;
            let key = match handle.id() {
                Ok(id) => id?,
                Err(()) => handle.shown(session)?.row,
            };
            key.first().cloned()
        };
        self.model.flushed(flush, made);
        self.find_entities()?;
        let made = |cell: &Cell| matches!(cell, Cell::Made(_));
        match self.model.rows.values().flatten().any(made) {
            true => Err("a key that the database made is not known".to_owned()),
            false => Ok(true),
        }
    }

    /// Whatever has a row has an entity.
    fn find_entities(&mut self) -> Step {
        for (object, handle) in self.handles.iter_mut().enumerate() {
            let is_there = !self.model.objects[object].stored.is_empty()
                && self.model.objects[object].key.is_some();
            if let Some(handle) = handle
                && is_there
            {
                let found = handle.find_entity();
                found.map_err(|error| format!("{handle:?} has no entity: {error}"))?;
            }
        }
        Ok(())
    }

    /// The object of a handle that an operation gave is that of the model.
    fn same(&mut self, object: usize, handle: Handle) -> Step {
        while self.handles.len() < self.model.objects.len() {
            self.handles.push(None);
        }
        match &self.handles[object] {
            Some(known) if known.is(&handle) => Ok(()),
            Some(known) => Err(format!(
                "{known:?} and {handle:?} are two objects of one row"
            )),
            None => {
                let mut others = self.handles.iter().flatten();
                if let Some(other) = others.find(|other| other.is(&handle)) {
                    return Err(format!("{other:?} is an object for the row of {handle:?}"));
                }
                self.handles[object] = Some(handle);
                self.model.objects[object].is_held = true;
                Ok(())
            }
        }
    }

    /// The rows that the session's transaction sees.
    fn rows_within(&self) -> aludel::Result<Rows> {
        self.session
            .without_autoflush(|| self.session.with_connection(handle::rows))
    }
}
