//! Folders of migrations: which of their files apply, and in which order, as the tool that runs them decides.
//!
//! A tool is a row of a table: how it names files, what it orders them by, which part of a file leads up. What the tool would refuse
//! is an error here as well.

mod named;
mod order;
mod recognise;
mod sections;
mod tool;

use std::path::{Path, PathBuf};

pub use self::tool::MigrationTool;
use self::{
    named::{Named, Role},
    tool::Layout,
};
pub(super) use self::{recognise::recognise, sections::Sections};
use super::folder::Folder;
use crate::diagnostic::{Diagnostic, Span};

/// The files of a folder that apply, in their order, and what is to be said of the others.
#[derive(Debug, Default)]
pub(super) struct Arranged {
    pub(super) files: Vec<PathBuf>,
    pub(super) problems: Vec<Problem>,
}

/// What is wrong with files of a folder. They have numbers once they are read.
#[derive(Debug)]
pub(super) enum Problem {
    /// About no file that is read.
    Plain(Diagnostic),
    /// About a file, and perhaps another one.
    At(PathBuf, Diagnostic, Option<(PathBuf, &'static str)>),
}

impl Problem {
    /// The message at its files.
    pub(super) fn placed(self, number: impl Fn(&Path) -> Option<usize>) -> Diagnostic {
        let start = |path: &Path| number(path).map(|file| Span::new(file, 0, 0));
        match self {
            Problem::Plain(diagnostic) => diagnostic,
            Problem::At(path, mut diagnostic, other) => {
                diagnostic.span = start(&path);
                match other.and_then(|(path, label)| Some((start(&path)?, label))) {
                    Some((span, label)) => diagnostic.also(span, label),
                    None => diagnostic,
                }
            }
        }
    }
}

/// A file that the tool takes for a migration.
#[derive(Debug)]
struct Migration {
    path: PathBuf,
    named: Named,
}

/// Chooses and orders the files of `folder`, which are named as by `shown` in messages.
pub(super) fn arrange(
    folder: &Folder,
    tool: MigrationTool,
    shown: impl Fn(&Path) -> String,
) -> Arranged {
    let mut arranged = Arranged::default();
    let mut migrations = Vec::new();
    for path in candidates(folder, tool) {
        let name = name_of(&path, tool);
        match tool.read_name(&name) {
            Some(Named {
                role: Role::Code(language),
                ..
            }) => arranged
                .problems
                .push(Problem::Plain(in_code(&shown(&path), language))),
            Some(named) => migrations.push(Migration { path, named }),
            None => arranged
                .problems
                .push(Problem::Plain(no_migration(&shown(&path), tool))),
        }
    }
    arranged.problems.extend(order::check(&migrations, tool));
    arranged.files = order::applied(migrations, tool);
    arranged.files.extend(folder.overlays());
    if arranged.files.is_empty() {
        let problem = no_migrations(&shown(folder.path()), tool);
        arranged.problems.push(Problem::Plain(problem));
    }
    arranged
}

/// The files that may be migrations by the place where they stand.
fn candidates(folder: &Folder, tool: MigrationTool) -> Vec<PathBuf> {
    let known = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| tool.extensions().iter().any(|known| extension == *known))
    };
    let mut paths = match tool.layout() {
        Layout::Files => folder.files().to_vec(),
        Layout::FilesBelow => folder.files_below(),
        Layout::Folders => {
            let up = folder.folders().iter().map(|inner| inner.join("up.sql"));
            return up.filter(|path| path.is_file()).collect();
        }
        Layout::Dump => return vec![folder.path().join("structure.sql")],
    };
    paths.retain(known);
    paths
}

/// What the version stands in: the name of the file, or of the folder around it.
fn name_of(path: &Path, tool: MigrationTool) -> String {
    let named = match tool.layout() {
        Layout::Folders => path.parent().unwrap_or(path),
        _ => path,
    };
    let name = named.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn in_code(file: &str, language: &str) -> Diagnostic {
    Diagnostic::warning(format!(
        "`{file}` is a migration in {language}, and is left out"
    ))
    .help("what it changes has to be said in an SQL or YAML file beside the migrations")
}

fn no_migration(file: &str, tool: MigrationTool) -> Diagnostic {
    Diagnostic::warning(format!(
        "`{file}` is not named as {tool} names migrations, and is left out"
    ))
    .help(format!("{tool} names them {}", tool.example()))
}

fn no_migrations(folder: &str, tool: MigrationTool) -> Diagnostic {
    Diagnostic::error(format!("no migration of {tool} in `{folder}`"))
        .help(format!("{tool} names them {}", tool.example()))
}
