//! Aludel.
fn main() {}
