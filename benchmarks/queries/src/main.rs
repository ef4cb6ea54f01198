//! Small queries through Aludel and by hand with rusqlite, on SQLite in memory; and by a third program, if one is named.
//!
//! `queries [ROUNDS [PROGRAM]]` prints a table. `queries round SHAPE [by-hand]` has one round of one contestant, for a
//! profiler, and `queries rows SHAPE [by-hand]` what it reads.

#![forbid(unsafe_code)]

mod by_aludel;
mod by_hand;
#[path = "../../contest.rs"]
mod contest;
mod data;
mod elsewhere;
mod request;
mod shape;
mod table;
mod worker;

use crate::{
    by_aludel::ByAludel,
    by_hand::ByHand,
    contest::{Contestant, Outcome},
    elsewhere::{Program, same},
    request::{answer, named},
    shape::{Place, Shape},
    worker::Worker,
};

aludel::include_models!();

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => all(25, None),
        [request @ ("round" | "rows"), shape] => one::<ByAludel>(request, shape),
        [request, shape, "by-hand"] => one::<ByHand>(request, shape),
        [rounds] => all(rounds.parse()?, None),
        [rounds, program] => all(rounds.parse()?, Some(program)),
        _ => Err("these are too many arguments".into()),
    }
}

fn one<W: Worker>(request: &str, shape: &str) -> Outcome {
    answer(request, &mut Place::<W>::prepared(named(shape)?)?)
}

fn all(rounds: u32, program: Option<&str>) -> Outcome {
    table::contests(rounds, |shape| contestants(shape, program))
}

/// Who takes part in this shape, after they have shown that they read the same.
fn contestants(shape: Shape, program: Option<&str>) -> Outcome<Vec<Contestant<'static>>> {
    let mut ours = Place::<ByAludel>::prepared(shape)?;
    let mut by_hand = Place::<ByHand>::prepared(shape)?;
    let rows = ours.rows()?;
    same("rusqlite by hand", &rows, &by_hand.rows()?)?;
    let mut contestants = vec![
        Contestant::new("aludel", move || ours.round()),
        Contestant::new("by hand", move || by_hand.round()),
    ];
    if let Some(path) = program {
        let program = Program::new(path, &[]);
        same(path, &rows, &program.rows(shape)?)?;
        let round = move || program.round(shape);
        contestants.push(Contestant::new("diesel", round));
    }
    Ok(contestants)
}
