//! The work with Diesel, on either server.

use diesel::{connection::SimpleConnection, prelude::*};

use crate::{
    blog::{PostRow, UserRow},
    contest::Outcome,
    data::ItemRow,
    worker::{Worker, as_mysql},
};

diesel::table! {
    item (id) {
        id -> BigInt,
        name -> Text,
        note -> Nullable<Text>,
        amount -> BigInt,
    }
}

diesel::table! {
    user (id) {
        id -> BigInt,
        name -> Text,
        hair_color -> Nullable<Text>,
    }
}

diesel::table! {
    post (id) {
        id -> BigInt,
        user_id -> BigInt,
        title -> Text,
        body -> Text,
        status -> Text,
    }
}

diesel::joinable!(post -> user (user_id));
diesel::allow_tables_to_appear_in_same_query!(post, user);

/// What a row becomes.
#[derive(Queryable)]
pub struct Item {
    id: i64,
    name: String,
    note: Option<String>,
    amount: i64,
}

/// What a row of `user` becomes.
#[derive(Queryable, Identifiable)]
#[diesel(table_name = user)]
pub struct User {
    id: i64,
    name: String,
    hair_color: Option<String>,
}

/// What a row of `post` becomes.
#[derive(Queryable, Identifiable, Associations)]
#[diesel(table_name = post, belongs_to(User))]
pub struct Post {
    id: i64,
    user_id: i64,
    title: String,
    body: String,
    status: String,
}

/// A connection to PostgreSQL.
pub struct ByPostgres(PgConnection);

/// A connection to MariaDB.
pub struct ByMysql(MysqlConnection);

/// A worker with this type of connection: Diesel's queries are generic over it, but saying so takes more than writing them.
macro_rules! worker {
    ($worker:ident, $connection:ty, $to_own:expr) => {
        impl Worker for $worker {
            type Item = Item;
            type User = User;
            type Post = Post;

            fn open(url: &str) -> Outcome<Self> {
                let to_own: fn(&str) -> String = $to_own;
                let mut connection = <$connection>::establish(&to_own(url))?;
                connection.batch_execute("BEGIN")?;
                Ok($worker(connection))
            }

            fn all(&mut self) -> Outcome<Vec<Item>> {
                Ok(item::table.load(&mut self.0)?)
            }

            fn get(&mut self, id: i64) -> Outcome<Item> {
                Ok(item::table.find(id).get_result(&mut self.0)?)
            }

            fn one(&mut self, id: i64) -> Outcome<Item> {
                let query = item::table.filter(item::id.eq(id));
                Ok(query.get_result(&mut self.0)?)
            }

            fn with_posts(&mut self) -> Outcome<Vec<(User, Vec<Post>)>> {
                let users: Vec<User> = user::table.load(&mut self.0)?;
                let posts: Vec<Post> = Post::belonging_to(&users).load(&mut self.0)?;
                let posts = posts.grouped_by(&users);
                Ok(users.into_iter().zip(posts).collect())
            }
        }
    };
}

worker!(ByPostgres, PgConnection, |url| format!(
    "{url}?sslmode=disable"
));
worker!(ByMysql, MysqlConnection, |url| {
    format!("{}?ssl_mode=disabled", as_mysql(url))
});

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
