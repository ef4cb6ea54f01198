//! What a file says about the whole schema: Rust types for columns that fit a pattern, and how words are inflected.

use super::client_value::is_path;
use crate::{
    annotation::{ForcedType, Noted},
    diagnostic::Diagnostic,
    parse::draft::Draft,
    yaml::{Fields, Node, Scalar, fields, flag, keys, list, map, word},
};

/// Reads `types`, `inflections` and `singularize`.
pub(super) fn read(file: &Fields<'_>, draft: &mut Draft) {
    if let Some(node) = file.get("types") {
        let items = list(node, "a list of forced types", &mut draft.diagnostics);
        for item in items.unwrap_or_default() {
            if let Some(forced) = read_one(item, draft) {
                draft.annotations.forced_types.push(Noted {
                    value: forced,
                    span: Some(item.span),
                });
            }
        }
    }
    if let Some(node) = file.get("inflections") {
        let entries = map(
            node,
            "a map from plural to singular",
            &mut draft.diagnostics,
        );
        for entry in entries.unwrap_or_default() {
            if let Some(singular) = word(&entry.value, "a word", &mut draft.diagnostics) {
                let inflections = &mut draft.annotations.inflections;
                inflections.insert(entry.key.text.clone(), singular.text.clone());
            }
        }
    }
    if let Some(node) = file.get("singularize")
        && let Some(value) = flag(node, &mut draft.diagnostics)
    {
        draft.annotations.singularize = Some(Noted {
            value,
            span: Some(node.span),
        });
    }
}

fn read_one(node: &Node, draft: &mut Draft) -> Option<ForcedType> {
    let fields = fields(node, keys::FORCED_TYPE, &mut draft.diagnostics)?;
    let (Some(pattern), Some(rust)) = (fields.get("match"), fields.get("rust")) else {
        draft.report(incomplete(node));
        return None;
    };
    let rust = rust_type(rust, draft)?;
    let mut forced = read_pattern(pattern, draft)?;
    forced.rust = rust;
    Some(forced)
}

fn read_pattern(node: &Node, draft: &mut Draft) -> Option<ForcedType> {
    let fields = fields(node, keys::MATCH, &mut draft.diagnostics)?;
    let mut forced = ForcedType::default();
    let texts = [
        ("table", &mut forced.table),
        ("column", &mut forced.column),
        ("type", &mut forced.ty),
        ("comment", &mut forced.comment),
    ];
    for (key, slot) in texts {
        if let Some(node) = fields.get(key) {
            let pattern = word(
                node,
                "a text, or a pattern between slashes",
                &mut draft.diagnostics,
            );
            *slot = pattern.map(|pattern| pattern.text.clone());
        }
    }
    if let Some(node) = fields.get("null") {
        forced.nullable = flag(node, &mut draft.diagnostics);
    }
    let says_nothing = forced == ForcedType::default();
    if says_nothing {
        draft.report(fits_everything(node));
    }
    (!says_nothing).then_some(forced)
}

/// A Rust type: a path, which may have arguments.
pub(super) fn rust_type(node: &Node, draft: &mut Draft) -> Option<String> {
    let scalar = word(node, "the path of a Rust type", &mut draft.diagnostics)?;
    checked(scalar, &scalar.text, draft)
}

/// The type of an argument, which may be borrowed.
pub(super) fn argument_type(node: &Node, draft: &mut Draft) -> Option<String> {
    let scalar = word(node, "the path of a Rust type", &mut draft.diagnostics)?;
    checked(scalar, scalar.text.trim_start_matches('&'), draft)
}

fn checked(scalar: &Scalar, path: &str, draft: &mut Draft) -> Option<String> {
    let balanced = path.matches('<').count() == path.matches('>').count();
    if !is_path(path.split('<').next().unwrap_or_default()) || !balanced {
        draft.report(no_type(scalar));
        return None;
    }
    Some(scalar.text.clone())
}

fn no_type(scalar: &Scalar) -> Diagnostic {
    Diagnostic::error(format!("`{}` is not the path of a Rust type", scalar.text))
        .at(scalar.span)
        .help("a path looks like `crate::types::Prefs`")
}

fn incomplete(node: &Node) -> Diagnostic {
    Diagnostic::error("a forced type needs the columns that it is for, and its Rust type")
        .at(node.span)
        .help("write `{ match: { type: jsonb, column: prefs }, rust: \"crate::types::Prefs\" }`")
}

fn fits_everything(node: &Node) -> Diagnostic {
    Diagnostic::error("this pattern fits every column")
        .at(node.span)
        .help("name a `table`, a `column`, a `type`, a `comment`, or whether it can be `null`")
}
