//! Operators, tests, functions, CASE and conversions.

use aludel::{
    prelude::*,
    query::{Condition, FromTable, Query, Selectable, Ungrouped},
    types::{Date, DateTime, Decimal, Json, Time, UtcDateTime, Uuid},
};
use aludel_testing::models::{Author, EveryType, Parcel};

use super::understood;

fn only<I>(condition: impl Condition<FromTable<Author>, I>) -> Query<Author, i64> {
    select::<Author>().select(Author::id).filter(condition)
}

fn of<R, I, C: Selectable<FromTable<Author>, Ungrouped, R, I>>(columns: C) -> Query<Author, R> {
    select::<Author>().select(columns)
}

#[test]
fn q03_tests_of_values() {
    let none: [i64; 0] = [];
    let text = understood! {
        "eq": only(Author::age.eq(1));
        "ne": only(Author::age.ne(1));
        "lt, le, gt, ge": only(Author::age.lt(1) & Author::age.le(2) & Author::age.gt(3) & Author::age.ge(4));
        "eq of columns": only(Author::nick.eq(Author::name));
        "is_null": only(Author::nick.is_null());
        "is_not_null": only(Author::nick.is_not_null());
        "is": only(Author::nick.is(None));
        "not is": only(!Author::nick.is(Some("x".to_owned())));
        "in_": only(Author::id.in_([1, 2, 3]));
        "not in_": only(!Author::id.in_([1]));
        "in_ of columns": only(Author::id.in_([Author::age + 1, Author::age * 2]));
        "in_ of none": only(Author::id.in_(none));
        "not in_ of none": only(!Author::id.in_(none));
        "between": only(Author::age.between(1, Author::id));
        "not between": only(!Author::age.between(1, 2));
        "like": only(Author::name.like("a%"));
        "not like": only(!Author::name.like("a%"));
        "ilike": only(Author::name.ilike("a%"));
        "not ilike": only(!Author::name.ilike("a%"));
        "starts_with": only(Author::name.starts_with("a%"));
        "not contains": only(!Author::name.contains("a_"));
        "ends_with": only(Author::name.ends_with("\\"));
    };
    insta::assert_snapshot!(text);
}

#[test]
fn q04_operators() {
    let (a, b, c) = (
        || Author::age.eq(1),
        || Author::age.eq(2),
        || Author::active,
    );
    let text = understood! {
        "and": only(a() & b() & c());
        "or": only(a() | b() | c());
        "and of or": only((a() | b()) & c());
        "or of and": only(a() & b() | c());
        "not": only(!(a() & b()));
        "not of not": only(!!c());
        "a comparison of comparisons": only(a().eq(b()));
        "all_of": only(all_of([a().predicate(), b().predicate()]));
        "any_of": only(any_of([a().predicate(), (b() & c()).predicate()]));
        "+ - *": of((Author::age + 1, Author::age - Author::id, Author::age * 2));
        "/ of whole numbers": of(Author::age / 2);
        "/ of fractions": of(Author::weight / 2);
        "a number on the left": of((1_i64 + Author::age, 10_i64 / Author::age));
        "groups": of((Author::age - (Author::id - 1), (Author::age + 1) * 2));
        "text": of(Author::name + "x" + Author::nick);
        "text compared": only((Author::name + "x").eq("edx"));
        "a decimal compared by order": select::<Parcel>().select(Parcel::id).filter(Parcel::price.gt(Decimal::ONE));
        "a decimal compared": select::<Parcel>().select(Parcel::id).filter(Parcel::price.eq(Decimal::ONE));
        "decimals computed": select::<Parcel>().select(Parcel::price + Decimal::ONE);
        "decimals in an order": select::<Parcel>().select(Parcel::id).order_by(Parcel::price);
    };
    insta::assert_snapshot!(text);
}

#[test]
fn q07_functions() {
    let text = understood! {
        "lower, upper, trim": of((func::lower(Author::name), func::upper(Author::name), func::trim(Author::name)));
        "length": of(func::length(Author::name));
        "substring": of(func::substring(Author::name, 2, 3));
        "position": of(func::position(Author::name, "a"));
        "replace": of(func::replace(Author::name, "a", "b"));
        "abs": of(func::abs(Author::age));
        "round": of(func::round(Author::weight, 1));
        "round before the point": of((func::round(Author::weight, -1), func::round(Author::age, -1)));
        "rounded whole numbers": of((func::round(Author::age, 1), func::floor(Author::age), func::ceil(Author::age)));
        "floor, ceil": of((func::floor(Author::weight), func::ceil(Author::weight)));
        "random": of(func::random());
        "now": of(func::now());
        "coalesce": of((func::coalesce(Author::nick, "-"), func::coalesce(Author::nick, Author::name)));
        "nullif": of(func::nullif(Author::age, 0));
        "greatest, least": of((func::greatest(Author::weight, 1.0), func::least(Author::age, Author::id)));
        "a function by name": of(func::call::<f64, _>("sqrt", Author::age));
        "one of a schema": of(func::call::<i64, _>("app.score", (Author::age, func::value::<i64>(3))));
        "one that is no name": of(func::call::<i64, _>("a\"b", Author::age));
    };
    insta::assert_snapshot!(text);
}

#[test]
fn q10_cases_and_conversions() {
    macro_rules! to {
        ($ty:ty) => {
            select::<EveryType>().select(EveryType::body.cast::<$ty>())
        };
    }
    let stage = case::<String>().when(Author::age.lt(18), "minor");
    let text = understood! {
        "case": select::<Author>().select(stage.when(Author::nick.eq("x"), Author::name).otherwise("adult"));
        "case of values alone": select::<Author>().select(case::<i64>().when(Author::active, 1).otherwise(0));
        "case without otherwise": select::<Author>().select(case::<i64>().when(Author::active, 1).end());
        "case in a filter": only(case::<bool>().when(Author::active, Author::age.gt(3)).otherwise(false));
        "to bool": to!(bool);
        "to i16": to!(i16);
        "to i32": to!(i32);
        "to i64": to!(i64);
        "to f32": to!(f32);
        "to f64": to!(f64);
        "to String": select::<EveryType>().select(EveryType::big.cast::<String>());
        "to Vec<u8>": to!(Vec<u8>);
        "to Date": to!(Date);
        "to Time": to!(Time);
        "to DateTime": to!(DateTime);
        "to UtcDateTime": to!(UtcDateTime);
        "to Decimal": to!(Decimal);
        "to Uuid": to!(Uuid);
        "to Json": to!(Json);
        "a value": select::<EveryType>().select(func::value::<String>("1").cast::<i64>());
    };
    insta::assert_snapshot!(text);
}
