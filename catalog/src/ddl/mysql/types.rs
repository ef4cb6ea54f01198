//! The types' names on MySQL.

use crate::{ColumnType, Dialect, IntegerSize, Type};

use super::super::{DdlError, dialect::ColumnScope, sql::Sql, values};
use super::{Mysql, keys};

/// The longest text that is kept with its row; the row has 65535 bytes for all of its columns.
const LONGEST_VARCHAR: u64 = 4000;
/// The longest bytes that are kept with their row.
const LONGEST_VARBINARY: u64 = 16_000;

/// The spelling of a type: the schema's own where it was written for MySQL.
pub(super) fn spelling(scope: ColumnScope<'_>) -> Result<String, DdlError> {
    let is_own = scope.catalog.dialect == Dialect::Mysql && !scope.ty.sql.is_empty();
    let sql = scope.ty.sql.to_ascii_lowercase();
    match &scope.ty.kind {
        Type::Enum(_) if is_own && sql.starts_with("enum") => Ok(scope.ty.sql.clone()),
        Type::Enum(name) => list("ENUM(", values::of_enum(scope.catalog, name)?),
        Type::Set(_) if is_own && sql.starts_with("set") => Ok(scope.ty.sql.clone()),
        Type::Set(values) => list("SET(", values),
        _ if is_own => Ok(scope.ty.sql.clone()),
        Type::Text { .. } | Type::Interval => text(scope),
        Type::Bytes { .. } => bytes(scope),
        Type::Decimal { precision, scale } => decimal(*precision, *scale),
        Type::Integer { .. } => {
            let kind = keys::referred(scope.catalog, scope.table, &scope.column.name);
            name(kind.unwrap_or(&scope.ty.kind)).ok_or_else(|| no_counterpart(scope.ty))
        }
        kind => name(kind).ok_or_else(|| no_counterpart(scope.ty)),
    }
}

/// The type of a column that is counted up.
pub(super) fn counted(scope: ColumnScope<'_>) -> Result<String, DdlError> {
    let is_own = scope.catalog.dialect == Dialect::Mysql;
    // SERIAL stands for a type and the counting.
    if is_own && !scope.ty.sql.to_ascii_lowercase().starts_with("serial") {
        return spelling(scope);
    }
    name(&scope.ty.kind).ok_or_else(|| no_counterpart(scope.ty))
}

/// Conditions without which a column would admit more than the declared type.
pub(super) fn checks(scope: ColumnScope<'_>) -> Result<Vec<String>, DdlError> {
    let (function, length) = match scope.ty.kind {
        _ if scope.catalog.dialect == Dialect::Mysql => return Ok(Vec::new()),
        Type::Text {
            length: Some(length),
            ..
        } if length > LONGEST_VARCHAR => ("char_length", length),
        Type::Bytes {
            length: Some(length),
            ..
        } if length > LONGEST_VARBINARY => ("octet_length", length),
        _ => return Ok(Vec::new()),
    };
    let mut sql = Sql::new(&Mysql);
    sql.push(function);
    sql.push("(");
    sql.name(&scope.column.name)?;
    sql.push(&format!(") <= {length}"));
    Ok(vec![sql.finish()?])
}

fn text(scope: ColumnScope<'_>) -> Result<String, DdlError> {
    let (length, fixed) = match scope.ty.kind {
        Type::Text { length, fixed } => (length, fixed),
        _ => (None, false),
    };
    let of_key = keys::length(scope.catalog, scope.table, &scope.column.name)?;
    Ok(match length.or(of_key) {
        Some(length) if fixed && length <= 255 => format!("CHAR({length})"),
        Some(length) if length <= LONGEST_VARCHAR => format!("VARCHAR({length})"),
        _ => "LONGTEXT".into(),
    })
}

/// `BINARY` would fill values up with zeros, which only a schema of MySQL means.
fn bytes(scope: ColumnScope<'_>) -> Result<String, DdlError> {
    let Type::Bytes { length, .. } = scope.ty.kind else {
        return Err(no_counterpart(scope.ty));
    };
    let of_key = keys::length(scope.catalog, scope.table, &scope.column.name)?;
    Ok(match length.or(of_key) {
        Some(length) if length <= LONGEST_VARBINARY => format!("VARBINARY({length})"),
        _ => "LONGBLOB".into(),
    })
}

/// Without digits, other databases keep as many as there are; MySQL has room for 65, 30 of them behind the point.
fn decimal(precision: Option<u32>, scale: Option<i32>) -> Result<String, DdlError> {
    let (precision, scale) = match precision {
        Some(precision) => (precision, scale.unwrap_or(0)),
        None => (65, 30),
    };
    let fits = precision <= 65 && (0..=30).contains(&scale) && scale.unsigned_abs() <= precision;
    match fits {
        true => Ok(format!("DECIMAL({precision},{scale})")),
        false => Err(DdlError::new(format!(
            "MySQL has no exact numbers of {precision} digits with {scale} of them behind the point"
        ))),
    }
}

fn name(kind: &Type) -> Option<String> {
    let name = match kind {
        // The width tells it apart from a number.
        Type::Boolean => "TINYINT(1)",
        Type::Integer { size, unsigned } => return Some(integer(*size, *unsigned)),
        Type::Float => "FLOAT",
        Type::Double => "DOUBLE",
        Type::Date => "DATE",
        Type::Time {
            precision,
            zone: false,
        } => return Some(format!("TIME({})", precision.unwrap_or(6))),
        // A TIMESTAMP ends in 2038; a session of ours is in UTC.
        Type::Timestamp { precision, .. } => {
            return Some(format!("DATETIME({})", precision.unwrap_or(6)));
        }
        Type::Uuid => "BINARY(16)",
        Type::Json { .. } => "JSON",
        _ => return None,
    };
    Some(name.into())
}

fn integer(size: IntegerSize, unsigned: bool) -> String {
    let name = match size {
        IntegerSize::Tiny => "TINYINT",
        IntegerSize::Small => "SMALLINT",
        IntegerSize::Medium => "MEDIUMINT",
        IntegerSize::Regular => "INT",
        IntegerSize::Big => "BIGINT",
    };
    match unsigned {
        true => format!("{name} UNSIGNED"),
        false => name.into(),
    }
}

fn list(kind: &str, values: &[String]) -> Result<String, DdlError> {
    if kind.starts_with("SET") && values.iter().any(|value| value.contains(',')) {
        return Err(DdlError::new("a value of a SET contains a comma"));
    }
    // Blanks at the end of a value would be cut off.
    if values.iter().any(|value| value.ends_with(' ')) {
        return Err(DdlError::new("one of its values ends with a blank"));
    }
    let mut sql = Sql::new(&Mysql);
    sql.push(kind);
    values::write_list(&mut sql, values);
    sql.push(")");
    sql.finish()
}

fn no_counterpart(ty: &ColumnType) -> DdlError {
    DdlError::new(format!("MySQL has no type that can stand for `{}`", ty.sql))
}
