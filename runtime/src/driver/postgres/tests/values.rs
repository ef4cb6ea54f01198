//! Values both ways, at the ends of their ranges.

use super::{cell, connect, rows, text, with};
use crate::{
    row::Row,
    value::{Value, ValueRef},
};

const UUID: [u8; 16] = *b"\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x23\x45\x67\x89\xab\xcd\xef";

fn decimal(text: &str) -> Value {
    Value::Decimal(text.to_owned())
}

fn array(items: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(items.into_iter().collect())
}

#[test]
fn m06_each_type_gives_back_what_it_was_given() {
    let Some(mut driver) = with(&[
        "CREATE TYPE pg_temp.mood AS ENUM ('sad', '快樂')",
        "CREATE DOMAIN pg_temp.age AS int2",
    ]) else {
        return;
    };
    let long = "9".repeat(100_000);
    let table = [
        ("int2", Value::Int(i64::from(i16::MIN))),
        ("int2", Value::Int(i64::from(i16::MAX))),
        ("int4", Value::Int(i64::from(i32::MIN))),
        ("int4", Value::Int(i64::from(i32::MAX))),
        ("int8", Value::Int(i64::MIN)),
        ("int8", Value::Int(i64::MAX)),
        ("oid", Value::Int(i64::from(u32::MAX))),
        ("pg_temp.age", Value::Int(7)),
        ("float4", Value::Float(f64::from(f32::MIN))),
        ("float4", Value::Float(f64::from(f32::MIN_POSITIVE))),
        ("float8", Value::Float(f64::MAX)),
        ("float8", Value::Float(5e-324)),
        ("float8", Value::Float(f64::NEG_INFINITY)),
        ("numeric", decimal("0")),
        ("numeric", decimal("-0.000000000000000000000000000001")),
        ("numeric", decimal("79228162514264337593543950335")),
        ("numeric", decimal("12.50")),
        ("numeric", decimal("10000.0001")),
        ("numeric", decimal(&long)),
        ("numeric", decimal("NaN")),
        ("numeric", decimal("-Infinity")),
        ("bool", Value::Bool(true)),
        ("bool", Value::Bool(false)),
        ("text", text("")),
        ("text", text("a'\\\"\n表😀")),
        ("varchar(3)", text("表表表")),
        ("name", text("x")),
        ("xml", text("<a>ä</a>")),
        ("pg_temp.mood", text("快樂")),
        ("bytea", Value::Bytes(vec![])),
        ("bytea", Value::Bytes((0..=255).collect())),
        ("date", Value::Date(0)),
        ("date", Value::Date(-2_440_588)),
        ("date", Value::Date(2_145_031_948)),
        ("time", Value::Time(0)),
        ("time", Value::Time(86_399_999_999)),
        ("time", Value::Time(86_400_000_000)),
        ("timestamp", Value::Timestamp(-1)),
        ("timestamp", Value::Timestamp(-210_866_803_200_000_000)),
        ("timestamp", Value::Timestamp(9_223_371_331_200_000_000 - 1)),
        ("timestamptz", Value::TimestampUtc(253_402_300_799_999_999)),
        ("uuid", Value::Uuid(UUID)),
        ("json", Value::Json(r#"{"a": [1, null]}"#.to_owned())),
        ("jsonb", Value::Json(r#"{"a": [1, null]}"#.to_owned())),
        ("jsonb", Value::Json("null".to_owned())),
        ("int4", Value::Null),
        ("int4[]", array([])),
        (
            "int4[]",
            array([Value::Int(1), Value::Null, Value::Int(-1)]),
        ),
        (
            "int8[]",
            array([
                array([Value::Int(1), Value::Int(2)]),
                array([Value::Int(3), Value::Null]),
            ]),
        ),
        (
            "text[]",
            array([text(""), text("a,\"b\\"), text("NULL"), Value::Null]),
        ),
        ("numeric[]", array([decimal("0.10"), decimal("-1")])),
        ("pg_temp.mood[]", array([text("sad"), text("快樂")])),
        ("uuid[]", array([Value::Uuid(UUID)])),
        ("timestamptz[]", array([Value::TimestampUtc(1)])),
        ("inet[]", array([text("10.0.0.1"), text("::1")])),
    ];
    for (ty, value) in table {
        let sql = format!("SELECT CAST($1 AS {ty})");
        let found = cell(&mut driver, &sql, &[value.as_ref()]);
        assert_eq!(found.unwrap(), value, "{ty}");
    }
}

#[test]
fn m06_types_without_a_form_of_their_own_are_text() {
    let Some(mut driver) = connect() else { return };
    let table = [
        ("interval", "1 year 2 mons -3 days +04:05:06.789"),
        ("interval", "-00:00:00.000001"),
        ("interval", "00:00:00"),
        ("interval", "-1 years -2 mons +3 days"),
        ("interval", "178000000 years"),
        ("timetz", "23:59:59.5+02:30"),
        ("timetz", "00:00:00-15"),
        ("inet", "192.168.0.1"),
        ("inet", "10.1.2.3/8"),
        ("cidr", "10.0.0.0/8"),
        ("inet", "2001:db8::1"),
        ("macaddr", "08:00:2b:01:02:03"),
        ("bit(9)", "101010101"),
        ("varbit", ""),
        ("int4range", "[1,5)"),
        ("int4range", "empty"),
        ("int8range", "(,)"),
        ("numrange", "(1.50,2.5]"),
        ("daterange", "[2024-01-01,2024-02-01)"),
        ("daterange", "[-infinity,infinity)"),
        (
            "tsrange",
            "[\"2024-01-01 00:00:00\",\"2024-01-01 12:00:00.5\")",
        ),
        ("tstzrange", "[\"2024-01-01 00:00:00+00\",)"),
        ("int4multirange", "{[1,3),[5,8)}"),
    ];
    for (ty, value) in table {
        let sql = format!("SELECT CAST($1 AS {ty}), format('%s', CAST($1 AS {ty}))");
        let read = |row: &Row<'_>| Ok((row.get::<String>(0)?, row.get::<String>(1)?));
        let found = rows(&mut driver, &sql, &[ValueRef::Text(value)], read).unwrap();
        let (ours, servers) = &found[0];
        assert_eq!(ours, value, "{ty}");
        assert_eq!(ours, servers, "{ty}");
    }
}

#[test]
fn a_type_that_only_the_server_knows_comes_as_it_is() {
    let Some(mut driver) = with(&["CREATE TYPE pg_temp.pair AS (a int4, b text)"]) else {
        return;
    };
    for (sql, name) in [
        ("SELECT point(1, 2)", "point"),
        ("SELECT to_tsvector('simple', 'a b')", "tsvector"),
        ("SELECT CAST(ROW(1, 'x') AS pg_temp.pair)", "pair"),
        ("SELECT 1.5::numeric::money", "money"),
    ] {
        let found = cell(&mut driver, sql, &[]).unwrap();
        assert!(
            matches!(&found, Value::Other(opaque) if opaque.type_name == name),
            "{found:?}"
        );
    }
    let point = cell(&mut driver, "SELECT point(1, 2)", &[]).unwrap();
    let back = cell(
        &mut driver,
        "SELECT CAST(CAST($1 AS point) AS text)",
        &[point.as_ref()],
    );
    assert_eq!(back.unwrap(), text("(1,2)"));
    let written = cell(
        &mut driver,
        "SELECT CAST(CAST($1 AS point) AS text)",
        &[ValueRef::Text("(3,4)")],
    );
    assert_eq!(written.unwrap(), text("(3,4)"));
}

#[test]
fn a_type_that_the_server_cannot_send_in_binary_comes_as_text() {
    let Some(mut driver) = connect() else { return };
    let sql = "SELECT 1 AS one, acldefault('r', 10) AS \"a\"\"b\", 'x'::text AS last -- of all";
    driver.control("BEGIN").unwrap();
    for _ in 0..2 {
        let read = |row: &Row<'_>| {
            let values = row.values()?;
            Ok((values.len(), row.get::<String>(1)?, row.get::<String>(2)?))
        };
        let found = rows(&mut driver, sql, &[], read).unwrap();
        assert!(
            found[0].1.starts_with('{') && found[0].1.contains("=arwdDxt"),
            "{found:?}"
        );
        assert_eq!((found[0].0, found[0].2.as_str()), (3, "x"));
        let mut stream = driver.stream(sql, &[]).unwrap();
        let more = stream.next(&mut |row| row.get::<String>(1).map(drop));
        assert!(more.unwrap());
    }
}

#[test]
fn a_value_becomes_the_type_that_is_expected_where_nothing_is_lost() {
    let Some(mut driver) = connect() else { return };
    let table = [
        ("int4", text("7"), Value::Int(7)),
        ("int2", Value::UInt(7), Value::Int(7)),
        ("int8", decimal("7"), Value::Int(7)),
        ("int8", Value::Float(7.0), Value::Int(7)),
        (
            "numeric",
            Value::Int(i64::MIN),
            decimal("-9223372036854775808"),
        ),
        (
            "numeric",
            Value::UInt(u64::MAX),
            decimal("18446744073709551615"),
        ),
        ("numeric", Value::Float(0.1), decimal("0.1")),
        (
            "float8",
            Value::Int(1 << 60),
            Value::Float((1_u64 << 60) as f64),
        ),
        ("float8", decimal("0.1"), Value::Float(0.1)),
        ("text", Value::Int(7), text("7")),
        (
            "text",
            Value::Uuid(UUID),
            text("01234567-89ab-cdef-0123-456789abcdef"),
        ),
        ("bool", Value::Int(1), Value::Bool(true)),
        (
            "uuid",
            text("01234567-89ab-cdef-0123-456789abcdef"),
            Value::Uuid(UUID),
        ),
        ("uuid", Value::Bytes(UUID.to_vec()), Value::Uuid(UUID)),
        ("date", text("1970-01-02"), Value::Date(1)),
        ("timestamptz", Value::Timestamp(5), Value::TimestampUtc(5)),
        (
            "timestamp",
            Value::Date(1),
            Value::Timestamp(86_400_000_000),
        ),
        ("interval", Value::Time(1), text("00:00:00.000001")),
        ("jsonb", Value::Int(7), Value::Json("7".to_owned())),
        (
            "int4[]",
            text("{1,2}"),
            array([Value::Int(1), Value::Int(2)]),
        ),
    ];
    for (ty, value, expected) in table {
        let sql = format!("SELECT CAST($1 AS {ty})");
        let found = cell(&mut driver, &sql, &[value.as_ref()]);
        assert_eq!(found.unwrap(), expected, "{value:?} as {ty}");
    }
}

#[test]
fn arrays_are_vectors() {
    let Some(mut driver) = connect() else { return };
    let sql = "SELECT ARRAY[1, NULL, 3], ARRAY['a', 'b'], '\\x0102'::bytea";
    let read = |row: &Row<'_>| {
        Ok((
            row.get::<Vec<Option<i32>>>(0)?,
            row.get::<Vec<String>>(1)?,
            row.get::<Vec<u8>>(2)?,
        ))
    };
    let found = rows(&mut driver, sql, &[], read).unwrap().remove(0);
    assert_eq!(
        found,
        (
            vec![Some(1), None, Some(3)],
            vec!["a".to_owned(), "b".to_owned()],
            vec![1, 2]
        )
    );
    let error = rows(&mut driver, sql, &[], |row| row.get::<Vec<i32>>(0)).unwrap_err();
    assert!(error.message().contains("item 2 of the array"), "{error}");
    let keys = Value::Array(vec![Value::Int(2), Value::Int(3)]);
    let count = cell(
        &mut driver,
        "SELECT count(*) FROM generate_series(1, 5) AS n WHERE n = ANY($1)",
        &[keys.as_ref()],
    );
    assert_eq!(count.unwrap(), Value::Int(2));
}

#[test]
fn a_made_value_does_not_stay_for_the_next_row() {
    let Some(mut driver) = connect() else { return };
    let sql = "SELECT n FROM (VALUES (1.5, 1), (NULL, 2), (20.25, 3)) AS v (n, i) ORDER BY i";
    let found = rows(&mut driver, sql, &[], |row| row.get::<Option<Value>>(0)).unwrap();
    assert_eq!(found, [Some(decimal("1.5")), None, Some(decimal("20.25"))]);
}
