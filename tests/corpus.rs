//! Schemas that no one here wrote: what is read from a file is what its database makes of it.
//!
//! Each file is loaded into a new database of its kind, which is then asked for its tables, and the answers are compared with
//! the catalog. The files are those of `tests/dumps`, and those of the folder that `ALUDEL_CORPUS` names; both have a folder for
//! each dialect.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.

#[path = "corpus/exceptions.rs"]
mod exceptions;
#[path = "corpus/facts.rs"]
mod facts;
#[path = "corpus/features.rs"]
mod features;
#[path = "corpus/mariadb.rs"]
mod mariadb;
#[path = "corpus/postgres.rs"]
mod postgres;
#[path = "corpus/pulled.rs"]
mod pulled;
#[path = "corpus/rows.rs"]
mod rows;
#[path = "corpus/sqlite.rs"]
mod sqlite;
#[path = "corpus/views.rs"]
mod views;

use std::{
    fs,
    path::{Path, PathBuf},
};

use aludel_build::{
    Dialect,
    diagnostic::Severity,
    parse::{Parsed, parse},
    source,
};

use self::{exceptions::Exceptions, facts::Facts, pulled::Pulled};

/// What a database made of a file.
struct Loaded {
    /// Why it did not take parts of the file.
    refusals: Vec<String>,
    facts: Facts,
    /// What was read from the database.
    pulled: Pulled,
    /// Where a database made by that differs.
    again: Vec<String>,
}

#[test]
fn sqlite_says_the_same_of_its_schemas() {
    compare(Dialect::Sqlite, sqlite::load);
}

#[test]
fn postgres_says_the_same_of_its_schemas() {
    compare(Dialect::Postgres, postgres::load);
}

#[test]
fn mariadb_says_the_same_of_its_schemas() {
    compare(Dialect::Mysql, mariadb::load);
}

#[test]
fn the_views_of_the_dumps_are_concluded_but_for_those_that_say_too_little() {
    let too_little: [(Dialect, &[&str]); 3] = [
        (Dialect::Sqlite, &["everything", "columns"]),
        (Dialect::Postgres, &["unknown"]),
        (Dialect::Mysql, &["named"]),
    ];
    for (dialect, expected) in too_little {
        let parsed = read(
            &PathBuf::from(format!("tests/dumps/{dialect}/views.sql")),
            dialect,
        );
        let facts = Facts::of(&parsed);
        let concluded: Vec<&str> = facts.views.names().collect();
        let all = parsed.catalog.views.iter();
        let all = all.map(|view| view.name.to_string());
        let missing: Vec<String> = all
            .filter(|view| !concluded.contains(&view.as_str()))
            .collect();
        assert_eq!(missing, expected, "{dialect}");
    }
}

/// Compares every file of a dialect; `load` gives nothing where its server is not installed.
fn compare(dialect: Dialect, load: impl Fn(&Path) -> Option<Loaded>) {
    let mut problems = Vec::new();
    for file in files(dialect) {
        let Some(loaded) = load(&file) else { return };
        let name = format!("{dialect}/{}", file.file_name().unwrap().to_string_lossy());
        let mut exceptions = Exceptions::of(&name);
        let refusals = loaded.refusals.into_iter();
        let refusals = refusals.map(|refusal| format!("refused: {refusal}"));
        let parsed = read(&file, dialect);
        let errors = parsed.diagnostics.iter();
        let errors = errors.filter(|diagnostic| diagnostic.severity == Severity::Error);
        let errors = errors.map(|error| format!("error: {}", error.message));
        let differences = loaded.facts.differences(&Facts::of(&parsed));
        let differences = errors.chain(differences);
        let pulled = loaded.pulled.differences(&loaded.facts, dialect);
        let pulled = pulled.into_iter().chain(loaded.again);
        let all = refusals.chain(differences).chain(pulled);
        let unexpected: Vec<String> = all.filter(|line| !exceptions.cover(line)).collect();
        println!("{name}: {} facts", loaded.facts.len());
        let unused = exceptions.unused();
        for line in unexpected.into_iter().chain(unused) {
            problems.push(format!("{name}: {line}"));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

fn read(file: &Path, dialect: Dialect) -> Parsed {
    let sources = source::read(&[file.to_owned()]).unwrap();
    parse(&sources.files, dialect)
}

/// The files of a dialect, by name: the dumps of this repository, and the corpus where there is one.
fn files(dialect: Dialect) -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from("tests/dumps")];
    match std::env::var_os("ALUDEL_CORPUS").map(PathBuf::from) {
        Some(corpus) => folders.push(corpus),
        None => {
            eprintln!("ALUDEL_CORPUS is not set: only the dumps of this repository are compared")
        }
    }
    let mut files = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(folder.join(dialect.as_str())).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    files
}
