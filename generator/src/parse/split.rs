//! Cutting a schema file into statements.

mod client;
mod quoted;
mod words;

use aludel_catalog::Dialect;

use self::words::Words;
use crate::diagnostic::{Diagnostic, Span};

/// A statement: where it stands, without the semicolon behind it, and how it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) span: Span,
    /// Its first words in capitals; quoted names are left out.
    pub(super) words: Vec<String>,
}

/// A file cut into statements.
#[derive(Debug)]
pub(super) struct Split {
    /// The text with what is only meant for other programs blanked out: the frames of MySQL's `/*! … */`. As long as the original.
    pub(super) text: String,
    /// Its statements.
    pub(super) statements: Vec<Statement>,
    /// Lines for a command-line client, such as `\connect`.
    pub(super) client_commands: Vec<Span>,
    /// Comments that say something of what stands beside them: `-- @model Account`, from the `@` on.
    pub(super) remarks: Vec<Span>,
    /// What is never closed.
    pub(super) problems: Vec<Diagnostic>,
}

/// Cuts `text`, which is that of the file with this index.
pub(super) fn split(file: usize, text: &str, dialect: Dialect) -> Split {
    let mut splitter = Splitter {
        text,
        bytes: text.as_bytes(),
        dialect,
        file,
        position: 0,
        delimiter: ";".to_owned(),
        open: None,
        in_hint: false,
        blanks: Vec::new(),
        statements: Vec::new(),
        client_commands: Vec::new(),
        remarks: Vec::new(),
        problems: Vec::new(),
    };
    splitter.run();
    splitter.finish()
}

struct Splitter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    dialect: Dialect,
    file: usize,
    position: usize,
    delimiter: String,
    open: Option<Open>,
    /// Whether we are within `/*! … */`.
    in_hint: bool,
    /// The pieces to blank out.
    blanks: Vec<(usize, usize)>,
    statements: Vec<Statement>,
    client_commands: Vec<Span>,
    remarks: Vec<Span>,
    problems: Vec<Diagnostic>,
}

/// The statement that is being read.
struct Open {
    start: usize,
    /// Behind its last token.
    end: usize,
    words: Words,
}

impl Splitter<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.byte(0) {
            if byte.is_ascii_whitespace() {
                self.position += 1;
            } else if self.open.is_none() && self.rest().starts_with(BYTE_ORDER_MARK) {
                self.position += BYTE_ORDER_MARK.len();
            } else if self.skip_comment() {
            } else if self.rest().starts_with(&self.delimiter) {
                self.close(self.delimiter.len());
            } else if self.open.is_none() && self.skip_client_command() {
            } else if byte == b';' && self.ends_within_delimiter() {
                self.close(1);
            } else {
                self.token(byte);
            }
        }
        self.close(0);
    }

    /// Passes one token of a statement.
    fn token(&mut self, byte: u8) {
        let start = self.position;
        let is_word = is_word_byte(byte);
        match self.quoted_end() {
            Some(Ok(end)) => self.position = end,
            Some(Err(what)) => {
                let problem = unterminated(what, Span::new(self.file, start, start + 1));
                self.problems.push(match self.dollar_tag(start) {
                    Some(tag) => problem.help(format!("it ends where `{tag}` stands again")),
                    None => problem,
                });
                self.open = None;
                self.position = self.bytes.len();
                return;
            }
            None if is_word => {
                let length = self.bytes[start..]
                    .iter()
                    .take_while(|byte| is_word_byte(**byte))
                    .count();
                self.position += length;
            }
            None => self.position += 1,
        }
        let (word, end) = (&self.text.as_bytes()[start..self.position], self.position);
        let open = self.open.get_or_insert_with(|| Open {
            start,
            end,
            words: Words::new(self.dialect),
        });
        open.end = end;
        // A text right behind a letter is E'…' or b'…', not a word.
        if is_word && word.iter().all(|byte| is_word_byte(*byte)) {
            open.words.push(word);
        } else {
            open.words.other(word);
        }
    }

    /// Ends the open statement, if there is one, and goes on behind its delimiter.
    fn close(&mut self, delimiter: usize) {
        self.position += delimiter;
        let Some(open) = self
            .open
            .take_if(|open| delimiter == 0 || self.delimiter != ";" || !open.words.in_body())
        else {
            if let Some(open) = &mut self.open {
                open.words.other(b";");
                open.end = self.position;
            }
            return;
        };
        if open.words.reads_stdin() {
            self.skip_copied_rows();
        }
        self.statements.push(Statement {
            span: Span::new(self.file, open.start, open.end),
            words: open.words.into_leading(),
        });
    }

    /// Whether a semicolon ends a statement although another delimiter is set.
    fn ends_within_delimiter(&self) -> bool {
        self.open.as_ref().is_none_or(|open| !open.words.has_body())
    }

    /// Passes a comment, if one starts here. The frame of `/*! … */` counts as one, its content does not.
    fn skip_comment(&mut self) -> bool {
        let rest = &self.bytes[self.position..];
        let mysql = self.dialect == Dialect::Mysql;
        if let Some(length) = mysql.then(|| hint_start(rest)).flatten() {
            self.in_hint = true;
            self.blank(length);
            return true;
        }
        if self.in_hint && rest.starts_with(b"*/") {
            self.in_hint = false;
            self.blank(2);
            return true;
        }
        if rest.starts_with(b"/*") {
            self.skip_block_comment();
            return true;
        }
        let is_line = match rest {
            [b'-', b'-', after @ ..] => !mysql || after.first().is_none_or(u8::is_ascii_whitespace),
            [b'#', ..] => mysql,
            _ => false,
        };
        if is_line {
            self.note_remark();
            self.skip_line();
        }
        is_line
    }

    /// Notes the comment that starts here, if it is one that says something.
    fn note_remark(&mut self) {
        let line = self.rest().lines().next().unwrap_or_default();
        let text = line.trim_start_matches(['-', '#']).trim_start();
        if text.starts_with('@') {
            let start = self.position + line.len() - text.len();
            let end = start + text.trim_end().len();
            self.remarks.push(Span::new(self.file, start, end));
        }
    }

    fn skip_block_comment(&mut self) {
        let start = self.position;
        let mut depth = 0_usize;
        while let Some(byte) = self.byte(0) {
            match (byte, self.byte(1)) {
                (b'/', Some(b'*')) if depth == 0 || self.dialect == Dialect::Postgres => {
                    depth += 1;
                    self.position += 2;
                }
                (b'*', Some(b'/')) => {
                    depth -= 1;
                    self.position += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.position += 1,
            }
        }
        self.problems.push(unterminated(
            "comment",
            Span::new(self.file, start, start + 2),
        ));
        self.open = None;
    }

    /// Passes the rows behind `COPY … FROM stdin`.
    fn skip_copied_rows(&mut self) {
        self.skip_line();
        while self.position < self.bytes.len() {
            let is_last = self
                .rest()
                .lines()
                .next()
                .is_some_and(|line| line.trim_end() == "\\.");
            self.skip_line();
            if is_last {
                return;
            }
        }
    }

    fn skip_line(&mut self) {
        let length = self
            .rest()
            .find('\n')
            .map_or(self.rest().len(), |end| end + 1);
        self.position += length;
    }

    fn blank(&mut self, length: usize) {
        self.blanks.push((self.position, self.position + length));
        self.position += length;
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.position + ahead).copied()
    }

    fn rest(&self) -> &str {
        &self.text[self.position..]
    }

    fn finish(self) -> Split {
        let mut text = String::with_capacity(self.text.len());
        let mut end = 0;
        for (start, stop) in self.blanks {
            text.push_str(&self.text[end..start]);
            text.extend(std::iter::repeat_n(' ', stop - start));
            end = stop;
        }
        text.push_str(&self.text[end..]);
        Split {
            text,
            statements: self.statements,
            client_commands: self.client_commands,
            remarks: self.remarks,
            problems: self.problems,
        }
    }
}

/// The length of what opens a comment that MySQL or MariaDB reads as SQL: `/*!40101`, `/*M!100100`. For a version that there
/// will never be, it is a comment.
fn hint_start(text: &[u8]) -> Option<usize> {
    let opening = [&b"/*!"[..], b"/*M!"]
        .into_iter()
        .find(|opening| text.starts_with(opening))?;
    let version = &text[opening.len()..];
    let digits = version
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let never = digits >= 6 && version[..digits].iter().all(|digit| *digit == b'9');
    (!never).then_some(opening.len() + digits)
}

/// It stands where a file began that is a part of this one now.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Letters, digits, underscores and everything beyond ASCII.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn unterminated(what: &str, start: Span) -> Diagnostic {
    Diagnostic::error(format!("this {what} is never closed"))
        .at(start)
        .label("opened here")
}

#[cfg(test)]
mod tests;
