//! Arrays, where the database has them: `Vec<T>`, or `Vec<Option<T>>` where items may be NULL. A `Vec<u8>` is not one, but bytes.

use super::{FromValue, SqlType, ToValue, Value, ValueError, ValueRef};

/// How many items of an array are shown before and behind what is left out.
const SHOWN_ITEMS: usize = 10;

impl<T: SqlType> FromValue for Vec<T> {
    #[inline]
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        T::decode_all(value)
    }
}

impl<T: SqlType> ToValue for Vec<T> {
    fn to_value(&self) -> Value {
        T::encode_all(self)
    }
}

/// Reads an array by its items.
pub(super) fn decode<T: SqlType>(value: ValueRef<'_>) -> Result<Vec<T>, ValueError> {
    let ValueRef::Array(items) = value else {
        return Err(ValueError::expected("an array", value));
    };
    let item = |(index, item): (usize, &Value)| {
        let decoded = T::decode(item.as_ref());
        decoded
            .map_err(|error| ValueError::new(format!("item {} of the array: {error}", index + 1)))
    };
    items.iter().enumerate().map(item).collect()
}

/// An array of items.
pub(super) fn encode<T: SqlType>(items: &[T]) -> Value {
    Value::Array(items.iter().map(T::encode).collect())
}

/// An array as people read it; a long one without its middle, unless it may be as long as it likes.
pub(super) fn described(items: &[Value], longest: usize) -> String {
    let show = |items: &[Value]| {
        let shown = items.iter().map(|item| item.as_ref().described(longest));
        shown.collect::<Vec<_>>().join(", ")
    };
    if longest == usize::MAX || items.len() <= 2 * SHOWN_ITEMS {
        return format!("[{}]", show(items));
    }
    let (head, tail) = (&items[..SHOWN_ITEMS], &items[items.len() - SHOWN_ITEMS..]);
    let left_out = items.len() - 2 * SHOWN_ITEMS;
    format!("[{}, … {left_out} more …, {}]", show(head), show(tail))
}

#[cfg(test)]
mod tests {
    use super::{FromValue, ToValue, Value};

    #[test]
    fn arrays_are_vectors_and_bytes_stay_bytes() {
        assert_eq!(
            vec![1_i32, 2].to_value(),
            Value::Array(vec![Value::Int(1), Value::Int(2)])
        );
        assert_eq!(vec![1_u8, 2].to_value(), Value::Bytes(vec![1, 2]));
        let gap = vec![Some(true), None];
        assert_eq!(
            Vec::<Option<bool>>::from_value(gap.to_value().as_ref()),
            Ok(gap)
        );
        let nested = vec![vec![1_i64], vec![]];
        assert_eq!(
            Vec::<Vec<i64>>::from_value(nested.to_value().as_ref()),
            Ok(nested)
        );
    }

    #[test]
    fn what_does_not_fit_names_its_item() {
        let array = Value::Array(vec![Value::Int(1), Value::Null]);
        let error = Vec::<i32>::from_value(array.as_ref()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "item 2 of the array: expected an integer, found NULL"
        );
        let error = Vec::<i32>::from_value(Value::Int(1).as_ref()).unwrap_err();
        assert_eq!(error.to_string(), "expected an array, found an integer");
    }

    #[test]
    fn a_long_array_is_shortened_in_messages_only() {
        let array: Value = (0..100_i64).collect::<Vec<_>>().to_value();
        assert!(array.as_ref().shortened().contains("9, … 80 more …, 90"));
        assert!(array.to_string().contains("49, 50"));
    }
}
