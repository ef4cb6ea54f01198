//! The types that SQLite declares, as data frames have them.

use rusqlite::Statement;

use crate::frame::FrameType;

/// The names of the columns, and their types where they are columns of tables.
pub(super) fn columns(statement: &Statement<'_>) -> Vec<(String, Option<FrameType>)> {
    let column = |index| {
        let name = statement.column_name(index).unwrap_or_default();
        (name.to_owned(), of_column(statement, index))
    };
    (0..statement.column_count()).map(column).collect()
}

/// The types alone.
pub(super) fn types(statement: &Statement<'_>) -> Vec<Option<FrameType>> {
    (0..statement.column_count())
        .map(|index| of_column(statement, index))
        .collect()
}

/// The type that the column's table declares, where it says something of the values: a column may have any type, and hold anything.
pub(super) fn of_column(statement: &Statement<'_>, index: usize) -> Option<FrameType> {
    let column = statement.columns().nth(index)?;
    let declared = column.decl_type()?.to_ascii_uppercase();
    let words = declared.split('(').next().unwrap_or_default().trim();
    Some(match words {
        "BOOL" | "BOOLEAN" => FrameType::Bool,
        "DATE" => FrameType::Date,
        "TIME" => FrameType::Time,
        "DATETIME" | "TIMESTAMP" => FrameType::Timestamp,
        "TIMESTAMPTZ" => FrameType::TimestampUtc,
        "UUID" => FrameType::Uuid,
        // Behind the word there may be digits: `TIMESTAMP(6) WITH TIME ZONE`.
        _ if declared.starts_with("TIMESTAMP") && declared.ends_with("WITH TIME ZONE") => {
            FrameType::TimestampUtc
        }
        // Which numbers and texts SQLite itself tells apart, by a part of the word.
        _ if declared.contains("INT") => FrameType::Int64,
        _ if ["CHAR", "CLOB", "TEXT"]
            .iter()
            .any(|part| declared.contains(part)) =>
        {
            FrameType::Text
        }
        _ if declared.contains("BLOB") => FrameType::Bytes,
        _ if ["REAL", "FLOA", "DOUB"]
            .iter()
            .any(|part| declared.contains(part)) =>
        {
            FrameType::Float64
        }
        _ => return None,
    })
}
