//! The work with the driver alone, as one would write it by hand, with statements that stay prepared.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU32, Ordering},
};

use rusqlite::{Connection, Result, Row, params, params_from_iter};

use crate::{
    contest::Outcome,
    data::{JoinedRow, NewPost, NewUser, PostRow, USERS_AT_ONCE, UserRow},
    worker::Worker,
};

const JOIN: &str = "SELECT post.id, post.title, post.body, user.name FROM post \
    JOIN user ON user.id = post.user_id \
    WHERE post.status = ?1 AND user.hair_color = ?2 AND post.id > ?3 ORDER BY post.id";

/// How many keys one statement looks for.
const KEYS_AT_ONCE: usize = 128;

/// What a row of `user` becomes.
pub struct User {
    id: i64,
    name: String,
    hair_color: Option<String>,
}

/// What a row of `post` becomes.
pub struct Post {
    id: i64,
    user_id: i64,
    title: String,
    body: String,
    status: String,
}

/// A connection, and the texts that are long.
pub struct ByHand {
    connection: Connection,
    insert_users: String,
    posts_of_users: String,
}

impl Worker for ByHand {
    type User = User;
    type Post = Post;

    fn open() -> Outcome<Self> {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        // The kind of memory that Aludel uses.
        let connection = Connection::open(format!("file:/by-hand-{number}?vfs=memdb"))?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.execute_batch(include_str!("../schema/blog.sql"))?;
        let row = ["(?, ?)"; USERS_AT_ONCE].join(", ");
        let keys = ["?"; KEYS_AT_ONCE].join(", ");
        Ok(ByHand {
            connection,
            insert_users: format!("INSERT INTO user (name, hair_color) VALUES {row}"),
            posts_of_users: format!(
                "SELECT id, user_id, title, body, status FROM post WHERE user_id IN ({keys})"
            ),
        })
    }

    fn begin(&mut self) -> Outcome {
        Ok(self.connection.execute_batch("BEGIN")?)
    }

    fn remove_users(&mut self) -> Outcome {
        Ok(self.connection.execute_batch("DELETE FROM user")?)
    }

    fn add_posts(&mut self, posts: &[NewPost]) -> Outcome {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO post (user_id, title, body, status) VALUES (?, ?, ?, ?)",
        )?;
        for post in posts {
            statement.execute(params![post.user_id, post.title, post.body, post.status])?;
        }
        Ok(self.connection.execute_batch("COMMIT")?)
    }

    fn get(&mut self, id: i64) -> Outcome<User> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, name, hair_color FROM user WHERE id = ?1")?;
        Ok(statement.query_row([id], user)?)
    }

    fn one(&mut self, id: i64) -> Outcome<User> {
        self.get(id)
    }

    fn join(&mut self, status: &str, hair_color: &str, above: i64) -> Outcome<Vec<JoinedRow>> {
        let mut statement = self.connection.prepare_cached(JOIN)?;
        let mut rows = statement.query(params![status, hair_color, above])?;
        let mut joined = Vec::new();
        while let Some(row) = rows.next()? {
            joined.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        }
        Ok(joined)
    }

    fn above(&mut self, id: i64) -> Outcome<Vec<User>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, name, hair_color FROM user WHERE id > ?1")?;
        let mut rows = statement.query([id])?;
        let mut users = Vec::new();
        while let Some(row) = rows.next()? {
            users.push(user(row)?);
        }
        Ok(users)
    }

    fn add_users(&mut self, users: &[NewUser]) -> Outcome {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut statement = self.connection.prepare_cached(&self.insert_users)?;
        for (place, user) in users.iter().enumerate() {
            statement.raw_bind_parameter(2 * place + 1, &user.name)?;
            statement.raw_bind_parameter(2 * place + 2, user.hair_color)?;
        }
        statement.raw_execute()?;
        Ok(self.connection.execute_batch("COMMIT")?)
    }

    fn with_posts(&mut self) -> Outcome<Vec<(User, Vec<Post>)>> {
        let users = self.above(0)?;
        let ids: Vec<i64> = users.iter().map(|user| user.id).collect();
        let places: HashMap<i64, usize> = ids.iter().copied().zip(0..).collect();
        let mut loaded: Vec<_> = users.into_iter().map(|user| (user, Vec::new())).collect();
        let mut statement = self.connection.prepare_cached(&self.posts_of_users)?;
        for ids in ids.chunks(KEYS_AT_ONCE) {
            // What is missing to the full number repeats the first.
            let padded = ids.iter().chain(std::iter::repeat(&ids[0]));
            let mut rows = statement.query(params_from_iter(padded.take(KEYS_AT_ONCE)))?;
            while let Some(row) = rows.next()? {
                let post = post(row)?;
                if let Some(place) = places.get(&post.user_id) {
                    loaded[*place].1.push(post);
                }
            }
        }
        Ok(loaded)
    }
}

fn user(row: &Row<'_>) -> Result<User> {
    Ok(User {
        id: row.get(0)?,
        name: row.get(1)?,
        hair_color: row.get(2)?,
    })
}

fn post(row: &Row<'_>) -> Result<Post> {
    Ok(Post {
        id: row.get(0)?,
        user_id: row.get(1)?,
        title: row.get(2)?,
        body: row.get(3)?,
        status: row.get(4)?,
    })
}

impl From<User> for UserRow {
    fn from(user: User) -> Self {
        (user.id, user.name, user.hair_color)
    }
}

impl From<Post> for PostRow {
    fn from(post: Post) -> Self {
        (post.id, post.user_id, post.title, post.body, post.status)
    }
}
