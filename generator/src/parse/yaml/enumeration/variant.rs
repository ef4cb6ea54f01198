//! The values of an enum, with their names in Rust.

use crate::{
    annotation::EnumStorage,
    diagnostic::{Diagnostic, Span},
    parse::{Placed, draft::Draft},
    yaml::{Node, Scalar, Value, expected, text},
};

/// A value.
#[derive(Clone)]
pub(super) struct Variant {
    /// Its name in Rust, where one is said.
    pub(super) name: Option<Placed<String>>,
    pub(super) value: String,
    pub(super) span: Span,
}

/// A list of values, or a map from names in Rust to values.
pub(super) fn read_all(
    node: &Node,
    storage: EnumStorage,
    draft: &mut Draft,
) -> Option<Vec<Variant>> {
    let mut variants: Vec<Variant> = Vec::new();
    let problems = &mut draft.diagnostics;
    match &node.value {
        Value::List(_) if storage == EnumStorage::Integer => {
            problems.push(numbers_needed(node.span));
            return None;
        }
        Value::List(items) => {
            for item in items {
                let value = text(item, "a value", problems);
                variants.extend(value.map(|value| variant(None, value)));
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                let value = match entry.value.is_null() {
                    true => Some(&entry.key),
                    false => text(&entry.value, "a value", problems),
                };
                variants.extend(value.map(|value| variant(Some(&entry.key), value)));
            }
        }
        Value::Scalar(_) => {
            problems.push(expected(node, "a list of values"));
            return None;
        }
    }
    check(&variants, storage, problems);
    Some(variants)
}

/// Numbers where numbers are stored, and none twice.
fn check(variants: &[Variant], storage: EnumStorage, problems: &mut Vec<Diagnostic>) {
    if storage == EnumStorage::Integer {
        for variant in variants {
            if variant.value.parse::<i64>().is_err() {
                problems.push(no_number(variant));
            }
        }
    }
    for (number, variant) in variants.iter().enumerate() {
        let first = variants[..number]
            .iter()
            .find(|other| other.value == variant.value);
        problems.extend(first.map(|first| given_twice(variant, first)));
    }
}

fn variant(name: Option<&Scalar>, value: &Scalar) -> Variant {
    Variant {
        name: name.map(|name| Placed::new(name.text.clone(), name.span)),
        value: value.text.clone(),
        span: value.span,
    }
}

fn given_twice(variant: &Variant, first: &Variant) -> Diagnostic {
    Diagnostic::error(format!("the value `{}` is given twice", variant.value))
        .at(variant.span)
        .label("given again here")
        .also(first.span, "first given here")
}

fn no_number(variant: &Variant) -> Diagnostic {
    Diagnostic::error(format!(
        "expected a whole number, found `{}`",
        variant.value
    ))
    .at(variant.span)
    .label("an enum with `storage: int` is stored as numbers")
}

fn numbers_needed(span: Span) -> Diagnostic {
    Diagnostic::error("an enum with `storage: int` says a number for each value")
        .at(span)
        .help("write `values: { pending: 0, paid: 1 }`")
}
