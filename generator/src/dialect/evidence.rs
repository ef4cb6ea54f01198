//! What only one database understands, and how much it says.

use Dialect::{Mysql, Postgres, Sqlite};
use aludel_catalog::Dialect;

use super::{
    Finding,
    scan::{Kind, Piece, pieces},
};
use crate::diagnostic::Span;

/// What settles the question.
pub(super) const CERTAIN: u32 = 10;
/// What is most likely meant.
const LIKELY: u32 = 4;
/// What another database would take as well.
const HINT: u32 = 1;

/// A row of words and signs. `'` stands for a text, `$` for one between `$tag$`, `x` for any word.
type Pattern = (Dialect, u32, &'static [&'static str]);

const PATTERNS: &[Pattern] = &[
    (Mysql, CERTAIN, &["AUTO_INCREMENT"]),
    (Mysql, CERTAIN, &["ENGINE", "="]),
    (Mysql, CERTAIN, &["DEFAULT", "CHARSET"]),
    (Mysql, CERTAIN, &["CHARACTER", "SET"]),
    (Mysql, CERTAIN, &["ON", "UPDATE", "CURRENT_TIMESTAMP"]),
    (Mysql, LIKELY, &["LONGTEXT"]),
    (Mysql, LIKELY, &["MEDIUMTEXT"]),
    (Mysql, LIKELY, &["TINYTEXT"]),
    (Mysql, LIKELY, &["MEDIUMINT"]),
    (Mysql, CERTAIN, &["FULLTEXT", "KEY"]),
    (Mysql, CERTAIN, &["FULLTEXT", "INDEX"]),
    (Mysql, CERTAIN, &["DELIMITER"]),
    (Mysql, CERTAIN, &["x", "ENUM", "(", "'"]),
    (Mysql, LIKELY, &["UNSIGNED"]),
    (Mysql, LIKELY, &["COMMENT", "'"]),
    (Mysql, LIKELY, &["TINYINT", "(", "1", ")"]),
    (Postgres, CERTAIN, &["::", "x"]),
    (Postgres, LIKELY, &["SERIAL"]),
    (Postgres, LIKELY, &["BIGSERIAL"]),
    (Postgres, LIKELY, &["SMALLSERIAL"]),
    (Postgres, LIKELY, &["BYTEA"]),
    (Postgres, CERTAIN, &["TSVECTOR"]),
    (Postgres, CERTAIN, &["CREATE", "EXTENSION"]),
    (Postgres, CERTAIN, &["CREATE", "TYPE"]),
    (Postgres, CERTAIN, &["CREATE", "DOMAIN"]),
    (Postgres, CERTAIN, &["COMMENT", "ON"]),
    (Postgres, CERTAIN, &["OWNER", "TO"]),
    (Postgres, CERTAIN, &["ALTER", "TABLE", "ONLY"]),
    (Postgres, CERTAIN, &["AS", "IDENTITY"]),
    (Postgres, CERTAIN, &["LANGUAGE", "PLPGSQL"]),
    (Postgres, CERTAIN, &["GEN_RANDOM_UUID", "("]),
    (Postgres, CERTAIN, &["AS", "$"]),
    (Postgres, CERTAIN, &["DO", "$"]),
    (Postgres, CERTAIN, &["SET", "SEARCH_PATH"]),
    (Postgres, CERTAIN, &["CONCURRENTLY"]),
    (Postgres, CERTAIN, &["USING", "GIN"]),
    (Postgres, CERTAIN, &["USING", "GIST"]),
    (Postgres, CERTAIN, &["[", "]"]),
    (Postgres, CERTAIN, &["ARRAY", "["]),
    (Postgres, CERTAIN, &["FROM", "STDIN"]),
    (Postgres, LIKELY, &["NEXTVAL", "("]),
    (Postgres, LIKELY, &["TIMESTAMPTZ"]),
    (Postgres, LIKELY, &["JSONB"]),
    (Postgres, LIKELY, &["WITH", "TIME", "ZONE"]),
    (Postgres, LIKELY, &["CHARACTER", "VARYING"]),
    (Postgres, LIKELY, &["MATERIALIZED", "VIEW"]),
    (Postgres, HINT, &["CREATE", "SEQUENCE"]),
    (Postgres, HINT, &["DOUBLE", "PRECISION"]),
    (Sqlite, CERTAIN, &["AUTOINCREMENT"]),
    (Sqlite, CERTAIN, &["WITHOUT", "ROWID"]),
    (Sqlite, CERTAIN, &["PRAGMA"]),
    (Sqlite, CERTAIN, &["VIRTUAL", "TABLE"]),
    (Sqlite, CERTAIN, &[")", "STRICT"]),
    (Sqlite, CERTAIN, &["COLLATE", "NOCASE"]),
    (Sqlite, CERTAIN, &["SQLITE_SEQUENCE"]),
    (Sqlite, CERTAIN, &["STRFTIME", "("]),
    (Sqlite, CERTAIN, &["DATETIME", "(", "'"]),
    (Sqlite, CERTAIN, &["INSERT", "OR", "IGNORE"]),
    (Sqlite, CERTAIN, &["INSERT", "OR", "REPLACE"]),
    (Sqlite, LIKELY, &["JULIANDAY", "("]),
    (Sqlite, LIKELY, &["GLOB", "'"]),
    (Sqlite, HINT, &["INTEGER", "PRIMARY", "KEY"]),
    (Sqlite, HINT, &["BEGIN", "TRANSACTION"]),
];

/// The first words of comments that dump programs write.
const HEADERS: &[(Dialect, &str)] = &[
    (Mysql, "-- MySQL dump"),
    (Mysql, "-- MariaDB dump"),
    (Mysql, "-- phpMyAdmin"),
    (Postgres, "-- PostgreSQL database dump"),
    (Postgres, "-- Dumped from database version"),
    (Postgres, "-- Dumped by pg_dump"),
];

/// What paths are called.
const PATHS: &[(Dialect, &[&str])] = &[
    (Mysql, &["mysql", "mariadb"]),
    (Postgres, &["postgres", "pgsql", "psql"]),
    (Sqlite, &["sqlite"]),
];

/// What the path of a file says, where it names one database.
pub(super) fn of_path(file: usize, path: &str) -> Option<Finding> {
    let path = path.to_lowercase();
    let names = |words: &[&str]| words.iter().any(|word| path.contains(word));
    let mut named = PATHS.iter().filter(|(_, words)| names(words));
    let (dialect, _) = named.next()?;
    named.next().is_none().then_some(Finding {
        dialect: *dialect,
        weight: CERTAIN,
        span: Span::new(file, 0, 0),
    })
}

/// Everything in a file that speaks for a dialect. A kind of evidence counts once a file.
pub(super) fn find(file: usize, text: &str) -> Vec<Finding> {
    let pieces = pieces(text);
    let (comments, code): (Vec<Piece<'_>>, Vec<Piece<'_>>) = pieces
        .into_iter()
        .partition(|piece| piece.kind == Kind::Comment);
    let mut found = Vec::new();
    let span = |first: &Piece<'_>, last: &Piece<'_>| {
        Span::new(file, first.start, last.start + last.text.len())
    };
    for (dialect, weight, pattern) in PATTERNS {
        let mut windows = code.windows(pattern.len());
        if let Some(window) = windows.find(|window| fits(pattern, window)) {
            let last = window.len() - 1;
            found.push((*dialect, *weight, span(&window[0], &window[last])));
        }
    }
    for (dialect, weight, is_it) in SHAPES {
        let mut pieces = comments.iter().chain(&code);
        if let Some(piece) = pieces.find(|piece| is_it(piece)) {
            found.push((*dialect, *weight, span(piece, piece)));
        }
    }
    let finding = |(dialect, weight, span)| Finding {
        dialect,
        weight,
        span,
    };
    found.into_iter().map(finding).collect()
}

/// Pieces that are evidence by themselves.
const SHAPES: &[(Dialect, u32, fn(&Piece<'_>) -> bool)] = &[
    (Mysql, CERTAIN, |piece| is_header(piece, Mysql)),
    (Mysql, CERTAIN, |piece| {
        piece.kind == Kind::Comment && piece.text == "/*!"
    }),
    (Mysql, LIKELY, |piece| {
        piece.kind == Kind::Name && piece.text.starts_with('`')
    }),
    (Mysql, HINT, |piece| {
        piece.kind == Kind::Comment && piece.text.starts_with('#')
    }),
    (Postgres, CERTAIN, |piece| is_header(piece, Postgres)),
    (Postgres, CERTAIN, |piece| {
        piece.kind == Kind::Command && piece.text.starts_with('\\')
    }),
    (Sqlite, LIKELY, |piece| {
        piece.kind == Kind::Command && piece.text.starts_with('.')
    }),
];

fn is_header(piece: &Piece<'_>, of: Dialect) -> bool {
    let mut headers = HEADERS.iter().filter(|(dialect, _)| *dialect == of);
    piece.kind == Kind::Comment && headers.any(|(_, header)| piece.text.starts_with(header))
}

fn fits(pattern: &[&str], window: &[Piece<'_>]) -> bool {
    let fits = |(wanted, piece): (&&str, &Piece<'_>)| match (*wanted, piece.kind) {
        ("x", Kind::Word) => !piece.text.eq_ignore_ascii_case("as"),
        ("x", Kind::Name) | ("'", Kind::Text) | ("$", Kind::Dollars) => true,
        (word, Kind::Word) => piece.text.eq_ignore_ascii_case(word),
        (sign, Kind::Sign) => piece.text == sign,
        _ => false,
    };
    pattern.iter().zip(window).all(fits)
}
