//! Aludel.

pub mod diagnostic;
pub mod parse;
pub mod source;
mod suggest;
