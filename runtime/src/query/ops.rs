//! `+ - * / % ! & |` on columns and expressions.

use std::ops::{Add, BitAnd, BitOr, Div, Mul, Neg, Not, Rem, Sub};

use super::{
    column::Column,
    expr::{Base, Expr, Expression, Number, Plus, Truth, Whole, exact},
    operand::IntoExpr,
    uses::{Arithmetic, Call, Logic},
};
use crate::{
    model::Source,
    sql::{Binary, Node},
    value::{SqlType, ToValue},
};

/// The operator for a type whose `/` may drop a rest.
const fn division<T: Number>() -> Binary {
    if T::WHOLE {
        Binary::DivideWhole
    } else {
        Binary::Divide
    }
}

macro_rules! arithmetic {
    ($($Trait:ident $method:ident $bound:ident $operator:expr;)*) => { $(
        impl<M: Source, T: SqlType<Base: $bound>, const I: usize, A: 'static, R: IntoExpr<T::Base>> $Trait<R>
            for Column<M, T, I, A>
        {
            type Output = Expr<T::Like<R::Like<T::Base>>, Call<Arithmetic, R::With<Self>>>;

            fn $method(self, right: R) -> Self::Output {
                let operator: fn() -> Binary = $operator;
                Expr::binary(exact::<T::Base>(self.into_node()), operator(), right.into_expr_node())
            }
        }

        impl<T: SqlType<Base: $bound>, U, R: IntoExpr<T::Base>> $Trait<R> for Expr<T, U> {
            type Output = Expr<T::Like<R::Like<T::Base>>, Call<Arithmetic, R::With<U>>>;

            fn $method(self, right: R) -> Self::Output {
                let operator: fn() -> Binary = $operator;
                Expr::binary(exact::<T::Base>(self.node), operator(), right.into_expr_node())
            }
        }
    )* };
}

arithmetic! {
    Add add Plus || <T::Base as Plus>::OPERATOR;
    Sub sub Number || Binary::Subtract;
    Mul mul Number || Binary::Multiply;
    Div div Number division::<T::Base>;
    Rem rem Whole || Binary::Remainder;
}

/// With a number on the left, whose type has to be named: the language allows no other way.
macro_rules! number_on_the_left {
    ($($Trait:ident $method:ident $operator:expr;)*) => { $( number_on_the_left!(@ $Trait $method $operator; i16 i32 i64 f64); )* };
    (@ $Trait:ident $method:ident $operator:expr; $($number:ty)*) => { $(
        impl<M: Source, T: SqlType<Base = $number>, const I: usize, A: 'static> $Trait<Column<M, T, I, A>> for $number {
            type Output = Expr<T, Call<Arithmetic, Column<M, T, I, A>>>;

            fn $method(self, right: Column<M, T, I, A>) -> Self::Output {
                let operator: fn() -> Binary = $operator;
                Expr::binary(Node::Parameter(self.to_value()), operator(), right.into_node())
            }
        }

        impl<T: SqlType<Base = $number>, U> $Trait<Expr<T, U>> for $number {
            type Output = Expr<T, Call<Arithmetic, U>>;

            fn $method(self, right: Expr<T, U>) -> Self::Output {
                let operator: fn() -> Binary = $operator;
                Expr::binary(Node::Parameter(self.to_value()), operator(), right.node)
            }
        }
    )* };
}

number_on_the_left! {
    Add add || Binary::Add;
    Sub sub || Binary::Subtract;
    Mul mul || Binary::Multiply;
    Div div division::<T::Base>;
}

macro_rules! logic {
    ($($Trait:ident $method:ident $operator:expr;)*) => { $(
        impl<M: Source, T: Truth, const I: usize, A: 'static, R: Expression<Type: Truth>> $Trait<R>
            for Column<M, T, I, A>
        {
            type Output = Expr<T::Like<R::Type>, Logic<Self, R::Uses>>;

            fn $method(self, right: R) -> Self::Output {
                Expr::binary(self.into_node(), $operator, right.into_node())
            }
        }

        impl<T: Truth, U, R: Expression<Type: Truth>> $Trait<R> for Expr<T, U> {
            type Output = Expr<T::Like<R::Type>, Logic<U, R::Uses>>;

            fn $method(self, right: R) -> Self::Output {
                Expr::binary(self.node, $operator, right.into_node())
            }
        }
    )* };
}

logic! {
    BitAnd bitand Binary::And;
    BitOr bitor Binary::Or;
}

impl<M: Source, T: Truth, const I: usize, A: 'static> Not for Column<M, T, I, A> {
    type Output = Expr<T, Self>;

    fn not(self) -> Self::Output {
        Expr::new(Node::Not(Box::new(self.into_node())))
    }
}

impl<T: Truth, U> Not for Expr<T, U> {
    type Output = Self;

    fn not(self) -> Self {
        Expr::new(Node::Not(Box::new(self.node)))
    }
}

impl<M: Source, T: SqlType<Base: Number>, const I: usize, A: 'static> Neg for Column<M, T, I, A> {
    type Output = Expr<T, Call<Arithmetic, Self>>;

    fn neg(self) -> Self::Output {
        negative(self)
    }
}

impl<T: SqlType<Base: Number>, U> Neg for Expr<T, U> {
    type Output = Expr<T, Call<Arithmetic, U>>;

    fn neg(self) -> Self::Output {
        negative(self)
    }
}

fn negative<E: Expression>(operand: E) -> Expr<E::Type, Call<Arithmetic, E::Uses>> {
    let operand = exact::<Base<E>>(operand.into_node());
    Expr::new(Node::Negative(Box::new(operand)))
}
