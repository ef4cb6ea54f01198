//! CASE.

use std::marker::PhantomData;

use super::{
    expr::{Expr, Expression, Truth},
    func::name,
    operand::IntoExpr,
    uses::{Call, NeverNull, NoColumns},
};
use crate::{
    sql::{self, Node},
    value::{Scalar, SqlType},
};

/// A CASE without a condition yet: see [`case`].
#[must_use = "say `.when(...)`"]
pub struct CaseStart<B>(PhantomData<B>);

/// A CASE in the making, whose values are of type `B`, or `T` as far as they can be NULL; it uses the columns `U`.
#[must_use = "say `.otherwise(...)` or `.end()`"]
pub struct Case<B, T, U> {
    branches: Vec<(Node, Node)>,
    types: PhantomData<(B, T, U)>,
}

/// The value of the first condition that holds: `CASE WHEN … THEN … ELSE … END`, whose values are of type `T`.
///
/// ```ignore
/// let stage = case::<String>()
///     .when(User::age.lt(18), "minor")
///     .when(User::age.lt(65), "adult")
///     .otherwise("senior");
/// ```
pub fn case<T: Scalar>() -> CaseStart<T> {
    CaseStart(PhantomData)
}

impl<B: Scalar> CaseStart<B> {
    /// The value where this condition holds.
    pub fn when<C, V>(
        self,
        condition: C,
        value: V,
    ) -> Case<B, V::Like<B>, V::With<(NoColumns, NeverNull<C::Uses>)>>
    where
        C: Expression<Type: Truth>,
        V: IntoExpr<B>,
    {
        let nothing: Case<B, B, NoColumns> = Case {
            branches: Vec::new(),
            types: PhantomData,
        };
        nothing.when(condition, value)
    }
}

impl<B: Scalar, T: SqlType, U> Case<B, T, U> {
    /// The value where this condition holds, and none before.
    pub fn when<C, V>(
        mut self,
        condition: C,
        value: V,
    ) -> Case<B, V::Like<T>, V::With<(U, NeverNull<C::Uses>)>>
    where
        C: Expression<Type: Truth>,
        V: IntoExpr<B>,
    {
        let branch = (condition.into_node(), value.into_expr_node());
        self.branches.push(branch);
        Case {
            branches: self.branches,
            types: PhantomData,
        }
    }

    /// The value where no condition holds.
    pub fn otherwise<V: IntoExpr<B>>(
        self,
        value: V,
    ) -> Expr<V::Like<T>, Call<name::Case, V::With<U>>> {
        self.finish(Some(value.into_expr_node()))
    }

    /// NULL where no condition holds.
    pub fn end(self) -> Expr<Option<B>, Call<name::Case, U>> {
        self.finish(None)
    }

    fn finish<X, V>(self, otherwise: Option<Node>) -> Expr<X, V> {
        Expr::new(Node::Case(Box::new(sql::Case {
            branches: self.branches,
            otherwise,
        })))
    }
}
