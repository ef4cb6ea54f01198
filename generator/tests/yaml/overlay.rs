//! YAML on top of SQL, and tables of both that refer to each other.

use aludel_catalog::{
    Catalog,
    Dialect::{self, Mysql, Postgres, Sqlite},
};

use super::noted::noted;
use crate::outline::{outline, parse_all};

const SQL: &str = "CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email varchar(255) NOT NULL,
    mood mood,
    role text NOT NULL,
    level int NOT NULL,
    boss bigint REFERENCES users
);
CREATE INDEX by_email ON users (lower(email)) WHERE level > 0;
CREATE VIEW people (id, name) AS SELECT id, email FROM users;
";

fn read(dialect: Dialect, sql: &str, yaml: &str) -> (Catalog, String) {
    let (mut parsed, diagnostics) =
        parse_all(dialect, &[("schema.sql", sql), ("notes.yaml", yaml)]);
    assert_eq!(diagnostics.to_string(), "", "{yaml}");
    parsed
        .catalog
        .tables
        .iter_mut()
        .for_each(|table| table.file = None);
    let noted = noted(&parsed.annotations);
    (parsed.catalog, noted)
}

#[test]
fn an_overlay_adds_names_and_types_and_leaves_the_catalog_as_it_is() {
    let (plain, _) = read(Postgres, SQL, "");
    let (catalog, noted) = read(
        Postgres,
        SQL,
        "enums:
  mood: { name: Mood, values: { Down: sad }, keep_unknown: true }
  role: { storage: check, values: { admin: ADM, user: USR } }
  level: { storage: int, values: { low: 0 } }
tables:
  users:
    model: Account
    derive: Hash
    columns:
      id: bigint
      email: { type: varchar(255), null: false, rust: crate::Email, field: mail }
      mood: { enum: mood, client_default: happy }
      role: { enum: role }
      level: { enum: level, on_update: 1 }
    relationships: { boss: { backref: reports } }
    properties: { shout: { type: text, sql: \"upper({users}.email)\" } }
    indexes: [{ on: lower(email), where: level > 0, finder: by_mail }]
    junction: false
views:
  people: { key: id, columns: { id: { references: users.id }, name: text }, model: Somebody }
",
    );
    assert_eq!(outline(&plain), outline(&catalog));
    assert_eq!(plain, catalog);
    insta::assert_snapshot!(noted);
}

#[test]
fn comments_of_an_overlay_stand_for_those_of_sql() {
    let sql = "CREATE TABLE t (a int); COMMENT ON TABLE t IS 'old'; COMMENT ON COLUMN t.a IS 'old'; CREATE VIEW v AS SELECT 1 AS a;";
    let yaml = "tables: { t: { doc: new, columns: { a: { doc: newer } } } }\nviews: { v: { doc: newest, model: Vee } }\n";
    let (catalog, _) = read(Postgres, sql, yaml);
    assert_eq!(
        outline(&catalog),
        "table t -- new\n  a: i32 [int] null -- newer\nview v: SELECT 1 AS a -- newest\n"
    );
}

/// What is said of the enum `mood`, from the place that has the last word to the one that has the first.
#[test]
fn an_enum_is_annotated_by_yaml_first_then_by_its_comment_then_beside_its_declaration() {
    let yaml = "enums: { mood: { name: OfYaml, doc: yaml } }";
    let comment = "COMMENT ON TYPE mood IS 'comment\n@name OfComment';\n";
    let beside = "-- @name Beside @doc: beside\n-- @values { Down: sad } @keep_unknown\n";
    let rest = "[\"sad\", \"happy\"]";
    let cases = [
        (
            beside,
            comment,
            yaml,
            "OfYaml",
            " Down=\"sad\" keep unknown",
            "yaml",
        ),
        (
            beside,
            comment,
            "",
            "OfComment",
            " Down=\"sad\" keep unknown",
            "comment\n@name OfComment",
        ),
        (
            beside,
            "",
            "",
            "Beside",
            " Down=\"sad\" keep unknown",
            "beside",
        ),
        ("", comment, yaml, "OfYaml", "", "yaml"),
        ("", "", yaml, "OfYaml", "", "yaml"),
    ];
    let declarations = [
        ("CREATE TYPE mood AS ENUM ('sad', 'happy');\n", "Native"),
        (
            "CREATE DOMAIN mood AS text CHECK (VALUE IN ('sad', 'happy'));\n",
            "Check",
        ),
    ];
    for (declaration, storage) in declarations {
        for (beside, comment, yaml, name, more, doc) in cases {
            let sql = format!("{beside}{declaration}{comment}");
            let (catalog, noted) = read(Postgres, &sql, yaml);
            assert_eq!(
                noted,
                format!("enum mood {storage} {rest} name {name}{more} -- {doc}\n"),
                "{sql}{yaml}"
            );
            let kept = match storage {
                "Native" => &catalog.enums[0].comment,
                _ => &catalog.domains[0].comment,
            };
            assert_eq!(kept.as_deref(), Some(doc), "{sql}{yaml}");
        }
    }
}

#[test]
fn the_short_form_of_an_enum_and_its_comment_are_one() {
    let sql = "-- @name Feeling\nCREATE TYPE mood AS ENUM ('sad', 'happy');";
    let (_, noted) = read(Postgres, sql, "enums: { mood: [sad, happy] }");
    assert_eq!(
        noted,
        "enum mood Native [\"sad\", \"happy\"] name Feeling\n"
    );
}

#[test]
fn what_is_said_of_a_type_goes_where_the_type_goes() {
    let beside = "-- @name Feeling\nCREATE TYPE mood AS ENUM ('sad');";
    let cases = [
        (
            "ALTER TYPE mood RENAME TO feel;",
            "enum feel Native [\"sad\"] name Feeling\n",
        ),
        (
            "CREATE SCHEMA a; ALTER TYPE mood SET SCHEMA a;",
            "enum a.mood Native [\"sad\"] name Feeling\n",
        ),
        (
            "CREATE SCHEMA a; ALTER TYPE mood SET SCHEMA a; ALTER SCHEMA a RENAME TO b;",
            "enum b.mood Native [\"sad\"] name Feeling\n",
        ),
        ("DROP TYPE mood; CREATE TYPE mood AS ENUM ('ok');", "\n"),
    ];
    for (change, expected) in cases {
        let (_, noted) = read(Postgres, &format!("{beside}\n{change}"), "");
        assert_eq!(noted, expected, "{change}");
    }
}

/// The values of the enum that the columns of a domain have.
#[test]
fn a_domain_is_an_enum_by_the_checks_that_it_has_in_the_end() {
    let listed = "CREATE DOMAIN d AS text CONSTRAINT c CHECK (VALUE IN ('a', 'b'));";
    let plain = "CREATE DOMAIN d AS text;";
    let cases: [(&str, &str, &[&str]); 7] = [
        (listed, "", &["a", "b"]),
        (listed, "ALTER DOMAIN d DROP CONSTRAINT c;", &[]),
        (
            listed,
            "ALTER DOMAIN d RENAME CONSTRAINT c TO e; ALTER DOMAIN d DROP CONSTRAINT e;",
            &[],
        ),
        (listed, "ALTER DOMAIN d ADD CHECK (VALUE <> 'c');", &[]),
        (
            listed,
            "ALTER DOMAIN d DROP CONSTRAINT c; ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE IN ('x'));",
            &["x"],
        ),
        (
            plain,
            "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE IN ('y', 'z'));",
            &["y", "z"],
        ),
        (plain, "", &[]),
    ];
    for (domain, change, expected) in cases {
        let sql = format!("{domain}\nCREATE TABLE t (a d);\n{change}");
        let (parsed, diagnostics) = parse_all(Postgres, &[("schema.sql", &sql)]);
        assert_eq!(diagnostics.to_string(), "", "{sql}");
        let enums = parsed.annotations.enums.values();
        let values: Vec<&String> = enums.flat_map(|notes| &notes.values).collect();
        assert_eq!(values, expected, "{sql}");
    }
}

#[test]
fn names_are_compared_as_the_dialect_does() {
    let sql = "CREATE TABLE Person (Nid INTEGER PRIMARY KEY);";
    for dialect in [Sqlite, Mysql] {
        let yaml = "tables: { person: { model: Human, columns: { NID: { field: id } } } }\n";
        let (_, noted) = read(dialect, sql, yaml);
        assert_eq!(noted, "notes Person model Human\n  Nid: field id\n");
    }
    let yaml = "tables: { person: { model: Human, columns: { nid: { field: id } } } }\n";
    let (_, noted) = read(Postgres, sql, yaml);
    assert_eq!(noted, "notes person model Human\n  nid: field id\n");
}

#[test]
fn an_enum_that_mysql_declares_with_its_column_can_be_named() {
    let (catalog, noted) = read(
        Mysql,
        "CREATE TABLE users (role ENUM('ADM', 'USR') NOT NULL);",
        "enums: { users_role: { values: { admin: ADM, user: USR } } }
tables: { users: { columns: { role: { enum: users_role } } } }\n",
    );
    assert_eq!(catalog.enums.len(), 1);
    assert_eq!(
        noted,
        "enum users_role Native [\"ADM\", \"USR\"] admin=\"ADM\" user=\"USR\"\n"
    );
}

#[test]
fn tables_of_sql_and_of_yaml_refer_to_each_other() {
    let (catalog, _) = read(
        Sqlite,
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b);
CREATE INDEX b_by_a ON b (a_id);
ALTER TABLE b ADD COLUMN extra TEXT;",
        "tables: { b: { columns: { id: integer pk, a_id: { references: a.id } } } }\n",
    );
    insta::assert_snapshot!(outline(&catalog));
}

#[test]
fn the_places_of_yaml_are_known() {
    use aludel_catalog::Name;
    let yaml = "tables:\n  t:\n    columns:\n      id: int pk\n      up: \"int null\"\n    foreign_keys: [{ columns: up, references: t }]\n    indexes: [up]\n    checks: [up > 0]\nenums: { e: [a] }\nviews: { v: { query: select 1 as one } }\nsequences: { s: }\n";
    let (parsed, diagnostics) = parse_all(Postgres, &[("s.yaml", yaml)]);
    assert_eq!(diagnostics.to_string(), "");
    let text =
        |span: Option<aludel_build::diagnostic::Span>| span.map(|span| &yaml[span.start..span.end]);
    let positions = &parsed.positions;
    let t = Name::new("t");
    assert_eq!(text(positions.table(&t)), Some("t"));
    assert_eq!(text(positions.column(&t, "up")), Some("up"));
    assert_eq!(text(positions.column_type(&t, "up")), Some("int"));
    assert_eq!(text(positions.primary_key(&t)), Some("pk"));
    assert_eq!(text(positions.foreign_key(&t, 0)), Some("t"));
    assert_eq!(text(positions.index(&t, 0)), Some("up"));
    assert_eq!(text(positions.check(&t, 0)), Some("up > 0"));
    assert_eq!(text(positions.enumeration(&Name::new("e"))), Some("e"));
    assert_eq!(text(positions.view(&Name::new("v"))), Some("v"));
    assert_eq!(text(positions.sequence(&Name::new("s"))), Some("s"));
}

#[test]
fn what_sql_declares_in_vain_is_not_missed_in_yaml() {
    let notes = (
        "notes.yaml",
        "tables: { users: { model: Account, columns: { role: { field: part } } }, others: { model: Other } }\n",
    );
    let lost = ("schema.sql", "CRAETE TABLE users (id int);\n");
    let (_, diagnostics) = parse_all(Postgres, &[lost]);
    assert!(diagnostics.has_errors());
    let alone = diagnostics.to_string();
    let (_, diagnostics) = parse_all(Postgres, &[lost, notes]);
    assert_eq!(diagnostics.to_string(), alone);
}
