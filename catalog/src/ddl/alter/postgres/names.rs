//! The names that PostgreSQL, or creating the schema, made of a table and its columns. They follow when these get other names,
//! so that whoever compares with a file finds them again.

use crate::{Name, difference::compare::TablePair};

use super::super::super::{DdlError, Object, Statement, sql::Sql};
use super::super::{
    Work,
    named::{self, Named},
    parts::{Parts, Touched},
    rename,
};

/// The names of one kind, which are shared by all that stand in one place.
struct Renamed {
    /// The table, for constraints; its namespace is that of indexes.
    table: Option<Name>,
    /// Old and new names.
    names: Vec<(Name, Name)>,
}

/// The statements that rename what is called after tables and columns that have other names now.
pub(super) fn follow<'c>(
    work: &Work<'c>,
    touched: &dyn Fn(&TablePair<'c>) -> Touched<'c>,
) -> Result<Vec<Statement>, DdlError> {
    let mut indexes = Renamed {
        table: None,
        names: Vec::new(),
    };
    let mut all = Vec::new();
    for pair in &work.compared.tables {
        let has_other = pair.is_renamed() || pair.columns.iter().any(|it| it.is_renamed());
        if !has_other {
            continue;
        }
        let mut own = Renamed {
            table: Some(pair.to.name.clone()),
            names: Vec::new(),
        };
        let parts = Parts::of(pair, &touched(pair));
        indexes.names.extend(of_indexes(work, pair, &parts));
        own.names.extend(of_constraints(work, pair, &parts)?);
        all.push(own);
    }
    all.insert(0, indexes);
    let mut statements = Vec::new();
    for renamed in all {
        let spare = |name: &Name| rename::spare_table(work, name);
        for (from, to) in rename::steps(&renamed.names, spare) {
            statements.push(step(work, renamed.table.as_ref(), &from, &to)?);
        }
    }
    Ok(statements)
}

fn step(
    work: &Work<'_>,
    table: Option<&Name>,
    from: &Name,
    to: &Name,
) -> Result<Statement, DdlError> {
    if let Some(table) = table {
        return work.alter_table(table, |sql| {
            sql.push("RENAME CONSTRAINT ");
            sql.name(&from.name)?;
            sql.push(" TO ");
            sql.name(&to.name)
        });
    }
    let mut sql = Sql::new(work.dialect);
    sql.push("ALTER INDEX ");
    sql.qualified(from)?;
    sql.push(" RENAME TO ");
    sql.name(&to.name)?;
    Ok(Statement {
        of: Object::Table(from.clone()),
        sql: sql.finish()?,
    })
}

/// Keys and unique constraints are called as their indexes are.
fn of_indexes<'c>(work: &Work<'c>, pair: &TablePair<'c>, parts: &Parts<'c>) -> Vec<(Name, Name)> {
    let (old, new) = (&work.old, &work.new);
    let (from, to) = (pair.from, pair.to);
    let mut names = Vec::new();
    let mut note = |before: String, made: String, after: String| {
        if before != after && before == made {
            let within = |name: String| Name {
                schema: to.name.schema.clone(),
                name,
            };
            names.push((within(before), within(after)));
        }
    };
    if let (Some(before), Some(after), None) =
        (&from.primary_key, &to.primary_key, parts.primary_key.0)
        && after.name.is_none()
    {
        let made = Named::made_primary_key(from);
        note(
            old.existing_primary_key(from, before),
            made,
            new.existing_primary_key(to, after),
        );
    }
    for (before, after) in &pair.uniques.kept {
        let is_dropped = parts.uniques.0.iter().any(|it| std::ptr::eq(*it, *before));
        if after.name.is_none() && !is_dropped {
            let made = Named::made_unique(from, before);
            note(
                old.existing_unique(from, before),
                made,
                new.existing_unique(to, after),
            );
        }
    }
    for (before, after) in &pair.indexes.kept {
        let is_dropped = parts.indexes.0.iter().any(|it| std::ptr::eq(*it, *before));
        if after.name.is_none() && !is_dropped {
            let name = old.index(from, before);
            let made = match &before.name {
                None => name.clone(),
                Some(_) => named::made_index(from, before),
            };
            note(name, made, new.index(to, after));
        }
    }
    names
}

fn of_constraints<'c>(
    work: &Work<'c>,
    pair: &TablePair<'c>,
    parts: &Parts<'c>,
) -> Result<Vec<(Name, Name)>, DdlError> {
    let (old, new) = (&work.old, &work.new);
    let (from, to) = (pair.from, pair.to);
    let mut names = Vec::new();
    for (before, after) in &pair.checks.kept {
        let is_dropped = parts.checks.0.iter().any(|it| std::ptr::eq(*it, *before));
        if after.name.is_none() && before.name.is_none() && !is_dropped {
            let before = old.existing_check(work.compared.from, from, before)?;
            names.push((before, new.existing_check(work.compared.to, to, after)?));
        }
    }
    for (before, after) in &pair.foreign_keys.kept {
        if after.name.is_none() && before.name.is_none() {
            names.push((old.foreign_key(from, before), new.foreign_key(to, after)));
        }
    }
    names.retain(|(before, after)| before != after);
    let named = names.into_iter();
    Ok(named
        .map(|(before, after)| (Name::new(before), Name::new(after)))
        .collect())
}
