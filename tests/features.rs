//! A test for each promise, named after its number.

mod connection;
mod engine;
mod errors;
mod files;
mod query;
mod schema;
mod told;

use aludel::{Connection, Engine};

/// A connection to a new database in memory, with the tables of the tour.
fn tour() -> Connection {
    with_tables(aludel_tour::catalog())
}

/// A connection to a new database in memory, with the tables that only tests need.
fn tables() -> Connection {
    with_tables(aludel_testing::models::catalog())
}

fn with_tables(catalog: &aludel::Catalog) -> Connection {
    let engine = Engine::new("sqlite://").unwrap();
    catalog.create_all(&engine).unwrap();
    engine.connect().unwrap()
}
