//! Patterns for names: with `*` for any text, or a regular expression between slashes.

use regex_lite::Regex;

/// Whether `text` fits `pattern`, in which `*` stands for any text: how [`Builder::include`](crate::Builder::include) chooses.
pub fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, rest)) => text.strip_prefix(head).is_some_and(|text| {
            (0..=text.len())
                .filter(|&end| text.is_char_boundary(end))
                .any(|end| glob(rest, &text[end..]))
        }),
    }
}

/// A pattern that is compared as it is, or a regular expression between slashes.
#[derive(Debug)]
pub(super) enum Pattern {
    Exact(String),
    Expression(Regex),
}

impl Pattern {
    pub(super) fn new(text: &str) -> Result<Self, String> {
        match text
            .strip_prefix('/')
            .and_then(|text| text.strip_suffix('/'))
        {
            None => Ok(Pattern::Exact(text.to_owned())),
            Some(expression) => Regex::new(expression)
                .map(Pattern::Expression)
                .map_err(|error| error.to_string()),
        }
    }

    pub(super) fn fits(&self, text: &str) -> bool {
        match self {
            Pattern::Exact(exact) => exact == text,
            Pattern::Expression(expression) => expression.is_match(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, fits) in [
            ("users", "users", true),
            ("users", "user", false),
            ("*", "", true),
            ("wp_*", "wp_posts", true),
            ("wp_*", "posts", false),
            ("*_log", "audit_log", true),
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "aXcYb", false),
            ("*ö", "größe", false),
            ("gr*e", "größe", true),
        ] {
            assert_eq!(glob(pattern, text), fits, "{pattern} {text}");
        }
    }
}
