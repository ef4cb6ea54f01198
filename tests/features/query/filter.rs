//! q02 to q04: conditions.

use aludel::{
    Connection,
    prelude::{Expression, Query, select},
    query::Condition,
    query::FromTable,
};
use aludel_testing::{each_database, models::Sample};

use crate::{
    backend::{Backend, current},
    features::tables,
};

/// A row with these values, and with 0 and the like in the other columns.
macro_rules! sample {
    ($($column:ident $value:expr),*) => {
        Sample { $($column: $value,)* ..Sample {
            id: 0, a: 0, b: 0, c: 0, n: None, x: 0.0, p: false, q: false, r: None, t: String::new(), u: None, twice: None,
        } }
    };
}

fn with(rows: impl IntoIterator<Item = Sample>) -> Connection {
    let conn = tables();
    for row in rows {
        let insert = Sample::insert().a(row.a).b(row.b).c(row.c).n(row.n);
        let insert = insert.x(row.x).p(row.p).q(row.q).r(row.r);
        conn.insert(insert.t(row.t).u(row.u)).unwrap();
    }
    conn
}

/// The keys of the rows for which a condition holds.
fn found<I>(conn: &Connection, condition: impl Condition<FromTable<Sample>, I>) -> Vec<i64> {
    let query: Query<Sample> = select::<Sample>().filter(condition).order_by(Sample::id);
    let rows = query.on(conn).all().unwrap();
    rows.iter().map(|row| row.id).collect()
}

/// Rows with 1, 2, 3 and NULL in `n`.
fn numbers() -> Connection {
    with([Some(1), Some(2), Some(3), None].map(|n| sample!(n n)))
}

#[each_database]
fn q02_several_filters_must_all_hold() {
    let conn = numbers();
    let query = conn.query::<Sample>().filter(Sample::n.ge(2));
    let query = query.filter(Sample::n.eq(3) | Sample::n.eq(1));
    assert_eq!(query.one().unwrap().n, Some(3));
}

#[each_database]
fn q02_a_column_of_booleans_is_a_condition_by_itself() {
    let conn = with([
        sample!(p true),
        sample!(r Some(true)),
        sample!(r Some(false)),
    ]);
    assert_eq!(found(&conn, Sample::p), [1]);
    assert_eq!(found(&conn, !Sample::p), [2, 3]);
    assert_eq!(found(&conn, Sample::r), [2]);
    assert_eq!(found(&conn, !Sample::r), [3]);
    assert_eq!(found(&conn, Sample::p | Sample::r), [1, 2]);
}

#[each_database]
fn q03_comparisons() {
    let conn = numbers();
    assert_eq!(found(&conn, Sample::n.eq(2)), [2]);
    assert_eq!(found(&conn, Sample::n.ne(2)), [1, 3]);
    assert_eq!(found(&conn, Sample::n.lt(2)), [1]);
    assert_eq!(found(&conn, Sample::n.le(2)), [1, 2]);
    assert_eq!(found(&conn, Sample::n.gt(2)), [3]);
    assert_eq!(found(&conn, Sample::n.ge(2)), [2, 3]);
    assert_eq!(found(&conn, !Sample::n.eq(2)), [1, 3]);
    assert_eq!(found(&conn, Sample::n.eq(Sample::id)), [1, 2, 3]);
    assert_eq!(found(&conn, Sample::n.between(2, 3)), [2, 3]);
    assert_eq!(found(&conn, !Sample::n.between(2, 3)), [1]);
    assert!(found(&conn, Sample::n.between(3, 2)).is_empty());
    let around = Sample::id.between(Sample::n - 1, Sample::n + 1);
    assert_eq!(found(&conn, around), [1, 2, 3]);
}

#[each_database]
fn q03_null_equals_nothing_but_is_what_it_is() {
    let conn = numbers();
    assert_eq!(found(&conn, Sample::n.is_null()), [4]);
    assert_eq!(found(&conn, Sample::n.is_not_null()), [1, 2, 3]);
    assert_eq!(found(&conn, !Sample::n.is_null()), [1, 2, 3]);
    let wanted: Option<i64> = None;
    assert_eq!(found(&conn, Sample::n.is(wanted)), [4]);
    assert_eq!(found(&conn, !Sample::n.is(wanted)), [1, 2, 3]);
    assert_eq!(found(&conn, Sample::n.is(Some(2))), [2]);
    assert_eq!(found(&conn, !Sample::n.is(Some(2))), [1, 3, 4]);
    assert_eq!(found(&conn, Sample::n.is(2)), [2]);
    assert_eq!(found(&conn, Sample::n.is(Sample::n)), [1, 2, 3, 4]);
    assert_eq!(found(&conn, Sample::u.is(None)), [1, 2, 3, 4]);
}

#[each_database]
fn q03_an_empty_list_holds_for_no_row_and_its_opposite_for_every() {
    let conn = numbers();
    let empty: [i64; 0] = [];
    assert!(found(&conn, Sample::n.in_(empty)).is_empty());
    assert_eq!(found(&conn, !Sample::n.in_(empty)), [1, 2, 3, 4]);
    assert_eq!(
        found(&conn, !!!Sample::n.in_(Vec::<i64>::new())),
        [1, 2, 3, 4]
    );
    assert_eq!(found(&conn, Sample::id.eq(1) | Sample::n.in_(empty)), [1]);
    assert_eq!(found(&conn, Sample::id.eq(1) & !Sample::n.in_(empty)), [1]);
}

#[each_database]
fn q03_lists_of_any_length_and_form() {
    let conn = numbers();
    assert_eq!(found(&conn, Sample::n.in_([1, 3, 99])), [1, 3]);
    assert_eq!(found(&conn, !Sample::n.in_([1, 3, 99])), [2]);
    let list = vec![1, 2, 2, 1];
    assert_eq!(found(&conn, Sample::n.in_(&list)), [1, 2]);
    assert_eq!(found(&conn, Sample::n.in_(list.as_slice())), [1, 2]);
    assert_eq!(found(&conn, Sample::n.in_(list)), [1, 2]);
    assert_eq!(
        found(&conn, Sample::id.in_([Sample::n, Sample::n])),
        [1, 2, 3]
    );
    assert_eq!(found(&conn, Sample::t.in_(["", "x"])), [1, 2, 3, 4]);
    for length in [1, 5, 17, 1_000, 32_766] {
        let list: Vec<i64> = (2..2 + length).collect();
        let last = *list.last().unwrap();
        let expected: Vec<i64> = (2..=3).filter(|n| *n <= last).collect();
        assert_eq!(found(&conn, Sample::n.in_(list)), expected, "{length}");
    }
}

/// More values than a statement of the database takes.
fn too_many() -> i64 {
    match current() {
        Backend::Sqlite => 32_767,
        _ => 65_536,
    }
}

#[each_database]
fn q03_a_list_beyond_the_limit_of_the_database_is_an_error() {
    let conn = numbers();
    let list: Vec<i64> = (0..too_many()).collect();
    let error = conn.query::<Sample>().filter(Sample::n.in_(list)).all();
    let error = error.unwrap_err();
    assert!(error.to_string().len() < 2_000_000, "{}", error.message());
    assert_eq!(conn.query::<Sample>().count().unwrap(), 4);
}

#[each_database]
fn q03_patterns_stand_for_what_like_says() {
    let conn = with(["ed", "fred", "e%d", "e_d", ""].map(|t| sample!(t t.to_owned())));
    assert_eq!(found(&conn, Sample::t.like("e_d")), [3, 4]);
    assert_eq!(found(&conn, Sample::t.like("%ed")), [1, 2]);
    assert_eq!(found(&conn, !Sample::t.like("%d")), [5]);
    assert_eq!(found(&conn, Sample::t.like("%")), [1, 2, 3, 4, 5]);
    assert_eq!(found(&conn, Sample::t.like("")), [5]);
}

#[each_database]
fn q03_no_character_has_a_meaning_where_text_is_looked_for() {
    let parts = [
        "%",
        "_",
        "!",
        "\\",
        "!%",
        "\\_",
        "'",
        "\"",
        "[a]",
        "*",
        "?",
        "表",
        "a!b%c_d\\e",
    ];
    let texts = parts.iter().map(|part| format!("<{part}>"));
    let conn = with(texts.map(|t| sample!(t t)));
    for (index, part) in parts.iter().enumerate() {
        let containing = parts.iter().enumerate();
        let containing = containing.filter(|(_, other)| other.contains(part));
        let containing: Vec<i64> = containing.map(|(index, _)| index as i64 + 1).collect();
        let only = [index as i64 + 1];
        assert_eq!(found(&conn, Sample::t.contains(part)), containing, "{part}");
        let start = format!("<{part}");
        let starting = |other: &&str| format!("<{other}").starts_with(&start);
        let starting: Vec<i64> = (1..)
            .zip(&parts)
            .filter(|(_, other)| starting(other))
            .map(|(id, _)| id)
            .collect();
        assert_eq!(
            found(&conn, Sample::t.starts_with(&start)),
            starting,
            "{part}"
        );
        let end = format!("<{part}>");
        assert_eq!(found(&conn, Sample::t.ends_with(&end)), only, "{part}");
        assert_eq!(found(&conn, Sample::t.eq(end.as_str())), only, "{part}");
    }
    let all: Vec<i64> = (1..=parts.len() as i64).collect();
    assert_eq!(found(&conn, Sample::t.contains("")), all);
    assert_eq!(found(&conn, Sample::t.starts_with("")), all);
    assert!(found(&conn, !Sample::t.ends_with("")).is_empty());
}

#[each_database]
fn q03_text_is_never_a_part_of_the_statement() {
    let t = "x' OR '1'='1' --";
    let conn = with([sample!(t t.to_owned()), sample!(t "y".to_owned())]);
    assert_eq!(found(&conn, Sample::t.eq(t)), [1]);
    assert_eq!(found(&conn, Sample::t.in_([t])), [1]);
    assert_eq!(found(&conn, Sample::t.like(t)), [1]);
}

#[each_database]
fn q03_a_nullable_operand_makes_the_comparison_nullable() {
    let conn = numbers();
    let rows: Vec<(Option<bool>, bool, Option<i64>)> = conn
        .query::<Sample>()
        .order_by(Sample::id)
        .select((Sample::n.gt(1), Sample::n.is(1), Sample::n + 1))
        .all()
        .unwrap();
    assert_eq!(
        rows,
        [
            (Some(false), true, Some(2)),
            (Some(true), false, Some(3)),
            (Some(true), false, Some(4)),
            (None, false, None),
        ]
    );
}

#[each_database]
fn q04_conditions_are_combined_by_operators_or_methods() {
    let conn = numbers();
    let [one, two] = [|| Sample::n.eq(1), || Sample::n.eq(2)];
    assert_eq!(found(&conn, one() | two()), [1, 2]);
    assert_eq!(found(&conn, one().or(two())), [1, 2]);
    assert!(found(&conn, one() & two()).is_empty());
    assert!(found(&conn, one().and(two())).is_empty());
    assert_eq!(found(&conn, !(one() | two())), [3]);
    assert_eq!(found(&conn, !one() & !two()), [3]);
}

#[each_database]
fn q04_numbers_are_computed_with_and_text_is_joined() {
    let conn = with([sample!(a 7, b 2, x 0.5, t "a".to_owned(), u Some("b".to_owned()))]);
    let query = || conn.query::<Sample>();
    let whole = query().select((
        Sample::a + Sample::b,
        Sample::a - 1,
        Sample::a * Sample::b,
        Sample::a / Sample::b,
        10_i64 - Sample::a,
        1_i64 / Sample::b,
    ));
    assert_eq!(whole.one().unwrap(), (9, 6, 14, 3, 3, 0));
    let fractions = query().select((Sample::x / 2, Sample::x * 3, 1.0 - Sample::x));
    assert_eq!(fractions.one().unwrap(), (0.25, 1.5, 0.5));
    let joined = query().select((Sample::t + Sample::u, Sample::t + "!" + Sample::t));
    let joined = joined.one().unwrap();
    assert_eq!(joined, (Some("ab".to_owned()), "a!a".to_owned()));
}

#[each_database]
fn q04_whole_numbers_divided_by_zero_give_an_error_or_null_but_no_number() {
    let conn = with([sample!(a 1, n Some(0))]);
    let nullable = conn.query::<Sample>().select(Sample::a / Sample::n);
    match current() {
        Backend::Postgres => assert!(nullable.one().unwrap_err().is_data()),
        _ => assert_eq!(nullable.one().unwrap(), None),
    }
    let conn = with([sample!(a 1)]);
    let plain = conn.query::<Sample>().select(Sample::a / Sample::b);
    assert!(plain.one().unwrap_err().is_data());
}

#[each_database]
fn q03_a_list_longer_than_the_database_takes_is_refused_before_it_is_sent() {
    let conn = tables();
    let ids: Vec<i64> = (0..too_many()).collect();
    let error = conn
        .query::<Sample>()
        .filter(Sample::id.in_(&ids))
        .count()
        .unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert!(
        error.message().contains(&format!("{} values", too_many())),
        "{error}"
    );
    assert!(error.to_string().len() < 10_000, "long statements are cut");
    assert!(!conn.in_transaction());
}
