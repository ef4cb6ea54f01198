//! Statements, results that are broken off, and transactions.

use std::ops::ControlFlow;

use mysql::{Conn, prelude::Queryable};

use super::{Driver, connect, first, integer, rows, server, value, with_schema};
use crate::{
    Engine,
    driver::{
        DriverConnection, RowStream,
        limits::Limits,
        mysql::{
            MysqlConnection,
            options::Options,
            session::{Agreed, Session},
        },
    },
    error::{Error, ErrorKind},
    row::Row,
    value::{Value, ValueRef},
};

#[test]
fn a_wrong_number_of_parameters_is_an_error() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    for parameters in [&[][..], &[ValueRef::Int(1), ValueRef::Int(2)]] {
        let error = driver.execute("SELECT ?", parameters).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Programming);
        let expected = format!(
            "the statement has 1 parameters, but {} values were given",
            parameters.len()
        );
        assert_eq!(error.message(), expected);
    }
}

#[test]
fn changed_rows_are_those_that_were_found() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    let table = [
        ("CREATE TEMPORARY TABLE t (a int PRIMARY KEY, b int)", 0),
        ("INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)", 3),
        ("UPDATE t SET b = 1 WHERE a > 1", 2),
        ("UPDATE t SET b = 1 WHERE a > 1", 2),
        ("UPDATE t SET b = 1 WHERE a > 9", 0),
        ("SELECT * FROM t", 0),
        ("DELETE FROM t", 3),
    ];
    for (sql, changed) in table {
        assert_eq!(driver.execute(sql, &[]).unwrap(), changed, "{sql}");
    }
}

#[test]
fn rows_that_were_returned_count_as_changed() {
    let Some(mut driver) = with_schema(&["CREATE TEMPORARY TABLE t (a int)"]) else {
        return;
    };
    if !value(&mut driver, "SELECT @@version")
        .to_string()
        .contains("MariaDB")
    {
        return;
    }
    let sql = "INSERT INTO t VALUES (1), (2) RETURNING a";
    assert_eq!(driver.execute(sql, &[]).unwrap(), 2);
    let all = rows(&mut driver, sql, &[], |row| row.get::<i64>(0)).unwrap();
    assert_eq!(all, [1, 2]);
    assert_eq!(driver.execute("DELETE FROM t RETURNING a", &[]).unwrap(), 4);
}

const NUMBERS: &str = "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3";

#[test]
fn breaking_off_a_result_leaves_the_connection_ready() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    for _ in 0..2 {
        let mut seen = 0;
        let each = &mut |_: &Row<'_>| {
            seen += 1;
            Ok(ControlFlow::Break(()))
        };
        driver.query(NUMBERS, &[], each).unwrap();
        assert_eq!(seen, 1);
    }
    let failing = &mut |_: &Row<'_>| Err(Error::new(ErrorKind::Data, "no"));
    assert!(driver.query(NUMBERS, &[], failing).is_err());
    let all = rows(&mut driver, NUMBERS, &[], |row| row.get::<i64>(0)).unwrap();
    assert_eq!(all, [1, 2, 3]);
}

#[test]
fn a_stream_gives_one_row_at_a_time_and_then_the_end() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    let parameters = [ValueRef::Int(1), ValueRef::Int(2)];
    let sql = "SELECT ? UNION ALL SELECT ?";
    let mut stream = driver.stream(sql, &parameters).unwrap();
    let mut seen = Vec::new();
    for expected in [true, true, false, false] {
        let more = stream.next(&mut |row| {
            seen.push(row.get::<i64>(0)?);
            Ok(())
        });
        assert_eq!(more.unwrap(), expected, "{seen:?}");
    }
    assert_eq!(seen, [1, 2]);
}

#[test]
fn a_stream_that_is_dropped_early_leaves_the_connection_ready() {
    let Some(url) = server() else { return };
    for cache in ["256", "0"] {
        let mut driver = connect(&url.clone().with_query("statement_cache", cache));
        for read in 0..4 {
            let mut stream = driver.stream(NUMBERS, &[]).unwrap();
            for _ in 0..read {
                assert!(stream.next(&mut |_| Ok(())).unwrap());
            }
            drop(stream);
            assert_eq!(integer(&mut driver, "SELECT 7"), 7);
        }
        let mut stream = driver.stream(NUMBERS, &[]).unwrap();
        let failing = &mut |_: &Row<'_>| Err(Error::new(ErrorKind::Data, "no"));
        assert!(stream.next(failing).is_err());
        drop(stream);
        assert_eq!(integer(&mut driver, "SELECT 8"), 8);
    }
}

#[test]
fn a_stream_that_fails_in_the_middle_is_an_error_once() {
    let Some(mut driver) = with_schema(&[
        "CREATE TEMPORARY TABLE t (a int)",
        "INSERT INTO t VALUES (1), (0)",
    ]) else {
        return;
    };
    // The second row has a subquery with two rows, which is found out when it is read.
    let sql = "SELECT (SELECT 1 UNION ALL SELECT 1 FROM dual WHERE t.a = 0) FROM t";
    let failed = rows(&mut driver, sql, &[], |_| Ok(()));
    assert_eq!(failed.unwrap_err().kind(), ErrorKind::Programming);
    let mut stream = driver.stream(sql, &[]).unwrap();
    assert!(stream.next(&mut |_| Ok(())).unwrap());
    assert!(stream.next(&mut |_| Ok(())).is_err());
    assert!(!stream.next(&mut |_| Ok(())).unwrap());
    drop(stream);
    assert!(driver.is_usable());
    assert_eq!(integer(&mut driver, "SELECT 1"), 1);
}

/// How many statements the server has prepared for this connection.
fn prepared(driver: &mut Driver) -> i64 {
    let read = |row: &Row<'_>| row.get::<String>(1);
    let sql = "SHOW SESSION STATUS LIKE 'Com_stmt_prepare'";
    first(driver, sql, &[], read).unwrap().parse().unwrap()
}

fn closed(driver: &mut Driver) -> i64 {
    let read = |row: &Row<'_>| row.get::<String>(1);
    let sql = "SHOW SESSION STATUS LIKE 'Com_stmt_close'";
    first(driver, sql, &[], read).unwrap().parse().unwrap()
}

#[test]
fn statements_are_prepared_once_as_long_as_there_is_room() {
    let Some(url) = server() else { return };
    for (cache, expected) in [("256", 0), ("3", 0), ("2", 1), ("0", 4)] {
        let mut driver = connect(&url.clone().with_query("statement_cache", cache));
        prepared(&mut driver);
        integer(&mut driver, "SELECT 1");
        let before = prepared(&mut driver);
        for sql in ["SELECT 1", "SELECT 1", "SELECT 1"] {
            integer(&mut driver, sql);
        }
        integer(&mut driver, "SELECT 2");
        integer(&mut driver, "SELECT 1");
        let again = prepared(&mut driver) - before - 1;
        let expected = if cache == "0" { expected + 1 } else { expected };
        assert!(
            again >= expected && again <= expected + 1,
            "{cache}: {again}"
        );
    }
}

#[test]
fn without_a_cache_each_statement_is_closed_also_when_it_fails() {
    let Some(url) = server() else { return };
    let mut driver = connect(&url.with_query("statement_cache", "0"));
    driver
        .execute("CREATE TEMPORARY TABLE t (a int PRIMARY KEY)", &[])
        .unwrap();
    driver.execute("INSERT INTO t VALUES (1)", &[]).unwrap();
    assert!(driver.execute("INSERT INTO t VALUES (1)", &[]).is_err());
    assert!(driver.execute("SELECT ?", &[]).is_err());
    drop(driver.stream(NUMBERS, &[]).unwrap());
    // The statement that asks is open itself.
    let open = prepared(&mut driver) - closed(&mut driver);
    assert!(open <= 1, "{open}");
}

#[test]
fn many_statements_run_on_one_connection() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    for round in 0..2 {
        for number in 0..300 {
            let sql = format!("SELECT {number}");
            assert_eq!(integer(&mut driver, &sql), number, "{round}");
        }
    }
}

#[test]
fn a_cached_statement_sees_the_columns_of_a_changed_table() {
    let Some(mut driver) = with_schema(&[
        "CREATE TEMPORARY TABLE t (a int)",
        "INSERT INTO t VALUES (1)",
    ]) else {
        return;
    };
    let last = |row: &Row<'_>| row.get::<i64>(1);
    assert!(first(&mut driver, "SELECT * FROM t", &[], last).is_err());
    driver
        .execute("ALTER TABLE t ADD COLUMN b int DEFAULT 2", &[])
        .unwrap();
    assert_eq!(first(&mut driver, "SELECT * FROM t", &[], last).unwrap(), 2);
    driver
        .execute("ALTER TABLE t MODIFY COLUMN b varchar(9)", &[])
        .unwrap();
    let last = |row: &Row<'_>| row.get::<Value>(1);
    let found = first(&mut driver, "SELECT * FROM t", &[], last).unwrap();
    assert_eq!(found, Value::Text("2".into()));
}

#[test]
fn several_results_of_a_procedure_are_read_over() {
    let Some(mut driver) = with_schema(&["DROP PROCEDURE IF EXISTS aludel_two"]) else {
        return;
    };
    let create = "CREATE PROCEDURE aludel_two() BEGIN SELECT 1; SELECT 2, 3; END";
    driver.control(create).unwrap();
    let all = rows(&mut driver, "CALL aludel_two()", &[], |row| {
        row.get::<i64>(0)
    })
    .unwrap();
    assert_eq!(all, [1]);
    drop(driver.stream("CALL aludel_two()", &[]).unwrap());
    assert_eq!(driver.execute("CALL aludel_two()", &[]).unwrap(), 0);
    driver.execute("DROP PROCEDURE aludel_two", &[]).unwrap();
    assert_eq!(integer(&mut driver, "SELECT 4"), 4);
}

#[test]
fn what_is_not_prepared_runs_as_text() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    driver
        .execute("DROP PROCEDURE IF EXISTS aludel_none", &[])
        .unwrap();
    driver
        .execute("CREATE PROCEDURE aludel_none() BEGIN END", &[])
        .unwrap();
    driver.execute("DROP PROCEDURE aludel_none", &[]).unwrap();
    driver.execute("LOCK TABLES mysql.time_zone READ", &[]).ok();
    driver.execute("UNLOCK TABLES", &[]).unwrap();
}

#[test]
fn a_result_that_control_gives_is_read_over() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    driver.control("SELECT 1, 'a' UNION SELECT 2, 'b'").unwrap();
    assert_eq!(integer(&mut driver, "SELECT 5"), 5);
}

#[test]
fn transactions_are_known_whatever_ends_them() {
    let Some(mut driver) = with_schema(&[
        "DROP TABLE IF EXISTS aludel_ended",
        "CREATE TABLE aludel_ended (a int PRIMARY KEY)",
    ]) else {
        return;
    };
    let insert = "INSERT INTO aludel_ended VALUES (1)";
    // What happens after BEGIN, and whether the transaction is open then.
    #[rustfmt::skip]
    let table = [
        ("SELECT 1", true), (insert, true), ("SAVEPOINT a", true), ("SET @a = 1", true),
        ("CREATE TEMPORARY TABLE own (a int)", true), ("DROP TEMPORARY TABLE own", true),
        ("CREATE TABLE aludel_ended_too (a int)", false), ("DROP TABLE aludel_ended_too", false),
        ("COMMIT", false), ("DELETE FROM aludel_ended", true), ("ROLLBACK", false), ("ROLLBACK AND CHAIN", true),
        ("START TRANSACTION", true), ("ANALYZE TABLE aludel_ended", false), ("TRUNCATE aludel_ended", false),
    ];
    for (sql, expected) in table {
        driver.control("BEGIN").unwrap();
        assert!(driver.in_transaction());
        driver.execute(sql, &[]).unwrap();
        assert_eq!(driver.in_transaction(), expected, "{sql}");
        driver.control("ROLLBACK").unwrap();
        assert!(!driver.in_transaction());
        driver.execute("SELECT 1", &[]).unwrap();
        assert!(!driver.in_transaction(), "{sql}");
    }
    driver.execute("BEGIN", &[]).unwrap();
    assert!(driver.in_transaction());
    driver.control("COMMIT").unwrap();
    driver.execute("DROP TABLE aludel_ended", &[]).unwrap();
}

#[test]
fn a_statement_that_fails_leaves_the_transaction_open() {
    let Some(mut driver) = with_schema(&["CREATE TEMPORARY TABLE t (a int PRIMARY KEY)"]) else {
        return;
    };
    driver.control("BEGIN").unwrap();
    driver.execute("INSERT INTO t VALUES (1)", &[]).unwrap();
    for sql in [
        "INSERT INTO t VALUES (1)",
        "SELEC",
        "SELECT * FROM aludel_none",
        "DROP TABLE aludel_none, b",
    ] {
        assert!(driver.execute(sql, &[]).is_err());
        assert!(driver.is_usable());
        // DDL that fails has committed all the same.
        assert_eq!(driver.in_transaction(), !sql.starts_with("DROP"), "{sql}");
    }
    assert_eq!(integer(&mut driver, "SELECT count(*) FROM t"), 1);
}

/// A connection of the driver crate itself.
fn bare() -> Option<(Conn, Limits)> {
    let options = Options::of(&server()?).unwrap();
    let server = mysql::OptsBuilder::from_opts(options.server);
    let connection = Conn::new(server.ssl_opts(options.tls.settings()));
    Some((connection.unwrap(), options.limits))
}

#[test]
fn a_statement_that_the_server_has_forgotten_is_prepared_again() {
    let Some((bare, limits)) = bare() else {
        return;
    };
    let agreed = Agreed {
        is_mariadb: true,
        max_allowed_packet: 1 << 20,
    };
    let session = Session::new(agreed, limits);
    let mut connection = MysqlConnection::new(bare, session, 256);
    let sql = "SELECT CAST(? AS SIGNED) + @a";
    for round in 0..3 {
        let raw = connection.connection.get_mut().as_mut();
        raw.unwrap().reset().unwrap();
        connection.control("BEGIN").unwrap();
        connection.control("SET @a = 1").unwrap();
        let mut stream = connection.send(sql, &[ValueRef::Int(round)]).unwrap();
        let read = |row: &Row<'_>| {
            assert_eq!(row.get::<i64>(0)?, round + 1);
            Ok(())
        };
        assert!(stream.next(&mut |row| read(row)).unwrap());
    }
}

#[test]
fn rows_that_come_as_text_are_read_alike() {
    let Some((mut bare, _)) = bare() else {
        return;
    };
    let sql = "SELECT -7, 18446744073709551615, 1.50, 2.5e0, 'text', NULL, DATE '2024-02-29', b'101', x'00ff'";
    let row = bare.query_first::<mysql::Row, _>(sql).unwrap().unwrap();
    let row = Row::new(&row);
    let expected = [
        Value::Int(-7),
        Value::UInt(u64::MAX),
        Value::Decimal("1.50".into()),
        Value::Float(2.5),
        Value::Text("text".into()),
        Value::Null,
        Value::Text("2024-02-29".into()),
        Value::Bytes(vec![5]),
        Value::Bytes(vec![0, 255]),
    ];
    assert_eq!(row.values().unwrap(), expected);
}

#[test]
fn an_engine_commits_rolls_back_and_keeps_savepoints() {
    let Some(url) = server() else { return };
    let engine = Engine::new(url).unwrap();
    let connection = engine.connect().unwrap();
    let run = |sql: &str| connection.execute_sql(sql, &[]);
    run("DROP TABLE IF EXISTS aludel_engine").unwrap();
    run("CREATE TABLE aludel_engine (a int PRIMARY KEY)").unwrap();
    assert!(!connection.in_transaction(), "DDL commits");
    run("INSERT INTO aludel_engine VALUES (1)").unwrap();
    connection.rollback().unwrap();
    let done = connection.transact(|connection| {
        connection.execute_sql("INSERT INTO aludel_engine VALUES (2)", &[])?;
        let inner = connection.transact(|connection| {
            connection.execute_sql("INSERT INTO aludel_engine VALUES (3)", &[])?;
            connection.execute_sql("INSERT INTO aludel_engine VALUES (2)", &[])
        });
        assert_eq!(inner.unwrap_err().kind(), ErrorKind::UniqueViolation);
        connection.execute_sql("INSERT INTO aludel_engine VALUES (4)", &[])
    });
    assert_eq!(done.unwrap(), 1);
    let error = connection
        .transact(|connection| {
            connection.execute_sql("TRUNCATE aludel_engine", &[])?;
            connection.execute_sql("INSERT INTO aludel_engine VALUES (5)", &[])
        })
        .unwrap_err();
    assert!(
        error.message().contains("ended within `transact`"),
        "{error}"
    );
    run("INSERT INTO aludel_engine VALUES (6)").unwrap();
    drop(connection);
    let mut left = Vec::new();
    let connection = engine.connect().unwrap();
    connection
        .query_sql("SELECT a FROM aludel_engine", &[], false, &mut |row| {
            left.push(row.get::<i64>(0)?);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    assert_eq!(left, [0_i64; 0]);
    connection
        .execute_sql("DROP TABLE aludel_engine", &[])
        .unwrap();
}
