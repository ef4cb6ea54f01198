//! What stands behind a table's columns.

use crate::{Dialect, Table, difference::compare::TablePair};

use super::super::super::{DdlError, mysql::limits, sql::Sql};
use super::super::Work;

pub(super) fn of(work: &Work<'_>, pair: &TablePair<'_>) -> Result<Vec<String>, DdlError> {
    let mut clauses = Vec::new();
    for (old, new) in &pair.options {
        let name = old.or(*new).map_or("", |option| option.name.as_str());
        match (name, new) {
            // They have a statement of their own.
            ("CHARSET" | "COLLATE", _) => {}
            ("PARTITION BY" | "WITH SYSTEM VERSIONING", _) => {
                return Err(DdlError::new(format!(
                    "{name} cannot be changed by what is known of it: alter the table by hand"
                )));
            }
            (_, Some(option)) => clauses.push(match &option.value {
                Some(value) => format!("{name}={value}"),
                None => name.into(),
            }),
            ("ROW_FORMAT", None) => clauses.push("ROW_FORMAT=DEFAULT".into()),
            (_, None) => {
                return Err(DdlError::new(format!(
                    "what {name} is by itself is not known: say it, or alter the table by hand"
                )));
            }
        }
    }
    if pair.comment {
        let comment = pair.to.comment.as_deref().unwrap_or_default();
        limits::admit_comment(comment, 2048)?;
        let mut sql = Sql::new(work.dialect);
        sql.push("COMMENT=");
        sql.literal(comment);
        clauses.push(sql.finish()?);
    }
    Ok(clauses)
}

/// Whether the table says other characters or another collation than before.
pub(super) fn is_converted(pair: &TablePair<'_>) -> bool {
    let mut said = pair.options.iter().filter_map(|(_, new)| *new);
    said.any(|option| ["CHARSET", "COLLATE"].contains(&option.name.as_str()))
}

/// All texts of the table in the characters and the collation that it says. Columns that say their own have to say them again.
pub(super) fn convert(table: &Table) -> String {
    let value = |name: &str| {
        let mut options = table.options.iter();
        let option = options.find(|it| it.dialect == Dialect::Mysql && it.name == name);
        option.and_then(|option| option.value.clone())
    };
    let collation = value("COLLATE");
    let of_collation = || {
        let collation = collation.as_deref().unwrap_or("utf8mb4");
        collation.split('_').next().unwrap_or_default().to_owned()
    };
    let characters = value("CHARSET").unwrap_or_else(of_collation);
    match &collation {
        Some(collation) => format!("CONVERT TO CHARACTER SET {characters} COLLATE {collation}"),
        None => format!("CONVERT TO CHARACTER SET {characters}"),
    }
}
