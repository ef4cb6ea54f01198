//! Defaults.

use crate::{Catalog, Default, Dialect, Type};

use super::super::dialect::{ColumnScope, DdlDialect, default_expression};
use super::super::{DdlError, moment, sql::Sql, values};
use super::Postgres;

pub(super) fn value(scope: ColumnScope<'_>, default: &Default) -> Result<String, DdlError> {
    let is_own = scope.catalog.dialect == Dialect::Postgres;
    let is_boolean = scope.ty.kind == Type::Boolean;
    let mut sql = Sql::new(&Postgres);
    match default {
        Default::Null => sql.push("NULL"),
        Default::Boolean(value) if is_own || is_boolean => sql.push(Postgres.boolean(*value)),
        // Other databases take truth values for the numbers 1 and 0.
        Default::Boolean(value) => sql.push(if *value { "1" } else { "0" }),
        Default::Number(number) if is_own => sql.push(number),
        Default::Number(number) => {
            let number = values::decimal(number)?;
            match scope.ty.kind {
                Type::Boolean => sql.push(Postgres.boolean(!values::is_zero(&number))),
                Type::Text { .. } => sql.literal(&number),
                _ => sql.push(&number),
            }
        }
        Default::Text(text) if !is_own && matches!(scope.ty.kind, Type::Bytes { .. }) => {
            sql.push(&format!("'\\x{}'", values::hexadecimal(text)));
        }
        Default::Text(text) if !is_own => {
            sql.literal(&moment::text(text, &scope.ty.kind, Dialect::Postgres)?)
        }
        Default::Text(text) => sql.literal(text),
        Default::Now(word) => {
            let now = now(word, Some(&scope.ty.kind), scope.catalog);
            match now.contains(' ') {
                true => sql.push(&format!("({now})")),
                false => sql.push(now),
            }
        }
        Default::Expression(expression) => {
            sql.push(&default_expression(scope, expression, &Postgres)?);
        }
    }
    sql.finish()
}

/// SQLite's current moment is in UTC whatever the session's zone, and a text.
pub(super) fn now<'n>(now: &'n str, target: Option<&Type>, catalog: &Catalog) -> &'n str {
    match (now, target, catalog.dialect) {
        ("CURRENT_TIMESTAMP", Some(Type::Text { .. }), Dialect::Sqlite) => {
            "to_char(CURRENT_TIMESTAMP AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
        }
        ("CURRENT_TIMESTAMP", Some(Type::Timestamp { zone: false, .. }), Dialect::Sqlite) => {
            "CURRENT_TIMESTAMP AT TIME ZONE 'UTC'"
        }
        _ => now,
    }
}
