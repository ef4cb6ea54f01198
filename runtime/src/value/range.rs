//! Ranges, as PostgreSQL has them.

mod read;

use std::{fmt, ops::Bound};

use super::{FromValue, ToValue, Value, ValueError, ValueRef};

/// All values between two bounds, or none: the type of PostgreSQL's `int4range`, `int8range`, `numrange`, `daterange`, `tsrange`
/// and `tstzrange` columns.
///
/// Rust's own ranges become one by `into()`. Ranges of whole numbers and of days have several forms, of which the database keeps
/// the one with the lower bound and without the upper: `1..=4` comes back as `1..5`, and what has no values in it as
/// [`Empty`](Range::Empty). A lower bound above the upper one is refused by the database, and so are days before
/// the year 1; `infinity` is no bound.
///
/// ```
/// use std::ops::Bound;
/// use aludel::types::Range;
///
/// let range = Range::from(1..5);
/// assert_eq!(range, Range::Within(Bound::Included(1), Bound::Excluded(5)));
/// assert!(range.contains(&4) && !range.contains(&5));
/// assert_eq!(range.to_string(), "[1,5)");
/// assert!(Range::<i32>::from(..).contains(&i32::MAX));
/// assert!(!Range::Empty.contains(&0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Range<T> {
    /// No value at all.
    Empty,
    /// Every value from one bound to the other.
    Within(Bound<T>, Bound<T>),
}

impl<T: PartialOrd> Range<T> {
    /// Whether a value lies in it.
    pub fn contains(&self, value: &T) -> bool {
        let Range::Within(lower, upper) = self else {
            return false;
        };
        let above = match lower {
            Bound::Included(lower) => value >= lower,
            Bound::Excluded(lower) => value > lower,
            Bound::Unbounded => true,
        };
        above
            && match upper {
                Bound::Included(upper) => value <= upper,
                Bound::Excluded(upper) => value < upper,
                Bound::Unbounded => true,
            }
    }
}

macro_rules! from_ranges {
    ($($ty:ty, $range:pat => $lower:expr, $upper:expr;)*) => { $(
        impl<T> From<$ty> for Range<T> {
            fn from($range: $ty) -> Self {
                Range::Within($lower, $upper)
            }
        }
    )* };
}

from_ranges! {
    std::ops::Range<T>, range => Bound::Included(range.start), Bound::Excluded(range.end);
    std::ops::RangeFrom<T>, range => Bound::Included(range.start), Bound::Unbounded;
    std::ops::RangeTo<T>, range => Bound::Unbounded, Bound::Excluded(range.end);
    std::ops::RangeToInclusive<T>, range => Bound::Unbounded, Bound::Included(range.end);
    std::ops::RangeFull, _ => Bound::Unbounded, Bound::Unbounded;
    (Bound<T>, Bound<T>), (lower, upper) => lower, upper;
}

impl<T> From<std::ops::RangeInclusive<T>> for Range<T> {
    fn from(range: std::ops::RangeInclusive<T>) -> Self {
        let (lower, upper) = range.into_inner();
        Range::Within(Bound::Included(lower), Bound::Included(upper))
    }
}

/// As PostgreSQL writes it: `[1,5)`, `(,2]`, `empty`.
impl<T: ToValue> fmt::Display for Range<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range::Within(lower, upper) = self else {
            return f.write_str("empty");
        };
        match lower {
            Bound::Included(lower) => write!(f, "[{}", Quoted(lower))?,
            Bound::Excluded(lower) => write!(f, "({}", Quoted(lower))?,
            Bound::Unbounded => f.write_str("(")?,
        }
        match upper {
            Bound::Included(upper) => write!(f, ",{}]", Quoted(upper)),
            Bound::Excluded(upper) => write!(f, ",{})", Quoted(upper)),
            Bound::Unbounded => f.write_str(",)"),
        }
    }
}

/// A bound, in quotes where it has more in it than a number or a day.
struct Quoted<'b, T>(&'b T);

impl<T: ToValue> fmt::Display for Quoted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0.to_value();
        let mut text = value.to_string();
        let is_day = matches!(
            value,
            Value::Date(_) | Value::Timestamp(_) | Value::TimestampUtc(_)
        );
        if is_day && text.starts_with('+') {
            // Years beyond 9999 have a sign, which PostgreSQL takes for that of a time zone.
            text.remove(0);
        }
        let is_plain =
            |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
        if !text.is_empty() && text.chars().all(is_plain) {
            return f.write_str(&text);
        }
        let escaped = text.replace('\\', "\\\\").replace('"', "\"\"");
        write!(f, "\"{escaped}\"")
    }
}

impl<T: FromValue> FromValue for Range<T> {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Text(text) => read::range(text),
            other => Err(ValueError::expected("a range", other)),
        }
    }
}

impl<T: ToValue> ToValue for Range<T> {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string().into())
    }
}
