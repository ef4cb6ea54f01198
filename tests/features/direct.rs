//! The driver's own connection, for what Aludel does not wrap: it works in the same transaction, and whether one is open stays
//! known.

mod copy;
mod local;

use aludel::{Connection, Engine, ErrorKind, Result, drivers::mysql::prelude::Queryable};
use aludel_testing::each_database;
use aludel_tour::{Girl, catalog};

use crate::backend::{self, Backend, current};

fn engine() -> Engine {
    backend::engine(catalog())
}

/// Runs a statement by the driver.
fn run(conn: &Connection, sql: &str) -> Result<()> {
    match current() {
        Backend::Sqlite => conn.with_sqlite(|raw| raw.execute_batch(sql)),
        Backend::Postgres => conn.with_postgres(async |client| client.batch_execute(sql).await),
        Backend::MariaDb | Backend::Mysql => conn.with_mysql(|raw| raw.query_drop(sql)),
    }
}

/// Reads a number by the driver.
fn number(conn: &Connection, sql: &str) -> Result<i64> {
    match current() {
        Backend::Sqlite => conn.with_sqlite(|raw| raw.query_row(sql, [], |row| row.get(0))),
        Backend::Postgres => {
            conn.with_postgres(async |client| client.query_one(sql, &[]).await?.try_get(0))
        }
        Backend::MariaDb | Backend::Mysql => {
            conn.with_mysql(|raw| Ok(raw.query_first(sql)?.unwrap_or_default()))
        }
    }
}

const INSERT: &str = "INSERT INTO girl (name) VALUES ('raw')";
const COUNT: &str = "SELECT count(*) FROM girl";

fn names(conn: &Connection) -> Vec<String> {
    let names = conn.query::<Girl>().select(Girl::name).order_by(Girl::id);
    names.all().unwrap()
}

#[each_database]
fn the_driver_reads_and_writes_what_we_do() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    conn.insert(Girl::insert().name("ours")).unwrap();
    assert_eq!(number(&conn, COUNT).unwrap(), 1);
    run(&conn, INSERT).unwrap();
    assert_eq!(names(&conn), ["ours", "raw"]);
    conn.rollback().unwrap();
    assert!(names(&conn).is_empty(), "it was in our transaction");
}

#[each_database]
fn outside_of_a_transaction_the_driver_begins_none() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    assert_eq!(number(&conn, COUNT).unwrap(), 0);
    assert!(!conn.in_transaction());
    run(&conn, INSERT).unwrap();
    assert!(!conn.in_transaction());
    conn.rollback().unwrap();
    assert_eq!(names(&conn), ["raw"], "it committed by itself");
}

#[each_database]
fn a_transaction_that_the_driver_begins_is_ours_to_end() {
    let engine = engine();
    for (end, left) in [
        (Connection::rollback as fn(&_) -> _, 0),
        (Connection::commit, 1),
    ] {
        let conn = engine.connect().unwrap();
        run(&conn, "BEGIN").unwrap();
        assert!(conn.in_transaction());
        run(&conn, INSERT).unwrap();
        assert!(conn.in_transaction());
        end(&conn).unwrap();
        assert!(!conn.in_transaction());
        assert_eq!(number(&conn, COUNT).unwrap(), left);
    }
    let conn = engine.connect().unwrap();
    run(&conn, "BEGIN").unwrap();
    run(&conn, "DELETE FROM girl").unwrap();
    conn.close().unwrap();
    assert_eq!(
        names(&engine.connect().unwrap()),
        ["raw"],
        "closing rolls back"
    );
}

#[each_database]
fn a_transaction_that_the_driver_ends_is_over() {
    let engine = engine();
    for (end, left) in [("ROLLBACK", 0), ("COMMIT", 1)] {
        let conn = engine.connect().unwrap();
        conn.insert(Girl::insert().name("ours")).unwrap();
        run(&conn, end).unwrap();
        assert!(!conn.in_transaction(), "{end}");
        conn.rollback().unwrap();
        assert_eq!(number(&conn, COUNT).unwrap(), left, "{end}");
        assert!(!conn.in_transaction());
        conn.query::<Girl>().count().unwrap();
        assert!(conn.in_transaction(), "the next statement begins another");
    }
}

#[each_database]
fn within_transact_the_driver_is_part_of_it() {
    let engine = engine();
    let failed: Result<()> = engine.transact(|conn| {
        run(conn, INSERT)?;
        assert_eq!(names(conn), ["raw"]);
        Err(conn.commit().unwrap_err())
    });
    assert_eq!(failed.unwrap_err().kind(), ErrorKind::InvalidRequest);
    assert!(names(&engine.connect().unwrap()).is_empty());
    engine.transact(|conn| run(conn, INSERT)).unwrap();
    assert_eq!(names(&engine.connect().unwrap()), ["raw"]);

    let mut after = None;
    let ended = engine.transact(|conn| {
        run(conn, "DELETE FROM girl")?;
        run(conn, "ROLLBACK")?;
        after = Some(run(conn, "DELETE FROM girl").unwrap_err());
        Ok::<_, aludel::Error>(())
    });
    assert_eq!(ended.unwrap_err().kind(), ErrorKind::Operational);
    assert_eq!(after.unwrap().kind(), ErrorKind::Operational);
    assert_eq!(
        names(&engine.connect().unwrap()),
        ["raw"],
        "nothing ran outside of it"
    );
}

#[each_database]
fn what_the_driver_wrote_is_not_committed_by_a_transact_that_follows() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    assert!(names(&conn).is_empty());
    run(&conn, INSERT).unwrap();
    conn.transact(|conn| conn.insert(Girl::insert().name("ours")))
        .unwrap();
    assert_eq!(names(&conn), ["raw", "ours"]);
    conn.rollback().unwrap();
    assert!(names(&conn).is_empty());
}

#[each_database]
fn an_error_of_the_driver_is_classified_as_any_other() {
    let engine = engine();
    let conn = engine.connect().unwrap();
    conn.insert(Girl::insert().name("raw")).unwrap();
    conn.commit().unwrap();
    for transaction in [false, true] {
        if transaction {
            run(&conn, "BEGIN").unwrap();
        }
        let error = run(&conn, INSERT).unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        assert_eq!(conn.in_transaction(), transaction);
        let error = number(&conn, "SELECT nothing FROM nowhere").unwrap_err();
        let expected = match current() {
            // The transaction has failed, which is all that it says.
            Backend::Postgres if transaction => ErrorKind::Operational,
            _ => ErrorKind::Programming,
        };
        assert_eq!(error.kind(), expected, "{error:?}");
        conn.rollback().unwrap();
    }
    assert_eq!(names(&conn), ["raw"]);
}

#[each_database]
fn the_driver_of_another_database_is_unsupported_and_nothing_is_done() {
    let conn = engine().connect().unwrap();
    let results = [
        (Backend::Sqlite, conn.with_sqlite(|_| Ok(()))),
        (Backend::Postgres, conn.with_postgres(async |_| Ok(()))),
        (Backend::MariaDb, conn.with_mysql(|_| Ok(()))),
    ];
    let title = match current() {
        Backend::Sqlite => "SQLite",
        Backend::Postgres => "PostgreSQL",
        Backend::MariaDb => "MariaDB",
        Backend::Mysql => "MySQL",
    };
    for (of, result) in results {
        if of == current() || (of.is_mysql() && current().is_mysql()) {
            result.unwrap();
            continue;
        }
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error:?}");
        assert!(
            error
                .message()
                .ends_with(&format!("this one is to {title}")),
            "{error}"
        );
    }
    assert!(!conn.in_transaction());
}

#[each_database]
fn while_rows_are_read_the_driver_is_busy() {
    let conn = engine().connect().unwrap();
    conn.insert(Girl::insert().name("ours")).unwrap();
    let query = conn.query::<Girl>();
    let rows = query.iter().unwrap();
    assert_eq!(number(&conn, COUNT).unwrap_err().kind(), ErrorKind::Busy);
    drop(rows);
    assert_eq!(number(&conn, COUNT).unwrap(), 1);
}
