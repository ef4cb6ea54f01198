//! q07: functions of values, ours and any by name.

use aludel::{ErrorKind, prelude::*};
use aludel_testing::{
    each_database,
    models::{Article, Author},
};

use super::press::{press, some};
use crate::backend::{Backend, current, supported};

#[each_database]
fn q07_functions_of_text_numbers_and_nulls() {
    let conn = press();
    let ann = || conn.query::<Author>().filter(Author::id.eq(1));
    let texts = ann().select((
        func::lower(Author::name + "X"),
        func::upper(Author::nick),
        func::trim(func::value::<String>("  x ")),
        func::length(Author::name + "é"),
        func::substring(Author::name, 2, 2),
        func::position(Author::name, "n"),
        func::position(Author::name, "z"),
        func::replace(Author::name, "n", "nn"),
    ));
    assert_eq!(
        texts.one().unwrap(),
        (
            "annx".to_owned(),
            some("A"),
            "x".to_owned(),
            4,
            "nn".to_owned(),
            2,
            0,
            "annnn".to_owned(),
        )
    );
    let numbers = ann().select((
        func::abs(Author::age - 50),
        func::floor(Author::weight),
        func::ceil(Author::weight),
        func::round(Author::weight / 4, 1),
        func::floor(Author::weight * -1),
        func::ceil(Author::weight * -1),
        func::greatest(Author::age, 41),
        func::least(Author::age, Author::id),
    ));
    let expected = (
        10,
        Some(60.0),
        Some(61.0),
        Some(15.1),
        Some(-61.0),
        Some(-60.0),
        41,
        1,
    );
    assert_eq!(numbers.one().unwrap(), expected);
    let nulls = conn.query::<Author>().order_by(Author::id).select((
        func::coalesce(Author::nick, "-"),
        func::coalesce(Author::nick, Author::nick),
        func::nullif(Author::age, 30),
        func::greatest(Author::weight, 70.0),
        func::least(70.0.to_expr(), Author::weight),
    ));
    let rows = nulls.all().unwrap();
    assert_eq!(
        rows[0],
        ("a".to_owned(), some("a"), Some(40), Some(70.0), Some(60.5))
    );
    assert_eq!(
        rows[1],
        ("-".to_owned(), None, None, Some(70.0), Some(70.0))
    );
    let random = conn.query::<Author>().select(func::random()).all().unwrap();
    assert!(
        random.iter().all(|number| (0.0..1.0).contains(number)),
        "{random:?}"
    );
    assert_ne!(random[0], random[1], "another one for each row");
    let now = ann().select(func::now()).one().unwrap();
    let age = chrono_now() - now;
    assert!(age.num_seconds().abs() < 60, "{now}");
}

/// A number as an expression.
trait ToExpr {
    fn to_expr(self) -> aludel::query::Expr<f64, aludel::query::NoColumns>;
}

impl ToExpr for f64 {
    fn to_expr(self) -> aludel::query::Expr<f64, aludel::query::NoColumns> {
        func::value::<f64>(self)
    }
}

fn chrono_now() -> aludel::types::DateTime {
    let passed = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let seconds = i64::try_from(passed.as_secs()).unwrap();
    aludel::types::UtcDateTime::from_timestamp(seconds, 0)
        .unwrap()
        .naive_utc()
}

#[each_database]
fn q07_any_function_is_called_by_its_name() {
    let conn = press();
    let (code, joined, version) = match current() {
        Backend::Sqlite => ("unicode", "printf", "sqlite_version"),
        Backend::Postgres => ("ascii", "format", "version"),
        Backend::MariaDb | Backend::Mysql => ("ord", "concat_ws", "version"),
    };
    let (first, expected) = match current() {
        Backend::MariaDb | Backend::Mysql => ("-", "ann-40"),
        _ => ("%s!", "ann!"),
    };
    let one = conn.query::<Author>().filter(Author::id.eq(1)).select((
        func::call::<Option<i64>, _>(code, Author::nick).cast::<i64>(),
        func::call::<String, _>(
            joined,
            (func::value::<String>(first), Author::name, Author::age),
        ),
        func::call::<String, _>(version, ()),
    ));
    let (code, joined, version) = one.one().unwrap();
    assert_eq!((code, joined.as_str()), (Some(97), expected));
    assert!(version.contains('.'), "{version}");
    let articles = || conn.query::<Article>();
    let greatest = articles().group_by(Article::author_id);
    let greatest = greatest.order_by(Article::author_id);
    let greatest = greatest.select(func::aggregate::<i64, _>("max", Article::score));
    assert_eq!(greatest.all().unwrap(), [5, 7, 1]);
    let filtered = func::aggregate::<i64, _>("count", Article::score);
    let filtered = filtered.distinct().filter(Article::id.gt(2));
    assert_eq!(articles().select(filtered).one().unwrap(), 3);
    // Whether it passes over NULLs is not known, and a filter that becomes a CASE needs that.
    let own = match current() {
        Backend::Sqlite => "total",
        _ => "bit_or",
    };
    let own = func::aggregate::<f64, _>(own, Article::score).filter(Article::id.lt(4));
    match (supported(articles().select(own).one()), current()) {
        (None, Backend::MariaDb | Backend::Mysql) => {}
        (Some(total), Backend::Sqlite) => assert_eq!(total, 12.0),
        (Some(bits), Backend::Postgres) => assert_eq!(bits, 7.0),
        other => panic!("{other:?}"),
    }
    let unknown = conn
        .query::<Author>()
        .select(func::call::<i64, _>("no_such", Author::id));
    assert!(unknown.all().unwrap_err().is_programming());
}

#[each_database]
fn q07_a_function_whose_name_is_no_name_is_refused_before_anything_is_sent() {
    let conn = press();
    conn.commit().unwrap();
    for name in [
        "", "a\"b", "a'b", "a(b", "a b", "a;b", "1a", "a)--", "é", "a`", ".",
    ] {
        let called = conn
            .query::<Author>()
            .select(func::call::<i64, _>(name, Author::id));
        let aggregated = conn
            .query::<Author>()
            .select(func::aggregate::<i64, _>(name, Author::id));
        for error in [called.all().unwrap_err(), aggregated.all().unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name}");
        }
    }
    assert!(!conn.in_transaction());
}

#[each_database]
fn q07_whole_numbers_stay_whole_when_they_are_rounded() {
    let conn = press();
    let one = conn.query::<Author>().filter(Author::id.eq(1)).select((
        func::floor(Author::age),
        func::ceil(Author::age),
        func::round(Author::age + 4, 0),
        func::round(Author::age + 4, 2),
    ));
    assert_eq!(one.one().unwrap(), (40, 40, 44, 44));
    let weights = |digits| {
        let weights = conn.query::<Author>().filter(Author::id.eq(1));
        weights
            .select(func::round(Author::weight / 8, digits))
            .one()
    };
    assert_eq!(weights(2).unwrap(), Some(7.56));
    assert_eq!(weights(0).unwrap(), Some(8.0));
    let before_the_point = match current() {
        Backend::Sqlite => None,
        _ => Some(Some(10.0)),
    };
    assert_eq!(supported(weights(-1)), before_the_point);
}
