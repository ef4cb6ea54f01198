//! Errors by kind, with what SQLite says about them.

use std::error::Error as _;

use super::{Driver, first, memory, with_schema};
use crate::{
    driver::{Connector, sqlite::SqliteConnector},
    error::{Error, ErrorKind},
    url::Url,
};

const SCHEMA: &[&str] = &[
    "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE child (
        a INTEGER, b TEXT CHECK (b <> 'bad'), parent INTEGER REFERENCES parent,
        amount INTEGER CONSTRAINT positive CHECK (amount > 0), PRIMARY KEY (a, b)
    ) WITHOUT ROWID",
    "CREATE UNIQUE INDEX folded ON parent (lower(name))",
    "CREATE TABLE strict_one (n INTEGER) STRICT",
    "CREATE TABLE guarded (a INTEGER)",
    "CREATE TRIGGER guard BEFORE INSERT ON guarded BEGIN SELECT RAISE(ABORT, 'not today'); END",
    "INSERT INTO parent VALUES (1, 'one')",
    "INSERT INTO child VALUES (1, 'x', 1, 1)",
];

/// What is expected of the error of a statement.
struct Expected {
    kind: ErrorKind,
    code: &'static str,
    message: &'static str,
    table: Option<&'static str>,
    columns: &'static [&'static str],
    constraint: Option<&'static str>,
}

const fn expected(kind: ErrorKind, code: &'static str, message: &'static str) -> Expected {
    Expected {
        kind,
        code,
        message,
        table: None,
        columns: &[],
        constraint: None,
    }
}

impl Expected {
    const fn of(mut self, table: &'static str, columns: &'static [&'static str]) -> Self {
        self.table = Some(table);
        self.columns = columns;
        self
    }

    const fn constraint(mut self, constraint: &'static str) -> Self {
        self.constraint = Some(constraint);
        self
    }

    fn check(&self, sql: &str, error: &Error) {
        let found = (error.kind(), error.code(), error.message());
        assert_eq!(found, (self.kind, Some(self.code), self.message), "{sql}");
        let found = (error.table(), error.columns(), error.constraint());
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|column| column.to_string())
            .collect();
        assert_eq!(found, (self.table, &columns[..], self.constraint), "{sql}");
        let source = error
            .source()
            .and_then(|source| source.downcast_ref::<rusqlite::Error>());
        assert!(source.is_some(), "{sql}");
    }
}

#[rustfmt::skip]
const TABLE: &[(&str, Expected)] = &[
    ("INSERT INTO parent VALUES (1, 'two')",
        expected(ErrorKind::UniqueViolation, "1555", "UNIQUE constraint failed: parent.id").of("parent", &["id"])),
    ("INSERT INTO parent VALUES (2, 'one')",
        expected(ErrorKind::UniqueViolation, "2067", "UNIQUE constraint failed: index 'folded'").constraint("folded")),
    ("INSERT INTO child VALUES (1, 'x', 1, 1)",
        expected(ErrorKind::UniqueViolation, "1555", "UNIQUE constraint failed: child.a, child.b").of("child", &["a", "b"])),
    ("INSERT INTO parent VALUES (2, NULL)",
        expected(ErrorKind::NotNullViolation, "1299", "NOT NULL constraint failed: parent.name").of("parent", &["name"])),
    ("INSERT INTO child VALUES (2, 'x', 9, 1)",
        expected(ErrorKind::ForeignKeyViolation, "787", "FOREIGN KEY constraint failed")),
    ("DELETE FROM parent",
        expected(ErrorKind::ForeignKeyViolation, "787", "FOREIGN KEY constraint failed")),
    ("INSERT INTO child VALUES (2, 'x', 1, 0)",
        expected(ErrorKind::CheckViolation, "275", "CHECK constraint failed: positive").constraint("positive")),
    ("INSERT INTO child VALUES (2, 'bad', 1, 1)",
        expected(ErrorKind::CheckViolation, "275", "CHECK constraint failed: b <> 'bad'").constraint("b <> 'bad'")),
    ("INSERT INTO guarded VALUES (1)",
        expected(ErrorKind::Integrity, "1811", "not today")),
    ("INSERT INTO strict_one VALUES ('x')",
        expected(ErrorKind::Data, "3091", "cannot store TEXT value in INTEGER column strict_one.n")),
    ("INSERT INTO parent VALUES ('x', 'y')",
        expected(ErrorKind::Data, "20", "datatype mismatch")),
    ("SELECT zeroblob(2000000000)",
        expected(ErrorKind::Data, "18", "string or blob too big")),
    ("SELECT abs(-9223372036854775808)",
        expected(ErrorKind::Data, "1", "integer overflow")),
    ("SELECT json('x')",
        expected(ErrorKind::Data, "1", "malformed JSON")),
    ("SELECT * FROM missing",
        expected(ErrorKind::Programming, "1", "no such table: missing")),
    ("SELECT missing FROM parent",
        expected(ErrorKind::Programming, "1", "no such column: missing (at byte 7)")),
    ("SELEC 1",
        expected(ErrorKind::Programming, "1", "near \"SELEC\": syntax error (at byte 0)")),
    ("INSERT INTO parent VALUES (1)",
        expected(ErrorKind::Programming, "1", "table parent has 2 columns but 1 values were supplied")),
    ("CREATE TABLE parent (a INTEGER)",
        expected(ErrorKind::Programming, "1", "table parent already exists (at byte 13)")),
];

#[test]
fn errors_are_told_apart_and_say_what_they_are_about() {
    let mut driver = with_schema(SCHEMA);
    for (sql, expected) in TABLE {
        let error = driver.execute(sql, &[]).unwrap_err();
        expected.check(sql, &error);
        assert!(driver.is_usable(), "{sql}");
    }
}

#[test]
fn a_connection_can_be_used_after_each_error_with_the_same_statement_too() {
    let mut driver = with_schema(SCHEMA);
    driver.control("BEGIN").unwrap();
    for (sql, expected) in TABLE {
        for _ in 0..2 {
            expected.check(sql, &driver.execute(sql, &[]).unwrap_err());
        }
        let two = first(&mut driver, "SELECT count(*) + 1 FROM parent", &[], |row| {
            row.get::<i64>(0)
        });
        assert_eq!(two.unwrap(), 2, "{sql}");
    }
    assert!(driver.in_transaction());
    driver.control("COMMIT").unwrap();
}

#[test]
fn several_statements_at_once_are_refused_before_the_first_runs() {
    let mut driver = with_schema(SCHEMA);
    let error = driver
        .execute("DELETE FROM child; DELETE FROM parent", &[])
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Programming);
    assert_eq!(
        error.message(),
        "several statements were given, one at a time can run"
    );
    assert_eq!(driver.execute("DELETE FROM child", &[]).unwrap(), 1);
}

#[test]
fn an_empty_statement_is_an_error() {
    let mut driver = memory();
    for sql in ["", "-- nothing", " ; "] {
        let error = driver.execute(sql, &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Programming, "{sql}: {error:?}");
        assert!(error.message().contains("empty"), "{sql}: {error}");
    }
}

/// Two connections to one file, the second of which does not wait.
fn two(mode: &str) -> (tempfile::TempDir, Driver, Driver) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let connect = |query: &str| {
        let url = Url::parse(&format!("sqlite:///{}{query}", path.display())).unwrap();
        SqliteConnector::new(&url).unwrap().connect().unwrap()
    };
    let mut first = connect("");
    first.execute("CREATE TABLE t (a INTEGER)", &[]).unwrap();
    let mut second = connect(mode);
    second.execute("PRAGMA busy_timeout = 0", &[]).unwrap();
    (folder, first, second)
}

#[test]
fn a_lock_that_somebody_else_holds_does_not_come_free_in_time() {
    let (_folder, mut first, mut second) = two("");
    first.control("BEGIN IMMEDIATE").unwrap();
    let error = second.control("BEGIN IMMEDIATE").unwrap_err();
    expected(ErrorKind::LockTimeout, "5", "database is locked").check("BEGIN", &error);
    first.control("COMMIT").unwrap();
    second.control("BEGIN IMMEDIATE").unwrap();
}

#[test]
fn a_snapshot_that_has_become_old_is_a_failed_serialization() {
    let (_folder, mut first, mut second) = two("");
    first.execute("PRAGMA journal_mode = WAL", &[]).unwrap();
    second.control("BEGIN").unwrap();
    second.execute("SELECT * FROM t", &[]).unwrap();
    first.execute("INSERT INTO t VALUES (1)", &[]).unwrap();
    let error = second.execute("INSERT INTO t VALUES (2)", &[]).unwrap_err();
    expected(ErrorKind::Serialization, "517", "database is locked").check("INSERT", &error);
}

#[test]
fn writing_to_a_read_only_database_is_refused() {
    let (_folder, _first, mut second) = two("?mode=ro");
    let error = second.execute("INSERT INTO t VALUES (1)", &[]).unwrap_err();
    let message = "attempt to write a readonly database";
    expected(ErrorKind::WriteRefused, "8", message).check("INSERT", &error);
    assert!(second.is_usable());
}

#[test]
fn a_damaged_file_is_operational_and_its_connection_is_not_used_again() {
    let (folder, first, mut second) = two("");
    drop(first);
    std::fs::write(folder.path().join("shop.db"), "no database ".repeat(1_000)).unwrap();
    let error = second.execute("SELECT * FROM t", &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Operational, "{error:?}");
    assert!(!second.is_usable());
}
