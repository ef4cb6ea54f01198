//! s: the session. A program of its own, so that it builds soon.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.

#[path = "features/session/again.rs"]
mod again;
#[path = "features/session/autoflush.rs"]
mod autoflush;
#[allow(dead_code)] // what other programs use
mod backend;
#[path = "features/session/events.rs"]
mod events;
#[path = "features/session/events_fail.rs"]
mod events_fail;
#[path = "features/session/events_load.rs"]
mod events_load;
#[path = "features/session/events_write.rs"]
mod events_write;
#[path = "features/session/expiry.rs"]
mod expiry;
#[path = "features/session/factory.rs"]
mod factory;
#[path = "features/session/follow.rs"]
mod follow;
#[path = "features/session/guards.rs"]
mod guards;
#[path = "features/session/identity.rs"]
mod identity;
#[path = "features/session/keys.rs"]
mod keys;
#[path = "features/session/lists.rs"]
mod lists;
#[path = "features/session/many.rs"]
mod many;
#[path = "features/session/memory.rs"]
mod memory;
#[path = "features/session/messages.rs"]
mod messages;
#[path = "features/session/order.rs"]
mod order;
mod refusal;
#[path = "features/session/savepoints.rs"]
mod savepoints;
#[path = "features/session/stale.rs"]
mod stale;
#[path = "features/session/transact.rs"]
mod transact;
#[path = "features/session/transactions.rs"]
mod transactions;
#[path = "features/session/unique.rs"]
mod unique;
#[path = "features/session/village.rs"]
mod village;
#[path = "features/session/write.rs"]
mod write;

use aludel::{Engine, Pending, Session};
use aludel_testing::company::{Account, Department, Employee, catalog};

/// An engine on a new database with the tables of a company.
fn company() -> Engine {
    backend::engine(catalog())
}

/// A session of its own on a company's database.
fn session() -> Session {
    Session::new(&company())
}

/// Adds a department.
fn department(session: &Session, name: &str) -> Pending<Department> {
    session.add(Department::insert().name(name))
}

/// Adds an employee of a department.
fn employee(session: &Session, name: &str, at: &Pending<Department>) -> Pending<Employee> {
    session.add(Employee::insert().name(name).department(at))
}

/// Adds an account.
fn account(session: &Session, owner: &str) -> Pending<Account> {
    session.add(Account::insert().owner(owner))
}
