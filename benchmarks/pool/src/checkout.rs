//! Taking an idle connection and giving it back.

use std::{convert::Infallible, thread, time::Duration};

use aludel::Engine;

use crate::contest::{self, Contestant, Outcome};

/// So often each thread takes a connection in a round.
const TIMES: u32 = 20_000;
/// Threads, and connections of the pool: those of the last have to wait for each other.
const SHAPES: [(u32, u32); 4] = [(1, 1), (1, 8), (8, 8), (8, 4)];

/// Prints the nanoseconds of a checkout with its return, for each shape and contestant.
pub fn run(rounds: u64) -> Outcome {
    println!(
        "nanoseconds for a connection that is taken and given back: median of {rounds} rounds, fastest in parentheses"
    );
    for (threads, connections) in SHAPES {
        let engine = Engine::builder("sqlite://")
            .pool_size(connections)
            .max_overflow(0)
            .build()?;
        let rival = r2d2::Pool::builder()
            .max_size(connections)
            .min_idle(Some(connections))
            .test_on_check_out(false)
            .build(Nothing)?;
        let held: aludel::Result<Vec<_>> = (0..connections).map(|_| engine.connect()).collect();
        drop(held?);
        let contestants = vec![
            Contestant::new("aludel", || {
                round(threads, || drop(engine.connect().expect("one comes free")))
            }),
            Contestant::new("r2d2", || {
                round(threads, || drop(rival.get().expect("one comes free")))
            }),
        ];
        print!("{threads} threads, {connections} connections:");
        for times in contest::hold(u32::try_from(rounds)?, contestants)? {
            let mut rounds = times.rounds;
            rounds.sort_unstable();
            let each = |time: Duration| time.as_nanos() / u128::from(TIMES * threads);
            let (median, best) = (each(rounds[rounds.len() / 2]), each(rounds[0]));
            print!("  {} {median} ({best})", times.name);
        }
        println!();
    }
    Ok(())
}

/// How long all threads together need, from the first to the last.
fn round(threads: u32, work: impl Fn() + Sync) -> Outcome<Duration> {
    contest::timed(|| {
        if threads == 1 {
            (0..TIMES).for_each(|_| work());
            return Ok(());
        }
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| (0..TIMES).for_each(|_| work()));
            }
        });
        Ok(())
    })
}

/// Connections to nothing, so that the pool alone is measured.
struct Nothing;

impl r2d2::ManageConnection for Nothing {
    type Connection = ();
    type Error = Infallible;

    fn connect(&self) -> Result<(), Infallible> {
        Ok(())
    }

    fn is_valid(&self, (): &mut ()) -> Result<(), Infallible> {
        Ok(())
    }

    fn has_broken(&self, (): &mut ()) -> bool {
        false
    }
}
