//! The tests of the whole: what a user of the crates, of the generator and of the documents gets.

mod build_script;
mod compile_fail;
mod features;
mod readme;
