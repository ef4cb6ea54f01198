//! q03, q04: what an expression means. Small expressions of every shape are computed in Rust and by the database.
//!
//! The type of an expression tells its shape and columns but not its operators, so one macro gives a shape with all of them.

use std::cell::Cell;

use aludel::{
    Connection, Result,
    prelude::Expression,
    query::{FromTable, Selectable, Ungrouped},
};
use aludel_testing::models::Sample;

use crate::{
    backend::{Backend, current},
    features::tables,
};

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
    conn.commit().unwrap();
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
    C: Selectable<FromTable<Sample>, Ungrouped, T, I> + Clone,
{
    let (conn, rows) = samples;
    let select = |ids: &[i64]| -> Result<Vec<T>> {
        let query = conn.query::<Sample>().filter(Sample::id.in_(ids));
        query.order_by(Sample::id).select(column.clone()).all()
    };
    let (mut ids, mut values) = (Vec::new(), Vec::new());
    for row in rows {
        DIVIDED_BY_ZERO.set(false);
        let value = expected(row);
        if DIVIDED_BY_ZERO.get() && current() == Backend::Postgres {
            let error = select(&[row.id]).map(drop).unwrap_err();
            assert!(error.is_data(), "{what} of {row:?}: {error}");
            conn.rollback().unwrap();
        } else {
            ids.push(row.id);
            values.push(value);
        }
    }
    let found = select(&ids).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(found.len(), ids.len());
    for ((id, value), found) in ids.iter().zip(values).zip(found) {
        assert_eq!(found, value, "{what} of row {id} of {rows:?}");
    }
}

thread_local! {
    /// Whether [`sum`] has divided by zero, which is an error on PostgreSQL.
    static DIVIDED_BY_ZERO: Cell<bool> = const { Cell::new(false) };
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
        _ => {
            DIVIDED_BY_ZERO.set(DIVIDED_BY_ZERO.get() || right == 0);
            left.checked_div(right)
        }
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

mod operators;
mod values;
