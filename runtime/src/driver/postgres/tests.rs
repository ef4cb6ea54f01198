//! The driver by itself, against the server that `ALUDEL_TEST_POSTGRES` names: a URL. Without it these tests say that they did
//! not run.

mod engine;
mod errors;
mod refusals;
mod statements;
mod streams;
mod values;

use std::{io::Write, ops::ControlFlow, sync::Once};

use super::PostgresConnector;
use crate::{
    driver::{Connector, DriverConnection},
    error::Result,
    row::Row,
    url::Url,
    value::{Value, ValueRef},
};

type Driver = Box<dyn DriverConnection>;

const VARIABLE: &str = "ALUDEL_TEST_POSTGRES";

/// Where the server is; nothing where there is none to test with.
fn url() -> Option<Url> {
    static SAID: Once = Once::new();
    match std::env::var(VARIABLE) {
        Ok(url) => Some(Url::parse(&url).unwrap()),
        Err(_) => {
            assert!(
                std::env::var_os("ALUDEL_REQUIRE_SERVERS").is_none(),
                "{VARIABLE} is not set"
            );
            // Not by a macro, whose text is shown for failures alone.
            let message =
                format!("NOT TESTED: {VARIABLE} is not set, so nothing ran against PostgreSQL\n");
            SAID.call_once(|| std::io::stderr().write_all(message.as_bytes()).unwrap());
            None
        }
    }
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
