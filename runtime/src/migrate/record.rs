//! The table in which a database keeps what is applied to it.

use std::time::{SystemTime, UNIX_EPOCH};

use aludel_catalog::{Name, ddl::Object};

use super::{file::Migration, plan::Recorded, refused};
use crate::{
    catalog, connection::Connection, engine::Engine, error::Result, text::text,
    value::civil::format_timestamp,
};

/// The name of the table.
pub(crate) const TABLE: &str = "aludel_migrations";

/// The length of a time to the second.
const APPLIED_AT: usize = 19;

const CREATE: &str = "CREATE TABLE IF NOT EXISTS aludel_migrations (\
     version BIGINT NOT NULL PRIMARY KEY, \
     name VARCHAR(255) NOT NULL, \
     checksum VARCHAR(16) NOT NULL, \
     applied_at VARCHAR(19))";

/// What is applied to a database, by version. A database without the table has nothing.
pub(super) fn all(engine: &Engine) -> Result<Vec<Recorded>> {
    let connection = engine.connect()?;
    if !catalog::exists(&connection, &Object::Table(Name::new(TABLE)))? {
        return Ok(Vec::new());
    }
    read(&connection)
}

/// Creates the table, where it is not there.
pub(super) fn create(connection: &Connection) -> Result<()> {
    if catalog::exists(connection, &Object::Table(Name::new(TABLE)))? {
        return Ok(());
    }
    connection.execute_sql(CREATE, &[]).map(drop)
}

/// What is applied, where the table is there.
pub(super) fn read(connection: &Connection) -> Result<Vec<Recorded>> {
    let select =
        "SELECT version, name, checksum, applied_at FROM aludel_migrations ORDER BY version";
    let result = connection.execute(text(select))?;
    let rows = result.into_iter().map(|row| {
        let version = row.get::<i64>(0)?;
        let version = u64::try_from(version);
        Ok(Recorded {
            version: version.map_err(|_| refused("`aludel_migrations` has a version below 0"))?,
            name: row.get(1)?,
            checksum: row.get(2)?,
            applied_at: row.get(3)?,
        })
    });
    rows.collect()
}

/// Keeps that a migration is applied, or that it is begun.
pub(super) fn insert(connection: &Connection, migration: &Migration, is_done: bool) -> Result<()> {
    let insert = text(
        "INSERT INTO aludel_migrations (version, name, checksum, applied_at) VALUES (:version, :name, :checksum, :applied_at)",
    );
    let insert = insert
        .bind("version", migration.version as i64)
        .bind("name", migration.name.as_str())
        .bind("checksum", migration.up.checksum())
        .bind("applied_at", is_done.then(now));
    connection.execute(insert).map(drop)
}

/// Keeps that a migration is applied that was begun, or half done for as long as it is being taken back.
pub(super) fn mark(connection: &Connection, version: u64, is_done: bool) -> Result<()> {
    let update =
        text("UPDATE aludel_migrations SET applied_at = :applied_at WHERE version = :version");
    let update = update
        .bind("applied_at", is_done.then(now))
        .bind("version", version as i64);
    connection.execute(update).map(drop)
}

/// Keeps that a migration is not applied. False where it was not.
pub(super) fn forget(connection: &Connection, version: u64) -> Result<bool> {
    let delete = text("DELETE FROM aludel_migrations WHERE version = :version");
    let deleted = connection.execute(delete.bind("version", version as i64))?;
    Ok(deleted.rows_affected() > 0)
}

/// Keeps that a migration is applied as its file is now, whatever was known of it.
pub(super) fn note_applied(connection: &Connection, migration: &Migration) -> Result<()> {
    forget(connection, migration.version)?;
    insert(connection, migration, true)
}

/// The time in UTC as a number, to the second: `20261130094500`.
pub(super) fn now_as_version() -> u64 {
    let digits: String = now().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(1)
}

/// The time in UTC, to the second.
fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let micros = since.map_or(0, |since| since.as_secs() as i64 * 1_000_000);
    let mut text = format_timestamp(micros);
    text.truncate(APPLIED_AT);
    text
}
