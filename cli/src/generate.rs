//! `aludel generate` and `aludel check`: models in a folder that is checked in.

use std::{fmt::Write, path::PathBuf};

use aludel_build::{Builder, Dates, Report, Written};
use clap::{Args, ValueEnum};

use crate::{Outcome, schema::Schema};

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    schema: Schema,
    /// The folder for the models
    #[arg(long, value_name = "FOLDER")]
    output: PathBuf,
    /// Makes the folder a module (`mod.rs`), not a library (`lib.rs`)
    #[arg(long)]
    module: bool,
    /// Adds a derive to every struct and enum; can be given several times
    #[arg(long, value_name = "PATH")]
    derive: Vec<String>,
    /// Gives every key of one column a type of its own
    #[arg(long)]
    id_newtypes: bool,
    /// Leaves columns whose check lists their values as texts
    #[arg(long)]
    no_check_enums: bool,
    /// The library whose types dates and times have
    #[arg(long, value_enum, default_value_t = Library::Chrono)]
    dates: Library,
    /// Makes models only of tables whose names fit; `*` stands for any text
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Makes no models of tables whose names fit
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Library {
    Chrono,
    Jiff,
    Time,
}

impl Generate {
    /// Writes the models.
    pub(crate) fn write(&self) -> Outcome {
        let report = self
            .builder()
            .run()
            .map_err(|failure| failure.to_string() + "\n")?;
        warn(&report);
        Ok(listed(
            &report.written,
            "wrote",
            "removed",
            "nothing has changed\n",
        ))
    }

    /// Tells whether the models are fresh; it is a failure when they are not.
    pub(crate) fn check(&self) -> Outcome {
        let report = self
            .builder()
            .check()
            .map_err(|failure| failure.to_string() + "\n")?;
        warn(&report);
        let text = listed(
            &report.written,
            "is stale",
            "is left over",
            "the models are fresh\n",
        );
        if report.written.is_empty() {
            Ok(text)
        } else {
            Err(text)
        }
    }

    fn builder(&self) -> Builder {
        let mut places = self.schema.places().into_iter();
        let first = places.next().expect("the command line demands a path");
        let builder = places.fold(Builder::from(first), Builder::place);
        let builder = builder
            .dates(self.dates.into())
            .check_enums(!self.no_check_enums);
        let builder = match self.schema.dialect() {
            Some(dialect) => builder.dialect(dialect),
            None => builder,
        };
        let builder = if self.module {
            builder.output_module(&self.output)
        } else {
            builder.output(&self.output)
        };
        let builder = if self.id_newtypes {
            builder.id_newtypes()
        } else {
            builder
        };
        let builder = self
            .derive
            .iter()
            .fold(builder, |builder, path| builder.derive(path));
        let builder = self
            .include
            .iter()
            .fold(builder, |builder, pattern| builder.include(pattern));
        self.exclude
            .iter()
            .fold(builder, |builder, pattern| builder.exclude(pattern))
    }
}

impl From<Library> for Dates {
    fn from(library: Library) -> Self {
        match library {
            Library::Chrono => Dates::Chrono,
            Library::Jiff => Dates::Jiff,
            Library::Time => Dates::Time,
        }
    }
}

fn warn(report: &Report) {
    if !report.warnings.is_empty() {
        eprintln!("{}", report.warnings);
    }
}

/// The files that were written and removed, or would be.
pub(crate) fn listed(written: &Written, changed: &str, removed: &str, nothing: &str) -> String {
    if written.is_empty() {
        return nothing.to_owned();
    }
    let mut text = String::new();
    let both = [(&written.changed, changed), (&written.removed, removed)];
    for (path, what) in both
        .iter()
        .flat_map(|(paths, what)| paths.iter().map(move |path| (path, what)))
    {
        writeln!(text, "{what}: {}", path.display()).expect("writing to a string does not fail");
    }
    text
}
