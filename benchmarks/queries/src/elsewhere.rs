//! A contestant that is another program, because its binding to SQLite does not go into one program with ours.

use std::{process::Command, time::Duration};

use crate::{contest::Outcome, shape::Shape};

/// A round, by a process of its own that times the calls and nothing else.
pub fn round(program: &str, shape: Shape) -> Outcome<Duration> {
    let nanoseconds = ask(program, "round", shape)?.trim().parse()?;
    Ok(Duration::from_nanos(nanoseconds))
}

/// What the shape gives, a line for each row.
pub fn rows(program: &str, shape: Shape) -> Outcome<Vec<String>> {
    let output = ask(program, "rows", shape)?;
    Ok(output.lines().map(str::to_owned).collect())
}

fn ask(program: &str, request: &str, shape: Shape) -> Outcome<String> {
    let output = Command::new(program)
        .args([request, shape.word()])
        .output()
        .map_err(|error| format!("cannot start {program}: {error}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{program} failed: {message}").into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
