//! Relationships between objects: what is linked to what, in both directions.

mod access;
mod collection;

pub use access::{many, one, optional, set_one, set_optional, write_only};
pub use collection::{Collection, WriteOnly};
