//! `aludel diff`: what makes one schema of another.

use clap::{Args, ValueEnum};

use crate::{
    Outcome,
    changes::{Changes, Rename},
    schema::DialectName,
    side::Side,
};

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// What there is: a schema file, a folder of schema files or of migrations, or the URL of a database
    from: String,
    /// What there is to be: the same
    to: String,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Sql)]
    format: Format,
    /// The dialect that the files are written in; without it, it is that of the database, or found by what stands in the files
    #[arg(long, value_enum)]
    dialect: Option<DialectName>,
    /// What has another name now: `old:new` for a table, `table.old:new` for a column; can be given several times
    #[arg(long, value_name = "OLD:NEW")]
    rename: Vec<Rename>,
    /// Ends with 1 where something differs
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// The statements, with the changes as comments
    Sql,
    /// The changes in words
    Text,
}

impl Diff {
    /// Compares both and says what differs.
    pub(crate) fn run(&self) -> Outcome {
        let (from, to) = (Side::of(&self.from)?, Side::of(&self.to)?);
        let dialect = self.dialect.map(DialectName::dialect);
        let dialect = dialect.or(from.dialect()).or(to.dialect());
        let to = to.read(dialect)?;
        let from = from.read(dialect.or(Some(to.dialect)))?;
        let (renames, _) = Rename::both_ways(&self.rename, &from);
        let changes = Changes::between(&from, &to, &renames)?;
        if changes.is_empty() {
            return Ok(String::new());
        }
        let text = match self.format {
            Format::Sql => changes.as_sql(),
            Format::Text => changes.in_words(),
        };
        match self.exit_code {
            false => Ok(text),
            true => {
                print!("{text}");
                Err(String::new())
            }
        }
    }
}
