//! A column as a map.

use aludel_catalog::Dialect;

use super::{Definition, Scope, default};
use crate::{
    annotation::EnumStorage,
    diagnostic::{Diagnostic, Span},
    parse::{
        draft::Draft,
        yaml::{
            enumeration::{self, Declared},
            foreign_key, fragment, notes,
            reference_type::Awaited,
        },
    },
    yaml::{Fields, Node, Scalar, Value, expected, fields, flag, keys, text, word},
};

impl Definition {
    pub(super) fn read_long(&mut self, node: &Node, scope: &mut Scope<'_>, draft: &mut Draft) {
        let Some(fields) = fields(node, keys::COLUMN, &mut draft.diagnostics) else {
            return;
        };
        let declared = fields
            .get("enum")
            .and_then(|node| scope.enums.find(node, draft))
            .map(|found| found.value);
        self.read_types(&fields, declared.as_ref(), scope, draft);
        self.read_keys(&fields, draft);
        self.read_reference(&fields, draft);
        self.read_default(&fields, declared.as_ref(), draft);
        self.read_made(&fields, draft);
        self.read_words(&fields, draft);
        self.read_notes(&fields, declared.as_ref(), draft);
    }

    /// The type: said, that of an enum, or that of the column referred to.
    fn read_types(
        &mut self,
        fields: &Fields<'_>,
        declared: Option<&Declared>,
        scope: &mut Scope<'_>,
        draft: &mut Draft,
    ) {
        let references = fields.get("references");
        let looked_up = declared.is_some_and(|item| item.storage == EnumStorage::Lookup);
        if let Some(node) = fields.get("type") {
            if let Some(scalar) = word(node, "a type", &mut draft.diagnostics) {
                self.read_said_type(scalar, scope, draft);
            }
            if let Some(item) = declared.filter(|item| item.storage == EnumStorage::Native) {
                draft.report(type_of_enum(node, &item.name.to_string()));
            }
        } else if let (Some(node), true) = (references, declared.is_none() || looked_up) {
            scope.awaited.push(Awaited {
                table: self.table.clone(),
                column: self.name().value,
                span: node.span,
            });
        } else if let Some(item) = declared {
            self.column().ty = enumeration::column_type(item, draft.dialect);
        } else if fields.get("enum").is_none() && !draft.lost_table {
            draft.report(no_type(&self.name().value, fields.span));
        }
        if let Some(item) = declared {
            let name = self.name().value;
            let span = fields.get("enum").map_or(fields.span, |node| node.span);
            if let Some(check) = enumeration::check(item, &name, draft.dialect) {
                self.add_check(check, span);
            }
            if looked_up && references.is_none() {
                draft.report(nothing_to_look_up(span));
            }
        }
    }

    fn read_said_type(&mut self, scalar: &Scalar, scope: &Scope<'_>, draft: &mut Draft) {
        if scope.enums.stands_for_no_type(&scalar.text, draft.dialect) {
            return draft.report(enum_as_type(scalar, &scalar.text));
        }
        self.reading.draft.type_span = scalar.span;
        fragment::read(scalar, draft, |cursor, draft| {
            self.reading.read_type(cursor, draft)
        });
        let type_span = self.reading.draft.type_span;
        self.reading.draft.type_span = fragment::place(type_span, scalar);
    }

    fn read_keys(&mut self, fields: &Fields<'_>, draft: &mut Draft) {
        if let Some(node) = fields.get("null")
            && flag(node, &mut draft.diagnostics) == Some(true)
        {
            self.null = Some(node.span);
        }
        if let Some(node) = fields.get("primary_key")
            && flag(node, &mut draft.diagnostics) == Some(true)
        {
            self.add_primary_key(node.span);
        }
        if let Some(name) = fields
            .get("unique")
            .and_then(|node| flag_or_name(node, draft))
        {
            self.add_unique(name.value, name.span);
        }
        if let Some(name) = fields
            .get("index")
            .and_then(|node| flag_or_name(node, draft))
        {
            self.add_index(name.value, name.span);
        }
    }

    fn read_reference(&mut self, fields: &Fields<'_>, draft: &mut Draft) {
        let on_delete = fields.get("on_delete");
        match (fields.get("references"), on_delete) {
            (Some(node), _) => {
                let key = foreign_key::of_column(self.name(), node, on_delete, draft);
                self.constraints.extend(key);
            }
            (None, Some(node)) => draft.report(foreign_key::without_reference(node)),
            (None, None) => {}
        }
    }

    fn read_default(
        &mut self,
        fields: &Fields<'_>,
        declared: Option<&Declared>,
        draft: &mut Draft,
    ) {
        // `default: null` is a default.
        let entry = fields
            .entries()
            .iter()
            .find(|entry| entry.key.text == "default");
        let Some(node) = entry.map(|entry| &entry.value) else {
            return;
        };
        let value = match (&node.value, declared) {
            (Value::Scalar(scalar), _) if scalar.text.trim().is_empty() => {
                draft.report(expected(node, "a default in SQL"));
                None
            }
            (Value::Scalar(_), Some(item)) if !node.is_null() => {
                enumeration::default(node, item, draft)
            }
            (Value::Scalar(scalar), _) => {
                let kind = self.column().ty.kind.clone();
                fragment::read(scalar, draft, |cursor, _| default::read(cursor, &kind))
            }
            _ => {
                draft.report(expected(node, "a default in SQL"));
                None
            }
        };
        self.column().default = value;
    }

    fn read_words(&mut self, fields: &Fields<'_>, draft: &mut Draft) {
        if let Some(node) = fields.get("collation") {
            let collation = word(node, "a collation", &mut draft.diagnostics);
            self.column().collation = collation.map(|collation| collation.text.clone());
        }
        self.column().comment = notes::comment(fields, draft);
    }
}

impl Definition {
    /// What the database does not know.
    fn read_notes(&mut self, fields: &Fields<'_>, declared: Option<&Declared>, draft: &mut Draft) {
        let mut notes = notes::of_column(fields, draft);
        if let Some(node) = fields.get("on_update") {
            match node
                .scalar()
                .filter(|scalar| scalar.plain && is_of_mysql(scalar, draft.dialect))
            {
                Some(scalar) => self.column().on_update = Some(scalar.text.clone()),
                None => notes.on_update = notes::on_update(fields, draft),
            }
        }
        if let Some(item) = declared.filter(|item| item.storage != EnumStorage::Native) {
            let span = fields.get("enum").map_or(fields.span, |node| node.span);
            notes.enumeration = notes::noted_at(span, item.name.clone());
        }
        let column = self.name().value;
        notes::keep(notes, &self.table, &column, draft);
    }
}

/// Whether this is what MySQL sets a column to by itself: `CURRENT_TIMESTAMP`, also with digits.
fn is_of_mysql(scalar: &Scalar, dialect: Dialect) -> bool {
    let word = scalar.text.split('(').next().unwrap_or_default();
    dialect == Dialect::Mysql && word.eq_ignore_ascii_case("CURRENT_TIMESTAMP")
}

/// `true`, or a name; none for `false`.
fn flag_or_name(node: &Node, draft: &mut Draft) -> Option<super::Placed<Option<String>>> {
    const WHAT: &str = "`true` or a name";
    let scalar = text(node, WHAT, &mut draft.diagnostics)?;
    let name = match scalar.boolean() {
        Some(true) => None,
        Some(false) => return None,
        None => Some(word(node, WHAT, &mut draft.diagnostics)?.text.clone()),
    };
    Some(super::Placed::new(name, scalar.span))
}

/// The name of an enum stands where a type should.
pub(super) fn enum_as_type(scalar: &Scalar, name: &str) -> Diagnostic {
    Diagnostic::error(format!("`{name}` is an enum, and no type of the database"))
        .at(scalar.span)
        .help(format!("write `{{ enum: {name} }}`"))
}

fn no_type(column: &str, span: Span) -> Diagnostic {
    Diagnostic::error(format!("column `{column}` has no type"))
        .at(span)
        .help("give it a `type`, an `enum`, or a column that it `references`")
}

fn type_of_enum(node: &Node, name: &str) -> Diagnostic {
    Diagnostic::error(format!("the type of this column is the enum `{name}`"))
        .at(node.span)
        .label("it has no other type")
        .help("leave `type` out, or declare the enum with `storage: check`")
}

fn nothing_to_look_up(span: Span) -> Diagnostic {
    Diagnostic::error("an enum with `storage: lookup` has its values in a table")
        .at(span)
        .help("say in which: `references: roles.name`")
}
