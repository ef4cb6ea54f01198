//! The driver by itself, against a server where one is installed.

mod engine;
mod errors;
mod refusals;
mod results;
mod statements;
mod streams;
mod values;

use std::{ops::ControlFlow, sync::OnceLock};

use aludel_testing_servers::{Kind, Server};

use super::PostgresConnector;
use crate::{
    driver::{Connector, DriverConnection},
    error::Result,
    row::Row,
    url::Url,
    value::{Value, ValueRef},
};

type Driver = Box<dyn DriverConnection>;

/// A database of these tests; none where there is no server.
fn url() -> Option<Url> {
    static DATABASE: OnceLock<Option<String>> = OnceLock::new();
    let database = || Server::shared(Kind::Postgres).map(Server::new_database);
    let url = DATABASE.get_or_init(database).as_ref()?;
    Some(Url::parse(url).unwrap())
}

fn open(url: &Url) -> Result<Driver> {
    PostgresConnector::new(url)?.connect()
}

fn connect() -> Option<Driver> {
    url().map(|url| open(&url).unwrap())
}

/// A connection on which these statements have run.
fn with(statements: &[&str]) -> Option<Driver> {
    let mut driver = connect()?;
    for statement in statements {
        driver.execute(statement, &[]).unwrap();
    }
    Some(driver)
}

/// All rows, by `read`.
fn rows<T>(
    driver: &mut Driver,
    sql: &str,
    parameters: &[ValueRef<'_>],
    read: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    driver.query(sql, parameters, &mut |row| {
        rows.push(read(row)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

/// The first cell of the first row.
fn cell(driver: &mut Driver, sql: &str, parameters: &[ValueRef<'_>]) -> Result<Value> {
    let read = |row: &Row<'_>| row.get::<Option<Value>>(0);
    let cell = rows(driver, sql, parameters, read)?.remove(0);
    Ok(cell.unwrap_or(Value::Null))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned().into())
}
