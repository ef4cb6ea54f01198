//! Generates typed Rust models from SQL schema files, in a build script.
//!
//! ```no_run
//! // In build.rs:
//! aludel_build::schema("schema").generate();
//! ```
//!
//! `aludel::include_models!();` then declares the module `models` with a struct for each table. The way from files to
//! Rust goes in one direction: [`source`] reads text, [`parse`] makes a [`Catalog`] of it, then names and types are decided,
//! templates rendered, and what changed is written.

mod analyse;
pub mod annotation;
mod builder;
mod cargo;
pub mod diagnostic;
mod naming;
pub mod parse;
mod render;
pub mod source;
mod suggest;
mod write;
pub mod yaml;

use std::path::PathBuf;

pub use aludel_catalog::{Catalog, Dialect};
pub use builder::{Builder, schema};
use diagnostic::{Diagnostic, Diagnostics};
pub use write::{WriteError, Written};

/// What a schema declares, with the warnings that came up while it was read.
#[derive(Debug)]
pub struct Inspected {
    /// The schema.
    pub catalog: Catalog,
    /// What was left out, and other things to know; no errors.
    pub warnings: Diagnostics,
}

/// Reads schema files, and folders of them, without generating anything.
///
/// # Errors
/// When a file cannot be read, or there is an error in one; then all errors and warnings of all files are returned.
pub fn inspect(paths: &[PathBuf], dialect: Dialect) -> Result<Inspected, Diagnostics> {
    let sources = source::read(paths)?;
    let parsed = parse::parse(&sources.files, dialect);
    let diagnostics = Diagnostics::new(sources.files, parsed.diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    Ok(Inspected {
        catalog: parsed.catalog,
        warnings: diagnostics,
    })
}

/// The whole way, for [`Builder`].
fn generate(builder: &Builder, target: &builder::Target) -> Result<Report, Failure> {
    let sources = source::read(builder.paths()).map_err(Failure::Schema)?;
    let watched = sources.watched;
    let parsed = parse::parse(&sources.files, builder.schema_dialect());
    let mut list: Vec<Diagnostic> = parsed.diagnostics;
    let mut models = None;
    if !has_errors(&list) {
        let (analysed, found) =
            analyse::analyse(&parsed.catalog, &parsed.positions, builder.names());
        list.extend(found);
        models = Some(analysed);
    }
    let failed = has_errors(&list);
    let diagnostics = Diagnostics::new(sources.files, list);
    let Some(models) = models.filter(|_| !failed) else {
        return Err(Failure::Schema(diagnostics));
    };
    let files = render::render(&parsed.catalog, &models, target.root);
    let written = write::write(&target.folder, &files).map_err(Failure::Write)?;
    Ok(Report {
        written,
        warnings: diagnostics,
        watched,
    })
}

fn has_errors(list: &[Diagnostic]) -> bool {
    list.iter()
        .any(|diagnostic| diagnostic.severity == diagnostic::Severity::Error)
}

/// What [`Builder::run`] did.
#[derive(Debug)]
pub struct Report {
    /// The files that it wrote and removed.
    pub written: Written,
    /// What was left out of the schema, and other things to know; no errors.
    pub warnings: Diagnostics,
    /// The files and folders that were read: when one of them changes, it is time to run again.
    pub watched: Vec<PathBuf>,
}

/// Why nothing was generated. Whatever the reason, no file was changed.
///
/// It is shown, also by `Debug`, as people read it: every error with its place in the source.
pub enum Failure {
    /// There are errors in the schema, or it cannot be read.
    Schema(Diagnostics),
    /// The output cannot be written.
    Write(WriteError),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Schema(diagnostics) => diagnostics.fmt(f),
            Failure::Write(error) => error.fmt(f),
        }
    }
}

impl std::fmt::Debug for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Failure {}
