//! Which names are found where.

use super::{Piece, scan};
use crate::dialect;
use aludel_catalog::Dialect;

const ALL: &[Dialect] = &[Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];

/// The pieces of a statement, with names in angle brackets.
fn pieces(sql: &str, dialect: Dialect) -> String {
    let scanned = scan(sql, dialect::of(dialect).lexis());
    let show = |piece: &Piece<'_>| match piece {
        Piece::Sql(sql) => (*sql).to_owned(),
        Piece::Name(name) => format!("<{name}>"),
    };
    scanned.pieces.iter().map(show).collect()
}

#[test]
fn names_are_found_outside_of_texts_names_and_comments() {
    use Dialect::{Mysql, Postgres, Sqlite};
    let cases: &[(&[Dialect], &str, &str)] = &[
        (ALL, "select :a", "select <a>"),
        (ALL, ":a,:b + :a", "<a>,<b> + <a>"),
        (ALL, "(:a_1)", "(<a_1>)"),
        (ALL, "select :größe", "select <größe>"),
        (ALL, "=:a", "=<a>"),
        (ALL, "select 1", "select 1"),
        (ALL, "", ""),
        (ALL, ":", ":"),
        (ALL, ": a", ": a"),
        (ALL, ":1", ":1"),
        (ALL, "a[1:2]", "a[1:2]"),
        (&[Postgres], "a[1:n]", "a[1:n]"),
        (&[Postgres], "a[:n]", "a[<n>]"),
        (&[Sqlite], "a[:n]", "a[:n]"),
        (&[Sqlite], "[a ' :n] = :a", "[a ' :n] = <a>"),
        // Casts and assignments.
        (ALL, ":a::text", "<a>::text"),
        (ALL, "a::b", "a::b"),
        (ALL, "@x:=:a", "@x:=<a>"),
        (ALL, "f(x := :a)", "f(x := <a>)"),
        // What a backslash says.
        (ALL, r"\:a :a", ":a <a>"),
        (ALL, r"a\:b", "a:b"),
        (ALL, r"'\:a'", r"'\:a'"),
        // Texts.
        (ALL, "':a' :a", "':a' <a>"),
        (ALL, "'it''s :a' :a", "'it''s :a' <a>"),
        (ALL, r#"":a"" :a" :a"#, r#"":a"" :a" <a>"#),
        (&[Sqlite, Postgres], r"'\' :a", r"'\' <a>"),
        (&[Mysql], r"'\' :a' :a", r"'\' :a' <a>"),
        (&[Mysql], r#""\" :a" :a"#, r#""\" :a" <a>"#),
        (&[Postgres], r"E'\' :a' :a", r"E'\' :a' <a>"),
        (&[Postgres], r"e'\\' :a", r"e'\\' <a>"),
        (&[Postgres], r"name'\' :a", r"name'\' <a>"),
        (&[Sqlite, Mysql], "`a :b` :a", "`a :b` <a>"),
        (ALL, "'never ends :a", "'never ends :a"),
        (&[Mysql], r"'never ends \", r"'never ends \"),
        // Texts between dollar signs.
        (&[Postgres], "$$ ':a $$ :a", "$$ ':a $$ <a>"),
        (&[Postgres], "$x$ :a $$ $y$ $x$ :a", "$x$ :a $$ $y$ $x$ <a>"),
        (&[Postgres], "a$b$ :a $b$", "a$b$ <a> $b$"),
        (&[Postgres], "$never$ :a", "$never$ :a"),
        (&[Sqlite, Mysql], "$$ :a $$", "$$ <a> $$"),
        // Comments.
        (ALL, "-- :a\n:a", "-- :a\n<a>"),
        (ALL, "-- it's\n:a", "-- it's\n<a>"),
        (ALL, "-- :a", "-- :a"),
        (&[Sqlite, Postgres], "1--:a\n:a", "1--:a\n<a>"),
        (&[Mysql], "1--:a\n:a", "1--<a>\n<a>"),
        (&[Mysql], "# it's :a\n:a", "# it's :a\n<a>"),
        (&[Sqlite, Postgres], "a #- :a", "a #- <a>"),
        (ALL, "/* it's :a */ :a", "/* it's :a */ <a>"),
        (ALL, "/*/ :a */ :a", "/*/ :a */ <a>"),
        (&[Postgres], "/* /* */ :a */ :a", "/* /* */ :a */ <a>"),
        (&[Sqlite, Mysql], "/* /* */ :a", "/* /* */ <a>"),
        (ALL, "/* never ends :a", "/* never ends :a"),
        (ALL, "a / :a * :b", "a / <a> * <b>"),
    ];
    for (dialects, sql, expected) in cases {
        for dialect in *dialects {
            assert_eq!(pieces(sql, *dialect), *expected, "{dialect}: {sql}");
        }
    }
}

#[test]
fn placeholders_of_the_driver_are_found() {
    use Dialect::{Mysql, Postgres, Sqlite};
    let cases: &[(&[Dialect], &str, Option<&str>)] = &[
        (&[Sqlite, Mysql], "select ?", Some("?")),
        (&[Postgres], "a ? 'b' and c ?| d", None),
        (ALL, "select '?', \"?\" /* ? */", None),
        (&[Postgres], "select $1", Some("$1")),
        (&[Postgres], "select '$1', $$ $1 $$, a$1", None),
        (&[Mysql], "select a$1", None),
    ];
    for (dialects, sql, expected) in cases {
        for dialect in *dialects {
            let scanned = scan(sql, dialect::of(*dialect).lexis());
            assert_eq!(scanned.placeholder, *expected, "{dialect}: {sql}");
        }
    }
}

#[test]
fn the_first_word_is_found_behind_comments_and_parentheses() {
    let cases = [
        ("select 1", "select", false),
        (" /* insert */ -- update\n ((VALUES (1)))", "VALUES", false),
        (
            "with a as (delete from b returning c) select 1",
            "with",
            true,
        ),
        (
            "select 'insert', \"delete\", updated from a",
            "select",
            false,
        ),
        ("insert into a values (1)", "insert", true),
        ("-- nothing", "", false),
        ("", "", false),
    ];
    for (sql, first, changes) in cases {
        for dialect in ALL {
            let scanned = scan(sql, dialect::of(*dialect).lexis());
            let found = (scanned.first, scanned.changes);
            assert_eq!(found, (first, changes), "{dialect}: {sql}");
        }
    }
}

/// Whatever stands there, nothing is lost and nothing panics.
#[test]
fn pieces_put_together_are_the_statement() {
    let parts = [
        "'", "\"", "`", "[", "]", "$", "$a$", "--", "#", "/*", "*/", ":", "a", "e", "\n", "?", "ß",
        "1",
    ];
    let mut state = 7_usize;
    for _ in 0..20_000 {
        let mut sql = String::new();
        for _ in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            sql.push_str(parts[(state >> 33) % parts.len()]);
        }
        for dialect in ALL {
            let scanned = scan(&sql, dialect::of(*dialect).lexis());
            let again = scanned.pieces.iter().map(|piece| match piece {
                Piece::Sql(sql) => (*sql).to_owned(),
                Piece::Name(name) => format!(":{name}"),
            });
            assert_eq!(again.collect::<String>(), sql, "{dialect}");
        }
    }
}
