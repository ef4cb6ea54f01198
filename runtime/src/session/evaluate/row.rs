//! The values of expressions for a row.

use std::cmp::Ordering;

use super::{
    NotHere, arithmetic,
    kind::{Kind, MIXED, NO_CONDITION, comparable, usable},
    walk::Meaning,
};
use crate::{
    sql::Binary,
    value::{
        Value,
        civil::{MICROS_PER_DAY, civil_from_days},
    },
};

/// A row.
pub(super) struct Row<'a> {
    /// The value of the column at a position.
    pub(super) column: &'a dyn Fn(usize) -> Value,
}

/// The value of an expression.
#[derive(Clone)]
pub(super) struct Computed {
    value: Value,
    /// Whether it has more digits than it has where the columns are floating-point numbers of four bytes, which they may be. A
    /// column that it is stored in drops them, but whatever is computed from it would differ.
    rounded: bool,
}

impl Computed {
    /// The value, for a column.
    pub(super) fn into_value(self) -> Value {
        self.value
    }

    /// The value, for further use.
    fn exact(self) -> Result<Value, NotHere> {
        if self.rounded {
            return Err(NotHere(
                "a rounded floating-point number, of a precision that only the database knows",
            ));
        }
        Ok(self.value)
    }

    fn truth(truth: Option<bool>) -> Computed {
        truth.map_or(Value::Null, Value::Bool).into()
    }
}

impl From<Value> for Computed {
    fn from(value: Value) -> Self {
        Computed {
            value,
            rounded: false,
        }
    }
}

impl Meaning for Row<'_> {
    type Of = Computed;

    fn column(&self, position: usize) -> Result<Computed, NotHere> {
        let value = (self.column)(position);
        usable(&value).map(|()| value.into())
    }

    fn parameter(&self, value: &Value) -> Result<Computed, NotHere> {
        usable(value).map(|()| value.clone().into())
    }

    fn truth(&self, truth: bool) -> Computed {
        Computed::truth(Some(truth))
    }

    fn is_null(&self, operand: Computed) -> Computed {
        Computed::truth(Some(operand.value == Value::Null))
    }

    fn not(&self, operand: Computed) -> Result<Computed, NotHere> {
        let truth = condition(&operand.value)?;
        Ok(Computed::truth(truth.map(|truth| !truth)))
    }

    fn and(&self, left: Computed, right: Computed) -> Result<Computed, NotHere> {
        let both = [condition(&left.value)?, condition(&right.value)?];
        Ok(Computed::truth(decided_by(false, both)))
    }

    fn or(&self, left: Computed, right: Computed) -> Result<Computed, NotHere> {
        let both = [condition(&left.value)?, condition(&right.value)?];
        Ok(Computed::truth(decided_by(true, both)))
    }

    fn compare(
        &self,
        left: Computed,
        operator: Binary,
        right: Computed,
    ) -> Result<Computed, NotHere> {
        let (left, right) = (left.exact()?, right.exact()?);
        let order = order(&left, &right)?;
        if operator == Binary::NullSafeEqual {
            let equal = order.map_or(left == right, Ordering::is_eq);
            return Ok(self.truth(equal));
        }
        Ok(Computed::truth(order.map(|order| fits(operator, order))))
    }

    fn negative(&self, operand: Computed) -> Result<Computed, NotHere> {
        let value = arithmetic::negate(&operand.value)?;
        Ok(Computed { value, ..operand })
    }

    fn arithmetic(
        &self,
        left: Computed,
        operator: Binary,
        right: Computed,
    ) -> Result<Computed, NotHere> {
        let (left, right) = (left.exact()?, right.exact()?);
        let value = arithmetic::compute(&left, operator, &right)?;
        let rounded = arithmetic::is_rounded(&left, &right, &value);
        Ok(Computed { value, rounded })
    }
}

/// Either of two truth values is enough where it is `enough`; otherwise NULL hides what it could have been.
fn decided_by(enough: bool, both: [Option<bool>; 2]) -> Option<bool> {
    if both.contains(&Some(enough)) {
        return Some(enough);
    }
    if both.contains(&None) {
        None
    } else {
        Some(!enough)
    }
}

/// A truth value, which may be a number: some databases have no others.
fn condition(value: &Value) -> Result<Option<bool>, NotHere> {
    match value {
        Value::Null => Ok(None),
        other => match flag(other) {
            Some(flag) => Ok(Some(flag != 0)),
            None => Err(NO_CONDITION),
        },
    }
}

/// A truth value as a number.
fn flag(value: &Value) -> Option<i128> {
    match value {
        Value::Bool(truth) => Some(i128::from(*truth)),
        Value::Int(number @ (0 | 1)) => Some(i128::from(*number)),
        _ => None,
    }
}

fn fits(operator: Binary, order: Ordering) -> bool {
    match operator {
        Binary::NotEqual => order.is_ne(),
        Binary::Less => order.is_lt(),
        Binary::LessOrEqual => order.is_le(),
        Binary::Greater => order.is_gt(),
        Binary::GreaterOrEqual => order.is_ge(),
        _ => order.is_eq(),
    }
}

/// Which of two values is the greater; none where either is NULL.
fn order(left: &Value, right: &Value) -> Result<Option<Ordering>, NotHere> {
    comparable(Kind::of(left), Kind::of(right))?;
    in_usual_form(left)?;
    in_usual_form(right)?;
    let order = match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Float(left), Value::Float(right)) => left.partial_cmp(right),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Time(left), Value::Time(right))
        | (Value::Timestamp(left), Value::Timestamp(right))
        | (Value::TimestampUtc(left), Value::TimestampUtc(right)) => Some(left.cmp(right)),
        (Value::Uuid(left), Value::Uuid(right)) => Some(left.cmp(right)),
        (Value::Bool(_), _) | (_, Value::Bool(_)) => match (flag(left), flag(right)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => return Err(MIXED),
        },
        _ => match (arithmetic::whole(left), arithmetic::whole(right)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => return Err(MIXED),
        },
    };
    Ok(order)
}

/// Refuses days and times that have another order where they are kept as text.
fn in_usual_form(value: &Value) -> Result<(), NotHere> {
    let days = match value {
        Value::Date(days) => i64::from(*days),
        Value::Timestamp(micros) | Value::TimestampUtc(micros) => micros.div_euclid(MICROS_PER_DAY),
        Value::Time(micros) if !(0..MICROS_PER_DAY).contains(micros) => {
            return Err(NotHere("a comparison of times beyond a day"));
        }
        _ => return Ok(()),
    };
    let (year, _, _) = civil_from_days(days);
    if (0..=9999).contains(&year) {
        Ok(())
    } else {
        Err(NotHere("a comparison of years beyond four digits"))
    }
}
