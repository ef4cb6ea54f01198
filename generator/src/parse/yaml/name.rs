//! Names in YAML files. They are taken as they are written: nothing is folded, no quotes are needed.

use aludel_catalog::{Dialect, Name};

use crate::{
    diagnostic::Diagnostic,
    parse::{Placed, draft::Draft, namespace::default_schema},
    yaml::Scalar,
};

/// A table and some of its columns: `users`, `users.id`, `app.users.id`, `orders(tenant_id, no)`.
pub(super) struct Reference {
    pub(super) table: Placed<Name>,
    pub(super) columns: Vec<Placed<String>>,
}

/// The name of a table or another thing that can stand in a namespace: `users`, `app.users`.
pub(super) fn of_table(scalar: &Scalar, draft: &mut Draft) -> Option<Placed<Name>> {
    let name = join(&pieces(scalar, 0, scalar.text.len(), '.'), draft.dialect);
    if name.is_none() {
        draft.report(no_name(scalar, "`table` or `schema.table`"));
    }
    name.map(|name| Placed::new(name.value, scalar.span))
}

/// As [`of_table`], where what is wrong has been told already.
pub(super) fn plain(scalar: &Scalar, draft: &Draft) -> Option<Name> {
    let name = join(&pieces(scalar, 0, scalar.text.len(), '.'), draft.dialect);
    name.map(|name| name.value)
}

/// A table with columns, or without.
pub(super) fn reference(scalar: &Scalar, draft: &mut Draft) -> Option<Reference> {
    let reference = read_reference(scalar, draft.dialect);
    if reference.is_none() {
        draft.report(no_name(scalar, "`table.column` or `table(column, column)`"));
    }
    reference
}

/// Columns with their table: `orders.buyer_id`, `orders(tenant_id, no)`. A column by itself is one of `own`.
pub(super) fn columns_of(scalar: &Scalar, own: &Name, draft: &mut Draft) -> Option<Reference> {
    let alone = !scalar.text.contains(['.', '(']);
    let mut reference = reference(scalar, draft)?;
    if alone {
        let column = Placed::new(scalar.text.trim().to_owned(), scalar.span);
        reference.table.value = own.clone();
        reference.columns = vec![column];
    } else if reference.columns.is_empty() {
        draft.report(no_name(scalar, "`table.column` or `table(column, column)`"));
        return None;
    }
    Some(reference)
}

fn read_reference(scalar: &Scalar, dialect: Dialect) -> Option<Reference> {
    let text = scalar.text.as_str();
    if let Some(open) = text.find('(') {
        let close = text.trim_end().strip_suffix(')')?.len();
        let columns = (open < close).then(|| pieces(scalar, open + 1, close, ','))?;
        let table = join(&pieces(scalar, 0, open, '.'), dialect)?;
        let complete = columns.iter().all(|column| !column.value.is_empty());
        return complete.then_some(Reference { table, columns });
    }
    let mut parts = pieces(scalar, 0, text.len(), '.');
    if parts.iter().any(|part| part.value.is_empty()) {
        return None;
    }
    let columns = match parts.len() {
        1 => Vec::new(),
        _ => parts.pop().into_iter().collect(),
    };
    let table = join(&parts, dialect)?;
    Some(Reference { table, columns })
}

/// The parts of a text between separators, with their places, without the blanks around them.
fn pieces(scalar: &Scalar, start: usize, end: usize, separator: char) -> Vec<Placed<String>> {
    let mut found = Vec::new();
    let mut from = start;
    for piece in scalar.text[start..end].split(separator) {
        let trimmed = piece.trim();
        let at = from + (piece.len() - piece.trim_start().len());
        let span = scalar.part(at, at + trimmed.len());
        found.push(Placed::new(trimmed.to_owned(), span));
        from += piece.len() + separator.len_utf8();
    }
    found
}

fn join(parts: &[Placed<String>], dialect: Dialect) -> Option<Placed<Name>> {
    let (schema, name) = match parts {
        [name] => (None, name),
        [schema, name] if !schema.value.is_empty() => (Some(schema), name),
        _ => return None,
    };
    let is_default = |schema: &str| {
        default_schema(dialect).is_some_and(|default| default.eq_ignore_ascii_case(schema))
    };
    let value = Name {
        schema: schema
            .map(|schema| schema.value.clone())
            .filter(|schema| !is_default(schema)),
        name: name.value.clone(),
    };
    (!value.name.is_empty()).then(|| Placed::new(value, name.span))
}

fn no_name(scalar: &Scalar, what: &str) -> Diagnostic {
    Diagnostic::error(format!("expected {what}, found `{}`", scalar.text)).at(scalar.span)
}
