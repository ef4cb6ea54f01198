//! PostgreSQL and MariaDB through Diesel: the same shapes and data as those of `servers`, whose sources this uses.
//!
//! `round SHAPE URL` and `rows SHAPE URL` answer `servers`.

#![forbid(unsafe_code)]

#[allow(dead_code)] // `queries` uses all of it
#[path = "../../queries/src/data.rs"]
mod blog;
mod by_diesel;
#[allow(dead_code)] // `servers` holds the contest
#[path = "../../contest.rs"]
mod contest;
#[allow(dead_code)] // and fills the database
#[path = "../../servers/src/data.rs"]
mod data;
#[path = "../../queries/src/request.rs"]
mod request;
#[allow(dead_code)] // and prints the table
#[path = "../../servers/src/shape.rs"]
mod shape;
#[path = "../../servers/src/worker.rs"]
mod worker;

use by_diesel::{ByMysql, ByPostgres};
use contest::Outcome;
use request::{answer, named};
use shape::Place;
use worker::Worker;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [request, shape, url] if url.starts_with("postgres") => {
            one::<ByPostgres>(request, shape, url)
        }
        [request, shape, url] => one::<ByMysql>(request, shape, url),
        _ => Err("expected `round SHAPE URL` or `rows SHAPE URL`".into()),
    }
}

fn one<W: Worker>(request: &str, shape: &str, url: &str) -> Outcome {
    let shape = named(shape)?;
    answer(request, &mut Place::<W>::prepared(shape, url)?)
}
