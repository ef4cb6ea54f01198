//! q03, q04: what an expression means. Small expressions of every shape are computed in Rust and by the database.
//!
//! The type of an expression tells its shape and columns but not its operators, so one macro gives a shape with all of them.

use aludel::{
    Connection, Result,
    prelude::Expression,
    query::Selectable,
    query::{Expr, FromTable},
};
use aludel_testing::models::Sample;

use crate::features::tables;

/// Numbers that are the same on each run, and have no pattern.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn number(&mut self) -> i64 {
        self.roll(13) as i64 - 6
    }

    fn truth(&mut self) -> bool {
        self.roll(2) == 1
    }

    fn text(&mut self) -> String {
        ["", "a", "b", "ab", "A", "%", "1", " "][self.roll(8) as usize].to_owned()
    }
}

/// A database with rows of small values, many of them NULL or equal, and these rows.
fn samples() -> (Connection, Vec<Sample>) {
    let conn = tables();
    let mut dice = Dice(7);
    let rows = (0..40).map(|_| {
        let n = (dice.roll(4) > 0).then(|| dice.number());
        let r = (dice.roll(3) > 0).then(|| dice.truth());
        let u = (dice.roll(3) > 0).then(|| dice.text());
        let row = Sample::insert()
            .a(dice.number())
            .b(dice.number())
            .c(dice.number())
            .n(n);
        let row = row.x(dice.number() as f64 / 2.0);
        let row = row.p(dice.truth()).q(dice.truth()).r(r);
        conn.insert(row.t(dice.text()).u(u)).unwrap()
    });
    let rows = rows.collect();
    (conn, rows)
}

/// Compares what the database gives for each row with what Rust gives.
#[track_caller]
fn agree<T, C, I>(
    samples: &(Connection, Vec<Sample>),
    what: &str,
    column: C,
    expected: impl Fn(&Sample) -> T,
) where
    T: PartialEq + std::fmt::Debug,
    C: Selectable<FromTable<Sample>, T, I>,
{
    let (conn, rows) = samples;
    let query = conn.query::<Sample>().order_by(Sample::id).select(column);
    let found: Result<Vec<T>> = query.all();
    let found = found.unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(found.len(), rows.len());
    for (row, found) in rows.iter().zip(found) {
        assert_eq!(found, expected(row), "{what} of {row:?}");
    }
}

const ARITHMETIC: [char; 4] = ['+', '-', '*', '/'];
const LOGIC: [char; 2] = ['&', '|'];
const COMPARISONS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];

/// One of the arithmetic operators between two operands, whose types are those of the result whichever it is.
macro_rules! sum {
    ($left:expr, $operator:expr, $right:expr) => {
        match $operator {
            '+' => $left + $right,
            '-' => $left - $right,
            '*' => $left * $right,
            _ => $left / $right,
        }
    };
}

macro_rules! logic {
    ($left:expr, $operator:expr, $right:expr) => {
        match $operator {
            '&' => $left & $right,
            _ => $left | $right,
        }
    };
}

macro_rules! comparison {
    ($left:expr, $operator:expr, $right:expr) => {
        match $operator {
            "=" => $left.eq($right),
            "<>" => $left.ne($right),
            "<" => $left.lt($right),
            "<=" => $left.le($right),
            ">" => $left.gt($right),
            _ => $left.ge($right),
        }
    };
}

/// The same in Rust; NULL and division by zero give NULL.
fn sum(left: Option<i64>, operator: char, right: Option<i64>) -> Option<i64> {
    let (left, right) = (left?, right?);
    match operator {
        '+' => Some(left + right),
        '-' => Some(left - right),
        '*' => Some(left * right),
        _ => left.checked_div(right),
    }
}

fn logic(left: Option<bool>, operator: char, right: Option<bool>) -> Option<bool> {
    let decisive = operator == '|';
    if left == Some(decisive) || right == Some(decisive) {
        return Some(decisive);
    }
    Some(left? == right?).and(Some(!decisive))
}

fn comparison<T: PartialOrd>(left: Option<T>, operator: &str, right: Option<T>) -> Option<bool> {
    let (left, right) = (left?, right?);
    Some(match operator {
        "=" => left == right,
        "<>" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        _ => left >= right,
    })
}

/// `!expression` or the expression itself, which have one type.
fn maybe_not<T, U>(negate: bool, expr: Expr<T, U>) -> Expr<T, U>
where
    Expr<T, U>: std::ops::Not<Output = Expr<T, U>>,
{
    if negate { !expr } else { expr }
}

fn maybe_not_value(negate: bool, value: Option<bool>) -> Option<bool> {
    value.map(|value| value != negate)
}

#[test]
fn q04_arithmetic_groups_as_it_is_written() {
    let samples = samples();
    for i in ARITHMETIC {
        for j in ARITHMETIC {
            for k in ARITHMETIC {
                arithmetic_of(&samples, i, j, k);
            }
        }
    }
}

/// All five ways to put parentheses into `a i b j n k c`.
fn arithmetic_of(samples: &(Connection, Vec<Sample>), i: char, j: char, k: char) {
    let [a, b, c] = [
        |row: &Sample| Some(row.a),
        |row: &Sample| Some(row.b),
        |row: &Sample| Some(row.c),
    ];
    let n = |row: &Sample| row.n;
    macro_rules! holds {
        ($what:literal, $expr:expr, $value:expr) => {
            agree(samples, &format!($what), $expr, $value);
        };
    }
    holds!(
        "((a {i} b) {j} n) {k} c",
        sum!(
            sum!(sum!(Sample::a, i, Sample::b), j, Sample::n),
            k,
            Sample::c
        ),
        |row| sum(sum(sum(a(row), i, b(row)), j, n(row)), k, c(row))
    );
    holds!(
        "(a {i} (b {j} n)) {k} c",
        sum!(
            sum!(Sample::a, i, sum!(Sample::b, j, Sample::n)),
            k,
            Sample::c
        ),
        |row| sum(sum(a(row), i, sum(b(row), j, n(row))), k, c(row))
    );
    holds!(
        "(a {i} b) {j} (n {k} c)",
        sum!(
            sum!(Sample::a, i, Sample::b),
            j,
            sum!(Sample::n, k, Sample::c)
        ),
        |row| sum(sum(a(row), i, b(row)), j, sum(n(row), k, c(row)))
    );
    holds!(
        "a {i} ((b {j} n) {k} c)",
        sum!(
            Sample::a,
            i,
            sum!(sum!(Sample::b, j, Sample::n), k, Sample::c)
        ),
        |row| sum(a(row), i, sum(sum(b(row), j, n(row)), k, c(row)))
    );
    holds!(
        "a {i} (b {j} (n {k} c))",
        sum!(
            Sample::a,
            i,
            sum!(Sample::b, j, sum!(Sample::n, k, Sample::c))
        ),
        |row| sum(a(row), i, sum(b(row), j, sum(n(row), k, c(row))))
    );
    holds!(
        "2 {i} (n {j} -3) {k} a",
        sum!(sum!(2_i64, i, sum!(Sample::n, j, -3)), k, Sample::a),
        |row| sum(sum(Some(2), i, sum(n(row), j, Some(-3))), k, a(row))
    );
}

#[test]
fn q04_logic_groups_as_it_is_written() {
    let samples = samples();
    for bits in 0..32_u32 {
        let not = |index: u32| bits >> index & 1 == 1;
        for i in LOGIC {
            for j in LOGIC {
                logic_of(&samples, i, j, not);
            }
        }
    }
}

/// Both ways to put parentheses into `p i q j r`, with `!` at five places.
fn logic_of(samples: &(Connection, Vec<Sample>), i: char, j: char, not: impl Fn(u32) -> bool) {
    let [p, q] = [|row: &Sample| Some(row.p), |row: &Sample| Some(row.q)];
    // A column alone and its negation have two types; `& true` does not exist, so a comparison stands for the column.
    let column = |negate| maybe_not(negate, Sample::p.eq(true));
    let other = |negate| maybe_not(negate, Sample::q.eq(true));
    let third = |negate| maybe_not(negate, Sample::r.eq(true));
    let value = |index, value| maybe_not_value(not(index), value);
    let what = format!(
        "{i} {j} {}",
        (0..5)
            .map(|index| if not(index) { '!' } else { '.' })
            .collect::<String>()
    );
    agree(
        samples,
        &format!("(p q) r: {what}"),
        maybe_not(
            not(4),
            logic!(
                maybe_not(not(3), logic!(column(not(0)), i, other(not(1)))),
                j,
                third(not(2))
            ),
        ),
        |row| {
            let inner = value(3, logic(value(0, p(row)), i, value(1, q(row))));
            value(4, logic(inner, j, value(2, row.r)))
        },
    );
    agree(
        samples,
        &format!("p (q r): {what}"),
        maybe_not(
            not(4),
            logic!(
                column(not(0)),
                i,
                maybe_not(not(3), logic!(other(not(1)), j, third(not(2))))
            ),
        ),
        |row| {
            let inner = value(3, logic(value(1, q(row)), j, value(2, row.r)));
            value(4, logic(value(0, p(row)), i, inner))
        },
    );
}

#[test]
fn q04_comparisons_group_as_they_are_written() {
    let samples = samples();
    for comparing in COMPARISONS {
        for of_truth in COMPARISONS {
            for i in ARITHMETIC {
                agree(
                    &samples,
                    &format!("(a {i} n {comparing} b - c) {of_truth} p"),
                    comparison!(
                        comparison!(
                            sum!(Sample::a, i, Sample::n),
                            comparing,
                            Sample::b - Sample::c
                        ),
                        of_truth,
                        Sample::p
                    ),
                    |row| {
                        let left = sum(Some(row.a), i, row.n);
                        comparison(
                            comparison(left, comparing, Some(row.b - row.c)),
                            of_truth,
                            Some(row.p),
                        )
                    },
                );
            }
            for i in LOGIC {
                agree(
                    &samples,
                    &format!("(p {i} r) {of_truth} (q {i} (a {comparing} n))"),
                    comparison!(
                        logic!(Sample::p, i, Sample::r),
                        of_truth,
                        logic!(Sample::q, i, comparison!(Sample::a, comparing, Sample::n))
                    ),
                    |row| {
                        let right =
                            logic(Some(row.q), i, comparison(Some(row.a), comparing, row.n));
                        comparison(logic(Some(row.p), i, row.r), of_truth, right)
                    },
                );
                agree(
                    &samples,
                    &format!("!(p {i} !r) {of_truth} !q"),
                    comparison!(!logic!(Sample::p, i, !Sample::r), of_truth, !Sample::q),
                    |row| {
                        let left = logic(Some(row.p), i, row.r.map(|r| !r)).map(|left| !left);
                        comparison(left, of_truth, Some(!row.q))
                    },
                );
            }
        }
    }
}

#[test]
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

#[test]
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

#[test]
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

#[test]
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
