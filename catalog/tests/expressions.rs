//! Expressions of one dialect, said in words of another.

use aludel_catalog::{
    Catalog, Check, Column, Default, Dialect, Enum, IntegerSize, Name, Type, ddl,
};

use crate::samples::{catalog, column, strings, table, text, with_default};

use Dialect::{Mysql, Postgres, Sqlite};

/// A table with a column of each kind, and a check.
fn checked(from: Dialect, expression: &str) -> Catalog {
    let decimal = Type::Decimal {
        precision: Some(10),
        scale: Some(2),
    };
    let mut t = table(
        "t",
        [
            text("a"),
            text("b"),
            column("n", Type::integer(IntegerSize::Regular), "int"),
            column("m", Type::integer(IntegerSize::Regular), "int"),
            column("d", decimal, "decimal(10,2)"),
            column("flag", Type::Boolean, "boolean"),
            column("blob", Type::bytes(), "blob"),
            column("doc", Type::Json { binary: false }, "json"),
            Column {
                collation: Some("utf8mb4_bin".into()),
                ..text("exact")
            },
        ],
    );
    if from != Mysql {
        t.columns[8].collation = None;
    }
    t.checks = vec![Check {
        name: Some("c".into()),
        expression: expression.into(),
    }];
    Catalog {
        enums: vec![Enum {
            name: Name::new("mood"),
            values: strings(&["sad"]),
            comment: None,
        }],
        ..catalog(from, [t])
    }
}

/// The check as it is written, or why it is refused.
fn said(from: Dialect, to: Dialect, expression: &str) -> Result<String, String> {
    let script = ddl::create_all(&checked(from, expression), to);
    let script = script.map_err(|error| {
        let error = error.to_string();
        let (_, reason) = error.rsplit_once("words of ").unwrap();
        String::from(reason)
    })?;
    let created = script
        .statements
        .iter()
        .find(|statement| statement.sql.contains("CONSTRAINT"));
    let sql = &created.unwrap().sql;
    let marks = ["\"c\" CHECK (", "`c` CHECK ("];
    let check = marks
        .iter()
        .find_map(|mark| sql.split_once(mark))
        .unwrap()
        .1;
    Ok(String::from(check.rsplit_once(")\n)").unwrap().0))
}

#[test]
fn an_expression_means_the_same_in_another_dialect() {
    let cases: &[(Dialect, Dialect, &str, &str)] = &[
        // Names and texts.
        (
            Sqlite,
            Mysql,
            "[a] <> \"b\" AND `a` <> 'x'",
            "`a` <> `b` AND `a` <> 'x'",
        ),
        (
            Sqlite,
            Postgres,
            "A <> \"not a column\"",
            "\"a\" <> 'not a column'",
        ),
        (
            Mysql,
            Postgres,
            "`a` <> \"it's\" and t.b > 'x\\ny'",
            "\"a\" <> 'it''s' AND \"b\" > 'x\ny'",
        ),
        (
            Postgres,
            Mysql,
            "a <> 'back\\slash' AND b <> E'it\\'s'",
            "`a` <> 'back\\\\slash' AND `b` <> 'it''s'",
        ),
        (
            Mysql,
            Sqlite,
            "a <> _utf8mb4'x' # said twice",
            "\"a\" <> 'x'",
        ),
        (
            Sqlite,
            Postgres,
            "a -- first\n/* then */ = b",
            "\"a\" = \"b\"",
        ),
        // Joining texts, which is OR in MySQL.
        (
            Sqlite,
            Mysql,
            "a || ' ' || b <> ''",
            "CONCAT(`a`, ' ', `b`) <> ''",
        ),
        (
            Postgres,
            Mysql,
            "(a || b) || n = 'x'",
            "CONCAT((CONCAT(`a`, `b`)), `n`) = 'x'",
        ),
        (
            Sqlite,
            Postgres,
            "a || n <> ''",
            "(\"a\" || CAST(\"n\" AS text)) <> ''",
        ),
        (
            Mysql,
            Postgres,
            "concat(a, b) <> ''",
            "(\"a\" || \"b\") <> ''",
        ),
        (
            Mysql,
            Sqlite,
            "n > 0 || m > 0 && n < 9",
            "\"n\" > 0 OR \"m\" > 0 AND \"n\" < 9",
        ),
        // How operators bind.
        (Mysql, Postgres, "n & 1 = 0 | m", "\"n\" & 1 = 0 | \"m\""),
        (
            Sqlite,
            Postgres,
            "not n + 1 * 2 between -1 and m - (n - 1)",
            "NOT \"n\" + 1 * 2 BETWEEN -1 AND \"m\" - (\"n\" - 1)",
        ),
        (
            Sqlite,
            Mysql,
            "(n = 1 or m = 2) and n = 3",
            "(`n` = 1 OR `m` = 2) AND `n` = 3",
        ),
        (Sqlite, Postgres, "n - m - 1 > 0", "\"n\" - \"m\" - 1 > 0"),
        (
            Mysql,
            Postgres,
            "n | 2 & m + 1 = 0",
            "\"n\" | (2 & (\"m\" + 1)) = 0",
        ),
        // Truth values.
        (
            Sqlite,
            Postgres,
            "flag = 0 or flag in (0, 1)",
            "\"flag\" = FALSE OR \"flag\" IN (FALSE, TRUE)",
        ),
        (
            Postgres,
            Sqlite,
            "flag = true AND flag IS NOT FALSE",
            "\"flag\" = 1 AND \"flag\" IS NOT FALSE",
        ),
        (
            Sqlite,
            Postgres,
            "n == 1 and m != 2 and a notnull",
            "\"n\" = 1 AND \"m\" <> 2 AND \"a\" IS NOT NULL",
        ),
        // NULLs that are equal.
        (Sqlite, Mysql, "a is b", "`a` <=> `b`"),
        (
            Sqlite,
            Postgres,
            "a is not b",
            "\"a\" IS DISTINCT FROM \"b\"",
        ),
        (Mysql, Sqlite, "a <=> b", "\"a\" IS \"b\""),
        (
            Postgres,
            Sqlite,
            "a IS NOT DISTINCT FROM b",
            "\"a\" IS \"b\"",
        ),
        // What dumps of PostgreSQL write.
        (
            Postgres,
            Sqlite,
            "((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))",
            "((\"a\") IN ('x', 'y'))",
        ),
        (
            Postgres,
            Mysql,
            "(a <> ALL (ARRAY['x'::text]))",
            "(`a` NOT IN ('x'))",
        ),
        (
            Postgres,
            Mysql,
            "(d >= (0)::numeric)",
            "(`d` >= CAST(0 AS DECIMAL(65,30)))",
        ),
        (Postgres, Sqlite, "(a ~~ '%@%'::text)", "(\"a\" LIKE '%@%')"),
        (Postgres, Mysql, "a <> 'sad'::public.mood", "`a` <> 'sad'"),
        // LIKE takes notice of case, or not.
        (Sqlite, Postgres, "a like 'x%'", "\"a\" ILIKE 'x%'"),
        (Sqlite, Mysql, "a not like 'X%'", "LOWER(`a`) NOT LIKE 'x%'"),
        (Postgres, Sqlite, "a LIKE 'x*%_'", "\"a\" GLOB 'x[*]*?'"),
        (Postgres, Sqlite, "a ILIKE 'x%'", "\"a\" LIKE 'x%'"),
        (Postgres, Mysql, "a LIKE 'x%'", "`a` LIKE 'x%'"),
        (
            Mysql,
            Postgres,
            "a like 'x%' and exact like 'x%'",
            "\"a\" ILIKE 'x%' AND \"exact\" LIKE 'x%'",
        ),
        // Dividing.
        (Sqlite, Mysql, "n / m > 1", "`n` DIV `m` > 1"),
        (
            Postgres,
            Sqlite,
            "d / 2 > 1",
            "CAST(\"d\" AS NUMERIC) / 2 > 1",
        ),
        (
            Mysql,
            Postgres,
            "d / n > 1 and n % 2 = 0",
            "\"d\" / \"n\" > 1 AND \"n\" % 2 = 0",
        ),
        // Functions.
        (
            Sqlite,
            Mysql,
            "length(a) > 2 and length(blob) > 2",
            "char_length(`a`) > 2 AND octet_length(`blob`) > 2",
        ),
        (
            Mysql,
            Sqlite,
            "length(a) > 2 and char_length(a) > 1",
            "length(CAST(\"a\" AS BLOB)) > 2 AND length(\"a\") > 1",
        ),
        (
            Sqlite,
            Postgres,
            "ifnull(a, b) <> '' and instr(a, b) > 0",
            "coalesce(\"a\", \"b\") <> '' AND strpos(\"a\", \"b\") > 0",
        ),
        (
            Mysql,
            Sqlite,
            "left(a, 1) = 'x' and greatest(n, m) > 0",
            "substr(\"a\", 1, 1) = 'x' AND max(\"n\", \"m\") > 0",
        ),
        (Mysql, Postgres, "json_valid(`doc`)", "TRUE"),
        (
            Sqlite,
            Mysql,
            "case when n > 0 then a else b end <> ''",
            "CASE WHEN `n` > 0 THEN `a` ELSE `b` END <> ''",
        ),
        (
            Sqlite,
            Mysql,
            "case n when 1 then null else x'00ff' end is null",
            "CASE `n` WHEN 1 THEN NULL ELSE X'00ff' END IS NULL",
        ),
        (
            Sqlite,
            Postgres,
            "blob <> X'00FF' and n <> 0x10",
            "\"blob\" <> '\\x00FF'::bytea AND \"n\" <> 16",
        ),
        // Their own dialect keeps them.
        (Mysql, Mysql, "a RLIKE  'x' || b", "a RLIKE  'x' || b"),
    ];
    for (from, to, expression, expected) in cases {
        assert_eq!(
            said(*from, *to, expression).as_deref(),
            Ok(*expected),
            "{expression} of {from} on {to}"
        );
    }
}

#[test]
fn what_would_mean_something_else_is_refused() {
    let cases: &[(Dialect, Dialect, &str, &str)] = &[
        (
            Sqlite,
            Mysql,
            "d || a <> ''",
            "MySQL: it joins values that are neither texts nor whole numbers, which look differently there",
        ),
        (
            Mysql,
            Postgres,
            "n / m > 1",
            "PostgreSQL: it divides differently",
        ),
        (
            Sqlite,
            Mysql,
            "n / nullif(m, 0) / a > 1",
            "MySQL: it divides differently",
        ),
        (
            Postgres,
            Sqlite,
            "a ~ '^x'",
            "SQLite: `~` is not understood there",
        ),
        (
            Postgres,
            Mysql,
            "a LIKE b",
            "MySQL: `LIKE` with another pattern than a text without escapes is not understood",
        ),
        (
            Postgres,
            Mysql,
            "a LIKE 'x\\%'",
            "MySQL: `LIKE` with another pattern than a text without escapes is not understood",
        ),
        (
            Postgres,
            Mysql,
            "concat(a, b) <> ''",
            "MySQL: what the function `concat` does elsewhere is not known",
        ),
        (
            Sqlite,
            Postgres,
            "date(a) > b",
            "PostgreSQL: what the function `date` does elsewhere is not known",
        ),
        (
            Mysql,
            Postgres,
            "greatest(n, m) > 0",
            "PostgreSQL: its `greatest` and `least` take no notice of NULLs",
        ),
        (
            Postgres,
            Sqlite,
            "\"A\" = a",
            "SQLite: there is no column `A`",
        ),
        (
            Sqlite,
            Postgres,
            "c > 0",
            "PostgreSQL: there is no column `c`",
        ),
        (
            Sqlite,
            Postgres,
            "u.a > 0",
            "PostgreSQL: there is no table `u` in it",
        ),
        (
            Sqlite,
            Postgres,
            "n < m = 1",
            "PostgreSQL: `=` is not understood there",
        ),
        (
            Sqlite,
            Postgres,
            "n < (select 1)",
            "PostgreSQL: queries within it are not understood",
        ),
        (
            Sqlite,
            Postgres,
            "a collate nocase = b",
            "PostgreSQL: `COLLATE` within it is not understood",
        ),
        (
            Postgres,
            Sqlite,
            "d::integer > 1",
            "SQLite: a cast to Integer may mean something else there",
        ),
        (
            Postgres,
            Sqlite,
            "n = ANY (doc)",
            "SQLite: `ANY` of something else than a list is not understood",
        ),
        (Sqlite, Postgres, "n in ()", "PostgreSQL: a list is empty"),
        (
            Sqlite,
            Postgres,
            "a = 'x",
            "PostgreSQL: a quote ' is not closed",
        ),
        (
            Sqlite,
            Postgres,
            "a =",
            "PostgreSQL: it ends where a value is expected",
        ),
        (
            Sqlite,
            Postgres,
            "",
            "PostgreSQL: it ends where a value is expected",
        ),
        (
            Sqlite,
            Postgres,
            "n > 1); DROP TABLE t; --",
            "PostgreSQL: `)` is not understood there",
        ),
    ];
    for (from, to, expression, expected) in cases {
        assert_eq!(
            said(*from, *to, expression),
            Err(String::from(*expected)),
            "{expression} of {from} on {to}"
        );
    }
}

#[test]
fn an_expression_that_is_nested_too_deeply_does_not_exhaust_the_stack() {
    let deep = format!("{}n{} > 0", "(".repeat(100_000), ")".repeat(100_000));
    let refused = said(Sqlite, Postgres, &deep);
    assert!(refused.unwrap_err().ends_with("it is nested too deeply"));
    for operator in [" + n", " OR n", " AND n", " || a"] {
        let long = format!("n{} > 0", operator.repeat(100_000));
        let refused = said(Sqlite, Postgres, &long);
        assert!(refused.unwrap_err().ends_with("it has too many operators"));
    }
    let negations = format!("{}n > {}0", "NOT ".repeat(100_000), "- + ".repeat(100_000));
    assert!(said(Sqlite, Postgres, &negations).is_err());
}

#[test]
fn a_default_means_the_same_in_another_dialect() {
    let zoned = |zone| Type::Timestamp {
        precision: None,
        zone,
    };
    let expression = |expression: &str| Default::Expression(expression.into());
    let now = || Default::Now("CURRENT_TIMESTAMP".into());
    let text_of = |text: &str| Default::Text(text.into());
    let number = |number: &str| Default::Number(number.into());
    let cases: Vec<(Dialect, Dialect, Type, Default, &str)> = vec![
        (Sqlite, Postgres, Type::Boolean, number("2"), "TRUE"),
        (Sqlite, Mysql, Type::Boolean, number("0"), "FALSE"),
        (
            Sqlite,
            Postgres,
            Type::integer(IntegerSize::Big),
            Default::Boolean(true),
            "1",
        ),
        (
            Sqlite,
            Mysql,
            Type::integer(IntegerSize::Big),
            number("0xFF"),
            "255",
        ),
        (Sqlite, Postgres, Type::text(), number("0.10"), "'0.10'"),
        (
            Sqlite,
            Mysql,
            Type::text(),
            text_of("it's \\"),
            "('it''s \\\\')",
        ),
        (
            Postgres,
            Mysql,
            Type::Uuid,
            text_of("00112233-4455-6677-8899-aabbccddeeff"),
            "X'00112233445566778899aabbccddeeff'",
        ),
        (
            Sqlite,
            Postgres,
            Type::Uuid,
            expression("X'00112233445566778899AABBCCDDEEFF'"),
            "('00112233445566778899AABBCCDDEEFF')",
        ),
        (Mysql, Postgres, Type::bytes(), text_of("a\0"), "'\\x6100'"),
        (Mysql, Sqlite, Type::bytes(), text_of("a\0"), "X'6100'"),
        (Sqlite, Mysql, zoned(false), now(), "CURRENT_TIMESTAMP(6)"),
        (
            Sqlite,
            Postgres,
            zoned(false),
            now(),
            "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')",
        ),
        (
            Postgres,
            Mysql,
            Type::Timestamp {
                precision: Some(3),
                zone: true,
            },
            now(),
            "CURRENT_TIMESTAMP(3)",
        ),
        (Mysql, Mysql, zoned(false), now(), "CURRENT_TIMESTAMP"),
        (
            Sqlite,
            Postgres,
            Type::text(),
            now(),
            "(to_char(CURRENT_TIMESTAMP AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'))",
        ),
        (
            Sqlite,
            Mysql,
            Type::text(),
            expression("datetime('now')"),
            "(DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%d %H:%i:%s'))",
        ),
        (
            Postgres,
            Mysql,
            Type::Date,
            expression("('now'::text)::date"),
            "(CURRENT_DATE)",
        ),
        (
            Postgres,
            Mysql,
            Type::Uuid,
            expression("gen_random_uuid()"),
            "(UNHEX(REPLACE(UUID(), '-', '')))",
        ),
        (
            Mysql,
            Postgres,
            Type::Uuid,
            expression("uuid()"),
            "(gen_random_uuid())",
        ),
        (Mysql, Postgres, Type::Boolean, expression("b'1'"), "(1)"),
        (
            Sqlite,
            Postgres,
            zoned(false),
            text_of("2024-02-29T23:30:00.5-02:00"),
            "'2024-03-01 01:30:00.5'",
        ),
        (
            Sqlite,
            Mysql,
            zoned(true),
            text_of("2024-01-01 00:30+0100"),
            "'2023-12-31 23:30:00'",
        ),
        (
            Sqlite,
            Postgres,
            zoned(true),
            text_of("2024-02-29"),
            "'2024-02-29 00:00:00+00:00'",
        ),
        (
            Sqlite,
            Postgres,
            Type::Date,
            text_of("0001-03-01"),
            "'0001-03-01'",
        ),
        (
            Mysql,
            Mysql,
            Type::Date,
            text_of("0000-00-00"),
            "'0000-00-00'",
        ),
    ];
    for (from, to, kind, default, expected) in cases {
        let told = format!("{default:?} of {from} on {to}");
        let spelling = if from == Mysql { "" } else { "x" };
        let column = with_default(column("c", kind, spelling), default);
        let script = ddl::create_all(&catalog(from, [table("t", [column])]), to).unwrap();
        let sql = &script.statements[0].sql;
        let line = sql.lines().nth(1).unwrap();
        assert_eq!(line.split_once(" DEFAULT ").unwrap().1, expected, "{told}");
    }
}

#[test]
fn a_default_that_another_database_cannot_have_is_refused() {
    let cases: &[(Type, &str, &str)] = &[
        (
            Type::Date,
            "2024-02-30",
            "its default `2024-02-30` is not a day or a moment",
        ),
        (
            Type::Date,
            "0000-00-00",
            "its default `0000-00-00` is not a day or a moment",
        ),
        (
            Type::Date,
            "2024-02-29 12:00",
            "its default `2024-02-29 12:00` is not a day or a moment",
        ),
        (
            Type::Timestamp {
                precision: None,
                zone: false,
            },
            "2024-02-29 24:00",
            "its default `2024-02-29 24:00` is not a day or a moment",
        ),
        (
            Type::Timestamp {
                precision: None,
                zone: false,
            },
            "yesterday",
            "its default `yesterday` is not a day or a moment",
        ),
        (
            Type::Uuid,
            "not a uuid",
            "its default `not a uuid` is not a UUID",
        ),
    ];
    for (kind, default, expected) in cases {
        let column = with_default(
            column("c", kind.clone(), ""),
            Default::Text((*default).into()),
        );
        let error = ddl::create_all(&catalog(Sqlite, [table("t", [column])]), Mysql).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("table `t`: column `c`: {expected}")
        );
    }
}
