//! Where dialects differ in CREATE and DROP. Default methods are standard SQL; a dialect states its differences, in a file of
//! its own, and what it cannot express.

use crate::{
    Catalog, Column, ColumnType, Default, Dialect, ForeignKey, Identity, Index, IndexPart, Name,
    Storage, Table, Type, Unique, View,
};

use super::{DdlError, Statement, expression, sql::Sql};

/// A column with what stands around it.
#[derive(Clone, Copy)]
pub(super) struct ColumnScope<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) table: &'c Table,
    pub(super) column: &'c Column,
    /// The column's type, its domains resolved where the dialect has none.
    pub(super) ty: &'c ColumnType,
}

/// How a column is written that the database counts up.
pub(super) struct Counted {
    /// The type it has to have.
    pub(super) type_name: String,
    /// What says that it is counted up.
    pub(super) clause: String,
    /// Whether that says already that the column is the primary key.
    pub(super) is_primary_key: bool,
}

/// What stands behind the name of a column.
#[derive(std::default::Default)]
pub(super) struct Definition {
    /// The column's name, quoted.
    pub(super) name: String,
    pub(super) type_name: String,
    /// What says that it is counted up.
    pub(super) identity: Option<String>,
    pub(super) not_null: bool,
    pub(super) default: Option<String>,
    /// A quoted name.
    pub(super) collation: Option<String>,
    /// Conditions.
    pub(super) checks: Vec<String>,
    pub(super) generated: Option<(String, Storage)>,
    /// What the column is set to whenever its row changes.
    pub(super) on_update: Option<String>,
    pub(super) comment: Option<String>,
}

pub(super) trait DdlDialect: Sync {
    /// Which dialect this is.
    fn dialect(&self) -> Dialect;

    /// The database's name, for messages.
    fn title(&self) -> &'static str;

    /// How many bytes of a name that is made here are kept.
    fn longest_name(&self) -> Option<usize> {
        None
    }

    /// Fails when nothing can have that name.
    fn admit_name(&self, _name: &str) -> Result<(), DdlError> {
        Ok(())
    }

    /// Whether there are domains.
    fn has_domains(&self) -> bool {
        false
    }

    /// Whether columns can take numbers from sequences of a schema that was written for `from`.
    fn has_sequences(&self, _from: Dialect) -> bool {
        false
    }

    /// Whether a foreign key can be added to a table that exists.
    fn adds_foreign_keys(&self) -> bool {
        true
    }

    /// Whether indexes are declared within their table.
    fn has_indexes_in_tables(&self) -> bool {
        false
    }

    /// Whether the names of foreign keys and checks are shared by all tables of a namespace, and foreign keys need one.
    fn shares_constraint_names(&self) -> bool {
        false
    }

    /// Whether a key's name is that of its index, which no table and no other index has.
    fn shares_key_names(&self) -> bool {
        false
    }

    /// The spelling of a column's type.
    fn type_name(&self, scope: ColumnScope<'_>) -> Result<String, DdlError>;

    /// Conditions without which the spelled type would admit more than the declared one.
    fn type_checks(&self, scope: ColumnScope<'_>) -> Result<Vec<String>, DdlError>;

    /// How a column is counted up.
    fn identity(
        &'static self,
        scope: ColumnScope<'_>,
        identity: &Identity,
    ) -> Result<Counted, DdlError>;

    /// A truth value.
    fn boolean(&self, value: bool) -> &'static str;

    /// The current date, time or both, as a default of the type `target`.
    fn now(&self, now: &str, target: Option<&Type>, catalog: &Catalog) -> String;

    /// A default that is not NULL, of a column whose type is spelled `type_name`.
    fn default_value(
        &'static self,
        scope: ColumnScope<'_>,
        type_name: &str,
        default: &Default,
    ) -> Result<String, DdlError>;

    /// A collation's name in this dialect; none where that is what the column has anyway.
    fn collation<'n>(&self, from: Dialect, name: &'n str) -> Result<Option<&'n str>, DdlError>;

    /// Appends what stands behind a column's name. Returns the conditions that have to stand in the table instead.
    fn push_definition(&self, sql: &mut Sql, definition: Definition) -> Vec<String> {
        push_standard(sql, &definition);
        Vec::new()
    }

    /// What the list of columns needs besides what the schema declares.
    fn more_in_table(
        &'static self,
        _catalog: &Catalog,
        _table: &Table,
    ) -> Result<Vec<String>, DdlError> {
        Ok(Vec::new())
    }

    /// What follows the list of columns.
    fn table_options(&'static self, catalog: &Catalog, table: &Table) -> Result<String, DdlError>;

    /// The table that a foreign key of `from` leads to.
    fn push_reference(&self, sql: &mut Sql, _from: &Name, to: &Name) -> Result<(), DdlError> {
        sql.qualified(to)
    }

    /// An index's name, ON, and its table.
    fn push_index_on(&self, sql: &mut Sql, index: &str, table: &Name) -> Result<(), DdlError> {
        sql.name(index)?;
        sql.push(" ON ");
        sql.qualified(table)
    }

    /// What stands between an index's table and its parts.
    fn push_index_method(&self, _sql: &mut Sql, _from: Dialect, _index: &Index) {}

    /// One part of an index, where it is not written as it stands.
    fn index_part(
        &'static self,
        _catalog: &Catalog,
        _table: &Table,
        _index: &Index,
        _part: &IndexPart,
    ) -> Result<Option<String>, DdlError> {
        Ok(None)
    }

    /// What stands behind an index's parts.
    fn push_index_end(&self, _sql: &mut Sql, _index: &Index) -> Result<(), DdlError> {
        Ok(())
    }

    /// Appends where an index has NULLs. Dialects that do not say it have refused what they do otherwise.
    fn push_index_nulls(&self, _sql: &mut Sql, _part: &IndexPart) {}

    /// What stands between a table and the name of its foreign key that is dropped.
    fn drop_foreign_key(&self) -> &'static str {
        " DROP CONSTRAINT "
    }

    /// Whether foreign keys say how they are compared and when they are checked.
    fn has_match_and_deferrable(&self) -> bool {
        true
    }

    /// Whether unique constraints say when they are checked.
    fn defers_uniques(&self) -> bool {
        false
    }

    /// Statements that come before the tables: namespaces, sequences, types.
    fn before_tables(&'static self, _catalog: &Catalog) -> Result<Vec<Statement>, DdlError> {
        Ok(Vec::new())
    }

    /// Statements that drop what [`before_tables`](DdlDialect::before_tables) created.
    fn after_tables(&'static self, _catalog: &Catalog) -> Result<Vec<Statement>, DdlError> {
        Ok(Vec::new())
    }

    /// Statements that comment a table, whose indexes have these names.
    fn table_comments(
        &'static self,
        _table: &Table,
        _indexes: &[String],
    ) -> Result<Vec<Statement>, DdlError> {
        Ok(Vec::new())
    }

    /// Statements that comment a view.
    fn view_comments(&'static self, _view: &View) -> Result<Vec<Statement>, DdlError> {
        Ok(Vec::new())
    }

    /// Fails when the dialect cannot express something about the table that no other method is asked for.
    fn admit_table(&self, table: &Table) -> Result<(), DdlError>;

    /// Fails when the dialect cannot express something about the column that no other method is asked for.
    fn admit_column(&self, scope: ColumnScope<'_>) -> Result<(), DdlError>;

    /// Fails when the dialect cannot express the constraint.
    fn admit_unique(&self, unique: &Unique) -> Result<(), DdlError>;

    /// Fails when the dialect cannot express the foreign key.
    fn admit_foreign_key(&self, _key: &ForeignKey) -> Result<(), DdlError> {
        Ok(())
    }

    /// Fails when the dialect cannot express the index.
    fn admit_index(&self, from: Dialect, index: &Index) -> Result<(), DdlError>;

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
}

/// An expression as a default.
pub(super) fn default_expression(
    scope: ColumnScope<'_>,
    expression: &str,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    let names = expression::Scope::without_columns(scope.catalog);
    let kind = &scope.ty.kind;
    let expression = expression::translate_default(expression, kind, names, dialect)?;
    Ok(format!("({expression})"))
}

/// Appends the parts of a definition as the standard orders them.
pub(super) fn push_standard(sql: &mut Sql, definition: &Definition) {
    push_type(sql, definition);
    push_clause(sql, "", definition.identity.as_deref());
    if definition.not_null {
        sql.push(" NOT NULL");
    }
    push_clause(sql, "DEFAULT ", definition.default.as_deref());
    push_clause(sql, "COLLATE ", definition.collation.as_deref());
    for condition in &definition.checks {
        sql.push(" CHECK (");
        sql.push(condition);
        sql.push(")");
    }
    push_generated(sql, definition);
}

/// Appends the type, if there is one.
pub(super) fn push_type(sql: &mut Sql, definition: &Definition) {
    if !definition.type_name.is_empty() {
        sql.push(" ");
        sql.push(&definition.type_name);
    }
}

/// Appends a clause, if there is one.
pub(super) fn push_clause(sql: &mut Sql, words: &str, clause: Option<&str>) {
    if let Some(clause) = clause {
        sql.push(" ");
        sql.push(words);
        sql.push(clause);
    }
}

/// Appends the expression of a generated column.
pub(super) fn push_generated(sql: &mut Sql, definition: &Definition) {
    let Some((expression, storage)) = &definition.generated else {
        return;
    };
    sql.push(" GENERATED ALWAYS AS (");
    sql.push(expression);
    sql.push(match storage {
        Storage::Stored => ") STORED",
        Storage::Virtual => ") VIRTUAL",
    });
}
