//! What generated accessors call.

use super::{Collection, WriteOnly};
use crate::{
    error::Result,
    model::Keyed,
    query::Relationship,
    session::{Entity, Linked, MaybeLinked},
};

/// The only row at the other side.
#[track_caller]
pub fn one<A: Keyed, B: Keyed, N>(
    _from: &(impl Linked<A> + ?Sized),
    _along: Relationship<A, B, N>,
) -> Result<Entity<B>> {
    todo!()
}

/// The row at the other side, where there is one.
#[track_caller]
pub fn optional<A: Keyed, B: Keyed, N>(
    _from: &(impl Linked<A> + ?Sized),
    _along: Relationship<A, B, N>,
) -> Result<Option<Entity<B>>> {
    todo!()
}

/// The rows at the other side.
#[track_caller]
pub fn many<A: Keyed, B: Keyed, N>(
    _from: &(impl Linked<A> + ?Sized),
    _along: Relationship<A, B, N>,
) -> Result<Collection<B>> {
    todo!()
}

/// The other side, without its rows.
pub fn write_only<A: Keyed, B: Keyed, N>(
    _from: &(impl Linked<A> + ?Sized),
    _along: Relationship<A, B, N>,
) -> WriteOnly<B> {
    todo!()
}

/// Links to the row at the other side.
pub fn set_one<A: Keyed, B: Keyed, N>(
    _from: &(impl Linked<A> + ?Sized),
    _along: Relationship<A, B, N>,
    _to: &impl Linked<B>,
) -> Result<()> {
    todo!()
}

/// Links to a row at the other side, or to none.
pub fn set_optional<A: Keyed, B: Keyed, N>(
    _from: &(impl Linked<A> + ?Sized),
    _along: Relationship<A, B, N>,
    _to: impl MaybeLinked<B>,
) -> Result<()> {
    todo!()
}
