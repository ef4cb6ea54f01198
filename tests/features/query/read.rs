//! q01: the ways to read what a query gives: one value, row by row, in parts; and queries as values.

use aludel::{Connection, Engine, ErrorKind, prelude::*, query::FromTable, query::Select};
use aludel_testing::{
    each_database,
    models::{Article, Author, City, Country, Device, LogLine, Sample, Topic, catalog},
};

use super::press::{fill, press, texts};
use crate::{
    backend::{Backend, current},
    features::tables,
};

#[each_database]
fn q01_scalar_is_the_only_value_and_none_for_null_and_for_no_row() {
    let conn = press();
    let ages = conn.query::<Author>().select(Author::age);
    let of = |name: &str| ages.clone().filter(Author::name.eq(name)).scalar();
    assert_eq!(of("ann").unwrap(), Some(40));
    assert_eq!(of("nobody").unwrap(), None);
    let several = of("ann").and(ages.scalar()).unwrap_err();
    assert_eq!(several.kind(), ErrorKind::MultipleResults);
    let bodies = conn.query::<Article>().select(Article::body);
    let body = |id: i64| bodies.clone().filter(Article::id.eq(id)).scalar();
    assert_eq!(body(1).unwrap().as_deref(), Some("about ants"));
    assert_eq!(body(2).unwrap(), None);
    let oldest = conn.query::<Author>().select(func::max(Author::age));
    assert_eq!(oldest.scalar().unwrap(), Some(40));
    let nothing = oldest.filter(Author::id.gt(9)).scalar().unwrap();
    assert_eq!(nothing, None);
    let both = select::<Topic>().select(Topic::label);
    let both = both.clone().union(both).limit(1);
    assert_eq!(both.on(&conn).scalar().unwrap().as_deref(), Some("animals"));
}

#[each_database]
fn q01_iter_reads_row_by_row_and_keeps_the_connection_busy_until_it_ends() {
    let conn = press();
    conn.commit().unwrap();
    let query = conn.query::<Author>().order_by(Author::id);
    let mut rows = query.iter().unwrap();
    assert_eq!(rows.next().unwrap().unwrap().name, "ann");
    let busy = [
        conn.query::<Topic>().count().map(drop),
        conn.get::<Topic>(1).map(drop),
        conn.insert(Topic::insert().label("x")).map(drop),
        conn.commit(),
        query.iter().map(drop),
        query.explain().map(drop),
    ];
    for busy in busy {
        assert_eq!(busy.unwrap_err().kind(), ErrorKind::Busy);
    }
    let names: Vec<String> = rows.by_ref().map(|row| row.unwrap().name).collect();
    assert_eq!(names, ["bob", "cid", "dan"]);
    assert!(rows.next().is_none(), "it has ended for good");
    assert_eq!(conn.query::<Topic>().count().unwrap(), 3);
    let mut dropped = query.iter().unwrap();
    dropped.next();
    drop(dropped);
    conn.commit().unwrap();
}

#[each_database]
fn q01_iter_decodes_a_row_when_it_is_asked_for() {
    let conn = tables();
    let row = || {
        let row = Sample::insert().a(1).b(1).c(1).x(0.0).p(true).q(true);
        row.t("")
    };
    conn.insert_all([row().n(1), row().n(2), row().n(0)])
        .unwrap();
    // The third row cannot be read as what it is declared to be.
    let halves = conn.query::<Sample>().order_by(Sample::id);
    let halves = halves.select(func::call::<i64, _>(
        "nullif",
        (Sample::n, func::value::<i64>(0)),
    ));
    let mut rows = halves.iter().unwrap();
    assert_eq!(rows.next().unwrap().unwrap(), 1);
    assert_eq!(rows.next().unwrap().unwrap(), 2);
    assert!(rows.next().unwrap().unwrap_err().is_data());
    assert!(rows.next().is_none(), "an error is the last that it gives");
    assert_eq!(conn.query::<Sample>().count().unwrap(), 3);
}

#[each_database]
fn q01_chunks_are_as_long_as_said_but_for_the_last() {
    let conn = press();
    let ids = conn.query::<Article>().order_by(Article::id);
    let ids = ids.select(Article::id);
    let parts = |size: usize| -> Vec<Vec<i64>> {
        let chunks = ids.chunks(size).unwrap();
        chunks.map(|part| part.unwrap()).collect()
    };
    assert_eq!(parts(2), [vec![1, 2], vec![3, 4], vec![5]]);
    assert_eq!(parts(5), [vec![1, 2, 3, 4, 5]]);
    assert_eq!(parts(usize::MAX), [vec![1, 2, 3, 4, 5]]);
    assert_eq!(parts(1).len(), 5);
    let none = ids.clone().filter(Article::id.gt(9));
    assert_eq!(none.chunks(2).unwrap().count(), 0);
    conn.commit().unwrap();
    let refused = ids.chunks(0).err().unwrap();
    assert_eq!(refused.kind(), ErrorKind::InvalidRequest);
    assert!(!conn.in_transaction(), "nothing was sent");
}

#[each_database]
fn q01_chunks_of_rows_that_cannot_be_read_end_with_the_error() {
    let conn = press();
    let scores = conn.query::<Article>().order_by(Article::id);
    let scores = scores.select(func::call::<i64, _>("abs", Article::score));
    let mut chunks = scores.chunks(1).unwrap();
    assert_eq!(chunks.next().unwrap().unwrap(), [5]);
    assert!(chunks.next().unwrap().unwrap_err().is_data());
    assert!(chunks.next().is_none());
}

#[each_database]
fn q01_explain_says_how_the_database_will_run_the_query() {
    let conn = press();
    let by_key = conn.query::<Author>().filter(Author::id.eq(1));
    let plan = by_key.explain().unwrap();
    let says = match current() {
        Backend::Sqlite => ["SEARCH", "PRIMARY KEY"],
        Backend::Postgres => ["Index Scan using author_pkey", "Index Cond: (id ="],
        Backend::MariaDb | Backend::Mysql => ["1 | SIMPLE | author | ", "| PRIMARY |"],
    };
    assert!(plan.starts_with(says[0]), "{plan}");
    assert!(plan.contains(says[1]), "{plan}");
    let both = select::<Author>().select(Author::name);
    let both = both.union(select::<Topic>().select(Topic::label));
    let plan = both.on(&conn).explain().unwrap();
    let next = match current() {
        // A line for each step, what belongs to it is indented.
        Backend::Sqlite | Backend::Postgres => "\n  ",
        Backend::MariaDb | Backend::Mysql => "\n2 | UNION | topic | ",
    };
    assert!(plan.contains(next), "{plan}");
}

#[each_database]
fn q01_get_takes_keys_of_several_columns_of_text_and_of_uuids() {
    let conn = tables();
    for (code, name) in [("AT", "Austria"), ("CZ", "Czechia")] {
        conn.insert(Country::insert().code(code).name(name))
            .unwrap();
    }
    for (code, name, population) in [("AT", "Wien", 2), ("CZ", "Wien", 0), ("AT", "Graz", 1)] {
        let city = City::insert().country_code(code).name(name);
        conn.insert(city.population(population)).unwrap();
    }
    let token: aludel::types::Uuid = "00112233-4455-6677-8899-aabbccddeeff".parse().unwrap();
    conn.insert(Device::insert().token(token).name("phone"))
        .unwrap();
    assert_eq!(conn.get::<Country>("CZ").unwrap().unwrap().name, "Czechia");
    assert_eq!(conn.get::<Country>("cz").unwrap(), None);
    let city = |code: &str, name: &str| {
        conn.get::<City>((code.to_owned(), name.to_owned()))
            .unwrap()
    };
    assert_eq!(city("CZ", "Wien").unwrap().population, Some(0));
    assert_eq!(city("AT", "Wien").unwrap().population, Some(2));
    assert_eq!(city("Wien", "AT"), None);
    let device = conn.get::<Device>(token).unwrap().unwrap();
    assert_eq!(device.name.as_deref(), Some("phone"));
    assert_eq!(
        conn.get::<Device>(aludel::types::Uuid::nil()).unwrap(),
        None
    );
}

#[each_database]
fn q01_a_table_without_a_key_is_read_like_any_other() {
    let conn = tables();
    for level in [Some(1), None] {
        let line = insert(LogLine::insert().level(level));
        assert_eq!(line.on(&conn).execute().unwrap(), 1);
    }
    let by_level = LogLine::level.desc().nulls_last();
    let lines = conn.query::<LogLine>().order_by(by_level);
    let levels: Vec<Option<i64>> = lines.all().unwrap().iter().map(|line| line.level).collect();
    assert_eq!(levels, [Some(1), None]);
    // Where all columns are NULL, a left join cannot tell the row from none.
    let joined = conn
        .query::<Topic>()
        .left_join_on(LogLine::entity(), LogLine::level.eq(1));
    let joined = joined.select((Topic::entity(), LogLine::entity()));
    assert_eq!(joined.all().unwrap().len(), 0);
}

/// What a screen keeps of a search.
#[derive(Clone)]
struct Search {
    authors: Query<Author>,
    names: Query<Author, String>,
    pairs: Query<(Author, Article)>,
}

fn older<S, G, X>(query: Select<S, Author, G, X>) -> Select<S, Author, G, X>
where
    aludel::query::Uses<Author>: aludel::query::In<Author, S, aludel::query::Here>,
{
    query.filter(Author::age.gt(17))
}

fn ids(authors: Vec<Author>) -> Vec<i64> {
    authors.into_iter().map(|author| author.id).collect()
}

#[each_database]
fn q01_a_query_is_kept_cloned_passed_on_and_extended() {
    let conn = press();
    let search = Search {
        authors: older(select::<Author>()).order_by(Author::id),
        names: select::<Author>().select(Author::name),
        pairs: select::<(Author, Article)>().filter(Article::author_id.eq(Author::id)),
    };
    let mut narrow = search.clone().authors;
    for (wanted, condition) in [
        (false, Author::name.eq("nobody").predicate()),
        (true, Author::age.lt(40).predicate()),
        (true, Author::nick.is_not_null().predicate()),
    ] {
        if wanted {
            narrow = narrow.filter(condition);
        }
    }
    assert_eq!(ids(narrow.on(&conn).all().unwrap()), [3]);
    let all = search.authors.clone().on(&conn).all().unwrap();
    assert_eq!(
        ids(all),
        [1, 2, 3],
        "the one it was cloned from is as it was"
    );
    let mut names = search.names;
    for name in ["ann", "bob"] {
        names = names.filter(Author::name.ne(name));
    }
    let names = names.order_by(Author::name).on(&conn);
    assert_eq!(names.all().unwrap(), texts(["cid", "dan"]));
    assert_eq!(search.pairs.on(&conn).count().unwrap(), 5);
}

#[each_database]
fn q01_a_query_runs_on_several_connections() {
    let query = select::<Author>().order_by(Author::age.desc()).limit(1);
    let run = |conn: &Connection| query.clone().on(conn).all().unwrap().len();
    let (one, other) = (press(), tables());
    assert_eq!((run(&one), run(&other)), (1, 0));
    let engine = Engine::new("sqlite://").unwrap();
    catalog().create_all(&engine).unwrap();
    let conn = engine.connect().unwrap();
    fill(&conn);
    conn.commit().unwrap();
    let elsewhere = std::thread::scope(|scope| {
        let query = query.clone();
        let engine = &engine;
        let found = scope.spawn(move || query.on(&engine.connect().unwrap()).one().unwrap());
        found.join().unwrap()
    });
    assert_eq!(elsewhere.name, "ann");
    fn alone(_: &Query<Author>, _: &Select<FromTable<Author>, Author>) {}
    alone(&query, &query);
}
