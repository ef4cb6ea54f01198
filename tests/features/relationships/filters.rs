//! r07: rows by what relationships lead to.

use aludel::{ErrorKind, prelude::*};
use aludel_testing::{
    each_database,
    village::{
        Flat, Hobby, Passport, Person, PersonRelationships, Post, PostRelationships, Tag, Tenant,
    },
};

use crate::{hobbies, hobby, named, populated, post, tag};

#[each_database]
fn r07_is_finds_the_rows_that_lead_to_an_object() {
    let session = populated();
    let [chess, rugby] = hobbies(&session).try_into().unwrap();
    let (ed, al) = (named(&session, "ed"), named(&session, "al"));
    al.set_chief(&ed).unwrap();
    session.add(Passport::insert().number("1").person(&ed));
    let count = |condition| {
        let query = session.query::<Person>().filter(condition);
        query.count().unwrap()
    };
    assert_eq!(count(Person::hobby.is(&chess)), 2);
    assert_eq!(count(Person::hobby.is(&rugby)), 1);
    assert_eq!(count(!Person::hobby.is(&chess)), 1);
    assert_eq!(
        count(Person::chief.is(&ed)),
        1,
        "a table that leads to itself"
    );
    assert_eq!(count(Person::chief.is_null()), 2);
    assert_eq!(count(!Person::chief.is_null()), 1);
    assert_eq!(
        count(Person::passport.is_null()),
        2,
        "the far side of one to one"
    );
    let passport = session.query::<Passport>().one().unwrap();
    assert_eq!(count(Person::passport.is(&passport)), 1);
    let both = Person::hobby.is(&chess) & Person::chief.is_null();
    let both = session.query::<Person>().filter(both);
    assert_eq!(both.count().unwrap(), 1);
}

#[each_database]
fn r07_contains_finds_the_rows_that_lead_to_an_object_among_others() {
    let session = populated();
    let (ed, al, cy) = (
        named(&session, "ed"),
        named(&session, "al"),
        named(&session, "cy"),
    );
    al.set_chief(&ed).unwrap();
    let captions = |condition| -> Vec<String> {
        let query = session.query::<Hobby>().filter(condition);
        let all = query.all().unwrap();
        all.iter().map(|hobby| hobby.caption.clone()).collect()
    };
    assert_eq!(captions(Hobby::pers.contains(&ed)), ["chess"]);
    assert_eq!(captions(Hobby::pers.contains(&cy)), ["rugby"]);
    assert_eq!(captions(!Hobby::pers.contains(&cy)), ["chess"]);
    let chiefs = session
        .query::<Person>()
        .filter(Person::reports.contains(&al));
    assert_eq!(chiefs.one().unwrap(), ed);
    let trusted = Person::trusted_reports;
    let chiefs = session.query::<Person>().filter(trusted.contains(&al));
    assert_eq!(chiefs.count().unwrap(), 1);
    al.edit().unwrap().name = "Judas".into();
    assert_eq!(chiefs.count().unwrap(), 0, "the condition of the schema");
}

#[each_database]
fn r07_contains_looks_through_a_table_in_between() {
    let session = populated();
    let ed = session.query::<Person>().filter(Person::name.eq("ed"));
    let ed = aludel::generated::Linked::handle(&ed.one().unwrap());
    let ed = ed.pending::<Person>().unwrap();
    let posts = ["one", "two"].map(|title| post(&session, title, &ed).entity().unwrap());
    let tags = ["a", "b"].map(|word| tag(&session, word).entity().unwrap());
    posts[0].tags().unwrap().add(&tags[0]).unwrap();
    let with = |tag| {
        let query = session.query::<Post>().filter(Post::tags.contains(tag));
        query.all().unwrap()
    };
    assert_eq!(with(&tags[0]), [posts[0].clone()]);
    assert!(with(&tags[1]).is_empty());
    let of = session
        .query::<Tag>()
        .filter(Tag::posts.contains(&posts[0]));
    assert_eq!(of.one().unwrap(), tags[0]);
}

#[each_database]
fn r07_any_and_has_take_conditions() {
    let session = populated();
    let named_ed = Hobby::pers.any(Person::name.eq("ed"));
    let hobby = session.query::<Hobby>().filter(named_ed).one().unwrap();
    assert_eq!(hobby.caption, "chess");
    let players = session
        .query::<Person>()
        .filter(Person::hobby.has(Hobby::caption.eq("rugby")));
    assert_eq!(players.one().unwrap().name, "cy");
    let ed = named(&session, "ed");
    session.add(Post::insert().title("a").published(true).author(&ed));
    session.add(Post::insert().title("b").published(false).author(&ed));
    let count = |title: &str| {
        let any = Person::published_posts.any(Post::title.eq(title));
        session.query::<Person>().filter(any).count().unwrap()
    };
    assert_eq!(
        (count("a"), count("b")),
        (1, 0),
        "the condition of the schema"
    );
    let joined = session.query::<Person>().join(Person::published_posts);
    assert_eq!(
        joined
            .select((Person::name, Post::title))
            .all()
            .unwrap()
            .len(),
        1
    );
    let pairs = aludel::query::select::<Person>().with(Person::published_posts);
    let pairs = session
        .with_connection(|conn| pairs.on(conn).all())
        .unwrap();
    assert_eq!(pairs.iter().map(|(_, posts)| posts.len()).sum::<usize>(), 1);
}

#[each_database]
fn r07_composite_keys_are_compared_as_a_whole() {
    let session = crate::session();
    let flat = |house: &str, number| {
        let flat = Flat::insert().house(house).number(number).rent(1);
        session.add(flat).entity().unwrap()
    };
    let (one, two) = (flat("a", 1), flat("a", 2));
    let ed = session
        .add(Tenant::insert().name("ed").flat(&one))
        .entity()
        .unwrap();
    session.add(Tenant::insert().name("al"));
    let count = |condition| session.query::<Tenant>().filter(condition).count().unwrap();
    assert_eq!(count(Tenant::flat.is(&one)), 1);
    assert_eq!(count(Tenant::flat.is(&two)), 0);
    assert_eq!(count(Tenant::flat.is_null()), 1);
    let flats = session.query::<Flat>().filter(Flat::tenants.contains(&ed));
    assert_eq!(flats.one().unwrap(), one);
}

#[each_database]
fn r07_an_object_without_a_row_cannot_be_looked_for() {
    let session = populated();
    let golf = hobby(&session, "golf");
    let query = session.query::<Person>().filter(Person::hobby.is(&golf));
    let error = session.without_autoflush(|| query.count()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let ed = named(&session, "ed");
    assert_eq!(ed.hobby().unwrap().caption, "chess");
}
