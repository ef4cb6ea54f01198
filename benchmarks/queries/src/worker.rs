//! What a contestant is able to do.

use crate::{
    contest::Outcome,
    data::{JoinedRow, NewPost, NewUser, PostRow, UserRow},
};

/// A connection to a database in memory, in the hands of a library.
pub trait Worker: Sized {
    /// What a row of `user` becomes.
    type User: Into<UserRow>;
    /// What a row of `post` becomes.
    type Post: Into<PostRow>;

    /// Opens an empty database of its own, with the tables.
    fn open() -> Outcome<Self>;

    /// Begins a transaction for the reads to come.
    fn begin(&mut self) -> Outcome;

    /// Removes all users, in a transaction.
    fn remove_users(&mut self) -> Outcome;

    /// Inserts posts, in a transaction.
    fn add_posts(&mut self, posts: &[NewPost]) -> Outcome;

    /// The user with this primary key, by the shortest way there is.
    fn get(&mut self, id: i64) -> Outcome<Self::User>;

    /// The user with this primary key, by a query.
    fn one(&mut self, id: i64) -> Outcome<Self::User>;

    /// The posts of this status above this key whose user has hair of this color, by their keys, with the user's name.
    fn join(&mut self, status: &str, hair_color: &str, above: i64) -> Outcome<Vec<JoinedRow>>;

    /// The users above this key.
    fn above(&mut self, id: i64) -> Outcome<Vec<Self::User>>;

    /// Inserts this many users at once, in a transaction.
    fn add_users(&mut self, users: &[NewUser]) -> Outcome;

    /// All users, each with their posts.
    fn with_posts(&mut self) -> Outcome<Vec<(Self::User, Vec<Self::Post>)>>;
}
