//! What a contestant is able to do.

use crate::{
    blog::{PostRow, UserRow},
    contest::Outcome,
    data::ItemRow,
};

/// A connection to a server, in the hands of a library.
pub trait Worker: Sized {
    /// What a row becomes.
    type Item: Into<ItemRow>;
    /// What a row of `user` becomes.
    type User: Into<UserRow>;
    /// What a row of `post` becomes.
    type Post: Into<PostRow>;

    /// Connects to the database of this URL, which has no options, and begins a transaction for the reads to come.
    fn open(url: &str) -> Outcome<Self>;

    /// All rows.
    fn all(&mut self) -> Outcome<Vec<Self::Item>>;

    /// The row with this primary key, by the shortest way there is.
    fn get(&mut self, id: i64) -> Outcome<Self::Item>;

    /// The row with this primary key, by a query.
    fn one(&mut self, id: i64) -> Outcome<Self::Item>;

    /// All users, each with their posts.
    fn with_posts(&mut self) -> Outcome<Vec<(Self::User, Vec<Self::Post>)>>;
}

/// The URL with the scheme that the other libraries know.
#[allow(dead_code)] // where MySQL is not meant
pub fn as_mysql(url: &str) -> String {
    match url.split_once("://") {
        Some((_, rest)) => format!("mysql://{rest}"),
        None => url.to_owned(),
    }
}
