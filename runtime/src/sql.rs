//! Statements as trees, without types, and their way to text.
//!
//! The typed layer in [`query`](crate::query) is a thin skin over these trees. A tree knows no dialect; the renderer asks the
//! dialect for every word that differs.

mod culprit;
#[cfg(feature = "_frames")]
mod expected;
mod function;
mod grouped;
mod lint;
mod node;
mod precedence;
mod query;
mod render;
mod secret;
mod shown;
mod statement;
#[cfg(test)]
mod tests;
mod walk;
mod writer;

pub(crate) use function::{Function, Part};
pub(crate) use lint::unlinked;
pub(crate) use node::{Binary, Call, Case, CastType, Like, Node, Path, Pattern, Step, Unknown};
pub use query::Bound;
pub(crate) use query::{
    Compound, Frame, From, Join, Lock, Nulls, Order, Position, Query, QueryRef, Select,
    SetOperator, Wait, Window, With,
};
pub(crate) use render::{Statement, padded};
pub use shown::Sql;
pub(crate) use statement::{Assigned, Conflict, Delete, Insert, InsertSource, Update};
pub(crate) use writer::{BuildPassThrough, Fingerprint};
