//! What a query on a session loads along: `session.query::<Hobby>().eager(Hobby::pers)`.

use super::{graph::Branch, relationship::Relationship, select::Select};
use crate::{
    model::{Keyed, Load},
    session::{Eager, Fetch, Session},
};

/// A session whose query loads relationships along: see [`Select::eager`].
#[derive(Clone)]
pub struct Eagerly<'s> {
    pub(super) session: &'s Session,
    pub(super) fetches: Vec<Fetch>,
}

/// What [`eager`](Select::eager) takes for entities of `A`: a relationship, one that says how it is loaded, one
/// [with others behind it](Relationship::with), or a tuple.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not lead on from `{A}`",
    label = "expected a relationship of `{A}`, or a tuple of them"
)]
pub trait LoadsAlong<A> {
    #[doc(hidden)]
    fn fetch_into(self, fetches: &mut Vec<Fetch>);
}

impl<'s, S, M: Keyed, G> Select<S, M, G, &'s Session> {
    /// Loads relationships along with the entities, so that asking for them takes no further statement. Several are given as a
    /// tuple; what comes behind a relationship, by [`with`](Relationship::with).
    ///
    /// Each is loaded by one statement with the keys of what was loaded before, or in another way that is said:
    /// [`joined`](Relationship::joined), [`subquery`](Relationship::subquery), or not at all: [`raise`](Relationship::raise). This
    /// goes before what the schema says of a relationship.
    ///
    /// ```ignore
    /// let hobbies = session.query::<Hobby>().eager(Hobby::pers.with(Person::passport)).all()?; // 3 statements
    /// for hobby in &hobbies {
    ///     println!("{}: {}", hobby.caption, hobby.pers()?.len()); // none
    /// }
    /// ```
    pub fn eager<W: LoadsAlong<M>>(self, along: W) -> Select<S, M, G, Eagerly<'s>> {
        let mut fetches = Vec::new();
        along.fetch_into(&mut fetches);
        let session = self.on;
        self.attached(Eagerly { session, fetches })
    }
}

impl<S, M: Keyed, G> Select<S, M, G, Eagerly<'_>> {
    /// Loads further relationships along.
    pub fn eager<W: LoadsAlong<M>>(mut self, along: W) -> Self {
        along.fetch_into(&mut self.on.fetches);
        self
    }
}

impl<A: Keyed, B: Keyed, N> Relationship<A, B, N> {
    /// Loads it by the query itself, with a LEFT JOIN. Where it leads to many rows and the query has a LIMIT, an OFFSET, a
    /// DISTINCT or groups, joined rows would change what the query gives: then it is loaded as by
    /// [`selectin`](Relationship::selectin).
    pub fn joined(self) -> Eager<A, B> {
        Eager::new(self, Load::Joined)
    }

    /// Loads it by a second statement, with the keys of what was loaded before. That is what [`eager`](Select::eager) does unless
    /// something else is said.
    pub fn selectin(self) -> Eager<A, B> {
        Eager::new(self, Load::SelectIn)
    }

    /// Loads it by a second statement around the first. Behind another relationship it is the same as
    /// [`selectin`](Relationship::selectin).
    pub fn subquery(self) -> Eager<A, B> {
        Eager::new(self, Load::Subquery)
    }

    /// Does not load it, and makes it an error to ask for it later, unless it is there.
    pub fn raise(self) -> Eager<A, B> {
        Eager::new(self, Load::Raise)
    }
}

impl<A, B> Eager<A, B> {
    /// What is loaded behind it.
    pub fn with<W: LoadsAlong<B>>(self, behind: W) -> Eager<A, B> {
        let mut fetches = Vec::new();
        behind.fetch_into(&mut fetches);
        self.behind(fetches)
    }
}

#[diagnostic::do_not_recommend]
impl<A: Keyed, B: Keyed, N> LoadsAlong<A> for Relationship<A, B, N> {
    fn fetch_into(self, fetches: &mut Vec<Fetch>) {
        self.selectin().fetch_into(fetches);
    }
}

#[diagnostic::do_not_recommend]
impl<A, B> LoadsAlong<A> for Eager<A, B> {
    fn fetch_into(self, fetches: &mut Vec<Fetch>) {
        fetches.push(self.fetch);
    }
}

#[diagnostic::do_not_recommend]
impl<A: Keyed, B: Keyed, N, W: LoadsAlong<B>> LoadsAlong<A> for Branch<A, B, N, W> {
    fn fetch_into(self, fetches: &mut Vec<Fetch>) {
        let (relationship, behind) = self.into_parts();
        relationship.selectin().with(behind).fetch_into(fetches);
    }
}

macro_rules! tuples_load_along {
    ($(($($along:ident)+))+) => { $(
        #[diagnostic::do_not_recommend]
        impl<A, $($along: LoadsAlong<A>),+> LoadsAlong<A> for ($($along,)+) {
            #[allow(non_snake_case)]
            fn fetch_into(self, fetches: &mut Vec<Fetch>) {
                let ($($along,)+) = self;
                $($along.fetch_into(fetches);)+
            }
        }
    )+ };
}

tuples_load_along! { (W1) (W1 W2) (W1 W2 W3) (W1 W2 W3 W4) (W1 W2 W3 W4 W5) (W1 W2 W3 W4 W5 W6) }
