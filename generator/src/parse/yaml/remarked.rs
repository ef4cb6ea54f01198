//! What comments say, as if a YAML file said it: where one does, that comes first.

use aludel_catalog::Name;

use crate::{
    diagnostic::Span,
    parse::{Placed, checks, draft::Draft, is_remark, remark::Remarks},
    yaml::{Entry, Node, Scalar, Value, keys},
};

/// What is said of a table; nothing where no comment says anything.
pub(super) fn table(said: Option<&Node>, number: usize, draft: &mut Draft) -> Option<Node> {
    let table = &draft.tables[number];
    let has_remarks = |remarks: &Remarks| !remarks.is_empty();
    let columns: Vec<(String, Span, Remarks, bool)> = table
        .columns
        .iter()
        .filter(|column| has_remarks(&column.remarks))
        .map(|column| {
            let has_comment = has_words(column.column.comment.as_deref());
            let name = column.column.name.clone();
            (name, column.span, column.remarks.clone(), has_comment)
        })
        .collect();
    if columns.is_empty() && !has_remarks(&table.remarks) {
        return None;
    }
    let (span, remarks) = (table.span, table.remarks.clone());
    let has_comment = has_words(table.comment.as_deref());
    let mut entries = remarks.over(said, keys::TABLE, has_comment, draft);
    let mut of_columns = take_columns(&mut entries);
    for (name, span, remarks, has_comment) in columns {
        let own = column(&mut of_columns, &name, span, draft);
        let entries = remarks.over(Some(&own.value), keys::COLUMN, has_comment, draft);
        own.value = map(entries, own.value.span);
    }
    put_columns(&mut entries, of_columns, span);
    Some(map(entries, said.map_or(span, |said| said.span)))
}

/// What is said of a view, with what a YAML file says of it.
pub(super) fn view(said: &Entry, number: Option<usize>, draft: &mut Draft) -> Entry {
    let value = number.and_then(|number| of_view(Some(&said.value), number, draft));
    Entry {
        key: said.key.clone(),
        value: value.unwrap_or_else(|| said.value.clone()),
    }
}

/// What is said of a view by comments alone.
pub(super) fn only(number: usize, draft: &mut Draft) -> Option<Entry> {
    let value = of_view(None, number, draft)?;
    let view = &draft.views[number];
    Some(Entry {
        key: Scalar::plain(view.value.name.to_string(), view.span),
        value,
    })
}

/// What is said of an enum; nothing where no comment says anything.
pub(super) fn enumeration(said: Option<&Node>, name: &Name, draft: &mut Draft) -> Option<Node> {
    let remarks = draft.type_remarks.remove(name)?;
    if remarks.is_empty() {
        return None;
    }
    let span = said.map_or(remarks.first()?.span(), |said| said.span);
    let long = said.map(|said| match &said.value {
        Value::Map(_) => said.clone(),
        // The short form of an enum is a list of its values.
        _ => map(vec![entry("values", said.clone())], span),
    });
    let declared = declared_type(name, draft);
    let has_comment = declared.is_some_and(|(comment, _)| has_words(comment));
    Some(map(
        remarks.over(long.as_ref(), keys::ENUM, has_comment, draft),
        span,
    ))
}

/// What only comments say of enums, and of domains that are enums.
pub(super) fn enums(draft: &mut Draft) -> Vec<(Placed<Name>, Node)> {
    let names: Vec<Name> = draft.type_remarks.keys().cloned().collect();
    let mut said = Vec::new();
    for name in names {
        let Some((_, span)) = declared_type(&name, draft) else {
            continue;
        };
        if draft.enum_number(&name).is_some() || checks::named(draft, &name).is_some() {
            let node = enumeration(None, &name, draft);
            said.extend(node.map(|node| (Placed::new(name, span), node)));
        } else if let Some(remark) = draft.type_remarks.get(&name).and_then(Remarks::first) {
            let help = "a domain of texts is an enum where its check does nothing but list them";
            let problem = remark.left_out(help);
            draft.report(problem.also(span, "this is no enum"));
        }
    }
    said
}

/// The comment of an enum or a domain, and where it is declared.
fn declared_type<'d>(name: &Name, draft: &'d Draft) -> Option<(Option<&'d str>, Span)> {
    if let Some(number) = draft.enum_number(name) {
        let item = &draft.enums[number];
        return Some((item.value.comment.as_deref(), item.span));
    }
    let domain = &draft.domains[draft.domain_number(name)?];
    Some((domain.value.comment.as_deref(), domain.span))
}

fn of_view(said: Option<&Node>, number: usize, draft: &mut Draft) -> Option<Node> {
    let view = &draft.views[number];
    let (name, span) = (view.value.name.clone(), view.span);
    let has_comment = has_words(view.value.comment.as_deref());
    let remarks = draft.view_remarks.remove(&name).unwrap_or_default();
    let all = std::mem::take(&mut draft.view_column_remarks);
    let (own, others) = all.into_iter().partition(|((view, _), _)| *view == name);
    draft.view_column_remarks = others;
    let own: std::collections::BTreeMap<_, Remarks> = own;
    if remarks.is_empty() && own.is_empty() {
        return None;
    }
    let mut entries = remarks.over(said, keys::VIEW, has_comment, draft);
    let mut of_columns = take_columns(&mut entries);
    for ((_, column_name), remarks) in own {
        let own = column(&mut of_columns, &column_name, span, draft);
        let entries = remarks.over(Some(&own.value), keys::VIEW_COLUMN, false, draft);
        own.value = map(entries, own.value.span);
    }
    put_columns(&mut entries, of_columns, span);
    Some(map(entries, said.map_or(span, |said| said.span)))
}

/// Takes out what is said of columns, where it is said in a map.
fn take_columns(entries: &mut Vec<Entry>) -> Vec<Entry> {
    let number = position(entries, |key| key == "columns");
    let is_map = |number: &usize| matches!(entries[*number].value.value, Value::Map(_));
    match number.filter(is_map).map(|number| entries.remove(number)) {
        Some(Entry {
            value:
                Node {
                    value: Value::Map(columns),
                    ..
                },
            ..
        }) => columns,
        _ => Vec::new(),
    }
}

fn put_columns(entries: &mut Vec<Entry>, columns: Vec<Entry>, span: Span) {
    if !columns.is_empty() {
        entries.push(entry("columns", map(columns, span)));
    }
}

/// The entry of a column; an empty one where there is none yet.
fn column<'e>(columns: &'e mut Vec<Entry>, name: &str, span: Span, draft: &Draft) -> &'e mut Entry {
    let own = position(columns, |key| draft.is_same(key, name)).unwrap_or_else(|| {
        columns.push(Entry {
            key: Scalar::plain(name.to_owned(), span),
            value: map(Vec::new(), span),
        });
        columns.len() - 1
    });
    &mut columns[own]
}

fn entry(key: &str, value: Node) -> Entry {
    Entry {
        key: Scalar::plain(key.to_owned(), value.span),
        value,
    }
}

fn position(entries: &[Entry], is_it: impl Fn(&str) -> bool) -> Option<usize> {
    entries.iter().position(|entry| is_it(&entry.key.text))
}

fn map(entries: Vec<Entry>, span: Span) -> Node {
    Node {
        value: Value::Map(entries),
        span,
    }
}

/// Whether a comment says something to people.
fn has_words(comment: Option<&str>) -> bool {
    let mut lines = comment.unwrap_or_default().lines();
    lines.any(|line| !line.trim().is_empty() && !is_remark(line))
}
