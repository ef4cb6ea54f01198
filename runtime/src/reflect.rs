//! What a live database declares, in its own words.

use std::ops::ControlFlow;

use crate::{connection::Connection, dialect::Answer, error::Result, migrate};

pub use crate::dialect::{Declaration, Declared};

/// The statements that declare what the database holds, in an order in which they can be run: namespaces, types and sequences,
/// tables with what belongs to them, views. They are written as the database writes them, and are what `aludel-build` reads; the
/// same schema gives the same texts.
///
/// What is no part of a schema is left out: rows, the table that [migrations](crate::migrate) keep, triggers and functions, permissions, what extensions bring, the numbers
/// that counters have reached, and the partitions of a table. A function that a declaration calls has to be there before its
/// statement can be run.
///
/// On PostgreSQL, names stand without a namespace where that is the first one of the connection's `search_path`; what it holds
/// is read of all namespaces. On MySQL it is that of the connection's database.
///
/// ```
/// use aludel::{Engine, reflect, text};
///
/// # #[cfg(feature = "sqlite")] {
/// let conn = Engine::new("sqlite://")?.connect()?;
/// conn.execute(text("CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT NOT NULL)"))?;
/// conn.execute(text("CREATE INDEX by_caption ON hobby (caption)"))?;
///
/// let declared: Vec<String> = reflect::declarations(&conn)?.iter().map(|one| one.to_string()).collect();
/// assert_eq!(declared, [
///     "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT NOT NULL);",
///     "CREATE INDEX by_caption ON hobby (caption);",
/// ]);
/// # }
/// # Ok::<(), aludel::Error>(())
/// ```
///
/// # Errors
/// What the database says, for example that reading its catalog is not permitted.
pub fn declarations(connection: &Connection) -> Result<Vec<Declaration>> {
    let mut declared = connection
        .dialect()
        .declarations(&mut |sql| answers(connection, sql))?;
    declared.retain(|declaration| !is_ours(&declaration.of));
    Ok(declared)
}

/// Whether it is what migrations keep of themselves.
fn is_ours(of: &Declared) -> bool {
    matches!(of, Declared::Table(name) if name.name == migrate::TABLE)
}

fn answers(connection: &Connection, sql: &str) -> Result<Vec<Answer>> {
    let mut rows = Vec::new();
    connection.query_sql(sql, &[], false, &mut |row| {
        let columns = 0..row.width();
        let texts = columns.map(|column| row.get::<Option<String>>(column));
        rows.push(Answer::new(texts.collect::<Result<_>>()?));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}
