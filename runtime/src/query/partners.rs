//! Conditions on the rows that a relationship leads to: `User::posts.any(Post::title.eq("x"))`.

use super::{
    expr::Expr,
    relationship::{Joins, Many, One, Optional, Relationship, Through, linked, named, step},
    scope::{Correlated, FromTable, InnerJoin},
    select::Condition,
    uses::Outer,
};
use crate::{
    model::Source,
    sql::{self, Node},
};

/// Leads a relationship from `A` to any number of rows of `B`?
#[diagnostic::on_unimplemented(
    message = "`.any(...)` is for relationships to many rows",
    label = "does not lead to many rows of another table",
    note = "use `.has(condition)`, and `.to(alias)` first where a table leads to itself"
)]
pub trait ToMany<A, B> {
    /// The tables that a condition can be on.
    type Scope;

    #[doc(hidden)]
    fn partners(relationship: Relationship<A, B, Self>) -> sql::Select
    where
        Self: Sized;
}

#[diagnostic::do_not_recommend]
impl<A: Source, B: Source> ToMany<A, B> for Many {
    type Scope = FromTable<B>;

    fn partners(relationship: Relationship<A, B, Many>) -> sql::Select {
        beginning::<B>(linked(
            named::<A>(),
            named::<B>(),
            relationship.on,
            relationship.filter,
        ))
    }
}

#[diagnostic::do_not_recommend]
impl<A: Source, B: Source, J: Source> ToMany<A, B> for Through<J> {
    type Scope = InnerJoin<B, FromTable<J>>;

    fn partners(relationship: Relationship<A, B, Through<J>>) -> sql::Select {
        let mut partners =
            beginning::<J>(linked(named::<A>(), named::<J>(), relationship.on, None));
        let onward = step::<B>(named::<J>(), relationship.onward, relationship.filter);
        partners.from.push(onward.joined(sql::Join::Inner));
        partners
    }
}

/// Leads a relationship to one row at most, which is of another table or under another name?
#[diagnostic::on_unimplemented(
    message = "`.has(...)` is for relationships to one row",
    label = "does not lead to one row of another table",
    note = "use `.any(condition)`, and `.to(alias)` first where a table leads to itself"
)]
pub trait ToOnePartner {}

#[diagnostic::do_not_recommend]
impl ToOnePartner for One {}
#[diagnostic::do_not_recommend]
impl ToOnePartner for Optional {}

impl<A: Source, B: Source, N> Relationship<A, B, N> {
    /// Whether the condition holds for any of the rows that the relationship leads to: `EXISTS (…)`.
    pub fn any<I>(
        self,
        condition: impl Condition<Correlated<A, N::Scope>, I>,
    ) -> Expr<bool, Outer<A>>
    where
        N: ToMany<A, B>,
    {
        exists(N::partners(self), condition.into_condition())
    }

    /// Whether there is a row at all that the relationship leads to.
    pub fn exists(self) -> Expr<bool, Outer<A>>
    where
        N: ToMany<A, B>,
    {
        Expr::new(Node::Exists(Box::new(sql::Query::Select(N::partners(
            self,
        )))))
    }

    /// Whether there is a row that the relationship leads to, and the condition holds for it.
    pub fn has<I>(
        self,
        condition: impl Condition<Correlated<A, FromTable<B>>, I>,
    ) -> Expr<bool, Outer<A>>
    where
        N: ToOnePartner + Joins<B>,
    {
        let partner = beginning::<B>(linked(named::<A>(), named::<B>(), self.on, self.filter));
        exists(partner, condition.into_condition())
    }
}

fn beginning<M: Source>(on: Node) -> sql::Select {
    sql::Select {
        columns: vec![super::selection::whole_row::<M>()],
        from: vec![sql::From {
            join: sql::Join::Listed,
            table: M::TABLE,
            alias: M::ALIAS,
            derived: None,
        }],
        filter: vec![on],
        ..sql::Select::default()
    }
}

fn exists<U>(mut partners: sql::Select, condition: Node) -> Expr<bool, U> {
    partners.filter.push(condition);
    Expr::new(Node::Exists(Box::new(sql::Query::Select(partners))))
}
