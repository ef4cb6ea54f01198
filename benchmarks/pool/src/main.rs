//! The pool: what it costs to take a connection and give it back, against `r2d2`, and whether it stands a storm.

mod checkout;
#[path = "../../contest.rs"]
mod contest;
#[path = "../../storm.rs"]
mod storm;

use std::{env, process, time::Duration};

use aludel_testing_servers::{Kind, Server};

use contest::Outcome;
use storm::Storm;

fn main() -> Outcome {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |at: usize, default: u64| match arguments.get(at) {
        Some(text) => text.parse(),
        None => Ok(default),
    };
    match arguments.first().map(String::as_str) {
        Some("checkout") => checkout::run(number(1, 51)?),
        Some("storm") | None => storm(Duration::from_secs(number(1, 60)?)),
        Some(other) => Err(format!("`{other}`: expected `checkout` or `storm`").into()),
    }
}

/// A storm on each server; half of the time each.
fn storm(lasts: Duration) -> Outcome {
    let mut faults = 0;
    for kind in Kind::ALL {
        let Some(server) = Server::shared(kind) else {
            continue;
        };
        let storm = Storm {
            threads: 32,
            connections: 4,
            lasts: lasts / 2,
            kills_every: Duration::from_millis(100),
        };
        let report = storm.run(&server.new_database())?;
        println!("{}: {report}", kind.name());
        faults += report.faults.len();
    }
    if faults > 0 {
        process::exit(1);
    }
    Ok(())
}
