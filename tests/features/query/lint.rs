//! e13: the warning about tables that nothing links. q14: locks, and other things that SQLite cannot do.

use std::{
    fmt::{self, Write},
    sync::{Arc, Mutex},
};

use aludel::{Connection, Engine, ErrorKind, prelude::*, types::Decimal};
use aludel_testing::models::{Article, Author, EveryType, Parcel, Topic, catalog};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use super::press::{fill, press};
use crate::features::tables;

/// Keeps the warnings of `aludel::lint`.
#[derive(Clone, Default)]
struct Warnings(Arc<Mutex<Vec<String>>>);

impl Subscriber for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "aludel::lint" && *metadata.level() == Level::WARN
    }

    fn event(&self, event: &Event<'_>) {
        let mut message = Message(String::new());
        event.record(&mut message);
        self.0.lock().unwrap().push(message.0);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            write!(self.0, "{value:?}").unwrap();
        }
    }
}

/// The warnings about what is done.
fn warnings(work: impl FnOnce()) -> Vec<String> {
    let warnings = Warnings::default();
    tracing::subscriber::with_default(warnings.clone(), work);
    let warnings = warnings.0.lock().unwrap();
    warnings.clone()
}

fn named(warnings: &[String]) -> Vec<(&str, &str)> {
    warnings
        .iter()
        .map(|warning| {
            let mut quoted = warning.split('`').skip(1).step_by(2);
            (quoted.next().unwrap(), quoted.next().unwrap())
        })
        .collect()
}

#[test]
fn e13_tables_that_nothing_links_are_warned_about_once_for_each_connection_and_shape() {
    let engine = Engine::builder("sqlite://").build().unwrap();
    catalog().create_all(&engine).unwrap();
    let conn = engine.connect().unwrap();
    fill(&conn);
    conn.commit().unwrap();
    let all = |conn: &Connection| conn.query::<(Author, Topic)>().all().unwrap();
    let found = warnings(|| {
        assert_eq!(all(&conn).len(), 12, "it is a warning only");
        all(&conn);
        all(&conn);
    });
    assert_eq!(named(&found), [("author", "topic")]);
    assert!(
        found[0].contains("no condition between them"),
        "{}",
        found[0]
    );
    let other_shape = warnings(|| {
        conn.query::<(Author, Topic)>()
            .filter(Author::id.eq(1))
            .all()
            .unwrap();
        conn.query::<(Author, Topic)>().count().unwrap();
        conn.query::<(Author, Topic)>()
            .iter()
            .unwrap()
            .for_each(drop);
    });
    assert_eq!(
        other_shape.len(),
        2,
        "all rows are the same read one by one"
    );
    let other = engine.connect().unwrap();
    assert_eq!(
        named(&warnings(|| drop(all(&other)))),
        [("author", "topic")]
    );
    drop(conn);
}

#[test]
fn e13_tables_that_something_links_are_not_warned_about() {
    let conn = press();
    let silent = warnings(|| {
        let pairs = || conn.query::<(Author, Article)>();
        pairs()
            .filter(Article::author_id.eq(Author::id))
            .all()
            .unwrap();
        pairs()
            .filter(Author::id.gt(0) & Article::editor_id.eq(Author::id))
            .all()
            .unwrap();
        pairs()
            .filter(Article::author_id.lt(Author::id))
            .count()
            .unwrap();
        conn.query::<Article>().join(Article::author).all().unwrap();
        conn.query::<Article>()
            .left_join(Article::topics)
            .all()
            .unwrap();
        conn.query::<Author>().all().unwrap();
        conn.query::<Article>()
            .filter(Article::author.path(Author::age).gt(1))
            .all()
            .unwrap();
        let joined = conn.query::<Author>();
        joined
            .join_on(Article::entity(), Article::author_id.eq(Author::id))
            .all()
            .unwrap();
        let linking = select::<Author>()
            .correlate::<Topic>()
            .correlate::<Article>();
        let linking = linking.filter(Author::id.eq(Topic::id) & Author::id.eq(Article::author_id));
        conn.query::<(Article, Topic)>()
            .filter(exists(linking))
            .all()
            .unwrap();
    });
    assert_eq!(silent, [""; 0]);
    let off = Engine::builder("sqlite://")
        .lint_cartesian(false)
        .build()
        .unwrap();
    catalog().create_all(&off).unwrap();
    let off = off.connect().unwrap();
    assert_eq!(
        warnings(|| drop(off.query::<(Author, Topic)>().all())),
        [""; 0]
    );
}

#[test]
fn e13_the_warning_reaches_into_queries_and_names_the_table_that_is_left_over() {
    let conn = press();
    let found = warnings(|| {
        let linked = Article::author_id.eq(Author::id);
        conn.query::<(Author, Article, Topic)>()
            .filter(linked)
            .count()
            .unwrap();
        let either = Article::author_id.eq(Author::id) | Author::id.eq(1);
        conn.query::<(Author, Article)>()
            .filter(either)
            .count()
            .unwrap();
        let within = select::<(Article, Topic)>().select(Article::author_id);
        conn.query::<Author>()
            .filter(Author::id.in_(within))
            .count()
            .unwrap();
    });
    assert_eq!(named(&found), [("author", "topic"), ("article", "topic")]);
}

#[test]
fn q14_locks_are_unsupported_on_sqlite_before_anything_is_sent() {
    let conn = press();
    conn.commit().unwrap();
    for lock in [
        Lock::for_update(),
        Lock::for_share(),
        Lock::for_update().nowait(),
        Lock::for_update().skip_locked(),
        Lock::for_share().skip_locked(),
    ] {
        let locked = conn.query::<Author>().lock(lock);
        let within = conn.query::<Author>();
        let within =
            within.filter(Author::id.in_(select::<Author>().lock(lock).select(Author::id)));
        for error in [
            locked.all().map(drop).unwrap_err(),
            locked.first().map(drop).unwrap_err(),
            locked.count().map(drop).unwrap_err(),
            locked.iter().map(drop).unwrap_err(),
            locked.explain().map(drop).unwrap_err(),
            within.all().map(drop).unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Unsupported);
            assert!(error.message().contains("SQLite"), "{error}");
        }
    }
    assert!(!conn.in_transaction());
}

#[test]
fn q04_decimals_are_neither_ordered_nor_computed_with_on_sqlite() {
    let conn = tables();
    let price = |cents: i64| Parcel::insert().price(Decimal::new(cents, 2));
    conn.insert_all([price(150), price(1_000), price(150)])
        .unwrap();
    conn.commit().unwrap();
    let query = || conn.query::<Parcel>();
    let two = Decimal::TWO;
    for (what, result) in [
        ("<", query().filter(Parcel::price.lt(two)).count().map(drop)),
        (
            "<=",
            query().filter(Parcel::price.le(two)).count().map(drop),
        ),
        (">", query().filter(Parcel::price.gt(two)).count().map(drop)),
        (
            ">=",
            query().filter(Parcel::price.ge(two)).count().map(drop),
        ),
        (
            "between",
            query()
                .filter(Parcel::price.between(two, two))
                .count()
                .map(drop),
        ),
        (
            "not",
            query().filter(!Parcel::price.gt(two)).count().map(drop),
        ),
        ("+", query().select(Parcel::price + two).all().map(drop)),
        ("-", query().select(Parcel::price - two).all().map(drop)),
        ("*", query().select(Parcel::price * two).all().map(drop)),
        ("/", query().select(Parcel::price / two).all().map(drop)),
        (
            "set",
            conn.update::<Parcel>()
                .set(Parcel::price.set(Parcel::price + two))
                .all_rows()
                .execute()
                .map(drop),
        ),
        ("order", query().order_by(Parcel::price).all().map(drop)),
        (
            "descending",
            query().order_by(Parcel::price.desc()).all().map(drop),
        ),
        (
            "sum",
            query().select(func::sum(Parcel::price)).all().map(drop),
        ),
        (
            "avg",
            query().select(func::avg(Parcel::price)).all().map(drop),
        ),
        (
            "min",
            query().select(func::min(Parcel::price)).all().map(drop),
        ),
        (
            "max",
            query().select(func::max(Parcel::price)).all().map(drop),
        ),
        (
            "abs",
            query().select(func::abs(Parcel::price)).all().map(drop),
        ),
        (
            "round",
            query()
                .select(func::round(Parcel::price, 1))
                .all()
                .map(drop),
        ),
        (
            "floor",
            query().select(func::floor(Parcel::price)).all().map(drop),
        ),
        (
            "greatest",
            query()
                .select(func::greatest(Parcel::price, two))
                .all()
                .map(drop),
        ),
        (
            "least",
            query()
                .select(func::least(Parcel::price, two))
                .all()
                .map(drop),
        ),
        (
            "window",
            query()
                .select(func::rank().over(window().order_by(Parcel::price)))
                .all()
                .map(drop),
        ),
        (
            "label",
            query().order_by(&Parcel::price.label("p")).all().map(drop),
        ),
        (
            "label >",
            query()
                .filter(Parcel::price.label("p").gt(two))
                .all()
                .map(drop),
        ),
        (
            "case",
            query()
                .filter(
                    case::<Decimal>()
                        .when(Parcel::id.eq(1), two)
                        .otherwise(two)
                        .gt(two),
                )
                .all()
                .map(drop),
        ),
        (
            "nullable",
            conn.query::<EveryType>()
                .order_by(EveryType::amount)
                .all()
                .map(drop),
        ),
    ] {
        let error = result.expect_err(what);
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{what}");
        assert!(error.message().contains("SQLite"), "{what}: {error}");
    }
    assert!(!conn.in_transaction(), "nothing was sent");
    let equal = query().filter(Parcel::price.eq(Decimal::new(150, 2)));
    assert_eq!(equal.count().unwrap(), 2);
    let among = query().filter(Parcel::price.in_([Decimal::new(1_000, 2), two]));
    assert_eq!(
        among.select(Parcel::price).one().unwrap(),
        Decimal::new(1_000, 2)
    );
    let floats = query().order_by((Parcel::price.cast::<f64>().desc(), Parcel::id));
    assert_eq!(floats.select(Parcel::id).all().unwrap(), [2, 1, 3]);
    let groups = query()
        .group_by(Parcel::price)
        .select((Parcel::price, func::count_all()));
    assert_eq!(groups.all().unwrap().len(), 2);
    let set = conn
        .update::<Parcel>()
        .set(Parcel::price.set(two))
        .all_rows();
    assert_eq!(set.execute().unwrap(), 3);
}
