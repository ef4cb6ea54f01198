//! Words and signs of SQL of any dialect. What differs between them is taken as it is most likely meant: this only looks for
//! evidence, and reads nothing.

/// A piece of SQL and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    pub(super) start: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Sign,
    /// A text in single quotes.
    Text,
    /// A name in `"` or `` ` ``.
    Name,
    /// A text between `$tag$`, of which the first tag is kept.
    Dollars,
    /// A comment. The head of `/*!40101 … */` is one; what stands in it is read.
    Comment,
    /// A line for a command-line client that begins with `\` or `.`.
    Command,
}

/// All pieces of a text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut scanner = Scanner {
        text,
        position: 0,
        pieces: Vec::new(),
    };
    while scanner.position < text.len() {
        scanner.step();
    }
    scanner.pieces
}

struct Scanner<'t> {
    text: &'t str,
    position: usize,
    pieces: Vec<Piece<'t>>,
}

impl<'t> Scanner<'t> {
    fn step(&mut self) {
        let rest = &self.text[self.position..];
        let first = rest.chars().next().unwrap_or_default();
        let starts_line = self.text[..self.position]
            .bytes()
            .rev()
            .find(|byte| !matches!(byte, b' ' | b'\t'))
            .is_none_or(|byte| byte == b'\n');
        let (kind, length) = match first {
            _ if first.is_whitespace() => return self.position += first.len_utf8(),
            '-' if rest.starts_with("--") => (Kind::Comment, line(rest)),
            '#' if starts_line => (Kind::Comment, line(rest)),
            '/' if rest.starts_with("/*!") => (Kind::Comment, 3),
            '*' if rest.starts_with("*/") => (Kind::Comment, 2),
            '/' if rest.starts_with("/*") => (
                Kind::Comment,
                rest.find("*/").map_or(rest.len(), |end| end + 2),
            ),
            '\\' | '.' if starts_line => (Kind::Command, line(rest)),
            '\'' => (Kind::Text, quoted(rest, '\'')),
            '"' | '`' => (Kind::Name, quoted(rest, first)),
            '$' => match dollars(rest) {
                Some(length) => (Kind::Dollars, length),
                None => (Kind::Sign, 1),
            },
            ':' if rest.starts_with("::") => (Kind::Sign, 2),
            _ if is_word(first) => {
                let end = rest.find(|letter| !is_word(letter) && letter != '$');
                (Kind::Word, end.unwrap_or(rest.len()))
            }
            _ => (Kind::Sign, first.len_utf8()),
        };
        let shown = match kind {
            Kind::Dollars => rest[1..].find('$').map_or(length, |end| end + 2),
            _ => length,
        };
        self.pieces.push(Piece {
            kind,
            text: &rest[..shown],
            start: self.position,
        });
        self.position += length;
        if kind == Kind::Word && rest[..length].eq_ignore_ascii_case("stdin") {
            self.skip_rows();
        }
    }

    /// Rows behind `COPY … FROM stdin` are no SQL.
    fn skip_rows(&mut self) {
        if let Some(end) = self.text[self.position..].find("\n\\.") {
            self.position += end + 3;
        }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// How long a quoted piece is. Whether `\'` ends it shows by what follows.
fn quoted(rest: &str, quote: char) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        let next = bytes.get(at + 1).copied();
        match bytes[at] {
            b'\\' if next == Some(quote as u8) => {
                let ends = matches!(
                    bytes.get(at + 2),
                    None | Some(b',' | b')' | b';' | b' ' | b'\n')
                );
                at += if ends { 1 } else { 2 };
            }
            byte if byte == quote as u8 && next == Some(quote as u8) => at += 2,
            byte if byte == quote as u8 => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// How long `$tag$ … $tag$` is, if this is one.
fn dollars(rest: &str) -> Option<usize> {
    let tag_end = rest[1..].find('$')? + 2;
    let tag = &rest[..tag_end];
    let inner = &tag[1..tag_end - 1];
    let is_tag =
        inner.chars().all(is_word) && !inner.starts_with(|first: char| first.is_ascii_digit());
    let end = rest[tag_end..].find(tag)?;
    is_tag.then_some(tag_end + end + tag.len())
}
