//! The many rows at the other side of a relationship.

use std::marker::PhantomData;

/// The rows that a relationship leads to.
pub struct Collection<B>(PhantomData<B>);

/// A relationship to rows that are not loaded.
pub struct WriteOnly<B>(PhantomData<B>);
