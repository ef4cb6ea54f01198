//! Names of constraints and indexes that are given twice.

use std::collections::HashMap;

use aludel_catalog::Dialect;

use crate::{
    diagnostic::{Diagnostic, Span},
    parse::draft::{Draft, TableDraft},
};

/// Reports every name that its database would refuse.
pub(super) fn report(draft: &mut Draft) {
    let mut names = Names::default();
    let mut parts: Vec<_> = draft
        .tables
        .iter()
        .flat_map(|table| named_parts(table, draft.dialect))
        .collect();
    parts.sort_by_key(|(_, _, _, span)| *span);
    for (scope, what, name, span) in parts {
        names.add(scope, what, draft.fold(name), name, span);
    }
    draft.diagnostics.extend(names.problems);
}

/// Within what a name has to be unique.
type Scope = String;

/// A name that has to be unique: its scope, what it names, and where.
type NamedPart<'t> = (Scope, &'static str, &'t str, Span);

/// The names in a table that have to be unique.
fn named_parts(table: &TableDraft, dialect: Dialect) -> Vec<NamedPart<'_>> {
    let scopes = Scopes::of(table, dialect);
    let mut parts = Vec::new();
    for index in &table.indexes {
        let name = &index.value.name;
        push(&mut parts, &scopes.indexes, "index", name, index.span);
    }
    // SQLite takes no notice of the names of constraints.
    if dialect == Dialect::Sqlite {
        return parts;
    }
    let mut push = |scopes, name, span| push(&mut parts, scopes, "constraint", name, span);
    for unique in &table.uniques {
        push(&scopes.uniques, &unique.value.name, unique.span);
    }
    for check in &table.checks {
        push(&scopes.checks, &check.check.name, check.span);
    }
    for key in &table.foreign_keys {
        push(&scopes.foreign_keys, &key.key.name, key.span);
    }
    if let Some(key) = &table.primary_key {
        push(&scopes.primary_key, &key.value.name, key.span);
    }
    parts
}

/// Within what the names of a table's parts have to be unique.
struct Scopes {
    indexes: Vec<Scope>,
    uniques: Vec<Scope>,
    checks: Vec<Scope>,
    foreign_keys: Vec<Scope>,
    primary_key: Vec<Scope>,
}

impl Scopes {
    /// A unique constraint is held by an index of its name, so that it has a name in both scopes; MySQL knows it by its index
    /// alone.
    fn of(table: &TableDraft, dialect: Dialect) -> Self {
        let in_table = format!("of table {}", table.name);
        let in_schema = format!(
            "of schema {}",
            table.name.schema.as_deref().unwrap_or_default()
        );
        let constraints = format!("constraint {in_table}");
        if dialect == Dialect::Mysql {
            let indexes = format!("index {in_table}");
            return Scopes {
                indexes: vec![indexes.clone()],
                uniques: vec![indexes],
                checks: vec![constraints],
                foreign_keys: vec![format!("foreign key {in_schema}")],
                primary_key: Vec::new(),
            };
        }
        let indexes = format!("index {in_schema}");
        let both = vec![indexes.clone(), constraints.clone()];
        Scopes {
            indexes: vec![indexes],
            uniques: both.clone(),
            checks: vec![constraints.clone()],
            foreign_keys: vec![constraints],
            primary_key: both,
        }
    }
}

fn push<'t>(
    parts: &mut Vec<NamedPart<'t>>,
    scopes: &[Scope],
    what: &'static str,
    name: &'t Option<String>,
    span: Span,
) {
    if let Some(name) = name {
        let named = scopes
            .iter()
            .map(|scope| (scope.clone(), what, name.as_str(), span));
        parts.extend(named);
    }
}

#[derive(Default)]
struct Names {
    seen: HashMap<(Scope, String), Span>,
    problems: Vec<Diagnostic>,
}

impl Names {
    fn add(&mut self, scope: Scope, what: &str, key: String, name: &str, span: Span) {
        match self.seen.get(&(scope.clone(), key.clone())) {
            // One constraint can have its name in two scopes.
            Some(first) if *first != span && !self.is_known(span) => {
                self.problems.push(duplicate_name(what, name, span, *first));
            }
            Some(_) => {}
            None => {
                self.seen.insert((scope, key), span);
            }
        }
    }

    fn is_known(&self, span: Span) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.span == Some(span))
    }
}

fn duplicate_name(what: &str, name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(format!("the {what} name `{name}` is used twice"))
        .at(span)
        .label("used again here")
        .also(first, "first used here")
}
