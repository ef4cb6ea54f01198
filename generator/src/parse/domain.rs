//! `CREATE DOMAIN`.

use aludel_catalog::{Domain, Name};

use super::{
    Placed, Result,
    alter::rename,
    column::not_kept,
    constraint::{self, Constraint},
    cursor::Cursor,
    draft::Draft,
    statement::Outcome,
    table, type_name, types,
};
use crate::{diagnostic::Diagnostic, suggest};

/// Reads `CREATE DOMAIN …`.
pub(super) fn create(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.advance(2);
    let name = cursor.name("the name of a domain")?;
    cursor.eat_word("AS");
    let ty = type_name::read(cursor)?.ok_or_else(|| cursor.expected("a type"))?;
    let mut domain = Domain {
        name: name.value.clone(),
        base: types::plain(ty, draft),
        not_null: false,
        default: None,
        checks: Vec::new(),
        comment: None,
    };
    while !cursor.is_at_end() {
        read_option(cursor, &mut domain, draft)?;
    }
    let first = draft
        .domains
        .iter()
        .find(|other| other.value.name == name.value);
    match first.map(|first| first.span) {
        Some(first) => draft.report(table::declared_twice("domain", &name, first)),
        None => draft.domains.push(Placed::new(domain, name.span)),
    }
    Ok(Outcome::Done)
}

/// Reads `ALTER DOMAIN …`.
pub(super) fn alter(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    let start = cursor.span();
    cursor.advance(2);
    let name = cursor.name("the name of a domain")?;
    let Some(number) = draft.domain_number(&name.value) else {
        return Ok(Outcome::Missing(Box::new(unknown_domain(draft, &name))));
    };
    let mut domain = draft.domains[number].value.clone();
    if let Some(to) = rename::read_move(cursor, &domain.name)? {
        let from = std::mem::replace(&mut draft.domains[number].value.name, to.value.clone());
        draft.rename_type(&from, &to.value);
        return Ok(Outcome::Done);
    }
    if cursor.eat_words(&["DROP", "NOT", "NULL"]) {
        domain.not_null = false;
    } else if cursor.eat_words(&["DROP", "DEFAULT"]) {
        domain.default = None;
    } else if cursor.eat_words(&["DROP", "CONSTRAINT"]) {
        cursor.skip_to_end();
        draft.report(not_kept(
            "DROP CONSTRAINT of a domain",
            cursor.span_from(start),
        ));
    } else if cursor.eat_word("ADD") || cursor.is_words(&["SET", "NOT"]) {
        cursor.eat_word("SET");
        while !cursor.is_at_end() && !cursor.eat_words(&["NOT", "VALID"]) {
            read_option(cursor, &mut domain, draft)?;
        }
    } else if cursor.is_words(&["SET", "DEFAULT"]) {
        cursor.advance(1);
        read_option(cursor, &mut domain, draft)?;
    }
    draft.domains[number].value = domain;
    Ok(Outcome::Done)
}

fn unknown_domain(draft: &Draft, name: &Placed<Name>) -> Diagnostic {
    let domains = draft.domains.iter();
    let names: Vec<String> = domains
        .map(|domain| domain.value.name.to_string())
        .collect();
    let wanted = name.value.to_string();
    Diagnostic::error(format!("unknown domain `{wanted}`"))
        .at(name.span)
        .label("no such domain")
        .did_you_mean(suggest::nearest(&wanted, names.iter().map(String::as_str)))
}

fn read_option(cursor: &mut Cursor<'_>, domain: &mut Domain, draft: &mut Draft) -> Result<()> {
    let start = cursor.span();
    if cursor.eat_word("CONSTRAINT") {
        cursor.identifier("the name of a constraint")?;
    } else if cursor.eat_words(&["NOT", "NULL"]) {
        domain.not_null = true;
    } else if cursor.eat_word("NULL") {
        domain.not_null = false;
    } else if cursor.is_word("DEFAULT") {
        domain.default = Some(cursor.column_option_expression(1)?.value);
    } else if cursor.is_word("CHECK") {
        if let Constraint::Check { check, .. } = constraint::read_check(cursor, None, draft)? {
            domain.checks.push(check.expression);
        }
    } else if cursor.eat_word("COLLATE") {
        cursor.collation()?;
        draft.report(not_kept("COLLATE", cursor.span_from(start)));
    } else {
        return Err(cursor.expected("`NOT NULL`, `DEFAULT` or `CHECK`"));
    }
    Ok(())
}
