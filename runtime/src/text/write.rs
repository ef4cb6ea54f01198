//! A statement as a dialect spells it: placeholders in the place of names.

use super::{
    Given, Text,
    scan::{Piece, Scanned, scan},
};
use crate::{
    dialect::Dialect,
    error::{Error, ErrorKind, Hidden, Result},
    sql::{CastType, padded},
    value::ValueRef,
};

/// What is sent.
#[derive(Debug)]
pub(super) struct Written<'t> {
    pub(super) sql: String,
    pub(super) parameters: Vec<ValueRef<'t>>,
    /// Whether it may write, as far as its words tell.
    pub(super) writes: bool,
    /// Whether it changes no rows, so that a server's count is of those that it gives.
    pub(super) only_gives: bool,
}

/// The first words of statements that read, with and without the one that may stand before any other.
const READING: [&str; 9] = [
    "SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN", "DESCRIBE", "DESC", "PRAGMA", "WITH",
];

/// A list that is empty, wherever it stands. The table is for databases that have no WHERE without one.
const NOTHING: &str = "(SELECT NULL FROM (SELECT 1) AS no_rows WHERE 1 = 0)";

impl Text {
    /// The statement for a dialect. The values at the positions in `converted` are converted to the types that they have.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where names and values do not go together.
    pub(super) fn write(&self, dialect: &dyn Dialect, converted: &[usize]) -> Result<Written<'_>> {
        let scanned = scan(&self.sql, dialect.lexis());
        let filled = self.check(&scanned).and_then(|()| {
            let filled = self.fill(&scanned, Writer::new(dialect, converted, true))?;
            if filled.parameters.len() <= dialect.capabilities().max_parameters {
                return Ok(filled);
            }
            self.fill(&scanned, Writer::new(dialect, converted, false))
        });
        let filled =
            filled.map_err(|error| error.with_statement(&self.sql, &[], Hidden::NOTHING))?;
        let is = |word: &str| scanned.first.eq_ignore_ascii_case(word);
        let reads = READING.into_iter().any(is);
        Ok(Written {
            sql: filled.sql,
            parameters: filled.parameters,
            writes: !reads || scanned.changes,
            only_gives: reads && !(is("WITH") && scanned.changes),
        })
    }

    fn fill<'t, 'w>(
        &'t self,
        scanned: &Scanned<'w>,
        mut writer: Writer<'w, 't>,
    ) -> Result<Writer<'w, 't>> {
        let mut pieces = scanned.pieces.iter().peekable();
        while let Some(piece) = pieces.next() {
            match *piece {
                Piece::Sql(sql) => writer.sql.push_str(sql),
                Piece::Name(name) => {
                    let follows = match pieces.peek() {
                        Some(Piece::Sql(sql)) => sql,
                        _ => "",
                    };
                    let given = self.given(name).ok_or_else(|| missing(name))?;
                    writer.value(name, given, follows)?;
                }
            }
        }
        Ok(writer)
    }

    fn given(&self, name: &str) -> Option<&Given> {
        let mut values = self.values.iter();
        let (_, given) = values.find(|(other, _)| other == name)?;
        Some(given)
    }

    fn check(&self, scanned: &Scanned<'_>) -> Result<()> {
        if scanned.first.is_empty() {
            return Err(invalid("there is no statement in the SQL"));
        }
        if let Some(sign) = scanned.placeholder {
            let message = format!(
                "the SQL has the placeholder `{sign}`: write a name, as in `:name`, and `.bind(\"name\", …)`"
            );
            return Err(invalid(message));
        }
        let has = |name: &str| scanned.pieces.contains(&Piece::Name(name));
        match self.values.iter().find(|(name, _)| !has(name)) {
            None => Ok(()),
            Some((name, _)) => Err(unknown(name, scanned)),
        }
    }
}

struct Writer<'w, 't> {
    dialect: &'w dyn Dialect,
    sql: String,
    parameters: Vec<ValueRef<'t>>,
    /// The names that have placeholders already, and the number of the first.
    placed: Vec<(&'w str, usize)>,
    converted: &'w [usize],
    /// Whether lists are filled up.
    pads: bool,
}

impl<'w, 't> Writer<'w, 't> {
    fn new(dialect: &'w dyn Dialect, converted: &'w [usize], pads: bool) -> Self {
        Writer {
            dialect,
            sql: String::new(),
            parameters: Vec::new(),
            placed: Vec::new(),
            converted,
            pads,
        }
    }

    fn value(&mut self, name: &'w str, given: &'t Given, follows: &str) -> Result<()> {
        match given {
            Given::One(value) => self.placeholders(name, [value.as_ref()].into_iter()),
            Given::List(_) if self.is_enclosed(follows) => {
                let message = format!(
                    "the list `:{name}` stands in parentheses: write `IN :{name}`, it brings its own"
                );
                return Err(invalid(message));
            }
            Given::List(values) => {
                let Some(last) = values.last() else {
                    self.nothing();
                    return Ok(());
                };
                let most = self.dialect.capabilities().max_parameters;
                let padding = if self.pads {
                    padded(values.len(), most) - values.len()
                } else {
                    0
                };
                let padding = std::iter::repeat_n(last, padding);
                let values: Vec<_> = values.iter().chain(padding).map(|v| v.as_ref()).collect();
                self.sql.push('(');
                self.placeholders(name, values.into_iter());
                self.sql.push(')');
            }
        }
        Ok(())
    }

    fn placeholders(&mut self, name: &'w str, values: impl ExactSizeIterator<Item = ValueRef<'t>>) {
        let count = values.len();
        let placed = self.placed.iter().find(|(other, _)| *other == name);
        let first = match placed {
            Some((_, first)) => *first,
            None => {
                let first = self.parameters.len() + 1;
                self.parameters.extend(values);
                if self.dialect.capabilities().repeated_parameters {
                    self.placed.push((name, first));
                }
                first
            }
        };
        for number in first..first + count {
            if number > first {
                self.sql.push_str(", ");
            }
            self.placeholder(number);
        }
    }

    fn placeholder(&mut self, number: usize) {
        let index = number - 1;
        let conversion = if self.converted.contains(&index) {
            type_of(self.parameters[index]).and_then(|to| self.dialect.cast(to))
        } else {
            None
        };
        let mut sign = String::new();
        self.dialect.placeholder(&mut sign, number);
        match conversion {
            Some(template) => self.sql.push_str(&template.replace('@', &sign)),
            None => self.sql.push_str(&sign),
        }
    }

    fn is_enclosed(&self, follows: &str) -> bool {
        self.sql.trim_end().ends_with('(') && follows.trim_start().starts_with(')')
    }

    /// In the place of a list without values. Some databases have to be told by the operator.
    fn nothing(&mut self) {
        let before = self.sql.trim_end();
        match (
            self.dialect.capabilities().nothing_within,
            without_word(before, "IN"),
        ) {
            (Some([within, without]), Some(operand)) => {
                let (operand, operator) = match without_word(operand, "NOT") {
                    Some(operand) => (operand, without),
                    None => (operand, within),
                };
                self.sql.truncate(operand.len());
                self.sql.push(' ');
                self.sql.push_str(operator);
            }
            _ => self.sql.push_str(NOTHING),
        }
    }
}

/// The type of a value that cannot be read back from its text.
pub(super) fn type_of(value: ValueRef<'_>) -> Option<CastType> {
    match value {
        ValueRef::Bool(_) => Some(CastType::Bool),
        ValueRef::Int(_) => Some(CastType::Int64),
        ValueRef::UInt(_) => Some(CastType::Decimal),
        ValueRef::Float(_) => Some(CastType::Float64),
        _ => None,
    }
}

/// The text without a word at its end, if that is one.
fn without_word<'s>(text: &'s str, word: &str) -> Option<&'s str> {
    let at = text.len().checked_sub(word.len())?;
    let (before, last) = (text.get(..at)?, text.get(at..)?);
    let is_whole = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.');
    (is_whole && last.eq_ignore_ascii_case(word)).then(|| before.trim_end())
}

#[cold]
fn missing(name: &str) -> Error {
    let message = format!(
        "`:{name}` has no value: `.bind(\"{name}\", …)` gives it one; `\\:` is a colon that begins no name"
    );
    invalid(message)
}

#[cold]
fn unknown(name: &str, scanned: &Scanned<'_>) -> Error {
    let mut names: Vec<String> = Vec::new();
    for piece in &scanned.pieces {
        if let Piece::Name(name) = piece {
            let name = format!("`:{name}`");
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let names = if names.is_empty() {
        "it has no names".to_owned()
    } else {
        format!("its names are {}", names.join(", "))
    };
    invalid(format!(
        "there is no `:{name}` in the SQL for its value: {names}"
    ))
}

#[cold]
fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidRequest, message)
}

#[cfg(test)]
mod tests;
