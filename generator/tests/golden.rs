//! Schemas and what becomes of them: each folder of `golden/` holds a schema and either the models that are generated from it,
//! in `expected/`, or the messages about it, in `expected.txt`.
//!
//! A folder's schema is its files `schema.*`, or the folder `schema`. Its file `options` says what the build script says, a
//! call a line; `uses.rs` is a module of a program that uses the models, and has to compile. With `ALUDEL_UPDATE=1` the expected files are written again; read them before they are committed.
#![allow(clippy::unwrap_used, clippy::panic)] // also in what the tests share

mod case;
pub(crate) mod compile;
mod difference;

use case::Case;

#[test]
fn every_schema_gives_the_expected_models_or_messages() {
    let cases = Case::all();
    let broken = cases.iter().filter(|case| case.expects_messages()).count();
    let problems: Vec<String> = cases.iter().filter_map(Case::problem).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(cases.len() - broken >= 40 && broken >= 20);
}
