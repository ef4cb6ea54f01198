//! Parts of dates and times.

use super::{
    super::{
        expr::{Base, Expr, Expression},
        uses::Call,
    },
    called, name,
};
use crate::{
    sql::{Function, Part},
    value::{Scalar, SqlType},
};

/// What has a year, a month and a day.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no year, month and day",
    label = "not a date"
)]
pub trait Dated: Scalar {}

/// What has an hour, a minute and a second.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no hour, minute and second",
    label = "not a time"
)]
pub trait Timed: Scalar {}

/// A part of the operand, as a number.
type PartOf<E, F> =
    Expr<<<E as Expression>::Type as SqlType>::Like<i64>, Call<F, <E as Expression>::Uses>>;

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident $part:ident $Trait:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression>(operand: E) -> PartOf<E, name::$part>
        where
            Base<E>: $Trait,
        {
            called(Function::Part(Part::$part), vec![operand.into_node()])
        }
    )* };
}

parts! {
    /// The year.
    year Year Dated;
    /// The month, from 1 to 12.
    month Month Dated;
    /// The day of the month, from 1.
    day Day Dated;
    /// The hour, from 0 to 23; of a point in time, in UTC.
    hour Hour Timed;
    /// The minute, from 0 to 59.
    minute Minute Timed;
    /// The second, from 0 to 59, without its fraction.
    second Second Timed;
}
