//! How an instance is shown.

use super::{Field, placed};
use crate::{annotation::Noted, diagnostic::Diagnostic, naming, suggest::nearest};

/// A piece of what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// As it is.
    Text(String),
    /// The value of a field, as its position.
    Field(usize),
}

/// The template's pieces; without one, the struct's name and the key.
pub(super) fn pieces(
    template: Option<&Noted<String>>,
    model: &str,
    fields: &[Field],
    key: &[usize],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Piece> {
    match template {
        Some(template) => parsed(template, fields, diagnostics),
        None => usual(model, fields, key),
    }
}

fn usual(model: &str, fields: &[Field], key: &[usize]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = format!("<{model}");
    for &index in key {
        text.push_str(&format!(
            " {}=",
            fields[index].name.trim_start_matches("r#")
        ));
        pieces.push(Piece::Text(std::mem::take(&mut text)));
        pieces.push(Piece::Field(index));
    }
    text.push('>');
    pieces.push(Piece::Text(text));
    pieces
}

/// Fields stand in braces; a doubled brace is one.
fn parsed(
    template: &Noted<String>,
    fields: &[Field],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = template.value.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            text.push_str(brace);
            rest = after;
            continue;
        }
        let Some((name, after)) = rest.split_once('}').filter(|_| brace == "{") else {
            let error = Diagnostic::error(format!(
                "`{brace}` stands alone in the template `{}`",
                template.value
            ));
            diagnostics.push(placed(
                error.help("write it twice to show one"),
                template.span,
            ));
            return pieces;
        };
        rest = after;
        pieces.push(Piece::Text(std::mem::take(&mut text)));
        match fields
            .iter()
            .position(|field| field.name == naming::field(name.trim()))
        {
            Some(index) => pieces.push(Piece::Field(index)),
            None => diagnostics.push(unknown_field(template, name, fields)),
        }
    }
    text.push_str(rest);
    pieces.push(Piece::Text(text));
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    pieces
}

fn unknown_field(template: &Noted<String>, name: &str, fields: &[Field]) -> Diagnostic {
    let error = Diagnostic::error(format!(
        "the template `{}` shows `{name}`, which is no field",
        template.value
    ));
    let suggestion = nearest(name, fields.iter().map(|field| field.name.as_str()));
    placed(error.did_you_mean(suggestion), template.span)
}
