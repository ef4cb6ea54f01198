//! The clauses of one ALTER TABLE.

use crate::{
    Column, ForeignKey, IndexKey, Storage, Table,
    difference::{
        Aspect,
        compare::{ColumnPair, TablePair},
    },
};

use super::super::super::{
    DdlError, Statement, column as definition, expression, index, sql::Sql, table,
};
use super::super::{
    Work,
    parts::{self, Parts},
};
use super::{is_anew, options, touched};

pub(super) struct Clauses<'w, 'c> {
    work: &'w Work<'c>,
    pair: &'w TablePair<'c>,
    clauses: Vec<String>,
    /// Conditions that new columns leave to their table.
    checks: Vec<String>,
}

impl<'w, 'c> Clauses<'w, 'c> {
    /// The statement, where there is anything to alter.
    pub(super) fn of(
        work: &'w Work<'c>,
        pair: &'w TablePair<'c>,
    ) -> Result<Option<Statement>, DdlError> {
        let mut clauses = Clauses {
            work,
            pair,
            clauses: Vec::new(),
            checks: Vec::new(),
        };
        clauses
            .write()
            .map_err(|error| error.within("table", &pair.to.name))?;
        let text = clauses.clauses.join(",\n  ");
        if clauses.clauses.is_empty() {
            return Ok(None);
        }
        let mut sql = Sql::new(work.dialect);
        sql.push("ALTER TABLE ");
        sql.qualified(&pair.to.name)?;
        sql.push(if clauses.clauses.len() == 1 {
            " "
        } else {
            "\n  "
        });
        sql.push(&text);
        Ok(Some(super::in_table(pair.to, sql.finish()?)))
    }

    fn write(&mut self) -> Result<(), DdlError> {
        let parts = Parts::of(self.pair, &touched(self.pair));
        self.drop_parts(&parts)?;
        self.columns()?;
        self.add_parts(&parts)?;
        self.clauses.extend(options::of(self.work, self.pair)?);
        Ok(())
    }

    fn push(
        &mut self,
        clause: impl FnOnce(&mut Sql) -> Result<(), DdlError>,
    ) -> Result<(), DdlError> {
        let mut sql = Sql::new(self.work.dialect);
        clause(&mut sql)?;
        self.clauses.push(sql.finish()?);
        Ok(())
    }

    fn drop_parts(&mut self, parts: &Parts<'c>) -> Result<(), DdlError> {
        let (work, table) = (self.work, self.pair.from);
        for check in &parts.checks.0 {
            let name = work.old.existing_check(work.compared.from, table, check)?;
            self.push(|sql| {
                sql.push("DROP CONSTRAINT ");
                sql.name(&name)
            })?;
        }
        let indexes = parts.indexes.0.iter();
        let indexes = indexes.map(|index| work.old.index(table, index));
        let uniques = parts.uniques.0.iter();
        let uniques = uniques.map(|unique| work.old.existing_unique(table, unique));
        let names: Vec<String> = indexes
            .chain(uniques)
            .chain(self.indexes_of_keys())
            .collect();
        for name in names {
            self.push(|sql| {
                sql.push("DROP INDEX ");
                sql.name(&name)
            })?;
        }
        if parts.primary_key.0.is_some() {
            self.clauses.push("DROP PRIMARY KEY".into());
        }
        self.rename_indexes(parts)
    }

    /// Names that were made of the table and its columns follow these.
    fn rename_indexes(&mut self, parts: &Parts<'c>) -> Result<(), DdlError> {
        let (old, new) = (&self.work.old, &self.work.new);
        let (from, to) = (self.pair.from, self.pair.to);
        let mut names = Vec::new();
        for (before, after) in &self.pair.indexes.kept {
            let is_dropped = parts.indexes.0.iter().any(|it| std::ptr::eq(*it, *before));
            if before.name.is_none() && after.name.is_none() && !is_dropped {
                names.push((old.index(from, before), new.index(to, after)));
            }
        }
        for (before, after) in &self.pair.uniques.kept {
            let is_dropped = parts.uniques.0.iter().any(|it| std::ptr::eq(*it, *before));
            if before.name.is_none() && after.name.is_none() && !is_dropped {
                names.push((
                    old.existing_unique(from, before),
                    new.existing_unique(to, after),
                ));
            }
        }
        for (before, after) in super::renamed_keys(self.work, self.pair) {
            if !is_served(from, before) {
                names.push((old.foreign_key(from, before), new.foreign_key(to, after)));
            }
        }
        for (before, after) in names.iter().filter(|(before, after)| before != after) {
            self.push(|sql| {
                sql.push("RENAME INDEX ");
                sql.name(before)?;
                sql.push(" TO ");
                sql.name(after)
            })?;
        }
        Ok(())
    }

    /// The indexes that MySQL made for foreign keys which are gone: where nothing else began with their columns, they have
    /// the names of the keys.
    fn indexes_of_keys(&self) -> Vec<String> {
        let (from, to) = (self.pair.from, self.pair.to);
        let renamed = |name: &String| {
            let mut columns = self.pair.columns.iter();
            columns
                .find(|it| it.from.name == *name)
                .map(|it| it.to.name.clone())
        };
        let is_needed = |key: &ForeignKey| {
            let columns: Vec<Option<String>> = key.columns.iter().map(renamed).collect();
            to.foreign_keys.iter().any(|other| {
                let others: Vec<_> = other.columns.iter().cloned().map(Some).collect();
                others.starts_with(&columns)
            })
        };
        let dropped = self.pair.foreign_keys.dropped.iter();
        dropped
            .filter(|key| !is_served(from, key) && !is_needed(key))
            .map(|key| self.work.old.foreign_key(from, key))
            .collect()
    }

    fn columns(&mut self) -> Result<(), DdlError> {
        let pair = self.pair;
        for column in &pair.columns {
            self.admit(column)?;
        }
        let anew = pair.columns.iter().filter(|it| is_anew(pair, it));
        for column in pair.dropped.iter().copied().chain(anew.map(|it| it.from)) {
            self.admit_drop(column)?;
            self.push(|sql| {
                sql.push("DROP COLUMN ");
                sql.name(&column.name)
            })?;
        }
        let mut before: Option<&Column> = None;
        for column in &pair.to.columns {
            let kept = pair.columns.iter().find(|it| std::ptr::eq(it.to, column));
            match kept.filter(|it| !is_anew(pair, it)) {
                Some(kept) => self.alter(kept, before)?,
                None => self.define("ADD COLUMN ", column, Some(before))?,
            }
            before = Some(column);
        }
        Ok(())
    }

    fn admit(&self, column: &ColumnPair<'_>) -> Result<(), DdlError> {
        let is_virtual = |column: &Column| {
            let generated = column.generated.as_ref();
            generated.is_some_and(|it| it.storage == Storage::Virtual)
        };
        match is_virtual(column.from) && column.to.generated.is_none() {
            true => Err(DdlError::new(format!(
                "MySQL cannot keep the values of the virtual column `{}`: make it a stored one first",
                column.to.name
            ))),
            false => Ok(()),
        }
    }

    /// That a computed column is never NULL, is a check without a name, which would name a column that is not there.
    fn admit_drop(&self, column: &Column) -> Result<(), DdlError> {
        let mut checks = self.pair.from.checks.iter();
        let is_known = checks.any(|check| expression::names(&check.expression, &column.name));
        match column.generated.is_some() && !column.nullable && !is_known {
            true => Err(DdlError::new(format!(
                "`{}` is computed and not NULL, which is a check whose name is not known: drop that by hand",
                column.name
            ))),
            false => Ok(()),
        }
    }

    fn alter(&mut self, column: &ColumnPair<'_>, before: Option<&Column>) -> Result<(), DdlError> {
        let is_converted = column.to.collation.is_some() && options::is_converted(self.pair);
        if column.aspects.is_empty() && !column.is_renamed() && !is_converted {
            return Ok(());
        }
        let place = column.differs_in(Aspect::Position).then_some(before);
        if !column.is_renamed() {
            return self.define("MODIFY COLUMN ", column.to, place);
        }
        let mut words = Sql::new(self.work.dialect);
        words.push("CHANGE COLUMN ");
        words.name(&column.from.name)?;
        words.push(" ");
        self.define(&words.finish()?, column.to, place)
    }

    /// A column's whole definition, and where it stands: behind `place`, or first where that is nothing.
    fn define(
        &mut self,
        words: &str,
        column: &Column,
        place: Option<Option<&Column>>,
    ) -> Result<(), DdlError> {
        let (to, table) = (self.work.compared.to, self.pair.to);
        let mut sql = Sql::new(self.work.dialect);
        sql.push(words);
        let written = definition::write(&mut sql, to, table, column, self.work.dialect)
            .map_err(|error| error.within("column", &column.name))?;
        let is_modified = words.starts_with("MODIFY") || words.starts_with("CHANGE");
        if !is_modified {
            self.checks.extend(written.checks);
        }
        match place {
            None => {}
            // At the end, where it goes anyway.
            Some(Some(before)) if !is_modified && self.is_last(before) => {}
            Some(Some(before)) => {
                sql.push(" AFTER ");
                sql.name(&before.name)?;
            }
            Some(None) => sql.push(" FIRST"),
        }
        self.clauses.push(sql.finish()?);
        Ok(())
    }

    /// Whether no column of the old table stands behind that one in the new table.
    fn is_last(&self, column: &Column) -> bool {
        let columns = &self.pair.to.columns;
        let position = columns.iter().position(|it| std::ptr::eq(it, column));
        let behind = &columns[position.map_or(0, |position| position + 1)..];
        let is_old = |column: &Column| {
            let mut old = self.pair.columns.iter();
            old.any(|it| std::ptr::eq(it.to, column))
        };
        !behind.iter().any(is_old)
    }

    fn add_parts(&mut self, parts: &Parts<'c>) -> Result<(), DdlError> {
        let (work, to) = (self.work, self.pair.to);
        if let Some(key) = parts.primary_key.1 {
            let name = work.new.primary_key(to);
            self.push(|sql| {
                sql.push("ADD ");
                table::write_primary_key(sql, key, name)
            })?;
        }
        for unique in &parts.uniques.1 {
            let name = work.new.unique(to, unique);
            self.push(|sql| {
                sql.push("ADD ");
                table::write_unique(sql, unique, name, work.dialect)
            })?;
        }
        for index in &parts.indexes.1 {
            let name = work.new.index(to, index);
            self.push(|sql| {
                sql.push("ADD ");
                index::write(sql, work.compared.to, to, index, &name, work.dialect)
                    .map_err(|error| error.within("index", &name))
            })?;
        }
        for condition in std::mem::take(&mut self.checks) {
            self.push(|sql| {
                sql.push("ADD ");
                table::write_check(sql, None, &condition)
            })?;
        }
        for check in &parts.checks.1 {
            let name = work.new.check(to, check);
            let scope = parts::scope(work.compared.to, to);
            let condition = expression::translate(&check.expression, scope, work.dialect)?;
            self.push(|sql| {
                sql.push("ADD ");
                table::write_check(sql, name, &condition)
            })?;
        }
        Ok(())
    }
}

/// Whether a key or an index of the table begins with a foreign key's columns.
fn is_served(table: &Table, key: &ForeignKey) -> bool {
    let begins = |columns: &[String]| columns.starts_with(&key.columns);
    let begins_index = |index: &crate::Index| {
        let columns = index.parts.iter().map(|part| match &part.key {
            IndexKey::Column(name) if part.length.is_none() => name.clone(),
            _ => String::new(),
        });
        begins(&columns.collect::<Vec<_>>())
    };
    begins(table.key_columns())
        || table.uniques.iter().any(|unique| begins(&unique.columns))
        || table.indexes.iter().any(begins_index)
}
