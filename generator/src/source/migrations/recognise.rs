//! Which tool a folder of migrations belongs to, by the names and, where those do not decide, the texts in it.

use std::{fs, path::Path};

use super::{
    MigrationTool,
    named::{self, Named, Role},
};
use crate::source::folder::Folder;

/// The tool, where something speaks for one. `is_named` says that the folder is one of migrations in any case.
pub(crate) fn recognise(folder: &Folder, is_named: bool) -> Option<MigrationTool> {
    let names = Names::of(folder);
    if let Some(tool) = of_folders(folder) {
        return Some(tool);
    }
    if folder.has_file("structure.sql") && folder.has_folder("migrate") {
        return Some(MigrationTool::Rails);
    }
    if let Some(tool) = names.with_prefixes() {
        return Some(tool);
    }
    if let Some(tool) = of_texts(folder) {
        return Some(tool);
    }
    if names.are(named::golang_migrate) {
        return Some(MigrationTool::GolangMigrate);
    }
    if folder.has_file("atlas.sum") {
        return Some(MigrationTool::Atlas);
    }
    let is_called_so = folder.name() == "migrations";
    let is_certain = is_named || is_called_so || names.have_moments();
    (names.are(named::sqlx) && is_certain).then_some(MigrationTool::Sqlx)
}

/// Folders with an `up.sql` each.
fn of_folders(folder: &Folder) -> Option<MigrationTool> {
    let inner: Vec<&Path> = folder
        .folders()
        .iter()
        .filter(|inner| inner.join("up.sql").is_file())
        .map(AsRef::as_ref)
        .collect();
    let is_counted = |path: &&&Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (number, rest) = name.split_once('-').unwrap_or_default();
        // A date goes on with a digit.
        named::rusqlite_migration(&name).is_some()
            && number.len() < 5
            && !rest.starts_with(|first: char| first.is_ascii_digit())
    };
    match inner.iter().filter(is_counted).count() {
        _ if inner.is_empty() => None,
        counted if counted == inner.len() => Some(MigrationTool::RusqliteMigration),
        _ => Some(MigrationTool::Diesel),
    }
}

/// What files say about the tool that reads them.
fn of_texts(folder: &Folder) -> Option<MigrationTool> {
    let marks = [
        ("-- +goose ", MigrationTool::Goose),
        ("-- migrate:", MigrationTool::Dbmate),
        ("-- atlas:", MigrationTool::Atlas),
    ];
    let files = folder.files().iter();
    let sql = files.filter(|path| path.extension().is_some_and(|extension| extension == "sql"));
    for path in sql {
        let text = fs::read(path).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let mut lines = text.lines().map(|line| line.trim_start().to_lowercase());
        let found = lines.find_map(|line| {
            let mut marks = marks.iter();
            marks.find(|(mark, _)| line.starts_with(mark))
        });
        if let Some((_, tool)) = found {
            return Some(*tool);
        }
    }
    None
}

/// The names of the SQL files.
struct Names {
    here: Vec<String>,
    below: Vec<String>,
}

impl Names {
    fn of(folder: &Folder) -> Self {
        let names = |paths: &[std::path::PathBuf]| {
            let names = paths.iter().filter_map(|path| path.file_name());
            let names = names.map(|name| name.to_string_lossy().into_owned());
            names.filter(|name| name.ends_with(".sql")).collect()
        };
        Names {
            here: names(folder.files()),
            below: names(&folder.files_below()),
        }
    }

    fn are(&self, read: impl Fn(&str) -> Option<Named>) -> bool {
        !self.here.is_empty() && self.here.iter().all(|name| read(name).is_some())
    }

    /// Whether all of them begin with a moment: 14 digits.
    fn have_moments(&self) -> bool {
        let moment = |name: &String| {
            let version = name.split('_').next().unwrap_or_default();
            version.len() == 14 && version.bytes().all(|byte| byte.is_ascii_digit())
        };
        !self.here.is_empty() && self.here.iter().all(moment)
    }

    /// `V1__…` is read alike by Flyway and refinery; what else there is tells them apart. `U1__…` undoes a migration in Flyway
    /// and is one by itself in refinery.
    fn with_prefixes(&self) -> Option<MigrationTool> {
        let flyway: Vec<Named> = self
            .below
            .iter()
            .filter_map(|name| named::flyway(name))
            .collect();
        let ups = || flyway.iter().filter(|named| named.role == Role::Up);
        ups().next()?;
        let undoes = |named: &Named| {
            named.role == Role::Down && ups().any(|other| other.order == named.order)
        };
        let only_flyway = |named: &Named| {
            matches!(named.role, Role::Repeatable | Role::Baseline)
                || named.version.contains('.')
                || undoes(named)
        };
        let is_refinery = self
            .below
            .iter()
            .all(|name| named::flyway(name).is_none() || named::refinery(name).is_some());
        match flyway.iter().any(only_flyway) || !is_refinery {
            true => Some(MigrationTool::Flyway),
            false => Some(MigrationTool::Refinery),
        }
    }
}
