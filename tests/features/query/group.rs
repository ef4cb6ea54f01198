//! q05 to q08: order with NULLs, labels, groups, aggregates, and tuples of what is selected.

use aludel::{ErrorKind, prelude::*};
use aludel_testing::{
    each_database,
    models::{Article, Author, Employee, Sample, Topic},
};

use super::press::{press, some, staff, texts};
use crate::{
    backend::{Backend, current, supported},
    features::tables,
};

#[each_database]
fn q05_nulls_stand_where_it_is_said() {
    let conn = press();
    type Key = aludel::query::OrderKey<aludel::query::Column<Article, Option<i64>, 5>>;
    let scores = |key: Key| {
        let query = conn.query::<Article>().order_by((key, Article::id));
        query.select(Article::score).all().unwrap()
    };
    let score = Article::score;
    let up = [Some(1), Some(5), Some(5), Some(7)].as_slice();
    let down = [Some(7), Some(5), Some(5), Some(1)].as_slice();
    let null = [None].as_slice();
    let (ascending, descending) = match current() {
        Backend::Postgres => ([up, null], [null, down]),
        _ => ([null, up], [down, null]),
    };
    assert_eq!(scores(score.asc()), ascending.concat());
    assert_eq!(scores(score.desc()), descending.concat());
    assert_eq!(scores(score.asc().nulls_first()), [null, up].concat());
    assert_eq!(scores(score.asc().nulls_last()), [up, null].concat());
    assert_eq!(scores(score.desc().nulls_first()), [null, down].concat());
    assert_eq!(scores(score.desc().nulls_last()), [down, null].concat());
    assert_eq!(
        scores(score.desc().nulls_last().nulls_first()),
        [null, down].concat(),
        "the last word holds"
    );
}

#[each_database]
fn q05_nulls_stand_where_it_is_said_in_groups_and_combined_queries_too() {
    let conn = press();
    let n = func::max(Article::score).label("n");
    let groups = conn.query::<Article>().group_by(Article::author_id);
    let groups = groups.having(Article::author_id.gt(0));
    let order = groups.order_by((n.asc().nulls_last(), Article::author_id));
    assert_eq!(
        order.select((Article::author_id, &n)).all().unwrap(),
        [(3, Some(1)), (1, Some(5)), (2, Some(7))]
    );
    let scores = select::<Article>().select(Article::score);
    let both = scores
        .clone()
        .union(scores)
        .order_by(position(1).nulls_last());
    match (supported(both.on(&conn).all()), current()) {
        (None, Backend::MariaDb | Backend::Mysql) => {}
        (scores, _) => assert_eq!(scores.unwrap(), [Some(1), Some(5), Some(7), None]),
    }
}

#[each_database]
fn q06_a_label_is_selected_ordered_grouped_and_filtered_by() {
    let conn = press();
    let decade = (Author::age / 10).label("decade");
    let number = func::count_all().label("number");
    assert_eq!((decade.name(), number.name()), ("decade", "number"));
    let rows = conn
        .query::<Author>()
        .group_by(&decade)
        .having(number.gt(0) & decade.ge(3))
        .order_by((number.desc(), decade.asc()))
        .select((&decade, &number, func::max(Author::name)));
    assert_eq!(
        rows.all().unwrap(),
        [(3, 2, some("cid")), (4, 1, some("ann"))]
    );
    assert_eq!(rows.count().unwrap(), 2);
    assert!(rows.exists().unwrap());
    let plain = conn.query::<Author>().order_by((decade.desc(), Author::id));
    let plain = plain.filter(decade.lt(4)).select((&decade, Author::name));
    let shown: Vec<_> = plain
        .all()
        .unwrap()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(shown, texts(["bob", "cid", "dan"]));
    let expression = conn.query::<Author>().select(decade.expression() + 1);
    assert_eq!(expression.order_by(Author::id).first().unwrap(), Some(5));
    let whole = conn
        .query::<Author>()
        .order_by(&decade)
        .select(&decade)
        .distinct();
    assert_eq!(whole.all().unwrap(), [1, 3, 4]);
}

#[each_database]
fn q06_a_label_may_be_any_text_and_the_name_of_a_column() {
    let conn = press();
    // The label and not the column is what the rows are ordered by.
    let name = (Author::age * -1).label("name");
    let quoted = Author::name.label("a \"b\" `c`; --");
    let rows = conn.query::<Author>().order_by((&name, quoted.desc()));
    let rows = rows.select((&name, &quoted)).all().unwrap();
    let names: Vec<&str> = rows.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["ann", "cid", "bob", "dan"]);
}

#[each_database]
fn q07_rows_are_grouped_by_columns_expressions_rows_and_paths() {
    let conn = press();
    let articles = || conn.query::<Article>();
    let by_column = articles().group_by(Article::author_id);
    let by_column = by_column.order_by(Article::author_id);
    let by_column = by_column.select((Article::author_id, func::count_all()));
    assert_eq!(by_column.all().unwrap(), [(1, 3), (2, 1), (3, 1)]);
    let by_several = articles().group_by((Article::author_id, Article::editor_id));
    let by_several = by_several
        .order_by((Article::author_id, Article::editor_id.asc().nulls_first()))
        .select((
            Article::author_id,
            Article::editor_id,
            func::count(Article::id),
        ));
    assert_eq!(
        by_several.all().unwrap(),
        [
            (1, None, 1),
            (1, Some(2), 2),
            (2, Some(1), 1),
            (3, Some(3), 1)
        ]
    );
    let first = || func::substring(Author::name, 2, 1);
    let by_expression = conn.query::<Author>().group_by(first());
    let by_expression = by_expression
        .order_by(first().desc())
        .select((first() + "!", func::count_all()));
    let rows = [("o!", 1), ("n!", 1), ("i!", 1), ("a!", 1)];
    assert_eq!(
        by_expression.all().unwrap(),
        rows.map(|(text, n)| (text.to_owned(), n))
    );
    let by_row = conn.query::<Author>().left_join(Author::articles);
    let by_row = by_row
        .group_by(Author::entity())
        .order_by((func::count(Article::id).desc(), Author::name))
        .select((Author::entity(), Author::name, func::count(Article::id)));
    let rows = by_row.all().unwrap();
    let shown: Vec<_> = rows
        .iter()
        .map(|(row, name, n)| (row.id, name.as_str(), *n))
        .collect();
    assert_eq!(
        shown,
        [(1, "ann", 3), (2, "bob", 1), (3, "cid", 1), (4, "dan", 0)]
    );
    let name = || Article::editor.path(Author::name);
    let by_path = articles().group_by(name());
    let by_path = by_path.order_by(name().asc().nulls_first());
    let by_path = by_path.select((name(), func::count_all()));
    let rows = [
        (None, 1),
        (some("ann"), 1),
        (some("bob"), 2),
        (some("cid"), 1),
    ];
    assert_eq!(by_path.all().unwrap(), rows);
    let by_truth = conn
        .query::<Author>()
        .group_by(Author::age.gt(29) & Author::active);
    let by_truth = by_truth.select((Author::age.gt(29) & Author::active, func::count_all()));
    let mut rows = by_truth.all().unwrap();
    rows.sort_unstable();
    assert_eq!(rows, [(false, 2), (true, 2)]);
}

#[each_database]
fn q07_groups_are_kept_by_conditions_on_them() {
    let conn = press();
    let busy = conn.query::<Author>().join(Author::articles);
    let busy = busy
        .group_by(Author::name)
        .having(func::count(Article::id).gt(1));
    let busy = busy.having(func::min(Article::score).is_not_null());
    assert_eq!(busy.select(Author::name).all().unwrap(), ["ann"]);
    let over_all = || conn.query::<Author>().select(func::count_all());
    assert_eq!(
        over_all().having(func::count_all().gt(3)).all().unwrap(),
        [4]
    );
    assert_eq!(
        over_all().having(func::count_all().gt(4)).all().unwrap(),
        [0_i64; 0]
    );
    assert_eq!(
        over_all().having(func::count_all().gt(4)).count().unwrap(),
        0
    );
    assert!(!over_all().having(func::count_all().gt(4)).exists().unwrap());
}

#[each_database]
fn q07_what_is_selected_of_groups_can_be_said_before_or_after_their_order_but_not_before_them() {
    let conn = press();
    let n = func::count_all().label("n");
    let before = conn.query::<Article>().order_by(Article::id);
    let before = before
        .group_by(Article::author_id)
        .select(Article::author_id);
    let refused = before.all().unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::InvalidRequest);
    assert!(
        refused
            .message()
            .contains("`order_by` stands before `group_by`"),
        "{refused}"
    );
    assert_eq!(
        before.count().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    let after = conn.query::<Article>().group_by(Article::author_id);
    let selected_first = after
        .clone()
        .select((Article::author_id, &n))
        .order_by(n.desc());
    let ordered_first = after.order_by(n.desc()).select((Article::author_id, &n));
    assert_eq!(selected_first.first().unwrap(), Some((1, 3)));
    assert_eq!(ordered_first.first().unwrap(), Some((1, 3)));
}

type Totals = (
    i64,
    i64,
    Option<i64>,
    Option<f64>,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

#[each_database]
fn q07_aggregates_pass_over_nulls_and_are_null_of_no_rows() {
    let conn = press();
    let totals = || {
        conn.query::<Article>().select((
            func::count_all(),
            func::count(Article::score),
            func::sum(Article::score),
            func::avg(Article::score),
            func::min(Article::score),
            func::max(Article::score),
            func::join_text(Article::body, "; "),
        ))
    };
    let all: Totals = totals().one().unwrap();
    let (rows, scores, sum, avg, min, max, bodies) = all;
    assert_eq!(
        (rows, scores, sum, avg, min, max),
        (5, 4, Some(18), Some(4.5), Some(1), Some(7))
    );
    let bodies = bodies.unwrap();
    let mut bodies: Vec<&str> = bodies.split("; ").collect();
    bodies.sort_unstable();
    assert_eq!(bodies, ["", "about ants", "cats"]);
    let none = (0, 0, None, None, None, None, None);
    assert_eq!(totals().filter(Article::id.gt(9)).one().unwrap(), none);
    let only_null = (1, 0, None, None, None, None, None);
    assert_eq!(totals().filter(Article::id.eq(2)).one().unwrap(), only_null);
    let grouped = conn
        .query::<Article>()
        .filter(Article::id.gt(9))
        .group_by(Article::author_id);
    assert!(grouped.select(func::count_all()).all().unwrap().is_empty());
}

#[each_database]
fn q07_aggregates_take_each_value_once_and_only_some_rows() {
    let conn = press();
    let one = conn.query::<Article>().select((
        func::count(Article::score).distinct(),
        func::sum(Article::score).distinct(),
        func::avg(Article::score).distinct(),
        func::count_all().filter(Article::score.gt(4)),
        func::sum(Article::score)
            .filter(Article::author_id.eq(1))
            .filter(Article::id.lt(5)),
        func::count(Article::author_id)
            .distinct()
            .filter(Article::id.gt(2)),
        func::max(Article::title).filter(Article::id.gt(99)),
        func::count_all().filter(Article::score.is_null() | Article::body.is_null()),
    ));
    let expected = (3, Some(13), Some(13.0 / 3.0), 3, Some(5), 3, None, 2);
    assert_eq!(one.one().unwrap(), expected);
    let rows = conn.query::<Article>().select(func::count_all().distinct());
    assert!(rows.one().unwrap_err().is_invalid_request());
    let texts = conn
        .query::<Article>()
        .select(func::join_text(Article::title, ",").distinct());
    match (supported(texts.one()).flatten(), current()) {
        // It takes no separator then.
        (None, Backend::Sqlite) => {}
        (texts, _) => {
            let texts = texts.unwrap();
            let mut texts: Vec<&str> = texts.split(',').collect();
            texts.sort_unstable();
            assert_eq!(texts, ["Ants", "Bees", "Cats", "Dogs", "Eels"]);
        }
    }
}

#[each_database]
fn q07_a_sum_of_whole_numbers_is_one_and_an_error_where_it_is_too_great() {
    let conn = tables();
    let row = |a: i64, x: f64| {
        let row = Sample::insert().a(a).b(1).c(1).x(x).p(true);
        row.q(true).t("")
    };
    let half = i64::MAX / 2;
    conn.insert_all([row(half, 0.5), row(half, 0.25)]).unwrap();
    let sums = conn.query::<Sample>();
    let sums = sums.select((
        func::sum(Sample::a),
        func::sum(Sample::x),
        func::avg(Sample::b),
    ));
    assert_eq!(
        sums.one().unwrap(),
        (Some(i64::MAX - 1), Some(0.75), Some(1.0))
    );
    conn.insert(row(2, 0.0)).unwrap();
    conn.commit().unwrap();
    let error = sums.one().unwrap_err();
    assert!(error.is_data(), "{error:?}");
    conn.rollback().unwrap();
    let around = func::sum(Sample::a).over(window());
    let around = conn.query::<Sample>().select(around).all();
    assert!(around.unwrap_err().is_data());
    conn.rollback().unwrap();
    let averages = conn.query::<Sample>().select(func::avg(Sample::a));
    let average = averages.one().unwrap().unwrap();
    assert!((3.0e18..3.1e18).contains(&average), "{average}");
}

#[each_database]
fn q08_rows_columns_and_expressions_are_mixed_up_to_sixteen() {
    let conn = press();
    let rows = conn
        .query::<(Author, Article)>()
        .filter(Article::author_id.eq(Author::id) & Article::id.eq(3))
        .select((
            Article::entity(),
            Author::name,
            (Author::entity(), Author::age + 1),
            Article::title,
            Article::body,
            Article::score,
            Article::score.is_null(),
            Author::id,
            Author::nick,
            Author::weight,
            Author::active,
            Article::id,
            Article::author_id,
            Article::editor_id,
            func::lower(Article::title),
            Author::entity(),
        ));
    let row = rows.one().unwrap();
    assert_eq!((row.0.id, row.1.as_str()), (3, "bob"));
    assert_eq!((row.2.0.name.as_str(), row.2.1), ("bob", 31));
    assert_eq!(
        (row.3.as_str(), row.4.as_deref(), row.5, row.6),
        ("Cats", Some("cats"), Some(7), false)
    );
    assert_eq!((row.7, row.8, row.9, row.10), (2, None, None, true));
    assert_eq!(
        (row.11, row.12, row.13, row.14.as_str()),
        (3, 2, Some(1), "cats")
    );
    assert_eq!(row.15.id, 2);
    let three = conn.query::<(Author, Topic, Employee)>();
    assert_eq!(three.count().unwrap(), 0);
    let one = conn
        .query::<Author>()
        .select((Author::id,))
        .order_by(Author::id);
    assert_eq!(one.all().unwrap(), [(1,), (2,), (3,), (4,)]);
}

#[each_database]
fn q08_an_alias_stands_beside_its_table() {
    aludel::alias!(peer = Employee);
    let conn = staff();
    let pairs = conn
        .query::<(Employee, peer)>()
        .filter(Employee::salary.eq(peer.col(Employee::salary)))
        .filter(Employee::id.lt(peer.col(Employee::id)));
    let pairs: Vec<(Employee, Employee)> = pairs.all().unwrap();
    let names: Vec<_> = pairs.iter().map(|(a, b)| (&*a.name, &*b.name)).collect();
    assert_eq!(names, [("bob", "eve")]);
}
