//! q01: rows together with those that relationships lead to, as plain values.

use aludel::{Connection, ErrorKind, prelude::*};
use aludel_testing::{
    each_database,
    models::{Article, Author, City, Country, Employee, Parcel, Player, Street, Team, Topic},
};

use super::press::{press, staff};
use crate::features::tables;

aludel::alias!(writer = Author);

fn titles(articles: &[Article]) -> String {
    let titles = articles.iter().map(|article| &*article.title);
    titles.collect::<Vec<_>>().join(" ")
}

#[each_database]
fn q01_rows_come_with_the_many_rows_that_refer_to_them() {
    let conn = press();
    let authors = conn.query::<Author>().order_by(Author::id.desc());
    let rows: Vec<(Author, Vec<Article>)> = authors.with(Author::articles).all().unwrap();
    let shown: Vec<_> = rows
        .iter()
        .map(|(author, articles)| (author.name.as_str(), titles(articles)))
        .collect();
    let expected = [
        ("dan", ""),
        ("cid", "Dogs"),
        ("bob", "Cats"),
        ("ann", "Ants Bees Eels"),
    ];
    assert_eq!(
        shown,
        expected.map(|(name, titles)| (name, titles.to_owned()))
    );
}

#[each_database]
fn q01_rows_come_with_the_one_row_they_refer_to_and_with_the_one_that_may_be_missing() {
    let conn = press();
    let articles = conn.query::<Article>().order_by(Article::id);
    let rows: Vec<(Article, Author, Option<Author>, Vec<Topic>)> = articles
        .with((Article::author, Article::editor, Article::topics))
        .all()
        .unwrap();
    let shown = rows.iter().map(|(article, author, editor, topics)| {
        let editor = editor.as_ref().map_or("-", |editor| &editor.name);
        let mut topics: Vec<&str> = topics.iter().map(|topic| topic.label.as_str()).collect();
        topics.sort_unstable();
        format!(
            "{} {} {editor} {}",
            article.title,
            author.name,
            topics.join("+")
        )
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            "Ants ann bob animals",
            "Bees ann - ",
            "Cats bob ann animals",
            "Dogs cid cid animals",
            "Eels ann bob animals+water",
        ]
    );
}

#[each_database]
fn q01_what_comes_with_rows_can_come_with_rows_itself() {
    let conn = press();
    type Nested = (
        Author,
        Vec<(Article, Vec<(Topic, Vec<Article>)>, Option<Author>)>,
    );
    let authors = select::<Author>().filter(Author::id.in_([1, 4]));
    let query = authors
        .order_by(Author::id)
        .with(Author::articles.with((Article::topics.with(Topic::articles), Article::editor)));
    let rows: Vec<Nested> = query.clone().on(&conn).all().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows[1].1.is_empty());
    let eels = rows[0]
        .1
        .iter()
        .find(|(article, ..)| article.title == "Eels");
    let (_, topics, editor) = eels.unwrap();
    assert_eq!(editor.as_ref().unwrap().name, "bob");
    let water = topics.iter().find(|(topic, _)| topic.label == "water");
    assert_eq!(titles(&water.unwrap().1), "Eels");
    let animals = topics.iter().find(|(topic, _)| topic.label == "animals");
    assert_eq!(animals.unwrap().1.len(), 4);
    let first: Option<Nested> = query.clone().on(&conn).first().unwrap();
    assert_eq!(first.unwrap(), rows[0]);
    let several = query.on(&conn).one().unwrap_err();
    assert_eq!(several.kind(), ErrorKind::MultipleResults);
}

#[each_database]
fn q01_a_graph_of_no_rows_is_empty_and_one_row_is_asked_for_as_ever() {
    let conn = press();
    let named = |name: &str| {
        let authors = conn.query::<Author>().filter(Author::name.eq(name));
        authors.with((Author::articles, Author::editor_articles))
    };
    assert!(named("nobody").all().unwrap().is_empty());
    assert!(named("nobody").first().unwrap().is_none());
    assert!(named("nobody").one_or_none().unwrap().is_none());
    assert!(named("nobody").one().unwrap_err().is_no_result());
    let (bob, written, edited) = named("bob").one().unwrap();
    assert_eq!(
        (bob.id, titles(&written).as_str(), edited.len()),
        (2, "Cats", 2)
    );
    assert_eq!(
        named("bob").one_or_none().unwrap(),
        Some((bob, written, edited))
    );
}

#[each_database]
fn q01_a_graph_keeps_filters_joins_limits_and_the_order_of_its_query() {
    let conn = press();
    let rows = conn
        .query::<Article>()
        .join(Article::author)
        .filter(Author::name.eq("ann") & Article::topics.any(Topic::label.eq("animals")))
        .order_by(Article::title.desc())
        .limit(1)
        .with(Article::author)
        .all()
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((&*rows[0].0.title, &*rows[0].1.name), ("Eels", "ann"));
}

#[each_database]
fn q01_rows_of_a_table_come_with_rows_of_the_same_table() {
    let conn = staff();
    let staff = || conn.query::<Employee>().order_by(Employee::id);
    let led: Vec<(Employee, Option<Employee>)> = staff().with(Employee::manager).all().unwrap();
    let leaders: Vec<_> = led
        .iter()
        .map(|(_, leader)| leader.as_ref().map(|leader| leader.id))
        .collect();
    assert_eq!(leaders, [None, Some(1), Some(2), Some(2), Some(1)]);
    let leads: Vec<(Employee, Vec<(Employee, Vec<Employee>)>)> = staff()
        .with(Employee::reports.with(Employee::reports))
        .all()
        .unwrap();
    let counts = |(_, below): &(Employee, Vec<(Employee, Vec<Employee>)>)| {
        let further: usize = below.iter().map(|(_, below)| below.len()).sum();
        (below.len(), further)
    };
    let counts: Vec<_> = leads.iter().map(counts).collect();
    assert_eq!(counts, [(2, 2), (2, 0), (0, 0), (0, 0), (0, 0)]);
}

#[each_database]
fn q01_tables_that_refer_to_each_other_come_with_each_other() {
    let conn = tables();
    conn.insert(Team::insert().name("red")).unwrap();
    conn.insert_all(["ed", "al"].map(|name| Player::insert().name(name).team_id(1)))
        .unwrap();
    let captain = conn
        .update::<Team>()
        .set(Team::captain_id.set(2))
        .all_rows();
    captain.execute().unwrap();
    let (team, players, captain) = conn
        .query::<Team>()
        .with((
            Team::players.with(Player::captained),
            Team::captain.with(Player::team),
        ))
        .one()
        .unwrap();
    let captained = players
        .iter()
        .map(|(player, teams)| (&*player.name, teams.len()));
    assert_eq!(captained.collect::<Vec<_>>(), [("ed", 0), ("al", 1)]);
    let (captain, his_team) = captain.unwrap();
    assert_eq!((captain.name.as_str(), his_team), ("al", team));
}

/// Cities whose names alone do not tell them apart.
fn cities() -> Connection {
    let conn = tables();
    conn.insert_all(["AT", "CZ"].map(|code| Country::insert().code(code).name(code)))
        .unwrap();
    conn.insert_all(
        [("AT", "Wien"), ("CZ", "Wien"), ("AT", "Graz")]
            .map(|(code, name)| City::insert().country_code(code).name(name)),
    )
    .unwrap();
    conn
}

#[each_database]
fn q01_keys_of_several_columns_lead_on_unless_one_of_them_is_null() {
    let conn = cities();
    for (name, code, city) in [
        ("a", "AT", "Wien"),
        ("b", "CZ", "Wien"),
        ("c", "AT", "Wien"),
    ] {
        let street = Street::insert().name(name).country_code(code);
        conn.insert(street.city_name(city)).unwrap();
    }
    for (code, city) in [
        (Some("AT"), Some("Wien")),
        (Some("AT"), None),
        (None, Some("Wien")),
        (None, None),
    ] {
        let (code, city) = (code.map(str::to_owned), city.map(str::to_owned));
        let parcel = Parcel::insert().country_code(code).city_name(city);
        conn.insert(parcel).unwrap();
    }
    let streets = conn.query::<Street>().order_by(Street::id);
    let streets = streets
        .with(Street::city.with(City::country))
        .all()
        .unwrap();
    let shown: Vec<_> = streets
        .iter()
        .map(|(street, (city, country))| format!("{}{}{}", street.name, city.name, country.code))
        .collect();
    assert_eq!(shown, ["aWienAT", "bWienCZ", "cWienAT"]);
    let parcels = conn.query::<Parcel>().order_by(Parcel::id);
    let parcels: Vec<(Parcel, Option<City>)> = parcels.with(Parcel::city).all().unwrap();
    let there: Vec<bool> = parcels.iter().map(|(_, city)| city.is_some()).collect();
    assert_eq!(there, [true, false, false, false]);
    let back = conn
        .query::<City>()
        .order_by((City::country_code, City::name));
    let back = back.with((City::streets, City::parcels)).all().unwrap();
    let counts = back
        .iter()
        .map(|(_, streets, parcels)| (streets.len(), parcels.len()));
    assert_eq!(counts.collect::<Vec<_>>(), [(0, 0), (2, 1), (1, 0)]);
}

#[each_database]
fn q01_any_number_of_rows_and_any_number_that_share_a_partner_come_together() {
    const AUTHORS: i64 = 2_345;
    let conn = tables();
    conn.insert_all((1..=AUTHORS).map(|id| Author::insert().id(id).name(id.to_string())))
        .unwrap();
    conn.insert_all((1..=AUTHORS * 2).map(|id| {
        let article = Article::insert().id(id).title(id.to_string());
        article.author_id((id - 1) % AUTHORS + 1).editor_id(7)
    }))
    .unwrap();
    let authors = conn.query::<Author>().order_by(Author::id);
    let authors = authors.with(Author::articles).all().unwrap();
    assert_eq!(authors.len() as i64, AUTHORS);
    for (author, articles) in &authors {
        let mut ids: Vec<i64> = articles.iter().map(|article| article.id).collect();
        ids.sort_unstable();
        assert_eq!(ids, [author.id, author.id + AUTHORS]);
    }
    let articles = conn.query::<Article>().order_by(Article::id);
    let articles = articles
        .with((Article::author, Article::editor))
        .all()
        .unwrap();
    assert_eq!(articles.len() as i64, AUTHORS * 2);
    for (article, author, editor) in &articles {
        assert_eq!(author.id, article.author_id);
        assert_eq!(editor.as_ref().map(|editor| editor.id), Some(7));
    }
}

#[each_database]
fn q01_a_row_that_has_to_be_there_and_is_not_is_an_error() {
    let conn = press();
    let article = Article::insert().title("Lost").author_id(99);
    let lost = conn.transact(|conn| conn.insert(article));
    assert!(lost.unwrap_err().is_foreign_key_violation());
    let rows = conn
        .query::<Author>()
        .with(Author::articles.with(Article::author.to(writer)));
    assert_eq!(rows.all().unwrap().len(), 4);
}
