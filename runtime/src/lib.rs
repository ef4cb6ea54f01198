//! Aludel.

mod connection;
mod dialect;
mod driver;
mod error;
#[doc(hidden)]
pub mod generated;
pub mod model;
pub mod prelude;
pub mod query;
mod row;
mod sql;
pub mod value;

pub use connection::Connection;
pub use error::{Error, ErrorKind, Result};
pub use row::Row;
