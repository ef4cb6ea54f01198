//! Operators beside and within each other.

use std::ops::Not;

use aludel::{Connection, prelude::Expression, query::Expr};
use aludel_testing::{each_database, models::Sample};

use super::{ARITHMETIC, COMPARISONS, LOGIC, agree, comparison, logic, samples, sum};

#[each_database]
fn q04_arithmetic_groups_as_it_is_written() {
    let samples = samples();
    for i in ARITHMETIC {
        for j in ARITHMETIC {
            for k in ARITHMETIC {
                left_first(&samples, i, j, k);
                right_first(&samples, i, j, k);
            }
        }
    }
}

/// The ways to put parentheses into `a i b j n k c` in which `k` comes last, or between two of them.
fn left_first(samples: &(Connection, Vec<Sample>), i: char, j: char, k: char) {
    agree(
        samples,
        &format!("((a {i} b) {j} n) {k} c"),
        sum!(
            sum!(sum!(Sample::a, i, Sample::b), j, Sample::n),
            k,
            Sample::c
        ),
        |row| {
            sum(
                sum(sum(Some(row.a), i, Some(row.b)), j, row.n),
                k,
                Some(row.c),
            )
        },
    );
    agree(
        samples,
        &format!("(a {i} (b {j} n)) {k} c"),
        sum!(
            sum!(Sample::a, i, sum!(Sample::b, j, Sample::n)),
            k,
            Sample::c
        ),
        |row| {
            sum(
                sum(Some(row.a), i, sum(Some(row.b), j, row.n)),
                k,
                Some(row.c),
            )
        },
    );
    agree(
        samples,
        &format!("(a {i} b) {j} (n {k} c)"),
        sum!(
            sum!(Sample::a, i, Sample::b),
            j,
            sum!(Sample::n, k, Sample::c)
        ),
        |row| {
            sum(
                sum(Some(row.a), i, Some(row.b)),
                j,
                sum(row.n, k, Some(row.c)),
            )
        },
    );
}

/// The ways in which `i` comes last.
fn right_first(samples: &(Connection, Vec<Sample>), i: char, j: char, k: char) {
    agree(
        samples,
        &format!("a {i} ((b {j} n) {k} c)"),
        sum!(
            Sample::a,
            i,
            sum!(sum!(Sample::b, j, Sample::n), k, Sample::c)
        ),
        |row| {
            sum(
                Some(row.a),
                i,
                sum(sum(Some(row.b), j, row.n), k, Some(row.c)),
            )
        },
    );
    agree(
        samples,
        &format!("a {i} (b {j} (n {k} c))"),
        sum!(
            Sample::a,
            i,
            sum!(Sample::b, j, sum!(Sample::n, k, Sample::c))
        ),
        |row| {
            sum(
                Some(row.a),
                i,
                sum(Some(row.b), j, sum(row.n, k, Some(row.c))),
            )
        },
    );
    agree(
        samples,
        &format!("2 {i} (n {j} -3) {k} a"),
        sum!(sum!(2_i64, i, sum!(Sample::n, j, -3)), k, Sample::a),
        |row| sum(sum(Some(2), i, sum(row.n, j, Some(-3))), k, Some(row.a)),
    );
}

#[each_database]
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

#[each_database]
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

/// `!expression` or the expression itself, which have one type.
fn maybe_not<T, U>(negate: bool, expr: Expr<T, U>) -> Expr<T, U>
where
    Expr<T, U>: Not<Output = Expr<T, U>>,
{
    if negate { !expr } else { expr }
}

fn maybe_not_value(negate: bool, value: Option<bool>) -> Option<bool> {
    value.map(|value| value != negate)
}
