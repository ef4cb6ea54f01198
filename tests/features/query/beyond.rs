//! q03, q04, q07, q10, q11: remainders and signs, parts of dates, NULLs by type, rows without a table, and what is refused
//! although its types fit.

use aludel::{
    ErrorKind,
    prelude::{Derived, Expression, Model, func, select, select_row, window},
};
use aludel_testing::{
    each_database,
    models::{Article, Author, EveryType, Sample},
};
use chrono::NaiveDate;

use crate::{
    backend::{Backend, current},
    features::tables,
};

aludel::derived! { struct Score { author_id: i64, total: Option<i64> } }
aludel::derived! { struct Number { n: i64 } }

#[each_database]
fn q04_numbers_have_a_remainder_and_another_sign() {
    let row = select_row((
        func::value::<i64>(17) % 5,
        -func::value::<i64>(17) % 5,
        -(func::value::<i64>(2) + 3) * -func::value::<i64>(4),
        -(-func::value::<f64>(1.5)),
    ));
    let conn = tables();
    assert_eq!(row.on(&conn).one().unwrap(), (2, -2, 20, 1.5));
    let sample = Sample::insert()
        .a(-7)
        .b(2)
        .c(0)
        .x(0.0)
        .p(true)
        .q(false)
        .t("");
    conn.insert(sample).unwrap();
    let columns = conn
        .query::<Sample>()
        .select((Sample::a % Sample::b, -Sample::a, -Sample::n));
    assert_eq!(columns.one().unwrap(), (-1, 7, None));
}

#[each_database]
fn q07_dates_and_times_have_parts() {
    let conn = tables();
    let moment = NaiveDate::from_ymd_opt(2024, 2, 29)
        .unwrap()
        .and_hms_micro_opt(23, 5, 59, 999_999)
        .unwrap();
    conn.insert(
        EveryType::insert()
            .moment(moment)
            .day(moment.date())
            .hour(moment.time()),
    )
    .unwrap();
    conn.insert(EveryType::insert()).unwrap();
    let rows = conn
        .query::<EveryType>()
        .order_by(EveryType::id)
        .select((
            func::year(EveryType::moment),
            func::month(EveryType::day),
            func::day(EveryType::day),
            func::hour(EveryType::moment),
            func::minute(EveryType::hour),
            func::second(EveryType::moment),
        ))
        .all()
        .unwrap();
    let first = (Some(2024), Some(2), Some(29), Some(23), Some(5), Some(59));
    assert_eq!(rows, [first, (None, None, None, None, None, None)]);
}

#[each_database]
fn q10_the_sides_of_a_union_are_made_alike_by_null_and_nullable() {
    let conn = tables();
    conn.insert(Author::insert().name("ann")).unwrap();
    let total = select::<Author>().select((func::null::<String>(), func::count_all()));
    let rows = conn
        .query::<Author>()
        .group_by(Author::name)
        .select((Author::name.nullable(), func::count_all()))
        .union_all(total)
        .all()
        .unwrap();
    assert_eq!(rows, [(Some("ann".to_owned()), 1), (None, 1)]);
}

#[each_database]
fn q10_a_recursive_table_begins_with_a_row_of_no_table() {
    let numbers = Number::recursive(select_row(func::value::<i64>(1)), |before| {
        before.query().filter(Number::n.lt(5)).select(Number::n + 1)
    });
    let all = numbers.query().select(Number::n).on(&tables()).all();
    assert_eq!(all.unwrap(), [1, 2, 3, 4, 5]);
}

#[each_database]
fn q11_an_update_joins_a_table_that_a_query_makes() {
    let conn = tables();
    for name in ["ann", "bob"] {
        conn.insert(Author::insert().name(name)).unwrap();
    }
    for score in [3, 4] {
        conn.insert(Article::insert().author_id(1).title("a").score(score))
            .unwrap();
    }
    let totals = select::<Article>()
        .group_by(Article::author_id)
        .select((Article::author_id, func::sum(Article::score)));
    let changed = conn
        .update::<Author>()
        .join_on(&Score::cte(totals.clone()), Score::author_id.eq(Author::id))
        .set(Author::age.set(func::coalesce(Score::total, 0)))
        .execute();
    assert_eq!(changed.unwrap(), 1);
    let ages = conn
        .query::<Author>()
        .order_by(Author::id)
        .select(Author::age);
    assert_eq!(ages.all().unwrap(), [7, 30]);

    let endless = Score::recursive(totals, |table| {
        table.query().select((Score::author_id, Score::total))
    });
    let refused = conn
        .update::<Author>()
        .join_on(&endless, Score::author_id.eq(Author::id));
    let refused = refused.set(Author::age.set(1)).execute().unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::InvalidRequest);
}

#[each_database]
fn q09_whether_a_relationship_leads_anywhere_is_a_condition() {
    let conn = tables();
    for name in ["ann", "bob"] {
        conn.insert(Author::insert().name(name)).unwrap();
    }
    conn.insert(Article::insert().author_id(2).title("a"))
        .unwrap();
    let names = |condition| {
        conn.query::<Author>()
            .filter(condition)
            .select(Author::name)
            .one()
            .unwrap()
    };
    assert_eq!(names(Author::articles.exists()), "bob");
    assert_eq!(names(!Author::articles.exists()), "ann");
}

#[each_database]
fn q07_an_expression_with_another_value_than_the_key_is_refused_and_gives_no_row_of_any() {
    let conn = tables();
    for age in [11, 19, 35] {
        conn.insert(Author::insert().name(format!("a{age}")).age(age))
            .unwrap();
    }
    let decades = conn.query::<Author>().group_by(Author::age / 10);
    let same = decades
        .clone()
        .order_by(Author::age / 10)
        .select((Author::age / 10, func::count_all()));
    assert_eq!(same.all().unwrap(), [(1, 2), (3, 1)]);
    let other = decades
        .select((Author::age / 20, func::count_all()))
        .all()
        .unwrap_err();
    assert_eq!(other.kind(), ErrorKind::InvalidRequest);
    assert!(other.message().contains("`age` of `author`"), "{other}");

    let articles = select::<Article>()
        .correlate::<Author>()
        .filter(Article::author_id.eq(Author::id));
    let count = func::coalesce(aludel::query::scalar(articles.select(func::count_all())), 0);
    let outside = conn
        .query::<Author>()
        .group_by(Author::age)
        .select((Author::age, count));
    assert_eq!(outside.all().unwrap_err().kind(), ErrorKind::InvalidRequest);
}

#[each_database]
fn q10_distinct_values_in_a_window_are_unsupported() {
    let conn = tables();
    let counted = func::count(Author::age).distinct().over(window());
    let query = conn.query::<Author>().select((Author::entity(), counted));
    assert_eq!(query.all().unwrap_err().kind(), ErrorKind::Unsupported);
}

#[each_database]
fn q07_functions_by_name_take_texts_and_numbers_as_they_are() {
    let dash = func::value::<String>("-");
    let (text, expected) = match current() {
        Backend::Sqlite => (
            func::call::<String, _>("printf", ("%d%s", 3_i64, dash)),
            "3-",
        ),
        _ => (func::call::<String, _>("lpad", ("%d", 3_i64, dash)), "-%d"),
    };
    assert_eq!(select_row(text).on(&tables()).one().unwrap(), expected);
}

#[each_database]
fn q08_sixteen_tables_are_read_at_once() {
    aludel::alias!(
        b = Author,
        c = Author,
        d = Author,
        e = Author,
        f = Author,
        g = Author,
        h = Author
    );
    aludel::alias!(
        i = Author,
        j = Author,
        k = Author,
        l = Author,
        m = Author,
        n = Author,
        o = Author,
        p = Author
    );
    let conn = tables();
    conn.insert(Author::insert().name("ann")).unwrap();
    let rows = conn
        .query::<(Author, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)>()
        .filter(p.col(Author::id).eq(Author::id))
        .all()
        .unwrap();
    assert_eq!((rows.len(), rows[0].15.name.as_str()), (1, "ann"));
}
