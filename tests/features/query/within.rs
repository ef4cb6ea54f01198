//! q10: queries within queries: in expressions, in FROM, in WITH; and several queries as one.

use aludel::{
    Connection, ErrorKind,
    prelude::*,
    query::{Compound, Standalone},
};
use aludel_testing::{
    each_database,
    models::{Article, Author, Employee, Topic},
};

use super::press::{press, some, staff, texts};
use crate::backend::{Backend, current, supported};

aludel::alias!(other = Chain, peer = Author, above = Employee);

aludel::derived! {
    /// Who stands below whom, and how deep.
    pub struct Chain { id: i64, manager_id: Option<i64>, depth: i64 }
}

aludel::derived! {
    /// A number.
    struct Counted { n: i64 }
}

aludel::derived! {
    /// A title, and whose.
    struct Titled { author_id: i64, title: String, score: Option<i64> }
}

#[each_database]
fn q10_a_query_within_another_refers_to_its_row() {
    let conn = press();
    let names = |query: Query<Author>| {
        let names = query.order_by(Author::id).select(Author::name);
        names.on(&conn).all().unwrap().join(" ")
    };
    let authors = || select::<Author>();
    let of_author = || {
        let articles = select::<Article>().correlate::<Author>();
        articles.filter(Article::author_id.eq(Author::id))
    };
    assert_eq!(names(authors().filter(exists(of_author()))), "ann bob cid");
    assert_eq!(names(authors().filter(!exists(of_author()))), "dan");
    let scored = of_author().filter(Article::score.gt(Author::age / 6));
    assert_eq!(names(authors().filter(exists(scored))), "bob");
    let n = scalar(of_author().select(func::count_all()));
    let rows = conn
        .query::<Author>()
        .order_by((n.clone().desc(), Author::id));
    let rows = rows
        .select((Author::name, n.clone(), n.clone() + 1))
        .all()
        .unwrap();
    assert_eq!(rows[0], ("ann".to_owned(), Some(3), Some(4)));
    assert_eq!(rows[3], ("dan".to_owned(), Some(0), Some(1)));
    assert_eq!(names(authors().filter(n.eq(1))), "bob cid");
    let missing = scalar(of_author().select(Article::score).filter(Article::id.gt(9)));
    let missing = conn.query::<Author>().select(missing).limit(1);
    assert_eq!(missing.one().unwrap(), None);
    let mine = Author::id.in_(of_author().select(Article::editor_id));
    assert_eq!(names(authors().filter(mine)), "cid");
    // Two levels: what stands within refers to the row outside of both.
    let topic = select::<Topic>()
        .correlate::<Article>()
        .correlate::<Author>()
        .filter(Topic::id.eq(Article::id) & Author::name.eq("ann"));
    let nested = of_author().filter(exists(topic));
    assert_eq!(names(authors().filter(exists(nested))), "ann");
}

#[each_database]
fn q10_a_query_within_another_may_have_nothing_to_do_with_its_row() {
    let conn = press();
    let ids = |query: Query<Author>| {
        let ids = query.order_by(Author::id).select(Author::id);
        ids.on(&conn).all().unwrap()
    };
    let authors = || select::<Author>();
    let writers = || select::<Article>().select(Article::author_id);
    assert_eq!(ids(authors().filter(Author::id.in_(writers()))), [1, 2, 3]);
    assert_eq!(ids(authors().filter(!Author::id.in_(writers()))), [4]);
    let last = writers().order_by(Article::id.desc()).limit(2);
    assert_eq!(ids(authors().filter(Author::id.in_(last))), [1, 3]);
    // A NULL among them: nothing is known to be outside.
    let editors = || select::<Article>().select(Article::editor_id);
    assert_eq!(ids(authors().filter(Author::id.in_(editors()))), [1, 2, 3]);
    assert_eq!(
        ids(authors().filter(!Author::id.in_(editors()))),
        [0_i64; 0]
    );
    let known = editors().filter(Article::editor_id.is_not_null());
    assert_eq!(ids(authors().filter(!Author::id.in_(known))), [4]);
    let oldest = scalar(select::<Author>().select(func::max(Author::age)));
    assert_eq!(ids(authors().filter(Author::age.eq(oldest))), [1]);
    let none = scalar(
        select::<Author>()
            .filter(Author::id.gt(9))
            .select(Author::age),
    );
    assert_eq!(
        ids(authors().filter(Author::age.ge(none.clone()))),
        [0_i64; 0]
    );
    assert_eq!(ids(authors().filter(none.is_null())), [1, 2, 3, 4]);
    let both = writers().union(select::<Topic>().select(Topic::id + 1));
    assert_eq!(
        ids(authors().filter(Author::id.in_(both.clone()))),
        [1, 2, 3, 4]
    );
    assert_eq!(
        ids(authors().filter(!Author::id.in_(both.clone().order_by(position(1)).limit(1)))),
        [2, 3, 4]
    );
    assert_eq!(
        ids(authors().filter(exists(both.except(writers()).limit(1)))),
        [1, 2, 3, 4]
    );
    let same = select::<peer>().correlate::<Author>();
    let same =
        same.filter(peer.col(Author::age).eq(Author::age) & peer.col(Author::id).ne(Author::id));
    assert_eq!(ids(authors().filter(exists(same))), [2, 3]);
}

#[each_database]
fn q10_rows_are_made_by_a_query_in_the_place_of_a_table_and_by_one_with_a_name() {
    let conn = press();
    let titled = select::<Article>().filter(Article::score.is_not_null());
    let titled = titled.order_by(Article::score.desc()).limit(3);
    let titled = titled.select((Article::author_id, Article::title + "!", Article::score));
    for table in [Titled::subquery(titled.clone()), Titled::cte(titled)] {
        let whole: Vec<Titled> = table
            .query()
            .order_by(Titled::title)
            .on(&conn)
            .all()
            .unwrap();
        assert_eq!(whole.len(), 3);
        assert_eq!(whole[1].title, "Cats!");
        let grouped = table.query().group_by(Titled::author_id);
        let grouped = grouped.order_by(Titled::author_id);
        let grouped = grouped.select((Titled::author_id, func::sum(Titled::score)));
        assert_eq!(
            grouped.on(&conn).all().unwrap(),
            [(1, Some(10)), (2, Some(7))]
        );
        assert_eq!(table.query().on(&conn).count().unwrap(), 3);
        assert!(
            table
                .query()
                .filter(Titled::score.gt(6))
                .on(&conn)
                .exists()
                .unwrap()
        );
        let within = conn.query::<Author>();
        let within = within.filter(Author::id.in_(table.query().select(Titled::author_id)));
        assert_eq!(within.count().unwrap(), 2);
        let none = within.filter(!exists(table.query().filter(Titled::score.gt(7))));
        assert_eq!(none.count().unwrap(), 2);
    }
}

#[each_database]
fn q10_an_aggregate_of_aggregates_is_one_of_a_derived_table() {
    let conn = press();
    let counts = select::<Article>()
        .group_by(Article::author_id)
        .select(func::count_all());
    let most = Counted::cte(counts)
        .query()
        .select((func::max(Counted::n), func::avg(Counted::n)));
    assert_eq!(most.on(&conn).one().unwrap(), (Some(3), Some(5.0 / 3.0)));
    let combined = select::<Author>()
        .select(Author::id)
        .union_all(select::<Topic>().select(Topic::id));
    let sum = Counted::subquery(combined)
        .query()
        .select(func::sum(Counted::n));
    assert_eq!(sum.on(&conn).scalar().unwrap(), Some(16));
}

#[each_database]
fn q10_one_common_table_expression_is_read_as_often_as_one_likes() {
    let conn = staff();
    let base = select::<Employee>();
    let everyone = base.select((Employee::id, Employee::manager_id, Employee::salary));
    let everyone = Chain::cte(everyone);
    let pairs = everyone
        .query()
        .join_on(
            everyone.to(other),
            other.col(Chain::manager_id).eq(Chain::id),
        )
        .filter(
            !Chain::id.in_(
                everyone
                    .query()
                    .filter(Chain::depth.gt(8))
                    .select(Chain::id),
            ),
        )
        .order_by(other.col(Chain::id))
        .select((Chain::id, other.col(Chain::id), other.entity()));
    let sql = pairs.to_sql(aludel::Dialect::Sqlite).unwrap();
    assert_eq!(sql.text().matches(" AS (SELECT").count(), 1, "{sql}");
    let pairs = pairs.on(&conn).all().unwrap();
    let ids: Vec<_> = pairs.iter().map(|(id, below, _)| (*id, *below)).collect();
    assert_eq!(ids, [(2, 3), (2, 4)]);
    assert_eq!(
        pairs[0].2,
        Chain {
            id: 3,
            manager_id: Some(2),
            depth: 6
        }
    );
    let different = Chain::cte(select::<Employee>().filter(Employee::id.gt(2)).select((
        Employee::id,
        Employee::manager_id,
        Employee::salary,
    )));
    let both = everyone
        .query()
        .join_on(different.to(other), other.col(Chain::id).eq(Chain::id));
    let error = both.on(&conn).all().unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::InvalidRequest,
        "two tables of one name: {error}"
    );
}

/// The tree below those without a leader, with the depth of each.
fn tree() -> aludel::query::DerivedTable<Chain> {
    let roots = select::<Employee>().filter(Employee::manager_id.is_null());
    let roots = roots.select((Employee::id, Employee::manager_id, func::value::<i64>(0)));
    Chain::recursive(roots, |chain| {
        let below = select::<Employee>().join_on(chain, Employee::manager_id.eq(Chain::id));
        below.select((Employee::id, Employee::manager_id, Chain::depth + 1))
    })
}

#[each_database]
fn q10_a_recursive_query_walks_a_tree() {
    let conn = staff();
    let rows = conn
        .query::<Employee>()
        .join_on(&tree(), Chain::id.eq(Employee::id));
    let rows = rows
        .order_by(Employee::id)
        .select((Employee::name, Chain::depth));
    let rows: Vec<String> = rows
        .all()
        .unwrap()
        .iter()
        .map(|(n, d)| format!("{n}{d}"))
        .collect();
    assert_eq!(rows, ["ann0", "bob1", "cid2", "dan2", "eve1"]);
    let deepest = tree().query().select(func::max(Chain::depth));
    assert_eq!(deepest.on(&conn).scalar().unwrap(), Some(2));
    let few = tree()
        .query()
        .filter(Chain::depth.gt(0))
        .order_by(Chain::id)
        .limit(2);
    assert_eq!(few.clone().on(&conn).count().unwrap(), 2);
    let ids: Vec<i64> = few
        .on(&conn)
        .all()
        .unwrap()
        .iter()
        .map(|row| row.id)
        .collect();
    assert_eq!(ids, [2, 3]);
    let twice = tree();
    let pairs = twice
        .query()
        .join_on(twice.to(other), other.col(Chain::depth).eq(Chain::depth));
    let pairs = pairs.filter(Chain::id.lt(other.col(Chain::id)));
    assert_eq!(pairs.on(&conn).count().unwrap(), 2);
}

#[each_database]
fn q10_a_recursive_query_over_a_cycle_ends_where_equal_rows_are_left_out() {
    let conn = staff();
    let update = conn.update::<Employee>().set(Employee::manager_id.set(4));
    update.filter(Employee::id.eq(1)).execute().unwrap();
    let start = select::<Employee>().filter(Employee::name.eq("bob"));
    let start = start.select((Employee::id, Employee::manager_id, func::value::<i64>(0)));
    let cycle = Chain::recursive_distinct(start, |chain| {
        let up = select::<above>().join_on(chain, above.col(Employee::id).eq(Chain::manager_id));
        up.select((
            above.col(Employee::id),
            above.col(Employee::manager_id),
            func::value::<i64>(0),
        ))
    });
    let ids = cycle.query().order_by(Chain::id).select(Chain::id);
    assert_eq!(ids.on(&conn).all().unwrap(), [1, 2, 4]);
}

#[each_database]
fn q10_a_derived_table_that_no_query_fills_is_refused_before_anything_is_sent() {
    let conn = press();
    conn.commit().unwrap();
    let alone = conn.query::<Chain>();
    let aliased = conn.query::<other>();
    let joined = conn
        .query::<Author>()
        .join_on(Chain::entity(), Chain::id.eq(Author::id));
    let beside = conn.query::<(Author, Counted)>();
    for error in [
        alone.all().unwrap_err(),
        alone.count().unwrap_err(),
        aliased.all().unwrap_err(),
        joined.all().unwrap_err(),
        joined.exists().unwrap_err(),
        beside.all().unwrap_err(),
        alone.iter().map(drop).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.message().contains("derived table"), "{error}");
    }
    assert!(!conn.in_transaction());
}

#[each_database]
fn q10_the_rows_of_several_queries_are_combined_from_left_to_right() {
    let conn = press();
    let ids = |range: std::ops::RangeInclusive<i64>| {
        let articles =
            select::<Article>().filter(Article::id.between(*range.start(), *range.end()));
        articles.select(Article::id)
    };
    fn rows<U: Standalone>(conn: &Connection, query: Compound<i64, U>) -> Vec<i64> {
        query.order_by(position(1)).on(conn).all().unwrap()
    }
    assert_eq!(rows(&conn, ids(1..=3).union(ids(2..=4))), [1, 2, 3, 4]);
    assert_eq!(rows(&conn, ids(1..=2).union_all(ids(2..=3))), [1, 2, 2, 3]);
    assert_eq!(rows(&conn, ids(1..=3).intersect(ids(2..=4))), [2, 3]);
    assert_eq!(rows(&conn, ids(1..=3).except(ids(2..=4))), [1]);
    // INTERSECT does not come first.
    assert_eq!(
        rows(&conn, ids(1..=1).union(ids(2..=3)).intersect(ids(3..=4))),
        [3]
    );
    assert_eq!(
        rows(&conn, ids(1..=1).union(ids(2..=3).intersect(ids(3..=4)))),
        [1, 3]
    );
    assert_eq!(
        rows(&conn, ids(1..=5).except(ids(2..=5)).union(ids(5..=5))),
        [1, 5]
    );
    assert_eq!(
        rows(&conn, ids(1..=5).except(ids(2..=5).union(ids(1..=1)))),
        [0_i64; 0]
    );
    assert_eq!(
        rows(&conn, ids(1..=2).union_all(ids(1..=2)).union(ids(1..=1))),
        [1, 2]
    );
    assert_eq!(
        rows(&conn, ids(1..=1).union(ids(1..=1)).union_all(ids(1..=1))),
        [1, 1]
    );
}

#[each_database]
fn q10_order_and_limit_hold_within_and_around_combined_queries() {
    let conn = press();
    let first = |n: u64| {
        select::<Article>()
            .order_by(Article::id)
            .limit(n)
            .select(Article::id)
    };
    let tail = select::<Article>()
        .order_by(Article::id.desc())
        .limit(2)
        .select(Article::id);
    let both = first(2).union_all(tail.clone());
    let ordered = both.clone().order_by(position(1).desc());
    assert_eq!(ordered.clone().on(&conn).all().unwrap(), [5, 4, 2, 1]);
    assert_eq!(
        ordered.clone().limit(2).offset(1).on(&conn).all().unwrap(),
        [4, 2]
    );
    assert_eq!(ordered.clone().offset(3).on(&conn).all().unwrap(), [1]);
    let counted = ordered.clone().limit(3).on(&conn);
    assert_eq!(
        (counted.count().unwrap(), counted.exists().unwrap()),
        (3, true)
    );
    assert_eq!(counted.first().unwrap(), Some(5));
    assert!(counted.one().unwrap_err().is_multiple_results());
    assert!(!ordered.clone().limit(0).on(&conn).exists().unwrap());
    // What was limited stays so within the next operation.
    let next = ordered.limit(1).union(first(1)).order_by(position(1));
    assert_eq!(next.on(&conn).all().unwrap(), [1, 5]);
    let pairs = select::<Author>().select((Author::age, Author::name));
    let pairs = pairs.clone().union(pairs).order_by(position(1).desc());
    let pairs = pairs.order_by(position(2).desc()).on(&conn);
    let names: Vec<String> = pairs
        .all()
        .unwrap()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(names, texts(["ann", "cid", "bob", "dan"]));
    let nullable = select::<Article>().select(Article::body);
    let nullable = nullable
        .clone()
        .union(nullable)
        .order_by(position(1).desc().nulls_first());
    match (supported(nullable.on(&conn).all()), current()) {
        (None, Backend::MariaDb | Backend::Mysql) => {}
        (bodies, _) => {
            let expected = [None, some("cats"), some("about ants"), some("")];
            assert_eq!(bodies.unwrap(), expected);
        }
    }
    let rows: Vec<Author> = select::<Author>()
        .filter(Author::id.lt(3))
        .union(select::<Author>().filter(Author::id.gt(3)))
        .order_by(position(4))
        .on(&conn)
        .all()
        .unwrap();
    assert_eq!(
        rows.iter().map(|row| row.age).collect::<Vec<_>>(),
        [17, 30, 40]
    );
}

#[each_database]
fn q10_a_position_that_there_is_not_is_refused_before_anything_is_sent() {
    let conn = press();
    conn.commit().unwrap();
    for number in [0, 3, usize::MAX] {
        let pairs = select::<Author>().select((Author::age, Author::name));
        let pairs = pairs
            .clone()
            .union(pairs)
            .order_by(position(number))
            .on(&conn);
        assert_eq!(
            pairs.all().unwrap_err().kind(),
            ErrorKind::InvalidRequest,
            "{number}"
        );
    }
    let rows = select::<Author>().union(select::<Author>());
    let last = rows.clone().order_by(position(6)).on(&conn);
    let beyond = rows.order_by(position(7)).on(&conn);
    assert!(beyond.all().unwrap_err().is_invalid_request());
    assert!(!conn.in_transaction());
    assert_eq!(last.all().unwrap().len(), 4);
}
