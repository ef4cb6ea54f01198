//! What the files and the database say together: the state of each migration, and which one is next.

use std::fmt;

use super::{Late, file::Migration, refused};
use crate::error::{Error, Result};

/// What the database says of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recorded {
    pub(super) version: u64,
    pub(super) name: String,
    pub(super) checksum: String,
    /// Nothing where it is half done.
    pub(super) applied_at: Option<String>,
}

/// Which way a migration is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// What is to be run next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next<'m> {
    pub(super) migration: &'m Migration,
    pub(super) way: Way,
    /// Whether a later one is applied already.
    pub(super) is_late: bool,
}

/// How a migration and the database stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// It is applied.
    Applied,
    /// It is not applied.
    Pending,
    /// It is applied, but its file has been changed since.
    Changed,
    /// It is applied, and there is no file of it.
    Missing,
    /// It failed on the way and left something behind, or is just being run.
    HalfDone,
}

/// A migration with its state. It is shown as a line for people.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// Its version.
    pub version: u64,
    /// Its name, without the version.
    pub name: String,
    /// How it stands.
    pub state: State,
    /// When it was applied, in UTC: `2026-11-30 09:45:00`.
    pub applied_at: Option<String>,
    /// Whether there is a file that leads back.
    pub leads_back: bool,
}

/// All migrations that the files or the database know, by version.
pub(super) fn status(list: &[Migration], recorded: &[Recorded]) -> Vec<Status> {
    let mut all: Vec<Status> = list
        .iter()
        .map(|migration| {
            let row = recorded.iter().find(|row| row.version == migration.version);
            Status {
                version: migration.version,
                name: migration.name.clone(),
                state: row.map_or(State::Pending, |row| state(migration, row)),
                applied_at: row.and_then(|row| row.applied_at.clone()),
                leads_back: migration.down.is_some(),
            }
        })
        .collect();
    let has_file = |row: &&Recorded| list.iter().any(|one| one.version == row.version);
    let missing = recorded.iter().filter(|row| !has_file(row));
    all.extend(missing.map(|row| Status {
        version: row.version,
        name: row.name.clone(),
        state: match row.applied_at {
            Some(_) => State::Missing,
            None => State::HalfDone,
        },
        applied_at: row.applied_at.clone(),
        leads_back: false,
    }));
    all.sort_by_key(|one| one.version);
    all
}

fn state(migration: &Migration, row: &Recorded) -> State {
    if row.applied_at.is_none() {
        State::HalfDone
    } else if row.checksum != migration.up.checksum() {
        State::Changed
    } else {
        State::Applied
    }
}

/// The first migration that is to be applied, up to a version.
pub(super) fn next_up<'m>(
    list: &'m [Migration],
    recorded: &[Recorded],
    last: u64,
    late: Late,
) -> Result<Option<Next<'m>>> {
    check_whole(recorded)?;
    let newest = recorded.iter().map(|row| row.version).max().unwrap_or(0);
    let mut next = None;
    for migration in list {
        match recorded.iter().find(|row| row.version == migration.version) {
            Some(row) if state(migration, row) == State::Changed => return Err(changed(migration)),
            Some(_) => {}
            None if migration.version > last || next.is_some() => {}
            None => {
                next = Some(Next {
                    migration,
                    way: Way::Up,
                    is_late: migration.version < newest,
                });
            }
        }
    }
    match next {
        Some(next) if next.is_late && late == Late::Refuse => Err(too_late(next.migration, newest)),
        next => Ok(next),
    }
}

/// The migration of a version, where it is still applied, to be taken back.
pub(super) fn next_down<'m>(
    list: &'m [Migration],
    recorded: &[Recorded],
    version: u64,
) -> Result<Option<Next<'m>>> {
    check_whole(recorded)?;
    let is_applied = recorded.iter().any(|row| row.version == version);
    let migration = list.iter().find(|one| one.version == version);
    Ok(migration.filter(|_| is_applied).map(|migration| Next {
        migration,
        way: Way::Down,
        is_late: false,
    }))
}

/// Refuses to take back what does not lead back.
pub(super) fn check_down(list: &[Migration], rows: &[&Recorded]) -> Result<()> {
    for row in rows {
        let Some(migration) = list.iter().find(|one| one.version == row.version) else {
            return Err(refused(format!(
                "the migration {}_{} cannot be taken back: there is no file of it, nothing was changed",
                row.version, row.name
            )));
        };
        if migration.down.is_none() {
            let title = migration.title();
            return Err(refused(format!(
                "the migration {title} cannot be taken back: `{title}.down.sql` is missing, nothing was changed"
            )));
        }
    }
    Ok(())
}

/// Refuses to go on where something is half done.
fn check_whole(recorded: &[Recorded]) -> Result<()> {
    let half_done = recorded.iter().find(|row| row.applied_at.is_none());
    half_done.map_or(Ok(()), |row| {
        let (version, name) = (row.version, &row.name);
        Err(refused(format!(
            "the migration {version}_{name} is half done: {}",
            how_to_resolve(version)
        )))
    })
}

/// What to do about a migration that failed on its way.
pub(super) fn how_to_resolve(version: u64) -> String {
    format!(
        "look at what it has done, finish or undo that by hand, and then say which, by `aludel migrate resolve {version} --applied` or \
         `--reverted`; nothing is applied or taken back before"
    )
}

#[cold]
fn changed(migration: &Migration) -> Error {
    let (file, version) = (&migration.up.file, migration.version);
    refused(format!(
        "`{file}` has been changed since it was applied: undo that, and write a migration of its own for what is to be different; if it \
         means the same, say so by `aludel migrate resolve {version} --applied`"
    ))
}

#[cold]
fn too_late(migration: &Migration, newest: u64) -> Error {
    refused(format!(
        "`{}` comes late: version {newest} is applied already; give it a greater version, or let late ones be applied",
        migration.up.file
    ))
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            State::Applied => "applied",
            State::Pending => "pending",
            State::Changed => "changed",
            State::Missing => "missing",
            State::HalfDone => "half done",
        })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<9}  {}_{}", self.state, self.version, self.name)?;
        match (self.state, &self.applied_at) {
            (State::Changed, Some(at)) => write!(f, "  (applied {at}, its file was changed since)"),
            (State::Missing, Some(at)) => write!(f, "  (applied {at}, there is no file of it)"),
            (_, Some(at)) => write!(f, "  ({at})"),
            (_, None) => Ok(()),
        }
    }
}
