//! The tests of the whole: what a user of the crates, of the generator and of the documents gets.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.

mod backend;
mod build_script;
mod compile_fail;
mod documents;
mod features;
mod readme;
mod refusal;
mod tour;
