//! Namespaces: `CREATE SCHEMA`, `ALTER SCHEMA` and `DROP SCHEMA`, which MySQL calls databases.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Dialect, Name};

use super::{
    Result,
    cursor::{Cursor, is_word},
    draft::Draft,
    statement::Outcome,
    token::PlacedToken,
};

/// Reads the beginning of `CREATE SCHEMA …`; gives back the namespace, where there can be elements in it.
pub(super) fn create(cursor: &mut Cursor<'_>) -> Result<Option<String>> {
    cursor.advance(2);
    if cursor.source.dialect != Dialect::Postgres {
        cursor.skip_to_end();
        return Ok(None);
    }
    cursor.eat_words(&["IF", "NOT", "EXISTS"]);
    let owner = cursor.eat_word("AUTHORIZATION");
    let name = cursor.identifier("the name of a schema")?;
    if !owner && cursor.eat_word("AUTHORIZATION") {
        cursor.identifier("the name of a role")?;
    }
    Ok(Some(name.value))
}

/// The statements within `CREATE SCHEMA`. Nothing but their first words separates them.
pub(super) fn elements<'s>(cursor: &Cursor<'s>) -> Vec<&'s [PlacedToken]> {
    let tokens = cursor.rest();
    let mut depth = 0_usize;
    let mut starts = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        match &token.token {
            Token::LParen => depth += 1,
            Token::RParen => depth = depth.saturating_sub(1),
            token if depth == 0 && (is_word(token, "CREATE") || is_word(token, "GRANT")) => {
                starts.push(number);
            }
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    let elements = starts.iter().zip(ends);
    elements.map(|(start, end)| &tokens[*start..end]).collect()
}

/// Reads `ALTER SCHEMA old RENAME TO new`.
pub(super) fn alter(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.advance(2);
    let from = cursor.identifier("the name of a schema")?.value;
    if !cursor.eat_words(&["RENAME", "TO"]) {
        return Ok(Outcome::Done);
    }
    let to = cursor.identifier("the name of a schema")?.value;
    let (from, to) = (cursor.namespace(from), cursor.namespace(to));
    draft.rename_schema(&from, &to);
    Ok(Outcome::Done)
}

/// Takes away everything that is in a namespace.
pub(super) fn remove(cursor: &Cursor<'_>, draft: &mut Draft, schema: String) {
    let schema = cursor.namespace(schema);
    let is_in = |name: &Name| name.schema == schema;
    while let Some(table) = draft.tables.iter().position(|table| is_in(&table.name)) {
        draft.forget_keys_to(table);
        draft.remove_table(table);
    }
    draft.views.retain(|view| !is_in(&view.value.name));
    draft.enums.retain(|item| !is_in(&item.value.name));
    draft.domains.retain(|domain| !is_in(&domain.value.name));
    draft
        .sequences
        .retain(|sequence| !sequence.value.name.as_ref().is_some_and(is_in));
    draft.opaque_types.retain(|name, _| !is_in(name));
    draft.type_remarks.retain(|name, _| !is_in(name));
    draft.left_out.retain(|name| !is_in(name));
}
