//! Conversions between types of SQL.

use crate::{
    sql::{Binary, CastType, Node},
    value::{Class, Scalar},
};

/// A Rust type that [`cast`](super::Expression::cast) can convert to.
#[diagnostic::on_unimplemented(
    message = "SQL cannot convert to `{Self}`",
    label = "expected the Rust type of a plain SQL type, such as `i64`, `f64` or `String`"
)]
pub trait CastTarget: Scalar {
    #[doc(hidden)]
    const TYPE: CastType;
}

/// The conversion of an expression of type `T`.
pub(super) fn converted<T: Scalar>(operand: Node, to: CastType) -> Node {
    let cast = |operand, to| Node::Cast {
        operand: Box::new(operand),
        to,
    };
    match (T::CLASS, to) {
        (Class::Number, CastType::Bool) => Node::Binary {
            left: Box::new(operand),
            operator: Binary::NotEqual,
            right: Box::new(Node::Written("0")),
        },
        // PostgreSQL converts truth values to this type of numbers only.
        (
            Class::Truth,
            CastType::Int16 | CastType::Int64 | CastType::Float32 | CastType::Float64,
        ) => cast(cast(operand, CastType::Int32), to),
        (Class::Uuid, CastType::Text) => cast(operand, CastType::TextOfUuid),
        _ => cast(operand, to),
    }
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
#[cfg(feature = "decimal")]
targets! { rust_decimal::Decimal: Decimal }
#[cfg(feature = "uuid")]
targets! { uuid::Uuid: Uuid }
#[cfg(feature = "json")]
targets! { serde_json::Value: Json }
