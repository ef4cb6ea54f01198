//! Contestants take turns, and the best round of each counts.

use std::{
    error::Error,
    time::{Duration, Instant},
};

/// How a round ends.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Somebody who does the work: a name, and a round of it.
pub struct Contestant<'c> {
    name: &'static str,
    round: Box<dyn FnMut() -> Outcome<Duration> + 'c>,
    best: Duration,
}

impl<'c> Contestant<'c> {
    /// Enters the contest. A round says itself how long it took.
    pub fn new(name: &'static str, round: impl FnMut() -> Outcome<Duration> + 'c) -> Self {
        Contestant {
            name,
            round: Box::new(round),
            best: Duration::MAX,
        }
    }
}

/// The time that work takes.
pub fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<Duration> {
    let start = Instant::now();
    std::hint::black_box(work()?);
    Ok(start.elapsed())
}

/// Holds this many rounds, and prints each one's best in nanoseconds a row, with how much longer the first one takes.
pub fn hold(title: &str, rows: u32, rounds: u32, mut contestants: Vec<Contestant<'_>>) -> Outcome {
    for _ in 0..rounds {
        for contestant in &mut contestants {
            contestant.best = contestant.best.min((contestant.round)()?);
        }
    }
    println!("{title}, best of {rounds} rounds");
    let first = contestants
        .first()
        .map_or(Duration::MAX, |first| first.best);
    for (place, contestant) in contestants.iter().enumerate() {
        let a_row = contestant.best.as_secs_f64() * 1e9 / f64::from(rows);
        print!("  {:<24} {a_row:>8.1} ns a row", contestant.name);
        if place > 0 {
            let ratio = first.as_secs_f64() / contestant.best.as_secs_f64();
            print!("; {} takes {ratio:.2} times as long", contestants[0].name);
        }
        println!();
    }
    Ok(())
}
