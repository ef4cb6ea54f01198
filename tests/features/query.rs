//! q: queries.

mod change;
mod expressions;
mod filter;
mod join;
mod shape;
