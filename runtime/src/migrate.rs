//! Migrations: changes of a schema in files, which are applied to a database in order and taken back.
//!
//! A migration is a version, which is a number, with SQL that leads up and, best, SQL that leads back:
//!
//! ```text
//! migrations/
//!   20261130094500_hobbies.up.sql
//!   20261130094500_hobbies.down.sql
//! ```
//!
//! ```
//! use aludel::{Engine, migrate::Migrations};
//!
//! let engine = Engine::new("sqlite://")?;
//! let migrations = Migrations::from_texts([(
//!     "20261130094500_hobbies",
//!     "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT NOT NULL);",
//!     Some("DROP TABLE hobby;"),
//! )])?;
//! for step in migrations.apply(&engine)? {
//!     println!("{step}");
//! }
//! # Ok::<(), aludel::Error>(())
//! ```
//!
//! Which ones are applied stands in the table `aludel_migrations` of the database. Several processes can begin at once: each migration is
//! run once, and whoever comes later waits. Each has a connection of its own, which is closed afterwards, so that nothing that a file
//! sets reaches anybody else.
//!
//! On SQLite and PostgreSQL a migration is all or nothing. MySQL and MariaDB commit each change of a table by itself: where a
//! statement fails, those before it stay, and the migration is *half done* until somebody has finished or undone it by hand and says so
//! ([`Migrations::resolve`]); nothing else is applied before. The same holds for a file that begins with
//!
//! ```sql
//! -- aludel: no-transaction
//! ```
//!
//! which is for statements that PostgreSQL and SQLite refuse within a transaction (`CREATE INDEX CONCURRENTLY`, `VACUUM`). On SQLite,
//! `-- aludel: foreign-keys-off` lets a file drop and rebuild a table that others refer to: foreign keys are not looked at while it runs,
//! and all of them before it is committed.

mod file;
mod guard;
mod plan;
mod record;
mod set;
mod step;

use std::{fmt, path::Path, time::Duration};

use file::Migration;
use plan::Recorded;
pub use plan::{State, Status};
pub(crate) use record::TABLE;
pub use step::Step;

use crate::{
    engine::Engine,
    error::{Error, ErrorKind, Result},
};

/// How long somebody who comes later waits for a migration to be over.
const PATIENCE: Duration = Duration::from_secs(60);

/// The migrations of a program, in the order of their versions.
#[must_use = "migrations are applied by `apply`"]
pub struct Migrations {
    list: Vec<Migration>,
    late: Late,
    patience: Duration,
    told: Option<Box<dyn Fn(&Step) + Send + Sync>>,
}

/// What becomes of a migration that is not applied although a later one is, as after a merge of two branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Late {
    /// It is applied, and a warning says so.
    #[default]
    Apply,
    /// It is an error.
    Refuse,
}

/// What somebody says of a migration, so that it is not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// All that its file says is in the database.
    Applied,
    /// Nothing of it is.
    Reverted,
}

impl Migrations {
    /// Reads a folder: files `VERSION_name.up.sql` and `VERSION_name.down.sql`, or `VERSION_name.sql` for one that leads up alone. Files
    /// that do not end in `.sql` are passed over, and so are folders.
    ///
    /// # Errors
    /// [`Migration`](ErrorKind::Migration) when the folder or a file cannot be read, a file is named otherwise, a version is there
    /// twice, or a file leads back from nothing; the message names the file.
    pub fn read(folder: impl AsRef<Path>) -> Result<Self> {
        file::read(folder.as_ref()).and_then(Migrations::new)
    }

    /// Migrations whose texts are compiled into the program, by `include_str!`: the name with the version before it, the text that leads
    /// up, and the one that leads back.
    ///
    /// # Errors
    /// As [`read`](Migrations::read).
    pub fn from_texts<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str, Option<&'t str>)>,
    ) -> Result<Self> {
        file::of_texts(texts).and_then(Migrations::new)
    }

    fn new(list: Vec<Migration>) -> Result<Self> {
        Ok(Migrations {
            list: set::checked(list)?,
            late: Late::default(),
            patience: PATIENCE,
            told: None,
        })
    }

    /// What becomes of migrations that come late; they are applied, unless said otherwise.
    pub fn late(mut self, late: Late) -> Self {
        self.late = late;
        self
    }

    /// How long to wait for somebody else who applies migrations: a minute, unless said otherwise. After that it is a
    /// [`LockTimeout`](ErrorKind::LockTimeout).
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Tells `told` of each migration as soon as it is applied or taken back.
    pub fn on_step(mut self, told: impl Fn(&Step) + Send + Sync + 'static) -> Self {
        self.told = Some(Box::new(told));
        self
    }

    /// The versions, in order, each with its name.
    pub fn versions(&self) -> impl ExactSizeIterator<Item = (u64, &str)> {
        self.list
            .iter()
            .map(|migration| (migration.version, migration.name.as_str()))
    }

    /// A version for a new migration: the time in UTC, as in `20261130094500`, or the number behind the last one where that is greater.
    pub fn next_version(&self) -> u64 {
        let last = self.list.last().map_or(0, |migration| migration.version);
        record::now_as_version().max(last.saturating_add(1))
    }

    /// What is applied and what is not, in the order of versions. Nothing is written: a database that knows of no migrations has none.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub fn status(&self, engine: &Engine) -> Result<Vec<Status>> {
        Ok(plan::status(&self.list, &record::all(engine)?))
    }

    /// Applies all migrations that are not applied yet. Returns those that it applied.
    ///
    /// # Errors
    /// What the database says of a statement, with file, line and column. Those that were applied before stay applied.
    /// [`Migration`](ErrorKind::Migration) where a file has changed since it was applied, a migration is half done, one comes
    /// [late](Late::Refuse), or a file says what it cannot say; [`LockTimeout`](ErrorKind::LockTimeout) where somebody else takes too
    /// long. Applied migrations without a file are no error: the database may be ahead of the program.
    pub fn apply(&self, engine: &Engine) -> Result<Vec<Step>> {
        self.apply_up_to(engine, u64::MAX)
    }

    /// As [`apply`](Migrations::apply), up to a version and no further.
    ///
    /// # Errors
    /// As there; and [`Migration`](ErrorKind::Migration) when there is no such version.
    pub fn apply_to(&self, engine: &Engine, version: u64) -> Result<Vec<Step>> {
        self.known(version)?;
        self.apply_up_to(engine, version)
    }

    fn apply_up_to(&self, engine: &Engine, last: u64) -> Result<Vec<Step>> {
        let choose = |recorded: &[Recorded]| plan::next_up(&self.list, recorded, last, self.late);
        let mut steps = Vec::new();
        while let Some(step) = self.step(engine, &choose)? {
            steps.push(step);
        }
        Ok(steps)
    }

    /// Takes back as many migrations, from the last version on. Returns those that it took back. A file that has changed since it was
    /// applied does not matter here.
    ///
    /// # Errors
    /// [`Migration`](ErrorKind::Migration) where one of them has no file that leads back, or is half done: then none is taken back.
    /// Else as [`apply`](Migrations::apply).
    pub fn back(&self, engine: &Engine, steps: usize) -> Result<Vec<Step>> {
        self.back_through(engine, |recorded| {
            recorded.iter().rev().take(steps).collect()
        })
    }

    /// Takes back all migrations behind a version; with 0, all that there are.
    ///
    /// # Errors
    /// As [`back`](Migrations::back); and [`Migration`](ErrorKind::Migration) when there is no such version.
    pub fn back_to(&self, engine: &Engine, version: u64) -> Result<Vec<Step>> {
        if version != 0 {
            self.known(version)?;
        }
        self.back_through(engine, |recorded| {
            let later = recorded.iter().rev();
            later.filter(|row| row.version > version).collect()
        })
    }

    fn back_through(
        &self,
        engine: &Engine,
        choose: impl FnOnce(&[Recorded]) -> Vec<&Recorded>,
    ) -> Result<Vec<Step>> {
        let recorded = record::all(engine)?;
        let rows = choose(&recorded);
        plan::check_down(&self.list, &rows)?;
        let mut steps = Vec::new();
        for row in rows {
            let choose = |now: &[Recorded]| plan::next_down(&self.list, now, row.version);
            // Somebody else may have been sooner.
            steps.extend(self.step(engine, &choose)?);
        }
        Ok(steps)
    }

    /// Says of a migration what the database has of it, without running anything: of one that is half done, of one whose file was changed
    /// and means the same, of all that stand in a database which was made before there were migrations.
    ///
    /// # Errors
    /// [`Migration`](ErrorKind::Migration) when there is no such version.
    pub fn resolve(&self, engine: &Engine, version: u64, resolution: Resolution) -> Result<()> {
        match resolution {
            Resolution::Applied => {
                let migration = self.known(version)?;
                self.alone(engine, |connection| {
                    record::note_applied(connection, migration)
                })
            }
            Resolution::Reverted => {
                let was_there =
                    self.alone(engine, |connection| record::forget(connection, version))?;
                match was_there {
                    true => Ok(()),
                    false => self.known(version).map(drop),
                }
            }
        }
    }

    fn known(&self, version: u64) -> Result<&Migration> {
        let found = self.list.iter().find(|one| one.version == version);
        found.ok_or_else(|| refused(format!("there is no migration with the version {version}")))
    }
}

impl fmt::Debug for Migrations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let versions = self
            .versions()
            .map(|(version, name)| format!("{version}_{name}"));
        f.debug_list().entries(versions).finish()
    }
}

#[cold]
fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Migration, message)
}
