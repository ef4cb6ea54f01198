//! r: relationships between the objects of a session. A program of its own, so that it builds soon.

#![allow(clippy::unwrap_used, clippy::panic)] // Clippy takes the helpers of tests for production code.
#![allow(clippy::cloned_ref_to_slice_refs)] // `[ed.clone()]` reads better than a slice of a reference.

#[allow(dead_code)] // what other programs use
mod backend;
#[path = "features/relationships/both_sides.rs"]
mod both_sides;
#[path = "features/relationships/cascades.rs"]
mod cascades;
#[path = "features/relationships/eager.rs"]
mod eager;
#[path = "features/relationships/eager_known.rs"]
mod eager_known;
#[path = "features/relationships/eager_nested.rs"]
mod eager_nested;
#[path = "features/relationships/filters.rs"]
mod filters;
#[path = "features/relationships/follow.rs"]
mod follow;
#[path = "features/relationships/gone.rs"]
mod gone;
#[path = "features/relationships/heard.rs"]
mod heard;
#[path = "features/relationships/lazy.rs"]
mod lazy;
#[path = "features/relationships/pairs.rs"]
mod pairs;
#[path = "features/relationships/scenarios.rs"]
mod scenarios;
#[path = "features/relationships/scenarios_deletes.rs"]
mod scenarios_deletes;
#[path = "features/relationships/scenarios_events.rs"]
mod scenarios_events;
#[path = "features/relationships/scenarios_lists.rs"]
mod scenarios_lists;
#[path = "features/relationships/scenarios_pairs.rs"]
mod scenarios_pairs;
#[path = "features/relationships/unflushed.rs"]
mod unflushed;

use aludel::{Engine, Entity, Pending, Session, prelude::*};
use aludel_testing::village::{Hobby, Person, Post, Tag, catalog};

/// An engine on a new database with the tables of a village.
fn village() -> Engine {
    backend::engine(catalog())
}

/// A session of its own on a village's database.
fn session() -> Session {
    Session::new(&village())
}

fn hobby(session: &Session, caption: &str) -> Pending<Hobby> {
    session.add(Hobby::insert().caption(caption))
}

fn person(session: &Session, name: &str, hobby: &Pending<Hobby>) -> Pending<Person> {
    session.add(Person::insert().name(name).hobby(hobby))
}

fn post(session: &Session, title: &str, author: &Pending<Person>) -> Pending<Post> {
    session.add(Post::insert().title(title).published(false).author(author))
}

fn tag(session: &Session, word: &str) -> Pending<Tag> {
    session.add(Tag::insert().word(word))
}

/// Two hobbies, of which the first has `ed` and `al`, and the second has `cy`; committed and let go.
fn populated() -> Session {
    let session = session();
    let chess = hobby(&session, "chess");
    let rugby = hobby(&session, "rugby");
    for (name, hobby) in [("ed", &chess), ("al", &chess), ("cy", &rugby)] {
        person(&session, name, hobby);
    }
    session.commit().unwrap();
    session
}

fn hobbies(session: &Session) -> Vec<Entity<Hobby>> {
    let query = session.query::<Hobby>().order_by(Hobby::id);
    query.all().unwrap()
}

fn named(session: &Session, name: &str) -> Entity<Person> {
    let query = session.query::<Person>().filter(Person::name.eq(name));
    query.one().unwrap()
}

/// The names of people, in order.
fn names<'p>(people: impl IntoIterator<Item = &'p Entity<Person>>) -> Vec<String> {
    let names = people.into_iter().map(|person| person.name.clone());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
