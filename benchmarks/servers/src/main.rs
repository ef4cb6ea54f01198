//! PostgreSQL and MariaDB through Aludel and by hand with `postgres` and `mysql`; and by a third program, if one is named.
//!
//! `servers [ROUNDS [PROGRAM]]` prints a table for each server. It starts throw-away ones, unless `ALUDEL_TEST_POSTGRES` or
//! `ALUDEL_TEST_MYSQL` names one. `servers round SHAPE URL [by-hand]` has one round of one contestant, on a database that
//! was filled before, for a profiler; `servers fill URL` fills an empty one.

#![forbid(unsafe_code)]

#[allow(dead_code)] // some of it is for `queries` alone
#[path = "../../queries/src/data.rs"]
mod blog;
mod by_aludel;
mod by_hand;
mod by_mysql;
mod by_postgres;
#[path = "../../contest.rs"]
mod contest;
mod data;
#[path = "../../queries/src/elsewhere.rs"]
mod elsewhere;
#[path = "../../queries/src/request.rs"]
mod request;
mod shape;
#[path = "../../queries/src/table.rs"]
mod table;
mod worker;

use aludel_testing_servers::{Kind, Server};

use crate::{
    by_aludel::{ByAludel, fill},
    by_mysql::ByMysql,
    by_postgres::ByPostgres,
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
        [] => all(101, None),
        ["fill", url] => fill(url),
        [request @ ("round" | "rows"), shape, url] => one::<ByAludel>(request, shape, url),
        [request, shape, url, "by-hand"] if url.starts_with("postgres") => {
            one::<ByPostgres>(request, shape, url)
        }
        [request, shape, url, "by-hand"] => one::<ByMysql>(request, shape, url),
        [rounds] => all(rounds.parse()?, None),
        [rounds, program] => all(rounds.parse()?, Some(program)),
        _ => Err("these are not the arguments".into()),
    }
}

fn one<W: Worker>(request: &str, shape: &str, url: &str) -> Outcome {
    let shape = named(shape)?;
    answer(request, &mut Place::<W>::prepared(shape, url)?)
}

fn all(rounds: u32, program: Option<&str>) -> Outcome {
    for kind in Kind::ALL {
        let Some(server) = Server::shared(kind) else {
            continue;
        };
        let url = server.new_database();
        // Everybody speaks without TLS, and adds the words of one's own for that.
        let url = url.split('?').next().unwrap_or(&url);
        fill(url)?;
        println!("\n{}", kind.name());
        table::contests(rounds, |shape| match kind {
            Kind::Postgres => contestants::<ByPostgres>(shape, url, program),
            Kind::MariaDb => contestants::<ByMysql>(shape, url, program),
        })?;
    }
    Ok(())
}

/// Who takes part in this shape, after they have shown that they read the same.
fn contestants<H: Worker + 'static>(
    shape: Shape,
    url: &str,
    program: Option<&str>,
) -> Outcome<Vec<Contestant<'static>>> {
    let mut ours = Place::<ByAludel>::prepared(shape, url)?;
    let mut by_hand = Place::<H>::prepared(shape, url)?;
    let rows = ours.rows()?;
    same("by hand", &rows, &by_hand.rows()?)?;
    let mut contestants = vec![
        Contestant::new("aludel", move || ours.round()),
        Contestant::new("by hand", move || by_hand.round()),
    ];
    if let Some(path) = program {
        let program = Program::new(path, &[url]);
        same(path, &rows, &program.rows(shape)?)?;
        let round = move || program.round(shape);
        contestants.push(Contestant::new("diesel", round));
    }
    Ok(contestants)
}
