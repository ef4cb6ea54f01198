//! Contestants take turns, one round each.

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
}

impl<'c> Contestant<'c> {
    /// Enters the contest. A round says itself how long it took.
    pub fn new(name: &'static str, round: impl FnMut() -> Outcome<Duration> + 'c) -> Self {
        Contestant {
            name,
            round: Box::new(round),
        }
    }
}

/// How long the rounds of a contestant took.
pub struct Times {
    /// The contestant.
    pub name: &'static str,
    /// The rounds, in their order.
    pub rounds: Vec<Duration>,
}

/// The time that work takes. Never inlined, so that a profiler finds it.
#[inline(never)]
pub fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<Duration> {
    let start = Instant::now();
    std::hint::black_box(work()?);
    Ok(start.elapsed())
}

/// Holds this many rounds, and gives the times of each contestant.
pub fn hold(rounds: u32, contestants: Vec<Contestant<'_>>) -> Outcome<Vec<Times>> {
    let mut all: Vec<(Contestant<'_>, Vec<Duration>)> = contestants
        .into_iter()
        .map(|contestant| (contestant, Vec::new()))
        .collect();
    for _ in 0..rounds {
        for (contestant, times) in &mut all {
            times.push((contestant.round)()?);
        }
    }
    let times = all.into_iter().map(|(contestant, rounds)| Times {
        name: contestant.name,
        rounds,
    });
    Ok(times.collect())
}
