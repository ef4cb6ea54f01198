//! e08 to e11: pools of connections, on each database.

mod classes;
mod events;
mod options;
mod waiting;

use std::sync::{Arc, Mutex};

use aludel::{Connection, Engine, EngineBuilder, PoolMember, Result, text};

use crate::backend;

/// A builder of an engine on a new and empty database.
fn builder() -> EngineBuilder {
    Engine::builder(backend::url().as_str())
}

/// What was told of the connections of a pool, as `checkout 1`.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    /// An engine that tells all that happens to its connections.
    fn by(&self, builder: EngineBuilder) -> Engine {
        let listener = |what: &'static str| {
            let told = self.clone();
            move |member: &mut PoolMember<'_>| told.note(what, member)
        };
        let asked = |what: &'static str| {
            let told = self.clone();
            move |member: &mut PoolMember<'_>| {
                told.note(what, member);
                Ok(())
            }
        };
        let builder = builder.pool_events(|on| {
            on.first_connect(asked("first_connect"));
            on.connect(asked("connect"));
            on.checkout(asked("checkout"));
            on.reset(asked("reset"));
            on.checkin(listener("checkin"));
            on.invalidate(listener("invalidate"));
            on.soft_invalidate(listener("soft_invalidate"));
            on.close(listener("close"));
        });
        builder.build().unwrap()
    }

    fn note(&self, what: &str, member: &PoolMember<'_>) {
        let closed = if member.is_open() { "" } else { " closed" };
        let line = format!("{what} {}{closed}", member.number());
        self.0.lock().unwrap().push(line);
    }

    /// What was told since it was last asked for.
    fn since(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// As [`since`](Told::since), of one kind only.
    fn only(&self, what: &str) -> Vec<String> {
        let mut lines = self.since();
        lines.retain(|line| line.split(' ').next() == Some(what));
        lines
    }
}

/// Makes a table for words.
fn words(engine: &Engine) {
    let connection = engine.connect().unwrap();
    let table = text("CREATE TABLE word (word varchar(20) PRIMARY KEY)");
    connection.execute(table).unwrap();
    connection.commit().unwrap();
}

/// Asks something that needs no table; the answer is 1.
fn said_nothing(connection: &Connection) -> i64 {
    let one = connection.execute(text("SELECT 1")).unwrap();
    one.scalar::<i64>().unwrap().unwrap()
}

fn say(connection: &Connection, word: &str) -> Result<()> {
    let insert = text("INSERT INTO word (word) VALUES (:word)");
    connection.execute(insert.bind("word", word)).map(drop)
}

fn said(engine: &Engine) -> Vec<String> {
    engine
        .transact(|connection| {
            let words = connection.execute(text("SELECT word FROM word ORDER BY word"))?;
            words.scalars::<String>()
        })
        .unwrap()
}
