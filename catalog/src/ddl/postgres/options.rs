//! What stands behind a table's columns, and the numbers of sequences.

use crate::{Dialect, Sequence, Table};

use super::super::{DdlError, sql::Sql};
use super::Postgres;

/// The options, in the order that PostgreSQL wants.
const OPTIONS: [&str; 4] = ["PARTITION BY", "USING", "WITH", "TABLESPACE"];

pub(super) fn of_table(table: &Table) -> Result<String, DdlError> {
    let own = || {
        let options = table.options.iter();
        options.filter(|option| option.dialect == Dialect::Postgres)
    };
    if let Some(option) = own().find(|option| !OPTIONS.contains(&option.name.as_str())) {
        return Err(DdlError::new(format!(
            "PostgreSQL has no table option `{}`",
            option.name
        )));
    }
    let mut sql = Sql::new(&Postgres);
    for name in OPTIONS {
        let Some(option) = own().find(|option| option.name == name) else {
            continue;
        };
        let value = option
            .value
            .as_deref()
            .ok_or_else(|| DdlError::new(format!("the table option `{name}` has no value")))?;
        sql.push(" ");
        sql.push(name);
        sql.push(" ");
        match name {
            "WITH" => sql.push(&format!("({value})")),
            "PARTITION BY" => sql.push(value),
            _ => sql.name(value)?,
        }
    }
    sql.finish()
}

/// Appends the numbers of the sequence behind an identity column.
pub(super) fn push_numbers(sql: &mut Sql, sequence: &Sequence) -> Result<(), DdlError> {
    let mut numbers = numbers(sequence);
    if numbers.is_empty() && sequence.name.is_none() {
        return Ok(());
    }
    sql.push(" (");
    if let Some(name) = &sequence.name {
        sql.push("SEQUENCE NAME ");
        sql.qualified(name)?;
        if !numbers.is_empty() {
            numbers.insert(0, ' ');
        }
    }
    sql.push(&numbers);
    sql.push(")");
    Ok(())
}

/// What is said about a sequence's numbers.
pub(super) fn numbers(sequence: &Sequence) -> String {
    let mut words = Vec::new();
    for (word, number) in [
        ("INCREMENT BY", sequence.increment),
        ("MINVALUE", sequence.min),
        ("MAXVALUE", sequence.max),
        ("START WITH", sequence.start),
        ("CACHE", sequence.cache),
    ] {
        words.extend(number.map(|number| format!("{word} {number}")));
    }
    if sequence.cycle {
        words.push("CYCLE".into());
    }
    words.join(" ")
}
