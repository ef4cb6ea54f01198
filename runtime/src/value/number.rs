//! Numbers and truth values.

use std::fmt;

use super::{FromValue, ToValue, Value, ValueError, ValueRef, text};

macro_rules! integers {
    ($($ty:ident $({ $($reading:item)* } { $($writing:item)* })?)*) => { $(
        impl FromValue for $ty {
            #[inline]
            fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
                match value {
                    ValueRef::Int(value) => {
                        $ty::try_from(value).map_err(|_| too_large(value, stringify!($ty)))
                    }
                    ValueRef::UInt(value) => {
                        $ty::try_from(value).map_err(|_| too_large(value, stringify!($ty)))
                    }
                    ValueRef::Bool(value) => Ok($ty::from(value)),
                    other => Err(ValueError::expected("an integer", other)),
                }
            }

            $($($reading)*)?
        }

        impl ToValue for $ty {
            const NUMBER: bool = true;

            fn to_value(&self) -> Value {
                i64::try_from(*self).map_or_else(|_| Value::UInt(*self as u64), Value::Int)
            }

            $($($writing)*)?
        }
    )* };
}

integers!(i8 i16 i32 i64 u16 u32 u64 u8 {
    // A vector of them is not an array.
    #[inline]
    fn all_from_value(value: ValueRef<'_>) -> Result<Vec<u8>, ValueError> {
        text::read_bytes(value)
    }
} {
    fn all_to_value(bytes: &[u8]) -> Value {
        Value::Bytes(bytes.to_vec())
    }
});

impl FromValue for f64 {
    #[inline]
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Float(value) => Ok(value),
            ValueRef::Int(value) if value as f64 as i64 == value => Ok(value as f64),
            ValueRef::Int(value) => Err(ValueError::out_of_range(value, "f64 without a loss")),
            other => Err(ValueError::expected("a number", other)),
        }
    }
}

impl ToValue for f64 {
    const NUMBER: bool = true;

    fn to_value(&self) -> Value {
        Value::Float(*self)
    }
}

impl FromValue for f32 {
    #[inline]
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        let wide = f64::from_value(value)?;
        let narrow = wide as f32;
        if narrow.is_infinite() && wide.is_finite() {
            return Err(ValueError::out_of_range(wide, "f32"));
        }
        Ok(narrow)
    }
}

impl ToValue for f32 {
    const NUMBER: bool = true;

    fn to_value(&self) -> Value {
        Value::Float(f64::from(*self))
    }
}

impl FromValue for bool {
    #[inline]
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Bool(value) => Ok(value),
            ValueRef::Int(value) => Ok(value != 0),
            other => Err(ValueError::expected("a boolean", other)),
        }
    }
}

impl ToValue for bool {
    const TRUTH: bool = true;

    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
}

#[cold]
fn too_large(value: impl fmt::Display, ty: &str) -> ValueError {
    ValueError::out_of_range(value, ty)
}
