//! The session: one object for each row, whose changes are written together.

mod identity;
mod link;
mod plan;

pub use link::Linked;
