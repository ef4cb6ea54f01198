//! Tests of the catalog through its public interface.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.

mod alter;
mod database;
mod difference;
mod everything;
mod expressions;
mod identifiers;
mod json;
mod limits;
mod only;
mod order;
mod random;
mod samples;
mod schemas;
mod scripts;
mod servers;
mod three;
mod types;
mod values;
