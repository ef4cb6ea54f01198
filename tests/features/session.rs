//! s: the session.

mod identity;
mod write;

use aludel::{Connection, Engine, Pending, Session, SessionFactory, prelude::*};
use aludel_testing::company::{Account, Department, Employee, catalog};

use crate::backend;

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

/// What another connection sees: the names of all employees.
fn employees(connection: &Connection) -> Vec<String> {
    let names = connection.query::<Employee>().select(Employee::name);
    names.order_by(Employee::name).all().unwrap()
}
