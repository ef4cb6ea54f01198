//! A record batch of Arrow from the driver and Arrow's builders, as one would write it by hand.

use std::sync::Arc;

use arrow_array::{
    RecordBatch,
    builder::{Int64Builder, StringBuilder},
};
use arrow_schema::{DataType, Field, Schema};
use rusqlite::Connection;

use crate::contest::Outcome;

/// All rows.
pub fn all(connection: &Connection) -> Outcome<RecordBatch> {
    let mut statement = connection.prepare_cached("SELECT id, name, note, amount FROM item")?;
    let mut rows = statement.query([])?;
    let (mut ids, mut amounts) = (Int64Builder::new(), Int64Builder::new());
    let (mut names, mut notes) = (StringBuilder::new(), StringBuilder::new());
    while let Some(row) = rows.next()? {
        ids.append_value(row.get(0)?);
        names.append_value(row.get_ref(1)?.as_str()?);
        notes.append_option(row.get_ref(2)?.as_str_or_null()?);
        amounts.append_value(row.get(3)?);
    }
    let schema = Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        Field::new("name", DataType::Utf8, false),
        Field::new("note", DataType::Utf8, true),
        Field::new("amount", DataType::Int64, false),
    ]);
    Ok(RecordBatch::try_new(
        Arc::new(schema),
        vec![
            Arc::new(ids.finish()),
            Arc::new(names.finish()),
            Arc::new(notes.finish()),
            Arc::new(amounts.finish()),
        ],
    )?)
}
