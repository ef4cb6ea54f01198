//! That a transaction got into another's way, for whoever may run it again.

use crate::error::{Error, ErrorKind};

/// An error after which a transaction can be run again. It holds nothing of the statement, and no value.
#[derive(Debug, Clone)]
pub(crate) struct Conflict {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) code: Option<String>,
    /// How many savepoints had begun before.
    pub(super) since: u64,
}

impl Conflict {
    /// The conflict that an error tells of, if it does.
    pub(super) fn of(error: &Error) -> Option<Box<Conflict>> {
        error.is_retryable().then(|| {
            Box::new(Conflict {
                kind: error.kind(),
                message: error.message().to_owned(),
                code: error.code().map(str::to_owned),
                since: 0,
            })
        })
    }
}
