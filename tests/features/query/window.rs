//! q10: windows, CASE and conversions.

use aludel::{
    ErrorKind,
    prelude::*,
    query::Bound,
    types::{Date, DateTime, Decimal, Json, Time, UtcDateTime, Uuid},
};
use aludel_testing::{
    each_database,
    models::{Article, Author, EveryType},
};

use super::press::{press, some};
use crate::{
    backend::{Backend, current, supported},
    features::tables,
};

type Numbered = (i64, i64, i64, i64, f64, f64, i64);

#[each_database]
fn q10_windows_number_and_rank_their_rows() {
    let conn = press();
    let by_score = || window().order_by(Article::score.desc().nulls_last());
    let rows: Vec<Numbered> = conn
        .query::<Article>()
        .order_by(Article::id)
        .select((
            Article::id,
            func::row_number()
                .over(window().order_by((Article::score.desc().nulls_last(), Article::id))),
            func::rank().over(by_score()),
            func::dense_rank().over(by_score()),
            func::percent_rank().over(by_score()),
            func::cume_dist().over(by_score()),
            func::ntile(2).over(window().order_by(Article::id)),
        ))
        .all()
        .unwrap();
    assert_eq!(
        rows,
        [
            (1, 2, 2, 2, 0.25, 0.6, 1),
            (2, 5, 5, 4, 1.0, 1.0, 1),
            (3, 1, 1, 1, 0.0, 0.2, 1),
            (4, 4, 4, 3, 0.75, 0.8, 2),
            (5, 3, 2, 2, 0.25, 0.6, 2),
        ]
    );
}

#[each_database]
fn q10_windows_look_at_the_rows_before_and_behind() {
    let conn = press();
    let by_id = || window().order_by(Article::id);
    let whole = || by_id().rows(Bound::UnboundedPreceding, Bound::UnboundedFollowing);
    let rows = conn.query::<Article>().order_by(Article::id).select((
        func::lag(Article::title, 1).over(by_id()),
        func::lead(Article::score, 2).over(by_id()),
        func::first_value(Article::title).over(by_id()),
        func::last_value(Article::id).over(by_id()),
        func::last_value(Article::id).over(whole()),
        func::nth_value(Article::score, 3).over(whole()),
        func::lag(Article::id, 1).over(by_id().partition_by(Article::author_id)),
    ));
    let rows = rows.all().unwrap();
    let ants = some("Ants");
    assert_eq!(
        rows[0],
        (None, Some(7), ants.clone(), Some(1), Some(5), Some(7), None)
    );
    assert_eq!(
        rows[1],
        (
            ants.clone(),
            Some(1),
            ants.clone(),
            Some(2),
            Some(5),
            Some(7),
            Some(1)
        )
    );
    assert_eq!(
        rows[4],
        (some("Dogs"), None, ants, Some(5), Some(5), Some(7), Some(2))
    );
}

#[each_database]
fn q10_frames_say_which_rows_an_aggregate_sees() {
    let conn = press();
    use Bound::{CurrentRow, Following, Preceding, UnboundedFollowing, UnboundedPreceding};
    let by_id = || window().order_by(Article::id);
    let sums = |window| {
        let ids = conn.query::<Article>().order_by(Article::id);
        let ids = ids
            .select(func::sum(Article::id).over(window))
            .all()
            .unwrap();
        ids.into_iter()
            .map(|sum| sum.unwrap_or(0))
            .collect::<Vec<i64>>()
    };
    assert_eq!(sums(by_id()), [1, 3, 6, 10, 15]);
    assert_eq!(
        sums(by_id().rows(UnboundedPreceding, CurrentRow)),
        [1, 3, 6, 10, 15]
    );
    assert_eq!(
        sums(by_id().rows(CurrentRow, UnboundedFollowing)),
        [15, 14, 12, 9, 5]
    );
    assert_eq!(
        sums(by_id().rows(Preceding(1), Following(1))),
        [3, 6, 9, 12, 9]
    );
    assert_eq!(
        sums(by_id().rows(Preceding(2), Preceding(1))),
        [0, 1, 3, 5, 7]
    );
    assert_eq!(
        sums(by_id().rows(Following(1), Following(2))),
        [5, 7, 9, 5, 0]
    );
    assert_eq!(
        sums(by_id().range(Preceding(1), CurrentRow)),
        [1, 3, 5, 7, 9]
    );
    assert_eq!(
        sums(by_id().range(UnboundedPreceding, UnboundedFollowing)),
        [15; 5]
    );
    let peers = conn.query::<Author>().order_by(Author::id);
    let peers = peers.select((
        func::count_all().over(window().order_by(Author::age)),
        func::count_all().over(
            window()
                .order_by(Author::age)
                .rows(UnboundedPreceding, CurrentRow),
        ),
        func::count_all().over(window()),
    ));
    let peers = peers.all().unwrap();
    assert_eq!(
        (peers[0].0, peers[1].0, peers[2].0, peers[3].0),
        (4, 3, 3, 1)
    );
    assert_eq!(
        peers[1].1 + peers[2].1,
        5,
        "equal rows are told apart by rows"
    );
    assert!(peers.iter().all(|row| row.2 == 4));
}

#[each_database]
fn q10_windows_part_their_rows_and_take_only_some() {
    let conn = press();
    let by_author = || window().partition_by(Article::author_id);
    let rows = conn.query::<Article>().order_by(Article::id).select((
        func::count_all().over(by_author()),
        func::sum(Article::score).over(by_author()),
        func::count_all()
            .filter(Article::score.gt(1))
            .over(by_author()),
        func::max(Article::title).over(window().partition_by((Article::author_id, Article::score))),
        Article::score * 100 / func::sum(Article::score).over(window()),
    ));
    let rows = rows.all().unwrap();
    assert_eq!(rows[0], (3, Some(10), 2, some("Eels"), Some(27)));
    assert_eq!(rows[1], (3, Some(10), 2, some("Bees"), None));
    assert_eq!(rows[3], (1, Some(1), 0, some("Dogs"), Some(5)));
    let path = func::rank().over(window().order_by(Article::author.path(Author::age)));
    let ranked = conn.query::<Article>().order_by(Article::id).select(path);
    assert_eq!(ranked.all().unwrap(), [3, 3, 1, 1, 3]);
    let ordered = func::row_number().over(window().order_by(Article::id.desc()));
    let ordered = conn
        .query::<Article>()
        .order_by(ordered)
        .select(Article::id);
    assert_eq!(ordered.limit(2).all().unwrap(), [5, 4]);
}

#[each_database]
fn q10_windows_stand_over_groups() {
    let conn = press();
    let n = func::count(Article::id);
    let ranks = conn
        .query::<Article>()
        .group_by(Article::author_id)
        .order_by(Article::author_id)
        .select((
            Article::author_id,
            n.clone(),
            func::rank().over(window().order_by(n.clone().desc())),
            func::sum(Article::author_id).over(window().order_by(Article::author_id)),
        ));
    assert_eq!(
        ranks.all().unwrap(),
        [(1, 3, 1, Some(1)), (2, 1, 2, Some(3)), (3, 1, 2, Some(6))]
    );
    let one = conn
        .query::<Article>()
        .select(func::row_number().over(window().order_by(n)));
    assert_eq!(one.all().unwrap(), [1]);
}

#[each_database]
fn q10_rows_are_counted_as_they_are_with_windows() {
    let conn = press();
    let numbered = conn.query::<Article>();
    let numbered = numbered.select(func::row_number().over(window().order_by(Article::id)));
    assert_eq!(numbered.count().unwrap(), 5);
    assert!(numbered.exists().unwrap());
    let ranks = numbered.select(func::rank().over(window().order_by(Article::author_id)));
    assert_eq!(ranks.distinct().count().unwrap(), 3);
}

#[each_database]
fn q10_case_gives_the_value_of_the_first_condition_that_holds() {
    let conn = press();
    let stage = case::<String>()
        .when(Author::age.lt(18), "minor")
        .when(Author::nick.eq("c"), Author::name)
        .otherwise("adult");
    let query = || conn.query::<Author>().order_by(Author::id);
    let names = query().select(stage.clone()).all().unwrap();
    assert_eq!(names, ["adult", "adult", "cid", "minor"]);
    let without = query().select(case::<i64>().when(Author::active, 1).end());
    assert_eq!(without.all().unwrap(), [Some(1), Some(1), None, Some(1)]);
    let nullable = case::<String>()
        .when(Author::age.gt(35), Author::nick)
        .otherwise("-");
    let nullable: Vec<Option<String>> = query().select(nullable).all().unwrap();
    assert_eq!(nullable, [some("a"), some("-"), some("-"), some("-")]);
    let otherwise = case::<String>()
        .when(Author::age.gt(35), "old")
        .otherwise(Author::nick);
    let otherwise: Vec<Option<String>> = query().select(otherwise).all().unwrap();
    assert_eq!(otherwise, [some("old"), None, some("c"), None]);
    let number = case::<i64>()
        .when(Author::nick.is_null(), Author::age)
        .otherwise(0);
    let found = query().filter(number.clone().gt(20)).select(number + 1);
    assert_eq!(found.all().unwrap(), [31]);
    let groups = conn.query::<Author>().group_by(stage.clone());
    let groups = groups
        .order_by(stage.clone())
        .select((stage, func::count_all()));
    let rows: Vec<i64> = groups.all().unwrap().iter().map(|(_, n)| *n).collect();
    assert_eq!(rows, [2, 1, 1]);
    let some_only = func::sum(case::<i64>().when(Author::age.eq(30), 1).otherwise(0));
    let several = (
        some_only,
        func::count(case::<i64>().when(Author::age.eq(30), 1).end()),
    );
    assert_eq!(
        conn.query::<Author>().select(several).one().unwrap(),
        (Some(2), 2)
    );
    let inner = case::<String>().when(Author::active, "in").otherwise("out");
    let nested = case::<String>()
        .when(Author::age.lt(18), "young")
        .otherwise(inner);
    assert_eq!(
        query().select(nested).all().unwrap(),
        ["in", "in", "out", "young"]
    );
    let whether = case::<bool>()
        .when(Author::age.gt(29), Author::active)
        .otherwise(false);
    assert_eq!(query().filter(whether).count().unwrap(), 2);
}

#[each_database]
fn q10_values_are_converted_to_each_type() {
    let conn = tables();
    let moment: DateTime = "2024-02-29T12:30:00".parse().unwrap();
    let token = Uuid::from_u128(7);
    let row = EveryType::insert()
        .big(42)
        .ratio(2.75)
        .body("17".to_owned())
        .flag(true);
    let row = row.moment(moment).token(token).small(3_i16);
    let row = row
        .amount(Decimal::new(150, 2))
        .payload(Json::from(vec![1, 2]));
    conn.insert(row).unwrap();
    let one = || conn.query::<EveryType>();
    let numbers = one().select((
        EveryType::body.cast::<i64>(),
        EveryType::ratio.cast::<i32>(),
        EveryType::big.cast::<f64>(),
        EveryType::big.cast::<f32>(),
        EveryType::big.cast::<i16>(),
        EveryType::big.cast::<bool>(),
        (EveryType::big - 42).cast::<bool>(),
        EveryType::flag.cast::<i64>(),
        EveryType::small.cast::<i64>(),
    ));
    let whole = match current() {
        Backend::Sqlite => 2,
        _ => 3,
    };
    let expected = (
        Some(17),
        Some(whole),
        Some(42.0),
        Some(42.0),
        Some(42),
        Some(true),
        Some(false),
        Some(1),
        Some(3),
    );
    assert_eq!(numbers.one().unwrap(), expected);
    let texts = one().select((
        EveryType::id.cast::<String>() + "!",
        EveryType::ratio.cast::<String>(),
        EveryType::body.cast::<Vec<u8>>(),
        EveryType::token.cast::<String>(),
        EveryType::moment.cast::<Date>(),
        EveryType::moment.cast::<String>(),
    ));
    let (id, ratio, body, text, day, moment_text) = texts.one().unwrap();
    assert_eq!((id.as_str(), ratio.as_deref()), ("1!", Some("2.75")));
    assert_eq!(body.as_deref(), Some(b"17".as_slice()));
    assert_eq!(text, Some(token.to_string()));
    assert_eq!(day, Some(moment.date()));
    assert!(moment_text.unwrap().starts_with("2024-02-29 12:30:00"));
    let back = one().select((
        func::value::<String>("12:30:00").cast::<Time>(),
        func::value::<String>("2024-02-29 12:30:00").cast::<DateTime>(),
        func::value::<String>("2024-02-29 12:30:00").cast::<UtcDateTime>(),
        func::value::<String>("2024-02-29").cast::<Date>(),
        func::value::<String>("[1, 2]").cast::<Json>(),
        func::value::<String>("1.50").cast::<Decimal>(),
        EveryType::hour.cast::<String>(),
    ));
    let back = back.one().unwrap();
    assert_eq!(
        (back.0, back.1, back.2),
        (moment.time(), moment, moment.and_utc())
    );
    assert_eq!((back.3, back.4), (moment.date(), Json::from(vec![1, 2])));
    assert_eq!((back.5, back.6), (Decimal::new(150, 2), None));
    let read = one().select(func::value::<String>(token.to_string()).cast::<Uuid>());
    match (supported(read.one()), current()) {
        (None, Backend::MariaDb | Backend::Mysql) => {}
        (read, _) => assert_eq!(read, Some(token)),
    }
    let found = one().filter(EveryType::body.cast::<i64>().gt(16)).count();
    assert_eq!(found.unwrap(), 1);
}

#[each_database]
fn q10_a_conversion_that_gives_another_type_than_it_says_is_an_error() {
    let conn = tables();
    conn.insert(EveryType::insert().big(70_000).body("x".to_owned()))
        .unwrap();
    let small = conn
        .query::<EveryType>()
        .select(EveryType::big.cast::<i16>());
    conn.commit().unwrap();
    assert_eq!(small.one().unwrap_err().kind(), ErrorKind::Data);
    conn.rollback().unwrap();
    let uuid = conn
        .query::<EveryType>()
        .select(EveryType::body.cast::<Uuid>());
    let expected = match current() {
        Backend::MariaDb | Backend::Mysql => ErrorKind::Unsupported,
        _ => ErrorKind::Data,
    };
    assert_eq!(uuid.one().unwrap_err().kind(), expected);
}
