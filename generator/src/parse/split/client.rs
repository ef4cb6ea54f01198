//! Lines that are meant for a command-line client and not for the database.

use aludel_catalog::Dialect;

use super::Splitter;
use crate::diagnostic::Span;

impl Splitter<'_> {
    /// Passes a line that is meant for a command-line client, if one starts here.
    pub(super) fn skip_client_command(&mut self) -> bool {
        let line = self.rest().lines().next().unwrap_or_default();
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        let mysql = self.dialect == Dialect::Mysql;
        if mysql && first.eq_ignore_ascii_case("DELIMITER") {
            if let Some(delimiter) = words.next() {
                self.delimiter = delimiter.to_owned();
            }
            self.skip_line();
            return true;
        }
        let is_command = match self.dialect {
            Dialect::Sqlite => first.starts_with('.'),
            Dialect::Postgres => first.starts_with('\\'),
            Dialect::Mysql => first.starts_with('\\') || is_mysql_command(first),
        };
        if mysql && first.eq_ignore_ascii_case("USE") && !line.contains(&self.delimiter) {
            return self.take_line(line.trim_end().len());
        }
        if is_command {
            let (start, end) = (self.position, self.position + line.trim_end().len());
            self.client_commands.push(Span::new(self.file, start, end));
            self.skip_line();
        }
        is_command
    }

    /// Takes a line as a statement that needs no delimiter.
    fn take_line(&mut self, length: usize) -> bool {
        let end = self.position + length;
        while self.position < end {
            match self.byte(0) {
                Some(byte) if byte.is_ascii_whitespace() => self.position += 1,
                Some(byte) => self.token(byte),
                None => break,
            }
        }
        self.close(0);
        true
    }
}

/// Whether a line that begins with this word is meant for the client of MySQL.
fn is_mysql_command(word: &str) -> bool {
    const COMMANDS: &[&str] = &[
        "charset",
        "clear",
        "connect",
        "edit",
        "ego",
        "exit",
        "go",
        "help",
        "nopager",
        "notee",
        "nowarning",
        "pager",
        "print",
        "prompt",
        "quit",
        "rehash",
        "source",
        "status",
        "system",
        "tee",
        "warnings",
    ];
    COMMANDS
        .iter()
        .any(|command| command.eq_ignore_ascii_case(word))
}
