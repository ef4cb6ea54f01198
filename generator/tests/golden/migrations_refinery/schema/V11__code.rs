//! A migration in Rust.

pub fn migration() {}
