//! c04: rows as data frames of Polars.

#![allow(clippy::unwrap_used)] // Clippy takes the helpers of tests for production code.

use aludel::{
    Connection, Engine, ErrorKind, Result,
    frame::{
        FrameType,
        polars_core::prelude::{AnyValue, DataFrame, DataType, TimeUnit, TimeZone},
    },
    text,
};
use aludel_testing_servers::{Kind, Server};

fn connection(url: &str) -> Connection {
    Engine::new(url).unwrap().connect().unwrap()
}

fn types(frame: &DataFrame) -> Vec<DataType> {
    frame
        .columns()
        .iter()
        .map(|column| column.dtype().clone())
        .collect()
}

fn values(frame: &DataFrame, row: usize) -> Vec<String> {
    let columns = frame.columns().iter();
    let value = |value: AnyValue<'_>| match value {
        AnyValue::String(text) => text.to_owned(),
        value => value.to_string(),
    };
    columns
        .map(|column| value(column.get(row).unwrap()))
        .collect()
}

fn micros() -> TimeUnit {
    TimeUnit::Microseconds
}

#[test]
fn c04_each_type_of_sqlite_has_its_own_in_polars() {
    let conn = connection("sqlite://");
    let create = "create table t (n integer, r real, b boolean, s text, x blob, d date, h time, m timestamp, u uuid, a text, z)";
    conn.execute(text(create)).unwrap();
    let insert = "insert into t values (7, 1.5, 1, 'é', x'00ff', '1970-01-03', '00:00:01', '1970-01-01 00:00:02', \
         '00000000-0000-0000-0000-000000000007', '-1.5', null)";
    conn.execute(text(insert)).unwrap();
    conn.execute(text("insert into t (n) values (null)"))
        .unwrap();
    let decimal = FrameType::Decimal {
        precision: 5,
        scale: 2,
    };
    let frame = conn.execute(text("select * from t")).unwrap().frame();
    let frame = frame.unwrap().with_type("a", decimal).unwrap();
    let frame = frame.into_data_frame().unwrap();
    assert_eq!(
        types(&frame),
        [
            DataType::Int64,
            DataType::Float64,
            DataType::Boolean,
            DataType::String,
            DataType::Binary,
            DataType::Date,
            DataType::Time,
            DataType::Datetime(micros(), None),
            DataType::String,
            DataType::Decimal(5, 2),
            DataType::Null,
        ]
    );
    assert_eq!(frame.height(), 2);
    assert!(
        frame
            .columns()
            .iter()
            .all(|column| column.get(1).unwrap().is_null())
    );
    let first = values(&frame, 0);
    assert_eq!(first[..2], ["7", "1.5"]);
    assert_eq!(first[3], "é");
    assert_eq!(first[8], "00000000-0000-0000-0000-000000000007");
    let at = |index: usize| frame.columns()[index].get(0).unwrap().into_static();
    assert_eq!(at(2), AnyValue::Boolean(true));
    assert_eq!(at(4), AnyValue::BinaryOwned(vec![0, 255]));
    assert_eq!(at(5), AnyValue::Date(2));
    assert_eq!(at(6), AnyValue::Time(1_000_000_000));
    assert_eq!(at(7), AnyValue::Datetime(2_000_000, micros(), None));
    assert_eq!(at(9), AnyValue::Decimal(-150, 5, 2));
}

#[test]
fn c04_columns_need_names_of_their_own_in_polars() {
    let conn = connection("sqlite://");
    let result = || conn.execute(text("select 1 as a, 2 as a")).unwrap();
    let error = result().data_frame().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error.message().starts_with("two columns are called `a`"),
        "{error}"
    );
    let frame = result().frame().unwrap().named(["a", "b"]).unwrap();
    let frame = frame.into_data_frame().unwrap();
    let names: Vec<&str> = frame
        .get_column_names()
        .into_iter()
        .map(|name| name.as_str())
        .collect();
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn c04_frames_of_polars_come_in_parts() {
    let conn = connection("sqlite://");
    let numbers = text("select column1 as n from (values (1), (2), (3))");
    let frames = conn.stream(numbers).unwrap().frames(2).unwrap();
    let frames: Result<Vec<DataFrame>> = frames.map(|frame| frame?.into_data_frame()).collect();
    let heights: Vec<usize> = frames.unwrap().iter().map(DataFrame::height).collect();
    assert_eq!(heights, [2, 1]);
    let none = conn
        .execute(text("select n from (select 1 as n) where n = 2"))
        .unwrap();
    assert_eq!(none.data_frame().unwrap().shape(), (0, 1));
}

#[test]
fn c04_arrays_and_numbers_of_any_width_are_polars_own() {
    let Some(server) = Server::shared(Kind::Postgres) else {
        return;
    };
    let conn = connection(&server.new_database());
    let select = "select 1::int2 as a, 2::int4 as b, 3::float4 as c, 1.5::numeric(5, 2) as d, \
         array[1, null, 3] as e, array['x'] as f, array['1970-01-02'::date] as g, null::int4[] as h, \
         timestamptz '1970-01-01 00:00:01+00' as i";
    let frame = conn.execute(text(select)).unwrap().data_frame().unwrap();
    let list = |item| DataType::List(Box::new(item));
    assert_eq!(
        types(&frame),
        [
            DataType::Int16,
            DataType::Int32,
            DataType::Float32,
            DataType::Decimal(5, 2),
            list(DataType::Int32),
            list(DataType::String),
            list(DataType::Date),
            list(DataType::Int32),
            DataType::Datetime(micros(), Some(TimeZone::UTC)),
        ]
    );
    let numbers = frame.columns()[4].get(0).unwrap();
    let AnyValue::List(numbers) = numbers else {
        unreachable!("{numbers}");
    };
    assert_eq!((numbers.len(), numbers.null_count()), (3, 1));
    assert!(frame.columns()[7].get(0).unwrap().is_null());
}
