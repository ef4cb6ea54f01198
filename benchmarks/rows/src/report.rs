//! What a contest came to: the best round of each.

use std::time::Duration;

use crate::contest::{Contestant, Outcome, Times, hold};

/// Holds this many rounds, and prints each one's best in nanoseconds a row, with how much longer the first one takes.
pub fn contest(title: &str, rows: u32, rounds: u32, contestants: Vec<Contestant<'_>>) -> Outcome {
    let times = hold(rounds, contestants)?;
    println!("{title}, best of {rounds} rounds");
    for (place, one) in times.iter().enumerate() {
        let a_row = best(one).as_secs_f64() * 1e9 / f64::from(rows);
        print!("  {:<24} {a_row:>8.1} ns a row", one.name);
        if place > 0 {
            let ratio = best(&times[0]).as_secs_f64() / best(one).as_secs_f64();
            print!("; {} takes {ratio:.2} times as long", times[0].name);
        }
        println!();
    }
    Ok(())
}

fn best(times: &Times) -> Duration {
    times.rounds.iter().copied().min().unwrap_or(Duration::MAX)
}
