//! A text of many statements, on a connection.

use super::{
    Executable,
    split::{Part, split},
};
use crate::{
    connection::Connection,
    error::{Error, ErrorKind, Result},
};

/// A text of many statements.
pub(crate) struct Script<'s> {
    text: &'s str,
    /// The file that it stands in, where that is to be told.
    file: Option<&'s str>,
    /// Its statements.
    pub(crate) parts: Vec<Part<'s>>,
}

impl Connection {
    /// Runs the statements of a text, one after the other: of a file of rows to begin with, or of a dump. Rows that they give are read
    /// over. Returns how many statements there were.
    ///
    /// Statements end where the database's own client would end them: bodies of triggers and routines are not cut, and on MySQL a
    /// line `DELIMITER //` says what ends those that follow. Lines for clients alone, as `\connect` or `.mode`, are not understood.
    ///
    /// ```
    /// # use aludel::{Engine, text};
    /// # let conn = Engine::new("sqlite://")?.connect()?;
    /// conn.script(text(
    ///     "CREATE TABLE hobby (id INTEGER PRIMARY KEY, caption TEXT NOT NULL);
    ///      CREATE TRIGGER tidy AFTER INSERT ON hobby BEGIN
    ///        UPDATE hobby SET caption = trim(caption) WHERE id = NEW.id;
    ///      END;
    ///      INSERT INTO hobby (caption) VALUES (' chess ');",
    /// ))?;
    /// let caption = conn.execute(text("SELECT caption FROM hobby"))?.scalar::<String>()?;
    /// assert_eq!(caption.as_deref(), Some("chess"));
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// As every statement, the first begins a transaction where none is open. What the text says of transactions holds.
    ///
    /// # Errors
    /// When the database refuses a statement: the message says which, with line and column, and those behind it are not run. Those
    /// before it stay as the transaction has them. [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where values are bound.
    pub fn script(&self, text: impl Executable) -> Result<usize> {
        let text = text.as_text();
        if !text.values.is_empty() {
            let message =
                "values cannot be bound in a text of many statements: it is sent as it stands";
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        let script = Script::new(self, &text.sql, None);
        for index in 0..script.parts.len() {
            script.run(self, index)?;
        }
        Ok(script.parts.len())
    }
}

impl<'s> Script<'s> {
    /// The statements as the database of a connection takes them.
    pub(crate) fn new(connection: &Connection, text: &'s str, file: Option<&'s str>) -> Self {
        Script {
            text,
            file,
            parts: split(text, connection.dialect().lexis()),
        }
    }

    /// Runs the statement at a position.
    pub(crate) fn run(&self, connection: &Connection, index: usize) -> Result<()> {
        let part = self.parts[index];
        connection.run_unprepared(part.sql).map_err(|error| {
            let position = error.position();
            let offset = position.map_or(0, |position| position.offset(part.sql));
            error.within(self.place(index, offset))
        })
    }

    /// Where a statement stands, or something within it.
    pub(crate) fn place(&self, index: usize, offset: usize) -> String {
        let before = &self.text[..self.parts[index].start + offset];
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        let file = self.file.map(|file| format!("`{file}`, "));
        let (file, number, of) = (file.unwrap_or_default(), index + 1, self.parts.len());
        format!("{file}line {line}, column {column} (statement {number} of {of})")
    }
}
