//! Errors by kind, and connections that are lost or not to be had.

use super::{cell, connect, open, url, with};
use crate::{
    driver::DriverConnection,
    error::{Error, ErrorKind},
    url::Url,
    value::Value,
};

fn fail(driver: &mut Box<dyn DriverConnection>, sql: &str) -> Error {
    driver.execute(sql, &[]).expect_err(sql)
}

#[test]
fn x01_a_violation_names_constraint_table_and_columns() {
    let Some(mut driver) = with(&[
        "CREATE TEMP TABLE parent (id int PRIMARY KEY)",
        "CREATE TEMP TABLE child (a int NOT NULL, \"B, b\" int, CONSTRAINT uq UNIQUE (a, \"B, b\"), CONSTRAINT fk FOREIGN KEY (a) \
         REFERENCES parent, CONSTRAINT positive CHECK (a > 0))",
        "INSERT INTO parent VALUES (1)",
        "INSERT INTO child VALUES (1, 1)",
    ]) else {
        return;
    };
    let table: [(&str, ErrorKind, Option<&str>, &[&str]); 6] = [
        (
            "INSERT INTO child VALUES (1, 1)",
            ErrorKind::UniqueViolation,
            Some("uq"),
            &["a", "B, b"],
        ),
        (
            "INSERT INTO parent VALUES (1)",
            ErrorKind::UniqueViolation,
            Some("parent_pkey"),
            &["id"],
        ),
        (
            "INSERT INTO child VALUES (2, 1)",
            ErrorKind::ForeignKeyViolation,
            Some("fk"),
            &["a"],
        ),
        (
            "DELETE FROM parent",
            ErrorKind::ForeignKeyViolation,
            Some("fk"),
            &["id"],
        ),
        (
            "INSERT INTO child VALUES (NULL, 1)",
            ErrorKind::NotNullViolation,
            None,
            &["a"],
        ),
        (
            "INSERT INTO child VALUES (0, 1)",
            ErrorKind::CheckViolation,
            Some("positive"),
            &[],
        ),
    ];
    for (sql, kind, constraint, columns) in table {
        let error = fail(&mut driver, sql);
        assert_eq!(
            (error.kind(), error.constraint()),
            (kind, constraint),
            "{sql}"
        );
        assert_eq!(error.columns(), columns, "{sql}");
        assert!(error.table().is_some(), "{sql}");
        // What stands in the row is not shown.
        assert!(!format!("{error:?}").contains("contains"), "{error:?}");
        assert!(std::error::Error::source(&error).is_none());
    }
    assert!(driver.is_usable());
}

#[test]
fn x01_errors_have_kinds_and_codes() {
    let Some(mut driver) = connect() else { return };
    let table = [
        ("SELEC 1", ErrorKind::Programming, "42601"),
        (
            "SELECT * FROM nothing_there",
            ErrorKind::Programming,
            "42P01",
        ),
        ("SELECT 1/0", ErrorKind::Data, "22012"),
        ("SELECT 3000000000::int4", ErrorKind::Data, "22003"),
        ("SELECT 1; SELECT 2", ErrorKind::Programming, "42601"),
        (
            "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$",
            ErrorKind::Serialization,
            "40001",
        ),
        (
            "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$",
            ErrorKind::Deadlock,
            "40P01",
        ),
        (
            "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53100'; END $$",
            ErrorKind::Operational,
            "53100",
        ),
    ];
    for (sql, kind, code) in table {
        let error = fail(&mut driver, sql);
        assert_eq!((error.kind(), error.code()), (kind, Some(code)), "{error}");
    }
    driver.control("SET statement_timeout = 50").unwrap();
    assert!(fail(&mut driver, "SELECT pg_sleep(5)").is_timeout());
    assert!(driver.is_usable());
}

#[test]
fn a_lock_that_is_not_free_has_a_kind() {
    let (Some(mut one), Some(mut other)) = (connect(), connect()) else {
        return;
    };
    one.control("SELECT pg_advisory_lock(2026)").unwrap();
    other.control("SET lock_timeout = 50").unwrap();
    let error = fail(&mut other, "SELECT pg_advisory_lock(2026)");
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::LockTimeout, Some("55P03")),
        "{error}"
    );
}

#[test]
fn x03_a_killed_connection_is_disconnected_and_not_used_again() {
    let (Some(mut killer), Some(mut idle), Some(mut within)) = (connect(), connect(), connect())
    else {
        return;
    };
    within.control("BEGIN").unwrap();
    for victim in [&mut idle, &mut within] {
        let pid = cell(victim, "SELECT pg_backend_pid()", &[]).unwrap();
        assert!(victim.is_usable());
        let killed = cell(
            &mut killer,
            "SELECT pg_terminate_backend($1, 5000)",
            &[pid.as_ref()],
        );
        assert_eq!(killed.unwrap(), Value::Bool(true));
        let error = cell(victim, "SELECT 1", &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Disconnected, "{error}");
        assert!(!victim.is_usable());
        let error = victim.execute("SELECT 1", &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Disconnected, "{error}");
    }
}

#[test]
fn a_connection_that_kills_itself_is_disconnected() {
    let Some(mut driver) = connect() else { return };
    let error = cell(
        &mut driver,
        "SELECT pg_terminate_backend(pg_backend_pid())",
        &[],
    )
    .unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Disconnected, Some("57P01")),
        "{error}"
    );
    assert!(!driver.is_usable());
}

#[test]
fn copying_is_refused_and_leaves_the_connection_in_order() {
    let Some(mut driver) = with(&["CREATE TEMP TABLE t (n int)", "INSERT INTO t VALUES (1)"])
    else {
        return;
    };
    for sql in ["COPY t TO STDOUT", "COPY t FROM STDIN"] {
        assert_eq!(
            fail(&mut driver, sql).kind(),
            ErrorKind::Unsupported,
            "{sql}"
        );
        assert_eq!(
            cell(&mut driver, "SELECT 1", &[]).unwrap(),
            Value::Int(1),
            "{sql}"
        );
        driver.control(sql).unwrap_err();
        assert_eq!(
            cell(&mut driver, "SELECT 2", &[]).unwrap(),
            Value::Int(2),
            "{sql}"
        );
    }
}

#[test]
fn a_database_that_is_not_there_is_a_configuration_error() {
    let Some(url) = url() else { return };
    let password = url.password().unwrap_or("secret").to_owned();
    let url = url.with_database("nothing_there").with_password(&password);
    let error = open(&url).err().unwrap();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Configuration, Some("3D000")),
        "{error}"
    );
    assert!(!format!("{error:?}").contains(&password));
}

#[test]
fn a_server_that_is_not_there_is_an_operational_error() {
    let table = [
        ("postgresql://ed:secret@127.0.0.1:1/db", "127.0.0.1:1: "),
        (
            "postgresql://ed:secret@no.such.host.invalid/db",
            "no.such.host.invalid:5432: ",
        ),
        (
            "postgresql://ed:secret@/db?host=/no/such/folder",
            "/no/such/folder/.s.PGSQL.5432: ",
        ),
    ];
    for (text, place) in table {
        let error = open(&Url::parse(text).unwrap()).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Operational, "{error}");
        assert!(error.message().contains(place), "{error}");
        assert!(!format!("{error:?}").contains("secret"));
    }
}

#[test]
fn a_server_that_says_nothing_is_a_timeout() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    for mode in ["prefer", "disable"] {
        let text = format!("postgresql://ed@127.0.0.1:{port}/db?connect_timeout=1&sslmode={mode}");
        let error = open(&Url::parse(&text).unwrap()).err().unwrap();
        assert!(error.is_timeout(), "{error}");
    }
}

#[test]
fn e02_the_next_host_is_asked_where_one_is_not_there() {
    let Some(url) = url() else { return };
    let host = url.query_value("host").or(url.host());
    let host = format!("127.0.0.1,{}", host.unwrap_or_default());
    let port = url.query_value("port").map(str::to_owned);
    let port = port.unwrap_or_else(|| url.port().unwrap_or(5432).to_string());
    let url = url.with_query("host", host);
    open(&url.with_query("port", format!("1,{port}"))).unwrap();
}
