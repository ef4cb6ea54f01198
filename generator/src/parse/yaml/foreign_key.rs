//! Foreign keys: `references` of a column, and `foreign_keys` of a table.

use aludel_catalog::ForeignKey;

use super::{
    action, key,
    name::{self, Reference},
};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{Placed, constraint::Constraint, draft::Draft},
    yaml::{Fields, Node, Value, expected, fields, keys, list, word},
};

/// Reads `references`: a text, or a map. What the column says behind it, `on_delete`, is given along.
pub(super) fn of_column(
    column: Placed<String>,
    node: &Node,
    on_delete: Option<&Node>,
    draft: &mut Draft,
) -> Option<Constraint> {
    let (target, options) = match &node.value {
        Value::Map(_) => {
            let fields = fields(node, keys::REFERENCES, &mut draft.diagnostics)?;
            let Some(to) = fields.get("to") else {
                draft.report(missing_target(node.span));
                return None;
            };
            (to, Some(fields))
        }
        _ => (node, None),
    };
    let target = word(target, "`table.column`", &mut draft.diagnostics)?;
    let span = target.span;
    let reference = name::reference(target, draft)?;
    let mut key = empty(&reference);
    if let Some(options) = options {
        read_options(&options, &mut key, draft);
    }
    if let Some(node) = on_delete {
        if key.on_delete.is_some() {
            draft.report(said_twice(node));
        }
        key.on_delete = action::action(node, draft);
    }
    Some(constraint(key, vec![column], reference, span))
}

/// Reads `foreign_keys`.
pub(super) fn of_table(node: &Node, draft: &mut Draft) -> Vec<Constraint> {
    let items = list(node, "a list of foreign keys", &mut draft.diagnostics).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| read_one(item, draft))
        .collect()
}

fn read_one(node: &Node, draft: &mut Draft) -> Option<Constraint> {
    let fields = fields(node, keys::FOREIGN_KEY, &mut draft.diagnostics)?;
    let (Some(columns), Some(target)) = (fields.get("columns"), fields.get("references")) else {
        draft.report(incomplete(node.span));
        return None;
    };
    let columns = key::column_list(columns, draft)?;
    let target = word(target, "`table(column, column)`", &mut draft.diagnostics)?;
    let reference = name::reference(target, draft)?;
    let mut key = empty(&reference);
    read_options(&fields, &mut key, draft);
    Some(constraint(key, columns, reference, target.span))
}

fn empty(reference: &Reference) -> ForeignKey {
    ForeignKey {
        name: None,
        columns: Vec::new(),
        table: reference.table.value.clone(),
        references: Vec::new(),
        on_delete: None,
        on_update: None,
        match_type: None,
        deferrable: None,
    }
}

fn constraint(
    key: ForeignKey,
    columns: Vec<Placed<String>>,
    reference: Reference,
    span: Span,
) -> Constraint {
    Constraint::ForeignKey {
        key,
        columns,
        table: reference.table.span,
        references: reference.columns,
        span,
    }
}

fn read_options(fields: &Fields<'_>, key: &mut ForeignKey, draft: &mut Draft) {
    if let Some(node) = fields.get("name") {
        let name = word(node, "the name of a constraint", &mut draft.diagnostics);
        key.name = name.map(|name| name.text.clone());
    }
    key.on_delete = fields
        .get("on_delete")
        .and_then(|node| action::action(node, draft));
    key.on_update = fields
        .get("on_update")
        .and_then(|node| action::action(node, draft));
    key.match_type = fields
        .get("match")
        .and_then(|node| action::match_type(node, draft));
    key.deferrable = fields
        .get("deferrable")
        .and_then(|node| action::deferrable(node, draft));
}

fn missing_target(span: Span) -> Diagnostic {
    Diagnostic::error("this reference leads nowhere")
        .at(span)
        .help("say where: `to: users.id`")
}

fn incomplete(span: Span) -> Diagnostic {
    Diagnostic::error("a foreign key needs its columns and what they refer to")
        .at(span)
        .help("write `{ columns: [a, b], references: \"other(a, b)\" }`")
}

fn said_twice(node: &Node) -> Diagnostic {
    Diagnostic::error("`on_delete` is given twice")
        .at(node.span)
        .help("say it in `references` or beside it, not in both places")
}

/// `on_delete` stands beside no `references`.
pub(super) fn without_reference(node: &Node) -> Diagnostic {
    let mut problem = expected(node, "`references` beside `on_delete`");
    problem.message = "`on_delete` is about a reference, and there is none".into();
    problem
}
