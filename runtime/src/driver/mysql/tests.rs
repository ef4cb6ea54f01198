//! The driver by itself, against a server where one is installed.

mod errors;
mod options;
mod statements;
mod values;

use std::{ops::ControlFlow, sync::OnceLock};

use aludel_testing_servers::{Kind, Server};

use super::MysqlConnector;
use crate::{
    driver::{Connector, DriverConnection},
    error::Result,
    row::Row,
    url::Url,
    value::{Value, ValueRef},
};

type Driver = Box<dyn DriverConnection>;

/// A database of these tests, if there is a server.
fn server() -> Option<Url> {
    static DATABASE: OnceLock<Option<String>> = OnceLock::new();
    let database = || Server::shared(Kind::MariaDb).map(Server::new_database);
    let url = DATABASE.get_or_init(database).as_ref()?;
    Some(Url::parse(url).unwrap())
}

fn connector(url: &Url) -> MysqlConnector {
    MysqlConnector::new(url).unwrap()
}

fn connect(url: &Url) -> Driver {
    connector(url).connect().unwrap()
}

/// A connection on which these statements have run; `None` without a server.
fn with_schema(statements: &[&str]) -> Option<Driver> {
    let mut driver = connect(&server()?);
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

fn first<T>(
    driver: &mut Driver,
    sql: &str,
    parameters: &[ValueRef<'_>],
    read: impl Fn(&Row<'_>) -> Result<T>,
) -> Result<T> {
    Ok(rows(driver, sql, parameters, read)?.remove(0))
}

/// The first value of the first row.
fn value(driver: &mut Driver, sql: &str) -> Value {
    let read = |row: &Row<'_>| Ok(row.get::<Option<Value>>(0)?.unwrap_or(Value::Null));
    first(driver, sql, &[], read).unwrap()
}

fn integer(driver: &mut Driver, sql: &str) -> i64 {
    first(driver, sql, &[], |row| row.get::<i64>(0)).unwrap()
}

fn text(text: &'static str) -> Value {
    Value::Text(text.into())
}
