//! The statement inside an error, shown in a length that people read.

use std::fmt;

use crate::value::{ValueRef, shorten};

/// A longer statement is cut in the middle.
const SHOWN_CHARACTERS: usize = 4_000;
/// More parameters than this are left out in the middle.
const SHOWN_PARAMETERS: usize = 12;

/// A statement with its parameters, as it is shown.
#[derive(Debug, Clone)]
pub(crate) struct FailedStatement {
    pub(super) sql: String,
    parameters: Vec<String>,
    left_out: usize,
}

impl FailedStatement {
    pub(crate) fn new(sql: &str, parameters: &[ValueRef<'_>]) -> Self {
        let left_out = parameters.len().saturating_sub(SHOWN_PARAMETERS);
        let head = if left_out == 0 {
            parameters.len()
        } else {
            SHOWN_PARAMETERS - 2
        };
        let tail = parameters.len().min(head + left_out);
        let shown = parameters[..head].iter().chain(&parameters[tail..]);
        FailedStatement {
            sql: sql.to_owned(),
            parameters: shown.map(|value| value.shortened()).collect(),
            left_out,
        }
    }
}

impl fmt::Display for FailedStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  statement: {}", shorten(&self.sql, SHOWN_CHARACTERS))?;
        if self.parameters.is_empty() {
            return Ok(());
        }
        f.write_str("\n  parameters: [")?;
        for (index, parameter) in self.parameters.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            if self.left_out > 0 && index == SHOWN_PARAMETERS - 2 {
                write!(f, "… {} more …, ", self.left_out)?;
            }
            f.write_str(parameter)?;
        }
        f.write_str("]")
    }
}
