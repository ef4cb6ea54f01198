//! The shapes of queries, and a round of each by any contestant.

use std::{fmt::Debug, hint::black_box, time::Duration};

use crate::{
    contest::{Outcome, timed},
    data::{NewUser, PostRow, USERS_AT_ONCE, UserRow, posts, users},
    worker::Worker,
};

/// Posts above this key, of the sought status and hair color, are a hundred.
const LAST_POST: i64 = 700;

/// A shape of query.
#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    Get,
    One,
    Join,
    Filter,
    Insert,
    Load,
}

/// All shapes.
pub const SHAPES: [Shape; 6] = [
    Shape::Get,
    Shape::One,
    Shape::Join,
    Shape::Filter,
    Shape::Insert,
    Shape::Load,
];

impl Shape {
    /// Its name as an argument of a program.
    pub fn word(self) -> &'static str {
        match self {
            Shape::Get => "get",
            Shape::One => "one",
            Shape::Join => "join",
            Shape::Filter => "filter",
            Shape::Insert => "insert",
            Shape::Load => "load",
        }
    }

    /// Its name in the table.
    pub fn title(self) -> &'static str {
        match self {
            Shape::Get => "one row by its key",
            Shape::One => "one row by a query",
            Shape::Join => "100 rows, join and three conditions",
            Shape::Filter => "100 rows by a filter",
            Shape::Insert => "inserting 100 rows at once",
            Shape::Load => "100 users with 10 posts each",
        }
    }

    /// How many calls a round has.
    pub fn calls(self) -> u32 {
        match self {
            Shape::Get | Shape::One => 10_000,
            Shape::Join | Shape::Filter | Shape::Insert => 500,
            Shape::Load => 50,
        }
    }

    /// How many users and posts there are.
    fn size(self) -> (i64, i64) {
        match self {
            Shape::Insert => (0, 0),
            Shape::Load => (100, 1000),
            _ => (1000, 1000),
        }
    }
}

/// A contestant with the data that a shape needs.
pub struct Place<W> {
    worker: W,
    shape: Shape,
    new: Vec<NewUser>,
}

impl<W: Worker> Place<W> {
    /// A database for this shape. Reads find a transaction begun.
    pub fn prepared(shape: Shape) -> Outcome<Self> {
        let mut worker = W::open()?;
        let (user_count, post_count) = shape.size();
        for users in users(user_count).chunks(USERS_AT_ONCE) {
            worker.add_users(users)?;
        }
        worker.add_posts(&posts(post_count))?;
        if shape != Shape::Insert {
            worker.begin()?;
        }
        Ok(Place {
            worker,
            shape,
            new: users(USERS_AT_ONCE as i64),
        })
    }

    /// How long the calls of a round took, after a tenth of them to warm up.
    pub fn round(&mut self) -> Outcome<Duration> {
        let calls = self.shape.calls();
        self.times(calls / 10)?;
        self.times(calls)
    }

    fn times(&mut self, calls: u32) -> Outcome<Duration> {
        let worker = &mut self.worker;
        match self.shape {
            Shape::Get => repeat(calls, |call| worker.get(key(call))),
            Shape::One => repeat(calls, |call| worker.one(key(call))),
            Shape::Join => repeat(calls, |_| worker.join("published", "brown", LAST_POST)),
            Shape::Filter => repeat(calls, |_| worker.above(900)),
            Shape::Load => repeat(calls, |_| worker.with_posts()),
            Shape::Insert => {
                let mut sum = Duration::ZERO;
                for _ in 0..calls {
                    worker.remove_users()?;
                    sum += timed(|| worker.add_users(&self.new))?;
                }
                Ok(sum)
            }
        }
    }

    /// What the shape gives, a line for each row. All contestants have to give the same.
    pub fn rows(&mut self) -> Outcome<Vec<String>> {
        let worker = &mut self.worker;
        Ok(match self.shape {
            Shape::Get => lines((0..1000).map(|call| worker.get(key(call))))?,
            Shape::One => lines((0..1000).map(|call| worker.one(key(call))))?,
            Shape::Join => {
                let rows = worker.join("published", "brown", LAST_POST)?;
                rows.into_iter().map(line).collect()
            }
            Shape::Filter => lines(worker.above(900)?.into_iter().map(Ok))?,
            Shape::Insert => {
                worker.remove_users()?;
                worker.add_users(&self.new)?;
                lines(worker.above(0)?.into_iter().map(Ok))?
            }
            Shape::Load => {
                let loaded = worker.with_posts()?.into_iter();
                loaded
                    .map(|(user, posts)| with_posts::<W>(user, posts))
                    .collect()
            }
        })
    }
}

/// The key that a call asks for.
fn key(call: u32) -> i64 {
    i64::from(call * 7 % 1000 + 1)
}

fn repeat<T>(calls: u32, mut work: impl FnMut(u32) -> Outcome<T>) -> Outcome<Duration> {
    timed(|| {
        for call in 0..calls {
            black_box(work(call)?);
        }
        Ok(())
    })
}

fn lines<R: Into<UserRow>>(rows: impl Iterator<Item = Outcome<R>>) -> Outcome<Vec<String>> {
    rows.map(|row| row.map(|row| line(row.into()))).collect()
}

fn with_posts<W: Worker>(user: W::User, posts: Vec<W::Post>) -> String {
    let posts: Vec<PostRow> = posts.into_iter().map(Into::into).collect();
    line((user.into(), posts))
}

fn line(row: impl Debug) -> String {
    format!("{row:?}")
}
