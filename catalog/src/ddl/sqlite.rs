//! How SQLite's DDL differs. It has few types and no domains, enums, sequences or comments; only the row's own number is
//! counted up, and that is what an identity column becomes.

mod limits;
mod types;

use crate::{
    Catalog, Column, Dialect, Identity, Index, IndexPart, Name, Table, TableOption, Type, Unique,
    View,
};

use super::dialect::{ColumnScope, Counted, DdlDialect};
use super::{DdlError, domain, expression, sql::Sql};

pub(super) struct Sqlite;

const STRICT: &str = "STRICT";
const WITHOUT_ROWID: &str = "WITHOUT ROWID";

impl DdlDialect for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn type_name(&self, scope: ColumnScope<'_>) -> Result<String, DdlError> {
        let strict = has_option(scope.table, STRICT);
        if scope.catalog.dialect == Dialect::Sqlite && !types::is_emulated(scope.ty) {
            types::own_spelling(scope.ty, strict)
        } else {
            types::spelling(scope.ty, strict)
        }
    }

    fn type_check(&self, scope: ColumnScope<'_>) -> Result<Option<String>, DdlError> {
        let mut sql = Sql::new(&Sqlite);
        let column = &scope.column.name;
        match &scope.ty.kind {
            Type::Enum(name) => {
                let enumeration = scope
                    .catalog
                    .enumeration(name)
                    .ok_or_else(|| DdlError::new(format!("there is no enum `{name}`")))?;
                write_one_of(&mut sql, column, &enumeration.values)?;
            }
            Type::Set(values) => write_some_of(&mut sql, column, values)?,
            _ => return Ok(None),
        }
        sql.finish().map(Some)
    }

    fn identity(
        &'static self,
        scope: ColumnScope<'_>,
        identity: &Identity,
    ) -> Result<Counted, DdlError> {
        let Some(key) = scope.table.primary_key.as_ref() else {
            return Err(limits::not_counted());
        };
        if key.columns != [scope.column.name.as_str()]
            || has_option(scope.table, WITHOUT_ROWID)
            || !matches!(scope.ty.kind, Type::Integer { .. })
        {
            return Err(limits::not_counted());
        }
        if let Some(sequence) = &identity.sequence {
            limits::admit_sequence(sequence)?;
        }
        let mut clause = Sql::new(self);
        clause.constraint(key.name.as_ref())?;
        clause.push("PRIMARY KEY");
        if identity.strict {
            clause.push(" AUTOINCREMENT");
        }
        Ok(Counted {
            type_name: "INTEGER",
            clause: clause.finish()?,
            is_primary_key: true,
        })
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "1" } else { "0" }
    }

    /// Where exact numbers are kept as text, a bare `0.10` would become a float first, and then `0.1`.
    fn push_number(&self, sql: &mut Sql, scope: ColumnScope<'_>, type_name: &str, number: &str) {
        if scope.catalog.dialect != Dialect::Sqlite && types::has_text_affinity(type_name) {
            sql.literal(number);
        } else {
            sql.push(number);
        }
    }

    fn collation<'n>(&self, from: Dialect, name: &'n str) -> Result<&'n str, DdlError> {
        match from {
            Dialect::Sqlite => Ok(name),
            _ => limits::collation(name),
        }
    }

    /// Exact numbers are kept as text, which would be compared letter by letter: `'9' > '10'`.
    fn condition(
        &self,
        catalog: &Catalog,
        table: &Table,
        condition: &str,
    ) -> Result<String, DdlError> {
        if catalog.dialect == Dialect::Sqlite {
            return Ok(condition.into());
        }
        let mut numbers = Vec::new();
        for column in &table.columns {
            if is_decimal(catalog, column)? {
                let mut number = Sql::new(&Sqlite);
                number.push("CAST(");
                number.name(&column.name)?;
                number.push(" AS NUMERIC)");
                numbers.push((column.name.as_str(), number.finish()?));
            }
        }
        let quoting = catalog.dialect.quoting();
        Ok(expression::replace_names(condition, quoting, &numbers))
    }

    fn table_options(&self, table: &Table) -> Result<String, DdlError> {
        let mut text = String::new();
        for option in own_options(table) {
            if option.value.is_some() || ![STRICT, WITHOUT_ROWID].contains(&option.name.as_str()) {
                return Err(DdlError::new(format!(
                    "SQLite has no table option `{}`",
                    option.name
                )));
            }
            text.push_str(if text.is_empty() { " " } else { ", " });
            text.push_str(&option.name);
        }
        Ok(text)
    }

    /// A reference never leaves its database, so it is written without one.
    fn push_reference(&self, sql: &mut Sql, from: &Name, to: &Name) -> Result<(), DdlError> {
        if from.schema != to.schema {
            return Err(DdlError::new(format!(
                "it leads to `{to}`, and SQLite's foreign keys cannot leave their database"
            )));
        }
        sql.name(&to.name)
    }

    fn push_index_on(&self, sql: &mut Sql, index: &str, table: &Name) -> Result<(), DdlError> {
        let index = Name {
            schema: table.schema.clone(),
            name: index.into(),
        };
        sql.qualified(&index)?;
        sql.push(" ON ");
        sql.name(&table.name)
    }

    fn admit_table(&self, table: &Table) -> Result<(), DdlError> {
        limits::admit_table(table)
    }

    fn admit_column(&self, column: &Column) -> Result<(), DdlError> {
        limits::admit_column(column)
    }

    fn admit_unique(&self, unique: &Unique) -> Result<(), DdlError> {
        limits::admit_unique(unique)
    }

    fn admit_index(&self, index: &Index) -> Result<(), DdlError> {
        limits::admit_index(index)
    }

    fn admit_index_part(&self, index: &Index, part: &IndexPart) -> Result<(), DdlError> {
        limits::admit_index_part(index, part)
    }

    fn admit_view(&self, view: &View) -> Result<(), DdlError> {
        limits::admit_view(view)
    }
}

fn own_options(table: &Table) -> impl Iterator<Item = &TableOption> {
    table
        .options
        .iter()
        .filter(|option| option.dialect == Dialect::Sqlite)
}

fn has_option(table: &Table, name: &str) -> bool {
    own_options(table).any(|option| option.name == name)
}

fn is_decimal(catalog: &Catalog, column: &Column) -> Result<bool, DdlError> {
    let resolved = domain::resolve(catalog, &column.ty)
        .map_err(|error| error.within("column", &column.name))?;
    Ok(matches!(resolved.ty.kind, Type::Decimal { .. }))
}

/// `"column" IN ('a', 'b')`
fn write_one_of(sql: &mut Sql, column: &str, values: &[String]) -> Result<(), DdlError> {
    if values.is_empty() {
        return Err(DdlError::new("its enum has no values"));
    }
    sql.name(column)?;
    sql.push(" IN (");
    for (position, value) in values.iter().enumerate() {
        if position > 0 {
            sql.push(", ");
        }
        sql.literal(value);
    }
    sql.push(")");
    Ok(())
}

/// A list like `a,b` or nothing at all: once each value is taken out of `,a,b,`, a comma is left.
fn write_some_of(sql: &mut Sql, column: &str, values: &[String]) -> Result<(), DdlError> {
    sql.name(column)?;
    sql.push(" = '' OR ");
    for _ in values {
        sql.push("replace(");
    }
    sql.push("',' || ");
    sql.name(column)?;
    sql.push(" || ','");
    for value in values {
        sql.push(", ");
        sql.literal(&format!(",{value},"));
        sql.push(", ',')");
    }
    sql.push(" = ','");
    Ok(())
}
