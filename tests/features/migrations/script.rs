//! Texts of many statements.

use aludel::{ErrorKind, text, text_unchecked};
use aludel_testing::each_database;

use super::{count, engine};
use crate::backend::{Backend, current};

/// A table whose rows are changed by what the database keeps: its body has statements of its own.
fn with_trigger() -> &'static str {
    match current() {
        Backend::Sqlite => {
            "CREATE TABLE t (id integer PRIMARY KEY, n integer);
             CREATE TRIGGER twice AFTER INSERT ON t BEGIN
               UPDATE t SET n = CASE WHEN NEW.n > 0 THEN NEW.n * 2 END WHERE id = NEW.id;
               INSERT INTO seen VALUES (NEW.id); -- ; END;
             END;
             CREATE TABLE seen (id integer);"
        }
        Backend::Postgres => {
            "CREATE TABLE t (id integer PRIMARY KEY, n integer);
             CREATE FUNCTION twice() RETURNS trigger LANGUAGE plpgsql AS $body$
             BEGIN
               NEW.n := NEW.n * 2;
               INSERT INTO seen VALUES (NEW.id);
               RETURN NEW;
             END;
             $body$;
             CREATE TRIGGER twice BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION twice();
             CREATE FUNCTION one() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 2; SELECT 1; END;
             CREATE TABLE seen (id integer);"
        }
        Backend::MariaDb | Backend::Mysql => {
            "CREATE TABLE t (id integer PRIMARY KEY, n integer);
             CREATE TRIGGER twice BEFORE INSERT ON t FOR EACH ROW BEGIN
               IF NEW.n > 0 THEN SET NEW.n = NEW.n * 2; END IF;
               INSERT INTO seen VALUES (NEW.id);
             END;
             CREATE TABLE seen (id integer);
DELIMITER //
             CREATE PROCEDURE one() IF 1 > 0 THEN SELECT 1; END IF//
DELIMITER ;
             CALL one();"
        }
    }
}

#[each_database]
fn m15_a_text_of_many_statements_is_run_with_the_bodies_of_triggers_whole() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    let statements = conn.script(text_unchecked(with_trigger())).unwrap();
    let expected = match current() {
        Backend::Sqlite => 3,
        _ => 5,
    };
    assert_eq!(statements, expected);
    let rows = "INSERT INTO t VALUES (1, 21); SELECT 'a;b' FROM t; /* ; */ INSERT INTO t VALUES (2, 1) -- no more";
    assert_eq!(conn.script(text(rows)).unwrap(), 3);
    conn.commit().unwrap();
    assert_eq!(count(&engine, "SELECT n FROM t WHERE id = 1"), Some(42));
    assert_eq!(count(&engine, "SELECT count(*) FROM seen"), Some(2));
    assert_eq!(conn.script(text("-- nothing\n;")).unwrap(), 0);
}

#[each_database]
fn m15_the_statement_of_a_text_that_fails_is_told_with_its_place() {
    let conn = engine().connect().unwrap();
    conn.script(text("CREATE TABLE t (id integer PRIMARY KEY)"))
        .unwrap();
    conn.commit().unwrap();
    let mistaken = "INSERT INTO t VALUES (1);\n-- why\n  SELECT id,\n    größe, nowhere FROM t;\nINSERT INTO t VALUES (2);";
    let error = conn.script(text(mistaken)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Programming, "{error}");
    let place = match current() {
        // It says where in the statement.
        Backend::Sqlite | Backend::Postgres => "line 4, column 5 (statement 2 of 3): ",
        Backend::MariaDb | Backend::Mysql => "line 3, column 3 (statement 2 of 3): ",
    };
    assert!(error.message().starts_with(place), "{error}");
    assert!(error.sql().unwrap().starts_with("SELECT id"), "{error}");
    conn.rollback().unwrap();
    // What came before is a part of the transaction.
    let twice = "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (1)";
    let error = conn.script(text(twice)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UniqueViolation);
    assert!(
        error
            .message()
            .starts_with("line 2, column 1 (statement 2 of 2): "),
        "{error}"
    );
    conn.rollback().unwrap();
    let bound = conn.script(text("SELECT 1").bind("a", 1)).unwrap_err();
    assert_eq!(bound.kind(), ErrorKind::InvalidRequest);
}
