//! Casts.

use crate::Dialect;

use super::super::{
    super::DdlError,
    kind::{Kind, kind},
    tree::{CastTo, Expr},
};
use super::Writer;

impl Writer<'_> {
    pub(super) fn cast(&mut self, subject: &Expr, to: &CastTo) -> Result<(), DdlError> {
        let of = kind(subject, self.scope);
        let bare = match subject {
            Expr::Group(inner) => inner.as_ref(),
            other => other,
        };
        if matches!(bare, Expr::Text(_) | Expr::Null) && self.takes_literal(to) {
            return self.expression(bare);
        }
        // A text stays what it is.
        if *to == CastTo::Text && of == Some(Kind::Text) {
            return self.expression(subject);
        }
        let Some(name) = self.cast_name(of, to) else {
            return Err(DdlError::new(format!(
                "a cast to {to:?} may mean something else there"
            )));
        };
        self.sql.push("CAST(");
        self.expression(bare)?;
        self.sql.push(" AS ");
        self.sql.push(&name);
        self.sql.push(")");
        Ok(())
    }

    /// Whether a text stands for such a value without a cast.
    fn takes_literal(&self, to: &CastTo) -> bool {
        match to {
            CastTo::Text | CastTo::Date | CastTo::Time | CastTo::Timestamp | CastTo::Json => true,
            CastTo::Uuid => self.to() != Dialect::Mysql,
            CastTo::Named(name) => {
                let mut enums = self.scope.catalog.enums.iter();
                enums.any(|known| known.name.name.eq_ignore_ascii_case(name))
            }
            _ => false,
        }
    }

    /// The type's name within CAST; none where dialects cast differently, as they do when they round.
    fn cast_name(&self, of: Option<Kind>, to: &CastTo) -> Option<String> {
        let is_whole = matches!(of, Some(Kind::Integer));
        let is_number = is_whole || of == Some(Kind::Fraction);
        let name = match (to, self.to()) {
            (CastTo::Text, Dialect::Mysql) if is_whole => "CHAR",
            (CastTo::Text, _) if is_whole => "TEXT",
            (CastTo::Integer, Dialect::Mysql) if is_whole => "SIGNED",
            (CastTo::Integer, Dialect::Postgres) if is_whole => "BIGINT",
            (CastTo::Integer, Dialect::Sqlite) if is_whole => "INTEGER",
            (CastTo::Decimal(None), _) if !is_number => return None,
            (CastTo::Decimal(None), Dialect::Mysql) => "DECIMAL(65,30)",
            (CastTo::Decimal(None), _) => "NUMERIC",
            (CastTo::Decimal(Some(digits)), Dialect::Mysql) if is_number => {
                return Some(format!("DECIMAL({digits})"));
            }
            (CastTo::Decimal(Some(digits)), Dialect::Postgres) if is_number => {
                return Some(format!("NUMERIC({digits})"));
            }
            (CastTo::Double, Dialect::Mysql) if is_number => "DOUBLE",
            (CastTo::Double, Dialect::Postgres) if is_number => "DOUBLE PRECISION",
            (CastTo::Double, Dialect::Sqlite) if is_number => "REAL",
            _ => return None,
        };
        Some(name.into())
    }
}
