//! What stands behind a table's columns.

use crate::{TableOption, difference::compare::TablePair};

use super::super::super::{DdlError, Statement};
use super::super::Work;

pub(super) fn alter(work: &Work<'_>, pair: &TablePair<'_>) -> Result<Vec<Statement>, DdlError> {
    let mut statements = Vec::new();
    for (old, new) in &pair.options {
        let name = old.or(*new).map_or("", |option| option.name.as_str());
        match name {
            "WITH" => with(work, pair, *old, *new, &mut statements)?,
            "TABLESPACE" => statements.push(work.alter_table(&pair.to.name, |sql| {
                sql.push("SET TABLESPACE ");
                let space = new.and_then(|option| option.value.as_deref());
                sql.name(space.unwrap_or("pg_default"))
            })?),
            other => {
                let error = format!(
                    "{other} cannot be changed: create the table under another name, copy its rows, and let them change places"
                );
                return Err(DdlError::new(error).within("table", &pair.to.name));
            }
        }
    }
    Ok(statements)
}

/// Storage parameters: those that are gone go back to what they are by themselves.
fn with(
    work: &Work<'_>,
    pair: &TablePair<'_>,
    old: Option<&TableOption>,
    new: Option<&TableOption>,
    statements: &mut Vec<Statement>,
) -> Result<(), DdlError> {
    let text = |option: Option<&TableOption>| {
        let value = option.and_then(|option| option.value.clone());
        value.unwrap_or_default()
    };
    let name = |parameter: &str| {
        let name = parameter.split('=').next().unwrap_or_default();
        name.trim().to_owned()
    };
    let (old, new) = (text(old), text(new));
    let kept: Vec<String> = new.split(',').map(name).collect();
    let gone: Vec<String> = old
        .split(',')
        .map(name)
        .filter(|it| !kept.contains(it))
        .collect();
    if !gone.is_empty() && !old.is_empty() {
        statements.push(work.alter_table(&pair.to.name, |sql| {
            sql.push(&format!("RESET ({})", gone.join(", ")));
            Ok(())
        })?);
    }
    if !new.is_empty() {
        statements.push(work.alter_table(&pair.to.name, |sql| {
            sql.push(&format!("SET ({new})"));
            Ok(())
        })?);
    }
    Ok(())
}
