//! Statements within a statement: whether a semicolon ends it.

use crate::dialect::Bodies;
use crate::text::lex::Token;

/// What has been read of a statement, as far as it says where that ends.
pub(super) struct Body {
    bodies: Bodies,
    kind: Kind,
    /// How many words it has.
    words: usize,
    /// How many blocks are open.
    depth: usize,
    /// How many parentheses are open.
    parentheses: usize,
    last: Last,
}

/// Whether the statement can have statements within.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// That is not known yet.
    Created,
    /// Not known yet, and somebody's name comes before it is.
    Defined,
    Stored,
    Other,
}

/// The token before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// A semicolon, or the beginning.
    Nothing,
    Begin,
    /// An END, and whether it ended a block.
    End(bool),
    /// An END that is a statement of its own.
    EndAlone,
    /// What makes a name of the word that follows.
    Dot,
    Other,
}

/// The words between CREATE and what is created.
const BETWEEN: [&str; 7] = [
    "OR",
    "REPLACE",
    "TEMP",
    "TEMPORARY",
    "AGGREGATE",
    "CONSTRAINT",
    "DEFINER",
];

/// What can have statements within.
const STORED: [&str; 5] = ["TRIGGER", "FUNCTION", "PROCEDURE", "EVENT", "PACKAGE"];

impl Body {
    pub(super) fn new(bodies: Bodies) -> Self {
        Body {
            bodies,
            kind: Kind::Other,
            words: 0,
            depth: 0,
            parentheses: 0,
            last: Last::Nothing,
        }
    }

    /// Whether a semicolon that comes now stands within.
    pub(super) fn is_open(&self) -> bool {
        let in_body = match self.bodies {
            Bodies::Triggers => self.kind == Kind::Stored && self.last != Last::EndAlone,
            Bodies::Atomic | Bodies::Blocks => self.depth > 0,
        };
        // The statements of a rule stand in parentheses.
        in_body || self.bodies == Bodies::Atomic && self.parentheses > 0
    }

    /// Passes over a token.
    pub(super) fn pass(&mut self, token: Token, text: &str) {
        self.last = match token {
            Token::Word if self.last == Last::Dot => Last::Other,
            Token::Word => self.word(&text.to_ascii_uppercase()),
            Token::Sign(sign) => self.sign(sign),
            Token::Comment => return,
            Token::Quoted | Token::Placeholder => Last::Other,
        };
    }

    fn sign(&mut self, sign: u8) -> Last {
        match sign {
            b'(' => self.parentheses += 1,
            b')' => self.parentheses = self.parentheses.saturating_sub(1),
            b';' => return Last::Nothing,
            b'.' | b'@' => return Last::Dot,
            _ => {}
        }
        Last::Other
    }

    fn word(&mut self, word: &str) -> Last {
        self.words += 1;
        self.kind = match self.kind {
            Kind::Other if self.words == 1 && word == "CREATE" => Kind::Created,
            Kind::Created | Kind::Defined => self.created(word),
            known => known,
        };
        // A block that is not stored, as MariaDB has it.
        let is_block = self.words == 2 && self.last == Last::Begin && word == "NOT";
        if self.bodies == Bodies::Blocks && is_block {
            self.kind = Kind::Stored;
            self.depth = 1;
        }
        if self.kind == Kind::Stored {
            self.stored(word)
        } else if self.words == 1 && word == "BEGIN" {
            Last::Begin
        } else {
            Last::Other
        }
    }

    /// What kind of statement it is, by a word behind CREATE.
    fn created(&self, word: &str) -> Kind {
        let is_defined = word == "DEFINER" || self.kind == Kind::Defined;
        if STORED.contains(&word) {
            Kind::Stored
        } else if word == "VIEW" || !(is_defined || BETWEEN.contains(&word)) {
            Kind::Other
        } else if is_defined {
            Kind::Defined
        } else {
            Kind::Created
        }
    }

    /// Counts the blocks that a word of what is stored begins and ends.
    fn stored(&mut self, word: &str) -> Last {
        let before = self.last;
        match (self.bodies, word) {
            (Bodies::Triggers, "END") if before == Last::Nothing => Last::EndAlone,
            (Bodies::Triggers, _) => Last::Other,
            (Bodies::Atomic, "BEGIN") => Last::Begin,
            (Bodies::Atomic, "ATOMIC") if before == Last::Begin => {
                self.depth += 1;
                Last::Other
            }
            (Bodies::Blocks, "BEGIN") => {
                self.depth += 1;
                Last::Other
            }
            (Bodies::Blocks, "CASE") if !matches!(before, Last::End(_)) => {
                self.depth += 1;
                Last::Other
            }
            (Bodies::Atomic, "CASE") if self.depth > 0 => {
                self.depth += 1;
                Last::Other
            }
            // These are not counted, so neither are their ends.
            (Bodies::Blocks, "IF" | "LOOP" | "WHILE" | "REPEAT" | "FOR")
                if before == Last::End(true) =>
            {
                self.depth += 1;
                Last::Other
            }
            (_, "END") => {
                let is_counted = self.depth > 0;
                self.depth = self.depth.saturating_sub(1);
                Last::End(is_counted)
            }
            _ => Last::Other,
        }
    }
}
