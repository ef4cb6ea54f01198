//! q09: joins on conditions, and the joins that paths along relationships make by themselves.

use aludel::prelude::*;
use aludel_testing::{
    each_database,
    models::{Article, ArticleTopic, Author, City, Country, Employee, Parcel, Street, Topic},
};

use super::press::{press, some, staff, texts};
use crate::{
    backend::{Backend, current, given},
    features::tables,
};

aludel::alias!(
    editor = Author,
    leader = Employee,
    other = ByAuthor,
    twin = Article
);

aludel::derived! {
    /// How many articles each author has.
    pub struct ByAuthor { author_id: i64, articles: i64 }
}

#[each_database]
fn q09_tables_are_joined_on_any_condition() {
    let conn = press();
    let longer = conn
        .query::<Article>()
        .join_on(
            twin,
            twin.col(Article::score).gt(Article::score + 1) & Article::id.ne(1),
        )
        .order_by((Article::id, twin.col(Article::id)))
        .select((Article::id, twin.col(Article::id)));
    assert_eq!(longer.all().unwrap(), [(4, 1), (4, 3), (4, 5), (5, 3)]);
    let left = conn
        .query::<Author>()
        .left_join_on(
            Article::entity(),
            Article::author_id.eq(Author::id) & Article::score.gt(5),
        )
        .order_by(Author::id)
        .select((Author::name, Article::title, Article::score.gt(6)));
    assert_eq!(
        left.all().unwrap(),
        [
            ("ann".to_owned(), None, None),
            ("bob".to_owned(), some("Cats"), Some(true)),
            ("cid".to_owned(), None, None),
            ("dan".to_owned(), None, None),
        ]
    );
    let all = conn.query::<Author>().cross_join(Topic::entity());
    assert_eq!(all.count().unwrap(), 12);
    let pairs = all.filter(Topic::id.eq(Author::id)).order_by(Author::id);
    let pairs: Vec<(String, String)> = pairs.select((Author::name, Topic::label)).all().unwrap();
    assert_eq!(pairs[1], ("bob".to_owned(), "water".to_owned()));
    assert_eq!(pairs.len(), 3);
}

#[each_database]
fn q09_a_relationship_through_a_table_joins_both() {
    let conn = press();
    let labels = conn.query::<Article>().join(Article::topics);
    let labels = labels.filter(ArticleTopic::article_id.gt(3));
    let labels = labels
        .order_by((Article::id, Topic::id))
        .select((Article::title, Topic::label));
    let labels: Vec<String> = labels
        .all()
        .unwrap()
        .into_iter()
        .map(|(a, b)| a + &b)
        .collect();
    assert_eq!(labels, ["Dogsanimals", "Eelsanimals", "Eelswater"]);
    let unused = conn.query::<Topic>().left_join(Topic::articles);
    let unused = unused.filter(Article::id.is_null()).select(Topic::label);
    assert_eq!(unused.all().unwrap(), ["unused"]);
}

#[each_database]
fn q09_derived_tables_are_joined_under_their_name_and_under_others() {
    let conn = press();
    let counts = select::<Article>().group_by(Article::author_id);
    let counts = counts.select((Article::author_id, func::count_all()));
    for table in [ByAuthor::cte(counts.clone()), ByAuthor::subquery(counts)] {
        let joined = conn
            .query::<Author>()
            .left_join_on(&table, ByAuthor::author_id.eq(Author::id))
            .order_by(Author::id)
            .select((Author::name, ByAuthor::articles, ByAuthor::entity()));
        let rows = joined.all().unwrap();
        assert_eq!((rows[0].1, rows[3].1), (Some(3), None));
        let ann = ByAuthor {
            author_id: 1,
            articles: 3,
        };
        assert_eq!((rows[0].2.clone(), rows[3].2.clone()), (Some(ann), None));
        let twice = table
            .query()
            .join_on(
                table.to(other),
                other.col(ByAuthor::articles).eq(ByAuthor::articles),
            )
            .filter(ByAuthor::author_id.lt(other.col(ByAuthor::author_id)))
            .select((ByAuthor::author_id, other.col(ByAuthor::author_id)));
        assert_eq!(twice.on(&conn).all().unwrap(), [(2, 3)]);
        let alone = table
            .to(other)
            .query()
            .order_by(other.col(ByAuthor::author_id));
        assert_eq!(alone.on(&conn).all().unwrap().len(), 3);
    }
}

#[each_database]
fn q09_paths_read_columns_at_the_end_of_relationships() {
    let conn = press();
    let articles = || conn.query::<Article>().order_by(Article::id);
    let rows = articles().select((
        Article::title,
        Article::author.path(Author::name),
        Article::author.path(Author::nick),
        Article::editor.path(Author::name),
        Article::editor.path(Author::age) + Article::author.path(Author::age),
        Article::editor.path(Author::name).is_null(),
    ));
    let rows = rows.all().unwrap();
    assert_eq!(
        rows[0],
        (
            "Ants".to_owned(),
            "ann".to_owned(),
            some("a"),
            some("bob"),
            Some(70),
            false
        )
    );
    assert_eq!(
        rows[1],
        (
            "Bees".to_owned(),
            "ann".to_owned(),
            some("a"),
            None,
            None,
            true
        )
    );
    assert_eq!(
        rows[2],
        (
            "Cats".to_owned(),
            "bob".to_owned(),
            None,
            some("ann"),
            Some(70),
            false
        )
    );
    assert_eq!(rows.len(), 5, "a path takes no row away");
}

#[each_database]
fn q09_paths_stand_in_filters_orders_groups_counts_and_the_like() {
    let conn = press();
    let ids = |query: aludel::query::Select<_, Article, _, _>| {
        let ids = query.order_by(Article::id).select(Article::id);
        let ids: Vec<i64> = ids.all().unwrap();
        ids
    };
    let articles = || conn.query::<Article>();
    assert_eq!(
        ids(articles().filter(Article::author.path(Author::name).eq("ann"))),
        [1, 2, 5]
    );
    assert_eq!(
        ids(articles().filter(Article::editor.path(Author::name).ne("bob"))),
        [3, 4]
    );
    let none = articles().filter(Article::editor.path(Author::id).is_null());
    assert_eq!(ids(none), [2]);
    let by_name = articles().filter_by(Article::author.path(Author::age), 30);
    assert_eq!(ids(by_name.clone()), [3, 4]);
    assert_eq!(by_name.count().unwrap(), 2);
    assert!(by_name.exists().unwrap());
    assert!(
        !by_name
            .filter(Article::editor.path(Author::age).gt(40))
            .exists()
            .unwrap()
    );
    let order = (
        Article::editor.path(Author::name).desc().nulls_last(),
        Article::id.desc(),
    );
    let ordered = articles().order_by(order).select(Article::id);
    assert_eq!(ordered.all().unwrap(), [4, 5, 1, 3, 2]);
    assert_eq!(ordered.count().unwrap(), 5);
    assert_eq!(ordered.clone().limit(1).one().unwrap(), 4);
    let name = || Article::author.path(Author::name);
    let groups = articles()
        .group_by(name())
        .having(name().ne("cid") & func::count_all().gt(0))
        .order_by(func::max(Article::editor.path(Author::age)))
        .select((
            name(),
            func::count_all(),
            func::sum(Article::editor.path(Author::age)),
        ));
    assert_eq!(
        groups.all().unwrap(),
        [
            ("ann".to_owned(), 3, Some(60)),
            ("bob".to_owned(), 1, Some(40))
        ]
    );
    assert_eq!(groups.count().unwrap(), 2);
    let distinct = articles().select(name()).distinct().order_by(name());
    assert_eq!(distinct.all().unwrap(), texts(["ann", "bob", "cid"]));
    assert_eq!(distinct.count().unwrap(), 3);
    let within = articles().filter(
        Article::author_id.in_(
            select::<Article>()
                .filter(Article::editor.path(Author::name).eq("ann"))
                .select(Article::author_id),
        ),
    );
    assert_eq!(ids(within), [3]);
}

#[each_database]
fn q09_paths_have_any_number_of_steps_and_start_at_aliases() {
    let conn = staff();
    let two_up = || Employee::manager.then(Employee::manager);
    let rows = conn.query::<Employee>().order_by(Employee::id).select((
        Employee::manager.path(Employee::name),
        two_up().path(Employee::name),
        two_up().then(Employee::manager).path(Employee::id),
    ));
    let rows = rows.all().unwrap();
    assert_eq!(rows[0], (None, None, None));
    assert_eq!(rows[1], (some("ann"), None, None));
    assert_eq!(rows[2], (some("bob"), some("ann"), None));
    let below = conn
        .query::<Employee>()
        .filter(two_up().path(Employee::salary).gt(8));
    assert_eq!(below.count().unwrap(), 2);
    let from_alias = conn
        .query::<Employee>()
        .join(Employee::manager.to(leader))
        .filter(Employee::manager.of(leader).path(Employee::name).eq("ann"))
        .order_by(Employee::manager.path(Employee::salary))
        .select((Employee::name, leader.col(Employee::name)));
    let names: Vec<String> = from_alias
        .all()
        .unwrap()
        .into_iter()
        .map(|(a, b)| a + &b)
        .collect();
    assert_eq!(names, ["cidbob", "danbob"]);
    let joined_too = conn
        .query::<Employee>()
        .left_join(Employee::manager.to(leader))
        .order_by((leader.col(Employee::id).asc().nulls_first(), Employee::id))
        .select(Employee::manager.of(leader).path(Employee::name));
    assert_eq!(
        joined_too.all().unwrap(),
        [None, None, None, some("ann"), some("ann")]
    );
}

#[each_database]
fn q09_paths_go_through_keys_of_several_columns_and_stand_in_the_conditions_of_joins() {
    let conn = tables();
    conn.insert_all(
        ["AT", "CZ"].map(|code| Country::insert().code(code).name(code.to_lowercase())),
    )
    .unwrap();
    conn.insert_all(
        [("AT", "Wien"), ("CZ", "Wien")]
            .map(|(code, name)| City::insert().country_code(code).name(name)),
    )
    .unwrap();
    let street = |code: &str| {
        Street::insert()
            .name(code)
            .country_code(code)
            .city_name("Wien")
    };
    conn.insert_all(["AT", "CZ", "AT"].map(street)).unwrap();
    let country = || Street::city.then(City::country).path(Country::name);
    let streets = conn.query::<Street>().filter(country().eq("at"));
    let names = streets.select((Street::id, country())).order_by(Street::id);
    assert_eq!(
        names.all().unwrap(),
        [(1, "at".to_owned()), (3, "at".to_owned())]
    );
    let parcel = Parcel::insert()
        .country_code("CZ".to_owned())
        .city_name("Wien".to_owned());
    conn.insert(parcel).unwrap();
    let beside = conn.query::<Street>().join_on(
        Parcel::entity(),
        country().eq(Parcel::city.then(City::country).path(Country::name)),
    );
    assert_eq!(beside.select(Street::id).all().unwrap(), [2]);
}

#[each_database]
fn q09_paths_stand_in_the_filters_of_updates_and_deletes_and_in_what_is_set() {
    let conn = press();
    let update = conn.update::<Article>().set(Article::score.set(0));
    let of_bob = Article::editor.path(Author::name).eq("bob");
    assert_eq!(update.filter(of_bob).execute().unwrap(), 2);
    let named = conn
        .update::<Article>()
        .set(Article::title.set(Article::author.path(Author::name) + "'s"))
        .filter(Article::editor.path(Author::id).is_null());
    assert_eq!(named.execute().unwrap(), 1);
    assert_eq!(conn.get::<Article>(2).unwrap().unwrap().title, "ann's");
    let conn = staff();
    let above = Employee::manager
        .then(Employee::manager)
        .path(Employee::name);
    let delete = conn.delete::<Employee>().filter(above.eq("ann"));
    // MySQL reads no table that it changes.
    let can = current() != Backend::Mysql;
    assert_eq!(given(can, delete.execute(), || 2), 2);
    let left = if can { 3 } else { 5 };
    assert_eq!(conn.query::<Employee>().count().unwrap(), left);
}

#[each_database]
fn q09_the_rows_that_a_relationship_leads_to_are_asked_for_conditions() {
    let conn = press();
    let names = |query: Query<Author>| {
        let names = query.order_by(Author::id).select(Author::name);
        names.on(&conn).all().unwrap().join(" ")
    };
    let authors = || select::<Author>();
    assert_eq!(
        names(authors().filter(Author::articles.any(Article::score.gt(4)))),
        "ann bob"
    );
    assert_eq!(
        names(authors().filter(!Author::articles.any(Article::id.gt(0)))),
        "dan"
    );
    let own = Author::articles.any(Article::editor_id.eq(Author::id));
    assert_eq!(names(authors().filter(own)), "cid");
    let deep = Author::articles.any(Article::topics.any(Topic::label.eq("water")));
    assert_eq!(names(authors().filter(deep)), "ann");
    let path_within = Author::articles.any(Article::editor.path(Author::name).eq("ann"));
    assert_eq!(names(authors().filter(path_within)), "bob");
    let titled = conn
        .query::<Article>()
        .filter(Article::author.has(Author::age.gt(35)));
    assert_eq!(titled.count().unwrap(), 3);
    let edited = conn
        .query::<Article>()
        .filter(!Article::editor.has(Author::id.gt(0)));
    assert_eq!(edited.select(Article::id).all().unwrap(), [2]);
    let renamed = conn.query::<Article>();
    let renamed = renamed.filter(
        Article::editor
            .to(editor)
            .has(editor.col(Author::age).gt(35)),
    );
    assert_eq!(renamed.select(Article::id).all().unwrap(), [3]);
    let through = conn.query::<Topic>();
    let through = through.filter(Topic::articles.any(Article::author.path(Author::name).eq("cid")));
    assert_eq!(through.select(Topic::label).all().unwrap(), ["animals"]);
    let conn = staff();
    let leads = Employee::reports
        .to(leader)
        .any(leader.col(Employee::salary).gt(5));
    let leads = conn
        .query::<Employee>()
        .filter(leads)
        .select(Employee::name);
    assert_eq!(leads.all().unwrap(), ["bob"]);
}
