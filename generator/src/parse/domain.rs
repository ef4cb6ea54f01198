//! `CREATE DOMAIN` and `ALTER DOMAIN`.

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
use crate::{
    diagnostic::{Diagnostic, Span},
    suggest,
};

/// A domain while it is being read.
#[derive(Debug, Clone)]
pub(super) struct DomainDraft {
    pub(super) value: Domain,
    pub(super) span: Span,
    /// The names of its checks, in their order. The catalog has no room for them.
    check_names: Vec<String>,
    /// The name of its NOT NULL.
    not_null_name: Option<String>,
}

impl DomainDraft {
    fn new(value: Domain, span: Span) -> Self {
        DomainDraft {
            value,
            span,
            check_names: Vec::new(),
            not_null_name: None,
        }
    }

    pub(super) fn placed(self) -> Placed<Domain> {
        Placed::new(self.value, self.span)
    }

    fn add_check(&mut self, name: Option<String>, expression: String) {
        let name = name.unwrap_or_else(|| self.free_check_name());
        self.value.checks.push(expression);
        self.check_names.push(name);
    }

    /// The name that PostgreSQL gives to a check: `email_check`, `email_check1`. It stays when the domain is renamed.
    fn free_check_name(&self) -> String {
        let first = format!("{}_check", self.value.name.name);
        let numbered = (1_usize..).map(|number| format!("{first}{number}"));
        std::iter::once(first.clone())
            .chain(numbered)
            .find(|name| !self.check_names.contains(name))
            .expect("there are more numbers than checks")
    }

    fn set_not_null(&mut self, name: Option<String>) {
        self.value.not_null = true;
        self.not_null_name = name.or_else(|| Some(format!("{}_not_null", self.value.name.name)));
    }

    fn drop_not_null(&mut self) {
        self.value.not_null = false;
        self.not_null_name = None;
    }

    /// Takes away the constraint of this name; false if there is none.
    fn drop_constraint(&mut self, name: &str) -> bool {
        if self.not_null_name.as_deref() == Some(name) {
            self.drop_not_null();
            return true;
        }
        let check = self.check_names.iter().position(|other| other == name);
        if let Some(check) = check {
            self.check_names.remove(check);
            self.value.checks.remove(check);
        }
        check.is_some()
    }

    /// Gives a constraint another name; false if there is none.
    fn rename_constraint(&mut self, from: &str, to: &str) -> bool {
        let mut names = self.check_names.iter_mut().chain(&mut self.not_null_name);
        let found = names.find(|name| *name == from);
        let is_found = found.is_some();
        found.into_iter().for_each(|name| to.clone_into(name));
        is_found
    }
}

/// Reads `CREATE DOMAIN …`.
pub(super) fn create(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.advance(2);
    let name = cursor.name("the name of a domain")?;
    cursor.eat_word("AS");
    let ty = type_name::read(cursor)?.ok_or_else(|| cursor.expected("a type"))?;
    let domain = Domain {
        name: name.value.clone(),
        base: types::plain(ty, draft),
        not_null: false,
        default: None,
        checks: Vec::new(),
        comment: None,
    };
    let mut domain = DomainDraft::new(domain, name.span);
    while !cursor.is_at_end() {
        read_option(cursor, &mut domain, draft)?;
    }
    let first = draft
        .domains
        .iter()
        .find(|other| other.value.name == name.value);
    match first.map(|first| first.span) {
        Some(first) => draft.report(table::declared_twice("domain", &name, first)),
        None => draft.domains.push(domain),
    }
    Ok(Outcome::Done)
}

/// Reads `ALTER DOMAIN …`.
pub(super) fn alter(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.advance(2);
    let name = cursor.name("the name of a domain")?;
    let Some(number) = draft.domain_number(&name.value) else {
        return Ok(Outcome::Missing(Box::new(unknown_domain(draft, &name))));
    };
    let mut domain = draft.domains[number].clone();
    if let Some(to) = rename::read_move(cursor, &domain.value.name)? {
        draft.domains[number].value.name.clone_from(&to.value);
        draft.rename_type(&domain.value.name, &to.value);
        return Ok(Outcome::Done);
    }
    change(cursor, &mut domain, draft)?;
    draft.domains[number] = domain;
    Ok(Outcome::Done)
}

fn change(cursor: &mut Cursor<'_>, domain: &mut DomainDraft, draft: &mut Draft) -> Result<()> {
    if cursor.is_words(&["OWNER", "TO"]) || cursor.is_words(&["VALIDATE", "CONSTRAINT"]) {
        return Ok(());
    }
    if cursor.eat_words(&["DROP", "NOT", "NULL"]) {
        domain.drop_not_null();
    } else if cursor.eat_words(&["DROP", "DEFAULT"]) {
        domain.value.default = None;
    } else if cursor.eat_words(&["DROP", "CONSTRAINT"]) {
        drop_constraint(cursor, domain, draft)?;
    } else if cursor.eat_words(&["RENAME", "CONSTRAINT"]) {
        rename_constraint(cursor, domain, draft)?;
    } else if cursor.eat_word("ADD") || cursor.eat_word("SET") {
        read_option(cursor, domain, draft)?;
        // The rows that are there do not matter here.
        cursor.eat_words(&["NOT", "VALID"]);
    } else {
        let problem = cursor.expected_word(&["ADD", "DROP", "SET", "RENAME"]);
        return draft.tolerate(problem, cursor.span(), cursor, "all of this");
    }
    cursor.expect_end()
}

fn drop_constraint(
    cursor: &mut Cursor<'_>,
    domain: &mut DomainDraft,
    draft: &mut Draft,
) -> Result<()> {
    let if_exists = cursor.eat_words(&["IF", "EXISTS"]);
    let name = cursor.identifier("the name of a constraint")?;
    if !domain.drop_constraint(&name.value) && !if_exists {
        draft.report(unknown_constraint(&name, domain, "nothing is dropped"));
    }
    let _ = cursor.eat_word("CASCADE") || cursor.eat_word("RESTRICT");
    Ok(())
}

fn rename_constraint(
    cursor: &mut Cursor<'_>,
    domain: &mut DomainDraft,
    draft: &mut Draft,
) -> Result<()> {
    let from = cursor.identifier("the name of a constraint")?;
    cursor.expect_word("TO")?;
    let to = cursor.identifier("the name of a constraint")?.value;
    if !domain.rename_constraint(&from.value, &to) {
        draft.report(unknown_constraint(&from, domain, "nothing is renamed"));
    }
    Ok(())
}

fn read_option(cursor: &mut Cursor<'_>, domain: &mut DomainDraft, draft: &mut Draft) -> Result<()> {
    let start = cursor.span();
    let name = match cursor.eat_word("CONSTRAINT") {
        true => Some(cursor.identifier("the name of a constraint")?.value),
        false => None,
    };
    if cursor.eat_words(&["NOT", "NULL"]) {
        domain.set_not_null(name);
    } else if cursor.eat_word("NULL") {
        domain.drop_not_null();
    } else if cursor.is_word("DEFAULT") {
        let default = cursor.column_option_expression(1)?.value;
        domain.value.default = Some(default).filter(|default| !is_null(default));
    } else if cursor.is_word("CHECK") {
        if let Constraint::Check { check, .. } = constraint::read_check(cursor, name, draft)? {
            domain.add_check(check.name, check.expression);
        }
    } else if cursor.eat_word("COLLATE") {
        cursor.collation()?;
        draft.report(not_kept("COLLATE", cursor.span_from(start)));
    } else {
        return Err(cursor.expected("`NOT NULL`, `DEFAULT` or `CHECK`"));
    }
    Ok(())
}

/// Whether a default is none, as PostgreSQL has it.
fn is_null(default: &str) -> bool {
    let value = default.split("::").next().unwrap_or_default();
    value.trim().eq_ignore_ascii_case("null")
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

fn unknown_constraint(name: &Placed<String>, domain: &DomainDraft, effect: &str) -> Diagnostic {
    let (domain, name, span) = (&domain.value.name, &name.value, name.span);
    Diagnostic::warning(format!("domain `{domain}` has no constraint `{name}`"))
        .at(span)
        .label(effect)
}
