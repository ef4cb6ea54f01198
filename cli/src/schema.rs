//! Which files are read, and how: what all commands have in common.

use std::path::PathBuf;

use aludel_build::{Dialect, MigrationTool, source::Place};
use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The dialect that the files are written in; without it, it is found by what stands in them
    #[arg(long, value_enum)]
    dialect: Option<DialectName>,
    /// The tool whose migrations the folders hold; `auto` finds it out
    #[arg(long, value_name = "TOOL", value_parser = tool)]
    migrations: Option<Tool>,
    /// Schema files, and folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// A tool, or whichever it is.
type Tool = Box<Option<MigrationTool>>;

fn tool(word: &str) -> Result<Tool, String> {
    if word == "auto" {
        return Ok(Box::new(None));
    }
    let words: Vec<&str> = MigrationTool::ALL
        .iter()
        .map(|tool| tool.as_str())
        .collect();
    match MigrationTool::from_word(word) {
        Some(tool) => Ok(Box::new(Some(tool))),
        None => Err(format!("known are auto, {}", words.join(", "))),
    }
}

/// A dialect, as it is said on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DialectName {
    Sqlite,
    #[value(alias = "postgresql")]
    Postgres,
    #[value(alias = "mariadb")]
    Mysql,
}

impl Schema {
    /// Where the files are. A file that is named is read as it is.
    pub(crate) fn places(&self) -> Vec<Place> {
        let place = |path: &PathBuf| match &self.migrations {
            Some(tool) if path.is_dir() => Place::Migrations(path.clone(), **tool),
            _ => Place::Schema(path.clone()),
        };
        self.paths.iter().map(place).collect()
    }

    /// The dialect, where it is said.
    pub(crate) fn dialect(&self) -> Option<Dialect> {
        self.dialect.map(DialectName::dialect)
    }
}

impl DialectName {
    pub(crate) fn dialect(self) -> Dialect {
        match self {
            DialectName::Sqlite => Dialect::Sqlite,
            DialectName::Postgres => Dialect::Postgres,
            DialectName::Mysql => Dialect::Mysql,
        }
    }
}
