//! Kinds of values, and what can be done with them.

use super::{NotHere, walk::Meaning};
use crate::{sql::Binary, value::Value};

/// A kind of value. Values of one kind are alike in every database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Truth,
    Integer,
    Float,
    Date,
    Time,
    Timestamp,
    TimestampUtc,
    Uuid,
    Text,
    Bytes,
    Decimal,
    Json,
    Array,
    Other,
}

impl Kind {
    /// That of a value; NULL has none.
    pub(super) fn of(value: &Value) -> Option<Kind> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(_) => Kind::Truth,
            Value::Int(_) | Value::UInt(_) => Kind::Integer,
            Value::Float(_) => Kind::Float,
            Value::Date(_) => Kind::Date,
            Value::Time(_) => Kind::Time,
            Value::Timestamp(_) => Kind::Timestamp,
            Value::TimestampUtc(_) => Kind::TimestampUtc,
            Value::Uuid(_) => Kind::Uuid,
            Value::Text(_) => Kind::Text,
            Value::Bytes(_) => Kind::Bytes,
            Value::Decimal(_) => Kind::Decimal,
            Value::Json(_) => Kind::Json,
            Value::Array(_) => Kind::Array,
            Value::Other(_) => Kind::Other,
        })
    }

    /// The comparison that databases do differently, or only they.
    fn not_compared(self) -> Option<NotHere> {
        Some(NotHere(match self {
            // Whether texts are equal is a matter of their collation.
            Kind::Text => "a comparison of texts",
            Kind::Bytes => "a comparison of bytes",
            Kind::Decimal => "a comparison of decimal numbers",
            Kind::Json => "a comparison of JSON",
            Kind::Array => "a comparison of arrays",
            Kind::Other => "a comparison of values of a type that only the database knows",
            Kind::Truth
            | Kind::Integer
            | Kind::Float
            | Kind::Date
            | Kind::Time
            | Kind::Timestamp
            | Kind::TimestampUtc
            | Kind::Uuid => return None,
        }))
    }
}

/// Refuses what no database makes a value of, or only some.
pub(super) fn usable(value: &Value) -> Result<(), NotHere> {
    match value {
        Value::Float(number) if number.is_nan() => Err(NotHere("NaN")),
        _ => Ok(()),
    }
}

/// Refuses kinds that cannot be compared. Truth values may be numbers: some databases have no others.
pub(super) fn comparable(left: Option<Kind>, right: Option<Kind>) -> Result<(), NotHere> {
    let refused = [left, right]
        .into_iter()
        .flatten()
        .find_map(Kind::not_compared);
    if let Some(refused) = refused {
        return Err(refused);
    }
    match (left, right) {
        (Some(left), Some(right)) if left != right && !are_flags(left, right) => Err(MIXED),
        _ => Ok(()),
    }
}

/// Why values of two kinds are not compared.
pub(super) const MIXED: NotHere = NotHere("a comparison of values of different kinds");

fn are_flags(left: Kind, right: Kind) -> bool {
    matches!(
        (left, right),
        (Kind::Truth, Kind::Integer) | (Kind::Integer, Kind::Truth)
    )
}

/// Refuses what is no number that is computed with here.
fn number(kind: Option<Kind>) -> Result<(), NotHere> {
    match kind {
        None | Some(Kind::Integer | Kind::Float) => Ok(()),
        Some(Kind::Decimal) => Err(NotHere("arithmetic with decimal numbers")),
        Some(_) => Err(NotHere("arithmetic with what is no number")),
    }
}

/// The kind that arithmetic with values of two kinds has.
pub(super) fn computed(
    left: Option<Kind>,
    operator: Binary,
    right: Option<Kind>,
) -> Result<Option<Kind>, NotHere> {
    number(left)?;
    number(right)?;
    if left.is_some() && right.is_some() && left != right {
        return Err(NotHere("arithmetic with numbers of different kinds"));
    }
    let kind = left.or(right);
    match (operator, kind) {
        (Binary::Divide, Some(Kind::Integer)) => {
            Err(NotHere("a division of whole numbers with a fraction"))
        }
        (Binary::DivideWhole | Binary::Remainder, Some(Kind::Float)) => Err(NotHere(
            "a division of floating-point numbers without a fraction",
        )),
        _ => Ok(kind),
    }
}

/// The kind that a number with the other sign has.
pub(super) fn negated(kind: Option<Kind>) -> Result<Option<Kind>, NotHere> {
    number(kind).map(|()| kind)
}

/// Why a value is not taken for a condition.
pub(super) const NO_CONDITION: NotHere =
    NotHere("a condition that is neither true nor false nor NULL");

/// Refuses what cannot be a condition.
fn condition(kind: Option<Kind>) -> Result<(), NotHere> {
    match kind {
        None | Some(Kind::Truth | Kind::Integer) => Ok(()),
        Some(_) => Err(NO_CONDITION),
    }
}

/// What kind of value an expression has, where its tree and its parameters tell.
pub(super) struct Kinds;

impl Meaning for Kinds {
    type Of = Option<Kind>;

    fn column(&self, _position: usize) -> Result<Option<Kind>, NotHere> {
        Ok(None)
    }

    fn parameter(&self, value: &Value) -> Result<Option<Kind>, NotHere> {
        usable(value).map(|()| Kind::of(value))
    }

    fn truth(&self, _truth: bool) -> Option<Kind> {
        Some(Kind::Truth)
    }

    fn is_null(&self, _operand: Option<Kind>) -> Option<Kind> {
        Some(Kind::Truth)
    }

    fn not(&self, operand: Option<Kind>) -> Result<Option<Kind>, NotHere> {
        condition(operand).map(|()| Some(Kind::Truth))
    }

    fn and(&self, left: Option<Kind>, right: Option<Kind>) -> Result<Option<Kind>, NotHere> {
        condition(left)?;
        condition(right).map(|()| Some(Kind::Truth))
    }

    fn or(&self, left: Option<Kind>, right: Option<Kind>) -> Result<Option<Kind>, NotHere> {
        self.and(left, right)
    }

    fn compare(
        &self,
        left: Option<Kind>,
        _operator: Binary,
        right: Option<Kind>,
    ) -> Result<Option<Kind>, NotHere> {
        comparable(left, right).map(|()| Some(Kind::Truth))
    }

    fn negative(&self, operand: Option<Kind>) -> Result<Option<Kind>, NotHere> {
        negated(operand)
    }

    fn arithmetic(
        &self,
        left: Option<Kind>,
        operator: Binary,
        right: Option<Kind>,
    ) -> Result<Option<Kind>, NotHere> {
        computed(left, operator, right)
    }
}
