//! Reading names, numbers and texts.

use sqlparser::tokenizer::{Token, Word};

use aludel_catalog::{Dialect, Name};

use super::{Cursor, string_value};
use crate::parse::{Placed, Result};

impl Cursor<'_> {
    /// A whole number, with or without a sign.
    pub(in crate::parse) fn number(&mut self) -> Result<Placed<String>> {
        let before = *self;
        let start = self.span();
        let minus = self.eat_symbol(&Token::Minus);
        if !minus {
            self.eat_symbol(&Token::Plus);
        }
        if let Some(Token::Number(digits, _)) = self.peek() {
            self.position += 1;
            let sign = if minus { "-" } else { "" };
            return Ok(Placed::new(
                format!("{sign}{digits}"),
                self.span_from(start),
            ));
        }
        Err(before.expected("a number"))
    }

    /// A text in quotes.
    pub(in crate::parse) fn string(&mut self) -> Result<Placed<String>> {
        match self.peek().and_then(string_value) {
            Some(value) => {
                self.position += 1;
                Ok(Placed::new(value.to_owned(), self.last_span()))
            }
            None => Err(self.expected("a text in quotes")),
        }
    }

    /// An identifier, folded as its dialect folds; `what` says what it names.
    pub(in crate::parse) fn identifier(&mut self, what: &str) -> Result<Placed<String>> {
        let value = match self.peek() {
            Some(Token::Word(word)) => self.fold(word),
            Some(Token::SingleQuotedString(text)) if self.source.dialect == Dialect::Sqlite => {
                text.clone()
            }
            Some(Token::DoubleQuotedString(text)) => text.clone(),
            _ => return Err(self.expected(what)),
        };
        self.position += 1;
        Ok(Placed::new(value, self.last_span()))
    }

    /// A name, with the namespace before it where that is not the default one.
    pub(in crate::parse) fn name(&mut self, what: &str) -> Result<Placed<Name>> {
        let mut parts = vec![self.identifier(what)?];
        while self.eat_symbol(&Token::Period) {
            parts.push(self.identifier(what)?);
        }
        self.join(parts).ok_or_else(|| self.expected(what))
    }

    /// A collation, with its namespace where that is not the server's own.
    pub(in crate::parse) fn collation(&mut self) -> Result<String> {
        let mut parts = vec![self.identifier("a collation")?.value];
        while self.eat_symbol(&Token::Period) {
            parts.push(self.identifier("a collation")?.value);
        }
        parts.retain(|part| part != "pg_catalog");
        Ok(parts.join("."))
    }

    /// A table and its column: `users.id`.
    pub(in crate::parse) fn qualified_name(
        &mut self,
        what: &str,
    ) -> Result<(Placed<Name>, Placed<String>)> {
        let mut parts = vec![self.identifier(what)?];
        while self.eat_symbol(&Token::Period) {
            parts.push(self.identifier(what)?);
        }
        let column = parts.pop().ok_or_else(|| self.expected(what))?;
        match self.join(parts) {
            Some(table) => Ok((table, column)),
            None => Err(self.expected("`.`")),
        }
    }

    /// A namespace as it stands in names: the default one is left out.
    pub(in crate::parse) fn namespace(&self, schema: String) -> Option<String> {
        let default = self.source.default_schema;
        let is_default = default.is_some_and(|default| default.eq_ignore_ascii_case(&schema));
        (!is_default).then_some(schema)
    }

    /// The name that the last two of these parts are.
    fn join(&self, mut parts: Vec<Placed<String>>) -> Option<Placed<Name>> {
        let last = parts.pop()?;
        let schema = match parts.pop() {
            Some(schema) => self.namespace(schema.value),
            None => self.source.current_schema.map(str::to_owned),
        };
        let name = Name {
            schema,
            name: last.value,
        };
        Some(Placed::new(name, last.span))
    }

    fn fold(&self, word: &Word) -> String {
        match (self.source.dialect, word.quote_style) {
            (Dialect::Postgres, None) => word.value.to_ascii_lowercase(),
            _ => word.value.clone(),
        }
    }
}
