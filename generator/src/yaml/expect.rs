//! Reading a node as what it should be, or saying what was expected instead.

use super::{
    keys::{Choice, Kind},
    node::{Entry, Node, Scalar, Value},
};
use crate::{
    diagnostic::{Diagnostic, Span},
    suggest,
};

/// The entries of a map with known keys.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'n> {
    entries: &'n [Entry],
    /// Where the map stands.
    pub(crate) span: Span,
}

impl<'n> Fields<'n> {
    /// The value of a key; none where the key is not there or has no value.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key with its value.
    pub(crate) fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries
            .iter()
            .find(|entry| entry.key.text == key && !entry.value.is_null())
    }

    pub(crate) fn entries(&self) -> &'n [Entry] {
        self.entries
    }
}

/// A map with keys of this kind. Unknown ones are reported.
pub(crate) fn fields<'n>(
    node: &'n Node,
    kind: &Kind,
    problems: &mut Vec<Diagnostic>,
) -> Option<Fields<'n>> {
    let entries = map(
        node,
        &format!("a map that describes {}", kind.what),
        problems,
    )?;
    for entry in entries {
        if !kind.keys.contains(&entry.key.text.as_str()) {
            problems.push(unknown_key(&entry.key, kind));
        }
    }
    Some(Fields {
        entries,
        span: node.span,
    })
}

/// A map with any keys. Nothing is an empty one.
pub(crate) fn map<'n>(
    node: &'n Node,
    what: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<&'n [Entry]> {
    match &node.value {
        Value::Map(entries) => Some(entries),
        _ if node.is_null() => Some(&[]),
        _ => {
            problems.push(expected(node, what));
            None
        }
    }
}

pub(crate) fn list<'n>(
    node: &'n Node,
    what: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<&'n [Node]> {
    match &node.value {
        Value::List(items) => Some(items),
        _ if node.is_null() => Some(&[]),
        _ => {
            problems.push(expected(node, what));
            None
        }
    }
}

/// A list of texts, or one text.
pub(crate) fn one_or_more<'n>(
    node: &'n Node,
    what: &str,
    problems: &mut Vec<Diagnostic>,
) -> Vec<&'n Scalar> {
    match &node.value {
        Value::Scalar(_) => text(node, what, problems).into_iter().collect(),
        Value::List(items) => items
            .iter()
            .filter_map(|item| text(item, "a text", problems))
            .collect(),
        Value::Map(_) => {
            problems.push(expected(node, what));
            Vec::new()
        }
    }
}

pub(crate) fn text<'n>(
    node: &'n Node,
    what: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<&'n Scalar> {
    let scalar = node.scalar();
    if scalar.is_none() {
        problems.push(expected(node, what));
    }
    scalar
}

/// A text without blanks around it that is not empty.
pub(crate) fn word<'n>(
    node: &'n Node,
    what: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<&'n Scalar> {
    let scalar = text(node, what, problems)?;
    if scalar.text.trim().is_empty() || scalar.text.contains('\n') {
        problems.push(expected(node, what));
        return None;
    }
    Some(scalar)
}

/// `true` or `false`.
pub(crate) fn flag(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<bool> {
    let value = node.scalar().and_then(Scalar::boolean);
    if value.is_none() {
        problems.push(expected(node, "`true` or `false`"));
    }
    value
}

/// One of some words: its number among them. Case is ignored, and `_` is as good as a blank.
pub(crate) fn choice(
    node: &Node,
    choice: &Choice,
    problems: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let Some(scalar) = node.scalar() else {
        problems.push(expected(node, &choice.listed()));
        return None;
    };
    let found = choice.position(&scalar.text);
    if found.is_none() {
        problems.push(not_a_choice(scalar, choice));
    }
    found
}

/// A word is none of those that can stand here.
pub(crate) fn not_a_choice(scalar: &Scalar, choice: &Choice) -> Diagnostic {
    Diagnostic::error(format!(
        "expected {}, found `{}`",
        choice.listed(),
        scalar.text
    ))
    .at(scalar.span)
    .did_you_mean(suggest::nearest(&scalar.text, choice.words.iter().copied()))
}

/// Something else should stand here.
pub(crate) fn expected(node: &Node, what: &str) -> Diagnostic {
    Diagnostic::error(format!("expected {what}, found {}", node.description())).at(node.span)
}

/// What other tools call some of the keys.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("nullable", "null"),
    ("not_null", "null"),
    ("pk", "primary_key"),
    ("autoincrement", "identity"),
    ("auto_increment", "identity"),
    ("description", "doc"),
    ("back_populates", "backref"),
    ("back_reference", "backref"),
    ("secondary", "through"),
    ("lazy", "load"),
    ("viewonly", "read_only"),
    ("constraints", "checks"),
    ("columns", "on"),
    ("fields", "columns"),
];

fn unknown_key(key: &Scalar, kind: &Kind) -> Diagnostic {
    let other = OTHER_WORDS
        .iter()
        .find(|(word, meant)| *word == key.text && kind.keys.contains(meant))
        .map(|(_, meant)| *meant);
    let suggestion = other.or_else(|| suggest::nearest(&key.text, kind.keys.iter().copied()));
    let diagnostic = Diagnostic::error(format!("unknown key `{}`", key.text))
        .at(key.span)
        .label(format!("not a key of {}", kind.what));
    match suggestion {
        Some(_) => diagnostic.did_you_mean(suggestion),
        None if key.text.ends_with(')') && !key.text.contains('(') => diagnostic
            .help("within `{ }` and `[ ]` a comma ends a text: put `numeric(12,2)` into quotes"),
        None => diagnostic.help(format!("its keys are {}", listed(kind.keys))),
    }
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        other => other.concat(),
    }
}
