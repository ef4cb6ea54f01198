//! Aludel.

mod catalog;
mod connection;
mod dialect;
mod driver;
mod engine;
mod error;
mod pool;
mod row;
mod url;
pub mod value;

/// The dialects of SQL, by name.
pub use aludel_catalog::Dialect;
pub use catalog::Catalog;
pub use connection::Connection;
pub use engine::{Engine, EngineBuilder};
pub use error::{Error, ErrorKind, Result};
pub use row::Row;
pub use url::{Url, UrlBuilder};
