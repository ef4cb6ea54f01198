//! m06: each type comes back as it went in, to its extremes.

use aludel::{
    Error, ErrorKind,
    prelude::Expression,
    types::{Date, DateTime, Decimal, Json, Time, UtcDateTime, Uuid},
};
use aludel_testing::{
    each_database,
    models::{EveryType, OtherForm, WrongForm},
};

use super::held::{refused, round_trip};
use crate::{
    backend::{Backend, current},
    features::tables,
};

#[each_database]
fn m06_integers_of_every_size() {
    round_trip!(tiny, [i8::MIN, -1, 0, 1, i8::MAX]);
    round_trip!(small, [i16::MIN, -1, 0, 1, i16::MAX]);
    round_trip!(medium, [i32::MIN, -1, 0, 1, i32::MAX]);
    round_trip!(big, [i64::MIN, -1, 0, 1, 1 << 53, (1 << 53) + 1, i64::MAX]);
    round_trip!(flag, [true, false]);
}

#[each_database]
fn m06_floating_point_numbers() {
    round_trip!(
        ratio,
        [
            0.0,
            0.1,
            -1.5,
            f64::MIN,
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::from_bits(1),
            -f64::from_bits(1),
            f64::EPSILON,
            9_007_199_254_740_993.0,
        ]
    );
    let infinite = [f64::INFINITY, f64::NEG_INFINITY];
    if current().is_mysql() {
        refused!(ratio, infinite);
    } else {
        round_trip!(ratio, infinite);
    }
}

#[each_database]
fn m06_a_negative_zero_equals_itself_and_keeps_its_sign_on_postgres_alone() {
    let conn = tables();
    conn.insert(EveryType::insert().ratio(-0.0)).unwrap();
    let found = conn.query::<EveryType>().filter(EveryType::ratio.eq(-0.0));
    let zero = found.one().unwrap().ratio.unwrap();
    assert_eq!(zero, 0.0);
    assert_eq!(zero.is_sign_negative(), current() == Backend::Postgres);
}

#[each_database]
fn m06_a_number_that_is_none_is_refused_and_not_made_null() {
    if current() == Backend::Postgres {
        // It is equal to itself there.
        round_trip!(ratio, [f64::NAN]);
    } else {
        refused!(ratio, [f64::NAN]);
    }
}

#[each_database]
fn m06_text_and_bytes() {
    round_trip!(
        body,
        [
            String::new(),
            " ".to_owned(),
            "'; DROP TABLE every_type; --".to_owned(),
            "\r\n\t\u{7f}\u{feff}".to_owned(),
            "篮球 🏀 e\u{301}".to_owned(),
            "1".to_owned(),
            "1e5".to_owned(),
            "ß".repeat(1 << 20),
            "🏀'\"\\`".repeat(1 << 17),
        ]
    );
    let with_nul = ["a\0b".to_owned(), "\0".to_owned()];
    if current() == Backend::Postgres {
        refused!(body, with_nul);
    } else {
        round_trip!(body, with_nul);
    }
    round_trip!(
        data,
        [
            Vec::new(),
            vec![0],
            b"text".to_vec(),
            (0..=255).collect(),
            vec![0xff; 1 << 20],
        ]
    );
}

#[each_database]
fn m06_dates_and_times() {
    let hour = |hour, minute, second, micro| {
        Time::from_hms_micro_opt(hour, minute, second, micro).unwrap()
    };
    let hours = [
        hour(0, 0, 0, 0),
        hour(0, 0, 0, 1),
        hour(23, 59, 59, 999_999),
    ];
    round_trip!(hour, hours);
    let day = |year, month, day| Date::from_ymd_opt(year, month, day).unwrap();
    let days = [
        day(1, 1, 1),
        day(1582, 10, 10),
        day(1900, 2, 28),
        day(2000, 2, 29),
        day(9999, 12, 31),
    ];
    round_trip!(day, days);
    let (first, last) = match current() {
        Backend::Sqlite => (Date::MIN, Date::MAX),
        Backend::Postgres => (day(-4713, 11, 24), Date::MAX),
        Backend::MariaDb | Backend::Mysql => (day(0, 1, 1), day(9999, 12, 31)),
    };
    let others = [day(0, 1, 1), day(-1, 1, 1), day(12_345, 6, 7)];
    let days_around = [first, last].into_iter().chain(others);
    let ends = [first.pred_opt(), last.succ_opt()].into_iter().flatten();
    let held = |day: &Date| (first..=last).contains(day);
    let (held, beyond): (Vec<_>, Vec<_>) = days_around.chain(ends).partition(held);
    round_trip!(day, held);
    refused!(day, beyond);
    let moments = days
        .iter()
        .flat_map(|day| hours.map(|hour| day.and_time(hour)));
    let moments: Vec<DateTime> = moments.collect();
    round_trip!(moment, moments.clone());
    let instants = moments.iter().map(DateTime::and_utc);
    round_trip!(instant, instants.collect::<Vec<UtcDateTime>>());
}

#[each_database]
fn m06_exact_numbers() {
    // Without a type of its own for them, SQLite keeps them as they are. Others keep as many digits as the column has.
    let (numbers, beyond) = match current() {
        Backend::Sqlite => (OF_ANY_SCALE, [].as_slice()),
        _ => (
            OF_SCALE_TEN,
            ["1000000000000000000", "-79228162514264337593543950335"].as_slice(),
        ),
    };
    let read = |numbers: &[&str]| -> Vec<Decimal> {
        let numbers = numbers.iter();
        numbers
            .map(|number| Decimal::from_str_exact(number).unwrap())
            .collect()
    };
    round_trip!(amount, read(numbers));
    refused!(amount, read(beyond));
}

const OF_ANY_SCALE: &[&str] = &[
    "0",
    "0.00",
    "-0.10",
    "1.10",
    "12345678901234567890.12345678",
    "1234567890123456789012345678",
    "0.0000000000000000000000000001",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
];

const OF_SCALE_TEN: &[&str] = &[
    "0.0000000000",
    "-0.1000000000",
    "1.1000000000",
    "0.0000000001",
    "-0.0000000001",
    "999999999999999999.9999999999",
    "-999999999999999999.9999999999",
];

#[each_database]
fn m06_uuids_and_json() {
    round_trip!(token, [Uuid::nil(), Uuid::max(), Uuid::from_u128(1 << 127)]);
    let (depth, key) = match current() {
        Backend::Sqlite => (100, "a\0\"b"),
        // NUL is not text there, so nothing can look for it.
        Backend::Postgres => (100, "a\"b"),
        // A check of its own allows no deeper nesting.
        Backend::MariaDb | Backend::Mysql => (29, "a\0\"b"),
    };
    let nested = (0..depth).fold(Json::from(1), |inner, _| Json::from(vec![inner]));
    let object = Json::from_iter([(key.to_owned(), Json::Null), (String::new(), nested)]);
    let values = [
        object,
        Json::from(false),
        Json::from(i64::MIN),
        Json::from(u64::MAX),
        Json::from(0.1),
        Json::from(""),
        Json::from("null"),
        Json::from("1"),
        Json::Array(Vec::new()),
        Json::Object(serde_json::Map::new()),
    ];
    if current() == Backend::Postgres {
        let conn = tables();
        let same = EveryType::payload.eq(Json::from(1));
        let error = conn.query::<EveryType>().filter(same).all().unwrap_err();
        assert!(error.is_programming(), "it has no equality: {error}");
        round_trip!(payload, EveryType::payload.cast::<Json>(), values);
    } else {
        round_trip!(payload, values);
    }
}

#[each_database]
fn m06_json_null_is_not_null() {
    let conn = tables();
    let insert = |payload: Option<Json>| conn.insert(EveryType::insert().payload(payload));
    assert_eq!(insert(Some(Json::Null)).unwrap().payload, Some(Json::Null));
    assert_eq!(insert(None).unwrap().payload, None);
    let query = || conn.query::<EveryType>();
    let null = query().filter(EveryType::payload.is_null());
    assert_eq!(null.one().unwrap().id, 2);
    let json_null = match current() {
        Backend::Postgres => query().filter(EveryType::payload.cast::<Json>().eq(Json::Null)),
        _ => query().filter(EveryType::payload.eq(Json::Null)),
    };
    assert_eq!(json_null.one().unwrap().id, 1);
}

#[each_database]
fn m06_what_is_finer_than_a_microsecond_is_cut_off_alike_everywhere() {
    let conn = tables();
    let fine = Time::from_hms_nano_opt(23, 59, 59, 999_999_999).unwrap();
    let day = Date::from_ymd_opt(1969, 12, 31).unwrap();
    let row = EveryType::insert().hour(fine).moment(day.and_time(fine));
    let row = conn.insert(row).unwrap();
    let cut = Time::from_hms_micro_opt(23, 59, 59, 999_999).unwrap();
    assert_eq!(row.hour, Some(cut));
    assert_eq!(row.moment, Some(day.and_time(cut)));
}

#[each_database]
fn m06_dates_are_kept_in_a_form_that_sorts() {
    let conn = tables();
    let day = Date::from_ymd_opt(2024, 2, 29).unwrap();
    for micro in [0, 1, 999_999] {
        let moment = day.and_hms_micro_opt(12, 0, 0, micro).unwrap();
        conn.insert(EveryType::insert().moment(moment)).unwrap();
    }
    let latest = conn
        .query::<EveryType>()
        .order_by(EveryType::moment.desc())
        .select(EveryType::id);
    assert_eq!(latest.all().unwrap(), [3, 2, 1]);
    let noon = day.and_hms_opt(12, 0, 0).unwrap();
    let later = conn.query::<EveryType>().filter(EveryType::moment.gt(noon));
    assert_eq!(later.count().unwrap(), 2);
}

#[test]
fn m06_the_usual_forms_of_other_programs_are_read() {
    let row = tables().insert(OtherForm::insert()).unwrap();
    let day = Date::from_ymd_opt(2024, 2, 29).unwrap();
    let moment = day.and_hms_opt(12, 30, 0).unwrap();
    for (form, read) in [
        ("a T", row.with_t),
        ("a Z", row.with_zulu),
        ("an offset", row.with_offset),
        ("no seconds", row.without_seconds),
        ("a zone", row.aware.naive_utc()),
    ] {
        assert_eq!(read, moment, "with {form}");
    }
    assert_eq!(row.day_alone, day.and_time(Time::MIN));
    assert_eq!(row.hour, Time::from_hms_opt(23, 59, 0).unwrap());
    let uuid = Uuid::from_u128(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff);
    assert_eq!([row.uuid_blob, row.uuid_plain], [uuid; 2]);
    assert!(row.flag);
    assert_eq!(row.whole_ratio, 3.0);
    assert_eq!(row.fraction, Decimal::from_str_exact("1.1").unwrap());
}

/// The row has a wrong value in one column, which its default put there, and NULL in the others.
fn wrong(column: &str) -> Error {
    let conn = tables();
    let row = WrongForm::insert();
    let none = |name: &str| name != column;
    macro_rules! nulls {
        ($row:ident: $($name:ident)*) => {{
            let mut row = $row;
            $( if none(stringify!($name)) { row = row.$name(None); } )*
            row
        }};
    }
    conn.insert(nulls!(row: small tiny day hour moment token amount payload number flag body))
        .unwrap_err()
}

#[test]
fn m06_a_value_that_does_not_fit_is_an_error_that_names_the_column() {
    for (column, reason) in [
        ("small", "32768 does not fit into i16"),
        ("tiny", "-129 does not fit into i8"),
        ("day", "`2024-02-30` is not a date"),
        ("hour", "`24:00` is not a time"),
        ("moment", "`yesterday` is not a timestamp"),
        ("token", "`not a uuid` is not a UUID"),
        ("amount", "`much` does not fit into Decimal"),
        ("payload", "this is not JSON"),
        ("number", "expected an integer, found text"),
        ("flag", "expected a boolean, found text"),
        ("body", "expected text, found bytes"),
    ] {
        let error = wrong(column);
        assert_eq!(error.kind(), ErrorKind::Data, "{column}: {error:?}");
        let expected = format!("column `{column}` of the result: {reason}");
        assert!(error.message().starts_with(&expected), "{error}");
    }
}

#[each_database]
fn m06_an_integer_computed_too_large_is_refused_either_way() {
    let conn = tables();
    let row = EveryType::insert().small(i16::MAX).big(i64::MAX);
    conn.insert(row).unwrap();
    conn.commit().unwrap();
    let product = conn
        .query::<EveryType>()
        .select(EveryType::small * EveryType::small);
    let error = product.one().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data, "{error:?}");
    conn.rollback().unwrap();

    let stored = conn
        .update::<EveryType>()
        .set(EveryType::small.set(EveryType::small + 1))
        .all_rows();
    if current() != Backend::Sqlite {
        let error = stored.execute().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data, "{error:?}");
        return;
    }
    assert_eq!(stored.execute().unwrap(), 1);
    let error = conn.query::<EveryType>().all().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data, "{error:?}");
    assert!(error.message().contains("column `small`"), "{error}");
}
