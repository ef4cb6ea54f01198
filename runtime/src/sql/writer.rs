//! The one place where names, placeholders and numbers become SQL text, or the fingerprint of one.

mod fingerprint;
mod text;

use std::{mem, sync::Arc};

use aludel_catalog::Quoting;

pub(super) use fingerprint::Mixer;
pub(crate) use fingerprint::{BuildPassThrough, Fingerprint};
pub(super) use text::Text;

use super::{
    From, With,
    render::{again::Known, paths::Joined},
    statement::Assigned,
};
use crate::{
    dialect::{Capabilities, Dialect},
    error::{Error, ErrorKind, Result},
    model::TableInfo,
    value::{Value, ValueRef},
};

/// Where what the renderer says goes. Both sinks hear the same calls, so nothing in a text can be missing in its fingerprint.
pub(super) trait Sink {
    /// Whether it is worth knowing which values are secret: a fingerprint has none.
    const MARKS: bool;

    /// Keywords and punctuation.
    fn word(&mut self, word: &'static str);
    /// A name, quoted.
    fn name(&mut self, name: &'static str, quoting: impl FnOnce() -> Quoting);
    /// A name that the renderer makes up, quoted.
    fn numbered(&mut self, prefix: &'static str, number: usize, quoting: impl FnOnce() -> Quoting);
    /// A number.
    fn number(&mut self, number: u64);
    /// The placeholder of a new parameter.
    fn placeholder(&mut self, number: usize, dialect: &dyn Dialect);
    /// The placeholder of a parameter that is there already.
    fn placeholder_again(&mut self, number: usize, dialect: &dyn Dialect);
    /// The placeholders of so many new parameters, with commas between them.
    fn placeholders(&mut self, first: usize, count: usize, dialect: &dyn Dialect);
    /// The placeholders of so many rows of new parameters, each row in parentheses, with commas between them.
    fn placeholder_rows(&mut self, first: usize, width: usize, rows: usize, dialect: &dyn Dialect);
    /// Text between quotes, in which nothing needs to be escaped.
    fn literal(&mut self, text: &str);
    /// All columns of a table in the usual way; tells whether that was enough, and they need not be written one by one.
    fn table(&mut self, table: &'static TableInfo, alias: &'static str) -> bool;
}

/// What a query calls a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Alias {
    /// As the program says.
    Given(&'static str),
    /// A table that a path leads to.
    Path(usize),
}

/// The tables of the SELECT that is being written.
#[derive(Default)]
pub(super) struct Scope<'t> {
    pub(super) from: &'t [From],
    /// How many of them are there already for a condition that stands between them.
    pub(super) visible: usize,
    /// The tables that its paths lead to.
    pub(super) joined: Vec<Joined<'t>>,
    /// What was written, or is yet to be, and has to be written in the same way again.
    pub(super) known: Known<'t>,
}

/// A statement in the making, with the parameters that its placeholders stand for.
pub(super) struct Writer<'d, 't, S> {
    pub(super) dialect: &'d dyn Dialect,
    pub(super) capabilities: &'static Capabilities,
    sink: S,
    parameters: Vec<ValueRef<'t>>,
    /// Which of the parameters are values of sensitive columns, counted from 0.
    secrets: Vec<usize>,
    /// Whether what is being written belongs to a sensitive column.
    in_secret: bool,
    /// The first thing that could not be said. Writing goes on, so that what writes need not care.
    error: Option<Error>,
    pub(super) scope: Scope<'t>,
    /// The table that the statement changes.
    target: Option<&'static str>,
    /// What was assigned so far, where that is what the columns give from now on.
    pub(super) assigned: Option<(&'static TableInfo, &'t [Assigned])>,
    /// The table that no query can read now.
    pub(super) unreadable: Option<&'static TableInfo>,
    /// The tables of the queries around the one that is being written.
    around: Vec<&'t [From]>,
    /// The common table expressions that can be read, the innermost last.
    named: Vec<&'t Arc<With>>,
    depth: usize,
    numbers: usize,
    /// Whether what a query groups by is being written.
    pub(super) in_key: bool,
    /// The next parameter of an expression that was written before.
    repeated: Option<usize>,
}

impl<'d, 't, S: Sink> Writer<'d, 't, S> {
    /// Appends to the parameters, which should be empty.
    pub(super) fn new(dialect: &'d dyn Dialect, sink: S, parameters: Vec<ValueRef<'t>>) -> Self {
        Writer {
            dialect,
            capabilities: dialect.capabilities(),
            sink,
            parameters,
            secrets: Vec::new(),
            in_secret: false,
            error: None,
            scope: Scope::default(),
            target: None,
            assigned: None,
            unreadable: None,
            around: Vec::new(),
            named: Vec::new(),
            depth: 0,
            numbers: 0,
            in_key: false,
            repeated: None,
        }
    }

    /// What was written, and the parameters; or the first thing that could not be said.
    pub(super) fn finish(self) -> (Result<S>, Vec<ValueRef<'t>>) {
        let sink = match self.error {
            None => Ok(self.sink),
            Some(error) => Err(error),
        };
        (sink, self.parameters)
    }

    /// Takes the positions, counted from 0, of those parameters that are values of sensitive columns.
    pub(super) fn take_secrets(&mut self) -> Box<[usize]> {
        mem::take(&mut self.secrets).into_boxed_slice()
    }

    /// Writes something whose parameters are secret where it is `sensitive`, which is asked only where that matters.
    #[inline]
    pub(super) fn marking(
        &mut self,
        sensitive: impl FnOnce() -> bool,
        write: impl FnOnce(&mut Self),
    ) {
        if !S::MARKS || self.in_secret || !sensitive() {
            return write(self);
        }
        self.in_secret = true;
        write(self);
        self.in_secret = false;
    }

    /// Says that a parameter, counted from 0, is the value of a sensitive column.
    pub(super) fn mark(&mut self, parameter: usize) {
        self.secrets.push(parameter);
    }

    /// Marks the parameters from this one on, where what is being written is secret.
    #[inline]
    fn mark_from(&mut self, first: usize) {
        if S::MARKS && self.in_secret {
            self.secrets.extend(first..self.parameters.len());
        }
    }

    /// Keywords and punctuation: always a literal of this crate, or what the schema says.
    #[inline]
    pub(super) fn word(&mut self, word: &'static str) -> &mut Self {
        self.sink.word(word);
        self
    }

    /// A name, quoted.
    #[inline]
    pub(super) fn name(&mut self, name: &'static str) -> &mut Self {
        self.sink.name(name, || self.dialect.quoting());
        self
    }

    /// A name that the renderer makes up.
    pub(super) fn numbered(&mut self, prefix: &'static str, number: usize) -> &mut Self {
        self.sink
            .numbered(prefix, number, || self.dialect.quoting());
        self
    }

    /// What the query calls a table.
    #[inline]
    pub(super) fn alias(&mut self, alias: Alias) -> &mut Self {
        match alias {
            Alias::Given(name) => self.name(name),
            Alias::Path(number) => self.numbered(PATH, number),
        }
    }

    /// All columns of a table; tells whether that was enough.
    #[inline]
    pub(super) fn table(&mut self, table: &'static TableInfo, alias: &'static str) -> bool {
        self.sink.table(table, alias)
    }

    /// An expression of the schema's, in parentheses, in which `{table}` stands for a name.
    pub(super) fn property(&mut self, expression: &'static str, alias: Alias) -> &mut Self {
        self.word("(");
        for (index, part) in expression.split("{table}").enumerate() {
            if index > 0 {
                self.alias(alias);
            }
            self.word(part);
        }
        self.word(")")
    }

    /// A value: its placeholder, and the value among the parameters.
    #[inline]
    pub(super) fn parameter(&mut self, value: &'t Value) -> &mut Self {
        self.bind(value.as_ref())
    }

    /// So many values with commas between them.
    pub(super) fn parameters(&mut self, values: impl Iterator<Item = &'t Value>) -> &mut Self {
        if self.in_key {
            return self.list(values, ", ", |writer, value| {
                writer.parameter(value);
            });
        }
        let first = self.parameters.len();
        self.parameters.extend(values.map(Value::as_ref));
        self.mark_from(first);
        let count = self.parameters.len() - first;
        self.sink.placeholders(first + 1, count, self.dialect);
        self
    }

    /// Values as so many rows of such a width, each in parentheses, with commas between them.
    pub(super) fn parameter_rows(
        &mut self,
        values: impl Iterator<Item = &'t Value>,
        width: usize,
        rows: usize,
    ) -> &mut Self {
        let first = self.parameters.len();
        self.parameters.reserve(width * rows);
        self.parameters.extend(values.map(Value::as_ref));
        self.mark_from(first);
        self.sink
            .placeholder_rows(first + 1, width, rows, self.dialect);
        self
    }

    /// The number of parameters so far.
    pub(super) fn bound(&self) -> usize {
        self.parameters.len()
    }

    /// Begins to write an expression that was written before: its parameters are there, from this number on. Or ends.
    pub(super) fn repeat(&mut self, first: Option<usize>) {
        self.repeated = first;
    }

    #[inline]
    fn bind(&mut self, value: ValueRef<'t>) -> &mut Self {
        if let Some(number) = self.repeated {
            self.repeated = Some(number + 1);
            self.sink.placeholder_again(number, self.dialect);
            return self;
        }
        self.parameters.push(value);
        self.mark_from(self.parameters.len() - 1);
        self.sink.placeholder(self.parameters.len(), self.dialect);
        self
    }

    /// A limit, written out where the dialect is slow with a bound one.
    pub(super) fn count(&mut self, count: u64) -> &mut Self {
        let count = count.min(i64::MAX as u64);
        if self.capabilities.bound_limit {
            return self.bind(ValueRef::Int(count as i64));
        }
        self.number(count)
    }

    /// A number that is part of the statement.
    pub(super) fn number(&mut self, number: u64) -> &mut Self {
        self.sink.number(number);
        self
    }

    /// A text between quotes, where the database takes nothing else: short, and of characters that mean nothing there.
    pub(super) fn literal(&mut self, value: &Value) -> &mut Self {
        match value {
            Value::Text(text) if text.len() <= 32 && text.bytes().all(is_harmless) => {
                self.sink.literal(text);
            }
            _ => self.unsupported(
                "takes only what is short and printable in this place, without quotes and backslashes: do it in Rust",
            ),
        }
        self
    }

    /// Each item by `write`, with `separator` between them.
    #[inline]
    pub(super) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        separator: &'static str,
        mut write: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.word(separator);
            }
            write(self, item);
        }
        self
    }

    /// Says what the dialect cannot do: a sentence that its name begins.
    #[cold]
    pub(super) fn unsupported(&mut self, what: &str) {
        let message = format!("{} {what}", self.dialect.title());
        self.refuse(ErrorKind::Unsupported, message);
    }

    /// Says what nobody can do.
    #[cold]
    pub(super) fn invalid(&mut self, message: &str) {
        self.refuse(ErrorKind::InvalidRequest, message.to_owned());
    }

    fn refuse(&mut self, kind: ErrorKind, message: String) {
        if self.error.is_none() {
            self.error = Some(Error::new(kind, message));
        }
    }

    /// Names the table that the statement changes.
    pub(super) fn changes(&mut self, table: &'static TableInfo) {
        self.target = Some(table.name);
    }

    /// Whether this is the row that the statement changes, and no table of a query within.
    pub(super) fn is_target(&self, alias: Alias) -> bool {
        let Alias::Given(name) = alias else {
            return false;
        };
        self.target == Some(name) && self.tables().all(|from| from.alias != name)
    }

    /// The tables of this query and of those around.
    fn tables(&self) -> impl Iterator<Item = &'t From> {
        let all = self.around.iter().copied().chain([self.scope.from]);
        all.flatten()
    }

    /// Goes into a SELECT; what it gives is for [`leave`](Self::leave).
    #[inline]
    pub(super) fn enter(&mut self, from: &'t [From]) -> Scope<'t> {
        if self.depth > 0 {
            self.around.push(self.scope.from);
        }
        self.depth += 1;
        let inner = Scope {
            from,
            visible: from.len(),
            joined: Vec::new(),
            known: Known::default(),
        };
        mem::replace(&mut self.scope, inner)
    }

    /// Goes back to the SELECT around.
    #[inline]
    pub(super) fn leave(&mut self, outer: Scope<'t>) {
        self.depth -= 1;
        self.around.pop();
        self.scope = outer;
    }

    /// How many common table expressions can be read.
    pub(super) fn named(&self) -> usize {
        self.named.len()
    }

    /// Says that a common table expression can be read.
    pub(super) fn add_named(&mut self, with: &'t Arc<With>) {
        self.named.push(with);
    }

    /// Says that those behind the first so many can be read no longer.
    pub(super) fn forget_named(&mut self, first: usize) {
        self.named.truncate(first);
    }

    /// Whether the name of a common table expression stands for just that one already.
    pub(super) fn knows_named(&self, with: &Arc<With>) -> bool {
        let same_name = self
            .named
            .iter()
            .rfind(|known| known.table.name == with.table.name);
        same_name.is_some_and(|known| Arc::ptr_eq(known, with))
    }

    /// A number that no other name made up in this statement has.
    pub(super) fn next_number(&mut self) -> usize {
        self.numbers += 1;
        self.numbers
    }

    /// A number for a table that a path leads to: no table of this query or of those around is called so.
    pub(super) fn next_path(&mut self) -> usize {
        loop {
            let number = self.next_number();
            let mut names = self.tables().map(|from| from.alias).chain(self.target);
            if !names.any(|name| is_path(name, number)) {
                return number;
            }
        }
    }
}

/// What the tables that paths lead to are called, with a number.
const PATH: &str = "path_";

fn is_path(alias: &str, number: usize) -> bool {
    alias
        .strip_prefix(PATH)
        .is_some_and(|rest| rest.parse() == Ok(number))
}

fn is_harmless(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'\'' | b'"' | b'`' | b'\\')
}
