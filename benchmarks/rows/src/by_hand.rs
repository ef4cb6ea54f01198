//! The same work with the driver alone, as one would write it by hand.

use rusqlite::{Connection, Result, Row, params};

const SELECT: &str = "SELECT id, name, note, amount FROM item";
const INSERT: &str = "INSERT INTO item (name, note, amount) VALUES (?, ?, ?)";

/// What a row becomes.
pub struct Item {
    pub id: i64,
    pub name: String,
    pub note: Option<String>,
    pub amount: i64,
}

fn item(row: &Row<'_>) -> Result<Item> {
    Ok(Item {
        id: row.get(0)?,
        name: row.get(1)?,
        note: row.get(2)?,
        amount: row.get(3)?,
    })
}

/// All rows.
pub fn all(connection: &Connection) -> Result<Vec<Item>> {
    let mut statement = connection.prepare_cached(SELECT)?;
    let mut rows = statement.query([])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(item(row)?);
    }
    Ok(items)
}

/// The row with this key.
pub fn get(connection: &Connection, id: i64) -> Result<Item> {
    let mut statement =
        connection.prepare_cached("SELECT id, name, note, amount FROM item WHERE id = ?")?;
    statement.query_row([id], item)
}

/// Inserts a row, and forgets it.
pub fn insert(connection: &Connection, name: &str, note: Option<&str>, amount: i64) -> Result<()> {
    let mut statement = connection.prepare_cached(INSERT)?;
    statement.execute(params![name, note, amount])?;
    Ok(())
}

/// Inserts a row, and reads it back as the database keeps it.
pub fn insert_returning(
    connection: &Connection,
    name: &str,
    note: Option<&str>,
    amount: i64,
) -> Result<Item> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO item (name, note, amount) VALUES (?, ?, ?) RETURNING id, name, note, amount",
    )?;
    statement.query_row(params![name, note, amount], item)
}
