//! Declarations in any order, in several files, and changed by later statements.

use aludel_catalog::{Dialect, Name, Type};

use crate::outline::{outline, parse_all, parse_one};

#[test]
fn what_is_declared_in_a_later_file_is_found() {
    let files = [
        (
            "1_index.sql",
            "CREATE INDEX by_mood ON person (mood);\nCOMMENT ON COLUMN person.mood IS 'how';\nALTER TABLE person ADD COLUMN age age;",
        ),
        (
            "2_person.sql",
            "CREATE TABLE person (id int PRIMARY KEY, mood mood, hobby int REFERENCES hobby);",
        ),
        (
            "3_hobby.sql",
            "CREATE TABLE hobby (id int PRIMARY KEY); CREATE TYPE mood AS ENUM ('ok'); CREATE DOMAIN age AS int NOT NULL;",
        ),
    ];
    let (parsed, diagnostics) = parse_all(Dialect::Postgres, &files);
    assert_eq!(diagnostics.to_string(), "");
    let text = outline(&parsed.catalog);
    insta::assert_snapshot!(text);
}

#[test]
fn a_table_is_of_a_type_that_a_later_file_declares() {
    let files = [
        (
            "1_home.sql",
            "-- @model House\nCREATE TABLE home OF address (\n    zip WITH OPTIONS DEFAULT 1 NOT NULL, -- @field code\n    PRIMARY KEY (street)\n);\n\
             COMMENT ON TABLE home IS 'of a type';\nCREATE INDEX by_zip ON home (zip);",
        ),
        (
            "2_address.sql",
            "CREATE TYPE address AS (street text, zip integer, kind kind);\n\
             ALTER TYPE address ADD ATTRIBUTE town text;\nCREATE TYPE kind AS ENUM ('flat', 'house');",
        ),
    ];
    let (parsed, diagnostics) = parse_all(Dialect::Postgres, &files);
    assert_eq!(diagnostics.to_string(), "");
    let text = outline(&parsed.catalog);
    insta::assert_snapshot!(text);
    let notes = &parsed.annotations.tables[&Name::new("home")];
    let model = notes.model.as_ref().map(|noted| noted.value.as_str());
    let field = notes.columns["zip"].field.as_ref();
    let field = field.map(|noted| noted.value.as_str());
    assert_eq!((model, field), (Some("House"), Some("code")));
}

#[test]
fn names_are_folded_as_their_dialect_does() {
    let sql = "CREATE TABLE Hobby (ID int PRIMARY KEY); CREATE TABLE person (Hobby_Id int REFERENCES HOBBY (id));";
    let cases = [
        (Dialect::Sqlite, "Hobby", "Hobby_Id", "ID"),
        (Dialect::Mysql, "Hobby", "Hobby_Id", "ID"),
        (Dialect::Postgres, "hobby", "hobby_id", "id"),
    ];
    for (dialect, table, column, key) in cases {
        let (parsed, diagnostics) = parse_one(dialect, sql);
        assert_eq!(diagnostics.to_string(), "");
        let foreign_key = &parsed.catalog.tables[1].foreign_keys[0];
        assert_eq!(foreign_key.table, Name::new(table), "{dialect}");
        assert_eq!(foreign_key.columns, [column], "{dialect}");
        assert_eq!(foreign_key.references, [key], "{dialect}");
    }
}

#[test]
fn quoted_names_are_kept_and_differ_in_postgres() {
    let sql = r#"CREATE TABLE "Hobby" ("Id" int PRIMARY KEY, id int); CREATE TABLE hobby (x int REFERENCES "Hobby");"#;
    let (parsed, diagnostics) = parse_one(Dialect::Postgres, sql);
    assert_eq!(diagnostics.to_string(), "");
    assert_eq!(parsed.catalog.tables[1].foreign_keys[0].references, ["Id"]);
}

#[test]
fn the_default_schema_is_left_out_of_names() {
    let cases = [
        (
            Dialect::Sqlite,
            "CREATE TABLE main.a (x int)",
            Name::new("a"),
        ),
        (
            Dialect::Postgres,
            "CREATE TABLE PUBLIC.a (x int)",
            Name::new("a"),
        ),
        (
            Dialect::Postgres,
            "CREATE TABLE app.a (x int)",
            Name::within("app", "a"),
        ),
        (
            Dialect::Mysql,
            "CREATE TABLE shop.a (x int)",
            Name::within("shop", "a"),
        ),
        (
            Dialect::Mysql,
            "USE shop; CREATE TABLE shop.a (x int)",
            Name::new("a"),
        ),
    ];
    for (dialect, sql, expected) in cases {
        let (parsed, _) = parse_one(dialect, sql);
        assert_eq!(parsed.catalog.tables[0].name, expected, "{sql}");
    }
}

#[test]
fn later_statements_change_what_came_before() {
    let sql = "
        CREATE TABLE a (id INTEGER PRIMARY KEY, x INT UNIQUE, y TEXT);
        CREATE TABLE b (a_id INT REFERENCES a (id), x INT);
        CREATE INDEX by_x ON b (x);
        CREATE VIEW v AS SELECT 1;
        ALTER TABLE a RENAME COLUMN id TO key;
        ALTER TABLE a RENAME TO c;
        ALTER TABLE c DROP COLUMN x;
        DROP INDEX by_x;
        DROP VIEW v;
        CREATE TABLE d (x INT);
        DROP TABLE d;
        CREATE TABLE IF NOT EXISTS b (nothing TEXT);";
    let (parsed, diagnostics) = parse_one(Dialect::Sqlite, sql);
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    let text = outline(&parsed.catalog);
    insta::assert_snapshot!(text);
    insta::assert_snapshot!(diagnostics);
}

#[test]
fn postgres_changes_what_its_migrations_say() {
    let sql = "
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE TABLE a (id int NOT NULL, m mood, old text, n text DEFAULT 'x', CONSTRAINT u UNIQUE (old));
        ALTER TABLE a ALTER id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME a_id_seq START WITH 1), ADD PRIMARY KEY (id);
        ALTER TABLE a ALTER n DROP DEFAULT, ALTER n SET NOT NULL, ALTER m SET DEFAULT 'ok', ALTER COLUMN old TYPE varchar(3);
        ALTER TABLE a DROP CONSTRAINT u, DROP CONSTRAINT IF EXISTS nothing;
        ALTER TABLE a ADD COLUMN IF NOT EXISTS n int, ADD COLUMN new int REFERENCES a ON DELETE CASCADE;
        ALTER TABLE IF EXISTS nothing ADD COLUMN x int;
        ALTER TYPE mood ADD VALUE IF NOT EXISTS 'good' BEFORE 'ok';
        ALTER TYPE mood RENAME VALUE 'sad' TO 'bad';";
    let (parsed, diagnostics) = parse_one(Dialect::Postgres, sql);
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    let text = outline(&parsed.catalog);
    insta::assert_snapshot!(text);
}

#[test]
fn the_enum_of_a_column_takes_its_last_names() {
    let sql = "CREATE TABLE a (k ENUM('x','y')); ALTER TABLE a RENAME COLUMN k TO kind; RENAME TABLE a TO b; CREATE TABLE b_kind (c ENUM('z'));";
    let (parsed, diagnostics) = parse_one(Dialect::Mysql, sql);
    assert_eq!(diagnostics.to_string(), "");
    let names: Vec<String> = parsed
        .catalog
        .enums
        .iter()
        .map(|item| item.name.to_string())
        .collect();
    assert_eq!(names, ["b_kind", "b_kind_c"]);
    assert_eq!(
        parsed.catalog.tables[0].columns[0].ty.kind,
        Type::Enum(Name::new("b_kind"))
    );
}

#[test]
fn every_part_is_found_where_it_was_declared() {
    let sql = "CREATE TYPE e AS ENUM ('x');\nCREATE TABLE a (id int PRIMARY KEY, p int REFERENCES a, e e, CHECK (id > 0));\nCREATE INDEX i ON a (p);\nCREATE VIEW v AS SELECT 1;";
    let (parsed, diagnostics) = parse_one(Dialect::Postgres, sql);
    let a = Name::new("a");
    let positions = &parsed.positions;
    let found = [
        (positions.table(&a), "a"),
        (positions.column(&a, "p"), "p"),
        (positions.column_type(&a, "e"), "e"),
        (positions.primary_key(&a), "PRIMARY KEY"),
        (positions.foreign_key(&a, 0), "REFERENCES a"),
        (positions.check(&a, 0), "CHECK (id > 0)"),
        (positions.index(&a, 0), "i"),
        (positions.view(&Name::new("v")), "v"),
        (positions.enumeration(&Name::new("e")), "e"),
    ];
    for (span, expected) in found {
        let span = span.expect(expected);
        assert_eq!(
            &diagnostics.sources()[span.file].text()[span.start..span.end],
            expected
        );
    }
    assert_eq!(positions.column(&a, "q"), None);
}
