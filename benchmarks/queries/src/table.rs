//! The table of all shapes: nanoseconds a call, and how much longer the first contestant takes than each other, as a ratio and
//! in nanoseconds.

use std::time::Duration;

use crate::{
    contest::{Contestant, Outcome, Times, hold},
    shape::{SHAPES, Shape},
};

/// Holds this many rounds of each shape, and prints the medians: of the times, and of the ratios and differences of each
/// round, whose parts were disturbed alike. `contestants` makes each shape's.
pub fn contests(
    rounds: u32,
    mut contestants: impl FnMut(Shape) -> Outcome<Vec<Contestant<'static>>>,
) -> Outcome {
    println!("ns a call, medians of {rounds} rounds");
    for shape in SHAPES {
        let times = hold(rounds, contestants(shape)?)?;
        if shape == SHAPES[0] {
            println!("{}", header(&times));
        }
        println!("{}", line(shape, &times));
    }
    Ok(())
}

fn header(times: &[Times]) -> String {
    let mut line = format!("{:<36}", "");
    for one in times {
        line += &format!("{:>18}", one.name);
    }
    for other in times.iter().skip(1) {
        line += &format!("{:>20}", format!("to {}", other.name));
        line += &format!("{:>12}", "more, ns");
    }
    line
}

fn line(shape: Shape, times: &[Times]) -> String {
    let mut line = format!("{:<36}", shape.title());
    let of_calls = |times: &Times| {
        let nanoseconds = |round: &Duration| round.as_secs_f64() * 1e9 / f64::from(shape.calls());
        times.rounds.iter().map(nanoseconds).collect::<Vec<f64>>()
    };
    let all: Vec<Vec<f64>> = times.iter().map(of_calls).collect();
    for one in &all {
        line += &format!("{:>18.0}", median(one.iter().copied()));
    }
    for other in all.iter().skip(1) {
        let rounds = all[0].iter().zip(other);
        line += &format!(
            "{:>20.2}",
            median(rounds.clone().map(|(ours, theirs)| ours / theirs))
        );
        line += &format!(
            "{:>12.0}",
            median(rounds.map(|(ours, theirs)| ours - theirs))
        );
    }
    line
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_unstable_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
