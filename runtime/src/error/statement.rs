//! The statement inside an error, shown in a length that people read.

use std::fmt;

use super::parameters::{Hidden, Shown};
use crate::value::{ValueRef, shorten};

/// A longer statement is cut in the middle.
const SHOWN_CHARACTERS: usize = 4_000;

/// A statement with its parameters, as it is shown.
#[derive(Debug, Clone)]
pub(crate) struct FailedStatement {
    pub(super) sql: String,
    /// Its parameters as text; nothing where it has none.
    parameters: Option<String>,
    /// Whether no value of its rows may be seen, or those of which columns.
    hides_all: bool,
    hidden_cells: Box<[usize]>,
}

/// Where in a statement the database stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(all(feature = "postgres", feature = "sqlite")), allow(dead_code))] // one for each driver
pub(crate) enum Position {
    /// Behind so many bytes.
    Byte(usize),
    /// At the character with this number, counted from 1.
    Character(usize),
}

impl Position {
    /// The number of bytes before it.
    pub(crate) fn offset(self, sql: &str) -> usize {
        match self {
            Position::Byte(offset) => offset.min(sql.len()),
            Position::Character(number) => {
                let mut offsets = sql.char_indices().map(|(offset, _)| offset);
                offsets.nth(number.saturating_sub(1)).unwrap_or(sql.len())
            }
        }
    }
}

impl FailedStatement {
    pub(crate) fn new(sql: &str, values: &[ValueRef<'_>], hidden: Hidden<'_>) -> Self {
        FailedStatement {
            sql: sql.to_owned(),
            hides_all: hidden.hides_all(),
            hidden_cells: hidden.cells().into(),
            parameters: (!values.is_empty()).then(|| Shown { values, hidden }.to_string()),
        }
    }
}

impl FailedStatement {
    /// What is hidden of its rows.
    pub(super) fn hidden(&self) -> Hidden<'_> {
        Hidden::new(self.hides_all, &[], &self.hidden_cells)
    }
}

impl fmt::Display for FailedStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  statement: {}", shorten(&self.sql, SHOWN_CHARACTERS))?;
        match &self.parameters {
            Some(parameters) => write!(f, "\n  parameters: {parameters}"),
            None => Ok(()),
        }
    }
}
