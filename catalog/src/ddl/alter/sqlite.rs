//! Altering on SQLite: its ALTER TABLE renames, and adds and drops simple columns. For everything else, a table is made anew:
//! created under another name, filled from the old one, which is dropped, and renamed.

mod rebuild;

use crate::{
    Column, Default, ForeignKey, Index, IndexKey, Name, Storage, Table,
    difference::compare::{Compared, TablePair},
};

use super::super::{
    DdlError, Object, Script, Statement, column as definition, expression, index, sql::Sql,
};
use super::{Work, rename, views};

pub(super) fn alter(work: &Work<'_>) -> Result<Script, DdlError> {
    let compared = &work.compared;
    let rebuilt: Vec<&TablePair<'_>> = compared
        .tables
        .iter()
        .filter(|pair| !is_simple(compared, pair))
        .collect();
    let touched: Vec<&Name> = rebuilt.iter().map(|pair| &pair.from.name).collect();
    let views = views::dropped(work, &touched);

    let mut statements = views::drop(work, &views);
    statements.extend(work.drop_tables());
    for pair in &compared.tables {
        drop_indexes(work, pair, &mut statements)?;
    }
    statements.extend(rename::tables(work, |from, to| {
        rename_table(work, from, to)
    })?);
    statements.extend(work.tables());
    for pair in &compared.tables {
        let is_rebuilt = rebuilt.iter().any(|it| std::ptr::eq(*it, pair));
        if !is_rebuilt {
            drop_columns(work, pair, &mut statements)?;
        }
        let renamed = pair.columns.iter().filter(|it| it.is_renamed());
        let renamed = renamed.map(|it| (it.from.name.clone(), it.to.name.clone()));
        let renamed: Vec<_> = renamed.collect();
        statements.extend(rename::columns(work, pair.to, &renamed)?);
        match is_rebuilt {
            true => rebuild::rebuild(work, pair, &mut statements)?,
            false => add(work, pair, &mut statements)?,
        }
    }
    statements.extend(views::create(work, &views));
    Ok(Script {
        statements,
        foreign_keys_off: needs_keys_off(compared, &rebuilt),
        rebuilt: rebuilt.iter().map(|pair| pair.to.name.clone()).collect(),
    })
}

/// Whether dropping a table would do something to rows of others.
fn needs_keys_off(compared: &Compared<'_>, rebuilt: &[&TablePair<'_>]) -> bool {
    let refers = |table: &Table, name: &Name| {
        table.name != *name && table.foreign_keys.iter().any(|key| key.table == *name)
    };
    let is_referred = |name: &Name| compared.from.tables.iter().any(|it| refers(it, name));
    let gone = |table: &&Table| {
        let before = compared
            .tables
            .iter()
            .any(|pair| refers(pair.from, &table.name));
        let circle = |other: &&Table| refers(other, &table.name) && refers(table, &other.name);
        before || compared.dropped.iter().copied().any(|other| circle(&other))
    };
    let is_rebuilt_referred = rebuilt.iter().any(|pair| {
        // A row of its own table refers to it as well while the new table is filled.
        is_referred(&pair.from.name)
            || pair
                .to
                .foreign_keys
                .iter()
                .any(|key| key.table == pair.to.name)
    });
    is_rebuilt_referred || compared.dropped.iter().any(gone)
}

/// Whether ALTER TABLE can do all of it.
fn is_simple(compared: &Compared<'_>, pair: &TablePair<'_>) -> bool {
    let constraints = &pair.foreign_keys;
    pair.primary_key.is_none()
        && constraints.added.is_empty()
        && constraints.dropped.is_empty()
        && pair.uniques.added.is_empty()
        && pair.uniques.dropped.is_empty()
        && pair.checks.added.is_empty()
        && pair.checks.dropped.is_empty()
        && pair.options.is_empty()
        && !pair.columns.is_empty()
        && pair.columns.iter().all(|column| column.aspects.is_empty())
        && pair.added.iter().all(|column| can_add(pair.to, column))
        && pair
            .dropped
            .iter()
            .all(|column| can_drop(compared, pair, column))
}

/// ADD COLUMN takes only what it can fill without looking at the rows.
fn can_add(table: &Table, column: &Column) -> bool {
    let is_constant = match &column.default {
        None | Some(Default::Null) => column.nullable,
        Some(Default::Boolean(_) | Default::Number(_) | Default::Text(_)) => true,
        Some(Default::Now(_) | Default::Expression(_)) => false,
    };
    let is_computed = match &column.generated {
        None => false,
        Some(generated) if generated.storage == Storage::Virtual && column.nullable => true,
        Some(_) => return false,
    };
    column.identity.is_none()
        && !table.key_columns().contains(&column.name)
        && (is_constant || is_computed)
}

/// DROP COLUMN takes only columns that nothing else names.
fn can_drop(compared: &Compared<'_>, pair: &TablePair<'_>, column: &Column) -> bool {
    let table = pair.from;
    let has = |columns: &[String]| columns.contains(&column.name);
    let names = |text: &str| expression::names(text, &column.name);
    let is_referred = |key: &ForeignKey| key.table == table.name && has(&key.references);
    let mut keys = compared.from.tables.iter().flat_map(|it| &it.foreign_keys);
    let mut computed = table.columns.iter().filter_map(|it| it.generated.as_ref());
    let mut kept = pair.indexes.kept.iter().map(|(old, _)| old);
    !has(table.key_columns())
        && !table.uniques.iter().any(|unique| has(&unique.columns))
        && !table.foreign_keys.iter().any(|key| has(&key.columns))
        && !keys.any(is_referred)
        && !table.checks.iter().any(|check| names(&check.expression))
        && !computed.any(|generated| names(&generated.expression))
        && !kept.any(|index| {
            let is_part = |key: &IndexKey| match key {
                IndexKey::Column(name) => *name == column.name,
                IndexKey::Expression(text) => names(text),
            };
            index.parts.iter().any(|part| is_part(&part.key))
                || index.condition.as_ref().is_some_and(|text| names(text))
        })
}

/// Indexes whose names were made of their table and columns, where these have other names now.
fn renamed<'w, 'c>(
    work: &'w Work<'c>,
    pair: &'w TablePair<'c>,
) -> impl Iterator<Item = (&'c Index, &'c Index)> {
    let is_renamed = |(before, after): &(&'c Index, &'c Index)| {
        let names = (
            work.old.index(pair.from, before),
            work.new.index(pair.to, after),
        );
        before.name.is_none() && after.name.is_none() && names.0 != names.1
    };
    pair.indexes.kept.iter().copied().filter(is_renamed)
}

/// Indexes of a table that is made anew go with the old one; dropping them here frees their names, too.
fn drop_indexes(
    work: &Work<'_>,
    pair: &TablePair<'_>,
    statements: &mut Vec<Statement>,
) -> Result<(), DdlError> {
    for index in pair
        .indexes
        .dropped
        .iter()
        .copied()
        .chain(renamed(work, pair).map(|it| it.0))
    {
        let name = Name {
            schema: pair.from.name.schema.clone(),
            name: work.old.index(pair.from, index),
        };
        let mut sql = Sql::new(work.dialect);
        sql.push("DROP INDEX ");
        sql.qualified(&name)?;
        statements.push(in_table(&pair.from.name, sql.finish()?));
    }
    Ok(())
}

fn rename_table(work: &Work<'_>, from: &Name, to: &Name) -> Result<Vec<Statement>, DdlError> {
    if from.schema != to.schema {
        let error = format!("SQLite cannot move it to another database, as `{to}`");
        return Err(DdlError::new(error).within("table", from));
    }
    let statement = work.alter_table(from, |sql| {
        sql.push("RENAME TO ");
        sql.name(&to.name)
    })?;
    Ok(vec![statement])
}

fn drop_columns(
    work: &Work<'_>,
    pair: &TablePair<'_>,
    statements: &mut Vec<Statement>,
) -> Result<(), DdlError> {
    for column in &pair.dropped {
        statements.push(work.alter_table(&pair.to.name, |sql| {
            sql.push("DROP COLUMN ");
            sql.name(&column.name)
        })?);
    }
    Ok(())
}

/// Adds columns and indexes.
fn add(
    work: &Work<'_>,
    pair: &TablePair<'_>,
    statements: &mut Vec<Statement>,
) -> Result<(), DdlError> {
    let (to, table) = (work.compared.to, pair.to);
    for column in &pair.added {
        statements.push(work.alter_table(&table.name, |sql| {
            sql.push("ADD COLUMN ");
            definition::write(sql, to, table, column, work.dialect)
                .map(drop)
                .map_err(|error| error.within("column", &column.name))
        })?);
    }
    for index in pair
        .indexes
        .added
        .iter()
        .copied()
        .chain(renamed(work, pair).map(|it| it.1))
    {
        let name = work.new.index(table, index);
        let sql = index::create(to, table, index, &name, work.dialect)?;
        statements.push(in_table(&table.name, sql));
    }
    Ok(())
}

fn in_table(table: &Name, sql: String) -> Statement {
    Statement {
        of: Object::Table(table.clone()),
        sql,
    }
}
