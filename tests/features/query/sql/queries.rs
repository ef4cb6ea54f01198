//! Clauses, joins, groups, windows, queries within queries, and several queries as one.

use aludel::{prelude::*, query::Bound};
use aludel_testing::models::{Article, Author, City, Country, Employee, Street, Topic};

use super::understood;

aludel::alias!(leader = Employee, twin = Article, other = Counts);

aludel::derived! {
    /// How many articles each author has.
    pub struct Counts { author_id: i64, articles: i64 }
}

aludel::derived! {
    /// Who stands below whom, and how deep.
    pub struct Chain { id: i64, depth: i64 }
}

#[test]
fn q05_the_clauses_of_a_query() {
    let author = || select::<Author>().select(Author::id);
    let article = || select::<Article>().select(Article::id);
    let old = || Author::age.gt(40);
    let label = (Author::age / 10).label("decade");
    let text = understood! {
        "a whole row": select::<Topic>();
        "several rows": select::<(Topic, Employee)>();
        "columns and expressions": select::<Author>().select((Author::name, Author::age + 1, Author::nick.is_null()));
        "a label": select::<Author>().select((&label, Author::name.label("a\"b`c")));
        "a value": select::<Author>().select((func::value::<i64>(1), func::value::<String>("x"), func::value::<bool>(true)));
        "a filter": author().filter(old());
        "several filters": author().filter(old() | Author::active).filter(Author::id.eq(1));
        "filter_by": author().filter_by(Author::name, "ed");
        "a condition that is a column": author().filter(Author::active).filter(!Author::active);
        "all of none": author().filter(all_of::<Author>([]));
        "any of none": author().filter(any_of::<Author>([]));
        "order": author().order_by((Author::name, Author::age.desc()));
        "order by an expression": author().order_by(Author::age * -1);
        "order by a label that is selected": select::<Author>().select(&label).order_by(label.desc());
        "order by a label that is not selected": author().order_by(&label);
        "nulls first": author().order_by((Author::nick.asc().nulls_first(), Author::weight.desc().nulls_first()));
        "nulls last": author().order_by((Author::nick.asc().nulls_last(), Author::weight.desc().nulls_last()));
        "nulls last of a label": select::<Author>().select(&label).order_by(label.asc().nulls_last());
        "limit": author().limit(3);
        "offset": author().offset(3);
        "limit and offset": author().limit(3).offset(1);
        "distinct": select::<Author>().select(Author::age).distinct();
        "distinct in an order": select::<Author>().select(Author::age + 1).distinct().order_by(Author::age + 1);
        "for update": author().lock(Lock::for_update());
        "for share": author().lock(Lock::for_share());
        "nowait": author().lock(Lock::for_update().nowait());
        "skip locked": author().lock(Lock::for_share().skip_locked()).limit(1);
        "for update with a path": article().filter(Article::editor.path(Author::age).gt(3)).lock(Lock::for_update());
    };
    insta::assert_snapshot!(text);
}

#[test]
fn q09_joins_and_paths() {
    let article = || select::<Article>().select(Article::id);
    let staff = || select::<Employee>().select(Employee::id);
    let counts = || {
        let counts = select::<Article>().group_by(Article::author_id);
        counts.select((Article::author_id, func::count_all()))
    };
    let subquery = Counts::subquery(counts());
    let editor = || Article::editor.path(Author::name);
    let text = understood! {
        "join": article().join(Article::author);
        "left join": article().left_join(Article::editor);
        "join through a table": article().join(Article::topics);
        "left join through a table": article().left_join(Article::topics);
        "join by a key of two columns": select::<Street>().select(Street::id).join(Street::city);
        "join to itself": staff().join(Employee::manager.to(leader));
        "join_on": article().join_on(twin, twin.col(Article::score).gt(Article::score));
        "left_join_on": article().left_join_on(Author::entity(), Author::id.eq(Article::editor_id) & Author::active);
        "cross_join": article().cross_join(Topic::entity());
        "join a derived table": article().join_on(&subquery, Counts::author_id.eq(Article::author_id));
        "join a derived table twice": subquery.query().join_on(subquery.to(other), other.col(Counts::articles).eq(Counts::articles));
        "a path": select::<Article>().select((Article::author.path(Author::name), Article::author.path(Author::age)));
        "paths of several steps": staff().filter(Employee::manager.then(Employee::manager).path(Employee::name).eq("x"));
        "a path by a key of two columns": select::<Street>().select(Street::city.then(City::country).path(Country::name));
        "a path in filter and order": article().filter(editor().eq("x")).order_by(editor().desc().nulls_last());
        "a path in a condition of a join": article().join_on(Topic::entity(), Topic::label.eq(editor()));
        "a path from an alias": staff().join(Employee::manager.to(leader)).filter(Employee::manager.of(leader).path(Employee::name).eq("x"));
    };
    insta::assert_snapshot!(text);
}

#[test]
fn q07_groups_and_aggregates() {
    let article = || select::<Article>();
    let decade = (Author::age / 10).label("decade");
    let age = func::max(Author::age);
    let by_decade = || {
        let groups = select::<Author>().group_by(&decade).having(decade.gt(2));
        groups.select((&decade, func::count_all()))
    };
    let text = understood! {
        "group by a column": article().group_by(Article::author_id).select((Article::author_id, func::count_all()));
        "group by a row": select::<Author>().join(Author::articles).group_by(Author::entity()).select((Author::entity(), func::count_all()));
        "group by an expression": select::<Author>().group_by(Author::age / 10).having((Author::age / 10).gt(2)).order_by(Author::age / 10).select((Author::age / 10, func::count_all()));
        "group by an expression that is not selected": select::<Author>().group_by(Author::age / 10).having((Author::age / 10).gt(2)).order_by(Author::age / 10).select(func::count_all());
        "group by a label": select::<Author>().group_by(&decade).having(decade.gt(2)).order_by(decade.desc()).select((&decade, func::count_all()));
        "having by a label in a derived table": Counts::subquery(by_decade()).query();
        "having by a label in one with a name": Counts::cte(by_decade()).query();
        "having by a label in one of several queries": by_decade().limit(1).union(by_decade());
        "group by a path": article().group_by(Article::author.path(Author::name)).select((Article::author.path(Author::name), func::count_all()));
        "group by a condition": select::<Author>().group_by(Author::age.gt(18)).select((Author::age.gt(18), func::count_all()));
        "group by several": article().group_by((Article::author_id, func::lower(Article::title))).select(func::count_all());
        "having": article().group_by(Article::author_id).having(func::count_all().gt(1) | func::sum(Article::score).is_null()).select(Article::author_id);
        "having of all rows": article().select(func::count_all()).having(func::count_all().gt(1));
        "count, min and max": article().select((func::count(Article::score), func::min(Article::score), func::max(Article::title)));
        "sum": select::<Author>().select((func::sum(Author::age), func::sum(Author::weight)));
        "avg": select::<Author>().select((func::avg(Author::age), func::avg(Author::weight)));
        "join_text": article().select(func::join_text(Article::title, ", "));
        "distinct": article().select((func::count(Article::score).distinct(), func::sum(Article::score).distinct(), func::avg(Article::score).distinct()));
        "distinct join_text": article().select(func::join_text(Article::title, ", ").distinct());
        "filter": article().select((func::count_all().filter(Article::score.gt(1)), func::sum(Article::score).filter(Article::id.gt(1)), func::max(Article::id).filter(Article::id.lt(9))));
        "filtered join_text": article().select(func::join_text(Article::title, ",").filter(Article::id.gt(1)));
        "an aggregate by name": select::<Author>().select(func::aggregate::<Option<f64>, _>("stddev", Author::weight));
        "an aggregate in an order": select::<Author>().group_by(Author::active).order_by(age.desc().nulls_last()).select(Author::active);
    };
    insta::assert_snapshot!(text);
}

#[test]
fn q10_windows() {
    let by_id = || window().order_by(Article::id);
    let n = func::count(Article::id);
    use Bound::{CurrentRow, Following, Preceding, UnboundedFollowing, UnboundedPreceding};
    let text = understood! {
        "all rows": select::<Article>().select(func::count_all().over(window()));
        "numbers": select::<Article>().select((func::row_number().over(by_id()), func::rank().over(by_id()), func::dense_rank().over(by_id())));
        "shares": select::<Article>().select((func::percent_rank().over(by_id()), func::cume_dist().over(by_id()), func::ntile(4).over(by_id())));
        "other rows": select::<Article>().select((func::lag(Article::title, 1).over(by_id()), func::lead(Article::title, 2).over(by_id())));
        "rows of the frame": select::<Article>().select((func::first_value(Article::id).over(by_id()), func::last_value(Article::id).over(by_id()), func::nth_value(Article::id, 2).over(by_id())));
        "partition": select::<Article>().select(func::sum(Article::id).over(window().partition_by(Article::author_id)));
        "partition and order": select::<Article>().select(func::avg(Article::score).over(window().partition_by((Article::author_id, Article::editor_id)).order_by(Article::score.desc().nulls_last())));
        "rows": select::<Article>().select((func::sum(Article::id).over(by_id().rows(UnboundedPreceding, CurrentRow)), func::sum(Article::id).over(by_id().rows(Preceding(2), Following(1)))));
        "range": select::<Article>().select((func::sum(Article::id).over(by_id().range(CurrentRow, UnboundedFollowing)), func::sum(Article::id).over(by_id().range(Preceding(2), Following(1)))));
        "filtered": select::<Article>().select((func::count_all().filter(Article::id.gt(1)).over(by_id()), func::sum(Article::score).filter(Article::id.gt(1)).over(by_id())));
        "over groups": select::<Article>().group_by(Article::author_id).select((Article::author_id, func::rank().over(window().order_by(n.desc()))));
        "in an order": select::<Article>().select(Article::id).order_by(func::row_number().over(window().order_by(Article::title)));
    };
    insta::assert_snapshot!(text);
}

#[test]
fn q10_queries_within_queries() {
    let author = || select::<Author>().select(Author::id);
    let of_author = || {
        let articles = select::<Article>().correlate::<Author>();
        articles.filter(Article::author_id.eq(Author::id))
    };
    let ids = || select::<Article>().select(Article::author_id);
    let n = scalar(of_author().select(func::count_all()));
    let counts = || {
        let counts = select::<Article>().group_by(Article::author_id);
        counts.select((Article::author_id, func::count_all()))
    };
    let cte = Counts::cte(counts());
    let roots = select::<Employee>().filter(Employee::manager_id.is_null());
    let roots = || roots.clone().select((Employee::id, func::value::<i64>(0)));
    let below = |chain| {
        let below = select::<Employee>().join_on(chain, Employee::manager_id.eq(Chain::id));
        below.select((Employee::id, Chain::depth + 1))
    };
    let text = understood! {
        "exists": author().filter(exists(of_author()));
        "not exists": author().filter(!exists(of_author().filter(Article::score.gt(3))));
        "in": author().filter(Author::id.in_(ids()));
        "not in": author().filter(!Author::id.in_(ids().filter(Article::id.gt(3))));
        "in a limited query": author().filter(Author::id.in_(ids().order_by(Article::id).limit(2)));
        "in several queries": author().filter(Author::id.in_(ids().union(author())));
        "scalar": select::<Author>().select((Author::id, n.clone())).filter(n.clone().gt(2)).order_by(n.desc());
        "any": author().filter(Author::articles.any(Article::title.eq("x")));
        "any through a table": select::<Article>().select(Article::id).filter(!Article::topics.any(Topic::label.eq("x")));
        "has": select::<Article>().select(Article::id).filter(Article::editor.has(Author::age.gt(3)));
        "any of the same table": select::<Employee>().select(Employee::id).filter(Employee::reports.to(leader).any(leader.col(Employee::salary).gt(3)));
        "a derived table": Counts::subquery(counts()).query().filter(Counts::articles.gt(3));
        "a common table expression": cte.query().filter(Counts::articles.gt(3));
        "one read twice": cte.query().join_on(cte.to(other), other.col(Counts::articles).eq(Counts::articles)).filter(Counts::author_id.in_(cte.query().select(Counts::author_id)));
        "one within another query": author().filter(Author::id.in_(cte.query().select(Counts::author_id)));
        "a recursive one": Chain::recursive(roots(), below).query().order_by(Chain::id);
        "a recursive one without equal rows": Chain::recursive_distinct(roots(), below).query();
        "none that fills it": select::<Counts>();
    };
    insta::assert_snapshot!(text);
}

#[test]
fn q10_several_queries_as_one() {
    let a = || select::<Author>().select(Author::name);
    let b = || select::<Topic>().select(Topic::label);
    let c = || select::<Article>().select(Article::title);
    let text = understood! {
        "union": a().union(b());
        "union all": a().union_all(b());
        "intersect": a().intersect(b());
        "except": a().except(b());
        "a chain": a().union(b()).except(c());
        "a chain with intersect behind": a().union(b()).intersect(c());
        "a chain with intersect in front": a().intersect(b()).union(c());
        "one on the right": a().except(b().union(c()));
        "order and limit": a().union(b()).order_by(position(1).desc()).limit(3).offset(1);
        "order and limit within": a().order_by(Author::id).limit(1).union_all(b().order_by(Topic::id).limit(2));
        "order and limit in between": a().union(b()).limit(1).union(c());
        "nulls first": a().union(b()).order_by(position(1).desc().nulls_first());
        "nulls as they are": a().union(b()).order_by(position(1).desc().nulls_last());
        "no such position": a().union(b()).order_by(position(2));
    };
    insta::assert_snapshot!(text);
}
