//! PostgreSQL's `CREATE TABLE … OF type`: the columns are the attributes of a composite type.

use sqlparser::tokenizer::Token;

use aludel_catalog::Name;

use super::{Elements, add, read_body};
use crate::{
    diagnostic::Diagnostic,
    parse::{
        Placed, Result, column,
        constraint::unknown_column,
        cursor::Cursor,
        draft::{Draft, TableDraft},
        enumeration::unknown_type,
        statement::Outcome,
    },
};

/// Reads what stands behind `OF`. The type need not have been declared yet.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    name: Placed<Name>,
    file: &str,
) -> Result<Outcome> {
    let ty = cursor.name("the name of a type")?;
    let mut table = TableDraft::new(name, file.to_owned());
    let Some(known) = draft.opaque_name(&ty.value) else {
        return match draft.names_type(&ty.value) {
            true => Err(Box::new(not_composite(&ty))),
            false => Ok(Outcome::Missing(Box::new(unknown_type(draft, &ty)))),
        };
    };
    let Some(Some(composite)) = draft.opaque_types.get_mut(&known) else {
        return Err(Box::new(not_composite(&ty)));
    };
    composite.is_used = true;
    table.columns.clone_from(&composite.attributes);
    table.lost_column = composite.lost_attribute;
    table.of_type = Some(known);
    match cursor.is_symbol(&Token::LParen) {
        true => read_body(cursor, draft, table),
        false => add(cursor, draft, Elements::new(table), true),
    }
}

impl Elements {
    /// `name WITH OPTIONS …`: what the table adds to an attribute.
    pub(super) fn refine_column(&mut self, part: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
        let name = part.identifier("a column name")?;
        part.eat_words(&["WITH", "OPTIONS"]);
        let Some(number) = self.table.column_number(draft, &name.value) else {
            if self.table.lost_column {
                return Ok(());
            }
            let table = self.table.name.to_string();
            let names = self.table.column_names();
            return Err(Box::new(unknown_column(
                &name.value,
                &table,
                name.span,
                names,
            )));
        };
        let mut column = self.table.columns[number].clone();
        column.span = name.span;
        let reading = column::refine(part, draft, column);
        self.table.columns[number] = reading.draft;
        self.constraints.extend(reading.constraints);
        Ok(())
    }
}

fn not_composite(ty: &Placed<Name>) -> Diagnostic {
    Diagnostic::error(format!("type `{}` has no attributes", ty.value))
        .at(ty.span)
        .label("a table can only be of a composite type")
}
