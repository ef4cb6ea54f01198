//! Reads Rust source just well enough to judge its form: where code is, which of it is test code, how long functions are.
//!
//! It knows tokens, brackets and attributes, not the language; what a macro makes is not seen.

mod item;
mod token;

pub use item::Function;
use item::{functions, test_items};
use token::{Token, tokens};

/// The source of one Rust file.
#[derive(Debug)]
pub struct Source {
    text: String,
    tokens: Vec<Token>,
    in_test: Vec<bool>,
}

impl Source {
    /// Reads a file's text. Whatever it is, something is made of it.
    pub fn new(text: &str) -> Source {
        let tokens = tokens(text);
        let mut in_test = vec![false; tokens.len()];
        for item in test_items(&tokens) {
            in_test[item].fill(true);
        }
        Source {
            text: text.to_owned(),
            tokens,
            in_test,
        }
    }

    /// Whether the file begins by saying what lives in it.
    pub fn opens_with_documentation(&self) -> bool {
        self.text
            .strip_prefix("//!")
            .is_some_and(|rest| !rest.lines().next().unwrap_or_default().trim().is_empty())
    }

    /// The number of lines that are neither blank nor comments.
    pub fn code_lines(&self) -> usize {
        token::lines(&self.tokens)
    }

    /// The functions that have a body, in their order.
    pub fn functions(&self) -> Vec<Function> {
        functions(&self.tokens)
    }

    /// The lines where these tokens stand one behind another, in any code.
    ///
    /// A pattern's tokens are parted by spaces: `". unwrap ( )"`; a path's `::` is one token. Comments and the contents of
    /// literals are no tokens.
    pub fn lines_with(&self, pattern: &str) -> Vec<usize> {
        self.matches(pattern)
            .map(|at| self.tokens[at].line)
            .collect()
    }

    /// As [`lines_with`](Source::lines_with), without test code.
    pub fn lines_with_outside_tests(&self, pattern: &str) -> Vec<usize> {
        self.matches(pattern)
            .filter(|&at| !self.in_test[at])
            .map(|at| self.tokens[at].line)
            .collect()
    }

    /// The `use` declarations, each in one line without spaces around punctuation.
    pub fn uses(&self) -> Vec<Use> {
        let starts = (0..self.tokens.len()).filter(|&at| self.begins_use(at));
        starts
            .map(|at| Use {
                line: self.tokens[at].line,
                path: token::joined(self.tokens[at + 1..self.end_of_use(at)].iter()),
                in_test: self.in_test[at],
            })
            .collect()
    }

    /// The first names of paths, with their lines: `std` for `std::fs::write`. Of a `use`, that is its first name, whatever
    /// else it groups.
    pub fn path_heads(&self) -> Vec<(usize, &str)> {
        let mut heads = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let is_use = self.begins_use(at);
            let head = if is_use { self.first_of_use(at) } else { at };
            if is_use || self.begins_path(at) {
                heads.extend(self.tokens.get(head));
            }
            at = if is_use { self.end_of_use(at) } else { at + 1 };
        }
        let heads = heads.into_iter().filter(|head| head.is_name());
        heads.map(|head| (head.line, head.text.as_str())).collect()
    }

    /// The names behind a keyword such as `struct` or `mod`.
    pub fn declared(&self, keyword: &str) -> Vec<&str> {
        let pairs = self.tokens.windows(2);
        pairs
            .filter(|pair| pair[0].is(keyword) && pair[1].is_name())
            .map(|pair| pair[1].text.as_str())
            .collect()
    }

    /// The types that a trait is implemented for, where both stand as plain names: `impl Dialect for Sqlite`.
    pub fn implementors(&self, of: &str) -> Vec<&str> {
        let pattern = format!("impl {of} for");
        self.matches(&pattern)
            .filter_map(|at| self.tokens.get(at + 3))
            .map(|token| token.text.as_str())
            .collect()
    }

    /// The modules in other files that are compiled for tests only.
    pub fn test_modules(&self) -> Vec<&str> {
        self.tokens
            .windows(3)
            .zip(&self.in_test)
            .filter(|(window, in_test)| **in_test && window[0].is("mod") && window[2].is(";"))
            .map(|(window, _)| window[1].text.as_str())
            .collect()
    }

    /// Whether a `use` declaration begins here; the `use<…>` of a type is none.
    fn begins_use(&self, at: usize) -> bool {
        self.is_at(at, "use") && !self.is_at(at + 1, "<") && at + 1 < self.tokens.len()
    }

    /// The index of the first name of a `use` declaration.
    fn first_of_use(&self, at: usize) -> usize {
        at + 1 + usize::from(self.is_at(at + 1, "::"))
    }

    /// Whether the first name of a path of several names is here, outside of `use` declarations.
    fn begins_path(&self, at: usize) -> bool {
        let continues = at >= 2 && self.is_at(at - 1, "::") && {
            let before = &self.tokens[at - 2];
            before.is_name() || before.is(">")
        };
        self.is_at(at + 1, "::") && !continues
    }

    /// The index of the semicolon that ends a `use` declaration.
    fn end_of_use(&self, at: usize) -> usize {
        let end = (at..self.tokens.len()).find(|&at| self.is_at(at, ";"));
        end.unwrap_or(self.tokens.len())
    }

    fn is_at(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(text))
    }

    fn matches(&self, pattern: &str) -> impl Iterator<Item = usize> {
        let pattern: Vec<String> = pattern.split(' ').map(str::to_owned).collect();
        let length = pattern.len();
        let fits = move |window: &[Token]| {
            window
                .iter()
                .zip(&pattern)
                .all(|(token, text)| token.is(text))
        };
        self.tokens
            .windows(length)
            .enumerate()
            .filter(move |(_, window)| fits(window))
            .map(|(at, _)| at)
    }
}

/// A `use` declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// What is used: `super::{a,b}`.
    pub path: String,
    /// Whether it is test code.
    pub in_test: bool,
}

#[cfg(test)]
mod tests {
    use super::{Source, Use};

    #[test]
    fn a_file_opens_with_documentation_or_not() {
        for (text, opens) in [
            ("//! Says what.\n", true),
            ("//!\n//! Says it late.\n", false),
            ("// Says what.\n", false),
            ("\n//! Says what.\n", false),
            ("use a::b;\n//! Says what.\n", false),
            ("", false),
        ] {
            assert_eq!(
                Source::new(text).opens_with_documentation(),
                opens,
                "{text:?}"
            );
        }
    }

    #[test]
    fn lines_of_code_are_neither_blank_nor_comments() {
        let text = "//! A.\n\n/* b\n c */ fn d() {}\n// e\nconst F: &str = \"g\n\n  h\";\n";
        assert_eq!(Source::new(text).code_lines(), 4);
    }

    #[test]
    fn patterns_are_found_in_code_and_not_in_comments_or_literals() {
        let text =
            "/// `x.unwrap()`\nfn a() {\n    x\n        .unwrap();\n    y(\".unwrap()\");\n}\n";
        assert_eq!(Source::new(text).lines_with(". unwrap ( )"), [4]);
        let text = "fn a() { x.unwrap_or(1); x.expect(\"b\") }";
        assert!(Source::new(text).lines_with(". unwrap ( )").is_empty());
    }

    #[test]
    fn test_code_is_told_from_other_code() {
        let text = "\
fn a() { panic!() }
#[cfg(test)]
mod tests {
    #[test]
    fn b() { panic!() }
}
fn c() { panic!() }
#[test]
#[should_panic]
fn d() { panic!() }
#[cfg(not(test))]
fn e() { panic!() }
";
        let source = Source::new(text);
        assert_eq!(source.lines_with("panic !"), [1, 5, 7, 10, 12]);
        assert_eq!(source.lines_with_outside_tests("panic !"), [1, 7, 12]);
    }

    #[test]
    fn a_whole_file_can_be_test_code() {
        let source = Source::new("//! A.\n#![cfg(test)]\nfn a() { panic!() }\n");
        assert!(source.lines_with_outside_tests("panic !").is_empty());
    }

    #[test]
    fn modules_for_tests_are_known_by_name() {
        let text = "mod a;\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\nmod b {}\nmod c;\n";
        assert_eq!(Source::new(text).test_modules(), ["tests"]);
    }

    #[test]
    fn uses_are_read_as_one_path_each() {
        let text = "use std::{\n    fs,\n    io::Read as _,\n};\n#[cfg(test)]\nmod tests { use super::*; }\n";
        let uses = Source::new(text).uses();
        let expected = [
            (1, "std::{fs,io::Read as _,}", false),
            (6, "super::*", true),
        ];
        assert_eq!(
            uses,
            expected.map(|(line, path, in_test)| Use {
                line,
                path: path.to_owned(),
                in_test
            })
        );
    }

    #[test]
    fn heads_of_paths_are_their_first_names() {
        let text = "use std::{fs::read, io};\nuse log;\nfn a() -> aludel::Result<b::C::D> { e.f::<G>(::h::i) }\n";
        let source = Source::new(text);
        assert_eq!(
            source.path_heads(),
            [
                (1, "std"),
                (2, "log"),
                (3, "aludel"),
                (3, "b"),
                (3, "f"),
                (3, "h")
            ]
        );
    }

    #[test]
    fn declarations_and_implementations_are_found_by_name() {
        let source =
            Source::new("pub struct A;\nimpl B for A {}\nimpl<T> B for C<T> {}\nstruct D(u8);");
        assert_eq!(source.declared("struct"), ["A", "D"]);
        assert_eq!(source.implementors("B"), ["A"]);
    }
}
