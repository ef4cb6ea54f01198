//! What a session takes in.

use std::rc::Rc;

use super::{
    Entity, Pending, Session,
    instance::{AnyInstance, Instance},
};
use crate::{
    error::Result,
    model::Keyed,
    query::{End, Insertable, Own},
};

/// What [`Session::add`] takes: a generated builder, or an object that was in a session before. `Which` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be added to a session",
    label = "expected a builder such as `User::insert()`, of a table with a primary key, or a reference to an object"
)]
pub trait IntoSession<Which> {
    /// The model.
    type Model;
    /// The required columns that have a value.
    #[doc(hidden)]
    type Given;
    /// The required columns that no object can give.
    #[doc(hidden)]
    type Own;
    /// What is there afterwards.
    type Added;

    #[doc(hidden)]
    fn add_to(self, session: &Session) -> Self::Added;
}

/// Says that a builder is added.
pub struct New<M, S, L>(std::marker::PhantomData<(M, S, L)>);

/// Says that an object is added again.
pub struct Again;

impl<M: Keyed, S, L, R: Insertable<M, S, L>> IntoSession<New<M, S, L>> for R {
    type Model = M;
    type Given = S;
    type Own = Own<L>;
    type Added = Pending<M>;

    fn add_to(self, session: &Session) -> Pending<M> {
        let inner = session.inner();
        let values = self.into_row().into_values();
        let instance = Instance::<M>::pending(values, Rc::downgrade(inner));
        inner.add_pending(Rc::clone(&instance) as Rc<dyn AnyInstance>);
        Pending::new(instance)
    }
}

impl<M: Keyed> IntoSession<Again> for &Pending<M> {
    type Model = M;
    type Given = ();
    type Own = End;
    type Added = Result<Pending<M>>;

    fn add_to(self, session: &Session) -> Result<Pending<M>> {
        session.inner().attach(&self.any())?;
        Ok(self.clone())
    }
}

impl<M: Keyed> IntoSession<Again> for &Entity<M> {
    type Model = M;
    type Given = ();
    type Own = End;
    type Added = Result<Entity<M>>;

    fn add_to(self, session: &Session) -> Result<Entity<M>> {
        session.inner().attach(&self.any())?;
        Ok(self.clone())
    }
}
