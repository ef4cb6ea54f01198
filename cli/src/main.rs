//! The command `aludel`.

mod changes;
mod database;
mod diff;
mod generate;
mod inspect;
mod migrate;
mod pull;
mod schema;
mod side;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Works with the schema files that Aludel generates models from.
#[derive(Debug, Parser)]
#[command(name = "aludel", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prints what schema files declare
    Inspect(inspect::Inspect),
    /// Writes models into a folder
    Generate(generate::Generate),
    /// Tells whether the models in a folder are what `generate` would write
    Check(generate::Generate),
    /// Prints what makes one schema of another: schema files, migrations and databases
    Diff(diff::Diff),
    /// Writes migrations, and applies them to a database
    Migrate(migrate::Migrate),
    /// Writes schema files from what a database declares
    Pull(pull::Pull),
}

/// What a command prints to standard output, or to standard error.
type Outcome = Result<String, String>;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Inspect(inspect) => inspect.run(),
        Command::Generate(generate) => generate.write(),
        Command::Check(generate) => generate.check(),
        Command::Diff(diff) => diff.run(),
        Command::Migrate(migrate) => migrate.run(),
        Command::Pull(pull) => pull.run(),
    };
    match outcome {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprint!("{text}");
            ExitCode::FAILURE
        }
    }
}
