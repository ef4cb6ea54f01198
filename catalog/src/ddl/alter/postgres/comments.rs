//! Comments that are other ones, or gone.

use crate::{
    Index, Name, Table,
    difference::{Aspect, compare::TablePair},
};

use super::super::super::{DdlError, Object, Statement, postgres::comments};

pub(super) fn of_table(pair: &TablePair<'_>) -> Result<Vec<Statement>, DdlError> {
    let table = pair.to;
    let of = || Object::Table(table.name.clone());
    let mut statements = Vec::new();
    if pair.comment {
        let text = table.comment.as_ref();
        statements.push(comments::set("TABLE", &table.name, None, text, of())?);
    }
    let changed = pair
        .columns
        .iter()
        .filter(|it| it.differs_in(Aspect::Comment));
    let anew = pair.columns.iter().filter(|it| it.to.generated.is_some());
    let columns = changed.map(|it| it.to);
    let columns = columns.chain(pair.added.iter().copied().filter(|it| it.comment.is_some()));
    // Those that were made anew have lost theirs; saying it again does no harm.
    let columns = columns.chain(anew.map(|it| it.to).filter(|it| it.comment.is_some()));
    let mut said: Vec<&str> = Vec::new();
    for column in columns {
        if said.contains(&column.name.as_str()) {
            continue;
        }
        said.push(&column.name);
        let (name, text) = (Some(&column.name), column.comment.as_ref());
        statements.push(comments::set("COLUMN", &table.name, name, text, of())?);
    }
    Ok(statements)
}

/// The comment of an index that was created.
pub(super) fn of_index(
    table: &Table,
    index: &Index,
    name: &str,
) -> Result<Option<Statement>, DdlError> {
    let name = Name {
        schema: table.name.schema.clone(),
        name: name.into(),
    };
    let of = Object::Table(table.name.clone());
    match &index.comment {
        Some(text) => comments::set("INDEX", &name, None, Some(text), of).map(Some),
        None => Ok(None),
    }
}
