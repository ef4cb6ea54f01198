//! What a contestant is able to do.

use crate::{contest::Outcome, data::ItemRow};

/// A connection to a server, in the hands of a library.
pub trait Worker: Sized {
    /// What a row becomes.
    type Item: Into<ItemRow>;

    /// Connects to the database of this URL, which has no options, and begins a transaction for the reads to come.
    fn open(url: &str) -> Outcome<Self>;

    /// All rows.
    fn all(&mut self) -> Outcome<Vec<Self::Item>>;

    /// The row with this primary key, by the shortest way there is.
    fn get(&mut self, id: i64) -> Outcome<Self::Item>;

    /// The row with this primary key, by a query.
    fn one(&mut self, id: i64) -> Outcome<Self::Item>;
}

/// The URL with the scheme that the other libraries know.
#[allow(dead_code)] // where MySQL is not meant
pub fn as_mysql(url: &str) -> String {
    match url.split_once("://") {
        Some((_, rest)) => format!("mysql://{rest}"),
        None => url.to_owned(),
    }
}
