//! Transactions around SQL by hand, and results that stay open.

use aludel::{Engine, ErrorKind, text};
use aludel_testing::each_database;

use super::{engine, persons};

/// A database with an empty table of numbers.
fn numbers() -> Engine {
    let engine = engine();
    let conn = engine.connect().unwrap();
    conn.execute(text("create table a (n bigint)")).unwrap();
    conn.commit().unwrap();
    engine
}

fn all(engine: &Engine) -> Vec<i64> {
    let conn = engine.connect().unwrap();
    let rows = conn.execute(text("select n from a order by n")).unwrap();
    rows.scalars().unwrap()
}

#[each_database]
fn c01_the_first_statement_by_hand_begins_a_transaction() {
    let engine = numbers();
    let conn = engine.connect().unwrap();
    for sql in [
        "select n from a",
        "insert into a values (1)",
        "delete from a",
    ] {
        assert!(!conn.in_transaction());
        conn.execute(aludel::text_unchecked(sql)).unwrap();
        assert!(conn.in_transaction(), "{sql}");
        conn.rollback().unwrap();
    }
    assert!(!conn.in_transaction());
}

#[each_database]
fn c01_commit_keeps_what_was_done_by_hand_and_rollback_takes_it_back() {
    let engine = numbers();
    let conn = engine.connect().unwrap();
    conn.execute(text("insert into a values (1)")).unwrap();
    conn.commit().unwrap();
    conn.execute(text("insert into a values (2)")).unwrap();
    conn.rollback().unwrap();
    conn.execute(text("insert into a values (3)")).unwrap();
    conn.commit().unwrap();
    assert_eq!(all(&engine), [1, 3]);
}

#[each_database]
fn c01_close_and_drop_roll_back_what_was_done_by_hand() {
    let engine = numbers();
    let conn = engine.connect().unwrap();
    conn.execute(text("insert into a values (1)")).unwrap();
    conn.close().unwrap();
    let conn = engine.connect().unwrap();
    conn.execute(text("insert into a values (2)")).unwrap();
    drop(conn);
    assert_eq!(all(&engine), [0_i64; 0]);
}

/// On SQLite, two that write would wait for each other.
#[each_database]
fn c01_two_connections_read_by_hand_at_the_same_time() {
    let engine = numbers();
    let (one, other) = (engine.connect().unwrap(), engine.connect().unwrap());
    for conn in [&one, &other] {
        for sql in [
            "-- all\nselect n from a",
            "with b as (select n from a) select n from b",
        ] {
            let rows = conn.execute(aludel::text_unchecked(sql)).unwrap();
            assert!(rows.all().is_empty());
            assert!(conn.in_transaction());
        }
    }
}

/// A transaction that has only read is ended by `transact`; one that has written is kept, and with it what it wrote.
#[each_database]
fn c01_transact_is_a_part_of_a_transaction_that_wrote_by_hand() {
    let engine = numbers();
    let conn = engine.connect().unwrap();
    conn.execute(text("insert into a values (1)")).unwrap();
    conn.transact(|conn| conn.execute(text("insert into a values (2)")))
        .unwrap();
    assert!(conn.in_transaction());
    conn.rollback().unwrap();
    conn.execute(text("select n from a")).unwrap();
    conn.transact(|conn| conn.execute(text("insert into a values (3)")))
        .unwrap();
    assert!(!conn.in_transaction());
    drop(conn);
    assert_eq!(all(&engine), [3]);
}

#[each_database]
fn c03_rows_are_streamed_one_by_one() {
    let conn = persons();
    let select = text("select name, age from person where id < :id order by id").bind("id", 4);
    let mut rows = conn.stream(&select).unwrap();
    let first = rows.next().unwrap().unwrap();
    assert_eq!(
        first.typed::<(String, Option<i64>)>().unwrap(),
        ("ed".to_owned(), Some(7))
    );
    let busy = conn.execute(text("select 1")).unwrap_err();
    assert_eq!(busy.kind(), ErrorKind::Busy);
    let names: Vec<String> = rows.map(|row| row.unwrap().get("name").unwrap()).collect();
    assert_eq!(names, ["wendy", "mary"]);
    // Left early, it is over.
    drop(conn.stream(select).unwrap());
    assert_eq!(
        conn.stream(text("select * from person where id = 0"))
            .unwrap()
            .count(),
        0
    );
    let error = conn
        .stream(text("select * from nothing_like_it"))
        .map(|mut rows| rows.next());
    let error = match error {
        Ok(next) => next.unwrap().unwrap_err(),
        Err(error) => error,
    };
    assert_eq!(error.kind(), ErrorKind::Programming);
    let missing = conn.stream(text("select :a")).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::InvalidRequest);
}

#[each_database]
fn c03_a_statement_without_rows_can_be_streamed() {
    let conn = persons();
    let rows = conn.stream(text("update person set age = 1")).unwrap();
    assert_eq!(rows.count(), 0);
    let ages = conn
        .execute(text("select distinct age from person"))
        .unwrap();
    assert_eq!(ages.scalar::<i64>().unwrap(), Some(1));
}
