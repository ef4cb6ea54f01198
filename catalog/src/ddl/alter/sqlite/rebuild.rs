//! A table that is made anew. Tables and columns have their new names by then, which SQLite has carried into everything that
//! refers to them.

use crate::{Name, Table, difference::compare::TablePair};

use super::super::super::{
    DdlError, Statement, foreign_key::TableKeys, index, names::Names, sql::Sql, table,
};
use super::super::{Work, rename};
use super::in_table;

pub(super) fn rebuild(
    work: &Work<'_>,
    pair: &TablePair<'_>,
    statements: &mut Vec<Statement>,
) -> Result<(), DdlError> {
    let table = pair.to;
    let between = rename::spare_table(work, &table.name);
    let rebuild = Rebuild {
        work,
        pair,
        between: &between,
    };
    let mut all = vec![rebuild.create()?];
    all.extend(rebuild.fill()?);
    all.extend(rebuild.keep_numbers()?);
    all.push(table::drop(&table.name, work.dialect)?);
    all.push(rebuild.rename()?);
    for index in &table.indexes {
        let name = work.new.index(table, index);
        all.push(index::create(
            work.compared.to,
            table,
            index,
            &name,
            work.dialect,
        )?);
    }
    statements.extend(all.into_iter().map(|sql| in_table(&table.name, sql)));
    Ok(())
}

struct Rebuild<'w, 'c> {
    work: &'w Work<'c>,
    pair: &'w TablePair<'c>,
    /// The new table's name until the old one is gone.
    between: &'w Name,
}

impl Rebuild<'_, '_> {
    /// The new table, under the name in between. What it refers to has its name for good, also where that is itself.
    fn create(&self) -> Result<String, DdlError> {
        let table = Table {
            name: self.between.clone(),
            ..self.pair.to.clone()
        };
        let keys = table.foreign_keys.iter();
        let keys = TableKeys {
            table: &table,
            early: keys.map(|key| (key, key.name.clone())).collect(),
            late: Vec::new(),
        };
        let to = self.work.compared.to;
        let mut names = Names::new(to, self.work.dialect);
        table::create(to, &keys, &mut names, self.work.dialect)
            .map_err(|error| error.within("table", &self.pair.to.name))
    }

    /// Copies the columns that both have and that are not computed.
    fn fill(&self) -> Result<Option<String>, DdlError> {
        let columns = self.pair.columns.iter();
        let columns: Vec<String> = columns
            .filter(|column| column.to.generated.is_none())
            .map(|column| column.to.name.clone())
            .collect();
        if columns.is_empty() {
            return self.refuse_rows();
        }
        let mut sql = Sql::new(self.work.dialect);
        sql.push("INSERT INTO ");
        sql.qualified(self.between)?;
        sql.push(" ");
        sql.names(&columns)?;
        sql.push(" SELECT ");
        for (position, column) in columns.iter().enumerate() {
            sql.push(if position == 0 { "" } else { ", " });
            sql.name(column)?;
        }
        sql.push(" FROM ");
        sql.qualified(&self.pair.to.name)?;
        sql.finish().map(Some)
    }

    /// Where no column stays, each row becomes one of defaults: as ADD COLUMN would leave it.
    fn refuse_rows(&self) -> Result<Option<String>, DdlError> {
        let is_writable = |column: &&&crate::Column| column.generated.is_none();
        let Some(column) = self.pair.added.iter().find(is_writable) else {
            return Ok(None);
        };
        let is_optional = column.nullable && column.default.is_none();
        if !is_optional {
            return Err(DdlError::new(
                "no column of it stays, and its rows cannot be filled: drop the table and create the other one",
            )
            .within("table", &self.pair.to.name));
        }
        let mut sql = Sql::new(self.work.dialect);
        sql.push("INSERT INTO ");
        sql.qualified(self.between)?;
        sql.push(" ");
        sql.names(std::slice::from_ref(&column.name))?;
        sql.push(" SELECT NULL FROM ");
        sql.qualified(&self.pair.to.name)?;
        sql.finish().map(Some)
    }

    /// AUTOINCREMENT goes on where it was, also behind rows that are gone.
    fn keep_numbers(&self) -> Result<Vec<String>, DdlError> {
        let is_strict = |table: &Table| {
            let mut columns = table.columns.iter();
            columns.any(|column| column.identity.as_ref().is_some_and(|it| it.strict))
        };
        if !is_strict(self.pair.from) || !is_strict(self.pair.to) {
            return Ok(Vec::new());
        }
        let numbers = |sql: &mut Sql| match &self.between.schema {
            Some(schema) => {
                sql.name(schema)?;
                sql.push(".sqlite_sequence");
                Ok(())
            }
            None => {
                sql.push("sqlite_sequence");
                Ok(())
            }
        };
        let mut delete = Sql::new(self.work.dialect);
        delete.push("DELETE FROM ");
        numbers(&mut delete)?;
        delete.push(" WHERE name = ");
        delete.literal(&self.between.name);
        let mut insert = Sql::new(self.work.dialect);
        insert.push("INSERT INTO ");
        numbers(&mut insert)?;
        insert.push(" (name, seq) SELECT ");
        insert.literal(&self.between.name);
        insert.push(", seq FROM ");
        numbers(&mut insert)?;
        insert.push(" WHERE name = ");
        insert.literal(&self.pair.to.name.name);
        Ok(vec![delete.finish()?, insert.finish()?])
    }

    fn rename(&self) -> Result<String, DdlError> {
        let statement = self.work.alter_table(self.between, |sql| {
            sql.push("RENAME TO ");
            sql.name(&self.pair.to.name.name)
        })?;
        Ok(statement.sql)
    }
}
