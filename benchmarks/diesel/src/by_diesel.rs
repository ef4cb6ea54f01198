//! The work with Diesel.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::{connection::SimpleConnection, prelude::*};

use crate::{
    contest::Outcome,
    data::{JoinedRow, NewPost, NewUser},
    tables::{Post, PostToInsert, User, UserToInsert, post, user},
    worker::Worker,
};

/// A connection.
pub struct ByDiesel {
    connection: SqliteConnection,
}

impl Worker for ByDiesel {
    type User = User;
    type Post = Post;

    fn open() -> Outcome<Self> {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        // The kind of memory that Aludel uses.
        let url = format!("file:/diesel-{number}?vfs=memdb");
        let mut connection = SqliteConnection::establish(&url)?;
        connection.batch_execute("PRAGMA foreign_keys = ON")?;
        connection.batch_execute(include_str!("../../queries/schema/blog.sql"))?;
        Ok(ByDiesel { connection })
    }

    fn begin(&mut self) -> Outcome {
        Ok(self.connection.batch_execute("BEGIN")?)
    }

    fn remove_users(&mut self) -> Outcome {
        diesel::delete(user::table).execute(&mut self.connection)?;
        Ok(())
    }

    fn add_posts(&mut self, posts: &[NewPost]) -> Outcome {
        let rows: Vec<PostToInsert<'_>> = posts.iter().map(Into::into).collect();
        diesel::insert_into(post::table)
            .values(&rows)
            .execute(&mut self.connection)?;
        Ok(())
    }

    fn get(&mut self, id: i64) -> Outcome<User> {
        let query = user::table.find(id);
        Ok(query.get_result(&mut self.connection)?)
    }

    fn one(&mut self, id: i64) -> Outcome<User> {
        let query = user::table.filter(user::id.eq(id));
        Ok(query.get_result(&mut self.connection)?)
    }

    fn join(&mut self, status: &str, hair_color: &str, above: i64) -> Outcome<Vec<JoinedRow>> {
        let query = post::table
            .inner_join(user::table)
            .filter(post::status.eq(status))
            .filter(user::hair_color.eq(hair_color))
            .filter(post::id.gt(above))
            .order_by(post::id)
            .select((post::id, post::title, post::body, user::name));
        Ok(query.load(&mut self.connection)?)
    }

    fn above(&mut self, id: i64) -> Outcome<Vec<User>> {
        let query = user::table.filter(user::id.gt(id));
        Ok(query.load(&mut self.connection)?)
    }

    fn add_users(&mut self, users: &[NewUser]) -> Outcome {
        let rows: Vec<UserToInsert<'_>> = users.iter().map(Into::into).collect();
        let inserted = self.connection.immediate_transaction(|connection| {
            diesel::insert_into(user::table)
                .values(&rows)
                .execute(connection)
        });
        inserted?;
        Ok(())
    }

    fn with_posts(&mut self) -> Outcome<Vec<(User, Vec<Post>)>> {
        let users: Vec<User> = user::table.load(&mut self.connection)?;
        let posts: Vec<Post> = Post::belonging_to(&users).load(&mut self.connection)?;
        let posts = posts.grouped_by(&users);
        Ok(users.into_iter().zip(posts).collect())
    }
}
