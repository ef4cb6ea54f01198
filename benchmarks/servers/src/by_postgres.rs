//! The work with `postgres` alone, as one would write it by hand, with statements that stay prepared.

use postgres::{Client, NoTls, Row, Statement};

use crate::{
    by_hand::{Grouped, Item, Post, User},
    contest::Outcome,
    worker::Worker,
};

/// A connection, and its statements.
pub struct ByPostgres {
    client: Client,
    all: Statement,
    get: Statement,
    users: Statement,
    posts: Statement,
}

impl Worker for ByPostgres {
    type Item = Item;
    type User = User;
    type Post = Post;

    fn open(url: &str) -> Outcome<Self> {
        let mut client = Client::connect(&format!("{url}?sslmode=disable"), NoTls)?;
        client.batch_execute("BEGIN")?;
        Ok(ByPostgres {
            all: client.prepare("SELECT id, name, note, amount FROM item")?,
            get: client.prepare("SELECT id, name, note, amount FROM item WHERE id = $1")?,
            users: client.prepare("SELECT id, name, hair_color FROM \"user\"")?,
            posts: client.prepare(
                "SELECT id, user_id, title, body, status FROM post WHERE user_id = ANY($1)",
            )?,
            client,
        })
    }

    fn all(&mut self) -> Outcome<Vec<Item>> {
        let rows = self.client.query(&self.all, &[])?;
        Ok(rows.iter().map(item).collect::<Result<_, _>>()?)
    }

    fn get(&mut self, id: i64) -> Outcome<Item> {
        Ok(item(&self.client.query_one(&self.get, &[&id])?)?)
    }

    fn one(&mut self, id: i64) -> Outcome<Item> {
        self.get(id)
    }

    fn with_posts(&mut self) -> Outcome<Vec<(User, Vec<Post>)>> {
        let users = self.client.query(&self.users, &[])?;
        let users = users.iter().map(user).collect::<Result<_, _>>()?;
        let mut loaded = Grouped::new(users);
        for row in &self.client.query(&self.posts, &[&loaded.keys()])? {
            loaded.add(post(row)?);
        }
        Ok(loaded.finish())
    }
}

fn item(row: &Row) -> Result<Item, postgres::Error> {
    Ok(Item {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        note: row.try_get(2)?,
        amount: row.try_get(3)?,
    })
}

fn user(row: &Row) -> Result<User, postgres::Error> {
    Ok(User {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        hair_color: row.try_get(2)?,
    })
}

fn post(row: &Row) -> Result<Post, postgres::Error> {
    Ok(Post {
        id: row.try_get(0)?,
        user_id: row.try_get(1)?,
        title: row.try_get(2)?,
        body: row.try_get(3)?,
        status: row.try_get(4)?,
    })
}
