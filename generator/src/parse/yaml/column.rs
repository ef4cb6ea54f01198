//! Columns of a table that a YAML file defines.

mod default;
mod long;
mod made;
mod short;

use aludel_catalog::{Check, Index, Name, PrimaryKey, Unique};

use super::{enumeration::Enums, reference_type::Awaited};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Placed,
        column::ColumnReading,
        constraint::Constraint,
        draft::{ColumnDraft, Draft},
    },
    suggest,
    yaml::{Entry, Node, Scalar, Value, expected},
};

/// What columns are read with.
pub(super) struct Scope<'s> {
    /// The columns of the file that others can be: `id: $id`.
    pub(super) defaults: &'s [Entry],
    pub(super) enums: &'s Enums,
    pub(super) awaited: &'s mut Vec<Awaited>,
}

/// A column, and what stands with it but belongs to its table.
pub(super) struct Definition {
    table: Name,
    reading: ColumnReading,
    constraints: Vec<Constraint>,
    /// Where it says that it can be NULL.
    null: Option<Span>,
    /// Whether values of ours are refused, where it is counted up.
    pub(super) always: Option<bool>,
    /// Where it says that no number is used again.
    pub(super) strict: Option<Span>,
}

/// Reads a column. One whose name can be read is always given back; what is wrong with the rest is reported.
pub(super) fn read(
    entry: &Entry,
    table: &Name,
    scope: &mut Scope<'_>,
    draft: &mut Draft,
) -> Definition {
    let name = Placed::new(entry.key.text.clone(), entry.key.span);
    let mut definition = Definition {
        table: table.clone(),
        reading: ColumnReading::new(name),
        constraints: Vec::new(),
        null: None,
        always: None,
        strict: None,
    };
    if entry.key.text.is_empty() {
        draft.report(Diagnostic::error("a column needs a name").at(entry.key.span));
    }
    if let Some(node) = behind(&entry.value, scope.defaults, draft) {
        match &node.value {
            Value::Map(_) => definition.read_long(node, scope, draft),
            Value::Scalar(scalar) if !scalar.is_null() => {
                definition.read_short(scalar, scope, draft);
            }
            _ => draft.report(no_type(node, &entry.key)),
        }
    }
    definition.settle(draft);
    definition
}

/// The node that describes a column: its own, or the one that `$name` stands for. One that does not exist is reported.
pub(super) fn behind<'n>(
    node: &'n Node,
    defaults: &'n [Entry],
    draft: &mut Draft,
) -> Option<&'n Node> {
    let Some((scalar, name)) = node
        .scalar()
        .and_then(|scalar| Some((scalar, scalar.text.strip_prefix('$')?)))
    else {
        return Some(node);
    };
    let found = defaults.iter().find(|entry| entry.key.text == name);
    if found.is_none() {
        let names = defaults.iter().map(|entry| entry.key.text.as_str());
        let suggestion = suggest::nearest(name, names).map(|name| format!("${name}"));
        draft.report(unknown_default(scalar).did_you_mean(suggestion.as_deref()));
    }
    found.map(|entry| &entry.value)
}

impl Definition {
    /// The column, and the constraints to add once its table is there.
    pub(super) fn split(self) -> (ColumnDraft, Vec<Constraint>) {
        let mut constraints = self.reading.constraints;
        constraints.extend(self.constraints);
        (self.reading.draft, constraints)
    }

    fn column(&mut self) -> &mut aludel_catalog::Column {
        &mut self.reading.draft.column
    }

    fn name(&self) -> Placed<String> {
        let draft = &self.reading.draft;
        Placed::new(draft.column.name.clone(), draft.span)
    }

    fn add_primary_key(&mut self, span: Span) {
        let columns = vec![self.name()];
        self.constraints.push(Constraint::PrimaryKey {
            key: PrimaryKey {
                name: None,
                columns: Vec::new(),
            },
            columns,
            autoincrement: None,
            span,
        });
    }

    fn add_unique(&mut self, name: Option<String>, span: Span) {
        let columns = vec![self.name()];
        self.constraints.push(Constraint::Unique {
            unique: Unique {
                name,
                columns: Vec::new(),
                nulls_not_distinct: false,
                deferrable: None,
            },
            columns,
            span,
        });
    }

    fn add_index(&mut self, name: Option<String>, span: Span) {
        let column = self.name();
        self.constraints.push(Constraint::Index {
            index: Index::on(name, [column.value]),
            parts: vec![column.span],
            span,
        });
    }

    fn add_check(&mut self, check: Check, span: Span) {
        self.constraints.push(Constraint::Check {
            check,
            is_handed_down: true,
            span,
        });
    }

    /// Draws the consequences of everything that was said.
    fn settle(&mut self, draft: &mut Draft) {
        let key = self
            .constraints
            .iter()
            .find_map(|constraint| match constraint {
                Constraint::PrimaryKey { span, .. } => Some(*span),
                _ => None,
            });
        if let (Some(null), Some(key)) = (self.null, key) {
            draft.report(key_with_null(null, key));
        }
        self.column().nullable = self.null.is_some();
    }
}

fn no_type(node: &Node, column: &Scalar) -> Diagnostic {
    if node.is_null() {
        return Diagnostic::error(format!("column `{}` has no type", column.text))
            .at(column.span)
            .help(format!("give it one, as in `{}: text`", column.text));
    }
    expected(
        node,
        "a column: a type such as `varchar(20) null`, or a map",
    )
}

fn unknown_default(scalar: &Scalar) -> Diagnostic {
    Diagnostic::error(format!("unknown default column `{}`", scalar.text))
        .at(scalar.span)
        .label("no such column in `defaults`")
}

fn key_with_null(null: Span, key: Span) -> Diagnostic {
    Diagnostic::error("the primary key cannot be NULL")
        .at(null)
        .also(key, "this is the primary key")
        .help("leave `null` out")
}
