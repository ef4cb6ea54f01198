//! A test for each promise, named after its number.

mod connection;
mod direct;
mod engine;
mod errors;
mod files;
mod frames;
mod isolation;
mod migrations;
mod pool;
mod query;
mod raw;
mod schema;
mod servers;
mod statement_timeout;
mod told;
mod transact;

use aludel::Connection;

use crate::backend;

/// A connection to a new database with the tables of the tour.
fn tour() -> Connection {
    backend::connection(aludel_tour::catalog())
}

/// A connection to a new database with the tables that only tests need.
fn tables() -> Connection {
    backend::connection(aludel_testing::models::catalog())
}
