//! What a contest came to: medians.

use std::time::Duration;

use crate::contest::{Contestant, Outcome, hold};

/// Holds this many rounds, and prints each one's median in nanoseconds a row, with the median of the ratios of each round to the
/// last contestant, who works by hand.
pub fn contest(title: &str, rows: u32, rounds: u32, contestants: Vec<Contestant<'_>>) -> Outcome {
    let times = hold(rounds, contestants)?;
    println!("  {title}, median of {rounds} rounds");
    let by_hand = times.last().map_or(&[][..], |times| &times.rounds);
    for one in &times {
        let a_row = median(one.rounds.iter().map(Duration::as_secs_f64)) * 1e9 / f64::from(rows);
        let ratios = one.rounds.iter().zip(by_hand);
        let ratio = median(ratios.map(|(one, other)| one.as_secs_f64() / other.as_secs_f64()));
        println!("    {:<26} {a_row:>9.1} ns a row   {ratio:>6.2}", one.name);
    }
    Ok(())
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
