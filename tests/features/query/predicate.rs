//! q02 to q04: conditions by column and value, patterns without case, and conditions as values of one type.

use aludel::{
    Connection,
    prelude::*,
    query::{Condition, FromTable},
};
use aludel_testing::{each_database, models::Author};

use super::press::press;

fn found<I>(conn: &Connection, condition: impl Condition<FromTable<Author>, I>) -> Vec<i64> {
    let query: Query<Author> = select::<Author>().filter(condition).order_by(Author::id);
    let ids = query.select(Author::id).on(conn).all();
    ids.unwrap()
}

#[each_database]
fn q02_filter_by_takes_a_column_or_an_expression_and_its_value() {
    let conn = press();
    let count = |query: Query<Author>| query.on(&conn).count().unwrap();
    let all = || select::<Author>();
    let name = "ann".to_owned();
    assert_eq!(count(all().filter_by(Author::name, "ann")), 1);
    assert_eq!(count(all().filter_by(Author::name, &name)), 1);
    assert_eq!(count(all().filter_by(Author::age, 30)), 2);
    let both = all()
        .filter_by(Author::age, 30)
        .filter_by(Author::active, true);
    assert_eq!(count(both), 1);
    assert_eq!(count(all().filter_by(Author::nick, "c")), 1);
    assert_eq!(count(all().filter_by(Author::nick, "")), 0);
    assert_eq!(count(all().filter_by(func::length(Author::name), 3)), 4);
    assert_eq!(count(all().filter_by(Author::age, Author::id * 10)), 1);
    assert_eq!(count(all().filter_by(Author::age / 10, Author::id)), 1);
    assert_eq!(count(all().filter_by(Author::age + 0, Author::id + 28)), 1);
}

#[each_database]
fn q03_ilike_takes_upper_and_lower_case_for_alike_and_can_be_negated() {
    let conn = press();
    for (pattern, expected) in [
        ("ANN", vec![1]),
        ("%N%", vec![1, 4]),
        ("_O_", vec![2]),
        ("", vec![]),
        ("%", vec![1, 2, 3, 4]),
        ("an", vec![]),
    ] {
        assert_eq!(
            found(&conn, Author::name.ilike(pattern)),
            expected,
            "{pattern}"
        );
        let others: Vec<i64> = (1..=4).filter(|id| !expected.contains(id)).collect();
        assert_eq!(
            found(&conn, !Author::name.ilike(pattern)),
            others,
            "{pattern}"
        );
    }
    assert_eq!(found(&conn, Author::nick.ilike("A")), [1]);
    assert_eq!(
        found(&conn, !Author::nick.ilike("A")),
        [3],
        "NULL is neither"
    );
    assert_eq!(found(&conn, (Author::name + "X").ilike("annx")), [1]);
}

#[each_database]
fn q03_each_test_of_a_value_can_be_negated() {
    let conn = press();
    for (condition, expected) in [
        (Author::name.starts_with("a").predicate(), [1].as_slice()),
        ((!Author::name.starts_with("a")).predicate(), &[2, 3, 4]),
        ((!Author::name.contains("n")).predicate(), &[2, 3]),
        ((!Author::name.ends_with("n")).predicate(), &[2, 3]),
        ((!Author::name.like("%n")).predicate(), &[2, 3]),
        ((!Author::age.in_([30, 17])).predicate(), &[1]),
        ((!Author::age.between(20, 35)).predicate(), &[1, 4]),
        ((!Author::nick.is_null()).predicate(), &[1, 3]),
        ((!Author::nick.is_not_null()).predicate(), &[2, 4]),
        ((!Author::nick.is(None)).predicate(), &[1, 3]),
        ((!Author::nick.eq("a")).predicate(), &[3]),
        ((!Author::age.gt(20)).predicate(), &[4]),
        ((!Author::active).predicate(), &[3]),
    ] {
        assert_eq!(found(&conn, condition.clone()), expected);
        // Twice negated it says the same, but of no NULL.
        assert_eq!(found(&conn, !!condition), expected);
    }
}

#[each_database]
fn q04_conditions_are_combined_by_each_form_of_and_and_or_alike() {
    let conn = press();
    let young = || Author::age.lt(35);
    let named = || Author::nick.is_not_null();
    assert_eq!(found(&conn, young() & named()), [3]);
    assert_eq!(found(&conn, young().and(named())), [3]);
    assert_eq!(found(&conn, young() | named()), [1, 2, 3, 4]);
    assert_eq!(found(&conn, young().or(named())), [1, 2, 3, 4]);
    assert_eq!(found(&conn, !(young() & named())), [1, 2, 4]);
    assert_eq!(found(&conn, !(young() | named())), [0_i64; 0]);
    assert_eq!(found(&conn, young() & !named() & Author::active), [2, 4]);
    // AND binds tighter in SQL, and the tree decides all the same.
    let either = Author::id.eq(1) | Author::id.eq(2);
    assert_eq!(found(&conn, either.clone() & young()), [2]);
    assert_eq!(found(&conn, young() & either.clone()), [2]);
    assert_eq!(
        found(&conn, young().and(either.or(Author::id.eq(4)))),
        [2, 4]
    );
    assert_eq!(found(&conn, Author::active & !Author::active), [0_i64; 0]);
}

#[each_database]
fn q04_predicates_are_collected_and_combined_whatever_their_number() {
    let conn = press();
    let none = || Vec::<Predicate<Author>>::new();
    assert_eq!(found(&conn, all_of(none())), [1, 2, 3, 4]);
    assert_eq!(found(&conn, any_of(none())), [0_i64; 0]);
    assert_eq!(found(&conn, !all_of(none())), [0_i64; 0]);
    assert_eq!(found(&conn, !any_of(none())), [1, 2, 3, 4]);
    assert_eq!(found(&conn, any_of(none()).or(Author::id.eq(2))), [2]);
    let id = |id: i64| Author::id.eq(id).predicate();
    assert_eq!(found(&conn, all_of([id(2)])), [2]);
    assert_eq!(found(&conn, any_of([id(2)])), [2]);
    assert_eq!(found(&conn, any_of([id(2), id(4)])), [2, 4]);
    assert_eq!(found(&conn, all_of([id(2), id(4)])), [0_i64; 0]);
    let or_within = || any_of([id(1), id(2)]);
    assert_eq!(found(&conn, all_of([or_within(), !id(1)])), [2]);
    assert_eq!(found(&conn, !or_within() & !id(3)), [4]);
    assert_eq!(found(&conn, (or_within() | id(3)) & !id(3)), [1, 2]);
    assert_eq!(found(&conn, any_of([all_of([id(1), id(2)]), id(3)])), [3]);
    let folded = [id(1), id(3)]
        .into_iter()
        .fold(any_of(none()), |all, one| all | one);
    assert_eq!(found(&conn, folded), [1, 3]);
    let folded = [!id(1), !id(3)]
        .into_iter()
        .fold(all_of(none()), |all, one| all & one);
    assert_eq!(found(&conn, folded), [2, 4]);
}

#[each_database]
fn q04_a_thousand_conditions_are_one_condition() {
    let conn = press();
    let ids = |range: std::ops::Range<i64>| range.map(|id| Author::id.eq(id).predicate());
    assert_eq!(found(&conn, any_of(ids(3..1_003))), [3, 4]);
    assert_eq!(found(&conn, all_of(ids(3..1_003).map(|id| !id))), [1, 2]);
    assert_eq!(found(&conn, any_of(ids(3..30_003))), [3, 4]);
    let reduced = ids(3..30_003).reduce(|all, one| all | one).unwrap();
    assert_eq!(found(&conn, reduced), [3, 4]);
    let reversed = ids(3..30_003).reduce(|all, one| one | all).unwrap();
    assert_eq!(found(&conn, reversed), [3, 4]);
    let folded = ids(3..2_003).fold(all_of([]), |all, one| all & !one);
    assert_eq!(found(&conn, !folded.clone()), [3, 4]);
    assert_eq!(
        found(&conn, folded | Author::id.eq(4).predicate()),
        [1, 2, 4]
    );
    let mut query = select::<Author>();
    for id in ids(3..903) {
        query = query.filter(!id);
    }
    assert_eq!(query.on(&conn).count().unwrap(), 2);
}

#[each_database]
fn q04_a_predicate_stands_in_queries_of_several_tables_updates_and_deletes() {
    use aludel_testing::models::Article;
    let conn = press();
    let young = || Author::age.lt(35).predicate();
    let joined = conn.query::<Article>().join(Article::author);
    assert_eq!(joined.filter(young()).count().unwrap(), 2);
    let left = conn.query::<Article>().left_join(Article::editor);
    assert_eq!(left.filter(!young()).count().unwrap(), 1);
    let update = conn.update::<Author>().set(Author::age.set(1));
    assert_eq!(update.filter(young()).execute().unwrap(), 3);
    let delete = conn
        .delete::<Author>()
        .filter(Author::name.eq("dan") & young());
    assert_eq!(delete.execute().unwrap(), 1);
}
