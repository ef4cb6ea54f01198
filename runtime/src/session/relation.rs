//! Relationships between objects: what is linked to what, in both directions.
//!
//! A relationship to one row is its foreign key and the identity map. One to many rows is kept by the session, by the foreign key's
//! values, so that both directions read the same thing.

mod access;
mod collection;
mod condition;
mod delete;
mod eager;
mod fetch;
mod follow;
pub(crate) mod groups;
mod joined;
mod keys;
mod links;
mod load;
mod pairs;
mod part;
mod read;
mod read_rows;
mod related;
pub(crate) mod report;
mod set;
pub(crate) mod store;
mod subquery;
mod taken;

pub use access::{many, one, optional, set_one, set_optional, write_only};
pub use collection::{Collection, WriteOnly};
pub(crate) use delete::by_table;
pub(crate) use eager::Noted;
pub use fetch::Eager;
pub(crate) use fetch::Fetch;
pub(crate) use follow::incoming;
pub(crate) use keys::Reference;
pub(crate) use links::{Link, Links};
pub(crate) use part::Parting;
pub use report::LazyLoad;
