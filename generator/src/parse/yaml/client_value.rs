//! Values that the client makes: constants, the current moment, UUIDs, and what a function returns.

use crate::{
    annotation::{ClientValue, Noted},
    diagnostic::Diagnostic,
    parse::draft::Draft,
    suggest,
    yaml::{Node, Scalar, expected},
};

/// Words that stand for a value which is made anew each time.
const MADE: &[(&str, ClientValue)] = &[
    ("now()", ClientValue::Now),
    ("uuid_v4", ClientValue::UuidV4),
    ("uuid_v7", ClientValue::UuidV7),
];

/// Reads a constant, `now()`, `uuid_v4`, `uuid_v7`, or the path of a Rust function. A text in quotes is always a constant.
pub(super) fn read(node: &Node, draft: &mut Draft) -> Option<Noted<ClientValue>> {
    let Some(scalar) = node.scalar() else {
        draft.report(expected(
            node,
            "a constant, `now()`, `uuid_v4`, `uuid_v7` or the path of a function",
        ));
        return None;
    };
    let value = match scalar.plain {
        true => read_plain(scalar, draft)?,
        false => ClientValue::Text(scalar.text.clone()),
    };
    Some(Noted {
        value,
        span: Some(scalar.span),
    })
}

fn read_plain(scalar: &Scalar, draft: &mut Draft) -> Option<ClientValue> {
    let text = scalar.text.as_str();
    if let Some((_, value)) = MADE.iter().find(|(word, _)| *word == text) {
        return Some(value.clone());
    }
    if let Some(value) = scalar.boolean() {
        return Some(ClientValue::Boolean(value));
    }
    if text.parse::<f64>().is_ok_and(f64::is_finite) {
        return Some(ClientValue::Number(text.to_owned()));
    }
    if text.contains("::") {
        let path = text.strip_suffix("()").unwrap_or(text);
        if is_path(path) {
            return Some(ClientValue::Function(path.to_owned()));
        }
        draft.report(no_path(scalar));
        return None;
    }
    if text.ends_with("()") {
        draft.report(unknown_function(scalar));
        return None;
    }
    Some(ClientValue::Text(text.to_owned()))
}

/// Whether this is the path of something in Rust: `crate::defaults::token`.
pub(super) fn is_path(text: &str) -> bool {
    let text = text.strip_prefix("::").unwrap_or(text);
    text.split("::").all(|part| {
        let mut letters = part.chars();
        letters
            .next()
            .is_some_and(|first| first.is_alphabetic() || first == '_')
            && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

fn no_path(scalar: &Scalar) -> Diagnostic {
    Diagnostic::error(format!("`{}` is not the path of a function", scalar.text))
        .at(scalar.span)
        .help("a path looks like `crate::defaults::token`; a text with `::` goes into quotes")
}

fn unknown_function(scalar: &Scalar) -> Diagnostic {
    let words = MADE.iter().map(|(word, _)| *word);
    let suggestion = suggest::nearest(&scalar.text, words);
    let diagnostic = Diagnostic::error(format!("unknown function `{}`", scalar.text))
        .at(scalar.span)
        .did_you_mean(suggestion);
    diagnostic.help("a function of yours is named by its path: `crate::defaults::token`")
}
