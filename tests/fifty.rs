//! Some fifty questions that analysts and programs ask of a database, from totals by month to bills of material: each is typed,
//! run on SQLite, and compared with rows that plain SQL gave for the same data.

#![allow(clippy::unwrap_used)] // Clippy takes the helpers of tests for production code.

#[path = "fifty/changes.rs"]
mod changes;
#[path = "fifty/lookups.rs"]
mod lookups;
#[path = "fifty/reports.rs"]
mod reports;
#[path = "fifty/sets.rs"]
mod sets;
#[path = "fifty/shop.rs"]
mod shop;
#[path = "fifty/trees.rs"]
mod trees;
#[path = "fifty/windows.rs"]
mod windows;
