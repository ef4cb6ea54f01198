//! What a query loads along with its entities.

use crate::{
    model::{Load, RelationInfo, TableInfo},
    query::Relationship,
};

/// A relationship that is loaded along, and what is loaded behind it.
#[derive(Debug, Clone)]
pub struct Fetch {
    pub(crate) relation: &'static RelationInfo,
    pub(crate) how: Load,
    pub(crate) behind: Vec<Fetch>,
}

/// A relationship, and how a query loads it along: `Hobby::pers.joined()`. See [`eager`](crate::query::Select::eager).
#[derive(Debug, Clone)]
pub struct Eager<A, B> {
    pub(crate) fetch: Fetch,
    types: std::marker::PhantomData<(A, B)>,
}

impl<A, B> Eager<A, B> {
    pub(crate) fn new<N>(relationship: Relationship<A, B, N>, how: Load) -> Self
    where
        A: crate::model::Source,
    {
        Eager {
            fetch: Fetch {
                relation: relationship.info(),
                how,
                behind: Vec::new(),
            },
            types: std::marker::PhantomData,
        }
    }

    pub(crate) fn behind(mut self, behind: Vec<Fetch>) -> Self {
        self.fetch.behind.extend(behind);
        self
    }
}

/// What the schema says is loaded with the rows of a table, and the query does not say otherwise; but for relationships that led
/// to the table.
pub(crate) fn of_schema(
    table: &'static TableInfo,
    said: &[Fetch],
    chain: &[&'static RelationInfo],
) -> Vec<Fetch> {
    let is_eager = |relation: &&'static RelationInfo| {
        matches!(
            relation.load,
            Load::Joined | Load::SelectIn | Load::Subquery
        )
    };
    let is_free = |relation: &&'static RelationInfo| {
        let said = said.iter().map(|fetch| fetch.relation);
        let mut others = said.chain(chain.iter().copied());
        !others.any(|other| std::ptr::eq(other, *relation))
    };
    let relations = table.relations.iter().filter(is_eager).filter(is_free);
    relations
        .map(|relation| Fetch {
            relation,
            how: relation.load,
            behind: Vec::new(),
        })
        .collect()
}
