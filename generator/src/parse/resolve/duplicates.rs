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

/// The names in a table that have to be unique, each with its scope, what it names, and where.
fn named_parts<'t>(
    table: &'t TableDraft,
    dialect: Dialect,
) -> Vec<(Scope, &'static str, &'t str, Span)> {
    let here = format!("of table {}", table.name);
    let schema = format!(
        "of schema {}",
        table.name.schema.as_deref().unwrap_or_default()
    );
    let indexes = match dialect {
        Dialect::Mysql => format!("index {here}"),
        Dialect::Sqlite | Dialect::Postgres => format!("index {schema}"),
    };
    let keys = match dialect {
        Dialect::Mysql => format!("foreign key {schema}"),
        Dialect::Sqlite | Dialect::Postgres => format!("constraint {here}"),
    };
    let checks = format!("constraint {here}");
    let mut parts = Vec::new();
    let mut add = |scope: &Scope, what, name: Option<&'t str>, span| {
        if let Some(name) = name {
            parts.push((scope.clone(), what, name, span));
        }
    };
    for index in &table.indexes {
        add(&indexes, "index", index.value.name.as_deref(), index.span);
    }
    // SQLite takes no notice of the names of constraints.
    if dialect == Dialect::Sqlite {
        return parts;
    }
    // A unique constraint is held by an index of its name.
    for unique in &table.uniques {
        add(
            &indexes,
            "constraint",
            unique.value.name.as_deref(),
            unique.span,
        );
        if dialect == Dialect::Postgres {
            add(
                &checks,
                "constraint",
                unique.value.name.as_deref(),
                unique.span,
            );
        }
    }
    if let Some(key) = table
        .primary_key
        .as_ref()
        .filter(|_| dialect == Dialect::Postgres)
    {
        add(&indexes, "constraint", key.value.name.as_deref(), key.span);
        add(&checks, "constraint", key.value.name.as_deref(), key.span);
    }
    for key in &table.foreign_keys {
        add(&keys, "constraint", key.key.name.as_deref(), key.span);
    }
    for check in &table.checks {
        add(
            &checks,
            "constraint",
            check.value.name.as_deref(),
            check.span,
        );
    }
    parts
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
