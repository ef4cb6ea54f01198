//! The command `aludel`.

mod inspect;

use std::{path::PathBuf, process::ExitCode};

use aludel_build::Dialect;
use clap::{Parser, Subcommand, ValueEnum};

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
    Inspect {
        /// The dialect that the files are written in
        #[arg(long, value_enum, default_value_t = DialectName::Sqlite)]
        dialect: DialectName,
        /// How it is printed
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
        /// Schema files, and folders of them
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DialectName {
    Sqlite,
    #[value(alias = "postgresql")]
    Postgres,
    #[value(alias = "mariadb")]
    Mysql,
}

impl From<DialectName> for Dialect {
    fn from(name: DialectName) -> Self {
        match name {
            DialectName::Sqlite => Dialect::Sqlite,
            DialectName::Postgres => Dialect::Postgres,
            DialectName::Mysql => Dialect::Mysql,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object
    Json,
}

fn main() -> ExitCode {
    let Arguments {
        command:
            Command::Inspect {
                dialect,
                format: Format::Json,
                paths,
            },
    } = Arguments::parse();
    match inspect::json(&paths, dialect.into()) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(diagnostics) => {
            eprint!("{diagnostics}");
            ExitCode::FAILURE
        }
    }
}
