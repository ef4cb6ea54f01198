//! m06: types that only PostgreSQL has, and types of a schema for PostgreSQL that others have too.

use std::{net::IpAddr, ops::Bound};

use aludel::{
    Connection, ErrorKind,
    prelude::{Expression, text},
    types::{Date, DateTime, Decimal, Inet, Json, Range, Time, Uuid},
};
use aludel_testing::{
    each_database,
    shop::{self, Gauge},
    site::{self, Host, Listed, Spanned, Weather},
};

use super::held::{comes_back, is_refused};
use crate::backend::{self, Backend, assert_unsupported, current};

/// Runs the test where its tables can be. Elsewhere they have to be refused.
fn on_postgres(test: fn()) {
    if current() == Backend::Postgres {
        return test();
    }
    let engine = aludel::Engine::new(backend::url().as_str()).unwrap();
    for table in ["listed", "spanned", "host"] {
        assert_unsupported(site::catalog().create(&engine, &[table]));
    }
}

fn site() -> Connection {
    backend::connection(site::catalog())
}

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

fn moments() -> [DateTime; 3] {
    [
        day(1, 1, 1).and_time(Time::MIN),
        day(1969, 12, 31)
            .and_hms_micro_opt(23, 59, 59, 999_999)
            .unwrap(),
        day(9999, 12, 31).and_hms_micro_opt(12, 0, 0, 1).unwrap(),
    ]
}

fn decimals(texts: &[&str]) -> Vec<Decimal> {
    let read = |text: &&str| Decimal::from_str_exact(text).unwrap();
    texts.iter().map(read).collect()
}

#[each_database]
fn m06_arrays_are_vectors_of_every_type() {
    on_postgres(|| {
        comes_back!(site(), Listed::flags, [vec![], vec![true, false]]);
        comes_back!(site(), Listed::smalls, [vec![i16::MIN, i16::MAX]]);
        comes_back!(
            site(),
            Listed::numbers,
            [vec![], vec![i32::MIN, 0, i32::MAX]]
        );
        comes_back!(site(), Listed::bigs, [vec![i64::MIN, i64::MAX]]);
        comes_back!(
            site(),
            Listed::singles,
            [vec![f32::MIN, f32::from_bits(1), -0.0]]
        );
        comes_back!(
            site(),
            Listed::ratios,
            [vec![f64::MAX, f64::from_bits(1), f64::NAN]]
        );
        let numbers = decimals(&["0.00", "-0.10", "79228162514264337593543950335"]);
        comes_back!(site(), Listed::amounts, [numbers]);
        let odd = ["", " ", "NULL", "{}", "a,\"b\\", "篮球 🏀", "\n"].map(str::to_owned);
        comes_back!(
            site(),
            Listed::texts,
            [odd.to_vec(), vec!["x".repeat(1 << 20)]]
        );
        comes_back!(site(), Listed::shorts, [vec!["12345678".to_owned()]]);
        let blobs = vec![Vec::new(), (0..=255).collect()];
        comes_back!(site(), Listed::blobs, [vec![], blobs]);
        comes_back!(site(), Listed::tokens, [vec![Uuid::nil(), Uuid::max()]]);
        let documents = vec![Json::Null, Json::from("a\"b"), Json::from(vec![1])];
        comes_back!(site(), Listed::documents, [documents]);
        comes_back!(site(), Listed::weathers, [vec![], Weather::ALL.to_vec()]);
    });
}

#[each_database]
fn m06_arrays_of_times_networks_and_ranges() {
    on_postgres(|| {
        comes_back!(site(), Listed::days, [vec![Date::MAX, day(1, 1, 1)]]);
        let noon = Time::from_hms_micro_opt(12, 0, 0, 1).unwrap();
        comes_back!(site(), Listed::hours, [vec![Time::MIN, noon]]);
        comes_back!(site(), Listed::moments, [moments().to_vec()]);
        let instants = moments().map(|moment| moment.and_utc());
        comes_back!(site(), Listed::instants, [instants.to_vec()]);
        let nets = ["10.0.0.1", "::/0"].map(|net| net.parse::<Inet>().unwrap());
        comes_back!(site(), Listed::nets, [vec![], nets.to_vec()]);
        let spans = vec![Range::Empty, Range::from(..day(2024, 2, 29))];
        comes_back!(site(), Listed::spans, [spans]);
        let pauses = ["1 year 2 mons", "-00:00:00.000001"].map(str::to_owned);
        comes_back!(site(), Listed::pauses, [pauses.to_vec()]);
        let matrix = [vec![], vec![vec![1, 2], vec![3, 4]], vec![vec![i32::MIN]]];
        comes_back!(site(), Listed::matrix, matrix);
        comes_back!(
            site(),
            Listed::gaps,
            [vec![None], vec![Some(1), None, Some(2)]]
        );
        let listed = site().insert(Listed::insert()).unwrap();
        assert_eq!(listed.required, Vec::<String>::new());
    });
}

#[each_database]
fn m06_an_array_is_one_of_several_or_what_an_update_sets() {
    on_postgres(|| {
        let conn = site();
        for numbers in [vec![1], vec![2, 3], vec![]] {
            conn.insert(Listed::insert().numbers(numbers)).unwrap();
        }
        let several = Listed::numbers.in_([vec![1], vec![2, 3]]);
        let found = conn.query::<Listed>().filter(several);
        assert_eq!(found.select(Listed::id).all().unwrap(), [1, 2]);
        let changed = conn
            .update::<Listed>()
            .set(Listed::numbers.set(vec![7, 8]))
            .filter(Listed::numbers.eq(vec![2, 3]));
        assert_eq!(changed.execute().unwrap(), 1);
        let greatest = conn.query::<Listed>().order_by(Listed::numbers.desc());
        assert_eq!(greatest.first().unwrap().unwrap().numbers, Some(vec![7, 8]));
    });
}

#[each_database]
fn m06_an_array_that_its_vector_cannot_hold_is_refused() {
    on_postgres(|| {
        for (column, array, reason) in [
            (
                "numbers",
                "{1,NULL}",
                "item 2 of the array: expected an integer, found NULL",
            ),
            (
                "numbers",
                "{{1},{2}}",
                "item 1 of the array: expected an integer, found an array",
            ),
            (
                "matrix",
                "{1}",
                "item 1 of the array: expected an array, found an integer",
            ),
            (
                "texts",
                "{NULL}",
                "item 1 of the array: expected text, found NULL",
            ),
            ("days", "{infinity}", "`infinity` is no date"),
        ] {
            let conn = site();
            let insert = format!("INSERT INTO listed ({column}) VALUES ('{array}')");
            conn.execute(aludel::text_unchecked(insert)).unwrap();
            let error = conn.query::<Listed>().all().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Data, "{error}");
            let column = format!("column `{column}`");
            assert!(error.message().contains(&column), "{error}");
            assert!(error.message().contains(reason), "{error}");
        }
        let uneven = [
            vec![vec![1], vec![2, 3]],
            vec![vec![]],
            vec![vec![1], vec![]],
        ];
        is_refused!(site(), Listed::matrix, uneven);
        is_refused!(site(), Listed::texts, [vec!["a\0b".to_owned()]]);
        is_refused!(site(), Listed::shorts, [vec!["123456789".to_owned()]]);
    });
}

#[each_database]
fn m06_ranges_of_every_type() {
    on_postgres(|| {
        // Of whole numbers and days, PostgreSQL keeps the form that has its lower bound and not its upper.
        let numbers = [
            Range::Empty,
            Range::from(..),
            Range::from(1..),
            Range::from(..-1),
            Range::from(i32::MIN..i32::MAX),
        ];
        comes_back!(site(), Spanned::numbers, numbers);
        comes_back!(site(), Spanned::bigs, [Range::from(i64::MIN..i64::MAX)]);
        let days = [
            Range::from(day(1, 1, 1)..day(12_345, 12, 31)),
            Range::from(day(2024, 2, 29)..),
        ];
        comes_back!(site(), Spanned::days, days);
        let numbers = decimals(&["-0.10", "1.10", "79228162514264337593543950335"]);
        let (low, middle, high) = (numbers[0], numbers[1], numbers[2]);
        let numbers = [
            Range::from(low..=high),
            Range::Within(Bound::Excluded(low), Bound::Excluded(middle)),
            Range::from(..=middle),
            Range::from(middle..=middle),
        ];
        comes_back!(site(), Spanned::amounts, numbers);
        let [first, middle, last] = moments();
        let spans = [
            Range::from(first..=last),
            Range::from(..middle),
            Range::Empty,
        ];
        comes_back!(site(), Spanned::moments, spans);
        let instants = Range::from(first.and_utc()..last.and_utc());
        comes_back!(site(), Spanned::instants, [instants]);
    });
}

#[each_database]
fn m06_a_range_comes_back_in_the_form_that_the_database_keeps() {
    on_postgres(|| {
        let conn = site();
        for (written, kept) in [
            (Range::from(1..=4), Range::from(1..5)),
            (Range::from(..=4), Range::from(..5)),
            (
                Range::Within(Bound::Excluded(1), Bound::Unbounded),
                Range::from(2..),
            ),
            (Range::from(1..1), Range::Empty),
        ] {
            let spanned = conn.insert(Spanned::insert().numbers(written)).unwrap();
            assert_eq!(spanned.numbers, Some(kept));
        }
        // Their text has the sign of the year where PostgreSQL says BC.
        is_refused!(site(), Spanned::days, [Range::from(day(-1, 1, 1)..)]);
        is_refused!(
            site(),
            Spanned::numbers,
            [
                Range::Within(Bound::Included(5), Bound::Excluded(1)),
                Range::from(..=i32::MAX)
            ]
        );
        let conn = site();
        conn.execute(text(
            "INSERT INTO spanned (days) VALUES ('[2024-02-29,infinity)')",
        ))
        .unwrap();
        let error = conn.query::<Spanned>().one().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data, "{error}");
        assert!(error.message().contains("column `days`"), "{error}");
    });
}

#[each_database]
fn m06_network_addresses() {
    on_postgres(|| {
        let read = |text: &str| text.parse::<Inet>().unwrap();
        let addresses = [
            "0.0.0.0",
            "255.255.255.255",
            "10.1.2.3/8",
            "::",
            "fe80::1/64",
            "::ffff:1.2.3.4",
        ];
        comes_back!(site(), Host::address, addresses.map(read));
        let nets = [
            "0.0.0.0/0",
            "10.0.0.0/8",
            "192.168.0.1",
            "2001:db8::/32",
            "::1",
        ];
        comes_back!(site(), Host::net, nets.map(read));
        // What stands behind the network would have to go.
        is_refused!(site(), Host::net, [read("10.0.0.1/8")]);
        let local = Inet::new(IpAddr::from([127, 0, 0, 1]), 8).unwrap();
        assert_eq!(local, read("127.0.0.1/8"));
        assert!(Inet::new(local.address(), 33).is_err());
        assert_eq!(Inet::from(local.address()).prefix(), 32);
    });
}

#[each_database]
fn m06_times_with_a_zone_are_read_as_text() {
    on_postgres(|| {
        let times = ["00:00:00+00", "23:59:59.999999-11:30"].map(str::to_owned);
        comes_back!(site(), Host::zoned, times);
    });
}

fn gauges() -> Connection {
    backend::connection(shop::catalog())
}

#[each_database]
fn m06_spans_of_time() {
    // PostgreSQL knows what they mean, the others keep their text.
    let spans = [
        "00:00:00",
        "1 year 2 mons -3 days +04:05:06.7",
        "-178000000 years",
    ];
    comes_back!(gauges(), Gauge::pause, spans.map(str::to_owned));
    if current() == Backend::Postgres {
        is_refused!(gauges(), Gauge::pause, ["a while".to_owned()]);
    }
}

#[each_database]
fn m06_numbers_of_28_digits() {
    let whole = [
        "0",
        "-1",
        "9999999999999999999999999999",
        "-9999999999999999999999999999",
    ];
    comes_back!(gauges(), Gauge::exact, decimals(&whole));
    let fine = [
        "0.9999999999999999999999999999",
        "-0.0000000000000000000000000001",
    ];
    comes_back!(gauges(), Gauge::finest, decimals(&fine));
    let beyond = decimals(&["10000000000000000000000000000"]);
    if current() == Backend::Sqlite {
        comes_back!(gauges(), Gauge::exact, beyond);
    } else {
        is_refused!(gauges(), Gauge::exact, beyond);
        is_refused!(gauges(), Gauge::finest, decimals(&["1"]));
    }
}

#[each_database]
fn m06_text_of_a_length() {
    comes_back!(
        gauges(),
        Gauge::code,
        ["abc".to_owned(), "篮球🏀".to_owned()]
    );
    comes_back!(
        gauges(),
        Gauge::label,
        ["".to_owned(), " ".to_owned(), "'\"\\🏀".to_owned()]
    );
    let long = ["12345".to_owned()];
    if current() == Backend::Sqlite {
        comes_back!(gauges(), Gauge::label, long);
    } else {
        is_refused!(gauges(), Gauge::label, long);
    }
}

#[each_database]
fn m06_single_floats_and_json_of_a_schema_for_postgres() {
    let numbers = [
        f32::MIN,
        f32::MAX,
        f32::MIN_POSITIVE,
        f32::from_bits(1),
        0.1,
    ];
    comes_back!(gauges(), Gauge::single, numbers);
    let conn = gauges();
    let documents = [
        Json::Null,
        Json::from("null"),
        Json::from(vec![Json::Null, Json::from(1)]),
    ];
    for document in documents {
        let gauge = conn
            .insert(Gauge::insert().plain(document.clone()))
            .unwrap();
        assert_eq!(gauge.plain, Some(document));
        let found = conn.get::<Gauge>(gauge.id).unwrap().unwrap();
        assert_eq!(found, gauge);
    }
}
