//! What a contest came to: medians, and the fastest rounds.

use std::time::Duration;

use crate::contest::{Contestant, Outcome, hold};

/// Holds this many rounds, and prints each one's median in nanoseconds a row, with the median of the ratios of each round to the
/// last contestant, who works by hand; and the same of the fastest rounds, which whatever else the machine does disturbs least.
pub fn contest(title: &str, rows: u32, rounds: u32, contestants: Vec<Contestant<'_>>) -> Outcome {
    let times = hold(rounds, contestants)?;
    println!("  {title}, {rounds} rounds: the median, and the fastest");
    let by_hand = times.last().map_or(&[][..], |times| &times.rounds);
    let fastest_by_hand = fastest(by_hand);
    for one in &times {
        let a_row = median(one.rounds.iter().map(Duration::as_secs_f64)) * 1e9 / f64::from(rows);
        let ratios = one.rounds.iter().zip(by_hand);
        let ratio = median(ratios.map(|(one, other)| one.as_secs_f64() / other.as_secs_f64()));
        let best = fastest(&one.rounds);
        let best_row = best * 1e9 / f64::from(rows);
        let best_ratio = best / fastest_by_hand;
        println!(
            "    {:<22} {a_row:>9.1} ns a row {ratio:>6.2} {best_row:>11.1} ns a row {best_ratio:>6.2}",
            one.name
        );
    }
    Ok(())
}

fn fastest(rounds: &[Duration]) -> f64 {
    rounds.iter().min().map_or(f64::NAN, Duration::as_secs_f64)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
