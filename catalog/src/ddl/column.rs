//! Column definitions.

use std::borrow::Cow;

use crate::{Catalog, Column, Default, Dialect, Identity, Table, Type};

use super::dialect::{ColumnScope, DdlDialect, Definition};
use super::{DdlError, domain, expression, sql::Sql, values};

/// What the definition of a column leaves to its table.
pub(super) struct Written {
    /// Whether it says already that the column is the primary key.
    pub(super) is_key: bool,
    /// Conditions of checks that have to stand in the table.
    pub(super) checks: Vec<String>,
}

/// Appends the definition of `column`.
pub(super) fn write(
    sql: &mut Sql,
    catalog: &Catalog,
    table: &Table,
    column: &Column,
    dialect: &'static dyn DdlDialect,
) -> Result<Written, DdlError> {
    sql.name(&column.name)?;
    let (definition, is_key) = definition(catalog, table, column, dialect)?;
    Ok(Written {
        is_key,
        checks: dialect.push_definition(sql, definition),
    })
}

/// The parts of the definition of `column`, and whether they say already that it is the primary key.
pub(super) fn definition(
    catalog: &Catalog,
    table: &Table,
    column: &Column,
    dialect: &'static dyn DdlDialect,
) -> Result<(Definition, bool), DdlError> {
    let mut domain = domain::resolve(catalog, &column.ty)?;
    if dialect.has_domains() {
        domain = domain::Resolved::without_demands(&column.ty);
    }
    let scope = ColumnScope {
        catalog,
        table,
        column,
        ty: domain.ty,
    };
    dialect.admit_column(scope)?;
    let mut definition = Definition {
        name: quoted(&column.name, dialect)?,
        ..Definition::default()
    };
    let is_key = write_type(&mut definition, scope, dialect)?;
    let in_key = table.key_columns().contains(&column.name);
    definition.not_null = !is_key && (!column.nullable || domain.not_null || in_key);
    if definition.identity.is_none() {
        definition.default = default(scope, domain.default, &definition.type_name, dialect)?;
    }
    definition.collation = collation(scope, dialect)?;
    definition.checks = checks(scope, &domain.checks, dialect)?;
    let names = expression::Scope::of(catalog, table);
    if let Some(generated) = &column.generated {
        let expression = expression::translate(&generated.expression, names, dialect)?;
        definition.generated = Some((expression, generated.storage));
    }
    if let Some(on_update) = &column.on_update {
        let kind = &scope.ty.kind;
        let on_update = expression::translate_default(on_update, kind, names, dialect)?;
        definition.on_update = Some(on_update);
    }
    definition.comment = column.comment.clone();
    Ok((definition, is_key))
}

/// Fills in the type and how it is counted up. Returns whether the column is said to be the key.
fn write_type(
    definition: &mut Definition,
    scope: ColumnScope<'_>,
    dialect: &'static dyn DdlDialect,
) -> Result<bool, DdlError> {
    let Some(identity) = identity(scope, dialect) else {
        definition.type_name = dialect.type_name(scope)?;
        return Ok(false);
    };
    let counted = dialect.identity(scope, &identity)?;
    definition.type_name = counted.type_name;
    definition.identity = Some(counted.clause);
    Ok(counted.is_primary_key)
}

/// How the column is counted up. A key whose default takes numbers from a sequence that no other column uses, is counted up
/// where there are no sequences; PostgreSQL's dumps write `serial` like that.
pub(super) fn identity<'c>(
    scope: ColumnScope<'c>,
    dialect: &'static dyn DdlDialect,
) -> Option<Cow<'c, Identity>> {
    if let Some(identity) = &scope.column.identity {
        return Some(Cow::Borrowed(identity));
    }
    let Some(Default::Expression(default)) = &scope.column.default else {
        return None;
    };
    let is_key = scope.table.key_columns() == [scope.column.name.as_str()];
    let is_integer = matches!(scope.ty.kind, Type::Integer { .. });
    let has_sequences = dialect.has_sequences(scope.catalog.dialect);
    if has_sequences || !is_key || !is_integer || !expression::mentions(default, "nextval") {
        return None;
    }
    let name = expression::sequence_of(default, scope.catalog)?;
    let columns = scope.catalog.tables.iter().flat_map(|table| &table.columns);
    let users = columns.filter(|column| match &column.default {
        Some(Default::Expression(other)) => {
            expression::sequence_of(other, scope.catalog).as_ref() == Some(&name)
        }
        _ => false,
    });
    if users.count() > 1 {
        return None;
    }
    let bare = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .trim_matches('"');
    let mut sequences = scope.catalog.sequences.iter();
    let sequence = sequences.find(|sequence| {
        let known = sequence.name.as_ref();
        known.is_some_and(|known| known.name == bare)
    });
    Some(Cow::Owned(Identity {
        always: false,
        strict: false,
        sequence: sequence.cloned(),
    }))
}

/// The column's own default, or else its domain's.
fn default(
    scope: ColumnScope<'_>,
    of_domain: Option<&str>,
    type_name: &str,
    dialect: &'static dyn DdlDialect,
) -> Result<Option<String>, DdlError> {
    let of_domain = of_domain.map(|written| match written {
        number if values::is_number(number) => Default::Number(number.into()),
        expression => Default::Expression(expression.into()),
    });
    let Some(default) = scope.column.default.as_ref().or(of_domain.as_ref()) else {
        return Ok(None);
    };
    if takes_from_sequence(default) && !dialect.has_sequences(scope.catalog.dialect) {
        return Err(DdlError::new(format!(
            "its default takes numbers from a sequence, and {} has none",
            dialect.title()
        )));
    }
    match default {
        Default::Null => Ok(Some("NULL".into())),
        Default::Number(other) if !values::is_number(other) => Err(not_a_value(other)),
        Default::Now(other) if !is_now(other) => Err(not_a_value(other)),
        default => dialect.default_value(scope, type_name, default).map(Some),
    }
}

fn not_a_value(default: &str) -> DdlError {
    DdlError::new(format!(
        "its default `{default}` is neither a number nor the current date or time"
    ))
}

/// The column's collation, quoted.
fn collation(
    scope: ColumnScope<'_>,
    dialect: &'static dyn DdlDialect,
) -> Result<Option<String>, DdlError> {
    let from = scope.catalog.dialect;
    // PostgreSQL's citext is a type, and elsewhere a matter of the collation.
    let is_citext = from == Dialect::Postgres && scope.ty.sql.to_lowercase().ends_with("citext");
    let (from, collation) = match &scope.column.collation {
        Some(collation) => (from, collation.as_str()),
        None if is_citext && dialect.dialect() != from => (Dialect::Sqlite, "NOCASE"),
        None => return Ok(None),
    };
    let Some(name) = dialect.collation(from, collation)? else {
        return Ok(None);
    };
    quoted(name, dialect).map(Some)
}

fn quoted(name: &str, dialect: &'static dyn DdlDialect) -> Result<String, DdlError> {
    let mut sql = Sql::new(dialect);
    sql.name(name)?;
    sql.finish()
}

/// What the type and the domains demand.
fn checks(
    scope: ColumnScope<'_>,
    of_domains: &[&str],
    dialect: &'static dyn DdlDialect,
) -> Result<Vec<String>, DdlError> {
    let mut checks = dialect.type_checks(scope)?;
    let names = expression::Scope {
        value: Some(scope.column),
        ..expression::Scope::of(scope.catalog, scope.table)
    };
    for check in of_domains {
        checks.push(expression::translate(check, names, dialect)?);
    }
    Ok(checks)
}

fn takes_from_sequence(default: &Default) -> bool {
    matches!(default, Default::Expression(expression) if expression::mentions(expression, "nextval"))
}

fn is_now(text: &str) -> bool {
    ["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"].contains(&text)
}
