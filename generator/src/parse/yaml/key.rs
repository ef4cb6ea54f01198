//! Primary keys, unique constraints and checks of a table.

use aludel_catalog::{Check, PrimaryKey, Unique};

use super::{action, fragment};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{Placed, constraint::Constraint, cursor::Cursor, draft::Draft},
    yaml::{
        Fields, Node, Scalar, Value, expected, fields, flag, keys, map, one_or_more, text, word,
    },
};

/// Reads `primary_key`: a column, a list of columns, or a map that names it.
pub(super) fn primary_key(node: &Node, draft: &mut Draft) -> Option<Constraint> {
    let mut name = None;
    let columns = match &node.value {
        Value::Map(_) => {
            let fields = fields(node, keys::PRIMARY_KEY, &mut draft.diagnostics)?;
            name = constraint_name(&fields, draft);
            columns(&fields, node.span, draft)?
        }
        _ => column_list(node, draft)?,
    };
    Some(Constraint::PrimaryKey {
        key: PrimaryKey {
            name,
            columns: Vec::new(),
        },
        columns,
        autoincrement: None,
        span: node.span,
    })
}

/// Reads `unique`: a map of constraints by name, or a list of ones without.
pub(super) fn uniques(node: &Node, draft: &mut Draft) -> Vec<Constraint> {
    match &node.value {
        Value::List(items) => items
            .iter()
            .filter_map(|item| unique(item, None, draft))
            .collect(),
        _ => {
            let what = "a map of unique constraints by name, or a list of them";
            let entries = map(node, what, &mut draft.diagnostics).unwrap_or_default();
            entries
                .iter()
                .filter_map(|entry| unique(&entry.value, Some(&entry.key), draft))
                .collect()
        }
    }
}

fn unique(node: &Node, name: Option<&Scalar>, draft: &mut Draft) -> Option<Constraint> {
    let mut unique = Unique {
        name: name.map(|name| name.text.clone()),
        columns: Vec::new(),
        nulls_not_distinct: false,
        deferrable: None,
    };
    let columns = match &node.value {
        Value::Map(_) => {
            let fields = fields(node, keys::UNIQUE, &mut draft.diagnostics)?;
            unique.name = unique.name.or_else(|| constraint_name(&fields, draft));
            let nulls = fields.get("nulls_not_distinct");
            let nulls = nulls.and_then(|node| flag(node, &mut draft.diagnostics));
            unique.nulls_not_distinct = nulls.unwrap_or_default();
            let deferrable = fields.get("deferrable");
            unique.deferrable = deferrable.and_then(|node| action::deferrable(node, draft));
            columns(&fields, node.span, draft)?
        }
        _ => column_list(node, draft)?,
    };
    Some(Constraint::Unique {
        unique,
        columns,
        span: name.map_or(node.span, |name| name.span),
    })
}

/// Reads `checks`: a map of conditions by name, or a list of ones without.
pub(super) fn checks(node: &Node, draft: &mut Draft) -> Vec<Constraint> {
    match &node.value {
        Value::List(items) => items
            .iter()
            .filter_map(|item| check(item, None, draft))
            .collect(),
        _ => {
            let what = "a map of conditions by name, or a list of them";
            let entries = map(node, what, &mut draft.diagnostics).unwrap_or_default();
            entries
                .iter()
                .filter_map(|entry| check(&entry.value, Some(&entry.key), draft))
                .collect()
        }
    }
}

fn check(node: &Node, name: Option<&Scalar>, draft: &mut Draft) -> Option<Constraint> {
    let expression = expression(node, "a condition in SQL", draft)?;
    Some(Constraint::Check {
        check: Check {
            name: name.map(|name| name.text.clone()),
            expression,
        },
        is_handed_down: true,
        span: name.map_or(node.span, |name| name.span),
    })
}

/// An expression in SQL, as it is written.
pub(super) fn expression(node: &Node, what: &str, draft: &mut Draft) -> Option<String> {
    let scalar = text(node, what, &mut draft.diagnostics)?;
    let read = |cursor: &mut Cursor<'_>, _: &mut Draft| cursor.expression();
    fragment::read(scalar, draft, read).map(|read| read.value)
}

fn constraint_name(fields: &Fields<'_>, draft: &mut Draft) -> Option<String> {
    let node = fields.get("name")?;
    let name = word(node, "the name of a constraint", &mut draft.diagnostics)?;
    Some(name.text.clone())
}

fn columns(fields: &Fields<'_>, span: Span, draft: &mut Draft) -> Option<Vec<Placed<String>>> {
    match fields.get("columns") {
        Some(node) => column_list(node, draft),
        None => {
            let problem = Diagnostic::error("this key has no columns")
                .at(span)
                .help("name them: `columns: [a, b]`");
            draft.report(problem);
            None
        }
    }
}

/// Names of columns, at least one.
pub(super) fn column_list(node: &Node, draft: &mut Draft) -> Option<Vec<Placed<String>>> {
    const WHAT: &str = "a list of columns";
    let problems_before = draft.diagnostics.len();
    let columns: Vec<_> = one_or_more(node, WHAT, &mut draft.diagnostics)
        .into_iter()
        .map(|column| Placed::new(column.text.clone(), column.span))
        .collect();
    if columns.is_empty() && draft.diagnostics.len() == problems_before {
        draft.report(expected(node, WHAT));
    }
    (!columns.is_empty()).then_some(columns)
}
