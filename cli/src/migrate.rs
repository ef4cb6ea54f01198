//! `aludel migrate`: migrations, written and applied.

mod new;

use std::{path::PathBuf, time::Duration};

use aludel::{
    Engine, Url,
    migrate::{Late, Migrations, Resolution, State, Step},
};
use clap::{ArgGroup, Args, Subcommand};

use crate::{Outcome, database};

#[derive(Debug, Args)]
pub(crate) struct Migrate {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes a migration that leads from the last one to the schema files
    New(new::New),
    /// Applies the migrations that are not applied yet
    Apply(Apply),
    /// Takes migrations back, the last one unless more is said
    Back(Back),
    /// Tells which migrations are applied
    Status(Status),
    /// Says of a migration what the database has of it, without running anything
    Resolve(Resolve),
}

/// Which migrations of which database.
#[derive(Debug, Args)]
struct Target {
    /// The database, such as sqlite:///app.db or postgres://user@host/database; without it, the variable DATABASE_URL says it
    url: Option<String>,
    /// The folder of the migrations
    #[arg(long, value_name = "FOLDER", default_value = "migrations")]
    migrations: PathBuf,
    /// How many seconds to wait for somebody else who applies migrations
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    wait: u64,
}

#[derive(Debug, Args)]
struct Apply {
    #[command(flatten)]
    target: Target,
    /// The last version to apply
    #[arg(long, value_name = "VERSION")]
    to: Option<u64>,
    /// Refuses migrations with a smaller version than one that is applied
    #[arg(long)]
    refuse_late: bool,
}

#[derive(Debug, Args)]
struct Back {
    #[command(flatten)]
    target: Target,
    /// How many to take back
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 1,
        conflicts_with = "to"
    )]
    steps: usize,
    /// The version behind which all are taken back; 0 for all
    #[arg(long, value_name = "VERSION")]
    to: Option<u64>,
}

#[derive(Debug, Args)]
struct Status {
    #[command(flatten)]
    target: Target,
    /// Fails where not all is applied as the files have it
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["applied", "reverted"])))]
struct Resolve {
    /// The version
    version: u64,
    #[command(flatten)]
    target: Target,
    /// All that its file says is in the database
    #[arg(long)]
    applied: bool,
    /// Nothing of it is
    #[arg(long)]
    reverted: bool,
}

impl Migrate {
    /// Does what is asked for.
    pub(crate) fn run(&self) -> Outcome {
        match &self.command {
            Command::New(new) => new.run(),
            Command::Apply(apply) => apply.run(),
            Command::Back(back) => back.run(),
            Command::Status(status) => status.run(),
            Command::Resolve(resolve) => resolve.run(),
        }
    }
}

impl Target {
    fn migrations(&self) -> Result<Migrations, String> {
        let migrations = Migrations::read(&self.migrations).map_err(told)?;
        let migrations = migrations.patience(Duration::from_secs(self.wait));
        // Each as soon as it is done, for the next one may fail.
        Ok(migrations.on_step(|step| println!("{step}")))
    }

    /// An engine on the database, which may have to be created.
    fn engine(&self) -> Result<Engine, String> {
        open(database::url(self.url.as_deref())?)
    }

    /// An engine on a database that is there.
    fn existing(&self) -> Result<Engine, String> {
        open(database::existing(self.url.as_deref())?)
    }
}

impl Apply {
    fn run(&self) -> Outcome {
        let migrations = self.target.migrations()?.late(match self.refuse_late {
            true => Late::Refuse,
            false => Late::Apply,
        });
        let engine = self.target.engine()?;
        let steps = match self.to {
            Some(version) => migrations.apply_to(&engine, version),
            None => migrations.apply(&engine),
        };
        ended(&steps.map_err(told)?, "nothing to apply\n")
    }
}

impl Back {
    fn run(&self) -> Outcome {
        let migrations = self.target.migrations()?;
        let engine = self.target.existing()?;
        let steps = match self.to {
            Some(version) => migrations.back_to(&engine, version),
            None => migrations.back(&engine, self.steps),
        };
        ended(&steps.map_err(told)?, "nothing to take back\n")
    }
}

impl Status {
    fn run(&self) -> Outcome {
        let migrations = self.target.migrations()?;
        let status = migrations.status(&self.target.existing()?).map_err(told)?;
        let lines = status.iter().map(|one| format!("{one}\n"));
        let text: String = lines.collect();
        let is_wrong = |state| !matches!(state, State::Applied | State::Missing);
        match self.check && status.iter().any(|one| is_wrong(one.state)) {
            true => Err(text),
            false if text.is_empty() => Ok("there are no migrations\n".to_owned()),
            false => Ok(text),
        }
    }
}

impl Resolve {
    fn run(&self) -> Outcome {
        let (resolution, word) = match self.applied {
            true => (Resolution::Applied, "applied"),
            false => (Resolution::Reverted, "not applied"),
        };
        let migrations = self.target.migrations()?;
        let engine = self.target.existing()?;
        migrations
            .resolve(&engine, self.version, resolution)
            .map_err(told)?;
        Ok(format!("{} counts as {word}\n", self.version))
    }
}

fn open(url: Url) -> Result<Engine, String> {
    Engine::new(url).map_err(told)
}

fn ended(steps: &[Step], nothing: &str) -> Outcome {
    // They were told of already.
    Ok(match steps.is_empty() {
        true => nothing.to_owned(),
        false => String::new(),
    })
}

fn told(error: aludel::Error) -> String {
    format!("{error}\n")
}
