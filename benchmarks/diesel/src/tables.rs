//! The tables of `../queries/schema/blog.sql`, as Diesel has them, and what their rows become.

use diesel::prelude::*;

use crate::data::{NewPost, NewUser, PostRow, UserRow};

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

/// What a row of `user` becomes.
#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = user, check_for_backend(diesel::sqlite::Sqlite))]
pub struct User {
    id: i64,
    name: String,
    hair_color: Option<String>,
}

/// What a row of `post` becomes.
#[derive(Queryable, Selectable, Identifiable, Associations)]
#[diesel(table_name = post, belongs_to(User), check_for_backend(diesel::sqlite::Sqlite))]
pub struct Post {
    id: i64,
    user_id: i64,
    title: String,
    body: String,
    status: String,
}

/// A user to insert.
// A `None` is sent as NULL: with a default in its place, each row would be a statement of its own.
#[derive(Insertable)]
#[diesel(table_name = user, treat_none_as_default_value = false)]
pub struct UserToInsert<'n> {
    name: &'n str,
    hair_color: Option<&'n str>,
}

/// A post to insert.
#[derive(Insertable)]
#[diesel(table_name = post)]
pub struct PostToInsert<'n> {
    user_id: i64,
    title: &'n str,
    body: &'n str,
    status: &'n str,
}

impl<'n> From<&'n NewUser> for UserToInsert<'n> {
    fn from(user: &'n NewUser) -> Self {
        UserToInsert {
            name: &user.name,
            hair_color: user.hair_color,
        }
    }
}

impl<'n> From<&'n NewPost> for PostToInsert<'n> {
    fn from(post: &'n NewPost) -> Self {
        PostToInsert {
            user_id: post.user_id,
            title: &post.title,
            body: &post.body,
            status: post.status,
        }
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
