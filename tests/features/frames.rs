//! c04: rows as record batches of Arrow, on each database.

use aludel::{
    Connection, Engine, ErrorKind,
    frame::{
        FrameType,
        arrow_array::{Array, RecordBatch, cast::AsArray, types},
        arrow_schema::{DataType, Field, TimeUnit},
    },
    prelude::*,
    query::func,
    text, text_unchecked,
};
use aludel_testing::{each_database, models::EveryType};
use aludel_tour::{Hobby, Person};
use chrono::{NaiveDate, NaiveTime};

use super::{tables, tour};
use crate::backend::{Backend, current, url};

fn empty() -> Connection {
    Engine::new(url().as_str()).unwrap().connect().unwrap()
}

fn fields(batch: &RecordBatch) -> Vec<(String, DataType, bool)> {
    let schema = batch.schema();
    let field = |field: &std::sync::Arc<Field>| {
        let (name, ty) = (field.name().clone(), field.data_type().clone());
        (name, ty, field.is_nullable())
    };
    schema.fields().iter().map(field).collect()
}

/// Four persons, of whom one has no hobby.
fn persons() -> Connection {
    let conn = tour();
    let chess = conn.insert(Hobby::insert().caption("chess")).unwrap();
    for (name, hobby) in [
        ("ed", true),
        ("wendy", false),
        ("mary", true),
        ("fred", true),
    ] {
        let person = Person::insert()
            .name(name)
            .hobby_id(hobby.then_some(chess.id));
        conn.insert(person).unwrap();
    }
    conn
}

/// The type of each column of `every_type` as this database declares it.
fn declared() -> Vec<DataType> {
    use DataType::{
        Binary, Boolean, Date32, Decimal128, FixedSizeBinary, Float64, Int8, Int16, Int32, Int64,
        Time64, Timestamp, Utf8,
    };
    let micros = TimeUnit::Microsecond;
    let (integers, amount, token) = match current() {
        Backend::Sqlite => ([Int64, Int64, Int64, Int64], Utf8, FixedSizeBinary(16)),
        Backend::Postgres => {
            let integers = [Int16, Int16, Int32, Int64];
            (integers, Decimal128(28, 10), FixedSizeBinary(16))
        }
        _ => ([Int8, Int16, Int32, Int64], Decimal128(28, 10), Binary),
    };
    // MySQL keeps points in time in `DATETIME`, which has no zone.
    let zone = (!current().is_mysql()).then(|| "UTC".into());
    let rest = [
        Boolean,
        Float64,
        Utf8,
        Binary,
        Date32,
        Time64(micros),
        Timestamp(micros, None),
        Timestamp(micros, zone),
        amount,
        token,
        Utf8,
    ];
    [Int64].into_iter().chain(integers).chain(rest).collect()
}

#[each_database]
fn c04_each_type_of_a_column_has_its_own_in_arrow() {
    let conn = tables();
    // Also where there is no row, and where there is nothing but NULL.
    let query = || conn.query::<EveryType>().order_by(EveryType::id.asc());
    let types = |batch: &RecordBatch| -> Vec<DataType> {
        fields(batch).into_iter().map(|(_, ty, _)| ty).collect()
    };
    assert_eq!(types(&query().record_batch().unwrap()), declared());
    conn.insert(EveryType::insert()).unwrap();
    assert_eq!(types(&query().record_batch().unwrap()), declared());
    let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    let hour = NaiveTime::from_hms_micro_opt(23, 59, 59, 1).unwrap();
    let moment = day.and_time(hour);
    let row = EveryType::insert()
        .tiny(-1)
        .small(2)
        .medium(3)
        .big(i64::MIN)
        .flag(true)
        .ratio(1.5)
        .body("é")
        .data(vec![0_u8, 255])
        .day(day)
        .hour(hour)
        .moment(moment)
        .instant(moment.and_utc())
        .amount("-12.5000000001".parse::<aludel::types::Decimal>().unwrap())
        .token(aludel::types::Uuid::from_u128(7))
        .payload(serde_json::json!({"a": [1]}));
    conn.insert(row).unwrap();

    let batch = query().record_batch().unwrap();
    assert_eq!(types(&batch), declared());
    let by_hand = conn
        .execute(text("select * from every_type order by id"))
        .unwrap();
    let by_hand = by_hand.record_batch().unwrap();
    assert_eq!(types(&by_hand), declared());
    assert_eq!(by_hand.columns(), batch.columns());
    for column in &batch.columns()[1..] {
        assert_eq!(
            (column.is_null(0), column.is_valid(1)),
            (true, true),
            "{column:?}"
        );
    }
    let at = |name: &str| batch.column_by_name(name).unwrap();
    assert_eq!(
        at("big").as_primitive::<types::Int64Type>().value(1),
        i64::MIN
    );
    assert!(at("flag").as_boolean().value(1));
    assert_eq!(
        at("ratio").as_primitive::<types::Float64Type>().value(1),
        1.5
    );
    assert_eq!(at("body").as_string::<i32>().value(1), "é");
    assert_eq!(at("data").as_binary::<i32>().value(1), [0, 255]);
    let days = at("day").as_primitive::<types::Date32Type>().value(1);
    assert_eq!(NaiveDate::from_epoch_days(days), Some(day));
    let micros = at("hour")
        .as_primitive::<types::Time64MicrosecondType>()
        .value(1);
    assert_eq!(micros, 86_399_000_001);
    for name in ["moment", "instant"] {
        let micros = at(name)
            .as_primitive::<types::TimestampMicrosecondType>()
            .value(1);
        assert_eq!(micros, moment.and_utc().timestamp_micros(), "{name}");
    }
}

#[each_database]
fn c04_a_column_becomes_another_type_where_the_database_has_none_of_it() {
    let conn = tables();
    let row = EveryType::insert()
        .amount("-12.5".parse::<aludel::types::Decimal>().unwrap())
        .token(aludel::types::Uuid::from_u128(7));
    conn.insert(row).unwrap();
    let query = conn.query::<EveryType>();
    let decimal = FrameType::Decimal {
        precision: 12,
        scale: 2,
    };
    let frame = query.select((EveryType::amount, EveryType::token, EveryType::body));
    let retyped = |frame: aludel::Frame| {
        frame
            .with_type("amount", decimal)
            .and_then(|frame| frame.with_type("token", FrameType::Uuid))
    };
    let batch = retyped(frame.frame().unwrap())
        .unwrap()
        .into_record_batch()
        .unwrap();
    let amount = batch.column(0).as_primitive::<types::Decimal128Type>();
    assert_eq!(
        (amount.value(0), amount.data_type()),
        (-1250, &DataType::Decimal128(12, 2))
    );
    assert_eq!(
        batch.column(1).as_fixed_size_binary().value(0),
        7_u128.to_be_bytes()
    );
    let schema = batch.schema();
    let extension = schema.field(1).metadata().get("ARROW:extension:name");
    assert_eq!(extension.map(String::as_str), Some("arrow.uuid"));
    // While it is read.
    let mut frames = frame.frames(10).unwrap();
    frames = frames
        .with_type("amount", decimal)
        .with_type("token", FrameType::Uuid);
    let streamed = frames.next().unwrap().unwrap().into_record_batch().unwrap();
    assert_eq!(streamed, batch);
    // Nothing is rounded.
    let tenths = FrameType::Decimal {
        precision: 3,
        scale: 0,
    };
    let error = frame
        .frame()
        .unwrap()
        .with_type("amount", tenths)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
    assert!(
        error
            .message()
            .starts_with("column `amount` of the result: "),
        "{error}"
    );
    let endless = FrameType::Decimal {
        precision: 39,
        scale: 0,
    };
    let error = frame
        .frame()
        .unwrap()
        .with_type("amount", endless)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    let error = frame.frame().unwrap().with_type("sum", tenths).unwrap_err();
    assert_eq!(error.message(), "there is no column `sum` in the frame");
}

#[each_database]
fn c04_columns_are_called_as_the_query_or_the_caller_says() {
    let conn = persons();
    let length = func::length(Person::name).label("letters");
    let query = conn
        .query::<Person>()
        .order_by(Person::nid.asc())
        .select((Person::name, &length));
    let names = |batch: RecordBatch| -> Vec<String> {
        fields(&batch).into_iter().map(|(name, ..)| name).collect()
    };
    assert_eq!(names(query.record_batch().unwrap()), ["name", "letters"]);
    let frame = query.frame().unwrap().named(["a", "b"]).unwrap();
    assert_eq!(names(frame.into_record_batch().unwrap()), ["a", "b"]);
    let result = || conn.execute(text("select name as \"who\", nid from person where 1 = 0"));
    if !current().is_mysql() {
        assert_eq!(
            names(result().unwrap().record_batch().unwrap()),
            ["who", "nid"]
        );
    }
    // Arrow takes a name twice.
    let twice = conn
        .query::<Person>()
        .select((Person::name, Person::name))
        .record_batch();
    assert_eq!(names(twice.unwrap()), ["name", "name"]);

    let wrong = "3 names were given for the 2 columns of the result";
    let error = query.frame().unwrap().named(["a", "b", "c"]).unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::InvalidRequest, wrong)
    );
    let mut frames = query.frames(2).unwrap().named(["a", "b", "c"]);
    assert_eq!(frames.next().unwrap().unwrap_err().message(), wrong);
    assert!(frames.next().is_none());
}

#[each_database]
fn c04_only_what_can_be_null_is_nullable() {
    let conn = persons();
    let query = conn.query::<Person>().left_join(Person::hobby);
    let batch = query
        .select((Person::entity(), Hobby::caption))
        .record_batch()
        .unwrap();
    let nullable: Vec<bool> = fields(&batch)
        .into_iter()
        .map(|(.., nullable)| nullable)
        .collect();
    assert_eq!(nullable, [false, false, true, true]);
    assert_eq!(batch.column(3).null_count(), 1);
    let query = conn
        .query::<Person>()
        .join(Person::hobby)
        .select(Hobby::caption);
    assert!(!fields(&query.record_batch().unwrap())[0].2);
    // Of one query of two it can be NULL.
    let names = conn.query::<Person>().select(Person::hobby_id);
    let both = select::<Person>()
        .select(Person::hobby_id)
        .union_all(names)
        .on(&conn);
    let batch = both.record_batch().unwrap();
    assert_eq!((batch.num_rows(), fields(&batch)[0].2), (8, true));
}

#[each_database]
fn c04_rows_come_in_batches_of_one_schema() {
    let conn = persons();
    let query = conn.query::<Person>().order_by(Person::nid.asc());
    let whole = query.record_batch().unwrap();
    let sql = text("select nid, name, hobby_id from person order by nid");
    let lengths = |frames: aludel::frame::Frames<'_>| -> Vec<usize> {
        let mut start = 0;
        let check = |frame: aludel::Result<aludel::Frame>| {
            let batch = frame.unwrap().into_record_batch().unwrap();
            assert_eq!(
                batch.columns(),
                whole.slice(start, batch.num_rows()).columns()
            );
            start += batch.num_rows();
            batch.num_rows()
        };
        frames.map(check).collect()
    };
    assert_eq!(
        lengths(conn.stream(&sql).unwrap().frames(3).unwrap()),
        [3, 1]
    );
    assert_eq!(lengths(query.frames(2).unwrap()), [2, 2]);
    assert_eq!(lengths(query.frames(9).unwrap()), [4]);
    // A result without rows has its columns.
    let none = query.clone().filter(Person::name.eq("nobody"));
    let mut frames = none.frames(3).unwrap();
    let first = frames.next().unwrap().unwrap().into_record_batch().unwrap();
    assert_eq!((first.num_rows(), fields(&first)), (0, fields(&whole)));
    assert!(frames.next().is_none());
    let mut rest = conn.stream(&sql).unwrap();
    rest.next().unwrap().unwrap();
    assert_eq!(rest.frames(9).unwrap().next().unwrap().unwrap().rows(), 3);
    let error = query.frames(0).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    // And the connection is free.
    assert_eq!(query.count().unwrap(), 4);
}

#[each_database]
fn c04_a_session_gives_what_it_has_written() {
    let engine = crate::backend::engine(aludel_tour::catalog());
    let session = aludel::Session::new(&engine);
    session.add(Person::insert().name("ed"));
    let batch = session.query::<Person>().record_batch().unwrap();
    assert_eq!(batch.column(1).as_string::<i32>().value(0), "ed");
}

#[each_database]
fn c04_what_gives_no_rows_gives_no_frame() {
    let conn = empty();
    let created = conn.execute(text("create table t (a integer)")).unwrap();
    let error = created.record_batch().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.message().contains("gives no rows"), "{error}");
}

/// One column of SQLite, as a union of these values.
fn column_of(values: &str) -> aludel::Result<RecordBatch> {
    let conn = Engine::new("sqlite://")?.connect()?;
    let sql = format!("select column1 as x from (values {values})");
    conn.execute(text_unchecked(sql))?.record_batch()
}

#[test]
fn c04_where_sqlite_declares_nothing_the_values_decide() {
    let ty = |values| column_of(values).unwrap().column(0).data_type().clone();
    assert_eq!(ty("(1), (null), (2)"), DataType::Int64);
    assert_eq!(ty("(null), ('a')"), DataType::Utf8);
    assert_eq!(ty("(x'00')"), DataType::Binary);
    assert_eq!(ty("(null), (null)"), DataType::Null);
    let mixed = column_of("(null), (1), (2.5), (3)").unwrap();
    let mixed: Vec<Option<f64>> = mixed
        .column(0)
        .as_primitive::<types::Float64Type>()
        .iter()
        .collect();
    assert_eq!(mixed, [None, Some(1.0), Some(2.5), Some(3.0)]);
    for (values, message) in [
        (
            "(1), (null), ('a')",
            "column `x` in row 3 of the result: expected an integer, found text",
        ),
        (
            "('a'), (1)",
            "column `x` in row 2 of the result: expected text, found an integer",
        ),
        (
            "('a'), (x'00')",
            "column `x` in row 2 of the result: expected text, found bytes",
        ),
        (
            "(9007199254740993), (1.5)",
            "column `x` in row 2 of the result: 9007199254740993 does not fit into f64 without a loss",
        ),
    ] {
        let error = column_of(values).unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Data, message));
    }
}

#[test]
fn c04_what_is_declared_is_held_against_what_sqlite_keeps() {
    let conn = Engine::new("sqlite://").unwrap().connect().unwrap();
    conn.execute(text("create table t (d date, n integer)"))
        .unwrap();
    conn.execute(text(
        "insert into t values ('2024-02-29', 1), ('soon', 2.5)",
    ))
    .unwrap();
    let error = conn
        .execute(text("select d from t"))
        .unwrap()
        .record_batch()
        .unwrap_err();
    let message = "column `d` in row 2 of the result: `soon` is not a date";
    assert_eq!((error.kind(), error.message()), (ErrorKind::Data, message));
    let numbers = conn
        .execute(text("select n from t"))
        .unwrap()
        .record_batch()
        .unwrap();
    assert_eq!(numbers.column(0).data_type(), &DataType::Float64);
    // In a later frame it is too late for that, unless somebody says so before.
    let frames = || {
        conn.stream(text("select n from t"))
            .unwrap()
            .frames(1)
            .unwrap()
    };
    let error = frames().nth(1).unwrap().unwrap_err();
    assert!(
        error
            .message()
            .starts_with("column `n` in row 2 of the result: "),
        "{error}"
    );
    let said: aludel::Result<Vec<_>> = frames().with_type("n", FrameType::Float64).collect();
    assert_eq!(said.unwrap().len(), 2);
}

#[test]
fn c04_hidden_values_stay_hidden() {
    let engine = Engine::builder("sqlite://")
        .hide_parameters(true)
        .build()
        .unwrap();
    let conn = engine.connect().unwrap();
    conn.execute(text("create table t (d date)")).unwrap();
    conn.execute(text("insert into t values ('secret')"))
        .unwrap();
    let sql = text("select d from t");
    let at_once = conn.execute(&sql).unwrap().frame().unwrap_err();
    let streamed = conn
        .stream(&sql)
        .unwrap()
        .frames(9)
        .unwrap()
        .next()
        .unwrap()
        .unwrap_err();
    for error in [at_once, streamed] {
        let message = "column `d` in row 1 of the result: the value, which is hidden, does not fit";
        assert_eq!(error.message(), message);
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
}
