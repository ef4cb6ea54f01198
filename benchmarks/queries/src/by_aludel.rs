//! The work with Aludel.

use aludel::{Engine, prelude::*};

use crate::{
    contest::Outcome,
    data::{JoinedRow, NewPost, NewUser, PostRow, UserRow},
    models::{Post, User, catalog},
    worker::Worker,
};

/// A connection of an engine of its own.
pub struct ByAludel {
    connection: Connection,
    /// Behind the connection, so that it is dropped last: the database in memory lives as long as the engine.
    _engine: Engine,
}

impl Worker for ByAludel {
    type User = User;
    type Post = Post;

    fn open() -> Outcome<Self> {
        let engine = Engine::new("sqlite://")?;
        catalog().create_all(&engine)?;
        Ok(ByAludel {
            connection: engine.connect()?,
            _engine: engine,
        })
    }

    fn begin(&mut self) -> Outcome {
        // The first statement begins a transaction.
        Ok(())
    }

    fn remove_users(&mut self) -> Outcome {
        self.connection.delete::<User>().all_rows().execute()?;
        Ok(self.connection.commit()?)
    }

    fn add_posts(&mut self, posts: &[NewPost]) -> Outcome {
        let rows = posts.iter().map(|post| {
            Post::insert()
                .user_id(post.user_id)
                .title(post.title.as_str())
                .body(post.body.as_str())
                .status(post.status)
        });
        self.connection.insert_all(rows)?;
        Ok(self.connection.commit()?)
    }

    fn get(&mut self, id: i64) -> Outcome<User> {
        Ok(self.connection.get::<User>(id)?.ok_or("a row is missing")?)
    }

    fn one(&mut self, id: i64) -> Outcome<User> {
        let query = self.connection.query::<User>();
        Ok(query.filter(User::id.eq(id)).one()?)
    }

    fn join(&mut self, status: &str, hair_color: &str, above: i64) -> Outcome<Vec<JoinedRow>> {
        let query = self.connection.query::<Post>().join(Post::user);
        let query = query
            .filter(Post::status.eq(status))
            .filter(User::hair_color.eq(hair_color))
            .filter(Post::id.gt(above))
            .order_by(Post::id);
        Ok(query
            .select((Post::id, Post::title, Post::body, User::name))
            .all()?)
    }

    fn above(&mut self, id: i64) -> Outcome<Vec<User>> {
        let query = self.connection.query::<User>();
        Ok(query.filter(User::id.gt(id)).all()?)
    }

    fn add_users(&mut self, users: &[NewUser]) -> Outcome {
        let rows = users.iter().map(|user| {
            User::insert()
                .name(user.name.as_str())
                .hair_color(user.hair_color.map(str::to_owned))
        });
        self.connection.insert_all(rows)?;
        Ok(self.connection.commit()?)
    }

    fn with_posts(&mut self) -> Outcome<Vec<(User, Vec<Post>)>> {
        Ok(self.connection.query::<User>().with(User::posts).all()?)
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
