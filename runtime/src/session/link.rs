//! Objects in the place of foreign keys.

use super::{Entity, Object, Pending};
use crate::{model::Keyed, value::Value};

/// An object that a foreign key can lead to: an [`Entity`] or a [`Pending`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no object of `{M}`",
    label = "expected an `Entity<{M}>` or a `Pending<{M}>`"
)]
pub trait Linked<M: Keyed> {
    /// Its number.
    #[doc(hidden)]
    fn object(&self) -> u64;

    /// The value of the column at this position, where it is known.
    #[doc(hidden)]
    fn column(&self, column: usize) -> Option<Value>;

    /// The object of whichever model.
    #[doc(hidden)]
    fn handle(&self) -> Object;
}

/// An object that a foreign key can lead to, or `None`.
#[diagnostic::on_unimplemented(
    message = "a relationship cannot be set to `{Self}`",
    label = "expected a reference to an object of `{M}`, or `None`"
)]
pub trait MaybeLinked<M: Keyed> {
    /// The object of whichever model.
    #[doc(hidden)]
    fn maybe(&self) -> Option<Object>;
}

#[diagnostic::do_not_recommend]
impl<M: Keyed> MaybeLinked<M> for &Entity<M> {
    fn maybe(&self) -> Option<Object> {
        Some(self.handle())
    }
}

#[diagnostic::do_not_recommend]
impl<M: Keyed> MaybeLinked<M> for &Pending<M> {
    fn maybe(&self) -> Option<Object> {
        Some(self.handle())
    }
}

// The only one for `Option`, so that the type of a bare `None` is known.
#[diagnostic::do_not_recommend]
impl<M: Keyed> MaybeLinked<M> for Option<&Entity<M>> {
    fn maybe(&self) -> Option<Object> {
        self.map(Linked::handle)
    }
}
