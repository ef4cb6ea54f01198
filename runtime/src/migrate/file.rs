//! Migrations as files: how they are named, and what stands at their top.

use std::{fs, io, path::Path};

use super::refused;
use crate::error::{Error, Result};

/// A version, with what leads to it and back.
#[derive(Debug)]
pub(super) struct Migration {
    pub(super) version: u64,
    pub(super) name: String,
    pub(super) up: Sql,
    pub(super) down: Option<Sql>,
}

/// One text of a migration.
#[derive(Debug)]
pub(super) struct Sql {
    /// What it is called where something is wrong with it.
    pub(super) file: String,
    pub(super) text: String,
    pub(super) header: Header,
}

/// What the comments at the top of a file ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Header {
    pub(super) no_transaction: bool,
    pub(super) foreign_keys_off: bool,
}

/// A file with what its name says.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) version: u64,
    pub(super) name: String,
    pub(super) leads_back: bool,
    pub(super) sql: Sql,
}

/// How files have to be named.
const EXAMPLE: &str = "name it `VERSION_name.up.sql` or `VERSION_name.down.sql`, where the version is a number from 1 on, as in `20261130094500_users.up.sql`";

/// Reads the files of a folder.
pub(super) fn read(folder: &Path) -> Result<Vec<Migration>> {
    let unread = |path: &Path, error: io::Error| {
        refused(format!("`{}` cannot be read: {error}", path.display())).with_source(error)
    };
    let entries = fs::read_dir(folder).map_err(|error| unread(folder, error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unread(folder, error))?.path();
        let is_sql = path.extension().is_some_and(|extension| extension == "sql");
        if !is_sql || path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| unread(&path, error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.push(named(&name, path.display().to_string(), text)?);
    }
    // A folder has no order, and messages are to be the same each time.
    files.sort_by(|one, other| one.sql.file.cmp(&other.sql.file));
    super::set::paired(files)
}

/// Migrations whose texts are given.
pub(super) fn of_texts<'t>(
    texts: impl IntoIterator<Item = (&'t str, &'t str, Option<&'t str>)>,
) -> Result<Vec<Migration>> {
    let mut files = Vec::new();
    for (name, up, down) in texts {
        let stem = name.strip_suffix(".sql").unwrap_or(name);
        let stem = stem.strip_suffix(".up").unwrap_or(stem);
        for (text, way) in [(Some(up), "up"), (down, "down")] {
            let Some(text) = text else {
                continue;
            };
            let file = format!("{stem}.{way}.sql");
            files.push(named(&file, file.clone(), text.to_owned())?);
        }
    }
    super::set::paired(files)
}

fn named(name: &str, file: String, text: String) -> Result<Named> {
    let wrong = || refused(format!("`{file}` is not named as a migration: {EXAMPLE}"));
    let stem = name.strip_suffix(".sql").ok_or_else(wrong)?;
    let (stem, leads_back) = match (stem.strip_suffix(".up"), stem.strip_suffix(".down")) {
        (Some(stem), _) => (stem, false),
        (None, Some(stem)) => (stem, true),
        (None, None) => (stem, false),
    };
    let (version, name) = stem.split_once('_').ok_or_else(wrong)?;
    let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    // The database keeps it with a sign.
    let number = version.parse::<i64>().ok().filter(|_| is_number);
    let number = number.and_then(|number| u64::try_from(number).ok());
    let version = number.filter(|number| *number > 0).ok_or_else(wrong)?;
    if name.is_empty() {
        return Err(wrong());
    }
    Ok(Named {
        version,
        name: name.to_owned(),
        leads_back,
        sql: Sql {
            header: Header::of(&text).map_err(|error| error.within(format_args!("`{file}`")))?,
            file,
            text,
        },
    })
}

impl Header {
    /// Reads the comments before the first statement.
    fn of(text: &str) -> Result<Self> {
        let mut header = Header::default();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            let Some(comment) = line.strip_prefix("--") else {
                match line.is_empty() {
                    true => continue,
                    false => break,
                }
            };
            let Some(words) = comment.trim_start().strip_prefix("aludel:") else {
                continue;
            };
            for word in words
                .split([' ', ',', '\t'])
                .filter(|word| !word.is_empty())
            {
                match word {
                    "no-transaction" => header.no_transaction = true,
                    "foreign-keys-off" => header.foreign_keys_off = true,
                    other => return Err(unknown(index + 1, other)),
                }
            }
        }
        if header.no_transaction && header.foreign_keys_off {
            let message = "`no-transaction` and `foreign-keys-off` do not go together: foreign keys are looked at before the commit";
            return Err(refused(message));
        }
        Ok(header)
    }
}

#[cold]
fn unknown(line: usize, word: &str) -> Error {
    refused(format!(
        "line {line}: `{word}` says nothing here: known are `no-transaction` and `foreign-keys-off`"
    ))
}

impl Sql {
    /// By what it is seen that a text has changed. How its lines end does not matter, for that depends on who checks it out.
    pub(super) fn checksum(&self) -> String {
        const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        let bytes = self.text.bytes().filter(|byte| *byte != b'\r');
        let hash = bytes.fold(BASIS, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(PRIME)
        });
        format!("{hash:016x}")
    }
}

impl Migration {
    /// The name as people know it: `20261130094500_users`.
    pub(super) fn title(&self) -> String {
        format!("{}_{}", self.version, self.name)
    }
}
