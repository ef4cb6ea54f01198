//! Files with mistakes in them, and what is said about each.

use aludel_catalog::Dialect::{self, Mysql, Postgres, Sqlite};

use crate::outline::parse_all;

const SQL: &str = "CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email varchar(255) NOT NULL,
    mood mood
);
CREATE VIEW people (id, name) AS SELECT id, email FROM users;
";

/// A case for each line of titles; every one is an error, and is found at its place.
fn messages(cases: &[(&str, Dialect, &[(&str, &str)])]) -> String {
    let mut text = String::new();
    for (title, dialect, files) in cases {
        let (_, diagnostics) = parse_all(*dialect, files);
        assert!(diagnostics.has_errors(), "{title}: no error");
        text += &format!("── {title} ({dialect})\n{diagnostics}\n");
    }
    text
}

/// The messages for single files.
fn of_files(cases: &[(&str, Dialect, &str)]) -> String {
    let mut text = String::new();
    for (title, dialect, yaml) in cases {
        text += &messages(&[(title, *dialect, &[("schema.yaml", yaml)])]);
    }
    text
}

#[test]
fn what_is_not_yaml_is_told_at_its_place() {
    let text = of_files(&[
        ("a tab", Sqlite, "tables:\n\tusers:\n\t\tcolumns: {}\n"),
        (
            "a line that is not indented enough",
            Sqlite,
            "tables:\n  users:\n    columns:\n      id: int\n   name: text\n",
        ),
        (
            "a key without a colon",
            Sqlite,
            "tables:\n  users\n  columns: {}\n",
        ),
        (
            "a colon within a text",
            Sqlite,
            "tables:\n  users:\n    doc: note: this is wrong\n",
        ),
        (
            "a bracket that is never closed",
            Sqlite,
            "enums:\n  mood: [sad, happy\ntables:\n  a: {}\n",
        ),
        ("a bracket too many", Sqlite, "enums:\n  mood: [sad]]\n"),
        (
            "a text that is never closed",
            Sqlite,
            "tables:\n  users:\n    doc: \"An account.\n",
        ),
        (
            "an escape that is none",
            Sqlite,
            "tables:\n  users:\n    doc: \"a\\qb\"\n",
        ),
        (
            "a value that begins like something else",
            Sqlite,
            "tables:\n  users:\n    display: %name\n    doc: @x\n",
        ),
        ("two documents", Sqlite, "version: 1\n---\nversion: 1\n"),
        ("a tag", Sqlite, "version: !!int 1\n"),
        ("a list as a key", Sqlite, "tables:\n  [a, b]: {}\n"),
        ("an alias of nothing", Sqlite, "tables:\n  users: *other\n"),
        (
            "an alias within itself",
            Sqlite,
            "tables: &all\n  users: *all\n",
        ),
        (
            "a merge of a text",
            Sqlite,
            "tables:\n  users:\n    <<: all\n    columns: { id: int }\n",
        ),
        (
            "a key given twice",
            Sqlite,
            "tables:\n  users:\n    columns:\n      id: int\n      id: text\n",
        ),
        ("a list instead of a map", Sqlite, "- tables\n"),
    ]);
    insta::assert_snapshot!(text);
}

#[test]
fn an_unknown_word_is_told_with_what_may_be_meant() {
    let text = of_files(&[
        ("of a file", Sqlite, "version: 1\ntabels: {}\n"),
        (
            "of a table",
            Sqlite,
            "tables: { t: { colums: { id: int } } }\n",
        ),
        (
            "of a column",
            Sqlite,
            "tables: { t: { columns: { id: { type: int, nullable: true } } } }\n",
        ),
        (
            "far from all keys",
            Sqlite,
            "enums: { e: { values: [a], frobnicate: 1 } }\n",
        ),
        (
            "a comma within braces",
            Postgres,
            "tables: { t: { columns: { price: { type: numeric(12,2) } } } }\n",
        ),
        (
            "a type",
            Postgres,
            "tables: { t: { columns: { id: intger } } }\n",
        ),
        (
            "a table",
            Postgres,
            "tables: { user: { columns: { id: int pk, boss: { references: usr.id } } } }\n",
        ),
        (
            "a column",
            Postgres,
            "tables: { user: { columns: { id: int pk, boss: { references: user.ident } }, primary_key: ide, indexes: [[bos]] } }\n",
        ),
        (
            "an enum",
            Postgres,
            "enums: { colour: [red] }\ntables: { t: { columns: { c: { enum: color } } } }\n",
        ),
        (
            "a value of an enum",
            Postgres,
            "enums: { colour: { values: { Red: red, Green: green } } }\ntables: { t: { columns: { c: { enum: colour, default: gren } } } }\n",
        ),
        (
            "an enum as a type",
            Mysql,
            "enums: { mood: [sad] }\ntables: { t: { columns: { a: mood null, b: { type: mood } } } }\n",
        ),
        (
            "a default column",
            Postgres,
            "defaults: { id: int pk }\ntables: { t: { columns: { id: $ident } } }\n",
        ),
        (
            "a choice",
            Postgres,
            "tables: { t: { columns: { id: { references: t, type: int, on_delete: cascde } }, relationships: { t: { load: eagre, cascade: [sav] } } } }\n",
        ),
        (
            "a dialect",
            Sqlite,
            "dialect: postgresql\ntables: { t: { columns: { id: int } } }\n",
        ),
        ("a version", Sqlite, "version: 2\n"),
        (
            "a sequence",
            Postgres,
            "sequences: { tickets: }\ntables: { t: { columns: { id: { type: int, sequence: ticket } } } }\n",
        ),
        (
            "a function",
            Postgres,
            "tables: { t: { columns: { id: { type: uuid, client_default: uuid_v7() }, at: { type: date, on_update: today() } } } }\n",
        ),
        (
            "a placeholder",
            Postgres,
            "tables: { users: { columns: { id: int }, properties: { twice: { type: int, sql: \"{user}.id * 2\" } } } }\n",
        ),
        (
            "the other side of a relationship",
            Postgres,
            "tables: { users: { columns: { id: int pk }, relationships: { boss: { to: usres, foreign_key: users.bos } } } }\n",
        ),
        ("a view", Postgres, "views: { peple: { model: Person } }\n"),
    ]);
    insta::assert_snapshot!(text);
}

#[test]
fn a_value_of_the_wrong_kind_is_told_with_what_was_expected() {
    let text = of_files(&[
        ("tables as a list", Sqlite, "tables: [users, orders]\n"),
        ("a table as a text", Sqlite, "tables: { users: id }\n"),
        (
            "columns as a list",
            Sqlite,
            "tables:\n  users:\n    columns:\n      - id\n      - name\n",
        ),
        (
            "a column as a list",
            Sqlite,
            "tables: { users: { columns: { id: [int] } } }\n",
        ),
        (
            "a column without a type",
            Sqlite,
            "tables: { users: { columns: { id: , name: { null: true } } } }\n",
        ),
        (
            "a table without columns",
            Sqlite,
            "tables: { users: { model: User } }\n",
        ),
        (
            "a truth value as a number",
            Sqlite,
            "tables: { users: { columns: { id: { type: int, null: 1 } } } }\n",
        ),
        (
            "a truth value of old",
            Sqlite,
            "tables: { users: { columns: { id: { type: int, unique: [yes] } }, junction: yes } }\n",
        ),
        (
            "indexes as a map",
            Sqlite,
            "tables: { users: { columns: { id: int }, indexes: { by_id: [id] } } }\n",
        ),
        (
            "a number as a word",
            Sqlite,
            "sequences: { s: { start: ten } }\n",
        ),
        ("values as a text", Sqlite, "enums: { e: a }\n"),
        ("no values", Sqlite, "enums: { e: [] }\n"),
        (
            "numbers as words",
            Sqlite,
            "enums: { e: { storage: int, values: { a: one } }, f: { storage: int, values: [a] } }\n",
        ),
        (
            "lists with nothing in them",
            Sqlite,
            "tables: { users: { columns: { id: int }, primary_key: [], unique: [[]], indexes: [[]], foreign_keys: [{ columns: [], references: users.id }] } }\n",
        ),
        (
            "a list within a list",
            Sqlite,
            "tables: { users: { columns: { id: int }, primary_key: [[id]] } }\n",
        ),
    ]);
    insta::assert_snapshot!(text);
}

#[test]
fn sql_within_a_file_is_told_at_its_place() {
    let text = of_files(&[
        (
            "not null",
            Sqlite,
            "tables: { t: { columns: { id: int not null } } }\n",
        ),
        (
            "primary key",
            Sqlite,
            "tables: { t: { columns: { id: int primary key } } }\n",
        ),
        (
            "default",
            Postgres,
            "tables: { t: { columns: { id: int default 7 } } }\n",
        ),
        (
            "a flag that is none",
            Postgres,
            "tables: { t: { columns: { id: int nul } } }\n",
        ),
        (
            "a flag behind another",
            Postgres,
            "tables: { t: { columns: { id: int null nul } } }\n",
        ),
        (
            "no type",
            Postgres,
            "tables: { t: { columns: { id: null unique } } }\n",
        ),
        (
            "no default",
            Postgres,
            "tables: { t: { columns: { id: int = } } }\n",
        ),
        (
            "a text without quotes",
            Postgres,
            "tables: { t: { columns: { a: text = pending, b: { type: text, default: done } } } }\n",
        ),
        (
            "an expression that ends early",
            Postgres,
            "tables:\n  t:\n    columns: { a: int }\n    checks: { good: \"a > \" }\n",
        ),
        (
            "an expression that goes on",
            Postgres,
            "tables: { t: { columns: { a: { type: int, generated: b c } } } }\n",
        ),
        (
            "a mistake in a text with escapes",
            Postgres,
            "tables: { t: { columns: { a: \"text = 'a\\tb' 'c' +\" } } }\n",
        ),
        (
            "a mistake in a text of several lines",
            Postgres,
            "tables:\n  t:\n    columns: { a: int }\n    checks:\n      good: |\n        a > 0\n        AND\n",
        ),
        (
            "an index",
            Sqlite,
            "tables: { t: { columns: { a: int }, indexes: [[a dsc]] } }\n",
        ),
        (
            "options",
            Sqlite,
            "tables: { t: { columns: { a: int }, options: { sqlite: STRCT, mysql: ENGINE } } }\n",
        ),
        (
            "an unusual type",
            Sqlite,
            "tables: { t: { columns: { a: { type: integr }, b: foo, c: dte } } }\n",
        ),
    ]);
    insta::assert_snapshot!(text);
}

#[test]
fn what_does_not_fit_together_is_told_with_both_places() {
    let text = of_files(&[
        (
            "a key with null",
            Postgres,
            "tables: { t: { columns: { id: int null pk } } }\n",
        ),
        (
            "two primary keys",
            Postgres,
            "tables: { t: { columns: { id: int pk, no: int }, primary_key: [id, no] } }\n",
        ),
        (
            "a name given twice",
            Postgres,
            "tables: { t: { columns: { id: { type: int, unique: same } }, checks: { same: id > 0 } } }\n",
        ),
        (
            "columns that are the same",
            Sqlite,
            "tables: { t: { columns: { id: int, ID: int } } }\n",
        ),
        (
            "a generated column with a default",
            Postgres,
            "tables: { t: { columns: { a: { type: int, generated: \"1\", default: 2, client_default: 3 } } } }\n",
        ),
        (
            "an identity with a default",
            Postgres,
            "tables: { t: { columns: { a: { type: int, identity: true, default: 2 } } } }\n",
        ),
        (
            "storage of nothing",
            Postgres,
            "tables: { t: { columns: { a: { type: int, storage: stored } } } }\n",
        ),
        (
            "on_delete of nothing",
            Postgres,
            "tables: { t: { columns: { a: { type: int, on_delete: cascade } } } }\n",
        ),
        (
            "on_delete twice",
            Postgres,
            "tables: { t: { columns: { a: { type: int, references: { to: t.a, on_delete: cascade }, on_delete: cascade } } } }\n",
        ),
        (
            "uneven keys",
            Postgres,
            "tables: { t: { columns: { a: int, b: int }, foreign_keys: [{ columns: [a, b], references: t.a }, { columns: a }] } }\n",
        ),
        (
            "types in a circle",
            Postgres,
            "tables: { a: { columns: { id: { references: b.id } } }, b: { columns: { id: { references: a.id } } } }\n",
        ),
        (
            "an enum with another type",
            Postgres,
            "enums: { e: [a] }\ntables: { t: { columns: { a: { enum: e, type: text } } } }\n",
        ),
        (
            "enums in SQLite",
            Sqlite,
            "enums: { e: { storage: native, values: [a, a] } }\n",
        ),
        (
            "an enum to be looked up nowhere",
            Sqlite,
            "enums: { e: { storage: lookup, values: [a] } }\ntables: { t: { columns: { a: { enum: e } } } }\n",
        ),
        (
            "a sequence in SQLite",
            Sqlite,
            "sequences: { s: }\ntables: { t: { columns: { a: { type: int, sequence: s }, b: { type: int, sequence: { start: 1 } } } } }\n",
        ),
        (
            "strict counting of something else",
            Sqlite,
            "tables: { t: { columns: { a: { type: bigint, identity: strict, primary_key: true } } } }\n",
        ),
        (
            "comment and doc",
            Sqlite,
            "tables: { t: { doc: a, comment: b, columns: { a: int } } }\n",
        ),
        (
            "two ways to the other side",
            Sqlite,
            "tables: { t: { columns: { a: int }, relationships: { us: { through: t, foreign_key: t.a } } } }\n",
        ),
        (
            "arguments of nothing",
            Sqlite,
            "tables: { t: { columns: { a: int }, indexes: [{ on: a, args: { a: i64 } }, { unique: true }] } }\n",
        ),
        (
            "a property named like a column",
            Sqlite,
            "tables: { t: { columns: { a: int }, properties: { a: { type: int, sql: \"1\" }, b: { sql: \"1\" } } } }\n",
        ),
        (
            "paths that are none",
            Sqlite,
            "tables: { t: { derive: [\"#[x]\"], columns: { a: { type: int, rust: \"a b\", client_default: \"x\" }, b: { type: int, client_default: a::1b } } } }\n",
        ),
        (
            "a pattern that fits everything",
            Sqlite,
            "types: [{ match: {}, rust: A }, { rust: B }]\n",
        ),
        (
            "a view with another key",
            Sqlite,
            "views: { v: { columns: { id: int, n: }, key: ident } }\n",
        ),
        (
            "a view that leads to a view",
            Sqlite,
            "views: { v: { query: select 1 as id, columns: { id: int } }, w: { query: select 1 as v_id, columns: { v_id: { references: v.id } } } }\n",
        ),
        (
            "two spellings",
            Sqlite,
            "sequence: { a: }\nsequences: { a: }\n",
        ),
    ]);
    insta::assert_snapshot!(text);
}

#[test]
fn what_disagrees_with_another_file_is_told_with_both_places() {
    let sql = ("schema.sql", SQL);
    let cases: &[(&str, Dialect, &str)] = &[
        (
            "another type",
            Postgres,
            "tables: { users: { columns: { email: text, id: { type: int } } } }\n",
        ),
        (
            "null",
            Postgres,
            "tables: { users: { columns: { id: { null: true }, mood: { null: false } } } }\n",
        ),
        (
            "a new column",
            Postgres,
            "tables: { users: { columns: { emial: { field: mail }, nickname: text } } }\n",
        ),
        (
            "what is for SQL to say",
            Postgres,
            "tables: { users: { primary_key: email, checks: [id > 0], columns: { id: { default: 1 } } } }\n",
        ),
        (
            "an index that is not there",
            Postgres,
            "tables: { users: { indexes: [{ on: email, finder: by_email }] } }\n",
        ),
        (
            "an enum that does not fit",
            Postgres,
            "enums: { level: { storage: int, values: { low: 0 } }, mood: { storage: check, values: [hapy] } }\ntables: { users: { columns: { email: { enum: level } } } }\n",
        ),
        (
            "a column of a view",
            Postgres,
            "views: { people: { columns: { nmae: text }, query: select 1 }, users: { model: U } }\n",
        ),
        ("another dialect", Mysql, "dialect: postgres\n"),
    ];
    let mut text = String::new();
    for (title, dialect, yaml) in cases {
        let files = [sql, ("notes.yaml", *yaml)];
        let files = if *dialect == Mysql {
            [("schema.sql", ""), files[1]]
        } else {
            files
        };
        text += &messages(&[(title, *dialect, &files)]);
    }
    let a = (
        "a.yaml",
        "dialect: sqlite\ntables: { t: { columns: { id: int } } }\nenums: { e: [a] }\nsequences: { s: }\n",
    );
    let b = (
        "b.yaml",
        "dialect: mysql\ntables: { t: { columns: { id: int } } }\nenums: { e: [b] }\nsequences: { s: }\n",
    );
    text += &messages(&[("two definitions", Sqlite, &[a, b])]);
    let notes = ("notes.yaml", "tables: { users: { model: A } }\n");
    let more = ("more.yaml", "tables: { users: { model: B } }\n");
    text += &messages(&[("two annotations", Postgres, &[sql, notes, more])]);
    let broken = ("broken.yaml", "tables: {\n");
    let refers = ("refers.sql", "CREATE TABLE a (b int REFERENCES lost);");
    text += &messages(&[(
        "a table that may be in a broken file",
        Postgres,
        &[refers, broken],
    )]);
    insta::assert_snapshot!(text);
}
