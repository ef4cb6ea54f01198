//! The work with `mysql` alone, as one would write it by hand, with statements that stay prepared.

use mysql::{Conn, Opts, Row, Statement, prelude::Queryable};

use crate::{
    by_hand::{Grouped, Item, Post, User},
    contest::Outcome,
    worker::{Worker, as_mysql},
};

/// How many keys one statement looks for.
const KEYS_AT_ONCE: usize = 128;

/// A connection, and its statements.
pub struct ByMysql {
    connection: Conn,
    all: Statement,
    get: Statement,
    users: Statement,
    posts: Statement,
}

impl Worker for ByMysql {
    type Item = Item;
    type User = User;
    type Post = Post;

    fn open(url: &str) -> Outcome<Self> {
        // By TCP, as everybody else: the driver would look for the server's Unix socket, which is faster.
        let url = format!("{}?prefer_socket=false", as_mysql(url));
        let mut connection = Conn::new(Opts::from_url(&url)?)?;
        let keys = ["?"; KEYS_AT_ONCE].join(", ");
        connection.query_drop("START TRANSACTION")?;
        Ok(ByMysql {
            all: connection.prep("SELECT id, name, note, amount FROM item")?,
            get: connection.prep("SELECT id, name, note, amount FROM item WHERE id = ?")?,
            users: connection.prep("SELECT id, name, hair_color FROM user")?,
            posts: connection.prep(format!(
                "SELECT id, user_id, title, body, status FROM post WHERE user_id IN ({keys})"
            ))?,
            connection,
        })
    }

    fn all(&mut self) -> Outcome<Vec<Item>> {
        let rows = self.connection.exec_iter(&self.all, ())?;
        rows.map(|row| Ok(item(row?).ok_or("a column is missing")?))
            .collect()
    }

    fn get(&mut self, id: i64) -> Outcome<Item> {
        let row = self.connection.exec_first(&self.get, (id,))?;
        Ok(row.and_then(item).ok_or("a row is missing")?)
    }

    fn one(&mut self, id: i64) -> Outcome<Item> {
        self.get(id)
    }

    fn with_posts(&mut self) -> Outcome<Vec<(User, Vec<Post>)>> {
        let users = self.connection.exec_iter(&self.users, ())?;
        let users = users.map(|row| Ok(user(row?).ok_or("a column is missing")?));
        let mut loaded = Grouped::new(users.collect::<Outcome<_>>()?);
        for keys in loaded.keys().chunks(KEYS_AT_ONCE) {
            // What is missing to the full number repeats the first.
            let padded = keys.iter().chain(std::iter::repeat(&keys[0]));
            let keys: Vec<i64> = padded.take(KEYS_AT_ONCE).copied().collect();
            for row in self.connection.exec_iter(&self.posts, keys)? {
                loaded.add(post(row?).ok_or("a column is missing")?);
            }
        }
        Ok(loaded.finish())
    }
}

fn item(mut row: Row) -> Option<Item> {
    Some(Item {
        id: row.take(0)?,
        name: row.take(1)?,
        note: row.take(2)?,
        amount: row.take(3)?,
    })
}

fn user(mut row: Row) -> Option<User> {
    Some(User {
        id: row.take(0)?,
        name: row.take(1)?,
        hair_color: row.take(2)?,
    })
}

fn post(mut row: Row) -> Option<Post> {
    Some(Post {
        id: row.take(0)?,
        user_id: row.take(1)?,
        title: row.take(2)?,
        body: row.take(3)?,
        status: row.take(4)?,
    })
}
