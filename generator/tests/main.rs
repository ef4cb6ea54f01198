//! Tests of the stages of the generator.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.

mod corpus;
mod damage;
mod diagnostics;
mod dialect;
mod difference;
mod fuzz;
mod golden;
mod migrations;
mod outline;
mod parse;
mod render;
mod source;
mod yaml;
