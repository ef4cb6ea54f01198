//! Tests of values, text and fractions, with other operators inside and around them.

use aludel::prelude::Expression;
use aludel_testing::{each_database, models::Sample};

use super::{agree, logic, samples};

#[each_database]
fn q03_tests_group_as_they_are_written() {
    let samples = samples();
    let within = |value: i64, low: i64, high: i64| low <= value && value <= high;
    agree(
        &samples,
        "a + 1 between b - 1 and c * 2",
        (Sample::a + 1).between(Sample::b - 1, Sample::c * 2),
        |row| within(row.a + 1, row.b - 1, row.c * 2),
    );
    agree(
        &samples,
        "not (between) = p",
        (!Sample::a.between(Sample::b, Sample::c)).eq(Sample::p),
        |row| within(row.a, row.b, row.c) != row.p,
    );
    agree(
        &samples,
        "(p between q and r-less) & q",
        Sample::p.between(Sample::q & Sample::p, Sample::q | Sample::p) & Sample::q,
        |row| within(row.p.into(), (row.q & row.p).into(), (row.q | row.p).into()) & row.q,
    );
    agree(
        &samples,
        "(a = b) in (p, q)",
        Sample::a.eq(Sample::b).in_([Sample::p]),
        |row| (row.a == row.b) == row.p,
    );
    agree(
        &samples,
        "a - b in (c - 1, c + 1)",
        (Sample::a - Sample::b).in_([Sample::c - 1, Sample::c + 1]),
        |row| [row.c - 1, row.c + 1].contains(&(row.a - row.b)),
    );
    agree(
        &samples,
        "not (a in …) = p",
        (!Sample::a.in_([1, 2, 3])).eq(Sample::p),
        |row| [1, 2, 3].contains(&row.a) != row.p,
    );
}

#[each_database]
fn q03_tests_for_null_group_as_they_are_written() {
    let samples = samples();
    agree(
        &samples,
        "(n is null) = p",
        Sample::n.is_null().eq(Sample::p),
        |row| row.n.is_none() == row.p,
    );
    agree(
        &samples,
        "(p & r) is null",
        (Sample::p & Sample::r).is_null(),
        |row| logic(Some(row.p), '&', row.r).is_none(),
    );
    agree(
        &samples,
        "not (p | r) is not null",
        (!(Sample::p | Sample::r)).is_not_null(),
        |row| logic(Some(row.p), '|', row.r).is_some(),
    );
    agree(
        &samples,
        "(a = n) is (b = n)",
        Sample::a.eq(Sample::n).is(Sample::b.eq(Sample::n)),
        |row| row.n.map(|n| row.a == n) == row.n.map(|n| row.b == n),
    );
    agree(&samples, "not n is b", !Sample::n.is(Sample::b), |row| {
        row.n != Some(row.b)
    });
}

#[each_database]
fn q04_text_is_joined_before_it_is_compared() {
    let samples = samples();
    let joined = |row: &Sample| row.u.as_ref().map(|u| format!("{}{u}{}", row.t, row.t));
    agree(
        &samples,
        "(t + u) + t",
        Sample::t + Sample::u + Sample::t,
        joined,
    );
    agree(
        &samples,
        "t + (u + t)",
        Sample::t + (Sample::u + Sample::t),
        joined,
    );
    agree(
        &samples,
        "t + u = u + t",
        (Sample::t + Sample::u).eq(Sample::u + Sample::t),
        |row| {
            let u = row.u.as_ref()?;
            Some(format!("{}{u}", row.t) == format!("{u}{}", row.t))
        },
    );
    agree(
        &samples,
        "t + 'x' like '%bx'",
        (Sample::t + "x").like("%bx"),
        |row| format!("{}x", row.t).to_lowercase().ends_with("bx"),
    );
    agree(
        &samples,
        "t + '%' starts with",
        (Sample::t + "%").starts_with("%"),
        |row| format!("{}%", row.t).starts_with('%'),
    );
    agree(
        &samples,
        "t < u + 'a'",
        Sample::t.lt(Sample::u + "a"),
        |row| Some(row.t < format!("{}a", row.u.as_ref()?)),
    );
}

#[each_database]
fn q04_fractions_are_divided_with_a_fraction() {
    let samples = samples();
    agree(
        &samples,
        "x / 2 - x * 3",
        Sample::x / 2 - Sample::x * 3,
        |row| row.x / 2.0 - row.x * 3.0,
    );
    agree(&samples, "1 - (x - 0.5)", 1.0 - (Sample::x - 0.5), |row| {
        1.0 - (row.x - 0.5)
    });
    agree(&samples, "x > 0.5", Sample::x.gt(0.5), |row| row.x > 0.5);
}

#[each_database]
fn q04_a_filter_finds_where_its_condition_is_true() {
    let (conn, rows) = samples();
    let condition = || (Sample::p | Sample::r) & !Sample::a.eq(Sample::n);
    let expected = rows.iter().filter(|row| {
        let either = logic(Some(row.p), '|', row.r);
        let differs = row.n.map(|n| row.a != n);
        logic(either, '&', differs) == Some(true)
    });
    let query = conn.query::<Sample>().filter(condition());
    let found = query.order_by(Sample::id).all().unwrap();
    assert_eq!(
        found.iter().collect::<Vec<_>>(),
        expected.collect::<Vec<_>>()
    );
    // Together with another filter, and in one that is an OR by itself.
    let query = || conn.query::<Sample>();
    let both = query()
        .filter(Sample::p | Sample::q)
        .filter(Sample::a.lt(0) | Sample::b.lt(0));
    let expected = rows
        .iter()
        .filter(|row| (row.p || row.q) && (row.a < 0 || row.b < 0));
    assert_eq!(both.count().unwrap(), expected.count() as u64);
}
