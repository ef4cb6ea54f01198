//! Column definitions.

use crate::{Catalog, Column, Default, Generated, Storage, Table};

use super::dialect::{ColumnScope, DdlDialect};
use super::{DdlError, domain, expression, sql::Sql};

/// Appends the definition of `column`. Returns whether it says already that the column is the primary key.
pub(super) fn write(
    sql: &mut Sql,
    catalog: &Catalog,
    table: &Table,
    column: &Column,
    dialect: &'static dyn DdlDialect,
) -> Result<bool, DdlError> {
    let domain = domain::resolve(catalog, &column.ty)?;
    let scope = ColumnScope {
        catalog,
        table,
        column,
        ty: domain.ty,
    };
    dialect.admit_column(column)?;
    sql.name(&column.name)?;
    let (type_name, is_key) = write_type(sql, scope, dialect)?;
    let in_key = table.key_columns().contains(&column.name);
    if !is_key && (!column.nullable || domain.not_null || in_key) {
        sql.push(" NOT NULL");
    }
    write_default(sql, scope, domain.default, &type_name, dialect)?;
    if let Some(collation) = &column.collation {
        sql.push(" COLLATE ");
        sql.name(dialect.collation(catalog.dialect, collation)?)?;
    }
    write_checks(sql, scope, &domain.checks, dialect)?;
    if let Some(generated) = &column.generated {
        write_generated(sql, generated);
    }
    Ok(is_key)
}

/// Appends the type and how it is counted up. Returns the type's spelling, and whether the column is said to be the key.
fn write_type(
    sql: &mut Sql,
    scope: ColumnScope<'_>,
    dialect: &'static dyn DdlDialect,
) -> Result<(String, bool), DdlError> {
    if let Some(identity) = &scope.column.identity {
        let counted = dialect.identity(scope, identity)?;
        sql.push(" ");
        sql.push(counted.type_name);
        sql.push(" ");
        sql.push(&counted.clause);
        return Ok((counted.type_name.into(), counted.is_primary_key));
    }
    let type_name = dialect.type_name(scope)?;
    if !type_name.is_empty() {
        sql.push(" ");
        sql.push(&type_name);
    }
    Ok((type_name, false))
}

/// Appends the column's own default, or else its domain's.
fn write_default(
    sql: &mut Sql,
    scope: ColumnScope<'_>,
    of_domain: Option<&str>,
    type_name: &str,
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    let of_domain = of_domain.map(|written| match written {
        number if is_number(number) => Default::Number(number.into()),
        expression => Default::Expression(expression.into()),
    });
    let Some(default) = scope.column.default.as_ref().or(of_domain.as_ref()) else {
        return Ok(());
    };
    if takes_from_sequence(default) {
        // An identity column takes its numbers from where the dialect has them.
        return match scope.column.identity {
            Some(_) => Ok(()),
            None => Err(DdlError::new(format!(
                "its default takes numbers from a sequence, and {} has none",
                dialect.dialect()
            ))),
        };
    }
    sql.push(" DEFAULT ");
    match default {
        Default::Null => sql.push("NULL"),
        Default::Boolean(value) => sql.push(dialect.boolean(*value)),
        Default::Number(number) if is_number(number) => {
            dialect.push_number(sql, scope, type_name, number);
        }
        Default::Text(text) => sql.literal(text),
        Default::Now(now) if is_now(now) => sql.push(now),
        Default::Expression(expression) => dialect.push_default_expression(sql, expression),
        Default::Number(other) | Default::Now(other) => {
            return Err(DdlError::new(format!(
                "its default `{other}` is neither a number nor the current date or time"
            )));
        }
    }
    Ok(())
}

/// Appends what the type and the domains demand.
fn write_checks(
    sql: &mut Sql,
    scope: ColumnScope<'_>,
    of_domains: &[&str],
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    if let Some(condition) = dialect.type_check(scope)? {
        write_check(sql, &condition);
    }
    let mut name = Sql::new(dialect);
    name.name(&scope.column.name)?;
    let name = name.finish()?;
    for check in of_domains {
        let condition = expression::replace(check, "VALUE", &name);
        write_check(
            sql,
            &dialect.condition(scope.catalog, scope.table, &condition)?,
        );
    }
    Ok(())
}

fn takes_from_sequence(default: &Default) -> bool {
    matches!(default, Default::Expression(expression) if expression::mentions(expression, "nextval"))
}

/// Whether `text` is a literal as some dialect writes it: `-1`, `.5`, `1e-3`, `0xFF`, `1_000`.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut previous = ' ';
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.chars().all(|character| {
            let after_exponent = matches!(previous, 'e' | 'E');
            previous = character;
            character.is_ascii_alphanumeric()
                || matches!(character, '.' | '_')
                || (after_exponent && matches!(character, '+' | '-'))
        })
}

fn is_now(text: &str) -> bool {
    ["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"].contains(&text)
}

fn write_check(sql: &mut Sql, condition: &str) {
    sql.push(" CHECK (");
    sql.push(condition);
    sql.push(")");
}

fn write_generated(sql: &mut Sql, generated: &Generated) {
    sql.push(" GENERATED ALWAYS AS (");
    sql.push(&generated.expression);
    sql.push(match generated.storage {
        Storage::Stored => ") STORED",
        Storage::Virtual => ") VIRTUAL",
    });
}
