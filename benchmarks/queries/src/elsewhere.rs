//! A contestant that is another program, because its binding to a database does not go into one program with ours, or needs
//! what ours does not.

use std::{process::Command, time::Duration};

use crate::{contest::Outcome, shape::Shape};

/// The other program, and what it is told behind a request and a shape.
pub struct Program {
    path: String,
    more: Vec<String>,
}

impl Program {
    /// The program at this path.
    pub fn new(path: &str, more: &[&str]) -> Self {
        Program {
            path: path.to_owned(),
            more: more.iter().copied().map(str::to_owned).collect(),
        }
    }

    /// A round, by a process of its own that times the calls and nothing else.
    pub fn round(&self, shape: Shape) -> Outcome<Duration> {
        let nanoseconds = self.ask("round", shape)?.trim().parse()?;
        Ok(Duration::from_nanos(nanoseconds))
    }

    /// What the shape gives, a line for each row.
    pub fn rows(&self, shape: Shape) -> Outcome<Vec<String>> {
        let output = self.ask("rows", shape)?;
        Ok(output.lines().map(str::to_owned).collect())
    }

    fn ask(&self, request: &str, shape: Shape) -> Outcome<String> {
        let path = &self.path;
        let output = Command::new(path)
            .args([request, shape.word()])
            .args(&self.more)
            .output()
            .map_err(|error| format!("cannot start {path}: {error}"))?;
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{path} failed: {message}").into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

/// Makes sure that a contestant of this name reads what Aludel reads.
pub fn same(name: &str, ours: &[String], theirs: &[String]) -> Outcome {
    if ours == theirs {
        return Ok(());
    }
    let lines = ours.iter().zip(theirs);
    let different = lines.clone().find(|(ours, theirs)| ours != theirs);
    let (ours, theirs) = (ours.len(), theirs.len());
    Err(format!("{name} reads {theirs} rows and Aludel {ours}; different: {different:?}").into())
}
