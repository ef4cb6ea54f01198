//! The table of all shapes: nanoseconds a call, and how much longer the first contestant takes than each other.

use std::time::Duration;

use crate::{
    contest::{Contestant, Outcome, Times, hold},
    shape::{SHAPES, Shape},
};

/// Holds this many rounds of each shape, and prints the medians. `contestants` makes each shape's.
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
    }
    line
}

fn line(shape: Shape, times: &[Times]) -> String {
    let medians: Vec<f64> = times.iter().map(|one| median(one).as_secs_f64()).collect();
    let mut line = format!("{:<36}", shape.title());
    for median in &medians {
        line += &format!("{:>18.0}", median * 1e9 / f64::from(shape.calls()));
    }
    for other in medians.iter().skip(1) {
        line += &format!("{:>20.2}", medians[0] / other);
    }
    line
}

fn median(times: &Times) -> Duration {
    let middle = times.rounds.len() / 2;
    times.rounds.get(middle).copied().unwrap_or(Duration::MAX)
}
