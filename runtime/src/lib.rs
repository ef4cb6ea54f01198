//! A schema-first ORM: the models come from SQL files, the queries are typed, the database is chosen by URL.
//!
//! The models of a schema are generated at build time by `aludel-build`. They stand on this crate, which runs queries on
//! [connections](Connection) that an [`Engine`] pools.

mod catalog;
mod connection;
mod dialect;
mod driver;
mod engine;
mod error;
#[doc(hidden)]
pub mod generated;
mod include;
pub mod model;
mod pool;
pub mod prelude;
pub mod query;
mod row;
mod sql;
pub mod types;
mod url;
pub mod value;

/// The dialects of SQL, by name.
pub use aludel_catalog::Dialect;
pub use catalog::Catalog;
pub use connection::Connection;
pub use engine::{Engine, EngineBuilder};
pub use error::{Error, ErrorKind, Result};
pub use query::{delete, select, update};
pub use row::Row;
pub use url::{Url, UrlBuilder};
pub use value::{FromValue, ToValue, Value, ValueError, ValueRef};
