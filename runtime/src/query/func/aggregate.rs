//! Functions of all rows of a group.

use super::{
    super::{
        expr::{Base, Expr, Expression, Number, Textual, Truth, exact},
        expressions::Arguments,
        grouping::AggregateArgument,
        uses::{Aggregate, NoColumns, Windowed},
        window::Window,
    },
    call_of,
};
use crate::{
    sql::{Function, Node},
    value::{Scalar, SqlType, Value},
};

fn aggregated<T, U>(function: Function, arguments: Vec<Node>) -> Expr<T, Aggregate<U>> {
    call_of(function, arguments, true)
}

/// The number of rows in which the operand is not NULL.
pub fn count<E: Expression<Uses: AggregateArgument>>(operand: E) -> Expr<i64, Aggregate<E::Uses>> {
    aggregated(Function::Named("COUNT"), vec![operand.into_node()])
}

/// The number of rows: `COUNT(*)`.
pub fn count_all() -> Expr<i64, Aggregate<NoColumns>> {
    aggregated(Function::CountRows, Vec::new())
}

/// The sum: of whole numbers an `i64`, of others a number of the same type. NULL where there is no row.
pub fn sum<E: Expression<Uses: AggregateArgument>, T: Scalar>(
    operand: E,
) -> Expr<Option<T>, Aggregate<E::Uses>>
where
    Base<E>: Summed<T>,
{
    let operand = exact::<Base<E>>(operand.into_node());
    aggregated(<Base<E> as Summed<T>>::FUNCTION, vec![operand])
}

/// The average, as an `f64`. NULL where there is no row.
pub fn avg<E: Expression<Uses: AggregateArgument>>(
    operand: E,
) -> Expr<Option<f64>, Aggregate<E::Uses>>
where
    Base<E>: Number,
{
    let operand = exact::<Base<E>>(operand.into_node());
    aggregated(Function::Average, vec![operand])
}

/// The smallest value. NULL where there is no row.
pub fn min<E: Expression<Uses: AggregateArgument>>(
    operand: E,
) -> Expr<Option<Base<E>>, Aggregate<E::Uses>> {
    let operand = exact::<Base<E>>(operand.into_node());
    aggregated(Function::Named("MIN"), vec![operand])
}

/// The greatest value. NULL where there is no row.
pub fn max<E: Expression<Uses: AggregateArgument>>(
    operand: E,
) -> Expr<Option<Base<E>>, Aggregate<E::Uses>> {
    let operand = exact::<Base<E>>(operand.into_node());
    aggregated(Function::Named("MAX"), vec![operand])
}

/// The texts of a group in one, with `separator` between them; in any order. NULL where there is no row.
pub fn join_text<E: Expression<Uses: AggregateArgument>>(
    operand: E,
    separator: &'static str,
) -> Expr<Option<String>, Aggregate<E::Uses>>
where
    Base<E>: Textual,
{
    let separator = Node::Parameter(Value::Text(separator.into()));
    aggregated(Function::JoinText, vec![operand.into_node(), separator])
}

/// An aggregate function by its name in the database, which gives a `T`: `func::aggregate::<Option<f64>, _>("stddev", Sample::x)`.
/// Names as in [`call`](super::call).
pub fn aggregate<T: SqlType, A: Arguments<Uses: AggregateArgument>>(
    name: &'static str,
    arguments: A,
) -> Expr<T, Aggregate<A::Uses>> {
    let mut nodes = Vec::new();
    arguments.collect_arguments(&mut nodes);
    aggregated(Function::Named(name), nodes)
}

/// Numbers whose sum is a `T`.
#[diagnostic::on_unimplemented(message = "SQL has no sum of `{Self}`", label = "not a number")]
pub trait Summed<T>: Number {
    #[doc(hidden)]
    const FUNCTION: Function = Function::Named("SUM");
}

macro_rules! summed {
    ($($ty:ty => $sum:ty, $function:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Summed<$sum> for $ty {
            const FUNCTION: Function = $function;
        }
    )* };
}

summed! {
    i8 => i64, Function::SumWhole;
    i16 => i64, Function::SumWhole;
    i32 => i64, Function::SumWhole;
    i64 => i64, Function::SumWhole;
    u8 => i64, Function::SumWhole;
    u16 => i64, Function::SumWhole;
    u32 => i64, Function::SumWhole;
    u64 => i64, Function::SumWhole;
    f32 => f64, Function::Named("SUM");
    f64 => f64, Function::Named("SUM");
}
#[cfg(feature = "decimal")]
summed! { rust_decimal::Decimal => rust_decimal::Decimal, Function::Named("SUM"); }

impl<T: SqlType, U> Expr<T, Aggregate<U>> {
    /// Takes equal values once: `func::count(Post::user_id).distinct()`.
    pub fn distinct(mut self) -> Self {
        if let Node::Call(call) = &mut self.node {
            call.distinct = true;
        }
        self
    }

    /// Takes only the rows for which the condition holds: `func::count(Post::id).filter(Post::title.is_not_null())`. Several
    /// filters must all hold.
    pub fn filter<C: Expression<Type: Truth, Uses: AggregateArgument>>(
        mut self,
        condition: C,
    ) -> Expr<T, Aggregate<(U, C::Uses)>> {
        if let Node::Call(call) = &mut self.node {
            let condition = condition.into_node();
            call.filter = Some(match call.filter.take() {
                None => condition,
                Some(before) => Node::both(before, condition),
            });
        }
        Expr::new(self.node)
    }

    /// The aggregate of the rows around each row, instead of one of a group: a running total, a share of the whole.
    pub fn over<W>(self, window: Window<W>) -> Expr<T, Windowed<(U, W)>> {
        window.over(self.node)
    }
}
