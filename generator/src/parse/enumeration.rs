//! `CREATE TYPE` and `ALTER TYPE`: enums, and other types of which only the name is kept.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Enum, Name};

use super::{
    Placed, Result, alter::rename, composite, cursor::Cursor, draft::Draft, statement::Outcome,
    table,
};
use crate::{diagnostic::Diagnostic, suggest};

/// Reads `CREATE TYPE …`.
pub(super) fn create(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.advance(2);
    let name = cursor.name("the name of a type")?;
    if !cursor.eat_words(&["AS", "ENUM"]) {
        return create_other(cursor, draft, name);
    }
    let values = read_values(cursor)?;
    cursor.expect_end()?;
    let first = draft
        .enums
        .iter()
        .find(|other| other.value.name == name.value);
    match first.map(|first| first.span) {
        Some(first) => draft.report(table::declared_twice("type", &name, first)),
        None => {
            let item = Enum {
                name: name.value,
                values,
                comment: None,
            };
            draft.enums.push(Placed::new(item, name.span));
        }
    }
    Ok(Outcome::Done)
}

/// Of a type that is no enum only the name is kept, and what tables can take over.
fn create_other(cursor: &mut Cursor<'_>, draft: &mut Draft, name: Placed<Name>) -> Result<Outcome> {
    let is_composite = cursor.is_word("AS") && cursor.peek_at(1) == Some(&Token::LParen);
    if !is_composite {
        draft.report(only_name(&name));
        draft.opaque_types.insert(name.value, None);
        return Ok(Outcome::Done);
    }
    cursor.advance(1);
    let composite = composite::read(cursor, draft, name.span)?;
    draft.opaque_types.insert(name.value, Some(composite));
    cursor.expect_end()?;
    Ok(Outcome::Done)
}

fn read_values(cursor: &mut Cursor<'_>) -> Result<Vec<String>> {
    let inside = cursor.parentheses()?;
    if inside.is_at_end() {
        return Ok(Vec::new());
    }
    let read = |mut part: Cursor<'_>| {
        let value = part.string()?.value;
        match part.is_at_end() {
            true => Ok(value),
            false => Err(part.expected("`,` or `)`")),
        }
    };
    inside.split_at_commas().into_iter().map(read).collect()
}

/// Reads `ALTER TYPE …`.
pub(super) fn alter(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    let start = cursor.span();
    cursor.advance(2);
    let name = cursor.name("the name of a type")?;
    if cursor.is_words(&["OWNER", "TO"]) {
        return Ok(Outcome::Done);
    }
    let Some(number) = draft.enum_number(&name.value) else {
        return alter_opaque(cursor, draft, &name);
    };
    let item = &mut draft.enums[number].value;
    if let Some(to) = rename::read_move(cursor, &item.name)? {
        let from = std::mem::replace(&mut item.name, to.value.clone());
        draft.rename_type(&from, &to.value);
        return Ok(Outcome::Done);
    }
    if cursor.eat_words(&["ADD", "VALUE"]) {
        add_value(cursor, item)?;
    } else if cursor.eat_words(&["RENAME", "VALUE"]) {
        let from = cursor.string()?.value;
        cursor.expect_word("TO")?;
        let to = cursor.string()?.value;
        for value in item.values.iter_mut().filter(|value| **value == from) {
            value.clone_from(&to);
        }
    } else {
        draft.skip("ALTER TYPE", start);
        return Ok(Outcome::Done);
    }
    cursor.expect_end()?;
    Ok(Outcome::Done)
}

fn alter_opaque(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    name: &Placed<Name>,
) -> Result<Outcome> {
    let Some(known) = draft.opaque_name(&name.value) else {
        return Ok(Outcome::Missing(Box::new(unknown_type(draft, name))));
    };
    if let Some(to) = rename::read_move(cursor, &known)? {
        let composite = draft.opaque_types.remove(&known).flatten();
        draft.opaque_types.insert(to.value.clone(), composite);
        draft.rename_type(&known, &to.value);
        return Ok(Outcome::Done);
    }
    composite::alter(cursor, draft, &known);
    Ok(Outcome::Done)
}

fn add_value(cursor: &mut Cursor<'_>, item: &mut Enum) -> Result<()> {
    let if_not_exists = cursor.eat_words(&["IF", "NOT", "EXISTS"]);
    let value = cursor.string()?;
    let before = cursor.eat_word("BEFORE");
    let neighbour = match before || cursor.eat_word("AFTER") {
        true => Some(cursor.string()?),
        false => None,
    };
    if item.values.contains(&value.value) {
        return match if_not_exists {
            true => Ok(()),
            false => Err(Box::new(duplicate_value(&value, &item.name))),
        };
    }
    let found = neighbour.and_then(|neighbour| {
        item.values
            .iter()
            .position(|other| *other == neighbour.value)
    });
    let position = found.map_or(item.values.len(), |position| {
        position + usize::from(!before)
    });
    item.values.insert(position, value.value);
    Ok(())
}

/// That only the name of a type is kept.
pub(super) fn only_name(name: &Placed<Name>) -> Diagnostic {
    Diagnostic::warning(format!("only the name of type `{}` is kept", name.value))
        .at(name.span)
        .label("this is not an enum")
}

/// There is no such type.
pub(super) fn unknown_type(draft: &Draft, name: &Placed<Name>) -> Diagnostic {
    let enums = draft.enums.iter().map(|item| item.value.name.to_string());
    let others = draft.opaque_types.keys().map(Name::to_string);
    let names: Vec<String> = enums.chain(others).collect();
    let wanted = name.value.to_string();
    Diagnostic::error(format!("unknown type `{wanted}`"))
        .at(name.span)
        .label("no such type")
        .did_you_mean(suggest::nearest(&wanted, names.iter().map(String::as_str)))
}

fn duplicate_value(value: &Placed<String>, name: &Name) -> Diagnostic {
    Diagnostic::error(format!(
        "enum `{name}` has the value `{}` already",
        value.value
    ))
    .at(value.span)
    .label("added again here")
    .help("`ADD VALUE IF NOT EXISTS` adds it where it is not there yet")
}
