//! Tests of the stages of the generator.

mod corpus;
mod diagnostics;
mod outline;
mod parse;
mod render;
mod source;
mod yaml;
