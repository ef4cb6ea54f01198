//! Items among tokens: functions, and what is compiled for tests only.

use std::ops::Range;

use super::token::{self, Token};

/// A function with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The line of its `fn`, counted from 1.
    pub line: usize,
    /// Its length from `fn` to the closing brace, in lines that are neither blank nor comments.
    pub code_lines: usize,
}

/// The functions that have a body, in their order; those within others too.
pub(super) fn functions(tokens: &[Token]) -> Vec<Function> {
    let starts = (0..tokens.len())
        .filter(|&at| tokens[at].is("fn") && tokens.get(at + 1).is_some_and(Token::is_name));
    starts
        .filter_map(|start| {
            let end = end_of_item(tokens, start);
            let has_body = tokens[end - 1].is("}");
            has_body.then(|| Function {
                name: tokens[start + 1].text.clone(),
                line: tokens[start].line,
                code_lines: token::lines(&tokens[start..end]),
            })
        })
        .collect()
}

/// The items that only tests see, attributes included.
pub(super) fn test_items(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    for at in 0..tokens.len() {
        if !tokens[at].is("#") {
            continue;
        }
        let is_inner = tokens.get(at + 1).is_some_and(|next| next.is("!"));
        let open = at + 1 + usize::from(is_inner);
        if !tokens.get(open).is_some_and(|next| next.is("[")) {
            continue;
        }
        let close = closing(tokens, open);
        if !is_for_tests(&tokens[open + 1..close.max(open + 1)]) {
            continue;
        }
        items.push(if is_inner {
            0..tokens.len()
        } else {
            at..end_of_item(tokens, close + 1)
        });
    }
    items
}

/// Whether an attribute is `test`, or a `cfg` that holds in tests alone.
fn is_for_tests(attribute: &[Token]) -> bool {
    match attribute {
        [only] => only.is("test"),
        [first, ..] if first.is("cfg") => {
            attribute.iter().any(|token| token.is("test"))
                && !attribute
                    .iter()
                    .any(|token| token.is("not") || token.is("any"))
        }
        _ => false,
    }
}

/// The index behind the item that begins at `from`: behind its first block, or its semicolon; or where what holds it ends.
fn end_of_item(tokens: &[Token], from: usize) -> usize {
    let mut at = from;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            ";" => return at + 1,
            "{" => return (closing(tokens, at) + 1).min(tokens.len()),
            "(" | "[" => at = closing(tokens, at) + 1,
            ")" | "]" | "}" => return at,
            _ => at += 1,
        }
    }
    tokens.len()
}

/// The index of the bracket that closes the one at `open`, or the end.
fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokens, functions, test_items};

    fn lengths(text: &str) -> Vec<(String, usize, usize)> {
        let functions = functions(&tokens(text)).into_iter();
        functions
            .map(|found| (found.name, found.line, found.code_lines))
            .collect()
    }

    #[test]
    fn functions_are_as_long_as_their_code() {
        let text = "/// A.\nfn a(b: [u8; 2]) -> u8 {\n    // c\n\n    d()\n}\nfn e() {}\n";
        assert_eq!(
            lengths(text),
            [("a".to_owned(), 2, 3), ("e".to_owned(), 7, 1)]
        );
    }

    #[test]
    fn what_has_no_body_is_no_function() {
        let text =
            "trait A {\n    fn b(&self);\n    fn c(&self) {\n    }\n}\ntype D = fn(u8) -> u8;\n";
        assert_eq!(lengths(text), [("c".to_owned(), 3, 2)]);
    }

    #[test]
    fn a_function_within_another_is_counted_in_both() {
        let text = "fn a() {\n    fn b() {\n        c();\n    }\n}\n";
        assert_eq!(
            lengths(text),
            [("a".to_owned(), 1, 5), ("b".to_owned(), 2, 3)]
        );
    }

    #[test]
    fn braces_in_literals_and_comments_do_not_count() {
        let text = "fn a() {\n    b('{', \"}\"); // }\n    /* } */\n    c()\n}\nfn d() {}\n";
        assert_eq!(
            lengths(text),
            [("a".to_owned(), 1, 4), ("d".to_owned(), 6, 1)]
        );
    }

    #[test]
    fn items_for_tests_include_their_attributes() {
        let tokens = tokens("a; #[cfg(test)] #[b(c)] mod d { e } f; #[cfg(all(test, g))] use h; i");
        let items = test_items(&tokens).into_iter();
        let texts: Vec<String> = items
            .map(|item| super::token::joined(tokens[item].iter()))
            .collect();
        assert_eq!(
            texts,
            ["#[cfg(test)]#[b(c)]mod d{e}", "#[cfg(all(test,g))]use h;"]
        );
    }

    #[test]
    fn code_that_is_cut_off_is_read_to_its_end() {
        assert_eq!(lengths("fn a() {\n    b(\n"), []);
        for text in ["#[cfg(test", "#[test]"] {
            let tokens = tokens(text);
            let everything = 0..tokens.len();
            assert_eq!(test_items(&tokens).first(), Some(&everything), "{text}");
        }
    }
}
