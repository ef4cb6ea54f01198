//! Which files are read, and how: what all commands have in common.

use std::path::PathBuf;

use aludel_build::Dialect;
use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The dialect that the files are written in
    #[arg(long, value_enum, default_value_t = DialectName::Sqlite)]
    dialect: DialectName,
    /// Schema files, and folders of them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DialectName {
    Sqlite,
    #[value(alias = "postgresql")]
    Postgres,
    #[value(alias = "mariadb")]
    Mysql,
}

impl Schema {
    pub(crate) fn dialect(&self) -> Dialect {
        match self.dialect {
            DialectName::Sqlite => Dialect::Sqlite,
            DialectName::Postgres => Dialect::Postgres,
            DialectName::Mysql => Dialect::Mysql,
        }
    }
}
