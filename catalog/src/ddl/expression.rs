//! Looking for words in expressions that are otherwise kept as the schema wrote them.

use crate::Quoting;

/// Whether `expression` contains `word` outside of quotes, in whatever case.
pub(super) fn mentions(expression: &str, word: &str) -> bool {
    pieces(expression).any(|piece| piece.eq_ignore_ascii_case(word))
}

/// `expression` with `word`, wherever it stands outside of quotes and in whatever case, replaced.
pub(super) fn replace(expression: &str, word: &str, replacement: &str) -> String {
    replace_each(expression, |piece| {
        piece.eq_ignore_ascii_case(word).then_some(replacement)
    })
}

/// `expression` with names of columns, quoted or not, replaced. `columns` holds each name with what it becomes.
pub(super) fn replace_names(
    expression: &str,
    quoting: Quoting,
    columns: &[(&str, String)],
) -> String {
    replace_each(expression, |piece| {
        let is_meant = |name: &str| {
            let mut quoted = String::new();
            quoting.push(&mut quoted, name);
            piece == quoted || piece.eq_ignore_ascii_case(name)
        };
        let found = columns.iter().find(|(name, _)| is_meant(name));
        found.map(|(_, replacement)| replacement.as_str())
    })
}

fn replace_each<'t>(
    expression: &'t str,
    replacement: impl Fn(&'t str) -> Option<&'t str>,
) -> String {
    pieces(expression)
        .map(|piece| replacement(piece).unwrap_or(piece))
        .collect()
}

/// Cuts a text into words, quoted parts, and single characters; together they are the text again.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match first {
            '\'' | '"' | '`' => quoted_length(rest, first),
            first if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            first => first.len_utf8(),
        };
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    })
}

/// How long the quoted part at the beginning of `text` is. A doubled quote stands for one.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut behind = 1;
    while let Some(end) = text[behind..].find(quote) {
        behind += end + 1;
        if !text[behind..].starts_with(quote) {
            return behind;
        }
        behind += 1;
    }
    text.len()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}
