//! q: queries.

mod across;
mod beyond;
mod change;
mod expressions;
mod filter;
mod function;
mod graph;
mod group;
mod insert;
mod join;
mod lint;
mod lock;
mod path;
mod predicate;
mod press;
mod read;
mod shape;
mod sql;
mod window;
mod within;
