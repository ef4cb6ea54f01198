//! Tables that a query makes for another one: common table expressions, and queries in FROM.

use std::{marker::PhantomData, sync::Arc};

use super::{
    column::WholeRow,
    rows::IntoQuery,
    scope::{FromTable, Standalone},
    select::{Query, Select, select},
};
use crate::{
    model::Source,
    sql::{self, Node, SetOperator},
};

/// A table that the program declares with [`derived!`](crate::derived), for a query to fill.
pub trait Derived: Source<Row = Self> {
    /// The types of its columns: a tuple, or the only one.
    type Columns;

    /// The whole row: what is selected of it beside other things.
    fn entity() -> WholeRow<Self> {
        WholeRow::new()
    }

    /// The rows of a query as a common table expression, `WITH … AS (…)`: written once, and read as often as one likes.
    fn cte<Q: IntoQuery<Output: Fills<Self>, Outside: Standalone>>(query: Q) -> DerivedTable<Self> {
        DerivedTable::named(query.into_query(), None)
    }

    /// The rows of a query in the place of a table: `FROM (…) AS …`.
    fn subquery<Q: IntoQuery<Output: Fills<Self>, Outside: Standalone>>(
        query: Q,
    ) -> DerivedTable<Self> {
        DerivedTable {
            origin: Origin::Inline(Arc::new(query.into_query())),
            source: PhantomData,
        }
    }

    /// A recursive common table expression: the rows of `base`, then those that `step` makes of the rows before, until there
    /// are none. `step` is given the table itself, to join it.
    fn recursive<B, Q>(base: B, step: impl FnOnce(DerivedTable<Self>) -> Q) -> DerivedTable<Self>
    where
        B: IntoQuery<Output: Fills<Self>, Outside: Standalone>,
        Q: IntoQuery<Output: Fills<Self>, Outside: Standalone>,
    {
        let step = step(DerivedTable::itself()).into_query();
        DerivedTable::named(base.into_query(), Some((step, SetOperator::UnionAll)))
    }

    /// As [`recursive`](Derived::recursive), without the rows that were there already: it ends also where the rows lead back to
    /// themselves.
    fn recursive_distinct<B, Q>(
        base: B,
        step: impl FnOnce(DerivedTable<Self>) -> Q,
    ) -> DerivedTable<Self>
    where
        B: IntoQuery<Output: Fills<Self>, Outside: Standalone>,
        Q: IntoQuery<Output: Fills<Self>, Outside: Standalone>,
    {
        let step = step(DerivedTable::itself()).into_query();
        DerivedTable::named(base.into_query(), Some((step, SetOperator::Union)))
    }
}

/// Does a query with rows of this type fill the derived table `D`?
#[diagnostic::on_unimplemented(
    message = "the columns of `{D}` do not have the types that this query selects: `{Self}`",
    label = "selects other types than `{D}` declares"
)]
pub trait Fills<D> {}

#[diagnostic::do_not_recommend]
impl<D: Derived<Columns = C>, C> Fills<D> for C {}

/// A table made by a query, under the name that `A` gives it: what queries join and begin with.
pub struct DerivedTable<A> {
    origin: Origin,
    source: PhantomData<A>,
}

/// Where the rows come from.
#[derive(Clone)]
enum Origin {
    /// A common table expression.
    Named(Arc<sql::With>),
    /// A query in FROM.
    Inline(Arc<sql::Query>),
    /// The common table expression that it stands in.
    Itself,
}

impl<A> Clone for DerivedTable<A> {
    fn clone(&self) -> Self {
        DerivedTable {
            origin: self.origin.clone(),
            source: PhantomData,
        }
    }
}

impl<D: Derived> DerivedTable<D> {
    fn named(query: sql::Query, step: Option<(sql::Query, SetOperator)>) -> Self {
        DerivedTable {
            origin: Origin::Named(Arc::new(sql::With {
                table: D::TABLE,
                query,
                step,
            })),
            source: PhantomData,
        }
    }

    fn itself() -> Self {
        DerivedTable {
            origin: Origin::Itself,
            source: PhantomData,
        }
    }

    /// The same table under another name, declared with [`alias!`](crate::alias), to read it twice.
    pub fn to<A: Source<Row = D>>(&self, _alias: A) -> DerivedTable<A> {
        DerivedTable {
            origin: self.origin.clone(),
            source: PhantomData,
        }
    }
}

impl<A: Source> DerivedTable<A> {
    /// A query for its rows.
    pub fn query(&self) -> Query<A> {
        let mut query: Select<FromTable<A>, A::Row> = select::<A>();
        let (with, derived) = self.into_origin();
        query.tree.refused = None;
        query.tree.name(with);
        query.tree.from[0].derived = derived;
        query
    }
}

/// What can be joined on a condition: a model (`Post::entity()`), an alias, or a derived table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be joined",
    label = "expected `Model::entity()`, an alias, or a derived table"
)]
#[allow(clippy::wrong_self_convention)] // borrowed or owned, it is used up
pub trait Joinable {
    /// What is read.
    type Source: Source;

    /// The common table expression behind it, or the query that stands in its place.
    #[doc(hidden)]
    fn into_origin(self) -> (Option<Arc<sql::With>>, Option<Arc<sql::Query>>);

    /// Whether it is known where the rows come from.
    #[doc(hidden)]
    fn is_known(&self) -> bool {
        !Self::Source::DERIVED
    }
}

#[diagnostic::do_not_recommend]
impl<M: Source> Joinable for M {
    type Source = M;

    fn into_origin(self) -> (Option<Arc<sql::With>>, Option<Arc<sql::Query>>) {
        (None, None)
    }
}

#[diagnostic::do_not_recommend]
impl<M: Source> Joinable for WholeRow<M> {
    type Source = M;

    fn into_origin(self) -> (Option<Arc<sql::With>>, Option<Arc<sql::Query>>) {
        (None, None)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Source> Joinable for &DerivedTable<A> {
    type Source = A;

    fn into_origin(self) -> (Option<Arc<sql::With>>, Option<Arc<sql::Query>>) {
        match &self.origin {
            Origin::Named(with) => (Some(with.clone()), None),
            Origin::Inline(query) => (None, Some(query.clone())),
            Origin::Itself => (None, None),
        }
    }

    fn is_known(&self) -> bool {
        true
    }
}

#[diagnostic::do_not_recommend]
impl<A: Source> Joinable for DerivedTable<A> {
    type Source = A;

    fn into_origin(self) -> (Option<Arc<sql::With>>, Option<Arc<sql::Query>>) {
        (&self).into_origin()
    }

    fn is_known(&self) -> bool {
        true
    }
}

/// A table that an UPDATE or DELETE reads; or why it cannot. These have no WITH of their own, so the query of a common table
/// expression stands in its place.
pub(super) fn joined<T: Joinable>(table: T, on: Node) -> Result<sql::From, &'static str> {
    if !table.is_known() {
        return Err(NOT_FILLED);
    }
    let derived = match table.into_origin() {
        (Some(with), _) if with.step.is_some() => return Err(RECURSIVE),
        (Some(with), _) => Some(Arc::new(with.query.clone())),
        (None, derived) => derived,
    };
    Ok(sql::From {
        join: sql::Join::Inner(on),
        table: T::Source::TABLE,
        alias: T::Source::ALIAS,
        derived,
    })
}

/// What reading a derived table by its type alone is answered.
pub(super) const NOT_FILLED: &str = "a derived table is read that no query fills: begin with `.query()` of what `cte(...)` or `subquery(...)` gave, or join that";

const RECURSIVE: &str = "a statement that changes rows cannot join a recursive table: filter by a subquery over it, with `in_` or `exists`";

/// Declares a table that a query fills for another one: a struct with a constant for each column, as models are.
///
/// ```
/// use aludel::prelude::*;
///
/// aludel::derived! {
///     /// How many posts each user has.
///     pub struct PostCount {
///         user_id: i64,
///         posts: i64,
///     }
/// }
/// ```
///
/// [`Derived`](crate::query::Derived) tells how it is filled.
///
/// ```ignore
/// let counts = PostCount::cte(
///     select::<Post>().group_by(Post::user_id).select((Post::user_id, func::count(Post::id))),
/// );
/// let busy = select::<User>()
///     .join_on(&counts, PostCount::user_id.eq(User::id))
///     .filter(PostCount::posts.gt(3))
///     .select((User::name, PostCount::posts));
/// ```
#[macro_export]
macro_rules! derived {
    ($(#[$attribute:meta])* $visibility:vis struct $Name:ident { $($field:ident: $ty:ty),+ $(,)? }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq)]
        $visibility struct $Name {
            $(
                #[doc = concat!("The column `", stringify!($field), "`.")]
                pub $field: $ty,
            )+
        }

        const _: () = {
            #[allow(non_camel_case_types)]
            enum Position { $($field),+ }

            static TABLE: $crate::model::TableInfo = $crate::model::TableInfo {
                schema: ::core::option::Option::None,
                name: stringify!($Name),
                columns: &[$($crate::model::ColumnInfo::new(stringify!($field))),+],
                primary_key: &[],
                unique_keys: &[],
                foreign_keys: &[],
                relations: &[],
                instances: None,
            };

            #[allow(non_upper_case_globals, dead_code)]
            impl $Name {
                $(
                    #[doc = concat!("The column `", stringify!($field), "`.")]
                    pub const $field: $crate::query::Column<$Name, $ty, { Position::$field as usize }> =
                        $crate::query::Column::new();
                )+
            }

            impl $crate::session::Managed for $Name {
                type Output = Self;

                fn manage(self, _: &mut $crate::session::Loading<'_>) -> Self {
                    self
                }
            }

            impl $crate::model::Source for $Name {
                type Row = Self;
                const TABLE: &'static $crate::model::TableInfo = &TABLE;
                const DERIVED: bool = true;

                fn decode(row: &$crate::Row<'_>, at: usize) -> $crate::Result<Self> {
                    ::core::result::Result::Ok($Name {
                        $($field: row.get(at + Position::$field as usize)?),+
                    })
                }
            }

            impl $crate::query::Derived for $Name {
                type Columns = $crate::derived!(@columns $($ty),+);
            }
        };
    };
    (@columns $ty:ty) => { $ty };
    (@columns $($ty:ty),+) => { ($($ty,)+) };
}
