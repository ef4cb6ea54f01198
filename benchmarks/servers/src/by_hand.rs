//! What both drivers are used for alike: rows as structs, and posts sorted to their users.

use std::collections::HashMap;

use crate::{
    blog::{PostRow, UserRow},
    data::ItemRow,
};

/// What a row of `item` becomes.
pub struct Item {
    pub id: i64,
    pub name: String,
    pub note: Option<String>,
    pub amount: i64,
}

/// What a row of `user` becomes.
pub struct User {
    pub id: i64,
    pub name: String,
    pub hair_color: Option<String>,
}

/// What a row of `post` becomes.
pub struct Post {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub body: String,
    pub status: String,
}

/// Users on their way to their posts.
pub struct Grouped {
    users: Vec<(User, Vec<Post>)>,
    places: HashMap<i64, usize>,
}

impl Grouped {
    pub fn new(users: Vec<User>) -> Self {
        Grouped {
            places: users.iter().map(|user| user.id).zip(0..).collect(),
            users: users.into_iter().map(|user| (user, Vec::new())).collect(),
        }
    }

    /// The keys of the users.
    pub fn keys(&self) -> Vec<i64> {
        self.users.iter().map(|(user, _)| user.id).collect()
    }

    pub fn add(&mut self, post: Post) {
        if let Some(place) = self.places.get(&post.user_id) {
            self.users[*place].1.push(post);
        }
    }

    pub fn finish(self) -> Vec<(User, Vec<Post>)> {
        self.users
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
