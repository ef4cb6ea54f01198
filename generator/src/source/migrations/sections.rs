//! Files that hold both ways: what does not lead up is blanked out, so that places in the file stay what they are.

/// How a tool marks the parts of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Sections {
    /// `-- migrate:up` and `-- migrate:down`.
    Dbmate,
    /// `-- +goose Up` and `-- +goose Down`.
    Goose,
    /// One file, or, behind `-- atlas:txtar`, several that begin with `-- name --`.
    Atlas,
}

/// The part of a file that a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Section {
    Up,
    Down,
}

/// What is left of a file.
#[derive(Debug)]
pub(in crate::source) struct Up {
    pub(in crate::source) text: String,
    /// Whether a part that leads up was found.
    pub(in crate::source) is_marked: bool,
    /// The first statement before all parts: where it stands.
    pub(in crate::source) stray: Option<usize>,
}

impl Sections {
    /// The mark that every file has to have.
    pub(in crate::source) fn mark(self) -> &'static str {
        match self {
            Sections::Dbmate => "-- migrate:up",
            Sections::Goose => "-- +goose Up",
            Sections::Atlas => "-- migration.sql --",
        }
    }

    /// Leaves what leads up.
    pub(in crate::source) fn up(self, text: &str) -> Up {
        let mut up = Up {
            text: String::with_capacity(text.len()),
            is_marked: false,
            stray: None,
        };
        if self == Sections::Atlas && !text.starts_with("-- atlas:txtar") {
            up.text.push_str(text);
            up.is_marked = true;
            return up;
        }
        let mut section = None;
        for line in text.split_inclusive('\n') {
            let begun = self.begun_by(line);
            section = begun.or(section);
            up.is_marked |= begun == Some(Section::Up);
            if section.is_none() && up.stray.is_none() && is_statement(line) {
                up.stray = Some(up.text.len());
            }
            match section {
                Some(Section::Up) => up.text.push_str(line),
                _ => up.text.extend(line.chars().flat_map(blank)),
            }
        }
        up
    }

    fn begun_by(self, line: &str) -> Option<Section> {
        let comment = line.strip_prefix("--")?.trim();
        let word = match self {
            Sections::Dbmate => comment.strip_prefix("migrate:")?,
            Sections::Goose => comment.strip_prefix("+goose")?.trim_start(),
            Sections::Atlas => {
                return match comment.strip_suffix("--")?.trim_end() {
                    "migration.sql" => Some(Section::Up),
                    _ => Some(Section::Down),
                };
            }
        };
        let word = word.split_whitespace().next()?;
        match word.to_ascii_lowercase().as_str() {
            "up" => Some(Section::Up),
            "down" => Some(Section::Down),
            _ => None,
        }
    }
}

fn is_statement(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("--")
}

/// As many blanks as the letter has bytes.
fn blank(letter: char) -> impl Iterator<Item = char> {
    let blank = match letter {
        '\n' | '\r' => letter,
        _ => ' ',
    };
    std::iter::repeat_n(blank, letter.len_utf8())
}
