//! Schemas with mistakes in them, and what is said about each.

use aludel_catalog::Dialect::{self, Mysql, Postgres, Sqlite};

use crate::outline::parse_all;

/// A title, a dialect and a schema.
type Case = (&'static str, Dialect, &'static str);

/// A case for each line of titles; every one is an error, and is found at its place.
fn messages(cases: &[(&str, Dialect, &str)]) -> String {
    let mut text = String::new();
    for (title, dialect, sql) in cases {
        let (_, diagnostics) = parse_all(*dialect, &[("schema.sql", sql)]);
        assert!(diagnostics.has_errors(), "{title}: no error");
        text += &format!("── {title} ({dialect})\n{diagnostics}\n");
    }
    text
}

const BROKEN_STATEMENTS: &[Case] = &[
    (
        "a misspelt statement",
        Sqlite,
        "CRAETE TABLE hobby (id INTEGER PRIMARY KEY);\n",
    ),
    (
        "a misspelt kind of object",
        Postgres,
        "\n  CREATE TABEL hobby (id int);\n",
    ),
    ("something else than SQL", Mysql, "this is: not, sql\n"),
    (
        "a forgotten comma",
        Sqlite,
        "CREATE TABLE hobby (\n  id INTEGER PRIMARY KEY\n  caption TEXT NOT NULL\n);\n",
    ),
    (
        "a forgotten comma behind a type",
        Sqlite,
        "CREATE TABLE hobby (\n  id INTEGER\n  caption TEXT NOT NULL\n);\n",
    ),
    (
        "a comma too many",
        Postgres,
        "CREATE TABLE hobby (\n  id int,\n  caption text,\n);\n",
    ),
    (
        "two commas",
        Mysql,
        "CREATE TABLE hobby (id int,, caption text);\n",
    ),
    (
        "a parenthesis that is never closed",
        Mysql,
        "CREATE TABLE hobby (\n  id INT,\n  caption VARCHAR(20)\n;\n",
    ),
    (
        "a length that is never closed",
        Postgres,
        "CREATE TABLE hobby (\n  caption varchar(20,\n  age int\n);\n",
    ),
    (
        "a parenthesis too many",
        Sqlite,
        "CREATE TABLE hobby (id INTEGER));\n",
    ),
    (
        "a text that is never closed",
        Postgres,
        "CREATE TABLE a (x int);\nCREATE TABLE b (y text DEFAULT 'oops);\n",
    ),
    (
        "a comment that is never closed",
        Sqlite,
        "CREATE TABLE a (x INT);\n/* and so on\n",
    ),
    (
        "a dollar quote that is never closed",
        Postgres,
        "CREATE FUNCTION f() RETURNS int AS $x$ SELECT 1 $$;\n",
    ),
    (
        "a forgotten semicolon",
        Postgres,
        "CREATE TABLE a (x int)\nCREATE TABLE b (y nonsense);\n",
    ),
    (
        "a misspelt option",
        Postgres,
        "CREATE TABLE a (\n  id integer PRIMRAY KEY,\n  x int NOT NUL\n);\n",
    ),
    (
        "another dialect's option",
        Postgres,
        "CREATE TABLE a (id integer AUTO_INCREMENT PRIMARY KEY);\n",
    ),
    (
        "another dialect's option",
        Mysql,
        "CREATE TABLE a (id int AUTOINCREMENT PRIMARY KEY);\n",
    ),
    (
        "an option of MySQL elsewhere",
        Sqlite,
        "CREATE TABLE a (x DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);\n",
    ),
    (
        "a default without a value",
        Sqlite,
        "CREATE TABLE a (x INT DEFAULT, y INT);\n",
    ),
    (
        "a check that ends too early",
        Postgres,
        "CREATE TABLE a (\n  größe int CHECK (größe > ),\n  y int\n);\n",
    ),
    (
        "a reference to nothing",
        Sqlite,
        "CREATE TABLE a (x INT REFERENCES);\n",
    ),
    (
        "an action that does not exist",
        Mysql,
        "CREATE TABLE a (x INT PRIMARY KEY, FOREIGN KEY (x) REFERENCES a (x) ON DELETE EXPLODE);\n",
    ),
    (
        "a table without a name",
        Sqlite,
        "CREATE TABLE (id INTEGER);\n",
    ),
    (
        "a table option that does not exist",
        Sqlite,
        "CREATE TABLE a (id INTEGER) WITHOUT ROWIDS;\n",
    ),
    (
        "tabs and wide characters",
        Mysql,
        "CREATE TABLE a (\n\t`名前` varchar(10)\tNOT NULL, 年 int NOT NUL\n);\n",
    ),
];

#[test]
fn a_broken_statement_is_told_at_its_place() {
    let long = format!(
        "CREATE TABLE a (a_long_name INT, {} z DTE);\n",
        " ".repeat(400)
    );
    let long = messages(&[("a very long line", Sqlite, &long)]);
    insta::assert_snapshot!(messages(BROKEN_STATEMENTS) + &long);
}

const WRONG_NAMES: &[Case] = &[
    (
        "an unknown type",
        Sqlite,
        "CREATE TABLE a (x INT, y FROBNICATE(3), z DTE, v STRING, w [my type (5)], p POINT, m MONEY, s SERIAL);\n",
    ),
    (
        "an unknown type",
        Mysql,
        "CREATE TABLE a (x INTT, y varhcar(30) NOT NULL);\n",
    ),
    (
        "an unknown type",
        Postgres,
        "CREATE TYPE mood AS ENUM ('ok');\nCREATE TABLE a (x mod, y app.mood[], z tmestamp);\n",
    ),
    (
        "a table declared twice",
        Sqlite,
        "CREATE TABLE hobby (id INTEGER);\n\nCREATE TABLE Hobby (id INTEGER, caption TEXT);\n",
    ),
    (
        "a column declared twice",
        Mysql,
        "CREATE TABLE hobby (\n  id INT,\n  caption TEXT,\n  ID BIGINT\n);\n",
    ),
    (
        "a view declared twice",
        Postgres,
        "CREATE VIEW v AS SELECT 1 AS one;\nCREATE VIEW v AS SELECT 2 AS one;\n",
    ),
    (
        "a type declared twice",
        Postgres,
        "CREATE TYPE t AS ENUM ('a');\nCREATE TYPE t AS ENUM ('b');\n",
    ),
    (
        "a constraint declared twice",
        Postgres,
        "CREATE TABLE a (x int CONSTRAINT small CHECK (x < 3), CONSTRAINT small UNIQUE (x));\n",
    ),
    (
        "an index declared twice",
        Sqlite,
        "CREATE TABLE a (x INT);\nCREATE TABLE b (x INT);\nCREATE INDEX by_x ON a (x);\nCREATE INDEX by_x ON b (x);\n",
    ),
    (
        "an index declared twice",
        Mysql,
        "CREATE TABLE a (x INT, KEY k (x), UNIQUE KEY k (x));\nCREATE TABLE b (x INT, KEY k (x));\n",
    ),
    (
        "an index on a missing column",
        Sqlite,
        "CREATE TABLE person (email TEXT);\nCREATE INDEX by_email ON person (emial);\n",
    ),
    (
        "an index on a missing table",
        Postgres,
        "CREATE TABLE person (email text);\nCREATE INDEX by_email ON persons (email);\n",
    ),
    (
        "a change of a missing table",
        Mysql,
        "CREATE TABLE person (email TEXT);\nALTER TABLE pers ADD COLUMN x INT;\n",
    ),
    (
        "a change of a missing column",
        Postgres,
        "CREATE TABLE person (email text);\nALTER TABLE person ALTER COLUMN mail SET NOT NULL, DROP COLUMN emall;\n",
    ),
    (
        "a comment on a missing table",
        Postgres,
        "COMMENT ON TABLE person IS 'x';\n",
    ),
    (
        "a comment on a missing column",
        Postgres,
        "CREATE TABLE person (email text);\nCOMMENT ON COLUMN person.mail IS 'x';\n",
    ),
];

#[test]
fn a_wrong_name_is_told_with_what_may_be_meant() {
    insta::assert_snapshot!(messages(WRONG_NAMES));
}

const WRONG_KEYS: &[Case] = &[
    (
        "two primary keys",
        Sqlite,
        "CREATE TABLE a (\n  x INTEGER PRIMARY KEY,\n  y INTEGER PRIMARY KEY\n);\n",
    ),
    (
        "a primary key twice",
        Postgres,
        "CREATE TABLE a (x int PRIMARY KEY);\nALTER TABLE a ADD PRIMARY KEY (x);\n",
    ),
    (
        "a primary key over a missing column",
        Mysql,
        "CREATE TABLE a (idd INT, PRIMARY KEY (id));\n",
    ),
    (
        "a unique key over a missing column",
        Postgres,
        "CREATE TABLE a (name text, UNIQUE (nmae, name));\n",
    ),
    (
        "a foreign key of a missing column",
        Sqlite,
        "CREATE TABLE a (id INTEGER PRIMARY KEY, FOREIGN KEY (parent) REFERENCES a (id));\n",
    ),
    (
        "a foreign key to a missing table",
        Sqlite,
        "CREATE TABLE hobby (id INTEGER PRIMARY KEY);\nCREATE TABLE a (hobby_id INT REFERENCES hobbies (id));\n",
    ),
    (
        "a foreign key to a missing column",
        Mysql,
        "CREATE TABLE hobby (hobby_id INT PRIMARY KEY);\nCREATE TABLE a (h INT, FOREIGN KEY (h) REFERENCES hobby (hobbyid));\n",
    ),
    (
        "a foreign key with too many columns",
        Postgres,
        "CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));\nCREATE TABLE a (x int, FOREIGN KEY (x) REFERENCES b (x, y));\n",
    ),
    (
        "a foreign key with fewer columns than the key",
        Postgres,
        "CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));\nCREATE TABLE a (x int REFERENCES b);\n",
    ),
    (
        "a foreign key to a table without a key",
        Sqlite,
        "CREATE TABLE b (x INT);\nCREATE TABLE a (x INT REFERENCES b);\n",
    ),
    ("a table without columns", Sqlite, "CREATE TABLE a ();\n"),
    (
        "a table of keys only",
        Sqlite,
        "CREATE TABLE a (PRIMARY KEY (id));\n",
    ),
    (
        "AUTOINCREMENT elsewhere",
        Sqlite,
        "CREATE TABLE a (id INT PRIMARY KEY AUTOINCREMENT);\n",
    ),
    (
        "a key over the number of a row",
        Sqlite,
        "CREATE TABLE a (x INT);\nCREATE INDEX i ON a (rowid);\n",
    ),
];

#[test]
fn a_wrong_key_is_told_with_the_other_place() {
    insta::assert_snapshot!(messages(WRONG_KEYS));
}

#[test]
fn all_errors_of_all_files_are_told_at_once() {
    let files = [
        (
            "schema/person.sql",
            "CREATE TABLE person (\r\n  id INTEGER PRIMARY KEY,\r\n  hobby_id INTEGR REFERENCES hobby\r\n);\r\n",
        ),
        (
            "schema/hobby.sql",
            "CREATE TABLE hobby (id INTEGER PRIMARY KEY, id TEXT);\nCREATE TABLE person (x INT);\n",
        ),
        (
            "schema/zoo.sql",
            "CREATE INDEX by_name ON person (name);\nCRATE TABLE x (y INT);\n",
        ),
    ];
    let (parsed, diagnostics) = parse_all(Sqlite, &files);
    insta::assert_snapshot!(diagnostics);
    assert_eq!(parsed.catalog.tables.len(), 2);
}

#[test]
fn one_mistake_is_told_once() {
    // What refers to a declaration that could not be read is not wrong by that.
    let sql = "CRATE TABLE hobby (id INTEGER PRIMARY KEY);
        CREATE TABLE person (1id INTEGER, hobby_id INT REFERENCES hobby (id), PRIMARY KEY (id));
        CREATE INDEX by_id ON person (id);
        CREATE INDEX by_caption ON hobby (caption);
        CREATE TABLE other (person_id INT REFERENCES person (id), p INT REFERENCES person);";
    let (_, diagnostics) = parse_all(Sqlite, &[("schema.sql", sql)]);
    let lines: Vec<usize> = diagnostics
        .errors()
        .map(|error| {
            diagnostics.sources()[0]
                .position(error.span.unwrap().start)
                .line
        })
        .collect();
    assert_eq!(lines, [1, 2], "{diagnostics}");
}
