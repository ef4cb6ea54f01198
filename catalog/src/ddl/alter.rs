//! The statements that make one catalog of another.

mod mysql;
mod named;
mod parts;
mod postgres;
mod rename;
mod sqlite;
mod views;

use std::collections::HashSet;

use crate::{
    Catalog, Dialect, Name,
    difference::{Renames, compare::Compared},
};

use super::{
    DdlError, Object, Script, Statement, create_all, dialect::DdlDialect, drop_all, sql::Sql,
};

use named::Named;

/// The statements that make `to` of `from` in a database that is what `from` says, in an order that runs. What is new is written
/// as [`create_all`] writes it. [`Difference::between`](crate::difference::Difference::between) says what they change, and
/// which of the changes lose something or may fail on the rows that are there.
///
/// - On SQLite, what ALTER TABLE cannot do is done by making the table anew: see [`Script::foreign_keys_off`] and
///   [`Script::rebuilt`].
/// - On PostgreSQL, a value is added to an enum in its place; where the script uses that value, or where one is removed or moved,
///   the type is made anew. All runs within one transaction.
/// - On MySQL and MariaDB, each table has one ALTER TABLE for all but its foreign keys. There is no transaction around it.
///
/// Views of tables whose columns change are dropped before and created after, so that what was granted on them is gone.
///
/// ```
/// use aludel_catalog::{Catalog, Column, ColumnType, Dialect, Name, Table, Type, ddl};
/// use aludel_catalog::difference::Renames;
///
/// let mut before = Catalog::new(Dialect::Postgres);
/// before.tables.push(Table::new(Name::new("hobby")));
/// let mut after = before.clone();
/// let mut caption = Column::new("caption", ColumnType::new(Type::text(), "text"));
/// caption.nullable = true;
/// after.tables[0].columns.push(caption);
///
/// let script = ddl::alter(&before, &after, &Renames::default(), Dialect::Postgres)?;
/// assert_eq!(script.statements[0].sql, "ALTER TABLE \"hobby\" ADD COLUMN \"caption\" text");
/// # Ok::<(), aludel_catalog::ddl::DdlError>(())
/// ```
///
/// # Errors
/// When a catalog is not written for `dialect`; when `renames` names what is not there; when the database cannot make the
/// change, and then the error says what to do by hand; and whenever [`create_all`] fails for `to`.
pub fn alter(
    from: &Catalog,
    to: &Catalog,
    renames: &Renames,
    dialect: Dialect,
) -> Result<Script, DdlError> {
    if from.dialect != dialect || to.dialect != dialect {
        return Err(DdlError::new(format!(
            "the catalogs are written for {} and {}: only two that are written for {dialect} can be compared there",
            from.dialect, to.dialect
        )));
    }
    let compared = Compared::of(from, to, renames).map_err(|it| DdlError::new(it.to_string()))?;
    let rules = super::rules(dialect);
    let work = Work {
        old: Named::of(from, rules),
        new: Named::of(to, rules),
        created: create_all(to, dialect)?.statements,
        dropped: drop_all(from, dialect)?.statements,
        compared,
        dialect: rules,
    };
    match dialect {
        Dialect::Sqlite => sqlite::alter(&work),
        Dialect::Postgres => postgres::alter(&work).map(Script::of),
        Dialect::Mysql => mysql::alter(&work).map(Script::of),
    }
}

/// All that the statements are made of.
struct Work<'c> {
    compared: Compared<'c>,
    dialect: &'static dyn DdlDialect,
    /// The names that the old catalog's parts have in the database.
    old: Named<'c>,
    /// The names that the new catalog's parts get.
    new: Named<'c>,
    /// What creates all of the new catalog.
    created: Vec<Statement>,
    /// What drops all of the old catalog.
    dropped: Vec<Statement>,
}

impl Work<'_> {
    /// The statements that create the object, with all that belongs to it.
    fn creates(&self, object: &Object) -> Vec<Statement> {
        let created = self.created.iter();
        created.filter(|it| it.of == *object).cloned().collect()
    }

    /// The statements that drop the objects, in their order.
    fn drops(&self, objects: &HashSet<Object>) -> Vec<Statement> {
        let dropped = self.dropped.iter();
        let is_meant = |statement: &&Statement| match &statement.of {
            Object::ForeignKey { table, .. } => objects.contains(&Object::Table(table.clone())),
            other => objects.contains(other),
        };
        dropped.filter(is_meant).cloned().collect()
    }

    /// The statements that create the new namespaces.
    fn namespaces(&self) -> Vec<Statement> {
        let names = self.compared.namespaces.iter();
        names
            .flat_map(|name| self.creates(&Object::Schema((*name).into())))
            .collect()
    }

    /// The statements that create the new tables, with their indexes and the foreign keys between them.
    fn tables(&self) -> Vec<Statement> {
        let new: HashSet<&Name> = self.compared.created.iter().map(|it| &it.name).collect();
        let created = self.created.iter();
        let is_new = |it: &&Statement| matches!(&it.of, Object::Table(name) if new.contains(name));
        created.filter(is_new).cloned().collect()
    }

    /// The statements that drop the tables that are gone.
    fn drop_tables(&self) -> Vec<Statement> {
        let gone = self.compared.dropped.iter();
        let gone: HashSet<Object> = gone.map(|it| Object::Table(it.name.clone())).collect();
        self.drops(&gone)
    }

    /// An ALTER TABLE with that clause.
    fn alter_table(
        &self,
        table: &Name,
        clause: impl FnOnce(&mut Sql) -> Result<(), DdlError>,
    ) -> Result<Statement, DdlError> {
        let written = || {
            let mut sql = Sql::new(self.dialect);
            sql.push("ALTER TABLE ");
            sql.qualified(table)?;
            sql.push(" ");
            clause(&mut sql)?;
            sql.finish()
        };
        Ok(Statement {
            of: Object::Table(table.clone()),
            sql: written().map_err(|error| error.within("table", table))?,
        })
    }
}
