//! r05: relationships that are loaded along with a query, by every loader.

use aludel::{ErrorKind, Session, prelude::*};
use aludel_testing::{
    each_database,
    village::{
        Album, AlbumRelationships, Club, ClubRelationships, Country, CountryRelationships, Hobby,
        HobbyRelationships, Order, OrderLine, OrderRelationships, Passport, Person,
        PersonRelationships, Photo, Post, PostRelationships, Poster, PosterRelationships, Tag,
        Town,
    },
};

use super::heard::{counted, heard};
use crate::{backend, hobby, named, names, person, populated, session};

/// Three hobbies: of two people with two posts each, of one with none, and of nobody.
fn club() -> Session {
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
fn seen(hobbies: &[aludel::Entity<Hobby>]) -> String {
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
    let motifs = |album: &aludel::Entity<Album>| {
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
fn r05_what_is_loaded_along_respects_changes_and_order() {
    let session = session();
    let order = session.add(Order::insert().buyer("ed"));
    for (place, article, amount) in [(2, "b", 20), (1, "a", 1), (3, "c", 30)] {
        let line = OrderLine::insert()
            .place(place)
            .article(article)
            .amount(amount);
        session.add(line.order(&order));
    }
    session.commit().unwrap();
    for how in [
        Order::lines.joined(),
        Order::lines.selectin(),
        Order::lines.subquery(),
    ] {
        session.clear();
        let along = (how, Order::large_lines.joined());
        let order = session.query::<Order>().eager(along).one().unwrap();
        let (statements, articles) = counted(|| {
            let article = |line: &aludel::Entity<OrderLine>| line.article.clone();
            let lines: String = order.lines().unwrap().iter().map(article).collect();
            let large: String = order.large_lines().unwrap().iter().map(article).collect();
            (lines, large)
        });
        assert_eq!((statements, articles), (0, ("abc".into(), "bc".into())));
        // The session's own changes stay.
        let line = order.lines().unwrap()[0].clone();
        session.without_autoflush(|| {
            line.edit().unwrap().place = 9;
            let again = session
                .query::<Order>()
                .eager(Order::lines.joined())
                .one()
                .unwrap();
            assert_eq!(again.lines().unwrap().len(), 3);
        });
        assert_eq!(line.place, 9);
        session.rollback().unwrap();
    }
}

#[each_database]
fn r05_a_foreign_key_to_another_unique_column_is_loaded_along() {
    let session = session();
    for (code, name) in [("no", "Norway"), ("mt", "Malta")] {
        let country = session.add(Country::insert().code(code).name(name));
        session.add(Town::insert().name(code).country(&country));
    }
    session.commit().unwrap();
    use aludel_testing::village::TownRelationships;
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

#[each_database]
fn r05_what_is_loaded_along_is_renewed_where_it_is_out_of_date() {
    let session = club();
    let hobbies = session.query::<Hobby>().order_by(Hobby::id);
    let hobbies = hobbies.eager(Hobby::pers.with(Person::posts.with(Post::tags)));
    let hobbies = hobbies.all().unwrap();
    let read = |hobbies: &[aludel::Entity<Hobby>]| {
        let people = hobbies.iter().flat_map(|hobby| hobby.pers().unwrap());
        let posts: Vec<_> = people.flat_map(|person| person.posts().unwrap()).collect();
        let tags = posts.iter().map(|post| post.tags().unwrap().len());
        tags.sum::<usize>()
    };
    assert_eq!(read(&hobbies), 8);
    let tag = session.query::<Tag>().all().unwrap().remove(0);
    let ed = named(&session, "ed");
    for how in 0..3 {
        // All is known, and all may be out of date, or one member and one tag.
        match how {
            0 => session.commit().unwrap(),
            1 => session.expire_all(),
            _ => session
                .expire(&ed)
                .and_then(|()| session.expire(&tag))
                .unwrap(),
        }
        let again = session.query::<Hobby>().order_by(Hobby::id);
        let again = again.eager(Hobby::pers.with(Person::posts.with(Post::tags)));
        let again = again.all().unwrap();
        let (statements, tags) = counted(|| read(&again));
        assert_eq!((statements, tags), (0, 8), "{how}");
        let people = session.query::<Person>();
        let people = people.eager(Person::hobby.selectin()).all().unwrap();
        session.expire(&hobbies[0]).unwrap();
        let again = session.query::<Person>().eager(Person::hobby.selectin());
        again.all().unwrap();
        let (statements, _) = counted(|| people[0].hobby().unwrap());
        assert_eq!(statements, 0, "{how}");
    }
}
