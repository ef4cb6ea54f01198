//! A tour of Aludel on a database in memory, or on another: it tells in words what it does, and checks what it gets. With `--echo`,
//! the engine tells what it sends.

mod guide;
mod steps;

use aludel::Engine;
use guide::{Guide, Outcome};

fn main() -> Outcome {
    let (options, urls): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let url = urls.first().map_or("sqlite://", String::as_str);
    let echo = options.iter().any(|option| option == "--echo");
    let engine = Engine::builder(url).echo(echo).build()?;
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
