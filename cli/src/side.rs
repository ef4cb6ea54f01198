//! One side of a comparison: schema files, a folder of them or of migrations, or a database.

use std::path::PathBuf;

use aludel::{Engine, Url, reflect};
use aludel_build::{
    diagnostic::{Diagnostics, Severity},
    parse::parse,
    source::{Place, SourceFile},
};
use aludel_catalog::{Catalog, Dialect};

use crate::database;

/// Where a catalog comes from.
#[derive(Debug)]
pub(crate) enum Side {
    Files(Vec<Place>),
    Database(Url),
}

impl Side {
    /// A URL, or else a path.
    pub(crate) fn of(given: &str) -> Result<Self, String> {
        match given.contains("://") {
            true => Ok(Side::Database(database::existing(Some(given))?)),
            false => Ok(Side::Files(vec![Place::Schema(PathBuf::from(given))])),
        }
    }

    /// The dialect, where it needs no look at the files.
    pub(crate) fn dialect(&self) -> Option<Dialect> {
        match self {
            Side::Files(_) => None,
            Side::Database(url) => Some(url.dialect()),
        }
    }

    /// Reads it. What is doubtful is told on standard error.
    pub(crate) fn read(&self, dialect: Option<Dialect>) -> Result<Catalog, String> {
        match self {
            Side::Files(places) => of_files(places, dialect),
            Side::Database(url) => of_database(url),
        }
    }
}

fn of_files(places: &[Place], dialect: Option<Dialect>) -> Result<Catalog, String> {
    let inspected = aludel_build::inspect(places, dialect);
    let inspected = inspected.map_err(|diagnostics| format!("{diagnostics}\n"))?;
    // Notes of rows and the like concern nobody who compares.
    let warns = inspected
        .warnings
        .iter()
        .any(|one| one.severity == Severity::Warning);
    if warns {
        eprintln!("{}", inspected.warnings);
    }
    Ok(inspected.catalog)
}

fn of_database(url: &Url) -> Result<Catalog, String> {
    let declarations = Engine::new(url.clone())
        .and_then(|engine| reflect::declarations(&engine.connect()?))
        .map_err(|error| format!("{error}\n"))?;
    let texts: Vec<String> = declarations.iter().map(ToString::to_string).collect();
    let files = vec![SourceFile::new("database", texts.join("\n"))];
    let parsed = parse(&files, url.dialect());
    let mut list = parsed.diagnostics;
    list.retain(|diagnostic| diagnostic.severity == Severity::Error);
    let diagnostics = Diagnostics::new(files, list);
    if diagnostics.has_errors() {
        return Err(format!(
            "{diagnostics}\nnot all that the database holds can be read\n"
        ));
    }
    Ok(parsed.catalog)
}
