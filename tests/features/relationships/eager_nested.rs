//! r05: several relationships that are loaded along with a query, beside and behind each other.

use aludel::prelude::*;
use aludel_testing::{
    each_database,
    village::{Hobby, HobbyRelationships, Person, PersonRelationships, Post, PostRelationships},
};

use super::{eager::club, heard::counted};
use crate::{named, names, populated};

#[each_database]
fn r05_relationships_are_loaded_behind_relationships() {
    let session = club();
    let nested = [
        (
            4,
            Hobby::pers.selectin().with(Person::posts.with(Post::tags)),
        ),
        (
            2,
            Hobby::pers
                .joined()
                .with(Person::posts.joined().with(Post::tags)),
        ),
        (
            1,
            Hobby::pers
                .joined()
                .with(Person::posts.joined().with(Post::tags.joined())),
        ),
        (
            4,
            Hobby::pers
                .subquery()
                .with(Person::posts.subquery().with(Post::tags)),
        ),
    ];
    for (expected, along) in nested {
        session.clear();
        let query = session.query::<Hobby>().order_by(Hobby::id).eager(along);
        let (statements, hobbies) = counted(|| query.all().unwrap());
        assert_eq!(statements, expected);
        let (statements, words) = counted(|| {
            let mut words = String::new();
            for hobby in &hobbies {
                for person in &hobby.pers().unwrap() {
                    let posts = person.posts().unwrap();
                    words += &format!("{}{}", person.name, posts.len());
                    for post in &posts {
                        assert_eq!(post.tags().unwrap().len(), 2);
                        assert_eq!(post.author().unwrap(), *person);
                    }
                }
            }
            words
        });
        assert_eq!(statements, 0);
        let mut sorted: Vec<char> = words.chars().collect();
        sorted.sort_unstable();
        assert_eq!(sorted.iter().collect::<String>(), "022acdely");
    }
}

#[each_database]
fn r05_several_relationships_are_loaded_along() {
    let session = club();
    let along = (
        Person::hobby.joined(),
        Person::passport.joined(),
        Person::posts,
        Person::chief,
    );
    let query = session
        .query::<Person>()
        .order_by(Person::name)
        .eager(along);
    let (statements, people) = counted(|| query.all().unwrap());
    assert_eq!(statements, 2, "nobody has a chief");
    let (statements, seen) = counted(|| {
        let seen = people.iter().map(|person| {
            let passport = person
                .passport()
                .unwrap()
                .map(|passport| passport.number.clone());
            let posts = person.posts().unwrap().len();
            assert_eq!(person.chief().unwrap(), None);
            format!(
                "{} {} {passport:?} {posts}",
                person.name,
                person.hobby().unwrap().caption
            )
        });
        seen.collect::<Vec<_>>()
    });
    assert_eq!(statements, 0);
    assert_eq!(
        seen,
        [
            "al chess None 2",
            "cy rugby None 0",
            "ed chess Some(\"A1\") 2"
        ]
    );
}

#[each_database]
fn r05_a_table_is_joined_to_itself() {
    let session = populated();
    let [ed, al, cy] = ["ed", "al", "cy"].map(|name| named(&session, name));
    al.set_chief(&ed).unwrap();
    cy.set_chief(&al).unwrap();
    session.commit().unwrap();
    session.clear();
    let along = Person::chief.joined().with(Person::chief.joined());
    let query = session
        .query::<Person>()
        .order_by(Person::name)
        .eager(along);
    let (statements, people) = counted(|| query.all().unwrap());
    assert_eq!((statements, people.len()), (1, 3));
    let (statements, chief) = counted(|| people[1].chief().unwrap().unwrap().chief().unwrap());
    assert_eq!(
        (statements, chief.map(|ed| ed.name.clone())),
        (0, Some("ed".into()))
    );
    session.clear();
    let along = (
        Person::reports.joined().with(Person::reports),
        Person::trusted_reports.joined(),
    );
    let query = session
        .query::<Person>()
        .filter(Person::name.eq("ed"))
        .eager(along);
    let ed = query.one().unwrap();
    assert_eq!(names(&ed.reports().unwrap()), ["al"]);
    assert_eq!(names(&ed.trusted_reports().unwrap()), ["al"]);
}
