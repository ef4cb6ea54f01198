//! What the words of a statement say about where it ends.

use aludel_catalog::Dialect;

use crate::parse::classify;

/// How many words are kept to tell a statement's kind.
const KEPT: usize = 16;

/// The words of the open statement.
pub(super) struct Words {
    dialect: Dialect,
    leading: Vec<String>,
    /// The word before, unless something else has come between.
    last: String,
    /// How many BEGIN and CASE are open in a body of statements, and how many parentheses in a rule.
    depth: usize,
    /// Whether the last END has been counted.
    has_closed: bool,
    reads_stdin: bool,
}

impl Words {
    pub(super) fn new(dialect: Dialect) -> Self {
        Words {
            dialect,
            leading: Vec::new(),
            last: String::new(),
            depth: 0,
            has_closed: false,
            reads_stdin: false,
        }
    }

    /// The next word.
    pub(super) fn push(&mut self, word: &[u8]) {
        let word = String::from_utf8_lossy(word).to_ascii_uppercase();
        self.count(&word);
        self.reads_stdin |= self.last == "FROM" && word == "STDIN";
        if self.leading.len() < KEPT {
            self.leading.push(word.clone());
        }
        self.last = word;
    }

    /// Something between words.
    pub(super) fn other(&mut self, text: &[u8]) {
        self.last.clear();
        // The statements of a rule stand in parentheses.
        match text {
            b"(" if self.is_rule() => self.depth += 1,
            b")" if self.is_rule() => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    fn is_rule(&self) -> bool {
        let words = self.leading.iter().map(String::as_str);
        let mut words = words.filter(|word| !["OR", "REPLACE"].contains(word));
        words.next() == Some("CREATE") && words.next() == Some("RULE")
    }

    /// Whether a semicolon here stands within a body.
    pub(super) fn in_body(&self) -> bool {
        self.depth > 0
    }

    /// Whether this statement can have a body.
    pub(super) fn has_body(&self) -> bool {
        classify::has_body(&self.leading)
    }

    /// Whether it is followed by rows.
    pub(super) fn reads_stdin(&self) -> bool {
        self.reads_stdin && self.leading.first().is_some_and(|first| first == "COPY")
    }

    /// The first words.
    pub(super) fn into_leading(self) -> Vec<String> {
        self.leading
    }

    fn count(&mut self, word: &str) {
        let follows_end = self.last == "END" && std::mem::take(&mut self.has_closed);
        match word {
            "BEGIN" if self.dialect != Dialect::Postgres && self.has_body() => self.depth += 1,
            "ATOMIC" if self.last == "BEGIN" && self.has_body() => self.depth += 1,
            "CASE" if self.depth > 0 && !follows_end => self.depth += 1,
            // These blocks are not counted, so neither are their ends.
            "IF" | "LOOP" | "WHILE" | "REPEAT" | "FOR" if follows_end => self.depth += 1,
            "END" if self.depth > 0 => {
                self.depth -= 1;
                self.has_closed = true;
            }
            _ => {}
        }
    }
}
