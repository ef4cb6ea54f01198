//! What refers to other declarations, looked up when all files are read.

mod duplicates;
mod foreign_keys;
pub(super) mod named_types;

use super::draft::Draft;

/// Looks up everything that could not be known earlier.
pub(super) fn resolve(draft: &mut Draft) {
    named_types::resolve(draft);
    foreign_keys::resolve(draft);
    duplicates::report(draft);
}
