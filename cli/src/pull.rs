//! `aludel pull`: schema files from what a live database declares.

mod files;

use std::path::{Path, PathBuf};

use aludel::{
    Engine, Url,
    reflect::{self, Declaration, Declared},
};
use aludel_build::{
    Output,
    diagnostic::{Diagnostics, Severity},
    glob,
    parse::parse,
    source::SourceFile,
};
use clap::Args;

use crate::{Outcome, database, generate::listed};
use files::Files;

#[derive(Debug, Args)]
pub(crate) struct Pull {
    /// The database, such as sqlite:///app.db or postgres://user@host/database; without it, the variable DATABASE_URL says it
    url: Option<String>,
    /// The folder for the schema files, or one file that ends in .sql
    #[arg(long, value_name = "PATH", default_value = "schema")]
    output: PathBuf,
    /// Writes only tables and views whose names fit; `*` stands for any text
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Writes no tables and views whose names fit
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// Writes nothing, and tells whether the files are what would be written
    #[arg(long)]
    check: bool,
}

impl Pull {
    /// Reads the database and writes the files, or compares them.
    pub(crate) fn run(&self) -> Outcome {
        let url = database::existing(self.url.as_deref())?;
        let declarations = self.declarations(&url)?;
        let files = Files::of(&declarations, url.dialect(), &self.output);
        let warnings = read(&files, &url)?;
        let output = Output {
            folder: files.folder(),
            files: files.texts(),
            is_ours: files::is_ours,
            leftovers: files.leftovers(),
        };
        let written = match self.check {
            true => output.compare(),
            false => output.write(),
        };
        let written = written.map_err(|error| format!("{error}\n"))?;
        eprint!("{warnings}");
        match self.check {
            false => Ok(listed(
                &written,
                "wrote",
                "removed",
                "nothing has changed\n",
            )),
            true if written.is_empty() => Ok("the schema files are fresh\n".to_owned()),
            true => Err(listed(&written, "is stale", "is left over", "")),
        }
    }

    fn declarations(&self, url: &Url) -> Result<Vec<Declaration>, String> {
        let all = Engine::new(url.clone())
            .and_then(|engine| reflect::declarations(&engine.connect()?))
            .map_err(|error| format!("{error}\n"))?;
        let holds = |list: &[Declaration]| list.iter().any(|one| is_relation(&one.of).is_some());
        if !holds(&all) {
            let hint = match url.database() {
                Some(_) => "",
                None => "; its URL names none",
            };
            return Err(format!(
                "nothing to pull: the database holds no tables and no views{hint}\n"
            ));
        }
        let mut chosen = all;
        chosen.retain(|one| is_relation(&one.of).is_none_or(|name| self.includes(&name)));
        match holds(&chosen) {
            true => Ok(chosen),
            false => Err("nothing to pull: no table and no view fits\n".to_owned()),
        }
    }

    fn includes(&self, name: &str) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|pattern| glob(pattern, name));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }
}

/// The name of a table or a view, as patterns see it.
fn is_relation(of: &Declared) -> Option<String> {
    match of {
        Declared::Table(name) | Declared::View(name) => Some(name.to_string()),
        _ => None,
    }
}

/// What the generator says of the files. Nothing is written that it cannot read.
fn read(files: &Files, url: &Url) -> Result<String, String> {
    let named = |name: &String| shown(&files.folder().join(name));
    let sources = files.texts().iter();
    let sources = sources.map(|(name, text)| SourceFile::new(named(name), text.as_str()));
    let sources: Vec<SourceFile> = sources.collect();
    let mut list = parse(&sources, url.dialect()).diagnostics;
    list.retain(|diagnostic| diagnostic.severity != Severity::Note);
    let diagnostics = Diagnostics::new(sources, list);
    match diagnostics.has_errors() {
        true => Err(format!(
            "{diagnostics}\nnothing is written: leave out by --exclude what cannot be read, with what refers to it\n"
        )),
        false if diagnostics.is_empty() => Ok(String::new()),
        false => Ok(format!("{diagnostics}\n")),
    }
}

/// A path with slashes, as files are named everywhere.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
