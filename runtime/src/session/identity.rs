//! The values of a key as one small thing that can be compared and hashed.

use std::hash::{Hash, Hasher};

use crate::{model::Field, value::Value};

/// The values of a key. Keys that are one to a database are equal, however their values came here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Identity {
    /// One whole number.
    Int(i64),
    /// One text.
    Text(Box<str>),
    /// Several values, or one of another type: each with its type, and its length where that varies.
    Other(Box<[u8]>),
}

// The keys of a table are of one kind, so that the kind need not be part of it.
impl Hash for Identity {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Identity::Int(number) => state.write_i64(*number),
            Identity::Text(text) => state.write(text.as_bytes()),
            Identity::Other(bytes) => state.write(bytes),
        }
    }
}

impl Identity {
    /// The identity of the values that fields of some columns have. `None` as with [`of`](Identity::of).
    #[inline]
    pub(crate) fn of_fields<'f>(
        columns: &[usize],
        field: impl Fn(usize) -> &'f dyn Field,
    ) -> Option<Self> {
        if let [only] = columns
            && let Some(number) = field(*only).whole_number()
        {
            return Some(Identity::Int(number));
        }
        Identity::of_columns(columns, |column| field(column).encode())
    }

    /// The identity of the values that columns have. `None` as with [`of`](Identity::of).
    pub(crate) fn of_columns(columns: &[usize], value: impl Fn(usize) -> Value) -> Option<Self> {
        match columns {
            [only] => Identity::of_one(value(*only)),
            _ => Identity::of(columns.iter().map(|column| value(*column))),
        }
    }

    /// The identity of these values. `None` where one of them is NULL, which is equal to nothing, or where there are none.
    pub(crate) fn of(values: impl IntoIterator<Item = Value>) -> Option<Self> {
        let mut values = values.into_iter();
        let first = values.next()?;
        let Some(second) = values.next() else {
            return Identity::of_one(first);
        };
        let mut bytes = Vec::with_capacity(32);
        for value in [first, second].into_iter().chain(values) {
            if value == Value::Null {
                return None;
            }
            push(&mut bytes, &value);
        }
        Some(Identity::Other(bytes.into_boxed_slice()))
    }

    fn of_one(value: Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Int(number) => Some(Identity::Int(number)),
            Value::Text(text) => Some(Identity::Text(text.into_owned().into_boxed_str())),
            Value::UInt(number) if i64::try_from(number).is_ok() => {
                Some(Identity::Int(number.cast_signed()))
            }
            other => {
                let mut bytes = Vec::new();
                push(&mut bytes, &other);
                Some(Identity::Other(bytes.into_boxed_slice()))
            }
        }
    }
}

fn push(bytes: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => bytes.push(0),
        Value::Bool(value) => bytes.extend([1, u8::from(*value)]),
        Value::Int(value) => push_fixed(bytes, 2, value.to_le_bytes()),
        Value::UInt(value) => match i64::try_from(*value) {
            Ok(value) => push_fixed(bytes, 2, value.to_le_bytes()),
            Err(_) => push_fixed(bytes, 3, value.to_le_bytes()),
        },
        Value::Float(value) => push_fixed(bytes, 4, canonical(*value).to_bits().to_le_bytes()),
        Value::Text(value) => push_long(bytes, 5, value.as_bytes()),
        Value::Bytes(value) => push_long(bytes, 6, value),
        Value::Decimal(value) => push_long(bytes, 7, significant(value).as_bytes()),
        Value::Date(value) => push_fixed(bytes, 8, value.to_le_bytes()),
        Value::Time(value) => push_fixed(bytes, 9, value.to_le_bytes()),
        Value::Timestamp(value) => push_fixed(bytes, 10, value.to_le_bytes()),
        Value::TimestampUtc(value) => push_fixed(bytes, 11, value.to_le_bytes()),
        Value::Uuid(value) => push_fixed(bytes, 12, *value),
        Value::Json(value) => push_long(bytes, 13, value.as_bytes()),
        Value::Array(items) => {
            push_fixed(bytes, 14, items.len().to_le_bytes());
            for item in items {
                push(bytes, item);
            }
        }
        Value::Other(opaque) => {
            push_long(bytes, 15, opaque.type_name.as_bytes());
            push_long(bytes, 15, &opaque.bytes);
        }
    }
}

fn push_fixed<const N: usize>(bytes: &mut Vec<u8>, tag: u8, value: [u8; N]) {
    bytes.push(tag);
    bytes.extend(value);
}

fn push_long(bytes: &mut Vec<u8>, tag: u8, value: &[u8]) {
    push_fixed(bytes, tag, value.len().to_le_bytes());
    bytes.extend(value);
}

/// The one of all floating-point numbers that are equal to it; databases that keep NaN in a key have one only.
fn canonical(number: f64) -> f64 {
    if number.is_nan() {
        f64::NAN
    } else {
        // Minus zero becomes zero.
        number + 0.0
    }
}

/// The digits without those zeros at their end that say nothing.
fn significant(digits: &str) -> &str {
    let digits = if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits
    };
    if digits == "-0" { "0" } else { digits }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Identity;
    use crate::value::{Opaque, Value};

    fn text(text: &'static str) -> Value {
        Value::Text(text.into())
    }

    fn decimal(digits: &str) -> Value {
        Value::Decimal(digits.to_owned())
    }

    #[test]
    fn values_that_are_equal_to_a_database_are_one_identity() {
        let pairs = [
            (vec![Value::Int(7)], vec![Value::UInt(7)]),
            (
                vec![Value::Int(7), text("a")],
                vec![Value::UInt(7), Value::Text("a".to_owned().into())],
            ),
            (vec![Value::Float(0.0)], vec![Value::Float(-0.0)]),
            (vec![Value::Float(f64::NAN)], vec![Value::Float(-f64::NAN)]),
            (vec![decimal("12.50")], vec![decimal("12.5")]),
            (vec![decimal("100.00")], vec![decimal("100")]),
            (vec![decimal("-0.0")], vec![decimal("0")]),
        ];
        for (one, other) in pairs {
            assert!(Identity::of(one.clone()).is_some());
            assert_eq!(Identity::of(one), Identity::of(other));
        }
    }

    #[test]
    fn values_that_differ_differ_in_identity() {
        let opaque = |type_name: &str, bytes: &[u8]| {
            Value::Other(Box::new(Opaque {
                type_name: type_name.to_owned(),
                bytes: bytes.to_owned(),
            }))
        };
        let keys = vec![
            vec![Value::Int(1)],
            vec![Value::Int(-1)],
            vec![Value::UInt(u64::MAX)],
            vec![Value::Bool(true)],
            vec![Value::Float(1.0)],
            vec![text("1")],
            vec![text("")],
            vec![Value::Bytes(b"1".to_vec())],
            vec![decimal("1")],
            vec![decimal("10")],
            vec![Value::Json("1".to_owned())],
            vec![Value::Date(1)],
            vec![Value::Time(1)],
            vec![Value::Timestamp(1)],
            vec![Value::TimestampUtc(1)],
            vec![Value::Uuid([1; 16])],
            vec![Value::Array(vec![])],
            vec![Value::Array(vec![Value::Int(1)])],
            vec![Value::Array(vec![Value::Null])],
            vec![opaque("a", b"bc")],
            vec![opaque("ab", b"c")],
            vec![Value::Int(1), Value::Int(2)],
            vec![Value::Int(2), Value::Int(1)],
            vec![Value::Int(1), Value::Int(2), Value::Int(3)],
            vec![text("ab"), text("c")],
            vec![text("a"), text("bc")],
            vec![Value::Array(vec![Value::Int(1)]), Value::Int(2)],
            vec![Value::Array(vec![Value::Int(1), Value::Int(2)])],
        ];
        let count = keys.len();
        let identities: HashSet<Identity> = keys
            .into_iter()
            .map(|key| Identity::of(key).unwrap())
            .collect();
        assert_eq!(identities.len(), count);
    }

    #[test]
    fn null_and_nothing_identify_no_row() {
        assert_eq!(Identity::of([]), None);
        assert_eq!(Identity::of([Value::Null]), None);
        assert_eq!(Identity::of([Value::Int(1), Value::Null]), None);
        assert_eq!(Identity::of([Value::Null, Value::Int(1)]), None);
    }
}
