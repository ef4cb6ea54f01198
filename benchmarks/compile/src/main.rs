//! Measures what `cargo check` costs for a crate of generated models. An argument is the number of tables.

#![forbid(unsafe_code)]

mod package;
mod schema;

use std::error::Error;

use package::Package;

const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let tables = match std::env::args().nth(1) {
        Some(tables) => tables.parse()?,
        None => 200,
    };
    let package = Package::new(&schema::write(tables))?;
    println!("building the dependencies and the models of {tables} tables");
    package.check()?;
    let idle = package.check()?;
    println!(
        "{} lines of Rust were generated; a check with nothing to do: {idle:.2} s",
        package.generated_lines()?
    );

    let mut seconds = Vec::new();
    for run in 1..=RUNS {
        package.touch()?;
        let taken = package.check()?;
        println!("run {run} of {RUNS}: {taken:.2} s of CPU");
        seconds.push(taken);
    }
    seconds.sort_by(f64::total_cmp);
    let (best, median) = (seconds[0], seconds[RUNS / 2]);
    println!(
        "{tables} tables of 12 columns, `cargo check`: median {median:.2} s, best {best:.2} s of CPU"
    );
    Ok(())
}
