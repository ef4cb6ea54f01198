//! Damaged schemas: whatever is in a file, the parser ends and does not panic.

use aludel_catalog::Dialect;

use super::rich::{MYSQL, POSTGRES, SQLITE};
use crate::damage::{Random, damage};
use crate::outline::parse_one;

/// Schemas with annotations and views.
const ANNOTATED: [(Dialect, &str); 5] = [
    (
        Dialect::Sqlite,
        include_str!("../golden/annotations_sqlite/schema.sql"),
    ),
    (
        Dialect::Postgres,
        include_str!("../golden/annotations_postgres/schema.sql"),
    ),
    (
        Dialect::Mysql,
        include_str!("../golden/annotations_mysql/schema.sql"),
    ),
    (
        Dialect::Sqlite,
        include_str!("../golden/broken_annotations/schema.sql"),
    ),
    (Dialect::Sqlite, include_str!("../golden/views/schema.sql")),
];

#[test]
fn a_schema_that_is_cut_off_anywhere_does_not_panic() {
    let rich = [
        (Dialect::Sqlite, SQLITE),
        (Dialect::Postgres, POSTGRES),
        (Dialect::Mysql, MYSQL),
    ];
    for (dialect, text) in rich.into_iter().chain(ANNOTATED) {
        for (end, _) in text.char_indices().step_by(23) {
            render_all(dialect, &text[..end]);
        }
    }
}

#[test]
fn a_schema_with_changed_characters_does_not_panic() {
    let mut random = Random::new();
    let annotated = ANNOTATED.map(|(_, text)| text);
    for text in [SQLITE, POSTGRES, MYSQL].into_iter().chain(annotated) {
        for round in 0..100 {
            let mut characters: Vec<char> = text.chars().collect();
            for _ in 0..=round % 4 {
                damage(&mut characters, ODD, &mut random);
            }
            let text: String = characters.into_iter().collect();
            render_all(Dialect::ALL[random.below(3)], &text);
        }
    }
}

#[test]
fn deep_nesting_is_an_error_and_not_an_overflow() {
    for depth in [150, 1_000, 50_000] {
        let (open, close) = ("(".repeat(depth), ")".repeat(depth));
        for dialect in Dialect::ALL {
            let text = format!(
                "CREATE TABLE a (x int CHECK ({open}x{close} > 0), y int DEFAULT {open}1{close});"
            );
            render_all(dialect, &text);
            render_all(dialect, &format!("CREATE VIEW v AS SELECT {open}1{close};"));
            let many = "1 + ".repeat(depth);
            render_all(
                dialect,
                &format!("CREATE TABLE a (x int CHECK ({many} 1 > 0));"),
            );
        }
    }
}

/// Everything is rendered too: places have to lie within the files.
fn render_all(dialect: Dialect, text: &str) {
    let (_, diagnostics) = parse_one(dialect, text);
    for diagnostic in diagnostics.iter() {
        let span = diagnostic
            .span
            .expect("every message about a file has a place");
        assert!(span.start <= span.end && span.end <= diagnostics.sources()[0].text().len());
        assert!(diagnostics.render(diagnostic).starts_with("schema.sql:"));
    }
}

/// Characters that mean something to a reader, or nothing at all.
#[rustfmt::skip]
const ODD: &[char] = &[ '\'', '"', '`', '(', ')', ',', ';', '.', '$', '\\', '[', ']', '-', '/', '*', '\0', 'é', '年', '\u{1f600}', '\n', '#', '!', '@', '{', '}', '=', ':'];
