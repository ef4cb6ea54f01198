//! Maps: no key twice, and what `<<` takes over from other maps.

use std::collections::HashMap;

use super::node::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Span};

/// The entries of a map, each key once, followed by those of other maps that it does not have itself.
pub(super) fn merge(
    entries: Vec<Entry>,
    others: Vec<Node>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut kept = Vec::with_capacity(entries.len());
    for entry in entries {
        match seen.get(&entry.key.text) {
            Some(first) => problems.push(duplicate(&entry, *first)),
            None => {
                seen.insert(entry.key.text.clone(), entry.key.span);
                kept.push(entry);
            }
        }
    }
    for other in others {
        for entry in taken_over(other, problems) {
            if !seen.contains_key(&entry.key.text) {
                seen.insert(entry.key.text.clone(), entry.key.span);
                kept.push(entry);
            }
        }
    }
    kept
}

/// The entries, each key once.
pub(crate) fn once(entries: Vec<Entry>, problems: &mut Vec<Diagnostic>) -> Vec<Entry> {
    merge(entries, Vec::new(), problems)
}

/// What stands behind `<<`: a map, or a list of them, the first of which wins.
fn taken_over(node: Node, problems: &mut Vec<Diagnostic>) -> Vec<Entry> {
    match node.value {
        Value::Map(entries) => entries,
        Value::List(items) => items
            .into_iter()
            .flat_map(|item| match item.value {
                Value::Map(entries) => entries,
                _ => {
                    problems.push(no_map(&item));
                    Vec::new()
                }
            })
            .collect(),
        Value::Scalar(_) => {
            problems.push(no_map(&node));
            Vec::new()
        }
    }
}

fn no_map(node: &Node) -> Diagnostic {
    Diagnostic::error(format!(
        "`<<` takes over a map, found {}",
        node.description()
    ))
    .at(node.span)
}

fn duplicate(entry: &Entry, first: Span) -> Diagnostic {
    Diagnostic::error(format!("`{}` is given twice", entry.key.text))
        .at(entry.key.span)
        .label("given again here")
        .also(first, "first given here")
}
