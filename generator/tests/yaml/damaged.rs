//! Damaged files: whatever is in one, the parser ends and does not panic.

use aludel_catalog::Dialect;

use super::tour::TOUR;
use crate::damage::{Random, damage};
use crate::outline::parse_all;

const SAME: [&str; 3] = [
    include_str!("../schemas/same/sqlite.yaml"),
    include_str!("../schemas/same/postgres.yaml"),
    include_str!("../schemas/same/mysql.yaml"),
];

#[test]
fn a_file_that_is_cut_off_anywhere_does_not_panic() {
    for text in SAME.into_iter().chain([TOUR]) {
        for (end, _) in text.char_indices().step_by(7) {
            read(Dialect::Sqlite, &text[..end]);
        }
    }
}

#[test]
fn a_file_with_changed_characters_does_not_panic() {
    let mut random = Random::new();
    for text in SAME.into_iter().chain([TOUR]) {
        for round in 0..300 {
            let mut characters: Vec<char> = text.chars().collect();
            for _ in 0..=round % 4 {
                damage(&mut characters, ODD, &mut random);
            }
            let text: String = characters.into_iter().collect();
            read(Dialect::ALL[random.below(3)], &text);
        }
    }
}

#[test]
fn deep_nesting_is_an_error_and_not_an_overflow() {
    for depth in [50, 100, 1_000, 20_000] {
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
            read(
                Dialect::Sqlite,
                &format!("{}{}", open.repeat(depth), close.repeat(depth)),
            );
        }
        let parentheses = format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        read(
            Dialect::Postgres,
            &format!(
                "tables: {{ t: {{ columns: {{ a: int }}, checks: [\"{parentheses} > 0\"] }} }}"
            ),
        );
    }
}

#[test]
fn aliases_that_stand_for_too_much_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let alias = format!("*a{}", level - 1);
        let aliases = vec![alias; 10].join(", ");
        text += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    let said = read(Dialect::Sqlite, &text);
    assert!(
        said.contains("the aliases of this file stand for too much"),
        "{said}"
    );
}

/// Everything is rendered too: places have to lie within the file.
fn read(dialect: Dialect, text: &str) -> String {
    let (_, diagnostics) = parse_all(dialect, &[("schema.yaml", text)]);
    for diagnostic in diagnostics.iter() {
        let span = diagnostic
            .span
            .expect("every message about a file has a place");
        let text = diagnostics.sources()[0].text();
        assert!(span.start <= span.end && span.end <= text.len());
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        assert!(diagnostics.render(diagnostic).starts_with("schema.yaml:"));
    }
    diagnostics.to_string()
}

/// Characters that mean something to a reader, or nothing at all.
#[rustfmt::skip]
const ODD: &[char] = &[ '\'', '"', '{', '}', '[', ']', ',', ':', '-', '#', '&', '*', '!', '|', '>', '%', '@', '\t', '\n', ' ', '\\', '\0', '$', '(', '?', 'é', '年', '\u{1f600}', '\u{feff}', '\r'];
