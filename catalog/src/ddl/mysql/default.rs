//! Defaults. Only constants and the current moment of a DATETIME stand without parentheses, and long texts have no other
//! defaults than expressions.

use crate::{Catalog, Default, Dialect, Type};

use super::super::dialect::{ColumnScope, DdlDialect, default_expression};
use super::super::{DdlError, moment, sql::Sql, values};
use super::Mysql;

pub(super) fn value(
    scope: ColumnScope<'_>,
    type_name: &str,
    default: &Default,
) -> Result<String, DdlError> {
    let is_own = scope.catalog.dialect == Dialect::Mysql;
    let kind = &scope.ty.kind;
    let mut sql = Sql::new(&Mysql);
    match default {
        Default::Null => sql.push("NULL"),
        Default::Boolean(value) => sql.push(Mysql.boolean(*value)),
        Default::Number(number) if is_own => sql.push(number),
        Default::Number(number) => {
            let number = values::decimal(number)?;
            match kind {
                Type::Boolean => sql.push(Mysql.boolean(!values::is_zero(&number))),
                Type::Text { .. } => sql.literal(&number),
                _ => sql.push(&number),
            }
        }
        Default::Text(text) if *kind == Type::Uuid && type_name.starts_with("BINARY") => {
            sql.push("X'");
            sql.push(&uuid_digits(text)?);
            sql.push("'");
        }
        // Bytes may contain a NUL, which a text cannot.
        Default::Text(text) if matches!(kind, Type::Bytes { .. }) => {
            sql.push(&format!("X'{}'", values::hexadecimal(text)));
        }
        Default::Text(text) if !is_own => sql.literal(&moment::text(text, kind, Dialect::Mysql)?),
        Default::Text(text) => sql.literal(text),
        Default::Now(word) => {
            let now = now(word, Some(kind), scope.catalog);
            let is_plain = matches!(kind, Type::Timestamp { .. }) && word == "CURRENT_TIMESTAMP";
            match is_plain {
                true => sql.push(&now),
                false => sql.push(&format!("({now})")),
            }
        }
        Default::Expression(expression) => {
            sql.push(&default_expression(scope, expression, &Mysql)?);
        }
    }
    let text = sql.finish()?;
    match needs_expression(type_name) && !text.starts_with('(') && *default != Default::Null {
        true => Ok(format!("({text})")),
        false => Ok(text),
    }
}

/// The current moment, with as many digits as the column has: MySQL allows no others.
pub(super) fn now(now: &str, target: Option<&Type>, catalog: &Catalog) -> String {
    let digits = match target {
        Some(Type::Timestamp { precision, .. }) if catalog.dialect == Dialect::Mysql => {
            precision.unwrap_or(0)
        }
        Some(Type::Timestamp { precision, .. } | Type::Time { precision, .. }) => {
            precision.unwrap_or(6)
        }
        _ => 0,
    };
    match digits {
        0 => now.into(),
        // A day has no digits of a second.
        _ if now == "CURRENT_DATE" => now.into(),
        digits => format!("{now}({digits})"),
    }
}

fn needs_expression(type_name: &str) -> bool {
    let name = type_name.to_ascii_uppercase();
    ["TEXT", "BLOB", "JSON", "GEOMETRY"]
        .iter()
        .any(|kind| name.contains(kind))
        && !name.starts_with("ENUM")
        && !name.starts_with("SET")
}

fn uuid_digits(text: &str) -> Result<String, DdlError> {
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    let others = text.chars().filter(|c| !c.is_ascii_hexdigit());
    let is_uuid = digits.len() == 32 && others.into_iter().all(|c| matches!(c, '-' | '{' | '}'));
    match is_uuid {
        true => Ok(digits),
        false => Err(DdlError::new(format!("its default `{text}` is not a UUID"))),
    }
}
