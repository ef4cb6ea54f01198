//! What a database answers.

use aludel::{Connection, text_unchecked, value::Value};

/// A row of an answer.
pub(crate) struct Row(Vec<Value>);

/// The rows of a query.
pub(crate) fn rows(conn: &Connection, sql: &str) -> Vec<Row> {
    let result = conn.execute(text_unchecked(sql)).unwrap();
    let rows = result.all().into_iter();
    rows.map(|row| Row(row.values().to_vec())).collect()
}

impl Row {
    /// A text that may be NULL.
    pub(crate) fn optional(&self, column: usize) -> Option<String> {
        match &self.0[column] {
            Value::Null => None,
            Value::Text(text) => Some(text.clone().into_owned()),
            Value::Bytes(bytes) => Some(String::from_utf8(bytes.clone()).unwrap()),
            other => panic!("{other:?} is no text"),
        }
    }

    pub(crate) fn text(&self, column: usize) -> String {
        self.optional(column).unwrap()
    }

    pub(crate) fn number(&self, column: usize) -> i64 {
        match self.0[column] {
            Value::Int(number) => number,
            ref other => panic!("{other:?} is no number"),
        }
    }

    pub(crate) fn is(&self, column: usize) -> bool {
        match self.0[column] {
            Value::Bool(truth) => truth,
            Value::Int(number) => number != 0,
            ref other => panic!("{other:?} is no truth value"),
        }
    }

    /// The texts of an array.
    pub(crate) fn list(&self, column: usize) -> Vec<String> {
        match &self.0[column] {
            Value::Array(items) => items
                .iter()
                .map(|item| match item {
                    Value::Text(text) => text.clone().into_owned(),
                    other => panic!("{other:?} is no text"),
                })
                .collect(),
            other => panic!("{other:?} is no list"),
        }
    }
}
