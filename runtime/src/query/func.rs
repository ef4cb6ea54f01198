//! Functions of SQL: `func::count(User::id)`, `func::lower(User::name)`.
//!
//! Those that databases call differently have one name here. Any other is called by its own name, with the type that it gives
//! declared: [`call`], [`aggregate`].

mod aggregate;
mod date;
mod number;
mod text;
mod window;

pub use aggregate::{Summed, aggregate, avg, count, count_all, join_text, max, min, sum};
pub use date::{Dated, Timed, day, hour, minute, month, second, year};
pub use number::{abs, ceil, floor, random, round};
pub use text::{length, lower, position, replace, substring, trim, upper};
pub use window::{
    WindowFunction, cume_dist, dense_rank, first_value, lag, last_value, lead, nth_value, ntile,
    percent_rank, rank, row_number,
};

use super::{
    cast::CastTarget,
    expr::{Base, Expr, Expression, exact},
    expressions::Arguments,
    operand::IntoExpr,
    uses::{Call, NeverNull, NoColumns},
};
use crate::{
    sql::{self, Function, Node},
    value::{Scalar, SqlType, Value},
};

/// The types that tell functions apart in what an expression uses.
pub mod name {
    macro_rules! names {
        ($($name:ident)*) => { $(
            #[doc = concat!("The function `", stringify!($name), "`.")]
            pub struct $name;
        )* };
    }

    names! {
        Abs Case Ceil Coalesce Day Floor Greatest Hour Least Length Lower Minute Month Named Nullif Position Replace Round
        Second Substring Trim Upper Year
    }
}

/// A function by its name in the database, which gives a `T`: `func::call::<f64, _>("sqrt", Sample::x)`, with several arguments
/// as a tuple. Whether it can be NULL is said by `T` too: `Option<f64>`.
///
/// The name has letters, digits, `_` and `.` only; any other is an [`InvalidRequest`](crate::ErrorKind::InvalidRequest) error of
/// running the query.
pub fn call<T: SqlType, A: Arguments>(
    name: &'static str,
    arguments: A,
) -> Expr<T, Call<name::Named, A::Uses>> {
    let mut nodes = Vec::new();
    arguments.collect_arguments(&mut nodes);
    called(Function::Named(name), nodes)
}

/// A value as an expression: what a query selects without reading it, or an argument of a function.
pub fn value<T: CastTarget>(value: impl Into<T>) -> Expr<T, NoColumns> {
    Expr::new(Node::Parameter(value.into().to_value()))
}

/// NULL, where a `T` could be.
pub fn null<T: CastTarget>() -> Expr<Option<T>, NoColumns> {
    Expr::new(Node::Cast {
        operand: Box::new(Node::Parameter(Value::Null)),
        to: T::TYPE,
    })
}

/// The first value, or the second where the first is NULL. What comes of it can be NULL only where the second can.
pub fn coalesce<E: Expression, R: IntoExpr<Base<E>>>(
    first: E,
    second: R,
) -> Expr<R::Like<Base<E>>, Call<name::Coalesce, R::With<NeverNull<E::Uses>>>> {
    let arguments = vec![first.into_node(), second.into_expr_node()];
    called(Function::Named("COALESCE"), arguments)
}

/// NULL where both are equal, else the first.
pub fn nullif<E: Expression, R: IntoExpr<Base<E>>>(
    first: E,
    second: R,
) -> Expr<Option<Base<E>>, Call<name::Nullif, R::With<E::Uses>>> {
    let arguments = vec![first.into_node(), second.into_expr_node()];
    called(Function::Named("NULLIF"), arguments)
}

/// The greater of two values; the one that is not NULL where the other is.
pub fn greatest<E: Expression, R: IntoExpr<Base<E>>>(
    first: E,
    second: R,
) -> Expr<<E::Type as SqlType>::Like<R::Like<Base<E>>>, Call<name::Greatest, R::With<E::Uses>>> {
    let first = exact::<Base<E>>(first.into_node());
    called(Function::Greatest, vec![first, second.into_expr_node()])
}

/// The smaller of two values; the one that is not NULL where the other is.
pub fn least<E: Expression, R: IntoExpr<Base<E>>>(
    first: E,
    second: R,
) -> Expr<<E::Type as SqlType>::Like<R::Like<Base<E>>>, Call<name::Least, R::With<E::Uses>>> {
    let first = exact::<Base<E>>(first.into_node());
    called(Function::Least, vec![first, second.into_expr_node()])
}

/// The date and time of the database, in UTC; the same within a statement. It is a type of `chrono`; `func::jiff::now()` and
/// `func::time::now()` give those of the other libraries.
#[cfg(feature = "chrono")]
pub fn now() -> Expr<chrono::NaiveDateTime, NoColumns> {
    called(Function::Now, Vec::new())
}

/// What gives types of `jiff`.
#[cfg(feature = "jiff")]
pub mod jiff {
    use super::{Expr, Function, NoColumns, called};

    /// The date and time of the database, in UTC; the same within a statement.
    pub fn now() -> Expr<jiff::civil::DateTime, NoColumns> {
        called(Function::Now, Vec::new())
    }
}

/// What gives types of `time`.
#[cfg(feature = "time")]
pub mod time {
    use super::{Expr, Function, NoColumns, called};

    /// The date and time of the database, in UTC; the same within a statement.
    pub fn now() -> Expr<time::PrimitiveDateTime, NoColumns> {
        called(Function::Now, Vec::new())
    }
}

fn called<T, U>(function: Function, arguments: Vec<Node>) -> Expr<T, U> {
    call_of(function, arguments, false)
}

fn call_of<T, U>(function: Function, arguments: Vec<Node>, aggregate: bool) -> Expr<T, U> {
    Expr::new(Node::Call(Box::new(sql::Call {
        function,
        arguments,
        aggregate,
        distinct: false,
        filter: None,
    })))
}

/// A function of one argument of the same type.
fn of_one<E: Expression, F>(function: Function, operand: E) -> Expr<E::Type, Call<F, E::Uses>> {
    called(function, vec![operand.into_node()])
}

/// A value as an argument.
fn argument<T: Scalar>(value: &T) -> Node {
    Node::Parameter(value.to_value())
}
