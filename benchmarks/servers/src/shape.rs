//! The shapes of queries, and a round of each by any contestant.

use std::{hint::black_box, time::Duration};

use crate::{
    blog::PostRow,
    contest::{Outcome, timed},
    data::{ItemRow, ROWS},
    worker::Worker,
};

/// A shape of query.
#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    All,
    Get,
    One,
    Load,
}

/// All shapes.
pub const SHAPES: [Shape; 4] = [Shape::All, Shape::Get, Shape::One, Shape::Load];

impl Shape {
    /// Its name as an argument of a program.
    pub fn word(self) -> &'static str {
        match self {
            Shape::All => "all",
            Shape::Get => "get",
            Shape::One => "one",
            Shape::Load => "load",
        }
    }

    /// Its name in the table.
    pub fn title(self) -> &'static str {
        match self {
            Shape::All => "each of 10,000 rows, read at once",
            Shape::Get => "one row by its key",
            Shape::One => "one row by a query",
            Shape::Load => "100 users with 10 posts each",
        }
    }

    /// How many calls a round has; for all rows, how many rows.
    pub fn calls(self) -> u32 {
        match self {
            Shape::All => self.queries() * ROWS as u32,
            _ => self.queries(),
        }
    }

    /// Few: a short round is seldom disturbed.
    fn queries(self) -> u32 {
        match self {
            Shape::All => 10,
            Shape::Get | Shape::One => 500,
            Shape::Load => 20,
        }
    }
}

/// A contestant at work on a shape.
pub struct Place<W> {
    worker: W,
    shape: Shape,
}

impl<W: Worker> Place<W> {
    /// On a database that is filled.
    pub fn prepared(shape: Shape, url: &str) -> Outcome<Self> {
        let worker = W::open(url)?;
        Ok(Place { worker, shape })
    }

    /// How long the calls of a round took, after a fifth of them to warm up.
    pub fn round(&mut self) -> Outcome<Duration> {
        let queries = self.shape.queries();
        self.times(queries / 5)?;
        self.times(queries)
    }

    fn times(&mut self, queries: u32) -> Outcome<Duration> {
        let worker = &mut self.worker;
        match self.shape {
            Shape::All => repeat(queries, |_| worker.all()),
            Shape::Get => repeat(queries, |query| worker.get(key(query))),
            Shape::One => repeat(queries, |query| worker.one(key(query))),
            Shape::Load => repeat(queries, |_| worker.with_posts()),
        }
    }

    /// What the shape gives, a line for each row. All contestants have to give the same.
    pub fn rows(&mut self) -> Outcome<Vec<String>> {
        let worker = &mut self.worker;
        let items: Vec<W::Item> = match self.shape {
            Shape::Load => {
                let loaded = worker.with_posts()?.into_iter();
                return Ok(loaded
                    .map(|(user, posts)| with_posts::<W>(user, posts))
                    .collect());
            }
            Shape::All => worker.all()?,
            Shape::Get => (0..1000)
                .map(|query| worker.get(key(query)))
                .collect::<Outcome<_>>()?,
            Shape::One => (0..1000)
                .map(|query| worker.one(key(query)))
                .collect::<Outcome<_>>()?,
        };
        let plain = items.into_iter().map(Into::<ItemRow>::into);
        Ok(plain.map(|row| format!("{row:?}")).collect())
    }
}

fn with_posts<W: Worker>(user: W::User, posts: Vec<W::Post>) -> String {
    let user = user.into();
    let posts: Vec<PostRow> = posts.into_iter().map(Into::into).collect();
    format!("{user:?} {posts:?}")
}

/// The key that a query asks for.
fn key(query: u32) -> i64 {
    i64::from(query) * 7 % ROWS + 1
}

fn repeat<T>(queries: u32, mut work: impl FnMut(u32) -> Outcome<T>) -> Outcome<Duration> {
    timed(|| {
        for query in 0..queries {
            black_box(work(query)?);
        }
        Ok(())
    })
}
