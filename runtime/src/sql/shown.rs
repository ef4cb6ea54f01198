//! Statements as people see them.

use std::fmt;

use super::Statement;
use crate::{
    dialect,
    error::Result,
    value::{Value, ValueRef},
};

/// A statement as a dialect spells it, and the values that it is sent with.
#[derive(Debug, Clone, PartialEq)]
pub struct Sql {
    text: String,
    parameters: Vec<Value>,
}

impl Sql {
    pub(crate) fn of(statement: Statement<'_>, dialect: crate::Dialect) -> Result<Sql> {
        statement.check_groups()?;
        let rendered = statement.render(dialect::of(dialect))?;
        let parameters = rendered.parameters.into_iter().map(ValueRef::to_owned);
        Ok(Sql {
            parameters: parameters.collect(),
            text: rendered.sql,
        })
    }

    /// The statement, with placeholders where its values go.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The values, in the order of their placeholders.
    pub fn parameters(&self) -> &[Value] {
        &self.parameters
    }
}

/// The text alone.
impl fmt::Display for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
