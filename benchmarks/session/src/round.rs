//! Rounds of one contestant on SQLite, which is what a profiler looks at.

use std::path::Path;

use aludel::{Engine, SessionFactory};

use crate::{
    ROWS,
    by_hand::{ByHand, Sqlite},
    change,
    contest::Outcome,
    flush, load,
    models::{Item, catalog},
    name,
    village::{self, eagerly, joined, lazily},
};

/// So many rounds; the first also prepares statements.
const ROUNDS: u32 = 5;

/// Has rounds of a shape, `load`, `lazily`, `eagerly`, `joined`, `flush` or `change`, and prints the nanoseconds of the fastest.
pub fn run(file: &Path, words: &[String]) -> Outcome {
    let engine = Engine::new(format!("sqlite:///{}", file.display()))?;
    catalog().create_all(&engine)?;
    let mut by_hand = Sqlite::open(file)?;
    let connection = engine.connect()?;
    let items = (0..ROWS).map(|number| {
        let item = Item::insert().name(name(number));
        item.note("a note").amount(i64::from(number))
    });
    connection.insert_all(items)?;
    connection.commit()?;
    drop(connection);
    village::fill(&engine)?;
    let sessions = SessionFactory::new(&engine);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut round = || {
        match words[..] {
        ["load"] => load(&sessions),
        ["lazily"] => lazily(&sessions),
        ["eagerly"] => eagerly(&sessions),
        ["joined"] => joined(&sessions),
        ["flush"] => flush(&sessions, true),
        ["change"] => change(&sessions, true),
        ["load", "by-hand"] => by_hand.all(),
        ["lazily" | "eagerly" | "joined", "by-hand"] => by_hand.with_persons(),
        ["flush", "by-hand"] => by_hand.insert(ROWS),
        ["change", "by-hand"] => by_hand.update(ROWS),
        _ => Err(
            "`load`, `lazily`, `eagerly`, `joined`, `flush` or `change` is wanted, and `by-hand` may stand behind it"
                .into(),
        ),
    }
    };
    let times: Outcome<Vec<_>> = (0..ROUNDS).map(|_| round()).collect();
    let fastest = times?.into_iter().min();
    println!("{}", fastest.map_or(0, |time| time.as_nanos()));
    Ok(())
}
