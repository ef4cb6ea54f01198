//! s14: what closures are told of, and in which order.

use std::{cell::RefCell, rc::Rc};

use aludel::{
    Entity, Pending, Result, Session,
    model::{Keyed, Model},
    prelude::*,
    query::insert,
    session::Events,
};
use aludel_testing::{
    company::{Course, Department, Employee},
    each_database,
};

use crate::{department, employee, session};

/// What was told, as lines.
#[derive(Clone, Default)]
pub(super) struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub(super) fn line(&self, line: impl Into<String>) {
        self.0.borrow_mut().push(line.into());
    }

    pub(super) fn take(&self) -> Vec<String> {
        self.0.take()
    }

    /// A closure that is told of a session.
    fn of(&self, what: &'static str) -> impl Fn(&Session) + 'static {
        let log = self.clone();
        move |_| log.line(format!("  {what}"))
    }

    /// The same, of what may be refused.
    fn asked(&self, what: &'static str) -> impl Fn(&Session) -> Result<()> + 'static {
        let of = self.of(what);
        move |session| {
            of(session);
            Ok(())
        }
    }

    /// A closure that is told of an entity.
    pub(super) fn entity<M: Keyed>(
        &self,
        what: &'static str,
        name: fn(&M) -> String,
    ) -> impl Fn(&Session, &Entity<M>) -> Result<()> + 'static {
        let log = self.clone();
        move |_, entity| {
            log.line(format!("  {what} {}", name(entity)));
            Ok(())
        }
    }
}

/// Listens to all that can be heard of a model.
fn listen_to<M: Keyed>(
    on: &mut Events,
    log: &Log,
    name: fn(&M) -> String,
    new: fn(&Pending<M>) -> String,
) {
    let before = log.clone();
    on.before_insert::<M>(move |_, pending| {
        before.line(format!("  before_insert {}", new(pending)));
        Ok(())
    });
    on.after_insert(log.entity("after_insert", name));
    on.before_update(log.entity("before_update", name));
    on.after_update(log.entity("after_update", name));
    on.before_delete(log.entity("before_delete", name));
    on.after_delete(log.entity("after_delete", name));
    on.load(log.entity("load", name));
}

/// Listens to all that can be heard.
fn listen(on: &mut Events, log: &Log) {
    on.before_flush(log.asked("before_flush"));
    on.after_flush(log.asked("after_flush"));
    on.before_commit(log.asked("before_commit"));
    on.after_commit(log.of("after_commit"));
    on.after_rollback(log.of("after_rollback"));
    on.after_savepoint_rollback(log.of("after_savepoint_rollback"));
    listen_to::<Department>(
        on,
        log,
        |it| it.name.clone(),
        |it| it.get(Department::name).unwrap_or_default(),
    );
    listen_to::<Employee>(
        on,
        log,
        |it| it.name.clone(),
        |it| it.get(Employee::name).unwrap_or_default(),
    );
    listen_to::<Course>(
        on,
        log,
        |it| it.title.clone(),
        |it| it.get(Course::title).unwrap_or_default(),
    );
}

fn of_name(session: &Session, name: &str) -> Entity<Employee> {
    let found = session.query::<Employee>().filter(Employee::name.eq(name));
    found.one().unwrap()
}

/// What is done, in this order, in one session.
const STEPS: &[(&str, fn(&Session))] = &[
    ("a commit of nothing", |session| session.commit().unwrap()),
    ("a rollback of nothing", |session| {
        session.rollback().unwrap()
    }),
    ("a flush of nothing", |session| session.flush().unwrap()),
    ("new objects", |session| {
        let sales = department(session, "sales");
        let boss = employee(session, "boss", &sales);
        session.add(Employee::insert().name("ed").department(&sales).boss(&boss));
        session.commit().unwrap();
    }),
    ("a query flushes", |session| {
        of_name(session, "ed").edit().unwrap().name = "eddie".to_owned();
        let count = session.query::<Department>().count().unwrap();
        assert_eq!(count, 1);
        session.commit().unwrap();
    }),
    ("an edit that changes nothing", |session| {
        let sales = session.query::<Department>().one().unwrap();
        sales.edit().unwrap().name = "x".to_owned();
        sales.edit().unwrap().name = "sales".to_owned();
        session.flush().unwrap();
    }),
    ("a rollback", |session| {
        of_name(session, "boss").edit().unwrap().name = "lost".to_owned();
        session.flush().unwrap();
        session.rollback().unwrap();
    }),
    ("savepoints: kept, rolled back, dropped", |session| {
        let outer = session.savepoint().unwrap();
        department(session, "kept");
        let inner = session.savepoint().unwrap();
        department(session, "lost");
        inner.rollback().unwrap();
        outer.commit().unwrap();
        department(session, "flushed before");
        drop(session.savepoint().unwrap());
        session.commit().unwrap();
    }),
    ("a flush that fails", |session| {
        department(session, "kept");
        assert!(session.flush().unwrap_err().is_unique_violation());
        session.rollback().unwrap();
    }),
    ("a row that is taken over", |session| {
        let art = session.add(Course::insert().code("a").title("art"));
        let art = art.entity().unwrap();
        session.delete(&art).unwrap();
        session.add(Course::insert().code("a").title("arithmetic"));
        session.flush().unwrap();
    }),
    ("all at once", |session| {
        session.add(Course::insert().code("b").title("biology"));
        let all = session.query::<Course>().order_by(Course::code);
        let all = all.all().unwrap();
        session.delete(&all[0]).unwrap();
        session.add(Course::insert().code("c").title("chess"));
        all[1].edit().unwrap().title = "botany".to_owned();
        session.flush().unwrap();
        session.close().unwrap();
    }),
    ("statements about many rows", |session| {
        let update = session.update::<Employee>().all_rows();
        update.set(Employee::boss_id.set(None)).execute().unwrap();
        let rows = (0..3).map(|n| Course::insert().code(format!("{n}")).title("many"));
        session.insert_all(rows).unwrap();
        session
            .delete_from::<Course>()
            .all_rows()
            .execute()
            .unwrap();
        session
            .with_connection(|conn| {
                let row = insert(Course::insert().code("r").title("returned"));
                drop(row.returning(Course::entity()).on(conn).all());
                Ok::<_, aludel::Error>(())
            })
            .unwrap();
        session.rollback().unwrap();
    }),
    ("transact", |session| {
        let done: Result<()> = session.transact(|session| {
            department(session, "transacted");
            session.transact(|session| {
                department(session, "inner");
                Err(aludel::Error::rejected("no"))
            })
        });
        assert!(done.unwrap_err().is_rejected());
    }),
];

const TOLD: &str = "
a commit of nothing
  before_commit
  after_commit
a rollback of nothing
a flush of nothing
new objects
  before_commit
  before_flush
  before_insert sales
  before_insert boss
  before_insert ed
  after_insert sales
  after_insert boss
  after_insert ed
  after_flush
  after_commit
a query flushes
  load ed
  before_flush
  before_update eddie
  after_update eddie
  after_flush
  before_commit
  after_commit
an edit that changes nothing
  load sales
  before_flush
  after_flush
a rollback
  load boss
  before_flush
  before_update lost
  after_update lost
  after_flush
  after_rollback
savepoints: kept, rolled back, dropped
  before_flush
  before_insert kept
  after_insert kept
  after_flush
  after_savepoint_rollback
  before_flush
  before_insert flushed before
  after_insert flushed before
  after_flush
  after_savepoint_rollback
  before_commit
  after_commit
a flush that fails
  before_flush
  before_insert kept
  after_rollback
a row that is taken over
  before_flush
  before_insert art
  after_insert art
  after_flush
  before_flush
  before_insert arithmetic
  before_delete art
  after_delete art
  after_insert arithmetic
  after_flush
all at once
  before_flush
  before_insert biology
  after_insert biology
  after_flush
  before_flush
  before_insert chess
  before_update botany
  before_delete arithmetic
  after_update botany
  after_insert chess
  after_delete arithmetic
  after_flush
  after_rollback
statements about many rows
  after_rollback
transact
  before_flush
  before_insert transacted
  after_insert transacted
  after_flush
  after_savepoint_rollback
  after_rollback
";

/// Every event, in its order.
#[each_database]
fn s14_events_come_in_their_order() {
    let session = session();
    let log = Log::default();
    session.events(|on| listen(on, &log));
    for (step, run) in STEPS {
        log.line(*step);
        run(&session);
    }
    drop(session);
    let told = log.take().join("\n");
    assert_eq!(told, TOLD.trim(), "\n{told}\n");
}

/// Closures are called in the order in which they came, those that come meanwhile from the next event on.
#[each_database]
fn s14_closures_are_called_in_the_order_in_which_they_came() {
    let session = session();
    let log = Log::default();
    session.events(|on| {
        on.before_flush(log.asked("first"));
        let log = log.clone();
        on.before_flush(move |session| {
            log.line("  registers");
            session.events(|on| on.before_flush(log.asked("later")));
            Ok(())
        });
    });
    session.events(|on| on.before_flush(log.asked("last")));
    department(&session, "sales");
    session.flush().unwrap();
    assert_eq!(log.take(), ["  first", "  registers", "  last"]);
    department(&session, "other");
    session.flush().unwrap();
    let told = ["  first", "  registers", "  last", "  later"];
    assert_eq!(log.take(), told);
}
