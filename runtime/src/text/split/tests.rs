//! Where statements end.

use aludel_catalog::Dialect;

use super::split;
use crate::dialect;

const ALL: &[Dialect] = &[Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];
const SQLITE: &[Dialect] = &[Dialect::Sqlite];
const POSTGRES: &[Dialect] = &[Dialect::Postgres];
const MYSQL: &[Dialect] = &[Dialect::Mysql];

#[test]
fn a_semicolon_ends_a_statement_unless_it_stands_within_one() {
    // The statements that are expected stand between bars.
    let cases: &[(&[Dialect], &str, &str)] = &[
        (ALL, "", ""),
        (ALL, " ;; -- a;b\n /* c; */ ;", ""),
        (ALL, "a", "a"),
        (ALL, "a;b;", "a|b"),
        (ALL, "\u{feff}a;\n\u{feff}b", "a|b"),
        (ALL, "-- why;\na; /* b; */ c -- d\n;e", "a|c|e"),
        (ALL, "a ';' \"b;\" ; c", "a ';' \"b;\"|c"),
        (ALL, "a /* ; */ b; c", "a /* ; */ b|c"),
        (&[Dialect::Sqlite, Dialect::Mysql], "`a;`; b", "`a;`|b"),
        (SQLITE, "[a;b]; c", "[a;b]|c"),
        (MYSQL, "a '\\';'; b", "a '\\';'|b"),
        (MYSQL, "# a;\nb; c", "b|c"),
        (
            MYSQL,
            "/*!40101 SET a = 1 */; /*M!100 b; */; c",
            "/*!40101 SET a = 1 */|/*M!100 b; */|c",
        ),
        (POSTGRES, "/*! a */; b", "b"),
        (POSTGRES, "DO $x$ a; b; $x$; c", "DO $x$ a; b; $x$|c"),
        (POSTGRES, "a E'\\';'; b", "a E'\\';'|b"),
        (
            POSTGRES,
            "CREATE RULE r AS ON INSERT TO t DO (a; b); c",
            "CREATE RULE r AS ON INSERT TO t DO (a; b)|c",
        ),
        (POSTGRES, "BEGIN; a; END; b", "BEGIN|a|END|b"),
        (
            POSTGRES,
            "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN b END; SELECT 1; END; c",
            "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN b END; SELECT 1; END|c",
        ),
        (
            POSTGRES,
            "CREATE TRIGGER t BEFORE INSERT ON a EXECUTE FUNCTION f(); b",
            "CREATE TRIGGER t BEFORE INSERT ON a EXECUTE FUNCTION f()|b",
        ),
        (SQLITE, "BEGIN; a; END; b", "BEGIN|a|END|b"),
        (
            SQLITE,
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET end = CASE WHEN c THEN d END; DELETE FROM e; END; f",
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET end = CASE WHEN c THEN d END; DELETE FROM e; END|f",
        ),
        (
            SQLITE,
            "create temp trigger if not exists t after insert on a begin select 1; end -- g;\n; f",
            "create temp trigger if not exists t after insert on a begin select 1; end|f",
        ),
        (
            SQLITE,
            "CREATE TABLE trigger_a (b); CREATE VIEW v AS SELECT trigger FROM a; b",
            "CREATE TABLE trigger_a (b)|CREATE VIEW v AS SELECT trigger FROM a|b",
        ),
        (
            MYSQL,
            "CREATE DEFINER=`a`@`%` TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF x THEN SET y = 1; END IF; SET z = NEW.end; END; b",
            "CREATE DEFINER=`a`@`%` TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF x THEN SET y = 1; END IF; SET z = NEW.end; END|b",
        ),
        (
            MYSQL,
            "CREATE DEFINER = root@localhost PROCEDURE p() l: BEGIN CASE x WHEN 1 THEN SELECT CASE WHEN a THEN b END; END CASE; WHILE a DO b; END WHILE; END; c",
            "CREATE DEFINER = root@localhost PROCEDURE p() l: BEGIN CASE x WHEN 1 THEN SELECT CASE WHEN a THEN b END; END CASE; WHILE a DO b; END WHILE; END|c",
        ),
        (
            MYSQL,
            "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = CASE WHEN c THEN d END; e",
            "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = CASE WHEN c THEN d END|e",
        ),
        (
            MYSQL,
            "CREATE DEFINER=a@b SQL SECURITY INVOKER VIEW v AS SELECT event FROM begin; c",
            "CREATE DEFINER=a@b SQL SECURITY INVOKER VIEW v AS SELECT event FROM begin|c",
        ),
        (
            MYSQL,
            "BEGIN NOT ATOMIC a; b; END; c",
            "BEGIN NOT ATOMIC a; b; END|c",
        ),
        (MYSQL, "BEGIN; a; COMMIT", "BEGIN|a|COMMIT"),
        (
            MYSQL,
            "a;\nDELIMITER //\nCREATE PROCEDURE p() IF a THEN b; END IF//\ndelimiter ;\nc; d",
            "a|CREATE PROCEDURE p() IF a THEN b; END IF|c|d",
        ),
        (MYSQL, "DELIMITER $$\na; END$$\nDELIMITER ;\nb;", "a; END|b"),
        (SQLITE, "DELIMITER //; a", "DELIMITER //|a"),
    ];
    for (dialects, text, expected) in cases {
        for name in *dialects {
            let parts = split(text, dialect::of(*name).lexis());
            let found: Vec<&str> = parts.iter().map(|part| part.sql).collect();
            assert_eq!(found.join("|"), *expected, "{name}: {text}");
            for part in parts {
                assert!(text[part.start..].starts_with(part.sql), "{name}: {text}");
            }
        }
    }
}

/// Whatever stands there, nothing panics, and no statement is one of nothing.
#[test]
fn any_text_can_be_split() {
    let parts = [
        "'",
        "\"",
        "`",
        "$",
        "$$",
        "--",
        "/*",
        "*/",
        "/*!",
        ";",
        ";",
        "CREATE",
        "TRIGGER",
        "BEGIN",
        "END",
        "CASE",
        "DELIMITER //",
        "//",
        "\n",
        " ",
        "(",
        ")",
        "ß",
        "\u{feff}",
    ];
    let mut state = 7_usize;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(state >> 33) % parts.len()]);
        }
        for name in ALL {
            let parts = split(&text, dialect::of(*name).lexis());
            assert!(
                parts.iter().all(|part| !part.sql.trim().is_empty()),
                "{name}: {text}"
            );
        }
    }
}
