//! Writing expressions in a dialect.

mod call;
mod cast;
mod like;
mod query;

use crate::{Dialect, Type};

use super::super::{DdlError, dialect::DdlDialect, sql::Sql};
use super::{
    Scope,
    kind::{Kind, kind},
    tree::{Binary, Expr, Function},
};

pub(super) use query::requote;

/// The text of an expression; of a default where `target` says the type of its column.
pub(super) fn write(
    expression: &Expr,
    scope: Scope<'_>,
    dialect: &'static dyn DdlDialect,
    target: Option<&Type>,
) -> Result<String, DdlError> {
    let mut writer = Writer {
        sql: Sql::new(dialect),
        scope,
        dialect,
        target,
    };
    writer.expression(expression)?;
    writer.sql.finish()
}

struct Writer<'c> {
    sql: Sql,
    scope: Scope<'c>,
    dialect: &'static dyn DdlDialect,
    /// The type of the column that the expression is a default of.
    target: Option<&'c Type>,
}

impl Writer<'_> {
    fn to(&self) -> Dialect {
        self.dialect.dialect()
    }

    fn from(&self) -> Dialect {
        self.scope.catalog.dialect
    }

    fn expression(&mut self, expression: &Expr) -> Result<(), DdlError> {
        match expression {
            Expr::Column(name) => return self.column(name),
            Expr::Text(text) => self.sql.literal(text),
            Expr::Bytes(digits) => self.bytes(digits)?,
            Expr::Number(number) => self.sql.push(number),
            Expr::Boolean(value) => self.sql.push(self.dialect.boolean(*value)),
            Expr::Null => self.sql.push("NULL"),
            Expr::Now(now) => {
                let now = self.dialect.now(now, self.target, self.scope.catalog);
                self.sql.push(&now);
            }
            Expr::Not(inner) => {
                self.sql.push("NOT ");
                return self.operand(inner, 4);
            }
            Expr::Negative(inner) => {
                self.sql.push("-");
                return self.operand(inner, 8);
            }
            Expr::Binary(operator, left, right) => return self.binary(*operator, left, right),
            Expr::Is {
                subject,
                negated,
                what,
            } => return self.is(subject, *negated, what),
            Expr::In {
                subject,
                negated,
                list,
            } => return self.within(subject, *negated, list),
            Expr::Between {
                subject,
                negated,
                low,
                high,
            } => {
                self.operand(subject, 5)?;
                self.sql.push(if *negated {
                    " NOT BETWEEN "
                } else {
                    " BETWEEN "
                });
                self.operand(low, 5)?;
                self.sql.push(" AND ");
                return self.operand(high, 5);
            }
            Expr::Like(like) => return self.like(like),
            Expr::Case { .. } => return self.case(expression),
            Expr::Cast(subject, to) => return self.cast(subject, to),
            Expr::Call(function, arguments) => return self.call(*function, arguments),
            Expr::Group(inner) => return self.group(inner),
            Expr::Array(_) => return Err(DdlError::new("it has no arrays")),
        }
        Ok(())
    }

    fn column(&mut self, name: &str) -> Result<(), DdlError> {
        let ty = self.scope.type_of(name);
        match ty.map(|ty| &ty.kind) {
            // Exact numbers are kept as text, which would be compared letter by letter: `'9' > '10'`.
            Some(Type::Decimal { .. }) if self.to() == Dialect::Sqlite => {
                self.sql.push("CAST(");
                self.sql.name(name)?;
                self.sql.push(" AS NUMERIC)");
                Ok(())
            }
            _ => self.sql.name(name),
        }
    }

    fn bytes(&mut self, digits: &str) -> Result<(), DdlError> {
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) || digits.len() % 2 == 1 {
            return Err(DdlError::new(format!("`{digits}` are no bytes")));
        }
        match (self.to(), self.target) {
            (Dialect::Postgres, Some(Type::Uuid)) => self.sql.literal(digits),
            (Dialect::Postgres, _) => {
                self.sql.push("'\\x");
                self.sql.push(digits);
                self.sql.push("'::bytea");
            }
            _ => {
                self.sql.push("X'");
                self.sql.push(digits);
                self.sql.push("'");
            }
        }
        Ok(())
    }

    fn group(&mut self, inner: &Expr) -> Result<(), DdlError> {
        self.sql.push("(");
        self.expression(inner)?;
        self.sql.push(")");
        Ok(())
    }

    /// An operand of an operator that what binds less tightly than `level` needs parentheses beside.
    fn operand(&mut self, operand: &Expr, level: u8) -> Result<(), DdlError> {
        match level_of(operand) < level {
            true => self.group(operand),
            false => self.expression(operand),
        }
    }

    fn binary(&mut self, operator: Binary, left: &Expr, right: &Expr) -> Result<(), DdlError> {
        if operator == Binary::Concatenate {
            return self.concatenation(left, right);
        }
        let (left, right) = (&self.as_boolean(left, right), &self.as_boolean(right, left));
        if matches!(operator, Binary::Divide) {
            self.admit_division(left, right)?;
        }
        let level = operator.level();
        // How operators of level 5 bind, differs; comparisons in a row are read differently.
        let own = if level == 4 || level == 5 {
            level + 1
        } else {
            level
        };
        self.operand(left, if level == 5 { 8 } else { own })?;
        self.sql.push(" ");
        let text = self.operator(operator, left, right);
        self.sql.push(text);
        self.sql.push(" ");
        self.operand(right, if level == 5 { 8 } else { level + 1 })
    }

    fn operator(&self, operator: Binary, left: &Expr, right: &Expr) -> &'static str {
        let is_whole = |side| kind(side, self.scope) == Some(Kind::Integer);
        match operator {
            Binary::Or => "OR",
            Binary::And => "AND",
            Binary::Equal => "=",
            Binary::Unequal => "<>",
            Binary::Less => "<",
            Binary::LessOrEqual => "<=",
            Binary::Greater => ">",
            Binary::GreaterOrEqual => ">=",
            Binary::Same if self.to() == Dialect::Mysql => "<=>",
            Binary::Same if self.to() == Dialect::Sqlite => "IS",
            Binary::Same => "IS NOT DISTINCT FROM",
            Binary::NotSame if self.to() == Dialect::Sqlite => "IS NOT",
            Binary::NotSame => "IS DISTINCT FROM",
            Binary::BitAnd => "&",
            Binary::BitOr => "|",
            Binary::Concatenate => "||",
            Binary::Add => "+",
            Binary::Subtract => "-",
            Binary::Multiply => "*",
            Binary::Divide if self.to() == Dialect::Mysql && is_whole(left) && is_whole(right) => {
                "DIV"
            }
            Binary::Divide => "/",
            Binary::Remainder => "%",
        }
    }

    /// MySQL divides whole numbers with a fraction, and the others without.
    fn admit_division(&self, left: &Expr, right: &Expr) -> Result<(), DdlError> {
        let kinds = (kind(left, self.scope), kind(right, self.scope));
        let has_fraction = kinds.0 == Some(Kind::Fraction) || kinds.1 == Some(Kind::Fraction);
        let is_whole = kinds == (Some(Kind::Integer), Some(Kind::Integer));
        let is_alike = self.from() != Dialect::Mysql && self.to() != Dialect::Mysql;
        match has_fraction || (is_whole && (is_alike || self.to() == Dialect::Mysql)) {
            true => Ok(()),
            false => Err(DdlError::new("it divides differently")),
        }
    }

    /// The side of a comparison, as a truth value where the other one is a column of them: `torn = 0`.
    fn as_boolean(&self, side: &Expr, other: &Expr) -> Expr {
        let is_compared = matches!(other, Expr::Column(_))
            && kind(other, self.scope) == Some(Kind::Boolean)
            && self.to() == Dialect::Postgres;
        match side {
            Expr::Number(number) if is_compared && number == "0" => Expr::Boolean(false),
            Expr::Number(number) if is_compared && number == "1" => Expr::Boolean(true),
            side => side.clone(),
        }
    }

    fn concatenation(&mut self, left: &Expr, right: &Expr) -> Result<(), DdlError> {
        let mut parts = Vec::new();
        flatten(left, &mut parts);
        flatten(right, &mut parts);
        self.call_parts(Function::Concatenate, &parts)
    }

    fn is(&mut self, subject: &Expr, negated: bool, what: &str) -> Result<(), DdlError> {
        self.operand(subject, 5)?;
        self.sql.push(if negated { " IS NOT " } else { " IS " });
        self.sql.push(what);
        Ok(())
    }

    fn within(&mut self, subject: &Expr, negated: bool, list: &[Expr]) -> Result<(), DdlError> {
        if list.is_empty() {
            return Err(DdlError::new("a list is empty"));
        }
        self.operand(subject, 5)?;
        self.sql.push(if negated { " NOT IN (" } else { " IN (" });
        for (position, item) in list.iter().enumerate() {
            if position > 0 {
                self.sql.push(", ");
            }
            let item = self.as_boolean(item, subject);
            self.expression(&item)?;
        }
        self.sql.push(")");
        Ok(())
    }

    fn case(&mut self, case: &Expr) -> Result<(), DdlError> {
        let Expr::Case {
            operand,
            branches,
            otherwise,
        } = case
        else {
            return Ok(());
        };
        self.sql.push("CASE");
        if let Some(operand) = operand {
            self.sql.push(" ");
            self.expression(operand)?;
        }
        for (condition, result) in branches {
            self.sql.push(" WHEN ");
            self.expression(condition)?;
            self.sql.push(" THEN ");
            self.expression(result)?;
        }
        if let Some(otherwise) = otherwise {
            self.sql.push(" ELSE ");
            self.expression(otherwise)?;
        }
        self.sql.push(" END");
        Ok(())
    }
}

/// The parts of a chain of `||`.
fn flatten<'e>(expression: &'e Expr, parts: &mut Vec<&'e Expr>) {
    match expression {
        Expr::Binary(Binary::Concatenate, left, right) => {
            flatten(left, parts);
            flatten(right, parts);
        }
        other => parts.push(other),
    }
}

/// How tightly the outermost operator binds.
fn level_of(expression: &Expr) -> u8 {
    match expression {
        Expr::Binary(operator, ..) => operator.level(),
        Expr::Not(_) => 3,
        Expr::Is { .. } | Expr::In { .. } | Expr::Between { .. } | Expr::Like(_) => 4,
        Expr::Negative(_) => 8,
        _ => 9,
    }
}
