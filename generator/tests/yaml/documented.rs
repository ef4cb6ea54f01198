//! The examples of the documentation are read without errors, and show every key.

use std::{collections::BTreeSet, fs, path::Path};

use aludel_build::yaml::{choices, kinds};
use aludel_catalog::Dialect;

use crate::outline::parse_all;

/// The examples: blocks of YAML, each with the block of SQL right above it, if there is one.
fn examples() -> Vec<(Option<String>, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/yaml.md");
    let text = fs::read_to_string(path).expect("the documentation can be read");
    let mut found = Vec::new();
    let mut sql = None;
    for block in text.split("\n```").skip(1).step_by(2) {
        let (language, content) = block.split_once('\n').expect("a block has lines");
        match language {
            "sql" => sql = Some(content.to_owned()),
            "yaml" => found.push((sql.take(), content.to_owned())),
            _ => sql = None,
        }
    }
    found
}

#[test]
fn the_sql_of_the_documentation_is_read_without_a_word() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas.md");
    let text = fs::read_to_string(path).expect("the documentation can be read");
    let blocks = text.split("\n```").skip(1).step_by(2);
    let sql: Vec<&str> = blocks
        .filter_map(|block| block.strip_prefix("sql\n"))
        .collect();
    assert!(sql.len() > 2);
    for sql in sql {
        let (parsed, diagnostics) = parse_all(Dialect::Postgres, &[("example.sql", sql)]);
        assert_eq!(diagnostics.to_string(), "", "{sql}");
        assert_ne!(parsed.annotations, Default::default(), "{sql}");
    }
}

#[test]
fn every_example_of_the_documentation_is_read_without_errors() {
    let examples = examples();
    assert!(examples.len() > 10);
    for (sql, yaml) in examples {
        let mut files = vec![("example.yaml", yaml.as_str())];
        files.extend(sql.as_deref().map(|sql| ("example.sql", sql)));
        let (parsed, diagnostics) = parse_all(Dialect::Postgres, &files);
        assert_eq!(diagnostics.to_string(), "", "{yaml}");
        let says_something = !outline_is_empty(&parsed);
        assert!(says_something, "{yaml}");
    }
}

fn outline_is_empty(parsed: &aludel_build::parse::Parsed) -> bool {
    let empty = aludel_catalog::Catalog::new(parsed.catalog.dialect);
    parsed.catalog == empty && parsed.annotations == Default::default()
}

#[test]
fn the_examples_show_every_key_and_every_word() {
    let text: String = examples()
        .into_iter()
        .map(|(_, yaml)| yaml + "\n")
        .collect();
    let words: BTreeSet<&str> = text
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .collect();
    for kind in kinds() {
        for key in kind.keys {
            assert!(
                words.contains(key),
                "no example shows `{key}` of {}",
                kind.what
            );
        }
    }
    for choice in choices() {
        for word in choice.words {
            let shown = words.contains(word) || text.contains(&word.replace('_', " "));
            assert!(shown, "no example shows `{word}` of {}", choice.name);
        }
    }
}
