//! Tables that inherit. What becomes of their columns is compared with a database, in `tests/dumps/postgres/inherits.sql`.

use aludel_catalog::Dialect::Postgres;

use crate::outline::parse_one;

/// The checks of each table, and the errors.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let (parsed, diagnostics) = parse_one(Postgres, text);
    let tables = parsed.catalog.tables.iter().map(|table| {
        let checks = table.checks.iter();
        let names = checks.map(|check| check.name.as_deref().unwrap_or(&check.expression));
        format!("{}: {}", table.name, names.collect::<Vec<_>>().join(", "))
    });
    let said = diagnostics.errors();
    (
        tables.collect(),
        said.map(|error| error.message.clone()).collect(),
    )
}

#[test]
fn checks_reach_the_heirs_of_their_table() {
    const TABLES: &str = "CREATE TABLE a (id int CHECK (id > 0), CONSTRAINT c CHECK (id > 1), CONSTRAINT alone CHECK (id > 2) NO INHERIT);
        CREATE TABLE b (CONSTRAINT c CHECK (id > 1)) INHERITS (a);
        CREATE TABLE d () INHERITS (b);";
    let cases: &[(&str, [&str; 3])] = &[
        ("", ["id > 0, c, alone", "id > 0, c", "id > 0, c"]),
        (
            "ALTER TABLE a ADD CONSTRAINT new CHECK (id > 3), ADD CHECK (id > 4) NO INHERIT;",
            [
                "id > 0, c, alone, new, id > 4",
                "id > 0, c, new",
                "id > 0, c, new",
            ],
        ),
        (
            "ALTER TABLE a ADD COLUMN x int CHECK (x > 0);",
            [
                "id > 0, c, alone, x > 0",
                "id > 0, c, x > 0",
                "id > 0, c, x > 0",
            ],
        ),
        // The heir has it of its own, too, and so do those after it.
        (
            "ALTER TABLE a DROP CONSTRAINT c;",
            ["id > 0, alone", "id > 0, c", "id > 0, c"],
        ),
        (
            "ALTER TABLE a ADD CONSTRAINT new CHECK (id > 3); ALTER TABLE a DROP CONSTRAINT new;",
            ["id > 0, c, alone", "id > 0, c", "id > 0, c"],
        ),
        (
            "ALTER TABLE a ADD CONSTRAINT new CHECK (id > 3); ALTER TABLE ONLY a DROP CONSTRAINT new;",
            ["id > 0, c, alone", "id > 0, c, new", "id > 0, c, new"],
        ),
        (
            "ALTER TABLE a RENAME CONSTRAINT c TO e;",
            ["id > 0, e, alone", "id > 0, e", "id > 0, e"],
        ),
        (
            "ALTER TABLE d NO INHERIT b; ALTER TABLE b NO INHERIT a; ALTER TABLE b DROP CONSTRAINT c;",
            ["id > 0, c, alone", "id > 0", "id > 0, c"],
        ),
        (
            "ALTER TABLE b NO INHERIT a; ALTER TABLE a ADD CONSTRAINT new CHECK (id > 3);",
            ["id > 0, c, alone, new", "id > 0, c", "id > 0, c"],
        ),
    ];
    for (change, expected) in cases {
        let (tables, errors) = read(&format!("{TABLES}\n{change}"));
        let expected = ["a", "b", "d"].into_iter().zip(expected);
        let expected: Vec<String> = expected
            .map(|(table, checks)| format!("{table}: {checks}"))
            .collect();
        assert_eq!(tables, expected, "{change}");
        assert!(errors.is_empty(), "{change}: {errors:?}");
    }
}

#[test]
fn a_link_that_the_database_refuses_is_an_error() {
    const TABLES: &str = "CREATE TABLE a (id int);
        CREATE TABLE b (x int) INHERITS (a);
        CREATE TABLE c (y int);";
    let cases = [
        (
            "ALTER TABLE a INHERIT b;",
            "table `a` would inherit from itself",
        ),
        (
            "ALTER TABLE a INHERIT a;",
            "table `a` would inherit from itself",
        ),
        ("ALTER TABLE c INHERIT a;", "table `c` has no column `id`"),
        ("ALTER TABLE c INHERIT nothing;", "unknown table `nothing`"),
        (
            "ALTER TABLE c NO INHERIT nothing;",
            "unknown table `nothing`",
        ),
    ];
    for (change, expected) in cases {
        let (_, errors) = read(&format!("{TABLES}\n{change}"));
        assert_eq!(errors, [expected], "{change}");
    }
}

#[test]
fn a_default_takes_the_place_of_counting() {
    let (parsed, _) = parse_one(
        Postgres,
        "CREATE TABLE a (x serial, y bigserial); CREATE TABLE b () INHERITS (a);
        ALTER TABLE a ALTER x DROP DEFAULT, ALTER y SET DEFAULT 7;",
    );
    for table in &parsed.catalog.tables {
        let columns = table.columns.iter();
        let counted = columns.map(|column| {
            (
                column.ty.sql.as_str(),
                column.identity.is_some(),
                column.default.is_some(),
            )
        });
        assert_eq!(
            counted.collect::<Vec<_>>(),
            [("integer", false, false), ("bigint", false, true)],
            "{}",
            table.name
        );
    }
}

#[test]
fn a_link_may_stand_before_what_it_leads_to() {
    const LINKS: &str = "CREATE TABLE b (id int); ALTER TABLE b INHERIT a; CREATE TABLE t (n int); ALTER TABLE ONLY t OF pair;";
    let (_, errors) = read(&format!(
        "{LINKS} CREATE TABLE a (id int); CREATE TYPE pair AS (n int);"
    ));
    assert_eq!(errors, [""; 0]);
    let (_, errors) = read(LINKS);
    assert_eq!(errors, ["unknown table `a`", "unknown type `pair`"]);
    let (_, errors) = read(&format!("{LINKS} CREATE TABLE a (id int, other int);"));
    assert!(errors[0].contains("other"), "{errors:?}");
}
