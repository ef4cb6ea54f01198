//! A tour of Aludel on a database in memory: it tells in words what it does, and checks what it gets.

mod guide;
mod steps;

use aludel::Engine;
use guide::{Guide, Outcome};

fn main() -> Outcome {
    let url = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "sqlite://".to_owned());
    let engine = Engine::new(&url)?;
    let mut guide = Guide::default();
    guide.say(&format!("The tour runs on {}.", engine.url()));

    steps::tables::run(&mut guide, &engine)?;
    engine.transact(|connection| {
        steps::insert::run(&mut guide, connection)?;
        steps::query::run(&mut guide, connection)?;
        steps::join::run(&mut guide, connection)?;
        steps::report::run(&mut guide, connection)?;
        steps::update::run(&mut guide, connection)?;
        steps::refuse::run(&mut guide, connection)
    })?;
    steps::transaction::run(&mut guide, &engine)?;
    steps::session::run(&mut guide, &engine)?;
    steps::relationships::run(&mut guide, &engine)?;
    steps::tables::drop(&mut guide, &engine)?;
    guide.finish();
    Ok(())
}
