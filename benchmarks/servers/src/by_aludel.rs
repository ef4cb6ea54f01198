//! The work with Aludel, and the filling of a database.

use aludel::{Engine, prelude::*};

use crate::{
    blog::{PostRow, UserRow, posts, users},
    contest::Outcome,
    data::{ItemRow, items},
    models::{Item, Post, User, catalog},
    worker::Worker,
};

/// A connection of an engine of its own.
pub struct ByAludel(Connection);

/// How many users there are. Each has ten posts.
const USERS: i64 = 100;

/// Makes the tables in an empty database, and their rows.
pub fn fill(url: &str) -> Outcome {
    let engine = engine(url)?;
    catalog().create_all(&engine)?;
    let connection = engine.connect()?;
    let rows = items()
        .map(|(id, name, note, amount)| Item::insert().id(id).name(name).note(note).amount(amount));
    connection.insert_all(rows)?;
    let rows = (1..).zip(users(USERS)).map(|(id, user)| {
        let hair_color = user.hair_color.map(str::to_owned);
        User::insert().id(id).name(user.name).hair_color(hair_color)
    });
    connection.insert_all(rows)?;
    let rows = (1..).zip(posts(10 * USERS)).map(|(id, post)| {
        let row = Post::insert().id(id).user_id(post.user_id);
        row.title(post.title).body(post.body).status(post.status)
    });
    connection.insert_all(rows)?;
    Ok(connection.commit()?)
}

fn engine(url: &str) -> Outcome<Engine> {
    let without_tls = if url.starts_with("postgres") {
        "sslmode=disable"
    } else {
        "ssl_mode=disabled"
    };
    Ok(Engine::new(&format!("{url}?{without_tls}"))?)
}

impl Worker for ByAludel {
    type Item = Item;
    type User = User;
    type Post = Post;

    fn open(url: &str) -> Outcome<Self> {
        // The first statement begins a transaction.
        Ok(ByAludel(engine(url)?.connect()?))
    }

    fn all(&mut self) -> Outcome<Vec<Item>> {
        Ok(self.0.query::<Item>().all()?)
    }

    fn get(&mut self, id: i64) -> Outcome<Item> {
        Ok(self.0.get::<Item>(id)?.ok_or("a row is missing")?)
    }

    fn one(&mut self, id: i64) -> Outcome<Item> {
        Ok(self.0.query::<Item>().filter(Item::id.eq(id)).one()?)
    }

    fn with_posts(&mut self) -> Outcome<Vec<(User, Vec<Post>)>> {
        Ok(self.0.query::<User>().with(User::posts).all()?)
    }
}

impl From<Item> for ItemRow {
    fn from(item: Item) -> Self {
        (item.id, item.name, item.note, item.amount)
    }
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
