//! Altering on PostgreSQL: a statement for each change, all within one transaction.

mod column;
mod comments;
mod names;
mod options;
mod types;

use crate::{
    Name, Table,
    difference::{
        Aspect,
        compare::{ColumnPair, TablePair},
    },
};

use super::super::{
    DdlError, Object, Statement, column as definition, expression, foreign_key, index, sql::Sql,
    table,
};
use super::{
    Work,
    parts::{self, KeyOf, Parts, Touched},
    rename, views,
};

use types::Anew;

pub(super) fn alter(work: &Work<'_>) -> Result<Vec<Statement>, DdlError> {
    let mut anew = Anew::needed(work);
    loop {
        let statements = Writer { work, anew: &anew }.statements()?;
        match types::used_too_early(work, &anew, &statements) {
            Some(name) => anew.add(work, name),
            None => return Ok(statements),
        }
    }
}

struct Writer<'w, 'c> {
    work: &'w Work<'c>,
    /// The types that are made anew.
    anew: &'w Anew,
}

impl<'c> Writer<'_, 'c> {
    fn statements(&self) -> Result<Vec<Statement>, DdlError> {
        let work = self.work;
        let tables = &work.compared.tables;
        let retyped = tables.iter().filter(|pair| self.has_retyped(pair));
        let retyped: Vec<&Name> = retyped.map(|pair| &pair.from.name).collect();
        let views = views::dropped(work, &retyped);
        let touched = |pair: &TablePair<'c>| self.touched(pair);
        let keys = parts::foreign_keys(&work.compared, &touched);

        let mut statements = work.namespaces();
        statements.extend(views::drop(work, &views));
        for (table, key) in &keys.0 {
            let name = work.old.foreign_key(table, key);
            statements.push(in_table(
                table,
                foreign_key::drop(table, &name, work.dialect)?,
            ));
        }
        for pair in tables {
            self.drop_parts(pair, &mut statements)?;
        }
        statements.extend(work.drop_tables());
        for pair in tables.iter().filter(|pair| !loses_all_columns(pair)) {
            self.drop_columns(pair, &pair.from.name, &mut statements)?;
        }
        self.rename(&mut statements)?;
        statements.extend(types::create(work, self.anew)?);
        for pair in tables {
            self.columns(pair, &mut statements)?;
        }
        for pair in tables.iter().filter(|pair| loses_all_columns(pair)) {
            self.drop_columns(pair, &pair.to.name, &mut statements)?;
        }
        for pair in tables {
            self.add_parts(pair, &mut statements)?;
            statements.extend(options::alter(work, pair)?);
        }
        statements.extend(work.tables());
        self.add_foreign_keys(&keys.1, &mut statements)?;
        for pair in tables {
            statements.extend(comments::of_table(pair)?);
        }
        statements.extend(types::drop(work, self.anew)?);
        statements.extend(views::create(work, &views));
        Ok(statements)
    }

    /// Whether a column gets another type, be it under the same name.
    fn is_retyped(&self, pair: &ColumnPair<'_>) -> bool {
        pair.differs_in(Aspect::Type)
            || pair.differs_in(Aspect::Collation)
            || self.anew.is_in(&pair.from.ty.kind)
    }

    fn has_retyped(&self, pair: &TablePair<'_>) -> bool {
        pair.columns.iter().any(|column| self.is_retyped(column))
    }

    fn touched(&self, pair: &TablePair<'c>) -> Touched<'c> {
        let mut touched = Touched::default();
        let retyped = pair.columns.iter().filter(|it| self.is_retyped(it));
        touched.retyped = retyped.map(|it| it.from.name.as_str()).collect();
        let anew = pair.columns.iter().filter(|it| self.is_anew(pair, it));
        touched.anew = anew.map(|it| it.from.name.as_str()).collect();
        touched
    }

    /// Whether a column is dropped and added: PostgreSQL changes neither the expression of one that it computes, nor the types
    /// that it is computed from.
    fn is_anew(&self, table: &TablePair<'_>, column: &ColumnPair<'_>) -> bool {
        let Some(generated) = column.from.generated.as_ref() else {
            return column.to.generated.is_some();
        };
        let is_retyped = |other: &ColumnPair<'_>| {
            let name = &other.from.name;
            self.is_retyped(other) && expression::names(&generated.expression, name)
        };
        column.to.generated.is_some()
            && (column.differs_in(Aspect::Generated)
                || self.is_retyped(column)
                || table.columns.iter().any(is_retyped))
    }

    fn drop_parts(
        &self,
        pair: &TablePair<'c>,
        statements: &mut Vec<Statement>,
    ) -> Result<(), DdlError> {
        let (work, table) = (self.work, pair.from);
        let parts = Parts::of(pair, &self.touched(pair));
        for index in &parts.indexes.0 {
            let name = Name {
                schema: table.name.schema.clone(),
                name: work.old.index(table, index),
            };
            let mut sql = Sql::new(work.dialect);
            sql.push("DROP INDEX ");
            sql.qualified(&name)?;
            statements.push(in_table(table, sql.finish()?));
        }
        let mut names = Vec::new();
        for check in &parts.checks.0 {
            names.push(work.old.existing_check(work.compared.from, table, check)?);
        }
        let uniques = parts.uniques.0.iter();
        names.extend(uniques.map(|unique| work.old.existing_unique(table, unique)));
        let key = parts.primary_key.0;
        names.extend(key.map(|key| work.old.existing_primary_key(table, key)));
        for name in names {
            statements.push(work.alter_table(&table.name, |sql| {
                sql.push("DROP CONSTRAINT ");
                sql.name(&name)
            })?);
        }
        Ok(())
    }

    /// Drops columns, those first that are computed from others.
    fn drop_columns(
        &self,
        pair: &TablePair<'c>,
        table: &Name,
        statements: &mut Vec<Statement>,
    ) -> Result<(), DdlError> {
        let anew = pair.columns.iter().filter(|it| self.is_anew(pair, it));
        let gone = pair.dropped.iter().copied().chain(anew.map(|it| it.from));
        for column in parts::computed_last(gone).into_iter().rev() {
            statements.push(self.work.alter_table(table, |sql| {
                sql.push("DROP COLUMN ");
                sql.name(&column.name)
            })?);
        }
        Ok(())
    }

    fn rename(&self, statements: &mut Vec<Statement>) -> Result<(), DdlError> {
        let work = self.work;
        statements.extend(rename::tables(work, |from, to| {
            self.rename_table(from, to)
        })?);
        for pair in &work.compared.tables {
            let renamed = pair.columns.iter().filter(|it| it.is_renamed());
            let renamed = renamed.filter(|it| !self.is_anew(pair, it));
            let renamed = renamed.map(|it| (it.from.name.clone(), it.to.name.clone()));
            statements.extend(rename::columns(
                work,
                pair.to,
                &renamed.collect::<Vec<_>>(),
            )?);
        }
        statements.extend(names::follow(work, &|pair| self.touched(pair))?);
        Ok(())
    }

    /// Into another namespace, and to another name.
    fn rename_table(&self, from: &Name, to: &Name) -> Result<Vec<Statement>, DdlError> {
        let mut statements = Vec::new();
        let mut between = from.clone();
        if from.schema != to.schema {
            statements.push(self.work.alter_table(from, |sql| {
                sql.push("SET SCHEMA ");
                sql.name(to.schema.as_deref().unwrap_or("public"))
            })?);
            between.schema.clone_from(&to.schema);
        }
        if from.name != to.name {
            statements.push(self.work.alter_table(&between, |sql| {
                sql.push("RENAME TO ");
                sql.name(&to.name)
            })?);
        }
        Ok(statements)
    }

    /// Adds columns and alters those that stay.
    fn columns(
        &self,
        pair: &TablePair<'c>,
        statements: &mut Vec<Statement>,
    ) -> Result<(), DdlError> {
        let work = self.work;
        for column in &pair.columns {
            if !self.is_anew(pair, column) {
                let is_retyped = self.is_retyped(column);
                statements.extend(column::alter(work, pair.to, column, is_retyped)?);
            }
        }
        let anew = pair.columns.iter().filter(|it| self.is_anew(pair, it));
        let new = pair.added.iter().copied().chain(anew.map(|it| it.to));
        for column in parts::computed_last(new) {
            statements.push(work.alter_table(&pair.to.name, |sql| {
                sql.push("ADD COLUMN ");
                let to = work.compared.to;
                definition::write(sql, to, pair.to, column, work.dialect)
                    .map(drop)
                    .map_err(|error| error.within("column", &column.name))
            })?);
        }
        Ok(())
    }

    fn add_parts(
        &self,
        pair: &TablePair<'c>,
        statements: &mut Vec<Statement>,
    ) -> Result<(), DdlError> {
        let (work, to) = (self.work, pair.to);
        let parts = Parts::of(pair, &self.touched(pair));
        if let Some(key) = parts.primary_key.1 {
            let name = work.new.primary_key(to);
            statements.push(work.alter_table(&to.name, |sql| {
                sql.push("ADD ");
                table::write_primary_key(sql, key, name)
            })?);
        }
        for unique in &parts.uniques.1 {
            let name = work.new.unique(to, unique);
            statements.push(work.alter_table(&to.name, |sql| {
                sql.push("ADD ");
                table::write_unique(sql, unique, name, work.dialect)
            })?);
        }
        for check in &parts.checks.1 {
            let name = work.new.check(to, check);
            let scope = parts::scope(work.compared.to, to);
            let condition = expression::translate(&check.expression, scope, work.dialect)?;
            statements.push(work.alter_table(&to.name, |sql| {
                sql.push("ADD ");
                table::write_check(sql, name, &condition)
            })?);
        }
        for index in &parts.indexes.1 {
            let name = work.new.index(to, index);
            let sql = index::create(work.compared.to, to, index, &name, work.dialect)?;
            statements.push(in_table(to, sql));
            statements.extend(comments::of_index(to, index, &name)?);
        }
        Ok(())
    }

    fn add_foreign_keys(
        &self,
        keys: &[KeyOf<'c>],
        statements: &mut Vec<Statement>,
    ) -> Result<(), DdlError> {
        for (table, key) in keys {
            let name = self.work.new.foreign_key(table, key);
            let sql = foreign_key::add(table, key, &name, self.work.dialect)?;
            statements.push(in_table(table, sql));
        }
        Ok(())
    }
}

/// Whether a table keeps no column: then those that it gets are added before the others are dropped.
fn loses_all_columns(pair: &TablePair<'_>) -> bool {
    pair.columns.is_empty()
}

fn in_table(table: &Table, sql: String) -> Statement {
    Statement {
        of: Object::Table(table.name.clone()),
        sql,
    }
}
