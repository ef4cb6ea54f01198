//! q01, q05, q08: how many rows, in which order, of what.

use aludel::model::Model;
use aludel::{
    Connection, ErrorKind,
    prelude::{Expression, Query, func, select},
};
use aludel_testing::{each_database, models::Article};
use aludel_tour::{Hobby, Person, User};

use super::press::press;
use crate::features::tour;

/// A database with ed, wendy, mary and fred, of 18, 30, 41 and 25 years.
pub(super) fn people() -> Connection {
    let conn = tour();
    for (name, age) in [("ed", 18), ("wendy", 30), ("mary", 41), ("fred", 25)] {
        conn.insert(User::insert().name(name).age(age)).unwrap();
    }
    conn
}

#[each_database]
fn q01_all_gives_every_row() {
    let conn = people();
    let names = conn.query::<User>().select(User::name).order_by(User::id);
    assert_eq!(names.all().unwrap(), ["ed", "wendy", "mary", "fred"]);
    assert!(conn.query::<Hobby>().all().unwrap().is_empty());
}

#[each_database]
fn q01_first_is_the_first_in_order_or_none() {
    let conn = people();
    let by_age = conn.query::<User>().order_by(User::age.desc());
    assert_eq!(by_age.first().unwrap().unwrap().name, "mary");
    assert_eq!(
        by_age.clone().offset(3).first().unwrap().unwrap().name,
        "ed"
    );
    assert_eq!(by_age.clone().offset(4).first().unwrap(), None);
    assert_eq!(by_age.limit(0).first().unwrap(), None);
}

#[each_database]
fn q01_one_wants_exactly_one_row_and_reads_no_more_than_two() {
    let conn = people();
    let query = conn.query::<User>();
    let named = |name: &str| query.clone().filter(User::name.eq(name));
    assert_eq!(named("ed").one().unwrap().age, 18);
    assert_eq!(named("ed").one_or_none().unwrap().unwrap().age, 18);
    assert_eq!(named("al").one_or_none().unwrap(), None);
    let none = named("al").one().unwrap_err();
    assert_eq!(none.kind(), ErrorKind::NoResult);
    for several in [query.one().unwrap_err(), query.one_or_none().unwrap_err()] {
        assert_eq!(several.kind(), ErrorKind::MultipleResults);
    }
    assert!(query.clone().limit(1).one().is_ok());
    assert!(query.offset(3).one().is_ok());
}

#[each_database]
fn q01_one_row_too_many_is_found_without_reading_the_others() {
    let conn = press();
    // The third row cannot be read, it has a NULL that the program denies: had it been, the error would be another.
    let query = conn.query::<Article>().filter(Article::id.le(3));
    let query = query.order_by((Article::score.is_null(), Article::id));
    let query = query.select(func::call::<i64, _>("abs", Article::score));
    assert_eq!(query.count().unwrap(), 3);
    assert_eq!(query.all().unwrap_err().kind(), ErrorKind::Data);
    assert_eq!(query.first().unwrap(), Some(5));
    assert_eq!(query.one().unwrap_err().kind(), ErrorKind::MultipleResults);
}

#[each_database]
fn q01_count_counts_what_all_would_give() {
    let conn = people();
    conn.insert(User::insert().name("ed").age(99)).unwrap();
    let query = || conn.query::<User>();
    assert_eq!(query().count().unwrap(), 5);
    assert_eq!(query().order_by(User::id).count().unwrap(), 5);
    assert_eq!(query().filter(User::age.gt(20)).count().unwrap(), 4);
    assert_eq!(query().limit(3).count().unwrap(), 3);
    assert_eq!(query().offset(3).count().unwrap(), 2);
    assert_eq!(query().limit(0).count().unwrap(), 0);
    assert_eq!(query().select(User::name).distinct().count().unwrap(), 4);
    let twice = query().select((User::name, User::name)).limit(2);
    assert_eq!(twice.count().unwrap(), 2);
}

#[each_database]
fn q01_exists_is_whether_all_would_give_a_row() {
    let conn = people();
    let query = || conn.query::<User>();
    assert!(query().exists().unwrap());
    assert!(query().order_by(User::id).offset(3).exists().unwrap());
    assert!(!query().offset(4).exists().unwrap());
    assert!(!query().limit(0).exists().unwrap());
    assert!(!query().filter(User::name.eq("al")).exists().unwrap());
    assert!(query().select(User::name).distinct().exists().unwrap());
}

#[each_database]
fn q01_get_is_the_row_with_the_key_or_none() {
    let conn = people();
    assert_eq!(conn.get::<User>(2).unwrap().unwrap().name, "wendy");
    assert_eq!(conn.get::<User>(99).unwrap(), None);
    assert_eq!(conn.get::<User>(i64::MIN).unwrap(), None);
}

#[each_database]
fn q01_a_query_is_a_value_that_conditions_are_added_to() {
    let conn = people();
    let search = |name: Option<&str>, youngest: Option<i64>| {
        let mut query: Query<User> = select::<User>();
        if let Some(name) = name {
            query = query.filter(User::name.eq(name));
        }
        if let Some(age) = youngest {
            query = query.filter(User::age.ge(age));
        }
        query.on(&conn).count().unwrap()
    };
    assert_eq!(search(None, None), 4);
    assert_eq!(search(Some("mary"), None), 1);
    assert_eq!(search(None, Some(25)), 3);
    assert_eq!(search(Some("ed"), Some(25)), 0);
}

#[each_database]
fn q05_rows_are_ordered_by_several_keys() {
    let conn = tour();
    for (name, age) in [("b", 1), ("a", 2), ("a", 1), ("b", 2)] {
        conn.insert(User::insert().name(name).age(age)).unwrap();
    }
    let query = || conn.query::<User>().select((User::name, User::age));
    let rows = |query: Vec<(String, i64)>| {
        let rows = query.iter().map(|(name, age)| format!("{name}{age}"));
        rows.collect::<Vec<_>>().join(" ")
    };
    let keys = query().order_by((User::name, User::age.desc()));
    assert_eq!(rows(keys.all().unwrap()), "a2 a1 b2 b1");
    let calls = query()
        .order_by(User::age.asc())
        .order_by(User::name.desc());
    assert_eq!(rows(calls.all().unwrap()), "b1 a1 b2 a2");
    let computed = query().order_by((User::age * -1, User::name));
    assert_eq!(rows(computed.all().unwrap()), "a2 b2 a1 b1");
    let condition = query().order_by((User::name.eq("b"), User::id));
    assert_eq!(rows(condition.all().unwrap()), "a2 a1 b1 b2");
}

#[each_database]
fn q05_limit_and_offset_take_any_number() {
    let conn = people();
    let ids = |query: aludel::query::Select<_, User, _, _>| {
        let rows: Vec<User> = query.order_by(User::id).all().unwrap();
        rows.iter().map(|user| user.id).collect::<Vec<_>>()
    };
    let query = || conn.query::<User>();
    assert_eq!(ids(query().limit(2)), [1, 2]);
    assert_eq!(ids(query().limit(2).offset(1)), [2, 3]);
    assert_eq!(ids(query().offset(2)), [3, 4]);
    assert_eq!(ids(query().offset(0)), [1, 2, 3, 4]);
    assert!(ids(query().limit(0)).is_empty());
    assert_eq!(ids(query().limit(u64::MAX)), [1, 2, 3, 4]);
    assert!(ids(query().offset(u64::MAX)).is_empty());
    assert!(ids(query().limit(u64::MAX).offset(u64::MAX)).is_empty());
    assert_eq!(ids(query().limit(1).limit(3)), [1, 2, 3]);
}

#[each_database]
fn q05_distinct_gives_equal_rows_once() {
    let conn = people();
    conn.insert(User::insert().name("ed").age(99)).unwrap();
    let names = conn.query::<User>().select(User::name).distinct();
    let names = names.order_by(User::name).all().unwrap();
    assert_eq!(names, ["ed", "fred", "mary", "wendy"]);
}

#[each_database]
fn q08_several_models_give_every_combination() {
    let conn = tour();
    for caption in ["chess", "go"] {
        conn.insert(Hobby::insert().caption(caption)).unwrap();
    }
    for (name, hobby) in [("ed", Some(1)), ("al", Some(2)), ("jo", None)] {
        conn.insert(Person::insert().name(name).hobby_id(hobby))
            .unwrap();
    }
    let pairs = conn.query::<(Hobby, Person)>();
    assert_eq!(pairs.count().unwrap(), 6);
    let linked: Vec<(Hobby, Person)> = pairs
        .filter(Person::hobby_id.eq(Hobby::id))
        .order_by(Hobby::id)
        .all()
        .unwrap();
    let linked: Vec<_> = linked
        .iter()
        .map(|(hobby, person)| (hobby.caption.as_str(), person.name.as_str()))
        .collect();
    assert_eq!(linked, [("chess", "ed"), ("go", "al")]);
}

#[each_database]
fn q08_columns_expressions_and_rows_are_selected_together() {
    let conn = people();
    let row: (User, i64, String, bool) = conn
        .query::<User>()
        .select((
            User::entity(),
            User::age + 1,
            User::name + "!",
            User::email.is_null(),
        ))
        .filter(User::id.eq(1))
        .one()
        .unwrap();
    assert_eq!(row.0.name, "ed");
    assert_eq!((row.1, row.2.as_str(), row.3), (19, "ed!", true));
}
