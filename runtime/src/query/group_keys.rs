//! What `group_by` takes.

use super::{
    column::{Column, WholeRow},
    expr::{Expr, Expression},
    grouping::{GroupKey, NoMore, RowLevel},
    label::Label,
    mistaken::{IsExpression, Mistaken},
    predicate::Predicate,
    scope::{In, Uses},
    selection::whole_row,
    uses::Reads,
};
use crate::{
    model::{Model, Source},
    sql::Node,
    value::SqlType,
};

/// What a query is grouped by: a column, an expression, a whole row (which determines its columns), or a tuple of these. `List` are
/// the keys, `Which` says where they were found; both are inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something to group by",
    label = "expected columns, expressions, `Model::entity()`, or a tuple of these"
)]
pub trait GroupKeys<S, List, Which> {
    #[doc(hidden)]
    fn into_keys(self, into: &mut Vec<Node>);
}

// One blanket between this and the real implementations keeps their list out of messages.
impl<S, L, I, K: GroupKeyList<S, L, I>> GroupKeys<S, L, I> for K {
    fn into_keys(self, into: &mut Vec<Node>) {
        self.collect_keys(into);
    }
}

/// Implemented for columns, expressions, whole rows, and tuples of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something to group by",
    label = "expected columns, expressions, `Model::entity()`, or a tuple of these"
)]
pub trait GroupKeyList<S, List, Which> {
    #[doc(hidden)]
    fn collect_keys(self, into: &mut Vec<Node>);
}

// Not one for all expressions: beside the tuples, the compiler would not say which part of a tuple is wrong.
macro_rules! single_keys {
    ($([$($generics:tt)*] $key:ty => $uses:ty;)*) => { $(
        impl<S, I, $($generics)*> GroupKeyList<S, GroupKey<$uses, NoMore>, I> for $key
        where
            $uses: RowLevel + Reads<S, I>,
        {
            fn collect_keys(self, into: &mut Vec<Node>) {
                into.push(self.into_node());
            }
        }
    )* };
}

single_keys! {
    [M: Source, T: SqlType, const N: usize, A: 'static] Column<M, T, N, A> => Self;
    [T: SqlType, U] Expr<T, U> => U;
    [T: SqlType, U] &Label<T, U> => U;
    [M: Model] Predicate<M> => WholeRow<M>;
}

macro_rules! never_keys {
    ($($ty:ty)*) => { $(
        impl<S> GroupKeyList<S, NoMore, ()> for $ty
        where
            Mistaken<(S, Self)>: IsExpression,
        {
            fn collect_keys(self, _into: &mut Vec<Node>) {}
        }
    )* };
}

never_keys! { i64 &str }

impl<S, I, M: Source> GroupKeyList<S, GroupKey<WholeRow<M>, NoMore>, I> for WholeRow<M>
where
    Uses<M>: In<M, S, I>,
{
    fn collect_keys(self, into: &mut Vec<Node>) {
        into.push(whole_row::<M>());
    }
}

macro_rules! keys {
    () => { NoMore };
    ($first:ident $($rest:ident)*) => { GroupKey<$first, keys!($($rest)*)> };
}

macro_rules! key_tuples {
    ($(($($part:ident $key:ident $which:ident),+))+) => { $(
        impl<S, $($part, $key, $which),+> GroupKeyList<S, keys!($($key)+), ($($which,)+)> for ($($part,)+)
        where
            $($part: GroupKeyList<S, GroupKey<$key, NoMore>, $which>),+
        {
            #[allow(non_snake_case)]
            fn collect_keys(self, into: &mut Vec<Node>) {
                let ($($part,)+) = self;
                $($part.collect_keys(into);)+
            }
        }
    )+ };
}

key_tuples! {
    (A KA IA)
    (A KA IA, B KB IB)
    (A KA IA, B KB IB, C KC IC)
    (A KA IA, B KB IB, C KC IC, D KD ID)
    (A KA IA, B KB IB, C KC IC, D KD ID, E KE IE)
    (A KA IA, B KB IB, C KC IC, D KD ID, E KE IE, F KF IF)
    (A KA IA, B KB IB, C KC IC, D KD ID, E KE IE, F KF IF, G KG IG)
    (A KA IA, B KB IB, C KC IC, D KD ID, E KE IE, F KF IF, G KG IG, H KH IH)
}
