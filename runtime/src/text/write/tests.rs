//! What is sent to which database.

use aludel_catalog::Dialect;

use super::super::{Text, text, text_unchecked};
use crate::{dialect, error::ErrorKind};

const ALL: [Dialect; 3] = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];

fn written(text: &Text, dialect: Dialect) -> String {
    match text.write(dialect::of(dialect), &[]) {
        Ok(written) => {
            let values = written.parameters.iter().map(|value| value.shortened());
            let values: Vec<String> = values.collect();
            format!("{} [{}]", written.sql, values.join(", "))
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn names_become_the_placeholders_of_the_dialect() {
    let sql = text("select :a, :b, :a").bind("a", 1).bind("b", "x");
    assert_eq!(
        written(&sql, Dialect::Sqlite),
        r#"select ?, ?, ? [1, "x", 1]"#
    );
    assert_eq!(
        written(&sql, Dialect::Mysql),
        r#"select ?, ?, ? [1, "x", 1]"#
    );
    assert_eq!(
        written(&sql, Dialect::Postgres),
        r#"select $1, $2, $1 [1, "x"]"#
    );
}

#[test]
fn values_are_converted_where_the_database_cannot_know_their_types() {
    let sql = text("select :a, :b, :c, :d, :e, :a")
        .bind("a", 1)
        .bind("b", 1.5)
        .bind("c", true);
    let sql = sql.bind("d", u64::MAX).bind("e", "x");
    let written = sql
        .write(dialect::of(Dialect::Postgres), &[0, 1, 2, 3, 4])
        .unwrap();
    assert_eq!(
        written.sql,
        "select CAST($1 AS bigint), CAST($2 AS double precision), CAST($3 AS boolean), CAST($4 AS numeric), $5, CAST($1 AS bigint)"
    );
}

#[test]
fn a_name_that_is_bound_twice_has_the_later_value() {
    let sql = text("select :a")
        .bind("a", 1)
        .bind_list("a", [2])
        .bind("a", None::<i64>);
    assert_eq!(written(&sql, Dialect::Sqlite), "select ? [NULL]");
}

#[test]
fn lists_are_filled_up_to_powers_of_two() {
    let sql = text("a IN :ids and b = :b or c in :ids").bind("b", true);
    let sql = sql.bind_list("ids", [1, 2, 3]);
    assert_eq!(
        written(&sql, Dialect::Sqlite),
        "a IN (?, ?, ?, ?) and b = ? or c in (?, ?, ?, ?) [1, 2, 3, 3, true, 1, 2, 3, 3]"
    );
    assert_eq!(
        written(&sql, Dialect::Postgres),
        "a IN ($1, $2, $3, $4) and b = $5 or c in ($1, $2, $3, $4) [1, 2, 3, 3, true]"
    );
    let most = text("a in :ids").bind_list("ids", 0..20_000);
    let sent = most.write(dialect::of(Dialect::Sqlite), &[]).unwrap();
    assert_eq!(sent.parameters.len(), 32_766);
    // Rather not than more than there may be.
    let two = text("a in :ids or b = :b")
        .bind_list("ids", 0..20_000)
        .bind("b", 1);
    let sent = two.write(dialect::of(Dialect::Sqlite), &[]).unwrap();
    assert_eq!(sent.parameters.len(), 20_001);
}

#[test]
fn nothing_is_in_an_empty_list() {
    let nothing = "(SELECT NULL FROM (SELECT 1) AS no_rows WHERE 1 = 0) []";
    let cases = [
        ("a in :ids", "a = ANY ('{}') []"),
        ("a  NOT\n in  :ids", "a <> ALL ('{}') []"),
        (
            "a not in(b) or within :ids",
            &format!("a not in(b) or within {nothing}"),
        ),
        ("not a.in :ids", &format!("not a.in {nothing}")),
    ];
    for (sql, postgres) in cases {
        let sql = text(sql).bind_list("ids", [0; 0]);
        assert_eq!(written(&sql, Dialect::Postgres), postgres);
        assert!(written(&sql, Dialect::Sqlite).ends_with(nothing));
        assert!(written(&sql, Dialect::Mysql).ends_with(nothing));
    }
}

#[test]
fn names_and_values_go_together_or_nothing_is_sent() {
    let cases = [
        (text("select :a, :b").bind("a", 1), "`:b` has no value"),
        (
            text("select :a").bind("a", 1).bind("b", 2),
            "there is no `:b` in the SQL for its value: its names are `:a`",
        ),
        (
            text("select ':a'").bind("a", 1),
            "there is no `:a` in the SQL for its value: it has no names",
        ),
        (text("-- nothing"), "there is no statement in the SQL"),
        (
            text("a in (:ids)").bind_list("ids", [1]),
            "the list `:ids` stands in parentheses: write `IN :ids`",
        ),
    ];
    for (sql, message) in cases {
        for dialect in ALL {
            let error = sql.write(dialect::of(dialect), &[]).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            assert!(error.message().starts_with(message), "{error}");
            assert_eq!(error.sql(), Some(&*sql.sql));
        }
    }
}

#[test]
fn placeholders_of_the_driver_are_refused() {
    for (dialect, sql) in [
        (Dialect::Sqlite, "select ?"),
        (Dialect::Mysql, "select ?"),
        (Dialect::Postgres, "select $1"),
    ] {
        let error = text_unchecked(sql)
            .write(dialect::of(dialect), &[])
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        let sign = &sql[7..];
        assert!(
            error.message().contains(&format!("`{sign}`: write a name")),
            "{error}"
        );
    }
    let sql = text("select a ? 'b'");
    assert_eq!(written(&sql, Dialect::Postgres), "select a ? 'b' []");
}

#[test]
fn the_first_word_tells_whether_it_writes() {
    let cases = [
        ("select 1", false, true),
        ("  (values (1))", false, true),
        ("PRAGMA user_version", false, true),
        ("explain select 1", false, true),
        ("with a as (select 1) select * from a", false, true),
        (
            "with a as (select 1) insert into b select * from a",
            true,
            false,
        ),
        ("select 1 for update", true, true),
        ("insert into a values (1)", true, false),
        ("create table a (b int)", true, false),
        ("call f()", true, false),
    ];
    for (sql, writes, only_gives) in cases {
        let sql = text_unchecked(sql);
        let written = sql.write(dialect::of(Dialect::Sqlite), &[]).unwrap();
        assert_eq!(
            (written.writes, written.only_gives),
            (writes, only_gives),
            "{sql:?}"
        );
    }
}
