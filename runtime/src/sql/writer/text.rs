//! The sink that makes SQL text.

use aludel_catalog::Quoting;

use super::Sink;
use crate::{dialect::Dialect, model::TableInfo};

/// SQL text in the making.
pub(in crate::sql) struct Text(String);

impl Text {
    pub(in crate::sql) fn new() -> Self {
        Text(String::with_capacity(128))
    }

    pub(in crate::sql) fn into_string(self) -> String {
        self.0
    }
}

impl Sink for Text {
    const MARKS: bool = true;

    fn word(&mut self, word: &'static str) {
        self.0.push_str(word);
    }

    fn name(&mut self, name: &'static str, quoting: impl FnOnce() -> Quoting) {
        quoting().push(&mut self.0, name);
    }

    fn numbered(&mut self, prefix: &'static str, number: usize, quoting: impl FnOnce() -> Quoting) {
        quoting().push(&mut self.0, &format!("{prefix}{number}"));
    }

    fn number(&mut self, number: u64) {
        self.0.push_str(&number.to_string());
    }

    fn placeholder(&mut self, number: usize, dialect: &dyn Dialect) {
        dialect.placeholder(&mut self.0, number);
    }

    fn placeholder_again(&mut self, number: usize, dialect: &dyn Dialect) {
        dialect.placeholder(&mut self.0, number);
    }

    fn placeholders(&mut self, first: usize, count: usize, dialect: &dyn Dialect) {
        for number in first..first + count {
            if number > first {
                self.0.push_str(", ");
            }
            dialect.placeholder(&mut self.0, number);
        }
    }

    fn placeholder_rows(&mut self, first: usize, width: usize, rows: usize, dialect: &dyn Dialect) {
        for row in 0..rows {
            self.0.push_str(if row > 0 { ", (" } else { "(" });
            self.placeholders(first + row * width, width, dialect);
            self.0.push(')');
        }
    }

    fn literal(&mut self, text: &str) {
        self.0.push('\'');
        self.0.push_str(text);
        self.0.push('\'');
    }

    fn table(&mut self, _table: &'static TableInfo, _alias: &'static str) -> bool {
        false
    }
}
