//! LIKE, whose notice of case differs: SQLite's takes none, PostgreSQL's does, MySQL's goes by the collation.

use crate::Dialect;

use super::super::{
    super::DdlError,
    tree::{Expr, Like},
};
use super::Writer;

impl Writer<'_> {
    pub(super) fn like(&mut self, like: &Like) -> Result<(), DdlError> {
        let Expr::Text(pattern) = like.pattern.as_ref() else {
            return Err(DdlError::new("its pattern is not a text"));
        };
        let has_letters = pattern.chars().any(char::is_alphabetic);
        let ignores_case = has_letters && like.ignores_case;
        let not = if like.negated { " NOT" } else { "" };
        match self.to() {
            Dialect::Sqlite if has_letters && !ignores_case => {
                self.operand(&like.subject, 5)?;
                self.sql.push(not);
                self.sql.push(" GLOB ");
                self.sql.literal(&glob(pattern));
            }
            Dialect::Mysql if ignores_case => {
                self.sql.push("LOWER(");
                self.expression(&like.subject)?;
                self.sql.push(")");
                self.sql.push(not);
                self.sql.push(" LIKE ");
                self.sql.literal(&pattern.to_lowercase());
            }
            to => {
                let is_ilike = to == Dialect::Postgres && ignores_case;
                self.operand(&like.subject, 5)?;
                self.sql.push(not);
                self.sql.push(if is_ilike { " ILIKE " } else { " LIKE " });
                self.sql.literal(pattern);
            }
        }
        Ok(())
    }
}

/// The pattern in words of GLOB, which takes notice of case.
fn glob(pattern: &str) -> String {
    let mut glob = String::new();
    for character in pattern.chars() {
        match character {
            '%' => glob.push('*'),
            '_' => glob.push('?'),
            '*' | '?' | '[' => {
                glob.push('[');
                glob.push(character);
                glob.push(']');
            }
            other => glob.push(other),
        }
    }
    glob
}
