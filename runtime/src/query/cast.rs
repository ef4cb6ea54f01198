//! Conversions between types of SQL.

use crate::{sql::CastType, value::Scalar};

/// A Rust type that [`cast`](super::Expression::cast) can convert to.
#[diagnostic::on_unimplemented(
    message = "SQL cannot convert to `{Self}`",
    label = "expected the Rust type of a plain SQL type, such as `i64`, `f64` or `String`"
)]
pub trait CastTarget: Scalar {
    #[doc(hidden)]
    const TYPE: CastType;
}

macro_rules! targets {
    ($($ty:ty: $target:ident)*) => { $(
        #[diagnostic::do_not_recommend]
        impl CastTarget for $ty {
            const TYPE: CastType = CastType::$target;
        }
    )* };
}

targets! { bool: Bool i16: Int16 i32: Int32 i64: Int64 f32: Float32 f64: Float64 String: Text Vec<u8>: Bytes }
#[cfg(feature = "chrono")]
targets! {
    chrono::NaiveDate: Date
    chrono::NaiveTime: Time
    chrono::NaiveDateTime: Timestamp
    chrono::DateTime<chrono::Utc>: TimestampUtc
}
#[cfg(feature = "decimal")]
targets! { rust_decimal::Decimal: Decimal }
#[cfg(feature = "uuid")]
targets! { uuid::Uuid: Uuid }
#[cfg(feature = "json")]
targets! { serde_json::Value: Json }
