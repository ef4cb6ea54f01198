//! s: random programs of session operations, against a plain model of what a session is.
//!
//! A program that differs is shrunk to the shortest that does. `ALUDEL_PROGRAMS` says how many are tried, `ALUDEL_SEED` which.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.

#[path = "programs/choose.rs"]
mod choose;
#[path = "programs/handle.rs"]
mod handle;
#[path = "programs/model.rs"]
mod model;
#[path = "programs/operation.rs"]
mod operation;
#[path = "programs/related.rs"]
mod related;
#[path = "programs/relation.rs"]
mod relation;
#[path = "programs/row.rs"]
mod row;
#[path = "programs/run.rs"]
mod run;
#[path = "programs/sample.rs"]
mod sample;

use aludel::Engine;
use aludel_testing::company::catalog;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// So many programs are tried, in all.
const PROGRAMS: u32 = 10_000;

/// Programs have at most so many operations.
const LONGEST: usize = 40;

fn number(variable: &str) -> Option<u32> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Tries a part of the programs, each part with others.
fn part(part: u32, parts: u32) {
    let engine = Engine::new("sqlite://").unwrap();
    catalog().create_all(&engine).unwrap();
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&part.to_le_bytes());
    seed[4..8].copy_from_slice(&number("ALUDEL_SEED").unwrap_or(0).to_le_bytes());
    let config = Config {
        cases: number("ALUDEL_PROGRAMS")
            .unwrap_or(PROGRAMS)
            .div_ceil(parts),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let result = runner.run(&operation::programs(LONGEST), |program| {
        run::run(&engine, &program, false).map_err(TestCaseError::fail)
    });
    if let Err(TestError::Fail(_, program)) = &result {
        let _shown = run::run(&engine, program, true);
    }
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn s08_a_session_does_what_its_model_does() {
    part(0, 2);
}

#[test]
fn s11_a_session_does_what_its_model_does_with_other_programs() {
    part(1, 2);
}
