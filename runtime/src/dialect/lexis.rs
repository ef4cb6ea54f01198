//! What is a quote, what is a comment and what ends a statement, for finding names and statements in SQL that people write.

/// How a dialect writes what is not to be looked into.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexis {
    /// A backslash in a text takes the meaning of what follows it.
    pub(crate) backslashes: bool,
    /// In a text that begins with `E'`, it does so at any rate.
    pub(crate) escape_texts: bool,
    /// Names may stand in backticks.
    pub(crate) backticks: bool,
    /// Names may stand in brackets.
    pub(crate) brackets: bool,
    /// Texts may stand between two `$tag$`.
    pub(crate) dollar_texts: bool,
    /// A `#` begins a comment.
    pub(crate) hash_comments: bool,
    /// Two dashes begin a comment only where a space follows.
    pub(crate) spaced_dashes: bool,
    /// Comments stand inside of comments.
    pub(crate) nested_comments: bool,
    /// Placeholders are `?`; otherwise they are `$1`.
    pub(crate) question_marks: bool,
    /// A comment that begins with an exclamation mark is carried out.
    pub(crate) active_comments: bool,
    /// Its clients take a line `DELIMITER //`, which says what ends statements from there on.
    pub(crate) delimiter_lines: bool,
    /// The statements that have statements within.
    pub(crate) bodies: Bodies,
}

/// Where statements have statements within, whose semicolons do not end them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bodies {
    /// In triggers, up to an `END` that is a statement of its own.
    Triggers,
    /// In routines, between `BEGIN ATOMIC` and `END`.
    Atomic,
    /// In whatever is stored, between `BEGIN` and `END`.
    Blocks,
}

impl Lexis {
    pub(super) const SQLITE: Lexis = Lexis {
        backslashes: false,
        escape_texts: false,
        backticks: true,
        brackets: true,
        dollar_texts: false,
        hash_comments: false,
        spaced_dashes: false,
        nested_comments: false,
        question_marks: true,
        active_comments: false,
        delimiter_lines: false,
        bodies: Bodies::Triggers,
    };

    pub(super) const POSTGRES: Lexis = Lexis {
        escape_texts: true,
        backticks: false,
        brackets: false,
        dollar_texts: true,
        nested_comments: true,
        question_marks: false,
        bodies: Bodies::Atomic,
        ..Lexis::SQLITE
    };

    pub(super) const MYSQL: Lexis = Lexis {
        backslashes: true,
        brackets: false,
        hash_comments: true,
        spaced_dashes: true,
        active_comments: true,
        delimiter_lines: true,
        bodies: Bodies::Blocks,
        ..Lexis::SQLITE
    };
}
