//! Where dialects differ in CREATE and DROP. Default methods are standard SQL; a dialect states its differences, in a file of
//! its own, and what it cannot express.

use crate::{Catalog, Column, ColumnType, Dialect, Identity, Index, IndexPart, Name, Table};
use crate::{Unique, View};

use super::{DdlError, sql::Sql};

/// A column with what stands around it.
#[derive(Clone, Copy)]
pub(super) struct ColumnScope<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) table: &'c Table,
    pub(super) column: &'c Column,
    /// The column's type, its domains resolved.
    pub(super) ty: &'c ColumnType,
}

/// How a column is written that the database counts up.
pub(super) struct Counted {
    /// The type it has to have.
    pub(super) type_name: &'static str,
    /// What stands behind the type.
    pub(super) clause: String,
    /// Whether that says already that the column is the primary key.
    pub(super) is_primary_key: bool,
}

pub(super) trait DdlDialect: Sync {
    /// Which dialect this is.
    fn dialect(&self) -> Dialect;

    /// The spelling of a column's type.
    fn type_name(&self, scope: ColumnScope<'_>) -> Result<String, DdlError>;

    /// A condition without which the spelled type would admit more than the declared one.
    fn type_check(&self, scope: ColumnScope<'_>) -> Result<Option<String>, DdlError>;

    /// How a column is counted up.
    fn identity(
        &'static self,
        scope: ColumnScope<'_>,
        identity: &Identity,
    ) -> Result<Counted, DdlError>;

    /// A truth value.
    fn boolean(&self, value: bool) -> &'static str;

    /// A number as the default of a column whose type is spelled `type_name`.
    fn push_number(&self, sql: &mut Sql, scope: ColumnScope<'_>, type_name: &str, number: &str);

    /// A collation's name in this dialect.
    fn collation<'n>(&self, from: Dialect, name: &'n str) -> Result<&'n str, DdlError>;

    /// What follows the list of columns.
    fn table_options(&self, table: &Table) -> Result<String, DdlError>;

    /// The table that a foreign key of `from` leads to.
    fn push_reference(&self, sql: &mut Sql, from: &Name, to: &Name) -> Result<(), DdlError>;

    /// An index's name, ON, and its table.
    fn push_index_on(&self, sql: &mut Sql, index: &str, table: &Name) -> Result<(), DdlError>;

    /// The condition of a check or an index of `table`, so that it means what it meant in the schema's own dialect.
    fn condition(
        &self,
        catalog: &Catalog,
        table: &Table,
        condition: &str,
    ) -> Result<String, DdlError>;

    /// Fails when the dialect cannot express something about the table that no other method is asked for.
    fn admit_table(&self, table: &Table) -> Result<(), DdlError>;

    /// Fails when the dialect cannot express something about the column that no other method is asked for.
    fn admit_column(&self, column: &Column) -> Result<(), DdlError>;

    /// Fails when the dialect cannot express the constraint.
    fn admit_unique(&self, unique: &Unique) -> Result<(), DdlError>;

    /// Fails when the dialect cannot express the index.
    fn admit_index(&self, index: &Index) -> Result<(), DdlError>;

    /// Fails when the dialect cannot express that part of the index.
    fn admit_index_part(&self, index: &Index, part: &IndexPart) -> Result<(), DdlError>;

    /// Fails when the dialect cannot express the view.
    fn admit_view(&self, view: &View) -> Result<(), DdlError>;

    /// A string literal: quotes within are doubled.
    fn push_literal(&self, sql: &mut String, text: &str) {
        sql.push('\'');
        for character in text.chars() {
            if character == '\'' {
                sql.push('\'');
            }
            sql.push(character);
        }
        sql.push('\'');
    }

    /// An expression as a default.
    fn push_default_expression(&self, sql: &mut Sql, expression: &str) {
        sql.push("(");
        sql.push(expression);
        sql.push(")");
    }
}
