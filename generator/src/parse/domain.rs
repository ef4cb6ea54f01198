//! `CREATE DOMAIN`.

use aludel_catalog::Domain;

use super::{
    Placed, Result,
    column::not_kept,
    constraint::{self, Constraint},
    cursor::Cursor,
    draft::Draft,
    statement::Outcome,
    table, type_name, types,
};

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
        cursor.name("a collation")?;
        draft.report(not_kept("COLLATE", cursor.span_from(start)));
    } else {
        return Err(cursor.expected("`NOT NULL`, `DEFAULT` or `CHECK`"));
    }
    Ok(())
}
