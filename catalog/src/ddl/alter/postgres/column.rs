//! One column that stays.

use crate::{
    Default, Identity, Table,
    difference::{
        Aspect,
        compare::{ColumnPair, numbers},
    },
};

use super::super::super::{DdlError, Statement, column, dialect::Definition, sql::Sql};
use super::super::Work;

/// The statements that alter it. What may stand in the way goes first, what needs the rest comes last.
pub(super) fn alter(
    work: &Work<'_>,
    table: &Table,
    pair: &ColumnPair<'_>,
    is_retyped: bool,
) -> Result<Vec<Statement>, DdlError> {
    let to = work.compared.to;
    let (definition, _) =
        column::definition(to, table, pair.to, work.dialect).map_err(|error| {
            error
                .within("column", &pair.to.name)
                .within("table", &table.name)
        })?;
    let mut writer = Writer {
        work,
        table,
        pair,
        definition,
        statements: Vec::new(),
    };
    writer.before(is_retyped)?;
    if is_retyped {
        writer.change_type()?;
    }
    writer.nullability()?;
    writer.after(is_retyped)?;
    Ok(writer.statements)
}

struct Writer<'w, 'c> {
    work: &'w Work<'c>,
    table: &'w Table,
    pair: &'w ColumnPair<'c>,
    definition: Definition,
    statements: Vec<Statement>,
}

impl Writer<'_, '_> {
    fn clause(&mut self, clause: &str) -> Result<(), DdlError> {
        let statement = self.work.alter_table(&self.table.name, |sql| {
            sql.push("ALTER COLUMN ");
            sql.name(&self.pair.to.name)?;
            sql.push(" ");
            sql.push(clause);
            Ok(())
        })?;
        self.statements.push(statement);
        Ok(())
    }

    fn before(&mut self, is_retyped: bool) -> Result<(), DdlError> {
        let (old, new) = (self.pair.from, self.pair.to);
        if old.generated.is_some() && new.generated.is_none() {
            self.clause("DROP EXPRESSION")?;
        }
        let is_counted_no_more = self.pair.differs_in(Aspect::Identity)
            && old.identity.is_some()
            && new.identity.is_none();
        if is_counted_no_more {
            // A `serial` column has a default where others have an identity.
            self.clause("DROP IDENTITY IF EXISTS")?;
            return self.clause("DROP DEFAULT");
        }
        let has_default = old.identity.is_none()
            && matches!(&old.default, Some(default) if *default != Default::Null);
        let is_in_the_way = is_retyped || self.pair.differs_in(Aspect::Default);
        let is_replaced = !is_retyped && self.definition.default.is_some();
        if has_default && is_in_the_way && !is_replaced && old.generated.is_none() {
            self.clause("DROP DEFAULT")?;
        }
        Ok(())
    }

    fn change_type(&mut self) -> Result<(), DdlError> {
        let type_name = self.definition.type_name.clone();
        let mut clause = format!("TYPE {type_name}");
        match &self.definition.collation {
            Some(collation) => clause.push_str(&format!(" COLLATE {collation}")),
            None if self.pair.differs_in(Aspect::Collation) => {
                clause.push_str(" COLLATE \"default\"");
            }
            None => {}
        }
        let mut name = Sql::new(self.work.dialect);
        name.name(&self.pair.to.name)?;
        let name = name.finish()?;
        let between = super::types::between(&self.pair.from.ty.kind, &self.pair.to.ty.kind);
        clause.push_str(&format!(" USING {name}{between}::{type_name}"));
        self.clause(&clause)
    }

    fn nullability(&mut self) -> Result<(), DdlError> {
        match self.pair.differs_in(Aspect::Nullability) {
            true if self.definition.not_null => self.clause("SET NOT NULL"),
            true => self.clause("DROP NOT NULL"),
            false => Ok(()),
        }
    }

    fn after(&mut self, is_retyped: bool) -> Result<(), DdlError> {
        if self.pair.differs_in(Aspect::Identity)
            && let Some(identity) = &self.pair.to.identity
        {
            return match &self.pair.from.identity {
                None => self.count(),
                Some(before) => self.count_otherwise(before, identity),
            };
        }
        let is_set = is_retyped || self.pair.differs_in(Aspect::Default);
        match self.definition.default.clone() {
            Some(default) if is_set => self.clause(&format!("SET DEFAULT {default}")),
            _ => Ok(()),
        }
    }

    /// Counts up from where the rows are.
    fn count(&mut self) -> Result<(), DdlError> {
        if self.pair.from.default.is_some() {
            self.clause("DROP DEFAULT")?;
        }
        let clause = self.definition.identity.clone().unwrap_or_default();
        self.clause(&format!("ADD {clause}"))?;
        let dialect = self.work.dialect;
        let mut table = Sql::new(dialect);
        table.qualified(&self.table.name)?;
        let table = table.finish()?;
        let mut column = Sql::new(dialect);
        column.name(&self.pair.to.name)?;
        let column = column.finish()?;
        let mut sql = Sql::new(dialect);
        sql.push("SELECT setval(pg_get_serial_sequence(");
        sql.literal(&table);
        sql.push(", ");
        sql.literal(&self.pair.to.name);
        sql.push(&format!(
            "), max({column})) FROM {table} HAVING max({column}) > 0"
        ));
        self.statements
            .push(super::in_table(self.table, sql.finish()?));
        Ok(())
    }

    fn count_otherwise(&mut self, before: &Identity, after: &Identity) -> Result<(), DdlError> {
        let kind = |identity: &Identity, kind| numbers(identity.sequence.as_ref(), Some(kind));
        let mut clause = String::from(match after.always {
            true => "SET GENERATED ALWAYS",
            false => "SET GENERATED BY DEFAULT",
        });
        let new = kind(after, &self.pair.to.ty.kind);
        if kind(before, &self.pair.from.ty.kind) != new {
            for word in super::types::numbers(new) {
                clause.push_str(&format!(" SET {word}"));
            }
        }
        self.clause(&clause)
    }
}
