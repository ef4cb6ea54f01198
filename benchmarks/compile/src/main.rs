//! Measures what the compiler costs: for a crate of generated models, for a query with many joins, or for the generator itself.
//! An argument is the number of tables, or the word `large`, `joins` or `generator`.

#![forbid(unsafe_code)]

mod package;
mod query;
mod schema;

use std::{cell::Cell, error::Error};

use package::Package;

/// How often the models are checked.
const CHECKS: usize = 5;
/// How often the generator is built: each time takes as long as many checks.
const BUILDS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1).as_deref() {
        None => models(200),
        Some("large") => large(1_000),
        Some("joins") => joins(30),
        Some("generator") => generator(),
        Some(tables) => models(tables.parse()?),
    }
}

/// What a check of generated models costs.
fn models(tables: usize) -> Result<(), Box<dyn Error>> {
    let package = Package::of_models(&schema::write(tables))?;
    println!("building the dependencies and the models of {tables} tables");
    package.check()?;
    let idle = package.check()?;
    println!(
        "{} lines of Rust were generated; a check with nothing to do: {idle:.2} s",
        package.generated_lines()?
    );
    let seconds = sorted_runs(CHECKS, || {
        package.touch()?;
        package.check()
    })?;
    let (best, median) = (seconds[0], seconds[CHECKS / 2]);
    println!(
        "{tables} tables of 12 columns, `cargo check`: median {median:.2} s, best {best:.2} s of CPU"
    );
    Ok(())
}

/// What a large schema costs: to generate, to check, and after a change of one table.
fn large(tables: usize) -> Result<(), Box<dyn Error>> {
    let package = Package::of_models(&schema::write_large(tables))?;
    println!("building the dependencies and the models of {tables} tables");
    package.check()?;
    let lines = package.generated_lines()?;
    let generating = sorted_runs(CHECKS, || package.generate())?;
    let checking = sorted_runs(BUILDS, || {
        package.touch()?;
        package.check()
    })?;
    package.check_incrementally()?;
    let changes = Cell::new(0);
    let changed = sorted_runs(BUILDS, || {
        changes.set(changes.get() + 1);
        package.change_schema(&format!(
            "ALTER TABLE thing_{} ADD COLUMN added_{} INTEGER;\n",
            tables / 2,
            changes.get()
        ))?;
        package.check_incrementally()
    })?;
    println!(
        "{tables} tables of 15 columns with {} foreign keys, {lines} lines of Rust, best CPU seconds: \
         generation, not optimized: {:.2} s; `cargo check` of the models: {:.2} s; \
         `cargo check` after a change of one table, generation included: {:.2} s",
        tables * 3 / 2,
        generating[0],
        checking[0],
        changed[0],
    );
    Ok(())
}

/// What a check of one query costs that joins so many tables, and has as many conditions and columns; beside that of the models.
fn joins(joins: usize) -> Result<(), Box<dyn Error>> {
    let package = Package::of_models(&schema::write(joins + 1))?;
    package.check()?;
    let models = sorted_runs(CHECKS, || {
        package.touch()?;
        package.check()
    })?;
    package.library(&query::write(joins))?;
    let both = sorted_runs(CHECKS, || {
        package.library(&query::write(joins))?;
        package.check()
    })?;
    println!(
        "models of {} tables, `cargo check`: best {:.2} s of CPU; with a query of {joins} joins: {:.2} s",
        joins + 1,
        models[0],
        both[0]
    );
    Ok(())
}

/// What a build script costs that uses the generator, when nothing is built yet.
fn generator() -> Result<(), Box<dyn Error>> {
    let package = Package::of_generator(&schema::write(1))?;
    println!("downloading what is not there yet");
    package.fetch()?;
    let seconds = sorted_runs(BUILDS, || package.build_from_nothing())?;
    println!(
        "`aludel-build` and all it is built on, `cargo build` from nothing: best {:.2} s of CPU",
        seconds[0]
    );
    Ok(())
}

/// The seconds of each run, the best one first.
fn sorted_runs(
    runs: usize,
    once: impl Fn() -> Result<f64, Box<dyn Error>>,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut seconds = Vec::new();
    for run in 1..=runs {
        let taken = once()?;
        println!("run {run} of {runs}: {taken:.2} s of CPU");
        seconds.push(taken);
    }
    seconds.sort_by(f64::total_cmp);
    Ok(seconds)
}
