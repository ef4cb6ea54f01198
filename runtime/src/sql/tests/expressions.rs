//! Expressions.

use super::{
    Tree, sheet,
    tables::{HOBBY, PERSON},
    trees::{
        age, binary, case, cast, column, equal, greater, id, int, like, name, not, query, select,
        table, text,
    },
};
use crate::{
    sql::{Binary, CastType, Node, Select},
    value::Value,
};

fn condition(node: Node) -> Tree {
    Tree::from(Select {
        filter: vec![node],
        ..select(vec![id()])
    })
}

fn selected(node: Node) -> Tree {
    Tree::from(select(vec![node]))
}

#[test]
fn operators() {
    let sum = || binary(age(), Binary::Add, int(1));
    let both = || binary(equal(id(), int(1)), Binary::And, equal(age(), int(2)));
    let sheet = sheet(vec![
        (
            "whole division",
            selected(binary(age(), Binary::DivideWhole, int(2))),
        ),
        ("division", selected(binary(age(), Binary::Divide, int(2)))),
        (
            "product of a sum",
            selected(binary(sum(), Binary::Multiply, int(2))),
        ),
        (
            "difference of a difference",
            selected(binary(
                id(),
                Binary::Subtract,
                binary(id(), Binary::Subtract, age()),
            )),
        ),
        (
            "texts",
            selected(binary(
                binary(name(), Binary::Concatenate, text(" ")),
                Binary::Concatenate,
                name(),
            )),
        ),
        (
            "null-safe",
            condition(binary(age(), Binary::NullSafeEqual, int(2))),
        ),
        (
            "not null-safe",
            condition(not(binary(age(), Binary::NullSafeEqual, int(2)))),
        ),
        ("either", condition(binary(both(), Binary::Or, not(both())))),
        (
            "comparison of comparisons",
            condition(equal(greater(age(), int(1)), greater(age(), int(2)))),
        ),
        ("not null", condition(not(Node::IsNull(Box::new(sum()))))),
        (
            "exact",
            condition(greater(Node::Exact(Box::new(age())), int(1))),
        ),
        ("written", condition(Node::Written("age > 3"))),
        ("property", condition(equal(column(&PERSON, 5), text("ED")))),
        (
            "between",
            condition(Node::Between {
                operand: Box::new(age()),
                low: Box::new(int(1)),
                high: Box::new(sum()),
            }),
        ),
        (
            "not between",
            condition(not(Node::Between {
                operand: Box::new(age()),
                low: Box::new(int(1)),
                high: Box::new(int(2)),
            })),
        ),
        ("twice not", condition(not(not(equal(age(), int(1)))))),
        ("like", condition(like(name(), text("e%"), false))),
        ("not like", condition(not(like(name(), text("e%"), false)))),
        (
            "like in any case",
            condition(like(name(), text("e%"), true)),
        ),
        (
            "not like in any case",
            condition(not(like(name(), text("e%"), true))),
        ),
        (
            "case",
            selected(case(
                vec![
                    (greater(age(), int(60)), text("old")),
                    (greater(age(), int(30)), name()),
                ],
                None,
            )),
        ),
        (
            "case of values",
            selected(case(vec![(greater(age(), int(60)), int(1))], Some(int(0)))),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn lists() {
    let in_list = |count: i64| Node::In {
        operand: Box::new(id()),
        list: (0..count).map(int).collect(),
    };
    let rows = |width: usize, count: i64| Node::AmongRows {
        columns: [id(), name()][..width].into(),
        values: (0..count)
            .flat_map(|number| {
                let row = [Value::Int(number), Value::Text(format!("n{number}").into())];
                row.into_iter().take(width)
            })
            .collect(),
    };
    let sheet = sheet(vec![
        ("padded", condition(in_list(3))),
        ("one", condition(in_list(1))),
        ("not", condition(not(in_list(2)))),
        ("none", condition(in_list(0))),
        ("not none", condition(not(in_list(0)))),
        ("rows", condition(rows(2, 3))),
        ("not rows", condition(not(rows(2, 2)))),
        ("rows of one", condition(rows(1, 3))),
        ("no rows", condition(rows(2, 0))),
        ("not no rows", condition(not(rows(2, 0)))),
        (
            "a row too short",
            condition(Node::AmongRows {
                columns: [id(), name()].into(),
                values: [Value::Int(1)].into(),
            }),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn queries_within() {
    let hobbies = |limit| {
        Box::new(query(Select {
            columns: vec![column(&HOBBY, 0)],
            from: vec![table(&HOBBY)],
            filter: vec![equal(column(&HOBBY, 1), text("chess"))],
            limit,
            ..Select::default()
        }))
    };
    let theirs = || {
        Box::new(query(Select {
            from: vec![table(&HOBBY)],
            filter: vec![equal(column(&HOBBY, 0), column(&PERSON, 3))],
            ..Select::default()
        }))
    };
    let in_query = |limit| Node::InQuery {
        operand: Box::new(column(&PERSON, 3)),
        query: hobbies(limit),
    };
    let sheet = sheet(vec![
        ("in", condition(in_query(None))),
        ("not in", condition(not(in_query(None)))),
        ("in a limited one", condition(in_query(Some(3)))),
        ("exists", condition(Node::Exists(theirs()))),
        ("not exists", condition(not(Node::Exists(theirs())))),
        ("value", selected(Node::Subquery(hobbies(Some(1))))),
        (
            "compared",
            condition(equal(column(&PERSON, 3), Node::Subquery(hobbies(Some(1))))),
        ),
    ]);
    insta::assert_snapshot!(sheet);
}

#[test]
fn conversions() {
    let all = [
        ("bool", CastType::Bool),
        ("int16", CastType::Int16),
        ("int32", CastType::Int32),
        ("int64", CastType::Int64),
        ("float32", CastType::Float32),
        ("float64", CastType::Float64),
        ("decimal", CastType::Decimal),
        ("text", CastType::Text),
        ("text of uuid", CastType::TextOfUuid),
        ("bytes", CastType::Bytes),
        ("date", CastType::Date),
        ("time", CastType::Time),
        ("timestamp", CastType::Timestamp),
        ("timestamp utc", CastType::TimestampUtc),
        ("uuid", CastType::Uuid),
        ("json", CastType::Json),
    ];
    let all = all
        .into_iter()
        .map(|(title, to)| (title, selected(cast(name(), to))));
    let sheet = sheet(all.collect());
    insta::assert_snapshot!(sheet);
}

#[test]
fn values_alone() {
    let all = [
        Value::Null,
        Value::Bool(true),
        Value::Int(1),
        Value::UInt(u64::MAX),
        Value::Float(0.5),
        Value::Text("x".into()),
        Value::Bytes(vec![1]),
        Value::Decimal("1.50".to_owned()),
        Value::Date(1),
        Value::Time(1),
        Value::Timestamp(1),
        Value::TimestampUtc(1),
        Value::Uuid([0; 16]),
        Value::Json("{}".to_owned()),
    ];
    let columns = all.map(Node::Parameter).to_vec();
    let sheet = sheet(vec![("values", Tree::from(select(columns)))]);
    insta::assert_snapshot!(sheet);
}
