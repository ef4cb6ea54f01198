//! Functions of text.

use super::{
    super::{
        expr::{Base, Expr, Expression, Textual},
        operand::IntoExpr,
        uses::Call,
    },
    argument, called, name, of_one,
};
use crate::{sql::Function, value::SqlType};

/// The text in lower case.
pub fn lower<E: Expression>(operand: E) -> Expr<E::Type, Call<name::Lower, E::Uses>>
where
    Base<E>: Textual,
{
    of_one(Function::Named("LOWER"), operand)
}

/// The text in upper case.
pub fn upper<E: Expression>(operand: E) -> Expr<E::Type, Call<name::Upper, E::Uses>>
where
    Base<E>: Textual,
{
    of_one(Function::Named("UPPER"), operand)
}

/// The text without spaces at its ends.
pub fn trim<E: Expression>(operand: E) -> Expr<E::Type, Call<name::Trim, E::Uses>>
where
    Base<E>: Textual,
{
    of_one(Function::Named("TRIM"), operand)
}

/// The number of characters.
pub fn length<E: Expression>(
    operand: E,
) -> Expr<<E::Type as SqlType>::Like<i64>, Call<name::Length, E::Uses>>
where
    Base<E>: Textual,
{
    called(Function::Length, vec![operand.into_node()])
}

/// A part of the text: so many characters from a position, which is counted from 1.
pub fn substring<E: Expression>(
    operand: E,
    position: i32,
    length: i32,
) -> Expr<E::Type, Call<name::Substring, E::Uses>>
where
    Base<E>: Textual,
{
    let arguments = vec![operand.into_node(), argument(&position), argument(&length)];
    called(Function::Substring, arguments)
}

/// Where `sought` stands in the text for the first time, counted from 1; 0 where it does not.
pub fn position<E: Expression, R: IntoExpr<Base<E>>>(
    operand: E,
    sought: R,
) -> Expr<<E::Type as SqlType>::Like<R::Like<i64>>, Call<name::Position, R::With<E::Uses>>>
where
    Base<E>: Textual,
{
    let arguments = vec![operand.into_node(), sought.into_expr_node()];
    called(Function::Position, arguments)
}

/// The text with `new` wherever `old` stands.
pub fn replace<E: Expression>(
    operand: E,
    old: &str,
    new: &str,
) -> Expr<E::Type, Call<name::Replace, E::Uses>>
where
    Base<E>: Textual,
{
    let arguments = vec![
        operand.into_node(),
        argument(&old.to_owned()),
        argument(&new.to_owned()),
    ];
    called(Function::Named("REPLACE"), arguments)
}
