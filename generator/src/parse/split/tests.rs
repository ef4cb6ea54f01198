//! What a file is cut into.

use aludel_catalog::Dialect::{self, Mysql, Postgres, Sqlite};

use super::split;

/// The statements of a file, as they are given to the tokenizer.
fn statements(dialect: Dialect, text: &str) -> Vec<String> {
    let split = split(0, text, dialect);
    assert_eq!(split.text.len(), text.len());
    split
        .statements
        .iter()
        .map(|statement| {
            split.text[statement.span.start..statement.span.end]
                .trim()
                .to_owned()
        })
        .collect()
}

#[test]
fn statements_end_at_semicolons_outside_of_everything_quoted() {
    let cases: &[(Dialect, &str, &[&str])] = &[
        (Sqlite, "", &[]),
        (Sqlite, " ;; ; -- nothing;", &[]),
        (Sqlite, "a;b ; c", &["a", "b", "c"]),
        (
            Sqlite,
            "a 'x;''y' \";\" [;] `;` /* ; */ z; b",
            &["a 'x;''y' \";\" [;] `;` /* ; */ z", "b"],
        ),
        (Sqlite, "a '\\'; b", &["a '\\'", "b"]),
        (
            Sqlite,
            "a -- it's; fine\n b; c",
            &["a -- it's; fine\n b", "c"],
        ),
        (Sqlite, "/* /* */ a; b", &["a", "b"]),
        (Sqlite, ".mode list; x\na;\n.quit", &["a"]),
        (
            Mysql,
            "a 'x\\';' \"\\\";\" `;`; b # ; it's\n c; d--1; e -- ;",
            &["a 'x\\';' \"\\\";\" `;`", "b # ; it's\n c", "d--1", "e"],
        ),
        (
            Mysql,
            "/*!40101 SET x = 1 */; /*!50003 a */ b /*! c */;",
            &["SET x = 1", "a    b     c"],
        ),
        (
            Mysql,
            "/*M! x; */ a /*M!100100 b */; /*M!999999\\- x; */ c; /*!999999 x; */ d",
            &["x", "a            b", "c", "d"],
        ),
        (Postgres, "/* /* ; */ ; */ a; b", &["a", "b"]),
        (
            Postgres,
            "a E'x\\'; y'; b 'x\\'; c",
            &["a E'x\\'; y'", "b 'x\\'", "c"],
        ),
        (
            Postgres,
            "a $$ ; $x$ ; $$; b $x$ $$; $x$; c$1; d",
            &["a $$ ; $x$ ; $$", "b $x$ $$; $x$", "c$1", "d"],
        ),
        (Postgres, "\\connect db;\na;\n\\.\n", &["a"]),
        (
            Postgres,
            "COPY t (a, b) FROM stdin;\n1\t'x;\n\\.\nb;",
            &["COPY t (a, b) FROM stdin", "b"],
        ),
        (
            Postgres,
            "\u{5e74} 'é;'; \u{1f600}",
            &["\u{5e74} 'é;'", "\u{1f600}"],
        ),
    ];
    for (dialect, text, expected) in cases {
        assert_eq!(statements(*dialect, text), *expected, "{dialect}: {text}");
    }
}

#[test]
fn bodies_of_triggers_and_routines_stay_whole() {
    let trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE x WHEN 1 THEN 2 END, CASE y WHEN 1 THEN 2 END; SELECT 2; END";
    let routine = "CREATE DEFINER=`root`@`localhost` PROCEDURE p() BEGIN IF a THEN SELECT 1; END IF; CASE b WHEN 1 THEN SELECT 2; END CASE; WHILE c DO SELECT 3; END WHILE; END";
    let atomic =
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END; END";
    for (dialect, body) in [(Sqlite, trigger), (Mysql, routine), (Postgres, atomic)] {
        let text = format!("{body}; SELECT 1");
        assert_eq!(statements(dialect, &text), [body, "SELECT 1"]);
    }
    // BEGIN also starts transactions, and names columns.
    assert_eq!(
        statements(Postgres, "BEGIN; a; END; b"),
        ["BEGIN", "a", "END", "b"]
    );
    assert_eq!(
        statements(Mysql, "CREATE TABLE event (begin INT); b"),
        ["CREATE TABLE event (begin INT)", "b"]
    );
}

#[test]
fn another_delimiter_can_be_set() {
    let text = "a;\nDELIMITER //\nCREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET a = 1; //\nb; c //\ndelimiter ;\nd; e";
    let expected = [
        "a",
        "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET a = 1;",
        "b",
        "c",
        "d",
        "e",
    ];
    assert_eq!(statements(Mysql, text), expected);
}

#[test]
fn what_is_never_closed_is_told_where_it_opens() {
    let cases = [
        (Sqlite, "a; 'b", 3),
        (Sqlite, "a; [b", 3),
        (Sqlite, "a /* b", 2),
        (Mysql, "a `b", 2),
        (Mysql, "a 'b\\'", 2),
        (Postgres, "a $x$ b $y$", 2),
        (Postgres, "a E'b\\'", 2),
        (Postgres, "/* /* a */", 0),
    ];
    for (dialect, text, start) in cases {
        let split = split(0, text, dialect);
        let starts: Vec<usize> = split
            .problems
            .iter()
            .filter_map(|problem| Some(problem.span?.start))
            .collect();
        assert_eq!(starts, [start], "{text}");
    }
}
