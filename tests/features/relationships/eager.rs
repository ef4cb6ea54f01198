//! r05: relationships that are loaded along with a query, by every loader.

use aludel::{Entity, ErrorKind, Session, prelude::*};
use aludel_testing::{
    each_database,
    village::{
        Album, AlbumRelationships, Club, ClubRelationships, Country, CountryRelationships, Hobby,
        HobbyRelationships, Passport, Person, PersonRelationships, Photo, Post, PostRelationships,
        Poster, PosterRelationships, Tag, Town, TownRelationships,
    },
};

use super::heard::{counted, heard};
use crate::{backend, hobby, named, names, person, session};

/// Three hobbies: of two people with two posts each, of one with none, and of nobody.
pub(super) fn club() -> Session {
    let session = session();
    let hobbies = ["chess", "rugby", "golf"].map(|caption| hobby(&session, caption));
    let people = [("ed", 0), ("al", 0), ("cy", 1)];
    let people = people.map(|(name, at)| person(&session, name, &hobbies[at]));
    let tags = ["x", "y"].map(|word| session.add(Tag::insert().word(word)));
    for author in &people[..2] {
        for title in ["one", "two"] {
            let post = Post::insert().title(title).published(title == "one");
            let post = session.add(post.author(author));
            post.tags().unwrap().replace(&tags).unwrap();
        }
    }
    session.add(Passport::insert().number("A1").person(&people[0]));
    session.commit().unwrap();
    session.clear();
    session
}

/// What a session knows of its hobbies without a further statement.
fn seen(hobbies: &[Entity<Hobby>]) -> String {
    let (statements, seen) = counted(|| {
        let mut seen = String::new();
        for hobby in hobbies {
            seen += &format!("{}:", hobby.caption);
            let people = hobby.pers().unwrap();
            seen += &names(&people).join(",");
            for person in &people {
                assert_eq!(person.hobby().unwrap(), *hobby);
            }
            seen += ";";
        }
        seen
    });
    assert_eq!(statements, 0);
    seen
}

const ALL: &str = "chess:al,ed;rugby:cy;golf:;";

#[each_database]
fn r05_every_loader_loads_the_same() {
    let session = club();
    let query = || session.query::<Hobby>().order_by(Hobby::id);
    let (statements, hobbies) = counted(|| query().eager(Hobby::pers).all().unwrap());
    assert_eq!((statements, seen(&hobbies).as_str()), (2, ALL));
    session.clear();
    let (statements, hobbies) = counted(|| query().eager(Hobby::pers.joined()).all().unwrap());
    assert_eq!((statements, seen(&hobbies).as_str()), (1, ALL));
    session.clear();
    let (statements, hobbies) = counted(|| query().eager(Hobby::pers.subquery()).all().unwrap());
    assert_eq!((statements, seen(&hobbies).as_str()), (2, ALL));
}

#[each_database]
fn r05_a_member_that_a_closure_moves_when_it_is_loaded_is_where_it_was_moved() {
    let session = club();
    session.events(|on| {
        on.load(|session, person: &aludel::Entity<Person>| {
            if person.name == "al" {
                let rugby = session.query::<Hobby>();
                let rugby = rugby.filter(Hobby::caption.eq("rugby")).one()?;
                person.edit()?.hobby_id = rugby.id;
            }
            Ok(())
        });
    });
    let query = || session.query::<Hobby>().order_by(Hobby::id);
    let lazily = query().all().unwrap();
    lazily.iter().for_each(|hobby| drop(hobby.pers().unwrap()));
    assert_eq!(seen(&lazily), "chess:ed;rugby:al,cy;golf:;");
    for how in [
        Hobby::pers.joined(),
        Hobby::pers.selectin(),
        Hobby::pers.subquery(),
    ] {
        session.clear();
        let hobbies = query().eager(how).all().unwrap();
        assert_eq!(seen(&hobbies), "chess:ed;rugby:al,cy;golf:;");
    }
}

#[each_database]
fn r05_one_row_and_limits_keep_their_meaning_with_joins() {
    let session = club();
    let query = || session.query::<Hobby>().order_by(Hobby::id);
    for how in [
        Hobby::pers.joined(),
        Hobby::pers.selectin(),
        Hobby::pers.subquery(),
    ] {
        session.clear();
        let two = query().limit(2).eager(how.clone()).all().unwrap();
        assert_eq!(seen(&two), "chess:al,ed;rugby:cy;");
        session.clear();
        let first = query().eager(how.clone()).first().unwrap().unwrap();
        assert_eq!(seen(&[first]), "chess:al,ed;");
        session.clear();
        let chess = query()
            .filter(Hobby::caption.eq("chess"))
            .eager(how.clone());
        assert_eq!(seen(&[chess.one().unwrap()]), "chess:al,ed;");
        session.clear();
        let behind = query().offset(1).limit(5).eager(how);
        assert_eq!(seen(&behind.all().unwrap()), "rugby:cy;golf:;");
    }
}

#[each_database]
fn r05_the_schema_says_what_is_loaded_along() {
    let session = session();
    let album = session.add(Album::insert().title("summer"));
    for motif in ["sun", "sea"] {
        session.add(Photo::insert().motif(motif).album(&album));
    }
    let album = session.add(Album::insert().title("winter"));
    let photo = session.add(Photo::insert().motif("snow").album(&album));
    session.add(Poster::insert().wall("north").photo(&photo));
    session.add(Poster::insert().wall("south"));
    let club = session.add(Club::insert().name("north"));
    let chess = hobby(&session, "chess");
    club.members()
        .unwrap()
        .add(&person(&session, "ed", &chess))
        .unwrap();
    session.commit().unwrap();
    session.clear();
    let motifs = |album: &Entity<Album>| {
        let photos = album.photos().unwrap();
        photos
            .iter()
            .map(|photo| photo.motif.clone())
            .collect::<String>()
    };
    let (statements, albums) =
        counted(|| session.query::<Album>().order_by(Album::id).all().unwrap());
    assert_eq!(statements, 2, "select-in");
    let (statements, all) = counted(|| albums.iter().map(motifs).collect::<Vec<_>>());
    assert_eq!(
        (statements, all),
        (0, vec!["seasun".to_owned(), "snow".into()])
    );
    session.clear();
    let (statements, posters) = counted(|| {
        session
            .query::<Poster>()
            .order_by(Poster::id)
            .all()
            .unwrap()
    });
    assert_eq!(statements, 1, "joined");
    let (statements, photo) = counted(|| posters[0].photo().unwrap().unwrap());
    assert_eq!((statements, photo.motif.as_str()), (0, "snow"));
    assert_eq!(posters[1].photo().unwrap(), None);
    session.clear();
    let (statements, clubs) = counted(|| session.query::<Club>().all().unwrap());
    assert_eq!(statements, 2, "subquery");
    assert_eq!(counted(|| clubs[0].memberships().unwrap().len()), (0, 1));
    // Tuples, single rows by their key, and what is loaded by a relationship too.
    session.clear();
    let (statements, pairs) = counted(|| {
        let query = session.query::<Photo>().join(Photo::album);
        query
            .select((Photo::entity(), Album::entity()))
            .all()
            .unwrap()
    });
    assert_eq!((statements, pairs.len()), (2, 3));
    assert_eq!(counted(|| motifs(&pairs[0].1).len()).0, 0);
    session.clear();
    let (statements, album) = counted(|| session.get::<Album>(1).unwrap().unwrap());
    assert_eq!(
        (statements, counted(|| motifs(&album))),
        (2, (0, "seasun".into()))
    );
    // A query goes before the schema.
    session.clear();
    let album = session
        .query::<Album>()
        .eager(Album::photos.raise())
        .first();
    let album = album.unwrap().unwrap();
    assert_eq!(
        album.photos().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
}

#[each_database]
fn r05_a_foreign_key_to_another_unique_column_is_loaded_along() {
    let session = session();
    for (code, name) in [("no", "Norway"), ("mt", "Malta")] {
        let country = session.add(Country::insert().code(code).name(name));
        session.add(Town::insert().name(code).country(&country));
    }
    session.commit().unwrap();
    for how in [
        Town::country.joined(),
        Town::country.selectin(),
        Town::country.subquery(),
    ] {
        session.clear();
        let towns = session
            .query::<Town>()
            .order_by(Town::id)
            .eager(how)
            .all()
            .unwrap();
        let (statements, names) = counted(|| {
            let names = towns
                .iter()
                .map(|town| town.country().unwrap().name.clone());
            names.collect::<Vec<_>>()
        });
        assert_eq!(
            (statements, names),
            (0, vec!["Norway".to_owned(), "Malta".into()])
        );
    }
    for how in [
        Country::towns.joined(),
        Country::towns.selectin(),
        Country::towns.subquery(),
    ] {
        session.clear();
        let countries = session.query::<Country>().eager(how).all().unwrap();
        assert_eq!(counted(|| countries[0].towns().unwrap().len()), (0, 1));
    }
}

/// The statements of each loader, as they are sent.
#[each_database]
fn r05_the_statements_of_the_loaders() {
    if backend::current() != backend::Backend::Sqlite {
        return; // The dialects have tests of their own.
    }
    let session = club();
    let posts = || session.query::<Post>();
    let queries: [(&str, &dyn Fn()); 9] = [
        ("lazily, to one", &|| {
            let posts = posts().all().unwrap();
            posts[0].author().unwrap();
        }),
        ("lazily, to many", &|| {
            let hobbies = session.query::<Hobby>().all().unwrap();
            hobbies[0].pers().unwrap();
        }),
        ("lazily, through pairs", &|| {
            let posts = posts().all().unwrap();
            posts[0].tags().unwrap();
        }),
        ("select-in", &|| {
            posts().eager((Post::author, Post::tags)).all().unwrap();
        }),
        ("joined to one", &|| {
            posts().eager(Post::author.joined()).limit(2).all().unwrap();
        }),
        ("joined to many, in order", &|| {
            let people = session.query::<Person>().order_by(Person::name);
            let along = (Person::posts.joined(), Person::published_posts.joined());
            people.eager(along).all().unwrap();
        }),
        ("joined through pairs", &|| {
            posts().eager(Post::tags.joined()).all().unwrap();
        }),
        ("by a subquery", &|| {
            let query = posts().filter(Post::published.eq(true)).order_by(Post::id);
            query
                .limit(2)
                .eager((Post::author.subquery(), Post::tags.subquery()))
                .all()
                .unwrap();
        }),
        ("written only", &|| {
            let ed = named(&session, "ed");
            ed.received().query(&session).unwrap().all().unwrap();
        }),
    ];
    let mut text = String::new();
    for (name, query) in queries {
        session.clear();
        let (statements, ()) = heard(query);
        text += &format!("{name}\n  {}\n", statements.join("\n  "));
    }
    insta::assert_snapshot!(text);
}
