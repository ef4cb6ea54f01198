//! What makes a Rust type the type of a column.

use super::{Value, ValueError, ValueRef, array};

/// Reading: a Rust type made from a cell. Implement it together with [`ToValue`], once for all databases.
///
/// ```
/// use aludel::value::{FromValue, ToValue, Value, ValueError, ValueRef};
///
/// struct Cents(i64);
///
/// impl FromValue for Cents {
///     fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
///         i64::from_value(value).map(Cents)
///     }
/// }
///
/// impl ToValue for Cents {
///     fn to_value(&self) -> Value {
///         Value::Int(self.0)
///     }
/// }
/// ```
pub trait FromValue: Sized {
    /// Makes the type from a cell that is not NULL; NULL is the business of `Option`.
    ///
    /// # Errors
    /// When the value is of another kind or out of range. Nothing is ever truncated.
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError>;

    /// Makes a vector of the type from a cell that is not NULL: an array, except for bytes.
    ///
    /// # Errors
    /// As [`from_value`](FromValue::from_value), for any item.
    #[doc(hidden)]
    fn all_from_value(value: ValueRef<'_>) -> Result<Vec<Self>, ValueError>
    where
        Self: SqlType,
    {
        array::decode(value)
    }
}

/// Types that not all databases convert to all others by a plain CAST.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A truth value.
    Truth,
    /// A binary number.
    Number,
    /// A UUID.
    Uuid,
    /// Any other.
    Other,
}

/// Writing: a Rust type as a parameter.
pub trait ToValue {
    /// Whether it is an exact decimal number, which some databases cannot compare or compute with.
    #[doc(hidden)]
    const EXACT: bool = false;

    /// As what databases convert it to other types.
    #[doc(hidden)]
    const CLASS: Class = Class::Other;

    /// The value to bind.
    fn to_value(&self) -> Value;

    /// The value to bind for several of them: an array, except for bytes.
    #[doc(hidden)]
    fn all_to_value(items: &[Self]) -> Value
    where
        Self: SqlType,
    {
        array::encode(items)
    }
}

impl FromValue for Value {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        Ok(value.to_owned())
    }
}

impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

/// A Rust type of values that are not NULL. It is there for every type with [`FromValue`] and [`ToValue`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the Rust type of an SQL value",
    label = "not an SQL value",
    note = "implement `aludel::FromValue` and `aludel::ToValue` for it"
)]
pub trait Scalar: FromValue + ToValue + Sized + 'static {}

#[diagnostic::do_not_recommend]
impl<T: FromValue + ToValue + 'static> Scalar for T {}

/// A scalar, or an `Option` of one where NULL is possible.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the Rust type of an SQL value",
    label = "not an SQL value"
)]
pub trait SqlType: Sized + 'static {
    /// The scalar.
    type Base: Scalar;
    /// `X`, or an `Option` of it where `Self` is one.
    type Like<X: SqlType>: SqlType;

    /// Makes the type from a cell.
    ///
    /// # Errors
    /// As [`FromValue::from_value`]; and for NULL, unless `Self` is an `Option`.
    fn decode(value: ValueRef<'_>) -> Result<Self, ValueError>;

    /// The value to bind.
    fn encode(&self) -> Value;

    /// The scalar, unless it is NULL.
    fn into_option(self) -> Option<Self::Base>;

    /// Makes a vector of the type from a cell that is not NULL.
    #[doc(hidden)]
    fn decode_all(value: ValueRef<'_>) -> Result<Vec<Self>, ValueError> {
        array::decode(value)
    }

    /// The value to bind for several of them.
    #[doc(hidden)]
    fn encode_all(items: &[Self]) -> Value {
        array::encode(items)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Scalar> SqlType for T {
    type Base = T;
    type Like<X: SqlType> = X;

    #[inline]
    fn decode(value: ValueRef<'_>) -> Result<Self, ValueError> {
        T::from_value(value)
    }

    fn encode(&self) -> Value {
        self.to_value()
    }

    fn into_option(self) -> Option<T> {
        Some(self)
    }

    #[inline]
    fn decode_all(value: ValueRef<'_>) -> Result<Vec<T>, ValueError> {
        T::all_from_value(value)
    }

    fn encode_all(items: &[T]) -> Value {
        T::all_to_value(items)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Scalar> SqlType for Option<T> {
    type Base = T;
    type Like<X: SqlType> = Option<X::Base>;

    #[inline]
    fn decode(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }

    fn encode(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn into_option(self) -> Option<T> {
        self
    }
}
