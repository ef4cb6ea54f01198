//! One migration, run.

use std::{
    fmt,
    ops::ControlFlow,
    time::{Duration, Instant},
};

use super::{
    Migrations,
    file::Sql,
    guard::Guarded,
    plan::{self, Next, Recorded, Way},
    record, refused,
};
use crate::{
    connection::Connection,
    dialect::Mode,
    engine::Engine,
    error::{Error, ErrorKind, Result},
    text::Script,
};

/// The target of what is told of migrations.
const TARGET: &str = "aludel::migrate";

/// A migration that was applied or taken back. It is shown as a line for people.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Its version.
    pub version: u64,
    /// Its name, without the version.
    pub name: String,
    /// Whether it was taken back.
    pub taken_back: bool,
    /// Whether a later one had been applied already.
    pub late: bool,
    /// How long it took.
    pub took: Duration,
}

/// Says which migration is next, by what the database says of all.
type Choose<'a, 'm> = &'a dyn Fn(&[Recorded]) -> Result<Option<Next<'m>>>;

impl Migrations {
    /// Runs the migration that `choose` finds, while nobody else runs one.
    pub(super) fn step<'m>(
        &'m self,
        engine: &Engine,
        choose: Choose<'_, 'm>,
    ) -> Result<Option<Step>> {
        let step = self.guarded(engine, |guarded| {
            guarded.patiently(|| record::create(guarded.connection))?;
            loop {
                let recorded = guarded.patiently(|| record::read(guarded.connection))?;
                let Some(next) = choose(&recorded)? else {
                    return Ok(None);
                };
                let began = Instant::now();
                let run = Run::new(guarded, next, choose)?;
                // Where somebody else was sooner, another one may be next.
                if run.go()? {
                    return Ok(Some(Step::of(next, began.elapsed())));
                }
            }
        })?;
        if let Some(step) = &step {
            step.tell();
            if let Some(told) = &self.told {
                told(step);
            }
        }
        Ok(step)
    }
}

/// A migration that is to be run.
struct Run<'r, 'm> {
    guarded: &'r Guarded<'r>,
    next: Next<'m>,
    choose: Choose<'r, 'm>,
    sql: &'m Sql,
    script: Script<'m>,
}

impl<'r, 'm> Run<'r, 'm> {
    fn new(guarded: &'r Guarded<'r>, next: Next<'m>, choose: Choose<'r, 'm>) -> Result<Self> {
        let migration = next.migration;
        let sql = match (next.way, &migration.down) {
            (Way::Up, _) => &migration.up,
            (Way::Down, Some(down)) => down,
            (Way::Down, None) => {
                let title = migration.title();
                return Err(refused(format!("`{title}.down.sql` is missing")));
            }
        };
        let run = Run {
            guarded,
            next,
            choose,
            sql,
            script: Script::new(guarded.connection, &sql.text, Some(&sql.file)),
        };
        run.check()?;
        Ok(run)
    }

    /// Whether each statement is committed by itself.
    fn is_loose(&self) -> bool {
        let capabilities = self.guarded.connection.dialect().capabilities();
        self.sql.header.no_transaction || !capabilities.transactional_ddl
    }

    /// Refuses what would not do what it says.
    fn check(&self) -> Result<()> {
        let dialect = self.guarded.connection.dialect();
        if self.sql.header.foreign_keys_off && dialect.foreign_key_check().is_none() {
            let message = format!(
                "`{}` says `foreign-keys-off`, which {} has no words for: take it out",
                self.sql.file,
                dialect.title()
            );
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        if self.is_loose() {
            return Ok(());
        }
        for (index, part) in self.script.parts.iter().enumerate() {
            let words = first_words(part.sql);
            let advice = if ends_transaction(&words) {
                "a migration is a transaction by itself: take this out, or begin the file with `-- aludel: no-transaction`"
            } else if dialect
                .without_effect()
                .is_some_and(|silent| words.starts_with(&silent.map(str::to_owned)))
            {
                "this does nothing within a transaction: take it out, and begin the file with `-- aludel: foreign-keys-off`"
            } else {
                continue;
            };
            return Err(refused(format!(
                "{}: {advice}",
                self.script.place(index, 0)
            )));
        }
        Ok(())
    }

    /// Runs it. False where it is not the next one any more.
    fn go(&self) -> Result<bool> {
        match self.is_loose() {
            true => self.loose(),
            false => self.whole(),
        }
    }

    /// As one transaction, with what is kept of it. That comes first, for a file may set where names are looked for.
    fn whole(&self) -> Result<bool> {
        let mode = Mode {
            foreign_keys_off: self.sql.header.foreign_keys_off,
            ..Mode::default()
        };
        let migration = self.next.migration;
        self.guarded.whole(mode, |connection| {
            if !self.is_next(connection)? {
                return Ok(false);
            }
            match self.next.way {
                Way::Up => record::insert(connection, migration, true)?,
                Way::Down => record::forget(connection, migration.version).map(drop)?,
            }
            self.statements(connection)?;
            if self.sql.header.foreign_keys_off {
                self.check_foreign_keys(connection)?;
            }
            Ok(true)
        })
    }

    /// Statement by statement, between what is kept of its beginning and of its end.
    fn loose(&self) -> Result<bool> {
        let (connection, migration) = (self.guarded.connection, self.next.migration);
        let version = migration.version;
        let is_begun = self.guarded.whole(Mode::default(), |connection| {
            if !self.is_next(connection)? {
                return Ok(false);
            }
            match self.next.way {
                Way::Up => record::insert(connection, migration, false)?,
                Way::Down => record::mark(connection, version, false)?,
            }
            Ok(true)
        })?;
        if !is_begun {
            return Ok(false);
        }
        let done = self.statements(connection).and_then(|()| {
            if connection.in_transaction() {
                return Err(self.left_open(connection));
            }
            self.guarded
                .whole(Mode::default(), |connection| match self.next.way {
                    Way::Up => record::mark(connection, version, true),
                    Way::Down => record::forget(connection, version).map(drop),
                })
        });
        done.map(|()| true).map_err(|error| {
            let title = migration.title();
            let advice = format!(
                "what the statements before it did stays, and the migration {title} is half done: {}",
                plan::how_to_resolve(version)
            );
            error.with_advice(&advice)
        })
    }

    /// Whether it is still the next one.
    fn is_next(&self, connection: &Connection) -> Result<bool> {
        let next = (self.choose)(&record::read(connection)?)?;
        Ok(next.is_some_and(|next| next.migration.version == self.next.migration.version))
    }

    fn statements(&self, connection: &Connection) -> Result<()> {
        let mut numbers = 0..self.script.parts.len();
        numbers.try_for_each(|index| self.script.run(connection, index))
    }

    /// Looks for rows whose foreign keys lead nowhere.
    fn check_foreign_keys(&self, connection: &Connection) -> Result<()> {
        let Some(query) = connection.dialect().foreign_key_check() else {
            return Ok(());
        };
        let mut found: Option<(String, String)> = None;
        connection.query_sql(query, &[], false, &mut |row| {
            found = Some((row.get(0)?, row.get(2)?));
            Ok(ControlFlow::Break(()))
        })?;
        found.map_or(Ok(()), |(table, other)| {
            let message = format!(
                "`{}`: rows of `{table}` would refer to rows of `{other}` that are not there; nothing was changed",
                self.sql.file
            );
            Err(Error::new(ErrorKind::ForeignKeyViolation, message))
        })
    }

    #[cold]
    fn left_open(&self, connection: &Connection) -> Error {
        let message = format!(
            "`{}` begins a transaction and does not end it, so it was rolled back",
            self.sql.file
        );
        match connection.rollback() {
            Ok(()) => refused(message),
            Err(error) => error.within(message),
        }
    }
}

/// The first words of a statement, in capitals.
fn first_words(sql: &str) -> Vec<String> {
    let words = sql.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let words = words.filter(|word| !word.is_empty()).take(3);
    words.map(str::to_ascii_uppercase).collect()
}

/// Whether a statement begins a transaction, or ends the one that is open.
fn ends_transaction(words: &[String]) -> bool {
    let mut words = words.iter().map(String::as_str);
    match (words.next(), words.next()) {
        (Some("BEGIN" | "COMMIT" | "END" | "ABORT"), _) => true,
        (Some("START" | "PREPARE"), Some("TRANSACTION")) => true,
        (Some("ROLLBACK"), second) => second != Some("TO") && words.next() != Some("TO"),
        _ => false,
    }
}

impl Step {
    fn of(next: Next<'_>, took: Duration) -> Self {
        Step {
            version: next.migration.version,
            name: next.migration.name.clone(),
            taken_back: next.way == Way::Down,
            late: next.is_late,
            took,
        }
    }

    fn tell(&self) {
        let (version, name, duration) = (self.version, &self.name, self.took.as_secs_f64());
        let word = self.word();
        if self.late {
            tracing::warn!(target: TARGET, version, name, duration, "{word} behind a later one");
        } else {
            tracing::info!(target: TARGET, version, name, duration, "{word}");
        }
    }

    fn word(&self) -> &'static str {
        match self.taken_back {
            true => "taken back",
            false => "applied",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let took = self.took.as_millis();
        write!(
            f,
            "{} {}_{} ({took} ms)",
            self.word(),
            self.version,
            self.name
        )?;
        match self.late {
            true => f.write_str(", behind a later one"),
            false => Ok(()),
        }
    }
}
