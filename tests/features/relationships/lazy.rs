//! r05: relationships are loaded when they are asked for, for all peers at once; where that happens is told.

use aludel::{ErrorKind, Session, SessionFactory};
use aludel_testing::{
    each_database,
    village::{
        Country, CountryRelationships, Hobby, HobbyRelationships, Person, PersonRelationships,
        Post, PostRelationships, PostTag, Town,
    },
};

use super::heard::{counted, heard};
use crate::{named, names, populated, session, village};

/// So many hobbies with so many people each, of whom each has a post with two tags; committed, and let go.
fn crowd(hobbies: i64, people: i64) -> Session {
    let session = session();
    let conn_rows = |from: i64, count: i64| (from..from + count).collect::<Vec<_>>();
    let all = conn_rows(1, hobbies);
    let hobby = |id: &i64| Hobby::insert().id(*id).caption(format!("h{id}"));
    session.insert_all(all.iter().map(hobby)).unwrap();
    let all = conn_rows(1, hobbies * people);
    let person = |id: &i64| {
        let hobby = (id - 1) / people + 1;
        Person::insert()
            .id(*id)
            .name(format!("p{id}"))
            .hobby_id(hobby)
    };
    session.insert_all(all.iter().map(person)).unwrap();
    let post = |id: &i64| {
        Post::insert()
            .id(*id)
            .title("t")
            .published(true)
            .author_id(*id)
    };
    session.insert_all(all.iter().map(post)).unwrap();
    let tag = |id| {
        aludel_testing::village::Tag::insert()
            .id(id)
            .word(format!("w{id}"))
    };
    session.insert_all([1, 2].map(tag)).unwrap();
    let pairs = all.iter().flat_map(|post| [(*post, 1), (*post, 2)]);
    let pair = |(post, tag)| PostTag::insert().post_id(post).tag_id(tag);
    session.insert_all(pairs.map(pair)).unwrap();
    session.commit().unwrap();
    session
}

#[each_database]
fn r05_a_thousand_parents_with_ten_children_each_take_two_statements() {
    let session = crowd(1_000, 10);
    let (statements, children) = counted(|| {
        let hobbies = session.query::<Hobby>().all().unwrap();
        let people = hobbies.iter().map(|hobby| hobby.pers().unwrap().len());
        people.sum::<usize>()
    });
    assert_eq!((statements, children), (2, 10_000));
}

#[each_database]
fn r05_three_levels_take_three_statements() {
    let session = crowd(20, 5);
    let (statements, posts) = counted(|| {
        let hobbies = session.query::<Hobby>().all().unwrap();
        let mut posts = 0;
        for hobby in &hobbies {
            for person in &hobby.pers().unwrap() {
                posts += person.posts().unwrap().len();
            }
        }
        posts
    });
    assert_eq!((statements, posts), (3, 100));
    session.clear();
    let (statements, captions) = counted(|| {
        let posts = session.query::<Post>().all().unwrap();
        let hobby = |post: &aludel::Entity<Post>| post.author().unwrap().hobby().unwrap();
        let captions = posts.iter().map(|post| hobby(post).caption.len());
        captions.sum::<usize>()
    });
    assert_eq!((statements, captions > 0), (3, true));
    session.clear();
    let (statements, words) = counted(|| {
        let posts = session.query::<Post>().all().unwrap();
        let words = posts.iter().map(|post| post.tags().unwrap().len());
        words.sum::<usize>()
    });
    assert_eq!((statements, words), (2, 200));
}

#[each_database]
fn r05_of_many_peers_a_thousand_are_loaded_at_once() {
    let session = crowd(2_500, 1);
    let hobbies = session.query::<Hobby>().order_by(Hobby::id).all().unwrap();
    let (statements, ()) = counted(|| {
        for hobby in &hobbies {
            assert_eq!(hobby.pers().unwrap().len(), 1);
        }
    });
    assert_eq!(statements, 3);
}

#[each_database]
fn r05_what_the_session_has_is_not_loaded() {
    let session = populated();
    let ed = named(&session, "ed");
    let hobbies = session.query::<Hobby>().all().unwrap();
    assert_eq!(counted(|| ed.hobby().unwrap()).0, 0);
    let chess = hobbies
        .iter()
        .find(|hobby| hobby.caption == "chess")
        .unwrap();
    assert_eq!(counted(|| names(&chess.pers().unwrap())).0, 1);
    assert_eq!(counted(|| names(&chess.pers().unwrap())).0, 0);
    // After a commit everything may be out of date.
    session.commit().unwrap();
    assert_eq!(counted(|| names(&chess.pers().unwrap())).0, 2);
}

#[each_database]
fn r05_where_a_commit_expires_nothing_relationships_stay() {
    let sessions = SessionFactory::new(&village()).expire_on_commit(false);
    let session = sessions.session();
    let chess = crate::hobby(&session, "chess");
    let ed = crate::person(&session, "ed", &chess).entity().unwrap();
    let chess = chess.entity().unwrap();
    let held = chess.pers().unwrap();
    session.commit().unwrap();
    let (statements, people) = counted(|| chess.pers().unwrap());
    assert_eq!((statements, people.len()), (0, 1));
    drop((people, held, ed));
    session.commit().unwrap();
    let (statements, people) = counted(|| chess.pers().unwrap());
    assert_eq!((statements, people.len()), (1, 1), "it was let go");
}

#[each_database]
fn r05_a_relationship_that_is_not_to_be_loaded_is_an_error() {
    let engine = village();
    let session = Session::new(&engine);
    let country = session.add(Country::insert().code("no").name("Norway"));
    session.add(Town::insert().name("Oslo").country(&country));
    session.commit().unwrap();
    let error = country.towns().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let message = error.to_string();
    let expected = format!(
        "`towns` of Country {} is not loaded, and loading it when it is asked for is switched off: load it with the query, by `.eager(…)`",
        country.id().unwrap()
    );
    assert_eq!(message.lines().next(), Some(expected.as_str()));
    let country = session
        .query::<Country>()
        .eager(Country::towns)
        .one()
        .unwrap();
    assert_eq!(country.towns().unwrap()[0].name, "Oslo");

    let strict = SessionFactory::new(&engine)
        .raise_on_lazy_load(true)
        .session();
    let town = strict.query::<Town>().one().unwrap();
    use aludel_testing::village::TownRelationships;
    assert_eq!(
        town.country().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    strict.query::<Country>().all().unwrap();
    assert_eq!(town.country().unwrap().name, "Norway", "the session has it");
}

#[each_database]
fn r05_a_query_can_switch_loading_off() {
    let session = populated();
    let hobbies = session.query::<Hobby>().eager(Hobby::pers.raise());
    let hobbies = hobbies.all().unwrap();
    assert_eq!(
        hobbies[0].pers().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    session.clear();
    let hobbies = session.query::<Hobby>().all().unwrap();
    assert!(hobbies[0].pers().is_ok(), "another query does not");
}

#[each_database]
fn r05_lazy_loads_are_told_with_their_places() {
    let session = crowd(30, 1);
    session.commit().unwrap();
    let ids: Vec<i64> = (1..=30).collect();
    let (heard, ()) = heard(|| {
        for id in &ids {
            let hobby = session.get::<Hobby>(*id).unwrap().unwrap();
            assert_eq!(hobby.pers().unwrap().len(), 1); // the place
        }
    });
    let warnings = heard.iter().filter(|line| !line.starts_with("SELECT"));
    let warnings: Vec<&String> = warnings.collect();
    assert_eq!(
        warnings,
        ["a relationship is loaded again and again: load it with the query, by `.eager(…)`"]
    );
    let loads = session.lazy_loads();
    let [load] = loads.as_slice() else {
        panic!("{loads:?}");
    };
    assert_eq!((load.model, load.relationship), ("Hobby", "pers"));
    assert_eq!(load.statements, 30);
    assert!(load.at.file().ends_with("lazy.rs"), "{}", load.at);
    let mut source = include_str!("lazy.rs").lines();
    let line = source.nth(load.at.line() as usize - 1).unwrap();
    assert!(line.contains("hobby.pers()"), "{line}");
}
