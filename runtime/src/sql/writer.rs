//! The one place where names, placeholders and numbers become SQL text.

use crate::{dialect::Dialect, value::Value};

/// Text in the making, with the parameters that its placeholders stand for.
pub(super) struct Writer<'d> {
    pub(super) dialect: &'d dyn Dialect,
    sql: String,
    parameters: Vec<Value>,
}

/// A statement, ready to run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rendered {
    /// The text.
    pub(crate) sql: String,
    /// The values of its placeholders, in order.
    pub(crate) parameters: Vec<Value>,
}

impl<'d> Writer<'d> {
    pub(super) fn new(dialect: &'d dyn Dialect) -> Self {
        Writer {
            dialect,
            sql: String::with_capacity(128),
            parameters: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Rendered {
        Rendered {
            sql: self.sql,
            parameters: self.parameters,
        }
    }

    /// Keywords and punctuation: always a literal of this crate.
    pub(super) fn word(&mut self, word: &'static str) -> &mut Self {
        self.sql.push_str(word);
        self
    }

    /// A name, quoted.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.dialect.quoting().push(&mut self.sql, name);
        self
    }

    /// An expression of the schema's, in parentheses, in which `{table}` stands for a name.
    pub(super) fn property(&mut self, expression: &'static str, alias: &str) -> &mut Self {
        self.word("(");
        for (index, part) in expression.split("{table}").enumerate() {
            if index > 0 {
                self.name(alias);
            }
            self.word(part);
        }
        self.word(")")
    }

    /// A value: its placeholder, and the value among the parameters.
    pub(super) fn parameter(&mut self, value: &Value) -> &mut Self {
        self.parameters.push(value.clone());
        self.dialect
            .placeholder(&mut self.sql, self.parameters.len());
        self
    }

    /// A typed number, written out where the dialect is slow with a bound one.
    pub(super) fn count(&mut self, count: u64) -> &mut Self {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if self.dialect.capabilities().bound_limit {
            return self.parameter(&Value::Int(count));
        }
        self.sql.push_str(&count.to_string());
        self
    }

    /// Each item by `write`, with `separator` between them.
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
}
