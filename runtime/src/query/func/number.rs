//! Functions of numbers.

use super::{
    super::{
        expr::{Base, Expr, Expression, Number, exact},
        uses::{Call, NoColumns},
    },
    argument, called, name, of_one,
};
use crate::sql::{CastType, Function, Node};

/// The number without its sign.
pub fn abs<E: Expression>(operand: E) -> Expr<E::Type, Call<name::Abs, E::Uses>>
where
    Base<E>: Number,
{
    of_number(Function::Named("ABS"), operand)
}

/// The number rounded to so many digits behind the point, of which a whole number has none. A number below 0 means digits before
/// it; SQLite cannot round to these, and says [`Unsupported`](crate::ErrorKind::Unsupported).
pub fn round<E: Expression>(operand: E, digits: i32) -> Expr<E::Type, Call<name::Round, E::Uses>>
where
    Base<E>: Number,
{
    let operand = exact::<Base<E>>(operand.into_node());
    let whole = <Base<E> as Number>::WHOLE;
    if whole && digits >= 0 {
        return Expr::new(operand);
    }
    let rounded: Expr<E::Type, Call<name::Round, E::Uses>> =
        called(Function::Round, vec![operand, argument(&digits)]);
    if !whole {
        return rounded;
    }
    // Databases make a fraction of a whole number.
    Expr::new(Node::Cast {
        operand: Box::new(rounded.node),
        to: CastType::Int64,
    })
}

/// The greatest whole number that is not greater.
pub fn floor<E: Expression>(operand: E) -> Expr<E::Type, Call<name::Floor, E::Uses>>
where
    Base<E>: Number,
{
    of_fraction(Function::Floor, operand)
}

/// The smallest whole number that is not smaller.
pub fn ceil<E: Expression>(operand: E) -> Expr<E::Type, Call<name::Ceil, E::Uses>>
where
    Base<E>: Number,
{
    of_fraction(Function::Ceiling, operand)
}

/// A random number from 0 up to 1, another one for each row.
pub fn random() -> Expr<f64, NoColumns> {
    called(Function::Random, Vec::new())
}

fn of_number<E: Expression, F>(function: Function, operand: E) -> Expr<E::Type, Call<F, E::Uses>> {
    let operand = exact::<Base<E>>(operand.into_node());
    of_one(function, Expr::<E::Type, E::Uses>::new(operand))
}

/// A function that leaves whole numbers as they are: of these, databases make fractions.
fn of_fraction<E: Expression, F>(function: Function, operand: E) -> Expr<E::Type, Call<F, E::Uses>>
where
    Base<E>: Number,
{
    if <Base<E> as Number>::WHOLE {
        return Expr::new(operand.into_node());
    }
    of_number(function, operand)
}
