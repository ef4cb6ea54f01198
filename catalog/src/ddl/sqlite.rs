//! How SQLite's DDL differs. It has few types and no domains, enums, sequences or comments; only the row's own number is
//! counted up, and that is what an identity column becomes.

mod limits;
mod types;

use crate::{
    Catalog, Default, Dialect, Identity, Index, IndexPart, Name, Table, TableOption, Type, Unique,
    View,
};

use super::dialect::{ColumnScope, Counted, DdlDialect, default_expression};
use super::{DdlError, sql::Sql, values};

pub(super) struct Sqlite;

const STRICT: &str = "STRICT";
const WITHOUT_ROWID: &str = "WITHOUT ROWID";

impl DdlDialect for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn title(&self) -> &'static str {
        "SQLite"
    }

    fn adds_foreign_keys(&self) -> bool {
        false
    }

    fn type_name(&self, scope: ColumnScope<'_>) -> Result<String, DdlError> {
        let strict = has_option(scope.table, STRICT);
        if scope.catalog.dialect == Dialect::Sqlite && !types::is_emulated(scope.ty) {
            types::own_spelling(scope.ty, strict)
        } else {
            types::spelling(scope.ty, strict)
        }
    }

    fn type_checks(&self, scope: ColumnScope<'_>) -> Result<Vec<String>, DdlError> {
        let mut sql = Sql::new(&Sqlite);
        let column = &scope.column.name;
        match &scope.ty.kind {
            Type::Enum(name) => {
                values::write_one_of(&mut sql, column, values::of_enum(scope.catalog, name)?)?;
            }
            Type::Set(values) => values::write_some_of(&mut sql, column, values)?,
            _ => return Ok(Vec::new()),
        }
        Ok(vec![sql.finish()?])
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
            type_name: "INTEGER".into(),
            clause: clause.finish()?,
            is_primary_key: true,
        })
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "1" } else { "0" }
    }

    fn now(&self, now: &str, _target: Option<&Type>, _catalog: &Catalog) -> String {
        now.into()
    }

    /// Where exact numbers are kept as text, a bare `0.10` would become a float first, and then `0.1`.
    fn default_value(
        &'static self,
        scope: ColumnScope<'_>,
        type_name: &str,
        default: &Default,
    ) -> Result<String, DdlError> {
        let is_own = scope.catalog.dialect == Dialect::Sqlite;
        let mut sql = Sql::new(self);
        match default {
            Default::Null => sql.push("NULL"),
            Default::Boolean(value) => sql.push(self.boolean(*value)),
            Default::Number(number) if !is_own && types::has_text_affinity(type_name) => {
                sql.literal(number);
            }
            Default::Number(other) | Default::Now(other) => sql.push(other),
            Default::Text(text) if !is_own && matches!(scope.ty.kind, Type::Bytes { .. }) => {
                sql.push(&format!("X'{}'", values::hexadecimal(text)));
            }
            Default::Text(text) => sql.literal(text),
            Default::Expression(expression) => {
                sql.push(&default_expression(scope, expression, self)?);
            }
        }
        sql.finish()
    }

    fn collation<'n>(&self, from: Dialect, name: &'n str) -> Result<Option<&'n str>, DdlError> {
        match from {
            Dialect::Sqlite => Ok(Some(name)),
            _ => limits::collation(name).map(Some),
        }
    }

    fn table_options(&'static self, _catalog: &Catalog, table: &Table) -> Result<String, DdlError> {
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

    fn admit_column(&self, scope: ColumnScope<'_>) -> Result<(), DdlError> {
        limits::admit_column(scope.column)
    }

    fn admit_unique(&self, unique: &Unique) -> Result<(), DdlError> {
        limits::admit_unique(unique)
    }

    fn admit_index(&self, _from: Dialect, index: &Index) -> Result<(), DdlError> {
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
