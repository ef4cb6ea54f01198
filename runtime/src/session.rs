//! The session: one object for each row, whose changes are written together.

mod identity;
mod link;

pub use link::Linked;
