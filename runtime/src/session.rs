//! The session: one object for each row, whose changes are written together.

mod link;

pub use link::Linked;
