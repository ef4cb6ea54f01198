//! Expressions: what can be computed from columns and values.

use std::marker::PhantomData;

use super::{
    cast::CastTarget,
    grouping::RowLevel,
    label::Label,
    operand::{IntoExpr, IntoList, IntoNullable},
    order::OrderKey,
    predicate::Predicate,
    scope::FromTable,
    uses::{Call, CastTo, Comparison, Logic, NeverNull, Reads},
};
use crate::{
    model::Model,
    sql::{self, Binary, Node, Pattern},
    value::{Scalar, SqlType},
};

/// An expression of the Rust type `T` that uses the columns `U`.
pub struct Expr<T, U> {
    pub(crate) node: Node,
    types: PhantomData<(T, U)>,
}

impl<T, U> Expr<T, U> {
    pub(crate) fn new(node: Node) -> Self {
        Expr {
            node,
            types: PhantomData,
        }
    }

    pub(crate) fn binary(left: Node, operator: Binary, right: Node) -> Self {
        Expr::new(Node::binary(left, operator, right))
    }
}

impl<T, U> Clone for Expr<T, U> {
    fn clone(&self) -> Self {
        Expr::new(self.node.clone())
    }
}

impl<T: SqlType, U> Expression for Expr<T, U> {
    type Type = T;
    type Uses = U;

    fn into_node(self) -> Node {
        self.node
    }
}

/// The scalar type of an expression.
pub type Base<E> = <<E as Expression>::Type as SqlType>::Base;
/// A truth value that is NULL where either side is.
pub type Compared<E, R> =
    <<E as Expression>::Type as SqlType>::Like<<R as IntoExpr<Base<E>>>::Like<bool>>;
/// The columns of both sides of a comparison.
pub type Both<E, R> = Call<Comparison, <R as IntoExpr<Base<E>>>::With<<E as Expression>::Uses>>;
/// A truth value that is NULL where the expression is.
pub type Tested<E> = <<E as Expression>::Type as SqlType>::Like<bool>;
/// What a test of an expression against values uses.
pub type TestedUses<E> = Call<Comparison, <E as Expression>::Uses>;

/// A truth value: `bool`, or `Option<bool>` where it can be NULL.
#[diagnostic::on_unimplemented(
    message = "a condition is expected, not a value of type `{Self}`",
    label = "not a condition",
    note = "compare it, for example with `.eq(...)` or `.is_null()`"
)]
pub trait Truth: SqlType<Base = bool> {}

#[diagnostic::do_not_recommend]
impl Truth for bool {}
#[diagnostic::do_not_recommend]
impl Truth for Option<bool> {}

/// A column or anything computed: what can be compared, combined, selected and ordered by.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL expression",
    label = "expected a column or an expression",
    note = "a plain value becomes one by `func::value::<i64>(3)`"
)]
#[allow(clippy::wrong_self_convention)] // an expression is used up by what it becomes part of
pub trait Expression: Sized {
    /// The Rust type of its value.
    type Type: SqlType;
    /// The columns it uses.
    type Uses;

    #[doc(hidden)]
    fn into_node(self) -> Node;

    /// `self = right`. NULL equals nothing: see [`is_null`](Expression::is_null) and [`is`](Expression::is).
    fn eq<R: IntoExpr<Base<Self>>>(self, right: R) -> Expr<Compared<Self, R>, Both<Self, R>> {
        Expr::binary(self.into_node(), Binary::Equal, right.into_expr_node())
    }

    /// `self <> right`.
    fn ne<R: IntoExpr<Base<Self>>>(self, right: R) -> Expr<Compared<Self, R>, Both<Self, R>> {
        Expr::binary(self.into_node(), Binary::NotEqual, right.into_expr_node())
    }

    /// `self > right`.
    fn gt<R: IntoExpr<Base<Self>>>(self, right: R) -> Expr<Compared<Self, R>, Both<Self, R>> {
        ordered(self, Binary::Greater, right)
    }

    /// `self >= right`.
    fn ge<R: IntoExpr<Base<Self>>>(self, right: R) -> Expr<Compared<Self, R>, Both<Self, R>> {
        ordered(self, Binary::GreaterOrEqual, right)
    }

    /// `self < right`.
    fn lt<R: IntoExpr<Base<Self>>>(self, right: R) -> Expr<Compared<Self, R>, Both<Self, R>> {
        ordered(self, Binary::Less, right)
    }

    /// `self <= right`.
    fn le<R: IntoExpr<Base<Self>>>(self, right: R) -> Expr<Compared<Self, R>, Both<Self, R>> {
        ordered(self, Binary::LessOrEqual, right)
    }

    /// The comparison in which NULL equals NULL: takes an `Option`, a value, or an expression.
    fn is<R: IntoNullable<Base<Self>>>(
        self,
        right: R,
    ) -> Expr<bool, NeverNull<R::With<Self::Uses>>> {
        Expr::binary(
            self.into_node(),
            Binary::NullSafeEqual,
            right.into_nullable_node(),
        )
    }

    /// `self IS NULL`.
    fn is_null(self) -> Expr<bool, NeverNull<Self::Uses>> {
        Expr::new(Node::IsNull(Box::new(self.into_node())))
    }

    /// `self IS NOT NULL`.
    fn is_not_null(self) -> Expr<bool, NeverNull<Self::Uses>> {
        Expr::new(Node::Not(Box::new(Node::IsNull(Box::new(
            self.into_node(),
        )))))
    }

    /// `self IN (…)`: a list of values, false when it is empty, or a query that selects one column.
    ///
    /// ```ignore
    /// User::id.in_([1, 3, 4])
    /// !User::id.in_(select::<Post>().select(Post::user_id))
    /// ```
    fn in_<L: IntoList<Base<Self>>>(
        self,
        list: L,
    ) -> Expr<Tested<Self>, Call<Comparison, L::With<Self::Uses>>> {
        Expr::new(list.into_membership(self.into_node()))
    }

    /// `self BETWEEN low AND high`, both included.
    fn between<L, H>(
        self,
        low: L,
        high: H,
    ) -> Expr<
        <Compared<Self, L> as SqlType>::Like<H::Like<bool>>,
        Call<Comparison, H::With<L::With<Self::Uses>>>,
    >
    where
        L: IntoExpr<Base<Self>>,
        H: IntoExpr<Base<Self>>,
    {
        Expr::new(Node::Between {
            operand: Box::new(exact::<Base<Self>>(self.into_node())),
            low: Box::new(low.into_expr_node()),
            high: Box::new(high.into_expr_node()),
        })
    }

    /// `self LIKE pattern`, in which `%` stands for any text and `_` for any character. Whether upper and lower case differ is
    /// the database's affair.
    fn like(self, pattern: &str) -> Expr<Tested<Self>, TestedUses<Self>>
    where
        Base<Self>: Textual,
    {
        matching(self, pattern, Pattern::Like, false)
    }

    /// [`like`](Expression::like), in which upper and lower case are alike; on SQLite, those of ASCII letters.
    fn ilike(self, pattern: &str) -> Expr<Tested<Self>, TestedUses<Self>>
    where
        Base<Self>: Textual,
    {
        matching(self, pattern, Pattern::Like, true)
    }

    /// Whether the text begins with `text`, in which nothing has a special meaning.
    fn starts_with(self, text: &str) -> Expr<Tested<Self>, TestedUses<Self>>
    where
        Base<Self>: Textual,
    {
        matching(self, text, Pattern::Start, false)
    }

    /// Whether the text contains `text`, in which nothing has a special meaning.
    fn contains(self, text: &str) -> Expr<Tested<Self>, TestedUses<Self>>
    where
        Base<Self>: Textual,
    {
        matching(self, text, Pattern::Middle, false)
    }

    /// Whether the text ends with `text`, in which nothing has a special meaning.
    fn ends_with(self, text: &str) -> Expr<Tested<Self>, TestedUses<Self>>
    where
        Base<Self>: Textual,
    {
        matching(self, text, Pattern::End, false)
    }

    /// Both conditions; the same as `self & right`.
    fn and<R: Expression<Type: Truth>>(
        self,
        right: R,
    ) -> Expr<<Self::Type as SqlType>::Like<R::Type>, Logic<Self::Uses, R::Uses>>
    where
        Self::Type: Truth,
    {
        Expr::binary(self.into_node(), Binary::And, right.into_node())
    }

    /// Either condition; the same as `self | right`.
    fn or<R: Expression<Type: Truth>>(
        self,
        right: R,
    ) -> Expr<<Self::Type as SqlType>::Like<R::Type>, Logic<Self::Uses, R::Uses>>
    where
        Self::Type: Truth,
    {
        Expr::binary(self.into_node(), Binary::Or, right.into_node())
    }

    /// The value as another type: `CAST(self AS …)`. A fraction that becomes a whole number is rounded or cut off, as the database
    /// does it; a number that is not 0 is true.
    fn cast<T: CastTarget>(
        self,
    ) -> Expr<<Self::Type as SqlType>::Like<T>, Call<CastTo<T>, Self::Uses>> {
        Expr::new(super::cast::converted::<Base<Self>>(
            self.into_node(),
            T::TYPE,
        ))
    }

    /// The same value, as one that could be NULL: for what has to be of one type with something that can, such as the two sides
    /// of a union.
    fn nullable(self) -> Expr<Option<Base<Self>>, Self::Uses> {
        Expr::new(self.into_node())
    }

    /// Gives the expression a name, under which it is selected and can be ordered by.
    ///
    /// ```ignore
    /// let posts = func::count(Post::id).label("posts");
    /// let busy = select::<Post>()
    ///     .group_by(Post::user_id)
    ///     .having(posts.gt(3))
    ///     .order_by(posts.desc())
    ///     .select((Post::user_id, &posts));
    /// ```
    fn label(self, name: &'static str) -> Label<Self::Type, Self::Uses> {
        Label::new(name, self.into_node())
    }

    /// A condition on `M` alone, of a type that does not tell which columns it uses: conditions can be collected and combined.
    /// See [`Predicate`].
    fn predicate<M: Model, I>(self) -> Predicate<M>
    where
        Self::Type: Truth,
        Self::Uses: RowLevel + Reads<FromTable<M>, I>,
    {
        Predicate::new(self.into_node())
    }

    /// The smallest first.
    fn asc(self) -> OrderKey<Self::Uses> {
        OrderKey::new(exact::<Base<Self>>(self.into_node()), false)
    }

    /// The greatest first.
    fn desc(self) -> OrderKey<Self::Uses> {
        OrderKey::new(exact::<Base<Self>>(self.into_node()), true)
    }
}

/// A comparison by order.
fn ordered<E: Expression, R: IntoExpr<Base<E>>>(
    left: E,
    operator: Binary,
    right: R,
) -> Expr<Compared<E, R>, Both<E, R>> {
    Expr::binary(
        exact::<Base<E>>(left.into_node()),
        operator,
        right.into_expr_node(),
    )
}

/// Marks an operand of something that not every database can do with exact decimal numbers.
pub(super) fn exact<T: Scalar>(node: Node) -> Node {
    if T::EXACT {
        Node::Exact(Box::new(node))
    } else {
        node
    }
}

fn matching<E: Expression>(
    operand: E,
    text: &str,
    pattern: Pattern,
    ignores_case: bool,
) -> Expr<Tested<E>, TestedUses<E>> {
    Expr::new(Node::Like(Box::new(sql::Like {
        operand: operand.into_node(),
        pattern: Node::Parameter(pattern.text(text)),
        escaped: pattern.is_escaped(),
        ignores_case,
    })))
}

/// Text: what has patterns, cases and a length.
#[diagnostic::on_unimplemented(
    message = "text is expected, not a value of type `{Self}`",
    label = "not text",
    note = "convert it first, with `.cast::<String>()`"
)]
pub trait Textual: Scalar {}

#[diagnostic::do_not_recommend]
impl Textual for String {}

/// Numbers: what arithmetic is defined for.
#[diagnostic::on_unimplemented(
    message = "a number is expected, not a value of type `{Self}`",
    label = "not a number",
    note = "convert it first, for example with `.cast::<i64>()`"
)]
pub trait Number: Scalar {
    /// Whether `/` divides whole numbers, so that the rest is dropped.
    #[doc(hidden)]
    const WHOLE: bool = false;
}

/// Whole numbers: what a division leaves a remainder of.
#[diagnostic::on_unimplemented(
    message = "SQL has no remainder of `{Self}`",
    label = "not a whole number"
)]
pub trait Whole: Number {}

/// What has a `+`: numbers, and text, which is joined.
#[diagnostic::on_unimplemented(
    message = "SQL has no `+` for `{Self}`",
    label = "cannot be added to"
)]
pub trait Plus: Scalar {
    #[doc(hidden)]
    const OPERATOR: Binary = Binary::Add;
}

macro_rules! numbers {
    ($($ty:ty: $whole:literal)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Number for $ty {
            const WHOLE: bool = $whole;
        }
        #[diagnostic::do_not_recommend]
        impl Plus for $ty {}
    )* };
}

numbers! { i8: true i16: true i32: true i64: true u8: true u16: true u32: true u64: true f32: false f64: false }
#[cfg(feature = "decimal")]
numbers! { rust_decimal::Decimal: false }

macro_rules! whole_numbers {
    ($($ty:ty)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Whole for $ty {}
    )* };
}

whole_numbers! { i8 i16 i32 i64 u8 u16 u32 u64 }

#[diagnostic::do_not_recommend]
impl Plus for String {
    const OPERATOR: Binary = Binary::Concatenate;
}
