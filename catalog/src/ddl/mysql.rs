//! How the DDL of MySQL and MariaDB differs. Comments and indexes stand within CREATE TABLE; texts in keys need a length; the
//! names of foreign keys and checks are shared by all tables of a database.

mod default;
mod keys;
pub(super) mod limits;
mod options;
mod sequences;
mod types;

use crate::{
    Catalog, Default, Dialect, ForeignKey, Identity, Index, IndexKey, IndexPart, Table, Type,
    Unique, View,
};

use super::dialect::{
    ColumnScope, Counted, DdlDialect, Definition, push_clause, push_generated, push_type,
};
use super::{DdlError, Statement, index::special_kind, sql::Sql};

pub(super) struct Mysql;

impl DdlDialect for Mysql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn title(&self) -> &'static str {
        "MySQL"
    }

    fn longest_name(&self) -> Option<usize> {
        Some(limits::LONGEST_NAME)
    }

    fn admit_name(&self, name: &str) -> Result<(), DdlError> {
        limits::admit_name(name)
    }

    /// MariaDB has them, and a schema that uses them was written for it.
    fn has_sequences(&self, from: Dialect) -> bool {
        from == Dialect::Mysql
    }

    fn has_indexes_in_tables(&self) -> bool {
        true
    }

    fn shares_constraint_names(&self) -> bool {
        true
    }

    fn shares_key_names(&self) -> bool {
        true
    }

    fn has_match_and_deferrable(&self) -> bool {
        false
    }

    fn drop_foreign_key(&self) -> &'static str {
        " DROP FOREIGN KEY "
    }

    fn type_name(&self, scope: ColumnScope<'_>) -> Result<String, DdlError> {
        types::spelling(scope)
    }

    fn type_checks(&self, scope: ColumnScope<'_>) -> Result<Vec<String>, DdlError> {
        types::checks(scope)
    }

    /// Values of ours are never refused; nothing is done about `GENERATED ALWAYS`, since nobody writes such columns.
    fn identity(
        &'static self,
        scope: ColumnScope<'_>,
        identity: &Identity,
    ) -> Result<Counted, DdlError> {
        limits::admit_identity(scope, identity)?;
        Ok(Counted {
            type_name: types::counted(scope)?,
            clause: "AUTO_INCREMENT".into(),
            is_primary_key: false,
        })
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }

    fn now(&self, now: &str, target: Option<&Type>, catalog: &Catalog) -> String {
        default::now(now, target, catalog)
    }

    fn default_value(
        &'static self,
        scope: ColumnScope<'_>,
        type_name: &str,
        value: &Default,
    ) -> Result<String, DdlError> {
        default::value(scope, type_name, value)
    }

    fn collation<'n>(&self, from: Dialect, name: &'n str) -> Result<Option<&'n str>, DdlError> {
        limits::collation(from, name)
    }

    /// Within a generated column, MariaDB knows neither NOT NULL nor CHECK; it has one CHECK for each column, and MySQL any
    /// number.
    fn push_definition(&self, sql: &mut Sql, definition: Definition) -> Vec<String> {
        push_type(sql, &definition);
        push_clause(sql, "COLLATE ", definition.collation.as_deref());
        push_generated(sql, &definition);
        let mut checks = definition.checks;
        let is_timestamp = definition
            .type_name
            .to_ascii_lowercase()
            .starts_with("timestamp");
        match (definition.not_null, &definition.generated) {
            (true, Some(_)) => checks.push(format!("{} IS NOT NULL", definition.name)),
            (true, None) => sql.push(" NOT NULL"),
            // Some versions take a TIMESTAMP for NOT NULL unless told otherwise.
            (false, None) if is_timestamp => sql.push(" NULL"),
            (false, _) => {}
        }
        push_clause(sql, "DEFAULT ", definition.default.as_deref());
        push_clause(sql, "", definition.identity.as_deref());
        push_clause(sql, "ON UPDATE ", definition.on_update.as_deref());
        if let Some(comment) = &definition.comment {
            sql.push(" COMMENT ");
            sql.literal(comment);
        }
        checks
    }

    fn more_in_table(
        &'static self,
        catalog: &Catalog,
        table: &Table,
    ) -> Result<Vec<String>, DdlError> {
        keys::admit_primary_key(catalog, table)?;
        options::index_of_counted(catalog, table)
    }

    fn table_options(&'static self, catalog: &Catalog, table: &Table) -> Result<String, DdlError> {
        options::of_table(catalog, table)
    }

    fn push_index_method(&self, sql: &mut Sql, from: Dialect, index: &Index) {
        let method = index.method.as_ref();
        let is_written = from == Dialect::Mysql && special_kind(index).is_none();
        if let Some(method) = method.filter(|_| is_written) {
            sql.push(" USING ");
            sql.push(&method.to_uppercase());
        }
    }

    fn index_part(
        &'static self,
        catalog: &Catalog,
        table: &Table,
        index: &Index,
        part: &IndexPart,
    ) -> Result<Option<String>, DdlError> {
        let IndexKey::Column(name) = &part.key else {
            return Ok(None);
        };
        let mut sql = Sql::new(self);
        sql.name(name)?;
        if let Some(length) = keys::prefix(catalog, table, index, part)? {
            sql.push(&format!("({length})"));
        }
        sql.finish().map(Some)
    }

    fn push_index_end(&self, sql: &mut Sql, index: &Index) -> Result<(), DdlError> {
        if let Some(comment) = &index.comment {
            limits::admit_comment(comment, 1024)?;
            sql.push(" COMMENT ");
            sql.literal(comment);
        }
        Ok(())
    }

    fn before_tables(&'static self, catalog: &Catalog) -> Result<Vec<Statement>, DdlError> {
        sequences::create(catalog)
    }

    fn after_tables(&'static self, catalog: &Catalog) -> Result<Vec<Statement>, DdlError> {
        sequences::drop(catalog)
    }

    fn admit_table(&self, table: &Table) -> Result<(), DdlError> {
        limits::admit_table(table)
    }

    fn admit_column(&self, scope: ColumnScope<'_>) -> Result<(), DdlError> {
        limits::admit_column(scope)
    }

    fn admit_unique(&self, unique: &Unique) -> Result<(), DdlError> {
        limits::admit_unique(unique)
    }

    fn admit_foreign_key(&self, key: &ForeignKey) -> Result<(), DdlError> {
        limits::admit_foreign_key(key)
    }

    fn admit_index(&self, from: Dialect, index: &Index) -> Result<(), DdlError> {
        limits::admit_index(from, index)
    }

    fn admit_index_part(&self, _index: &Index, part: &IndexPart) -> Result<(), DdlError> {
        limits::admit_index_part(part)
    }

    fn admit_view(&self, view: &View) -> Result<(), DdlError> {
        limits::admit_view(view)
    }

    /// Backslashes escape what follows.
    fn push_literal(&self, sql: &mut String, text: &str) {
        sql.push('\'');
        for character in text.chars() {
            if matches!(character, '\'' | '\\') {
                sql.push(character);
            }
            sql.push(character);
        }
        sql.push('\'');
    }
}
