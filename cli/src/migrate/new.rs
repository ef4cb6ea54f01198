//! `aludel migrate new`: a pair of files that leads from the last migration to the schema files, and back.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use aludel::migrate::Migrations;
use aludel_build::{
    MigrationTool,
    parse::parse,
    source::{Place, SourceFile, read},
};
use aludel_catalog::{Catalog, Dialect, difference::Renames};
use clap::Args;

use crate::{
    Outcome,
    changes::{Changes, Rename},
    schema::DialectName,
    side::Side,
};

#[derive(Debug, Args)]
pub(crate) struct New {
    /// What the migration is called
    name: String,
    /// Schema files, or folders of them, that say what there is to be; can be given several times
    #[arg(long, value_name = "PATH", default_value = "schema")]
    schema: Vec<PathBuf>,
    /// The folder of the migrations
    #[arg(long, value_name = "FOLDER", default_value = "migrations")]
    migrations: PathBuf,
    /// The dialect that the files are written in; without it, it is found by what stands in them
    #[arg(long, value_enum)]
    dialect: Option<DialectName>,
    /// What has another name now: `old:new` for a table, `table.old:new` for a column; can be given several times
    #[arg(long, value_name = "OLD:NEW")]
    rename: Vec<Rename>,
    /// Writes two empty files, for what no comparison finds
    #[arg(long)]
    empty: bool,
}

/// What is written.
struct Texts {
    up: String,
    /// Nothing where there is no way back, and why.
    down: Result<String, String>,
}

impl New {
    /// Compares the schema with the migrations that there are, and writes what is missing.
    pub(crate) fn run(&self) -> Outcome {
        let name = self.name.trim().replace([' ', '-'], "_");
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        if name.is_empty() || name.len() > 100 || !name.chars().all(is_word) {
            return Err(format!(
                "`{}` cannot be part of the name of a file: take letters, digits and `_`\n",
                self.name
            ));
        }
        let migrations = self.migrations()?;
        let texts = match self.empty {
            true => Texts {
                up: String::new(),
                down: Ok(String::new()),
            },
            false => self.texts(migrations.versions().len() > 0)?,
        };
        let version = migrations.next_version();
        self.write(&format!("{version}_{name}"), &texts)
    }

    /// The migrations that there are; none where there is no folder yet.
    fn migrations(&self) -> Result<Migrations, String> {
        let migrations = match self.migrations.exists() {
            true => Migrations::read(&self.migrations),
            false => Migrations::from_texts([]),
        };
        migrations.map_err(|error| format!("{error}\n"))
    }

    fn texts(&self, has_migrations: bool) -> Result<Texts, String> {
        let schema = self.schema.iter().cloned().map(Place::Schema).collect();
        let dialect = self.dialect.map(DialectName::dialect);
        let to = Side::Files(schema).read(dialect)?;
        let from = match has_migrations {
            true => self.migrated(to.dialect)?,
            false => Catalog::new(to.dialect),
        };
        let (there, back) = Rename::both_ways(&self.rename, &from);
        let up = Changes::between(&from, &to, &there)?;
        if up.is_empty() {
            return Err(format!(
                "nothing to do: the migrations in {} lead to this schema already; `--empty` writes two empty files\n",
                self.migrations.display()
            ));
        }
        let texts = Texts {
            up: up.as_sql(),
            down: Changes::between(&to, &from, &back).map(|down| down.as_sql()),
        };
        self.check(&texts.up, has_migrations, &to)?;
        Ok(texts)
    }

    /// Reads what is going to be written, and says what would still differ: the next migration would say it again.
    fn check(&self, up: &str, has_migrations: bool, to: &Catalog) -> Result<(), String> {
        let mut files = match has_migrations {
            true => read(&[self.place()]).map(|sources| sources.files),
            false => Ok(Vec::new()),
        }
        .map_err(|diagnostics| format!("{diagnostics}\n"))?;
        files.push(SourceFile::new("the new migration", up));
        let reached = parse(&files, to.dialect).catalog;
        let left = Changes::between(&reached, to, &Renames::default())?;
        if !left.is_empty() {
            let left = left.in_words();
            eprintln!(
                "what is written does not lead to the schema in all; these would still differ:\n{left}"
            );
        }
        Ok(())
    }

    /// The folder of the migrations, for the generator.
    fn place(&self) -> Place {
        Place::Migrations(self.migrations.clone(), Some(MigrationTool::Sqlx))
    }

    /// What the migrations that there are lead to.
    fn migrated(&self, dialect: Dialect) -> Result<Catalog, String> {
        Side::Files(vec![self.place()]).read(Some(dialect))
    }

    /// Writes all, or nothing.
    fn write(&self, stem: &str, texts: &Texts) -> Outcome {
        let folder = &self.migrations;
        let up = folder.join(format!("{stem}.up.sql"));
        let down = folder.join(format!("{stem}.down.sql"));
        fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
        create(&up, &texts.up)?;
        let mut told = format!("wrote: {}\n", up.display());
        match &texts.down {
            Ok(text) => {
                create(&down, text).inspect_err(|_| {
                    // Alone it would be a migration without a way back.
                    let _ = fs::remove_file(&up);
                })?;
                told.push_str(&format!("wrote: {}\n", down.display()));
            }
            Err(reason) => eprint!("no way back is written: {reason}"),
        }
        Ok(told)
    }
}

/// Writes a file that is not there, or leaves none.
fn create(path: &Path, text: &str) -> Result<(), String> {
    let file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path);
    let mut file = file.map_err(|error| unwritten(path, &error))?;
    io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| {
        let _ = fs::remove_file(path);
        unwritten(path, &error)
    })
}

fn unwritten(path: &Path, error: &io::Error) -> String {
    format!("{} cannot be written: {error}\n", path.display())
}
