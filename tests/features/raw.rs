//! c: SQL by hand, on each database.

mod result;
mod transaction;

use aludel::{
    Connection, Engine, Error, ErrorKind, Result, text, text_unchecked, types, value::Value,
};
use aludel_testing::each_database;

use crate::backend::{Backend, current, url};

fn engine() -> Engine {
    Engine::new(url().as_str()).unwrap()
}

/// A connection to a new database with a table of four persons, one of them without an age.
fn persons() -> Connection {
    let conn = engine().connect().unwrap();
    let create =
        "create table person (id integer primary key, name varchar(40) not null, age bigint)";
    conn.execute(text_unchecked(create)).unwrap();
    let insert = text("insert into person (id, name, age) values (:id, :name, :age)");
    for (id, name, age) in [
        (1, "ed", Some(7)),
        (2, "wendy", Some(8)),
        (3, "mary", None),
        (4, "fred", Some(8)),
    ] {
        let insert = insert
            .clone()
            .bind("id", id)
            .bind("name", name)
            .bind("age", age);
        assert_eq!(conn.execute(insert).unwrap().rows_affected(), 1);
    }
    conn.commit().unwrap();
    conn
}

fn refused(conn: &Connection, statement: aludel::Text) -> Error {
    let error = conn.execute(statement).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    error
}

#[each_database]
fn c02_values_are_bound_by_name() {
    let conn = persons();
    let ids = |statement| conn.execute(statement).unwrap().scalars::<i64>().unwrap();
    let named = text(
        "select id from person where name = :name and (age = :age or age is null) order by id",
    );
    assert_eq!(ids(named.clone().bind("name", "ed").bind("age", 7)), [1]);
    assert_eq!(
        ids(named
            .clone()
            .bind("age", 1)
            .bind("name", String::from("mary"))),
        [3]
    );
    assert_eq!(
        ids(named.bind("name", "ed").bind("age", None::<i64>)),
        [0_i64; 0]
    );
    let twice =
        text("select id from person where id = :id or id = :id + 1 order by id").bind("id", 7);
    assert_eq!(ids(twice.clone().bind("id", 2)), [2, 3]);
    // A statement can be run again.
    let twice = twice.bind("id", 3);
    for _ in 0..2 {
        let result = conn.execute(&twice).unwrap();
        assert_eq!(result.scalars::<i64>().unwrap(), [3, 4]);
    }
}

#[each_database]
fn c02_a_value_that_is_selected_keeps_its_type() {
    let conn = engine().connect().unwrap();
    let selected = conn.execute(
        text("select :a, :b, :c, :d")
            .bind("a", 1)
            .bind("b", 1.5)
            .bind("c", true)
            .bind("d", "x"),
    );
    let row = selected
        .unwrap()
        .one()
        .unwrap()
        .typed::<(i64, f64, bool, String)>()
        .unwrap();
    assert_eq!(row, (1, 1.5, true, "x".to_owned()));
    let streamed = conn
        .stream(text("select :a").bind("a", 1))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(streamed.get::<i64>(0).unwrap(), 1);
    conn.execute(text("create table note (body varchar(9), more text)"))
        .unwrap();
    conn.execute(
        text("insert into note values (:a, :b)")
            .bind("a", 7)
            .bind("b", 7),
    )
    .unwrap();
    let note = conn
        .execute(text("select * from note"))
        .unwrap()
        .typed::<(String, String)>();
    assert_eq!(note.unwrap(), [("7".to_owned(), "7".to_owned())]);
    let integer = if current() == Backend::Postgres {
        "bigint"
    } else {
        "signed"
    };
    let integer = if current() == Backend::Sqlite {
        "integer"
    } else {
        integer
    };
    let sql = text_unchecked(format!("select cast(:a as {integer})")).bind("a", 1);
    assert_eq!(conn.execute(sql).unwrap().scalar::<i64>().unwrap(), Some(1));
    let null = conn.execute(text("select :a").bind("a", None::<String>));
    assert_eq!(null.unwrap().scalar::<String>().unwrap(), None);
    let name = conn.execute(text("select :a").bind("a", "it's")).unwrap();
    assert_eq!(name.scalar::<String>().unwrap().as_deref(), Some("it's"));
}

#[each_database]
fn c02_a_list_is_bound_as_parentheses() {
    let conn = persons();
    let ids = |statement| conn.execute(statement).unwrap().scalars::<i64>().unwrap();
    let within = text("select id from person where id in :ids order by id");
    for (list, found) in [
        (vec![], vec![]),
        (vec![2], vec![2]),
        (vec![4, 1], vec![1, 4]),
        (vec![1, 2, 3], vec![1, 2, 3]),
        ((1..=100).collect(), vec![1, 2, 3, 4]),
    ] {
        assert_eq!(ids(within.clone().bind_list("ids", list)), found);
    }
    let names = text("select id from person where name in :names or age NOT IN :ages order by id");
    let names = names
        .bind_list("names", ["ed", "mary"])
        .bind_list("ages", [8, 9]);
    assert_eq!(ids(names.clone()), [1, 3]);
    // Nothing is in an empty list, not even NULL, whatever the type of the column.
    let names = names.bind_list("names", [""; 0]);
    assert_eq!(ids(names.clone().bind_list("ages", [0; 0])), [1, 2, 3, 4]);
    assert_eq!(ids(names.bind_list("ages", [7, 8])), [0_i64; 0]);
}

#[each_database]
fn c02_texts_casts_and_comments_hold_no_names() {
    let conn = persons();
    let quote = if matches!(current(), Backend::MariaDb | Backend::Mysql) {
        '`'
    } else {
        '"'
    };
    let sql = format!(
        "select ':a', 'it''s :b', name as {quote}:c{quote} -- :d\n from person /* :e */ where id = :id"
    );
    let row = conn
        .execute(text_unchecked(sql).bind("id", 1))
        .unwrap()
        .one()
        .unwrap();
    assert_eq!(
        row.values()[..2],
        [":a", "it's :b"].map(|text| Value::Text(text.into()))
    );
    assert_eq!(row.get::<String>(":c").unwrap(), "ed");
    match current() {
        Backend::Postgres => {
            let sql = text(
                r"select :a::bigint, $$ :b $$, E'\':c', '{\:d}', jsonb_build_object('a', 1) ? 'a', (array[1, 2])[1\:1]",
            );
            let row = conn.execute(sql.bind("a", 1)).unwrap().one().unwrap();
            assert_eq!(row.get::<i64>(0).unwrap(), 1);
            assert_eq!(row.get::<String>(1).unwrap(), " :b ");
            assert_eq!(row.get::<String>(2).unwrap(), "':c");
            assert_eq!(row.get::<String>(3).unwrap(), r"{\:d}");
            assert!(row.get::<bool>(4).unwrap());
            assert_eq!(row.get::<Vec<i32>>(5).unwrap(), [1]);
        }
        Backend::Sqlite => {
            let sql = text("select :a as [:b]").bind("a", 1);
            assert_eq!(conn.execute(sql).unwrap().columns(), [":b"]);
        }
        Backend::MariaDb | Backend::Mysql => {
            let sql = text("select @a := :a, '\\':b' # :c").bind("a", 1);
            let row = conn.execute(sql).unwrap().one().unwrap();
            assert_eq!(row.get::<String>(1).unwrap(), "':b");
        }
    }
}

#[each_database]
fn c02_names_without_values_and_values_without_names_are_not_sent() {
    let conn = engine().connect().unwrap();
    let missing = refused(&conn, text("select :first, :second").bind("first", 1));
    assert!(
        missing.message().contains("`:second` has no value"),
        "{missing}"
    );
    let unknown = refused(
        &conn,
        text("select :first").bind("first", 1).bind("second", 2),
    );
    assert!(
        unknown.message().contains("no `:second` in the SQL"),
        "{unknown}"
    );
    let sign = if current() == Backend::Postgres {
        "select $1"
    } else {
        "select ?"
    };
    let sign = refused(&conn, text_unchecked(sign));
    assert!(sign.message().contains("write a name"), "{sign}");
    assert_eq!(missing.sql(), Some("select :first, :second"));
    assert!(!conn.in_transaction());
}

#[each_database]
fn c02_an_error_shows_what_was_sent() {
    let conn = persons();
    let insert = text("insert into person (id, name) values (:id, :name)");
    let error = conn
        .execute(insert.bind("id", 1).bind("name", "ed"))
        .unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert!(error.sql().unwrap().starts_with("insert into person"));
    assert!(
        error.to_string().ends_with("parameters: [1, \"ed\"]"),
        "{error}"
    );
    conn.rollback().unwrap();
    let error = conn.execute(text("selekt 1")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Programming, "{error}");
    conn.rollback().unwrap();
    let error = conn.execute(text("select 1; select 2")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Programming, "{error}");
}

#[each_database]
fn c02_all_types_of_values_are_bound_and_come_back() {
    let conn = engine().connect().unwrap();
    let (bytes, double) = match current() {
        Backend::Postgres => ("bytea", "double precision"),
        _ => ("blob", "double"),
    };
    let create =
        format!("create table a (t varchar(9), b {bytes}, d {double}, day date, flag boolean)");
    conn.execute(text_unchecked(create)).unwrap();
    let day = types::Date::from_ymd_opt(2024, 2, 29).unwrap();
    let insert = text("insert into a values (:t, :b, :d, :day, :flag)");
    let insert = insert
        .bind("t", "ß")
        .bind("b", vec![0_u8, 255])
        .bind("d", 1.5)
        .bind("day", day);
    conn.execute(insert.bind("flag", true)).unwrap();
    type Row = (String, Vec<u8>, f64, types::Date, bool);
    let rows = conn
        .execute(text("select * from a"))
        .unwrap()
        .typed::<Row>()
        .unwrap();
    assert_eq!(rows, [("ß".to_owned(), vec![0, 255], 1.5, day, true)]);
}

#[each_database]
fn c05_tables_are_created_changed_and_dropped_by_hand() {
    let conn = persons();
    let altered = conn
        .execute(text("alter table person add column nick varchar(40)"))
        .unwrap();
    assert_eq!(altered.rows_affected(), 0);
    assert!(altered.columns().is_empty());
    assert!(altered.all().is_empty());
    conn.execute(text("create index person_nick on person (nick)"))
        .unwrap();
    conn.commit().unwrap();
    let star = || {
        conn.execute(text("select * from person where id = 1"))
            .unwrap()
    };
    assert_eq!(star().columns(), ["id", "name", "age", "nick"]);
    conn.execute(text("alter table person drop column age"))
        .unwrap();
    conn.commit().unwrap();
    assert_eq!(star().columns(), ["id", "name", "nick"]);
    assert_eq!(star().one().unwrap().len(), 3);
    conn.execute(text("drop table person")).unwrap();
    conn.commit().unwrap();
    let gone = conn.execute(text("select * from person")).unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::Programming);
}

#[each_database]
fn c03_dml_tells_how_many_rows_it_changed() {
    let conn = persons();
    let changed = |sql: &'static str| conn.execute(text(sql)).unwrap().rows_affected();
    assert_eq!(changed("update person set age = 9 where age = 8"), 2);
    assert_eq!(changed("update person set age = 9 where id = 99"), 0);
    assert_eq!(changed("select * from person"), 0);
    assert_eq!(changed("select 'insert' from person"), 0);
    assert_eq!(
        changed("insert into person (id, name) select id + 10, name from person"),
        4
    );
    assert_eq!(changed("delete from person where id > 10"), 4);
    let gone = changed("delete from person");
    assert_eq!(gone, 4);
}

#[each_database]
fn c03_what_returning_gives_are_rows_too() {
    let conn = persons();
    let insert =
        text("insert into person (id, name) values (5, 'jack'), (6, 'jill') returning id, name");
    if !matches!(current(), Backend::Mysql) {
        let result = conn.execute(insert).unwrap();
        assert_eq!(result.rows_affected(), 2);
        assert_eq!(result.columns(), ["id", "name"]);
        let rows = result.typed::<(i64, String)>().unwrap();
        assert_eq!(rows, [(5, "jack".to_owned()), (6, "jill".to_owned())]);
        let gone = conn
            .execute(text("delete from person where id > 4 returning id"))
            .unwrap();
        assert_eq!(gone.scalars::<i64>().unwrap().len(), 2);
    }
}

/// What the engine's own transaction does with it.
#[each_database]
fn c02_sql_by_hand_runs_within_transact() {
    let engine = engine();
    let create = engine.connect().unwrap();
    create.execute(text("create table a (n bigint)")).unwrap();
    create.commit().unwrap();
    let insert =
        |conn: &Connection, n: i64| conn.execute(text("insert into a values (:n)").bind("n", n));
    engine.transact(|conn| insert(conn, 1)).unwrap();
    let failed: Result<()> = engine.transact(|conn| {
        insert(conn, 2)?;
        Err(refused(conn, text("select :n")))
    });
    failed.unwrap_err();
    let numbers = engine.transact(|conn| conn.execute(text("select n from a"))?.scalars::<i64>());
    assert_eq!(numbers.unwrap(), [1]);
}
