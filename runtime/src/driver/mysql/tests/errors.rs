//! Errors by kind, with what the server says about them.

use std::{error::Error as _, thread, time::Duration};

use super::{Driver, connect, integer, server, value, with_schema};
use crate::error::{Error, ErrorKind};

const SCHEMA: &[&str] = &[
    "DROP TABLE IF EXISTS aludel_child, aludel_parent",
    "CREATE TABLE aludel_parent (id int PRIMARY KEY, name varchar(20) NOT NULL, email varchar(20), UNIQUE KEY by_email (email))",
    "CREATE TABLE aludel_child (
        a int, parent int, amount int, CONSTRAINT positive CHECK (amount > 0), needed int NOT NULL,
        CONSTRAINT child_parent FOREIGN KEY (parent) REFERENCES aludel_parent (id), UNIQUE KEY `odd ``key` (a)
    )",
    "INSERT INTO aludel_parent VALUES (1, 'one', 'a'), (2, 'two', NULL)",
    "INSERT INTO aludel_child VALUES (1, 1, 1, 1)",
];

/// What is expected of the error of a statement.
struct Expected {
    kind: ErrorKind,
    state: &'static str,
    number: u16,
    table: Option<&'static str>,
    columns: &'static [&'static str],
    constraint: Option<&'static str>,
}

const fn expected(kind: ErrorKind, state: &'static str, number: u16) -> Expected {
    Expected {
        kind,
        state,
        number,
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

    const fn columns(mut self, columns: &'static [&'static str]) -> Self {
        self.columns = columns;
        self
    }

    const fn constraint(mut self, constraint: &'static str) -> Self {
        self.constraint = Some(constraint);
        self
    }

    fn check(&self, sql: &str, error: &Error) {
        assert_eq!(
            (error.kind(), error.code()),
            (self.kind, Some(self.state)),
            "{sql}: {error}"
        );
        let number = format!("(error {})", self.number);
        assert!(error.message().contains(&number), "{sql}: {error}");
        assert_eq!(error.columns(), self.columns, "{sql}: {error}");
        assert_eq!(error.constraint(), self.constraint, "{sql}: {error}");
        // Some say on MySQL alone, or on MariaDB alone, which table it was.
        if self.table.is_some() {
            assert_eq!(error.table(), self.table, "{sql}: {error}");
        }
        let source = error
            .source()
            .and_then(|source| source.downcast_ref::<mysql::Error>());
        assert!(source.is_some(), "{sql}");
    }
}

#[rustfmt::skip]
const TABLE: &[(&str, Expected)] = &[
    ("INSERT INTO aludel_parent VALUES (1, 'x', NULL)",
        expected(ErrorKind::UniqueViolation, "23000", 1062).constraint("PRIMARY")),
    ("INSERT INTO aludel_parent VALUES (3, 'x', 'a')",
        expected(ErrorKind::UniqueViolation, "23000", 1062).constraint("by_email")),
    ("UPDATE aludel_parent SET email = 'a'",
        expected(ErrorKind::UniqueViolation, "23000", 1062).constraint("by_email")),
    ("INSERT INTO aludel_child VALUES (1, 1, 1, 1)",
        expected(ErrorKind::UniqueViolation, "23000", 1062).constraint("odd `key")),
    ("INSERT INTO aludel_parent VALUES (3, NULL, NULL)",
        expected(ErrorKind::NotNullViolation, "23000", 1048).columns(&["name"])),
    ("INSERT INTO aludel_parent (id) VALUES (3)",
        expected(ErrorKind::NotNullViolation, "HY000", 1364).columns(&["name"])),
    ("INSERT INTO aludel_child VALUES (2, 9, 1, 1)",
        expected(ErrorKind::ForeignKeyViolation, "23000", 1452).of("aludel_child", &["parent"]).constraint("child_parent")),
    ("DELETE FROM aludel_parent",
        expected(ErrorKind::ForeignKeyViolation, "23000", 1451).of("aludel_child", &["parent"]).constraint("child_parent")),
    ("INSERT INTO aludel_parent VALUES ('x', 'x', 'x')",
        expected(ErrorKind::Data, "22007", 1366).columns(&["id"])),
    ("INSERT INTO aludel_parent VALUES (99999999999, 'x', 'x')",
        expected(ErrorKind::Data, "22003", 1264).columns(&["id"])),
    ("INSERT INTO aludel_parent VALUES (3, REPEAT('x', 21), 'x')",
        expected(ErrorKind::Data, "22001", 1406).columns(&["name"])),
    ("INSERT INTO aludel_parent VALUES (1 DIV 0, 'x', 'x')",
        expected(ErrorKind::Data, "22012", 1365)),
    ("SELECT 9223372036854775807 + 1",
        expected(ErrorKind::Data, "22003", 1690)),
    ("SELECT * FROM aludel_missing",
        expected(ErrorKind::Programming, "42S02", 1146)),
    ("SELECT missing FROM aludel_parent",
        expected(ErrorKind::Programming, "42S22", 1054)),
    ("SELEC 1",
        expected(ErrorKind::Programming, "42000", 1064)),
    ("INSERT INTO aludel_parent VALUES (1)",
        expected(ErrorKind::Programming, "21S01", 1136)),
    ("CREATE TABLE aludel_parent (a int)",
        expected(ErrorKind::Programming, "42S01", 1050)),
    ("DELETE FROM aludel_child; DELETE FROM aludel_parent",
        expected(ErrorKind::Programming, "42000", 1064)),
    ("SELECT @@aludel_none",
        expected(ErrorKind::Programming, "HY000", 1193)),
];

/// Tests of errors share tables, so they are one.
#[test]
fn errors_are_told_apart_and_say_what_they_are_about() {
    let Some(mut driver) = with_schema(SCHEMA) else {
        return;
    };
    for (sql, expected) in TABLE {
        let error = driver.execute(sql, &[]).unwrap_err();
        expected.check(sql, &error);
        assert!(driver.is_usable(), "{sql}");
    }
    driver.control("BEGIN").unwrap();
    for (sql, expected) in TABLE.iter().filter(|(sql, _)| !sql.starts_with("CREATE")) {
        for _ in 0..2 {
            expected.check(sql, &driver.execute(sql, &[]).unwrap_err());
        }
        assert_eq!(
            integer(&mut driver, "SELECT count(*) FROM aludel_parent"),
            2,
            "{sql}"
        );
        assert!(driver.in_transaction(), "{sql}");
    }
    driver.control("COMMIT").unwrap();
    checks(&mut driver);
    locks(&mut driver);
    driver
        .execute("DROP TABLE aludel_child, aludel_parent", &[])
        .unwrap();
}

fn checks(driver: &mut Driver) {
    let sql = "INSERT INTO aludel_child VALUES (2, 1, 0, 1)";
    let error = driver.execute(sql, &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CheckViolation, "{error:?}");
    assert_eq!(error.constraint(), Some("positive"));
}

fn locks(first: &mut Driver) {
    let mut second = connect(&server().unwrap());
    second
        .execute("SET innodb_lock_wait_timeout = 1", &[])
        .unwrap();
    for driver in [&mut *first, &mut second] {
        driver.control("BEGIN").unwrap();
    }
    let update = |driver: &mut Driver, id: u8| {
        let sql = format!("UPDATE aludel_parent SET name = 'x' WHERE id = {id}");
        driver.execute(&sql, &[])
    };
    update(first, 1).unwrap();
    let error = update(&mut second, 1).unwrap_err();
    expected(ErrorKind::LockTimeout, "HY000", 1205).check("UPDATE", &error);
    assert!(second.in_transaction() && second.is_usable());

    second
        .execute("SET innodb_lock_wait_timeout = 20", &[])
        .unwrap();
    update(&mut second, 2).unwrap();
    let (mine, theirs) = thread::scope(|scope| {
        let theirs = scope.spawn(|| update(&mut second, 1));
        thread::sleep(Duration::from_millis(200));
        (update(first, 2), theirs.join().unwrap())
    });
    let (error, loser) = match (mine, theirs) {
        (Err(error), Ok(_)) => (error, &*first),
        (Ok(_), Err(error)) => (error, &second),
        both => panic!("{both:?}"),
    };
    expected(ErrorKind::Deadlock, "40001", 1213).check("UPDATE", &error);
    assert!(!loser.in_transaction() && loser.is_usable());
    for driver in [first, &mut second] {
        driver.control("ROLLBACK").unwrap();
    }
}

#[test]
fn a_connection_that_was_killed_is_disconnected_and_not_used_again() {
    let Some(url) = server() else { return };
    for statement in ["SELECT 1", "INSERT INTO aludel_none VALUES (1)"] {
        let (mut victim, mut killer) = (connect(&url), connect(&url));
        victim.control("BEGIN").unwrap();
        let id = value(&mut victim, "SELECT CONNECTION_ID()");
        killer.execute(&format!("KILL {id}"), &[]).unwrap();
        thread::sleep(Duration::from_millis(50));
        let error = victim.execute(statement, &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Disconnected, "{error:?}");
        assert!(!victim.is_usable());
        assert!(!victim.in_transaction());
        let again = victim.control("BEGIN").unwrap_err();
        assert_eq!(again.kind(), ErrorKind::Disconnected, "{again:?}");
    }
}

#[test]
fn a_connection_that_is_killed_while_its_rows_are_read_is_disconnected() {
    let Some(url) = server() else { return };
    let (mut victim, mut killer) = (connect(&url), connect(&url));
    let id = value(&mut victim, "SELECT CONNECTION_ID()");
    let rows = "SELECT REPEAT('x', 1000) FROM (WITH RECURSIVE n AS (SELECT 1 a UNION ALL SELECT a + 1 FROM n WHERE a < 900)
                SELECT a FROM n) a, (WITH RECURSIVE n AS (SELECT 1 a UNION ALL SELECT a + 1 FROM n WHERE a < 900) SELECT a FROM n) b";
    let mut stream = victim.stream(rows, &[]).unwrap();
    assert!(stream.next(&mut |_| Ok(())).unwrap());
    killer.execute(&format!("KILL {id}"), &[]).unwrap();
    let error = loop {
        match stream.next(&mut |_| Ok(())) {
            Ok(true) => {}
            Ok(false) => panic!("the result came to its end"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), ErrorKind::Disconnected, "{error:?}");
    drop(stream);
    assert!(!victim.is_usable());
}

#[test]
fn a_statement_that_takes_too_long_is_a_timeout() {
    let Some(url) = server() else { return };
    let mut driver = connect(&url.with_query("read_timeout", "1"));
    let error = driver.execute("SELECT SLEEP(3)", &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    assert!(!driver.is_usable());
}

#[test]
fn a_statement_that_the_server_stops_for_its_time_is_a_timeout() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    if !value(&mut driver, "SELECT @@version")
        .to_string()
        .contains("MariaDB")
    {
        return;
    }
    driver.execute("SET max_statement_time = 0.1", &[]).unwrap();
    let error = driver.execute("SELECT SLEEP(3)", &[]).unwrap_err();
    expected(ErrorKind::Timeout, "70100", 1969).check("SELECT", &error);
    assert!(driver.is_usable());
}
