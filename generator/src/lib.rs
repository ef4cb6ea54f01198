//! Generates typed Rust models from schema files in SQL and YAML, in a build script.
//!
//! ```no_run
//! // In build.rs:
//! aludel_build::schema("schema").generate();
//! ```
//!
//! `aludel::include_models!();` then declares the module `models` with a struct for each table. The way from files to
//! Rust goes in one direction: [`source`] reads text, [`parse`] makes a [`Catalog`] of it, then names and types are decided,
//! templates rendered, and what changed is written. What is wrong is told at its place:
//!
//! ```
//! use aludel_build::{Dialect, diagnostic::Diagnostics, parse::parse, source::SourceFile};
//!
//! let files = vec![SourceFile::new("schema/hobby.sql", "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TXT);")];
//! let parsed = parse(&files, Dialect::Sqlite);
//! let diagnostics = Diagnostics::new(files, parsed.diagnostics);
//! assert!(diagnostics.to_string().starts_with("schema/hobby.sql:1:53: error: unknown type `TXT`"));
//! ```

mod analyse;
pub mod annotation;
mod builder;
mod cargo;
mod dates;
pub mod diagnostic;
mod dialect;
mod naming;
pub mod parse;
mod render;
pub mod source;
mod suggest;
mod write;
pub mod yaml;

use std::path::PathBuf;

pub use aludel_catalog::{Catalog, Dialect};
pub use analyse::glob;
pub use builder::{Builder, migrations, schema};
pub use dates::Dates;
use diagnostic::{Diagnostic, Diagnostics};
pub use source::MigrationTool;
pub use write::{Output, WriteError, Written};

/// What a schema declares, with the warnings and notes that came up while it was read.
#[derive(Debug)]
pub struct Inspected {
    /// The schema.
    pub catalog: Catalog,
    /// What is said, and known, beyond the catalog: among it the columns of views.
    pub annotations: annotation::Annotations,
    /// What was left out, and other things to know, with notes of what was passed over as of no interest; no errors.
    pub warnings: Diagnostics,
}

/// Reads schema files, and folders of them, without generating anything. Where no dialect is given, it is found by what stands in
/// the files.
///
/// # Errors
/// When a file cannot be read, or there is an error in one; then all errors and warnings of all files are returned.
pub fn inspect<P: Clone + Into<source::Place>>(
    places: &[P],
    dialect: impl Into<Option<Dialect>>,
) -> Result<Inspected, Diagnostics> {
    let mut sources = source::read(places)?;
    let dialect = dialect_of(&mut sources, dialect.into())?;
    let mut parsed = parse::parse(&sources.files, dialect);
    let mut list = sources.warnings;
    list.append(&mut parsed.diagnostics);
    let diagnostics = Diagnostics::new(sources.files, list);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    Ok(Inspected {
        catalog: parsed.catalog,
        annotations: parsed.annotations,
        warnings: diagnostics,
    })
}

/// The dialect that was chosen, or else found. What can only be read wrongly is not read at all.
fn dialect_of(
    sources: &mut source::Sources,
    chosen: Option<Dialect>,
) -> Result<Dialect, Diagnostics> {
    if let Some(chosen) = chosen {
        return Ok(chosen);
    }
    let (found, problem) = dialect::detect(&sources.files);
    sources.warnings.extend(problem);
    match has_errors(&sources.warnings) {
        false => Ok(found),
        true => Err(Diagnostics::new(
            std::mem::take(&mut sources.files),
            std::mem::take(&mut sources.warnings),
        )),
    }
}

/// What is done with what was generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Write,
    Compare,
}

/// The whole way, for [`Builder`].
fn generate(
    builder: &Builder,
    target: &builder::Target,
    purpose: Purpose,
) -> Result<Report, Failure> {
    let mut sources = source::read(builder.places()).map_err(Failure::Schema)?;
    let dialect = dialect_of(&mut sources, builder.schema_dialect()).map_err(Failure::Schema)?;
    let parsed = parse::parse(&sources.files, dialect);
    let watched = sources.watched;
    let seen = analyse::as_tables(&parsed.catalog, &parsed.annotations);
    let input = analyse::Input {
        schema: &parsed.catalog,
        catalog: &seen,
        positions: &parsed.positions,
        annotations: &parsed.annotations,
        options: builder.options(),
    };
    let mut list: Vec<Diagnostic> = sources.warnings;
    list.extend(parsed.diagnostics);
    let mut models = None;
    if !has_errors(&list) {
        let (analysed, found) = analyse::analyse(input);
        list.extend(found);
        models = Some(analysed);
    }
    // Rows, permissions and the like concern nobody who builds.
    list.retain(|diagnostic| diagnostic.severity != diagnostic::Severity::Note);
    let failed = has_errors(&list);
    let diagnostics = Diagnostics::new(sources.files, list);
    let Some(models) = models.filter(|_| !failed) else {
        return Err(Failure::Schema(diagnostics));
    };
    let files = render::render(input, &models, target.root);
    let written = match purpose {
        Purpose::Write => write::generated(&target.folder, &files).write(),
        Purpose::Compare => write::generated(&target.folder, &files).compare(),
    };
    Ok(Report {
        written: written.map_err(Failure::Write)?,
        warnings: diagnostics,
        watched,
    })
}

fn has_errors(list: &[Diagnostic]) -> bool {
    list.iter()
        .any(|diagnostic| diagnostic.severity == diagnostic::Severity::Error)
}

/// What [`Builder::run`] did, or [`Builder::check`] found.
#[derive(Debug)]
pub struct Report {
    /// The files that it wrote and removed, or would have.
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
    /// No output folder was given.
    NoOutput,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Schema(diagnostics) => diagnostics.fmt(f),
            Failure::Write(error) => error.fmt(f),
            Failure::NoOutput => f.write_str(
                "there is no output folder: set it by `.output(…)` or `.output_module(…)`",
            ),
        }
    }
}

impl std::fmt::Debug for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Failure {}
