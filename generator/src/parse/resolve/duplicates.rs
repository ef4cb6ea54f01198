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
    let in_table = format!("of table {}", table.name);
    let in_schema = format!(
        "of schema {}",
        table.name.schema.as_deref().unwrap_or_default()
    );
    let mysql = dialect == Dialect::Mysql;
    let indexes = format!("index {}", if mysql { &in_table } else { &in_schema });
    let mut parts = Vec::new();
    for index in &table.indexes {
        push(&mut parts, &indexes, "index", &index.value.name, index.span);
    }
    // SQLite takes no notice of the names of constraints.
    if dialect == Dialect::Sqlite {
        return parts;
    }
    let keys = format!("foreign key {}", if mysql { &in_schema } else { &in_table });
    let constraints = format!("constraint {in_table}");
    // A unique constraint is held by an index of its name.
    for unique in &table.uniques {
        push(
            &mut parts,
            &indexes,
            "constraint",
            &unique.value.name,
            unique.span,
        );
    }
    for check in &table.checks {
        push(
            &mut parts,
            &constraints,
            "constraint",
            &check.value.name,
            check.span,
        );
    }
    for key in &table.foreign_keys {
        let scope = if mysql { &keys } else { &constraints };
        push(&mut parts, scope, "constraint", &key.key.name, key.span);
    }
    if !mysql {
        for unique in &table.uniques {
            push(
                &mut parts,
                &constraints,
                "constraint",
                &unique.value.name,
                unique.span,
            );
        }
        if let Some(key) = &table.primary_key {
            push(
                &mut parts,
                &indexes,
                "constraint",
                &key.value.name,
                key.span,
            );
            push(
                &mut parts,
                &constraints,
                "constraint",
                &key.value.name,
                key.span,
            );
        }
    }
    parts
}

fn push<'t>(
    parts: &mut Vec<NamedPart<'t>>,
    scope: &str,
    what: &'static str,
    name: &'t Option<String>,
    span: Span,
) {
    if let Some(name) = name {
        parts.push((scope.to_owned(), what, name, span));
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
