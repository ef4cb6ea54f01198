//! SQL by hand, on a connection.

use super::{
    Executable, RawResult, RawRow, Text,
    write::{Written, type_of},
};
use crate::{
    connection::{Connection, Rows},
    error::Result,
    value::ValueRef,
};

impl Connection {
    /// Runs SQL that is marked by [`text`](crate::text()), whatever it is, and gives what came of it: its rows, already fetched, and
    /// how many it changed.
    ///
    /// As every statement, it begins a transaction where none is open. On SQLite that is one that writes, unless the first word
    /// is that of a statement that reads.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where a name has no value or a value no name, before anything is sent;
    /// when the database refuses; [`Data`](crate::ErrorKind::Data) for a value that no type of Rust can hold.
    pub fn execute(&self, statement: impl Executable) -> Result<RawResult> {
        let Written {
            sql,
            parameters,
            writes,
            only_gives,
        } = self.written(statement.as_text())?;
        let mut rows = Vec::new();
        let performed = self.perform_sql(&sql, &parameters, writes, &mut |row| {
            rows.push(row.values()?);
            Ok(())
        })?;
        let counts_rows = only_gives && !performed.columns.is_empty();
        let changed = if counts_rows { 0 } else { performed.changed };
        let is_hidden = self.hidden().hides_all();
        Ok(RawResult::new(
            performed.columns,
            rows,
            changed,
            is_hidden,
            #[cfg(feature = "_frames")]
            performed.types,
        ))
    }

    /// Runs SQL that gives rows, and reads these one by one, as the database gives them. Until the result has come to its end or
    /// is dropped, the connection is [`Busy`](crate::ErrorKind::Busy) for anything else. What writes and gives rows has done so
    /// when the last one was read.
    ///
    /// # Errors
    /// As [`execute`](Connection::execute); what happens while rows are read comes in the place of a row.
    pub fn stream(&self, statement: impl Executable) -> Result<Rows<'_, RawRow>> {
        let written = self.written(statement.as_text())?;
        let read = match self.hidden().hides_all() {
            true => RawRow::read_hidden,
            false => RawRow::read,
        };
        self.stream_named(&written.sql, &written.parameters, written.writes, read)
    }

    /// The statement as it is sent. Where the database has to be asked for the types of values, that begins the transaction.
    fn written<'t>(&self, text: &'t Text) -> Result<Written<'t>> {
        let written = text.write(self.dialect(), &[])?;
        let could_be_guessed = |value: &ValueRef<'_>| type_of(*value).is_some();
        if !self.dialect().capabilities().typed_parameters
            || !written.parameters.iter().any(could_be_guessed)
        {
            return Ok(written);
        }
        let guessed = self.guessed(&written.sql, &written.parameters, written.writes)?;
        if guessed.is_empty() {
            return Ok(written);
        }
        text.write(self.dialect(), &guessed)
    }
}
