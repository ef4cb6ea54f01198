//! e, x: what an engine tells, what it hides, and what it is made of. A program of its own, so that it builds soon.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.

#[allow(dead_code)] // what other programs use
mod backend;
#[path = "features/log/constraints.rs"]
mod constraints;
#[path = "features/log/echo.rs"]
mod echo;
#[path = "features/log/heard.rs"]
mod heard;
#[path = "features/log/hidden.rs"]
mod hidden;
#[path = "features/log/printed.rs"]
mod printed;
#[path = "features/log/runtime.rs"]
mod runtime;
#[path = "features/log/script.rs"]
mod script;
#[path = "features/log/settings.rs"]
mod settings;

use aludel::{Engine, EngineBuilder};
use aludel_testing::models::catalog;

/// An engine with options, on a new database with the tables of `names`.
fn engine(tables: &[&str], options: impl FnOnce(EngineBuilder) -> EngineBuilder) -> Engine {
    let url = backend::url();
    let engine = options(Engine::builder(url.as_str())).build().unwrap();
    catalog().create(&engine, tables).unwrap();
    engine
}
