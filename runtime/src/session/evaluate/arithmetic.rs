//! Arithmetic in which no database differs.

use super::{NotHere, kind};
use crate::{sql::Binary, value::Value};

const OVERFLOW: NotHere = NotHere("an overflow");
const BY_ZERO: NotHere = NotHere("a division by zero");

/// What two numbers make; NULL where either is NULL.
pub(super) fn compute(left: &Value, operator: Binary, right: &Value) -> Result<Value, NotHere> {
    kind::computed(kind::Kind::of(left), operator, kind::Kind::of(right))?;
    match (left, right) {
        (Value::Float(left), Value::Float(right)) => floats(*left, operator, *right),
        _ => match (whole(left), whole(right)) {
            (Some(one), Some(other)) => {
                let unsigned = [left, right].map(is_unsigned).contains(&true);
                integer(integers(one, operator, other)?, unsigned)
            }
            _ => Ok(Value::Null),
        },
    }
}

/// A number with the other sign.
pub(super) fn negate(value: &Value) -> Result<Value, NotHere> {
    kind::negated(kind::Kind::of(value))?;
    match (value, whole(value)) {
        (Value::Float(number), _) => Ok(Value::Float(-number)),
        (_, Some(number)) => integer(-number, is_unsigned(value)),
        _ => Ok(Value::Null),
    }
}

/// A whole number, in what holds the results of all operations on two of them.
pub(super) fn whole(value: &Value) -> Option<i128> {
    match value {
        Value::Int(number) => Some(i128::from(*number)),
        Value::UInt(number) => Some(i128::from(*number)),
        _ => None,
    }
}

/// Whether a value can only be that of a column without a sign.
fn is_unsigned(value: &Value) -> bool {
    matches!(value, Value::UInt(_))
}

/// Results of numbers without a sign have none, and are an error below zero; others are an error beyond `i64`, or no whole
/// numbers any longer.
fn integer(number: i128, unsigned: bool) -> Result<Value, NotHere> {
    let signed = i64::try_from(number).ok().map(Value::Int);
    let found = match (unsigned, signed) {
        (true, _) if number < 0 => None,
        (true, None) => u64::try_from(number).ok().map(Value::UInt),
        (_, signed) => signed,
    };
    found.ok_or(OVERFLOW)
}

fn integers(left: i128, operator: Binary, right: i128) -> Result<i128, NotHere> {
    let found = match operator {
        Binary::Add => left.checked_add(right),
        Binary::Subtract => left.checked_sub(right),
        Binary::Multiply => left.checked_mul(right),
        // Both drop the rest, which has the sign of the left side.
        Binary::DivideWhole | Binary::Remainder if right == 0 => return Err(BY_ZERO),
        Binary::DivideWhole => left.checked_div(right),
        _ => left.checked_rem(right),
    };
    found.ok_or(OVERFLOW)
}

/// Infinity is an error in some databases, and what is no number is NULL in others.
fn floats(left: f64, operator: Binary, right: f64) -> Result<Value, NotHere> {
    let found = match operator {
        Binary::Add => left + right,
        Binary::Subtract => left - right,
        Binary::Multiply => left * right,
        _ if right == 0.0 => return Err(BY_ZERO),
        _ => left / right,
    };
    if found.is_finite() {
        Ok(Value::Float(found))
    } else {
        Err(OVERFLOW)
    }
}

/// Whether a database that computes with four bytes, as these numbers allow, finds another result.
pub(super) fn is_rounded(left: &Value, right: &Value, found: &Value) -> bool {
    matches!((left, right, found), (Value::Float(left), Value::Float(right), Value::Float(found))
        if is_single(*left) && is_single(*right) && !is_single(*found))
}

fn is_single(number: f64) -> bool {
    f64::from(number as f32) == number
}
