//! Tests of the stages of the generator.

mod corpus;
mod outline;
mod parse;
mod render;
mod yaml;
