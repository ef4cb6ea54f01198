//! The driver by itself. What needs a server finds it by the variable `ALUDEL_TEST_MYSQL`, a URL whose user may create tables,
//! and says loudly when it is not there.

mod errors;
mod options;
mod statements;
mod values;

use std::ops::ControlFlow;

use super::MysqlConnector;
use crate::{
    driver::{Connector, DriverConnection},
    error::Result,
    row::Row,
    url::Url,
    value::{Value, ValueRef},
};

type Driver = Box<dyn DriverConnection>;

/// The server that the tests run against, if there is one.
fn server() -> Option<Url> {
    match std::env::var("ALUDEL_TEST_MYSQL") {
        Ok(url) => Some(Url::parse(&url).unwrap()),
        Err(_) => {
            eprintln!("SKIPPED: no server of MySQL or MariaDB: ALUDEL_TEST_MYSQL is not set");
            None
        }
    }
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
