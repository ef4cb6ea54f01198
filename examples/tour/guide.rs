//! Tells what happens, and counts the steps.

use std::{error::Error, fmt::Debug};

/// How a step ends: what it expected and did not find is an error like any other.
pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// Who leads the tour.
#[derive(Default)]
pub(crate) struct Guide {
    steps: usize,
}

impl Guide {
    /// A heading.
    pub(crate) fn chapter(&self, title: &str) {
        println!("\n{title}");
    }

    /// A sentence between steps.
    pub(crate) fn say(&self, sentence: &str) {
        println!("{sentence}");
    }

    /// A step that was taken, and must have given what was expected.
    pub(crate) fn step<T: Debug + PartialEq>(
        &mut self,
        what: &str,
        found: T,
        expected: T,
    ) -> Outcome {
        if found != expected {
            return Err(format!("{what}: expected {expected:?}, found {found:?}").into());
        }
        self.steps += 1;
        println!("  {:>2}. {what}: {found:?}", self.steps);
        Ok(())
    }

    /// The end of the tour.
    pub(crate) fn finish(self) {
        println!("\ntour: ok, {} steps", self.steps);
    }
}
