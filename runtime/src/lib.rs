//! Aludel.

mod dialect;
mod driver;
mod error;
mod row;
pub mod value;

pub use error::{Error, ErrorKind, Result};
pub use row::Row;
