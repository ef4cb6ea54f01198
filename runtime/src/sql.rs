//! Statements as trees, without types, and their way to text.
//!
//! The typed layer in [`query`](crate::query) is a thin skin over these trees. A tree knows no dialect; the renderer asks the
//! dialect for every word that differs.

mod function;
mod node;
mod query;
mod statement;
mod stub;
pub(crate) use stub::*;
pub use stub::Sql;

pub(crate) use function::Function;
pub(crate) use node::{Binary, Call, Case, CastType, Like, Node, Path, Pattern, Step};
pub use query::Bound;
pub(crate) use query::{
    Compound, Frame, From, Join, Lock, Nulls, Order, Position, Query, Select, SetOperator,
    Wait, Window, With,
};
pub(crate) use statement::{Assigned, Conflict, Delete, Insert, InsertSource, Update};
