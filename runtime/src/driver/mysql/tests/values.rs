//! Values both ways, at the ends of their ranges.

use super::{first, rows, text, value, with_schema};
use crate::{
    error::ErrorKind,
    row::Row,
    value::{Value, ValueRef},
};

const DAY: i64 = 86_400_000_000;

/// A column of this type keeps the first value, and gives the second.
#[rustfmt::skip]
fn round_trips() -> Vec<(&'static str, Value, Value)> {
    let uuid = *b"\x01\x23\x45\x67\x89\xab\xcd\xef\xff\xfe\x80\xef\x01\x23\x00\xef";
    let same = |ty, value: Value| (ty, value.clone(), value);
    let longest = 838 * 3_600_000_000 + 59 * 60_000_000 + 59_000_000;
    vec![
        same("tinyint", Value::Int(-128)), same("tinyint", Value::Int(127)),
        same("tinyint unsigned", Value::Int(255)),
        ("tinyint(1)", Value::Bool(true), Value::Int(1)),
        ("tinyint(1)", Value::Bool(false), Value::Int(0)),
        same("smallint", Value::Int(-32_768)), same("smallint unsigned", Value::Int(65_535)),
        same("mediumint", Value::Int(-8_388_608)), same("mediumint unsigned", Value::Int(16_777_215)),
        same("int", Value::Int(i32::MIN.into())), same("int unsigned", Value::Int(u32::MAX.into())),
        same("bigint", Value::Int(i64::MIN)), same("bigint", Value::Int(i64::MAX)),
        same("bigint unsigned", Value::UInt(u64::MAX)), same("bigint unsigned", Value::UInt(1 << 63)),
        same("bigint unsigned", Value::Int(0)),
        same("year", Value::Int(1901)), same("year", Value::Int(2155)),
        same("float", Value::Float(f32::MAX.into())), same("float", Value::Float(-0.5)),
        same("double", Value::Float(f64::MAX)), same("double", Value::Float(f64::MIN_POSITIVE)),
        same("double", Value::Float(-0.1)),
        same("decimal(65, 30)", Value::Decimal("-99999999999999999999999999999999999.999999999999999999999999999999".into())),
        same("decimal(12, 2)", Value::Decimal("0.00".into())),
        ("decimal(12, 2)", Value::Int(7), Value::Decimal("7.00".into())),
        same("varchar(20)", text("")), same("varchar(20)", text("a\0b 表 😀")), same("char(4)", text("ab")),
        same("text", text("x")), same("longtext", text("\u{10ffff}")), same("tinytext", text("'\\\"")),
        same("varchar(9) character set latin1", text("Ünïcöde")),
        same("varbinary(9)", Value::Bytes(vec![])), same("varbinary(9)", Value::Bytes(vec![0, 255, 0xc3, 0x28])),
        same("blob", Value::Bytes((0..=255).collect())), same("longblob", Value::Bytes(vec![0])),
        ("binary(16)", Value::Uuid(uuid), Value::Bytes(uuid.to_vec())),
        same("date", Value::Date(-354_285)), same("date", Value::Date(2_932_896)), same("date", Value::Date(0)),
        same("time(6)", Value::Time(0)), same("time(6)", Value::Time(DAY - 1)),
        same("time(6)", Value::Time(longest)), same("time(6)", Value::Time(-longest)), same("time(6)", Value::Time(-1)),
        same("datetime(6)", Value::Timestamp(0)), same("datetime(6)", Value::Timestamp(-1)),
        same("datetime(6)", Value::Timestamp(2_932_897 * DAY - 1)), same("datetime(6)", Value::Timestamp(-354_285 * DAY + 1)),
        ("datetime(6)", Value::TimestampUtc(1), Value::Timestamp(1)),
        same("timestamp(6)", Value::TimestampUtc(1_000_001)),
        same("timestamp(6)", Value::TimestampUtc(2_147_483_647_999_999)),
        ("bit(1)", Value::Bool(true), Value::Int(1)), same("bit(9)", Value::Int(0x1ff)),
        same("bit(64)", Value::UInt(u64::MAX)), same("bit(64)", Value::Int(i64::MAX)),
        same("enum('a', 'b''c')", text("b'c")), same("set('a', 'b', 'c')", text("a,c")), same("set('a', 'b')", text("")),
        ("json", Value::Json(r#"{"a": [1, null]}"#.into()), text(r#"{"a": [1, null]}"#)),
        same("int", Value::Null), same("text", Value::Null), same("date", Value::Null), same("blob", Value::Null),
    ]
}

#[test]
fn every_type_keeps_the_ends_of_its_range() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    for (ty, given, expected) in round_trips() {
        let create = format!("CREATE TEMPORARY TABLE kept (v {ty} NULL) CHARACTER SET utf8mb4");
        driver.execute(&create, &[]).unwrap();
        driver
            .execute("INSERT INTO kept VALUES (?)", &[given.as_ref()])
            .unwrap();
        // On MySQL, JSON has a type of its own.
        let expected = match (value(&mut driver, "SELECT v FROM kept"), expected) {
            (Value::Json(found), Value::Text(expected)) => {
                assert_eq!(found, expected);
                Value::Json(found)
            }
            (_, expected) => expected,
        };
        assert_eq!(
            value(&mut driver, "SELECT v FROM kept"),
            expected,
            "{ty}: {given:?}"
        );
        driver.execute("DROP TEMPORARY TABLE kept", &[]).unwrap();
    }
}

#[test]
fn parameters_come_back_as_what_they_are() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    let same = [
        Value::Null,
        Value::Int(-7),
        Value::UInt(u64::MAX),
        Value::Float(0.25),
        text("a\0b 表"),
    ];
    for given in same {
        let read = |row: &Row<'_>| Ok(row.get::<Option<Value>>(0)?.unwrap_or(Value::Null));
        let found = first(&mut driver, "SELECT ?", &[given.as_ref()], read).unwrap();
        assert_eq!(found, given);
    }
}

#[test]
fn what_mysql_cannot_hold_is_an_error_and_not_altered() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    let far = 253_402_300_800_000_000;
    let refused = [
        (
            Value::Float(f64::NAN),
            "parameter 2: MySQL and MariaDB have no NaN",
        ),
        (
            Value::Float(f64::INFINITY),
            "parameter 2: MySQL and MariaDB have no inf",
        ),
        (
            Value::Date(2_932_897),
            "parameter 2: the dates of MySQL and MariaDB are of the years 0 to 9999, found the year 10000",
        ),
        (
            Value::Date(-719_529),
            "parameter 2: the dates of MySQL and MariaDB are of the years 0 to 9999, found the year -1",
        ),
        (
            Value::Timestamp(far),
            "parameter 2: the dates of MySQL and MariaDB are of the years 0 to 9999",
        ),
        (
            Value::Time(i64::MAX),
            "parameter 2: 2562047788:00:54.775807 does not fit into a time of MySQL and MariaDB",
        ),
    ];
    for (value, reason) in refused {
        let parameters = [ValueRef::Int(1), value.as_ref()];
        let error = driver.execute("SELECT ?, ?", &parameters).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.message().starts_with(reason), "{error}");
        assert!(driver.is_usable());
    }
}

#[test]
fn what_does_not_fit_a_column_is_a_data_error_that_names_it() {
    let Some(mut driver) = with_schema(&[
        "CREATE TEMPORARY TABLE narrow (n tinyint, s varchar(2), d date, e enum('a'))",
    ]) else {
        return;
    };
    #[rustfmt::skip]
    let refused = [
        ("INSERT INTO narrow (n) VALUES (?)", Value::Int(128), "n"),
        ("INSERT INTO narrow (n) VALUES (?)", text("x"), "n"),
        ("INSERT INTO narrow (s) VALUES (?)", text("abc"), "s"),
        ("INSERT INTO narrow (d) VALUES (?)", text("2024-02-30"), "d"),
        ("INSERT INTO narrow (d) VALUES (?)", text("0000-00-00"), "d"),
        ("INSERT INTO narrow (e) VALUES (?)", text("b"), "e"),
    ];
    for (sql, value, column) in refused {
        let error = driver.execute(sql, &[value.as_ref()]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data, "{error:?}");
        assert_eq!(error.columns(), [column], "{error:?}");
    }
}

#[test]
fn dates_that_are_none_are_a_data_error_that_names_the_column() {
    let Some(mut driver) = with_schema(&[
        "SET sql_mode = ''",
        "CREATE TEMPORARY TABLE old (day date, at datetime)",
        "INSERT INTO old VALUES ('0000-00-00', '2024-00-01 10:00:00')",
    ]) else {
        return;
    };
    let sql = "SELECT day, at FROM old";
    for (index, message) in [
        "column `day` of the result: `0000-00-00` is not a date, although MySQL and MariaDB can keep it",
        "column `at` of the result: `2024-00-01` is not a date, although MySQL and MariaDB can keep it",
    ]
    .into_iter()
    .enumerate()
    {
        let error = first(&mut driver, sql, &[], |row| row.get::<Value>(index)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert_eq!(error.message(), message);
    }
}

#[test]
fn types_that_only_the_server_knows_can_be_selected() {
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    let point = value(&mut driver, "SELECT ST_GeomFromText('POINT(1 2)')");
    assert!(
        matches!(point, Value::Bytes(ref bytes) if bytes.len() == 25),
        "{point:?}"
    );
    assert_eq!(value(&mut driver, "SELECT NULL"), Value::Null);
    let number = value(&mut driver, "SELECT 1.50");
    assert_eq!(number, Value::Decimal("1.50".into()));
}

#[test]
fn truth_values_are_read_from_tinyint_and_bit() {
    let Some(mut driver) = with_schema(&[
        "CREATE TEMPORARY TABLE flags (a tinyint(1), b bit(1))",
        "INSERT INTO flags VALUES (2, b'1'), (0, b'0')",
    ]) else {
        return;
    };
    let read = |row: &Row<'_>| Ok((row.get::<bool>(0)?, row.get::<bool>(1)?));
    let found = rows(&mut driver, "SELECT a, b FROM flags", &[], read).unwrap();
    assert_eq!(found, [(true, true), (false, false)]);
}

#[test]
#[cfg(feature = "chrono")]
fn a_time_longer_than_a_day_is_no_time_of_day() {
    use chrono::NaiveTime;
    let Some(mut driver) = with_schema(&[]) else {
        return;
    };
    for (time, shown) in [
        ("25:00:00", "25:00:00.000000"),
        ("-00:00:01", "-00:00:01.000000"),
    ] {
        let sql = format!("SELECT CAST('{time}' AS TIME) AS t");
        let error = first(&mut driver, &sql, &[], |row| row.get::<NaiveTime>(0)).unwrap_err();
        let message = format!("column `t` of the result: {shown} does not fit into NaiveTime");
        assert_eq!(error.message(), message);
    }
}

#[test]
fn large_values_come_back_whole_and_too_large_ones_are_a_data_error() {
    let Some(mut driver) = with_schema(&["CREATE TEMPORARY TABLE big (a longblob)"]) else {
        return;
    };
    let most = super::integer(&mut driver, "SELECT @@max_allowed_packet") as usize;
    let sql = "INSERT INTO big VALUES (?)";
    let fits = vec![0xff; (most - 1_000).min(40 << 20)];
    driver.execute(sql, &[ValueRef::Bytes(&fits)]).unwrap();
    let read = |row: &Row<'_>| row.get::<Vec<u8>>(0);
    assert!(first(&mut driver, "SELECT a FROM big", &[], read).unwrap() == fits);
    if most > 64 << 20 {
        return;
    }
    for size in [most, most + (1 << 20), 2 * most] {
        let error = driver
            .execute(sql, &[ValueRef::Bytes(&vec![1; size])])
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data, "{error}");
        assert!(error.message().contains("max_allowed_packet"), "{error}");
        assert!(driver.is_usable());
        assert_eq!(driver.execute(sql, &[ValueRef::Bytes(b"x")]).unwrap(), 1);
    }
    let longest = super::integer(&mut driver, "SELECT max(length(a)) FROM big");
    assert_eq!(longest as usize, fits.len());
}
