//! One damaged file, and what has to hold of what is read from it.

use std::{collections::HashSet, fs};

use aludel_build::Failure;
use aludel_catalog::{Catalog, Dialect, ddl};

use super::input::Inputs;
use crate::{
    damage::{Random, damage},
    outline::parse_all,
};

/// A damaged file.
#[derive(Clone)]
pub(super) struct Round {
    pub(super) seed: u64,
    pub(super) dialect: Dialect,
    pub(super) extension: &'static str,
    pub(super) text: String,
}

impl Round {
    pub(super) fn new(seed: u64, inputs: &Inputs) -> Round {
        let mut random = Random::seeded(seed);
        let dialect = Dialect::ALL[random.below(3)];
        let (extension, texts) = match random.below(4) {
            0 => ("yaml", &inputs.yaml),
            _ => ("sql", &inputs.sql),
        };
        let mut characters = piece(&texts[random.below(texts.len())], &mut random);
        for _ in 0..=random.below(6) {
            if characters.is_empty() {
                break;
            }
            match random.below(8) {
                0..4 => damage(&mut characters, ODD, &mut random),
                4 => put(
                    &mut characters,
                    WORDS[random.below(WORDS.len())],
                    &mut random,
                ),
                5 => exchange_words(&mut characters, &mut random),
                6 => {
                    let other = piece(&texts[random.below(texts.len())], &mut random);
                    let at = random.below(characters.len());
                    let start = random.below(other.len());
                    let end = (start + random.below(200)).min(other.len());
                    characters.splice(at..at, other[start..end].iter().copied());
                }
                _ => nest(&mut characters, &mut random),
            }
        }
        Round {
            seed,
            dialect,
            extension,
            text: characters.into_iter().collect(),
        }
    }

    /// Reads it, renders everything that is said, and goes the rest of the way with what was read.
    pub(super) fn run(&self) {
        let name = format!("schema.{}", self.extension);
        let (parsed, diagnostics) = parse_all(self.dialect, &[(&name, &self.text)]);
        for diagnostic in diagnostics.iter() {
            let span = diagnostic.span.expect("a message about a file has a place");
            let text = diagnostics.sources()[span.file].text();
            assert!(span.start <= span.end && span.end <= text.len());
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            assert!(diagnostics.render(diagnostic).starts_with(&name));
        }
        if !diagnostics.has_errors() {
            check(&parsed.catalog);
            for dialect in Dialect::ALL {
                let _ = ddl::create_all(&parsed.catalog, dialect);
            }
            self.generate();
        }
    }

    fn generate(&self) {
        let folder = tempfile::tempdir().unwrap();
        let schema = folder.path().join(format!("schema.{}", self.extension));
        fs::write(&schema, &self.text).unwrap();
        let builder = aludel_build::schema(&schema).dialect(self.dialect);
        match builder.output_module(folder.path().join("out")).run() {
            Ok(_) | Err(Failure::Schema(_)) => {}
            // The name of a table can be longer than that of a file.
            Err(Failure::Write(error)) => {
                assert!(error.to_string().contains("too long"), "{error}")
            }
            Err(failure) => panic!("{failure}"),
        }
    }
}

/// What a catalog promises to those who read it.
fn check(catalog: &Catalog) {
    for table in &catalog.tables {
        assert!(!table.columns.is_empty(), "{} has no columns", table.name);
        let mut names = HashSet::new();
        for column in &table.columns {
            assert!(names.insert(&column.name), "{} twice", column.name);
        }
        let keys = table.uniques.iter().map(|unique| unique.columns.as_slice());
        for key in keys.chain([table.key_columns()]) {
            assert!(key.iter().all(|column| names.contains(column)), "{key:?}");
        }
        for key in &table.foreign_keys {
            assert!(key.columns.iter().all(|column| names.contains(column)));
            let target = catalog.table(&key.table).expect("its table is there");
            assert_eq!(key.columns.len(), key.references.len());
            let known = |column: &String| target.column(column).is_some();
            assert!(key.references.iter().all(known), "{:?}", key.references);
        }
    }
}

/// A whole text, or as much of a long one as is read quickly.
fn piece(text: &str, random: &mut Random) -> Vec<char> {
    const LENGTH: usize = 3_000;
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= LENGTH || random.below(50) == 0 {
        return characters;
    }
    let start = random.below(characters.len());
    let end = (start + LENGTH).min(characters.len());
    characters[start..end].to_vec()
}

fn put(characters: &mut Vec<char>, word: &str, random: &mut Random) {
    let at = random.below(characters.len());
    let word = format!(" {word} ");
    characters.splice(at..at, word.chars());
}

/// Puts a word of the text in the place of another.
fn exchange_words(characters: &mut Vec<char>, random: &mut Random) {
    let mut word = || {
        let at = random.below(characters.len());
        let is_word = |at: &usize| characters[*at].is_alphanumeric() || characters[*at] == '_';
        let start = (0..at).rev().take_while(is_word).last().unwrap_or(at);
        let end = (at..characters.len()).take_while(is_word).last();
        start..end.map_or(at, |end| end + 1)
    };
    let (from, to) = (word(), word());
    let copied = characters[from].to_vec();
    characters.splice(to, copied);
}

/// Puts something in many brackets.
fn nest(characters: &mut Vec<char>, random: &mut Random) {
    const BRACKETS: &[(&str, &str)] = &[
        ("(", ")"),
        ("[", "]"),
        ("{a: ", "}"),
        ("- ", ""),
        ("NOT ", ""),
        ("CASE WHEN 1 THEN ", " END"),
        ("(SELECT ", ")"),
        ("f(", ")"),
        ("BEGIN ", "; END"),
        ("/*", "*/"),
        ("/*!", "*/"),
    ];
    let (open, close) = BRACKETS[random.below(BRACKETS.len())];
    let depth = 1 << random.below(12);
    let at = random.below(characters.len());
    let end = (at + random.below(20)).min(characters.len());
    characters.splice(end..end, close.repeat(depth).chars());
    characters.splice(at..at, open.repeat(depth).chars());
}

/// Characters that mean something to a reader, or nothing at all.
#[rustfmt::skip]
const ODD: &[char] = &[
    '\'', '"', '`', '(', ')', ',', ';', '.', '$', '\\', '[', ']', '{', '}', '-', '/', '*', '\0', 'é', '年', '\u{1f600}', '\n', '\r',
    '\t', '#', '!', ':', '|', '>', '&', '@', '%', '?', '\u{feff}', '\u{a0}', '=', '+', '0', '9',
];

/// Words that lead somewhere, where they do not belong.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "CREATE", "TABLE", "ALTER", "DROP", "RENAME TO", "IF NOT EXISTS", "IF EXISTS", "COLUMN", "CONSTRAINT", "PRIMARY KEY", "FOREIGN KEY",
    "REFERENCES", "UNIQUE", "CHECK", "INDEX", "KEY", "LIKE", "INHERITS", "PARTITION OF", "PARTITION BY", "GENERATED ALWAYS AS",
    "AS IDENTITY", "DEFAULT", "NOT NULL", "COMMENT", "COMMENT ON", "ON DELETE SET NULL", "ON UPDATE CASCADE", "DEFERRABLE",
    "CREATE VIEW v AS", "CREATE TYPE", "AS ENUM", "CREATE DOMAIN", "CREATE SEQUENCE", "CREATE SCHEMA", "SET search_path =", "USE",
    "DELIMITER //", "DELIMITER", "//", "COPY t FROM stdin;", "\\.", "\\connect x", "BEGIN", "END", "CREATE TRIGGER", "CREATE FUNCTION",
    "BEGIN ATOMIC", "CASE", "$$", "$a$", "E'", "/*!40101", "/*M!100100", "*/", "--", "ADD", "MODIFY", "CHANGE", "FIRST", "AFTER", "SET",
    "TYPE", "USING", "WITH", "WITHOUT ROWID", "STRICT", "AUTO_INCREMENT", "UNSIGNED", "ENGINE=", "enum('a')", "integer", "text[]", "::",
    "tables:", "columns:", "views:", "enums:", "<<: *a", "&a", "*a", "!!str", "---", "...", "{", "|", ">-", "? ",
];
