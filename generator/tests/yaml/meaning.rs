//! What each key says: a small file, and what becomes of it.

use aludel_catalog::Dialect::{self, Mysql, Postgres, Sqlite};

use super::noted::noted;
use crate::outline::{outline, parse_all};

/// Reads a file, and says what is in the catalog and beyond it.
fn read(dialect: Dialect, files: &[(&str, &str)]) -> String {
    let (parsed, diagnostics) = parse_all(dialect, files);
    let mut text = outline(&parsed.catalog);
    text += &noted(&parsed.annotations);
    text += &diagnostics.to_string();
    text.lines()
        .filter(|line| !line.is_empty())
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The lines of a table `t` with these lines of YAML below it, but for its own.
fn table(dialect: Dialect, yaml: &str) -> String {
    let indented = yaml.replace('\n', "\n    ");
    let text = read(
        dialect,
        &[("schema.yaml", &format!("tables:\n  t:\n    {indented}\n"))],
    );
    text.strip_prefix("table t\n").unwrap_or(&text).to_owned()
}

/// The lines of a column `c` that is described like this.
fn column(dialect: Dialect, yaml: &str) -> String {
    table(dialect, &format!("columns:\n  c: {yaml}"))
}

#[test]
fn the_short_form_of_a_column_says_its_type_and_flags() {
    let cases = [
        (Sqlite, "text", "  c: text [text]\n"),
        (Sqlite, "TEXT null", "  c: text [TEXT] null\n"),
        (
            Sqlite,
            "integer pk",
            "  c: i64 [integer] identity\n  primary key (c)\n",
        ),
        (
            Postgres,
            "integer pk",
            "  c: i32 [integer]\n  primary key (c)\n",
        ),
        (
            Postgres,
            "bigserial pk",
            "  c: i64 [bigserial] identity\n  primary key (c)\n",
        ),
        (
            Postgres,
            "varchar(9) unique",
            "  c: text(9) [varchar(9)]\n  unique (c)\n",
        ),
        (Mysql, "int index", "  c: i32 [int]\n  index (c)\n"),
        (
            Mysql,
            "int unsigned null = 7",
            "  c: u32 [int unsigned] null = 7\n",
        ),
        (
            Postgres,
            "text = 'a, b = c'",
            "  c: text [text] = \"a, b = c\"\n",
        ),
        (
            Postgres,
            "boolean = true",
            "  c: boolean [boolean] = true\n",
        ),
        (
            Postgres,
            "timestamptz = now()",
            "  c: timestamptz [timestamptz] = now CURRENT_TIMESTAMP\n",
        ),
        (
            Sqlite,
            "timestamp = now()",
            "  c: timestamp [timestamp] = now CURRENT_TIMESTAMP\n",
        ),
        (
            Sqlite,
            "date = now()",
            "  c: date [date] = now CURRENT_DATE\n",
        ),
        (
            Sqlite,
            "time = now()",
            "  c: time [time] = now CURRENT_TIME\n",
        ),
        (
            Sqlite,
            "blob = (randomblob(16))",
            "  c: bytes [blob] = `(randomblob(16))`\n",
        ),
        (
            Postgres,
            "text = current_user",
            "  c: text [text] = `current_user`\n",
        ),
        (
            Postgres,
            "timestamp with time zone null",
            "  c: timestamptz [timestamp with time zone] null\n",
        ),
        (
            Postgres,
            "integer[] null unique",
            "  c: [i32] [integer[]] null\n  unique (c)\n",
        ),
        (
            Mysql,
            "SERIAL",
            "  c: u64 [SERIAL] identity\n  unique (c)\n",
        ),
    ];
    for (dialect, yaml, expected) in cases {
        assert_eq!(column(dialect, yaml), expected, "{dialect}: {yaml}");
        let quoted = format!("\"{yaml}\"");
        assert_eq!(column(dialect, &quoted), expected, "{dialect}: {quoted}");
    }
}

#[test]
fn each_key_of_a_column_says_one_thing() {
    let cases = [
        ("{ type: int }", "  c: i32 [int]\n"),
        ("{ type: int, null: true }", "  c: i32 [int] null\n"),
        (
            "{ type: int, null: false, unique: false, primary_key: false, index: false }",
            "  c: i32 [int]\n",
        ),
        (
            "{ type: int, unique: true }",
            "  c: i32 [int]\n  unique (c)\n",
        ),
        (
            "{ type: int, unique: one_c }",
            "  c: i32 [int]\n  unique one_c (c)\n",
        ),
        (
            "{ type: int, primary_key: true }",
            "  c: i32 [int]\n  primary key (c)\n",
        ),
        (
            "{ type: int, index: true }",
            "  c: i32 [int]\n  index (c)\n",
        ),
        (
            "{ type: int, index: by_c }",
            "  c: i32 [int]\n  index by_c (c)\n",
        ),
        ("{ type: int, identity: true }", "  c: i32 [int] identity\n"),
        (
            "{ type: int, identity: by default }",
            "  c: i32 [int] identity\n",
        ),
        (
            "{ type: int, identity: always }",
            "  c: i32 [int] identity always\n",
        ),
        (
            "{ type: int, identity: strict }",
            "  c: i32 [int] identity\n",
        ),
        (
            "{ type: int, identity: true, sequence: { start: 5, increment: -1, cycle: true } }",
            "  c: i32 [int] identity (start 5 increment -1 cycle)\n",
        ),
        ("{ type: int, default: 7 }", "  c: i32 [int] = 7\n"),
        (
            "{ type: boolean, default: false }",
            "  c: boolean [boolean] = false\n",
        ),
        (
            "{ type: text, default: \"'x'\" }",
            "  c: text [text] = \"x\"\n",
        ),
        (
            "{ type: text, default: null, null: true }",
            "  c: text [text] null = NULL\n",
        ),
        (
            "{ type: text, default: upper('x') }",
            "  c: text [text] = `upper('x')`\n",
        ),
        (
            "{ type: int, generated: a + 1 }",
            "  c: i32 [int] stored `a + 1`\n",
        ),
        (
            "{ type: int, generated: a + 1, storage: virtual }",
            "  c: i32 [int] virtual `a + 1`\n",
        ),
        (
            "{ type: text, collation: C }",
            "  c: text [text] collate C\n",
        ),
        ("{ type: text, comment: 人 }", "  c: text [text] -- 人\n"),
        (
            "{ type: text, doc: what it is }",
            "  c: text [text] -- what it is\n",
        ),
        (
            "{ type: text, field: other }",
            "  c: text [text]\nnotes t\n  c: field other\n",
        ),
        (
            "{ type: text, rust: \"crate::Email\" }",
            "  c: text [text]\nnotes t\n  c: rust crate::Email\n",
        ),
        (
            "{ type: text, rust: \"Vec<crate::Email>\" }",
            "  c: text [text]\nnotes t\n  c: rust Vec<crate::Email>\n",
        ),
        (
            "{ references: t.c, type: int }",
            "  c: i32 [int]\n  foreign key (c) -> t (c)\n",
        ),
        (
            "{ references: t.c, type: int, on_delete: set null }",
            "  c: i32 [int]\n  foreign key (c) -> t (c) on delete SET NULL\n",
        ),
        (
            "{ type: int, references: { to: t.c, on_delete: restrict, on_update: set_default, name: fk, match: simple, deferrable: never } }",
            "  c: i32 [int]\n  foreign key fk (c) -> t (c) on delete RESTRICT on update SET DEFAULT match Simple deferrable=false deferred=false\n",
        ),
    ];
    for (yaml, expected) in cases {
        assert_eq!(column(Postgres, yaml), expected, "{yaml}");
    }
}

#[test]
fn a_value_of_the_client_is_a_constant_or_made() {
    let cases = [
        ("篮球", "Text(\"篮球\")"),
        ("\"true\"", "Text(\"true\")"),
        ("true", "Boolean(true)"),
        ("-1.5", "Number(\"-1.5\")"),
        ("now()", "Now"),
        ("uuid_v4", "UuidV4"),
        ("uuid_v7", "UuidV7"),
        ("\"uuid_v7\"", "Text(\"uuid_v7\")"),
        (
            "crate::defaults::token",
            "Function(\"crate::defaults::token\")",
        ),
        (
            "crate::defaults::token()",
            "Function(\"crate::defaults::token\")",
        ),
    ];
    for (yaml, expected) in cases {
        let outline = column(Sqlite, &format!("{{ type: text, client_default: {yaml} }}"));
        assert_eq!(
            outline,
            format!("  c: text [text]\nnotes t\n  c: default {expected}\n")
        );
        let outline = column(Sqlite, &format!("{{ type: text, on_update: {yaml} }}"));
        assert_eq!(
            outline,
            format!("  c: text [text]\nnotes t\n  c: on update {expected}\n")
        );
    }
}

#[test]
fn the_four_defaults_are_four_different_things() {
    let outline = table(
        Mysql,
        "columns:
  constant: { type: text, client_default: 篮球 }
  function: { type: datetime, client_default: now() }
  server: datetime = now()
  changed: { type: datetime, on_update: now() }
  by_mysql: { type: datetime, on_update: CURRENT_TIMESTAMP }",
    );
    insta::assert_snapshot!(outline);
}

#[test]
fn each_key_of_a_table_says_one_thing() {
    let columns = "columns: { a: int, b: int, c: text }\n";
    let own = "  a: i32 [int]\n  b: i32 [int]\n  c: text [text]\n";
    let cases = [
        ("model: Thing", "notes t model Thing\n"),
        (
            "derive: serde::Serialize",
            "notes t derive serde::Serialize\n",
        ),
        (
            "derive: [Hash, serde::Serialize]",
            "notes t derive Hash derive serde::Serialize\n",
        ),
        ("display: \"<T(a={a})>\"", "notes t display <T(a={a})>\n"),
        ("junction: false", "notes t junction false\n"),
        ("primary_key: a", "  primary key (a)\n"),
        ("primary_key: [b, a]", "  primary key (b, a)\n"),
        (
            "primary_key: { columns: [a], name: pk }",
            "  primary key pk (a)\n",
        ),
        ("unique: { one: [a, b] }", "  unique one (a, b)\n"),
        ("unique: [[a, b], c]", "  unique (a, b)\n  unique (c)\n"),
        (
            "unique: { one: { columns: a, nulls_not_distinct: true } }",
            "  unique one (a) nulls not distinct\n",
        ),
        ("checks: { good: a > 0 }", "  check good a > 0\n"),
        (
            "checks: [\"a > 0\", b > 0]",
            "  check a > 0\n  check b > 0\n",
        ),
        (
            "foreign_keys: [{ columns: [a, b], references: \"t(b, a)\" }]",
            "  foreign key (a, b) -> t (b, a)\n",
        ),
        ("indexes: [[a, b desc]]", "  index (a, b Descending)\n"),
        ("indexes: [c]", "  index (c)\n"),
        (
            "indexes: [{ on: a, unique: true, name: i, where: b > 0, method: BTREE, include: [c], comment: why }]",
            "  index i unique (a) using btree include (c) where b > 0 -- why\n",
        ),
        (
            "indexes: [{ on: \"lower(c), a desc\", finder: by_c, args: { c: \"&str\" } }]",
            "  index (`lower(c)`, a Descending)\nnotes t\n  finder by_c by index 0 [(\"c\", \"&str\")]\n",
        ),
        (
            "options: { postgres: WITH (fillfactor=70), mysql: ENGINE=InnoDB, sqlite: STRICT }",
            "  option STRICT\n  option WITH=fillfactor=70\n  option ENGINE=InnoDB\n",
        ),
        (
            "properties: { sum: { type: bigint, sql: \"{t}.a + b\", null: true, load: deferred } }",
            "notes t\n  property sum: Integer { size: Big, unsigned: false } `{t}.a + b` null deferred\n",
        ),
        (
            "relationships: { up: { foreign_key: a, backref: downs } }",
            "notes t\n  relationship up back downs by t(a)\n",
        ),
        (
            "relationships: { up: { foreign_key: \"t(a, b)\", to: t, cascade: [save, delete_orphan], order_by: [-b, a asc, c desc], where: \"c <> ''\", load: selectin, read_only: true } }",
            "notes t\n  relationship up to t by t(a, b) cascade Save cascade DeleteOrphan order b desc order a order c desc where c <> '' load SelectIn read only\n",
        ),
        (
            "relationships: { us: { to: t, through: t, load: write_only } }",
            "notes t\n  relationship us to t through t load WriteOnly\n",
        ),
        (
            "relationships: { them: { to: t, cascade: [], read_only: false, where: \"{t}.c = '{}'\" } }",
            "notes t\n  relationship them to t cascade nothing where {t}.c = '{}' not read only\n",
        ),
    ];
    for (yaml, expected) in cases {
        let outline = table(Postgres, &format!("{columns}{yaml}"));
        assert_eq!(outline, format!("{own}{expected}"), "{yaml}");
    }
}

#[test]
fn an_enum_is_stored_as_it_says() {
    let schema = |dialect: Dialect, declared: &str, column: &str| {
        let text = format!(
            "enums:\n  mood: {declared}\ntables:\n  t:\n    columns:\n      c: {column}\n      id: int unique\n"
        );
        read(dialect, &[("schema.yaml", &text)])
    };
    let cases = [
        (Postgres, "[sad, happy]", "{ enum: mood, default: sad }"),
        (Mysql, "[sad, \"it's ok\"]", "{ enum: mood, null: true }"),
        (
            Sqlite,
            "[sad, \"it's ok\"]",
            "{ enum: mood, default: \"it's ok\" }",
        ),
        (
            Postgres,
            "{ storage: check, values: { Sad: s, Happy: h }, name: Mood, keep_unknown: true, doc: How. }",
            "{ enum: mood, type: char(1), default: Happy }",
        ),
        (
            Mysql,
            "{ storage: check, values: [sad, happy] }",
            "{ enum: mood }",
        ),
        (
            Postgres,
            "{ storage: int, values: { sad: 0, happy: 1 } }",
            "{ enum: mood, default: happy }",
        ),
        (
            Mysql,
            "{ storage: int, values: { sad: 0, happy: 1 } }",
            "{ enum: mood, default: 1, type: tinyint }",
        ),
        (
            Sqlite,
            "{ storage: lookup, values: { sad, happy } }",
            "{ enum: mood, references: t.id }",
        ),
    ];
    let mut text = String::new();
    for (dialect, declared, column) in cases {
        text += &format!(
            "── {dialect}: {declared}, {column}\n{}",
            schema(dialect, declared, column)
        );
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_reference_without_a_type_takes_that_of_its_target() {
    let outline = read(
        Postgres,
        &[
            (
                "a.yaml",
                "tables:
  grandchild: { columns: { id: { references: child.id }, n: { references: parent.code, null: true } } }
  child: { columns: { id: { references: parent, primary_key: true } } }
  parent: { columns: { id: bigserial pk, code: { type: varchar(9), unique: true } } }
  note: { columns: { of: { references: sql_table.id }, mood: { references: sql_table.mood } } }
",
            ),
            (
                "b.sql",
                "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE sql_table (id uuid PRIMARY KEY, mood mood UNIQUE, parent bigint REFERENCES parent);",
            ),
        ],
    );
    insta::assert_snapshot!(outline);
}

#[test]
fn the_keys_of_a_file_speak_of_the_whole_schema() {
    let outline = read(
        Postgres,
        &[(
            "schema.yml",
            "version: 1
dialect: postgres
defaults: { id: bigint pk, money: { type: \"numeric(12,2)\", rust: crate::Money } }
types:
  - { match: { type: jsonb, table: t, column: prefs, null: true, comment: /x/ }, rust: crate::Prefs }
inflections: { mice: mouse }
singularize: false
sequences: { ticket: { type: int, start: 10, increment: 2, min: 1, max: 99, cache: 5, cycle: true }, bare: }
tables:
  app.t: { columns: { id: $id, price: $money, no: { type: int, sequence: ticket } } }
  public.u: { columns: { id: $id } }
views:
  v: { query: \"select id, 1, 'm' from u\", materialized: true, key: id, columns: { id: { references: public.u.id }, n: int, m: { type: text, null: true, field: em } }, model: Vee, doc: What., derive: Hash, display: \"{id}\", relationships: { u: { to: u, foreign_key: app.t.id }, own: { to: u, foreign_key: n } } }
  elsewhere: { columns: { id: bigint }, relationships: { u: { to: u, foreign_key: id } } }
",
        )],
    );
    insta::assert_snapshot!(outline);
}

#[test]
fn sequence_is_another_spelling_of_sequences() {
    let outline = read(
        Postgres,
        &[("s.yaml", "sequence: { ticket: { start: 3 } }\n")],
    );
    assert_eq!(outline, "sequence ticket start 3\n");
}

#[test]
fn anchors_aliases_and_merge_keys_are_understood() {
    let outline = table(
        Sqlite,
        "columns:
  a: &text { type: text, \"null\": true, doc: one }
  b: *text
  c: { <<: *text, doc: other }
  d: { <<: [{ type: int }, *text] }",
    );
    insta::assert_snapshot!(outline);
}

#[test]
fn a_text_of_several_lines_is_one_text() {
    let outline = table(
        Postgres,
        "doc: |
  One line,
  and another.
columns:
  a: >-
    varchar(20)
    null
checks:
  long: >
    a <> ''
    AND a <> 'x'",
    );
    insta::assert_snapshot!(outline);
}

#[test]
fn a_file_without_anything_in_it_says_nothing() {
    for text in [
        "",
        "# only a comment\n",
        "---\n",
        "tables:\n",
        "version: 1\n",
    ] {
        assert_eq!(read(Sqlite, &[("schema.yaml", text)]), "", "{text:?}");
    }
}
