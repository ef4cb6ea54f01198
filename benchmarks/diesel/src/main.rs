//! Small queries through Diesel, on SQLite in memory: the same shapes and data as those of `queries`, whose sources this uses.
//!
//! Without an argument it prints a table; `round SHAPE` and `rows SHAPE` answer `queries`.

#![forbid(unsafe_code)]

mod by_diesel;
#[path = "../../contest.rs"]
mod contest;
#[path = "../../queries/src/data.rs"]
mod data;
#[path = "../../queries/src/request.rs"]
mod request;
#[path = "../../queries/src/shape.rs"]
mod shape;
#[path = "../../queries/src/table.rs"]
mod table;
mod tables;
#[path = "../../queries/src/worker.rs"]
mod worker;

use by_diesel::ByDiesel;
use contest::{Contestant, Outcome};
use request::{answer, named};
use shape::Place;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => all(25),
        [rounds] => all(rounds.parse()?),
        [request, shape] => answer(request, &mut Place::<ByDiesel>::prepared(named(shape)?)?),
        _ => Err("these are too many arguments".into()),
    }
}

fn all(rounds: u32) -> Outcome {
    table::contests(rounds, |shape| {
        let mut place = Place::<ByDiesel>::prepared(shape)?;
        Ok(vec![Contestant::new("diesel", move || place.round())])
    })
}
