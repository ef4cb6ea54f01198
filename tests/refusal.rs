//! An error of a program of its own, as transactions give it back.

use aludel::Error;

/// It hides ours.
#[derive(Debug, PartialEq)]
pub(crate) enum Refusal {
    Database,
    Mine,
}

impl From<Error> for Refusal {
    fn from(_: Error) -> Self {
        Refusal::Database
    }
}
