//! Altering on MySQL and MariaDB: one ALTER TABLE for each table, within which what is dropped makes room for what is added.
//! Foreign keys are dropped before all of them and added behind them.

mod clauses;
mod options;

use std::collections::HashSet;

use crate::{
    ForeignKey, Name, Sequence, Table,
    difference::{
        Aspect,
        compare::{ColumnPair, TablePair},
    },
};

use super::super::{DdlError, Object, Statement, expression, foreign_key, sql::Sql};
use super::{
    Work,
    parts::{self, KeyOf, Touched},
    rename, views,
};

use clauses::Clauses;

pub(super) fn alter(work: &Work<'_>) -> Result<Vec<Statement>, DdlError> {
    let compared = &work.compared;
    let views = views::dropped(work, &[]);
    let keys = foreign_keys(work);

    let mut statements = work.namespaces();
    statements.extend(views::drop(work, &views));
    for (table, key) in &keys.0 {
        let name = work.old.foreign_key(table, key);
        let sql = foreign_key::drop(table, &name, work.dialect)?;
        statements.push(in_table(table, sql));
    }
    statements.extend(work.drop_tables());
    statements.extend(rename::tables(work, |from, to| {
        let statement = work.alter_table(from, |sql| {
            sql.push("RENAME TO ");
            sql.qualified(to)
        })?;
        Ok(vec![statement])
    })?);
    statements.extend(sequences(work)?);
    for pair in &compared.tables {
        if options::is_converted(pair) {
            statements.push(work.alter_table(&pair.to.name, |sql| {
                sql.push(&options::convert(pair.to));
                Ok(())
            })?);
        }
        statements.extend(Clauses::of(work, pair)?);
    }
    statements.extend(work.tables());
    for (table, key) in &keys.1 {
        let name = work.new.foreign_key(table, key);
        let sql = foreign_key::add(table, key, &name, work.dialect)?;
        statements.push(in_table(table, sql));
    }
    let gone = compared.sequences.dropped.iter();
    let gone = gone.filter_map(|it| it.name.clone()).map(Object::Sequence);
    statements.extend(work.drops(&gone.collect::<HashSet<Object>>()));
    statements.extend(views::create(work, &views));
    Ok(statements)
}

fn in_table(table: &Table, sql: String) -> Statement {
    Statement {
        of: Object::Table(table.name.clone()),
        sql,
    }
}

/// The foreign keys to drop, and those to add.
fn foreign_keys<'c>(work: &Work<'c>) -> (Vec<KeyOf<'c>>, Vec<KeyOf<'c>>) {
    let compared = &work.compared;
    let mut keys = parts::foreign_keys(compared, &|pair| {
        let mut touched = touched(pair);
        let retyped = pair.columns.iter().filter(|it| is_retyped(it));
        touched.retyped = retyped.map(|it| it.from.name.as_str()).collect();
        touched
    });
    for pair in &compared.tables {
        for (before, after) in renamed_keys(work, pair) {
            if !keys.0.iter().any(|(_, key)| std::ptr::eq(*key, before)) {
                keys.0.push((pair.from, before));
                keys.1.push((pair.to, after));
            }
        }
    }
    keys
}

/// The statements that create and alter sequences.
fn sequences(work: &Work<'_>) -> Result<Vec<Statement>, DdlError> {
    let sequences = &work.compared.sequences;
    let mut statements = Vec::new();
    for name in sequences.created.iter().filter_map(|it| it.name.clone()) {
        statements.extend(work.creates(&Object::Sequence(name)));
    }
    for (_, new) in &sequences.changed {
        statements.push(alter_sequence(work, new)?);
    }
    Ok(statements)
}

/// The foreign keys whose names were made of their table and columns, where these have other names now.
fn renamed_keys<'c>(
    work: &Work<'c>,
    pair: &TablePair<'c>,
) -> Vec<(&'c ForeignKey, &'c ForeignKey)> {
    let is_renamed = |(before, after): &(&'c ForeignKey, &'c ForeignKey)| {
        before.name.is_none()
            && after.name.is_none()
            && work.old.foreign_key(pair.from, before) != work.new.foreign_key(pair.to, after)
    };
    let kept = pair.foreign_keys.kept.iter().copied();
    kept.filter(is_renamed).collect()
}

/// Whether a foreign key stands in the way of what happens to a column.
fn is_retyped(pair: &ColumnPair<'_>) -> bool {
    let aspects = [Aspect::Type, Aspect::Collation, Aspect::Nullability];
    aspects.into_iter().any(|aspect| pair.differs_in(aspect))
}

/// What happens to columns that expressions name: checks and computed columns do not follow a column to another name.
fn touched<'c>(pair: &TablePair<'c>) -> Touched<'c> {
    let renamed = pair.columns.iter().filter(|it| it.is_renamed());
    let anew = pair.columns.iter().filter(|it| is_anew(pair, it));
    Touched {
        anew: anew.map(|it| it.from.name.as_str()).collect(),
        retyped: Vec::new(),
        renamed: renamed.map(|it| it.from.name.as_str()).collect(),
    }
}

/// Whether a column is dropped and added: one that is computed otherwise, or from a column that has another name.
fn is_anew(table: &TablePair<'_>, column: &ColumnPair<'_>) -> bool {
    let Some(generated) = &column.from.generated else {
        return column.to.generated.is_some();
    };
    let names_renamed = |other: &ColumnPair<'_>| {
        other.is_renamed() && expression::names(&generated.expression, &other.from.name)
    };
    column.to.generated.is_some()
        && (column.differs_in(Aspect::Generated) || table.columns.iter().any(names_renamed))
}

fn alter_sequence(work: &Work<'_>, sequence: &Sequence) -> Result<Statement, DdlError> {
    let name = sequence.name.clone().unwrap_or_else(|| Name::new(""));
    let mut sql = Sql::new(work.dialect);
    sql.push("ALTER SEQUENCE ");
    sql.qualified(&name)?;
    let start = sequence.start.or(sequence.min).unwrap_or(1);
    sql.push(&format!(" START WITH {start}"));
    sql.push(&format!(
        " INCREMENT BY {}",
        sequence.increment.unwrap_or(1)
    ));
    for (word, number) in [("MINVALUE", sequence.min), ("MAXVALUE", sequence.max)] {
        sql.push(&match number {
            Some(number) => format!(" {word} {number}"),
            None => format!(" NO {word}"),
        });
    }
    if let Some(cache) = sequence.cache {
        sql.push(&format!(" CACHE {cache}"));
    }
    sql.push(if sequence.cycle { " CYCLE" } else { " NOCYCLE" });
    Ok(Statement {
        of: Object::Sequence(name),
        sql: sql.finish()?,
    })
}
