//! Namespaces, sequences, enums and domains.

use crate::{Catalog, Domain, Enum, Name, Sequence};

use super::super::{DdlError, Object, Statement, expression, schemas, sql::Sql, values};
use super::{Postgres, comments, options, types};

/// The statements that create them, each behind those that it may need.
pub(super) fn create(catalog: &Catalog) -> Result<Vec<Statement>, DdlError> {
    let mut statements = schemas::create(catalog, &["public"], &Postgres)?;
    for (name, sequence) in sequences(catalog) {
        statements.push(Statement {
            of: Object::Sequence(name.clone()),
            sql: create_sequence(catalog, name, sequence)
                .map_err(|error| error.within("sequence", name))?,
        });
    }
    for enumeration in &catalog.enums {
        let name = types::free(catalog, &enumeration.name);
        statements.push(Statement {
            of: Object::Type(name.clone()),
            sql: create_enum(catalog, enumeration)
                .map_err(|error| error.within("enum", &enumeration.name))?,
        });
        statements.extend(comments::of_type(
            "TYPE",
            &name,
            enumeration.comment.as_ref(),
        )?);
    }
    for domain in &catalog.domains {
        let name = types::free(catalog, &domain.name);
        statements.push(Statement {
            of: Object::Type(name.clone()),
            sql: create_domain(catalog, domain)
                .map_err(|error| error.within("domain", &domain.name))?,
        });
        statements.extend(comments::of_type("DOMAIN", &name, domain.comment.as_ref())?);
    }
    Ok(statements)
}

/// The statements that drop them. Namespaces stay: they may hold what others put there.
pub(super) fn drop(catalog: &Catalog) -> Result<Vec<Statement>, DdlError> {
    let mut statements = Vec::new();
    for domain in catalog.domains.iter().rev() {
        let name = types::free(catalog, &domain.name);
        statements.push(drop_one("DOMAIN ", &name, Object::Type(name.clone()))?);
    }
    for enumeration in catalog.enums.iter().rev() {
        let name = types::free(catalog, &enumeration.name);
        statements.push(drop_one("TYPE ", &name, Object::Type(name.clone()))?);
    }
    for (name, _) in sequences(catalog).rev() {
        // One that belongs to a column is gone with it.
        statements.push(drop_one(
            "SEQUENCE IF EXISTS ",
            name,
            Object::Sequence(name.clone()),
        )?);
    }
    Ok(statements)
}

fn sequences(catalog: &Catalog) -> impl DoubleEndedIterator<Item = (&Name, &Sequence)> {
    let sequences = catalog.sequences.iter();
    sequences.filter_map(|sequence| Some((sequence.name.as_ref()?, sequence)))
}

fn drop_one(kind: &str, name: &Name, of: Object) -> Result<Statement, DdlError> {
    let mut sql = Sql::new(&Postgres);
    sql.push("DROP ");
    sql.push(kind);
    sql.qualified(name)?;
    Ok(Statement {
        of,
        sql: sql.finish()?,
    })
}

fn create_sequence(
    catalog: &Catalog,
    name: &Name,
    sequence: &Sequence,
) -> Result<String, DdlError> {
    let mut sql = Sql::new(&Postgres);
    sql.push("CREATE SEQUENCE ");
    sql.qualified(name)?;
    if let Some(ty) = &sequence.ty {
        sql.push(" AS ");
        sql.push(&types::spelling(catalog, ty)?);
    }
    let numbers = options::numbers(sequence);
    if !numbers.is_empty() {
        sql.push(" ");
        sql.push(&numbers);
    }
    sql.finish()
}

fn create_enum(catalog: &Catalog, enumeration: &Enum) -> Result<String, DdlError> {
    let mut sql = Sql::new(&Postgres);
    sql.push("CREATE TYPE ");
    sql.push(&types::declared(catalog, &enumeration.name)?);
    sql.push(" AS ENUM (");
    values::write_list(&mut sql, &enumeration.values);
    sql.push(")");
    sql.finish()
}

fn create_domain(catalog: &Catalog, domain: &Domain) -> Result<String, DdlError> {
    let scope = expression::Scope::without_columns(catalog);
    let mut sql = Sql::new(&Postgres);
    sql.push("CREATE DOMAIN ");
    sql.push(&types::declared(catalog, &domain.name)?);
    sql.push(" AS ");
    sql.push(&types::spelling(catalog, &domain.base)?);
    if let Some(default) = &domain.default {
        let kind = catalog.resolve(&domain.base.kind);
        sql.push(" DEFAULT ");
        sql.push(&expression::translate_default(
            default, kind, scope, &Postgres,
        )?);
    }
    if domain.not_null {
        sql.push(" NOT NULL");
    }
    for check in &domain.checks {
        sql.push(" CHECK (");
        sql.push(&expression::translate(check, scope, &Postgres)?);
        sql.push(")");
    }
    sql.finish()
}
