//! Statements as trees, without types, and their way to text.
//!
//! The typed layer in [`query`](crate::query) is a thin skin over these trees. A tree knows no dialect; the renderer asks the
//! dialect for every word that differs.

mod node;
mod precedence;
mod render;
mod statement;
mod writer;

pub(crate) use node::{Binary, Node, Pattern};
pub(crate) use render::{Rendered, delete, exists, insert, select, select_count, update};
pub(crate) use statement::{Assigned, Delete, From, Insert, Join, Order, Select, Update};
