//! What is refused, and with which words.

use std::slice;

use super::{
    ALIAS, THING, all_possible, alone, among, between, binary, bound, column, float, holds, int,
    is_null, negative, not, of, possible, refused, text, truth,
};
use crate::{
    sql::{
        Binary, Call, Case, CastType, Function, Like, Node, Path, Query, Select, Unknown, Window,
    },
    value::{Opaque, Value},
};

fn query() -> Box<Query> {
    Box::new(Query::Select(Select::default()))
}

fn call() -> Node {
    Node::Call(Box::new(Call {
        function: Function::Named("lower"),
        arguments: vec![column(0)],
        aggregate: false,
        distinct: false,
        filter: None,
    }))
}

/// Expressions that only databases compute, each with its words.
fn foreign() -> Vec<(Node, &'static str)> {
    let elsewhere = Node::Column {
        table: "others",
        column: &THING.columns[0],
    };
    let path = Path {
        start: ALIAS,
        steps: Vec::new(),
        column: &THING.columns[0],
    };
    let like = Like {
        operand: column(0),
        pattern: text("x%"),
        escaped: false,
        ignores_case: false,
    };
    let case = Case {
        branches: vec![(truth(Some(true)), int(1))],
        otherwise: None,
    };
    vec![
        (elsewhere, "a column of another table"),
        (Node::Path(Box::new(path)), "a column of another table"),
        (column(6), "a computed property"),
        (
            Node::WholeRow {
                alias: ALIAS,
                table: &THING,
            },
            "a whole row",
        ),
        (
            Node::Proposed(&THING.columns[0]),
            "a value that an insert proposed",
        ),
        (Node::Written("a + 1"), "an expression of the schema's"),
        (
            Node::Unknown(Unknown {
                object: 1,
                column: 0,
            }),
            "a value of an object that has no row yet",
        ),
        (Node::Exists(query()), "a subquery"),
        (Node::Subquery(query()), "a subquery"),
        (
            Node::InQuery {
                operand: Box::new(int(1)),
                query: query(),
            },
            "a subquery",
        ),
        (
            Node::AmongRows {
                columns: [column(0), column(1)].into(),
                values: [Value::Int(1), Value::Int(2)].into(),
            },
            "a comparison of several columns together",
        ),
        (Node::Like(Box::new(like)), "a LIKE"),
        (call(), "a function"),
        (
            Node::Over {
                function: Box::new(call()),
                window: Box::new(Window::default()),
            },
            "a window function",
        ),
        (Node::Case(Box::new(case)), "a CASE"),
        (
            Node::Cast {
                operand: Box::new(int(1)),
                to: CastType::Text,
            },
            "a conversion",
        ),
        (
            Node::Exact(Box::new(column(0))),
            "an ordering of or arithmetic with decimal numbers",
        ),
        (
            binary(column(0), Binary::Concatenate, text("x")),
            "a concatenation of texts",
        ),
        (float(f64::NAN), "NaN"),
    ]
}

#[test]
fn q12_what_only_databases_compute_is_refused_wherever_it_stands() {
    for (node, words) in foreign() {
        let within = [
            node.clone(),
            not(node.clone()),
            negative(node.clone()),
            is_null(node.clone()),
            binary(int(1), Binary::Equal, node.clone()),
            binary(node.clone(), Binary::Add, int(1)),
            among(int(1), vec![int(1), node.clone()]),
            among(node.clone(), vec![]),
            between(int(1), int(1), node.clone()),
            Node::Label("it", Box::new(node.clone())),
            Node::Grouped(Box::new(node)),
        ];
        for node in within {
            assert_eq!(possible(&node, &THING, ALIAS), refused(words), "{node:?}");
            let row = vec![Value::Int(1); 6];
            assert_eq!(of(&node, &row), refused(words), "{node:?}");
        }
    }
}

/// Values that are not compared, each with its words.
fn incomparable() -> Vec<(Value, &'static str)> {
    let opaque = Opaque {
        type_name: "point".to_owned(),
        bytes: vec![1],
    };
    vec![
        (Value::Text("x".into()), "a comparison of texts"),
        (Value::Bytes(vec![1]), "a comparison of bytes"),
        (
            Value::Decimal("1.5".into()),
            "a comparison of decimal numbers",
        ),
        (Value::Json("{}".into()), "a comparison of JSON"),
        (Value::Array(vec![]), "a comparison of arrays"),
        (
            Value::Other(Box::new(opaque)),
            "a comparison of values of a type that only the database knows",
        ),
    ]
}

#[test]
fn q12_comparisons_in_which_databases_differ_are_refused() {
    for (value, words) in incomparable() {
        let nodes = [
            binary(column(0), Binary::Equal, bound(value.clone())),
            binary(bound(value.clone()), Binary::NotEqual, column(0)),
            binary(column(1), Binary::NullSafeEqual, bound(value.clone())),
            among(column(0), vec![bound(value.clone())]),
            not(among(column(1), vec![bound(value.clone())])),
            between(column(0), bound(value.clone()), bound(value.clone())),
        ];
        for node in nodes {
            assert_eq!(possible(&node, &THING, ALIAS), refused(words), "{node:?}");
            // Also beside NULL.
            let row = [value.clone(), Value::Null];
            assert_eq!(of(&node, &row), refused(words), "{node:?}");
        }
        // Where only the row tells.
        let columns = binary(column(0), Binary::Equal, column(1));
        assert_eq!(possible(&columns, &THING, ALIAS), Ok(()));
        let row = [value.clone(), value];
        assert_eq!(of(&columns, &row), refused(words));
    }
}

#[test]
fn q12_values_of_different_kinds_are_not_compared() {
    let words = "a comparison of values of different kinds";
    let pairs = [
        (int(1), float(1.0)),
        (truth(Some(true)), float(1.0)),
        (int(1), bound(Value::Date(1))),
        (bound(Value::Timestamp(1)), bound(Value::TimestampUtc(1))),
        (bound(Value::Time(1)), bound(Value::Timestamp(1))),
        (binary(int(1), Binary::Less, int(2)), float(1.0)),
        (binary(column(0), Binary::Add, int(2)), float(1.0)),
    ];
    for (left, right) in pairs {
        let node = binary(left, Binary::Equal, right);
        assert_eq!(possible(&node, &THING, ALIAS), refused(words), "{node:?}");
        assert_eq!(of(&node, &[Value::Int(1)]), refused(words), "{node:?}");
    }
    // A number that is neither 0 nor 1 is no truth value.
    let node = binary(column(2), Binary::Equal, truth(Some(true)));
    let row = vec![Value::Int(2); 3];
    assert_eq!(of(&node, &row), refused(words));
}

#[test]
fn q12_days_and_times_beyond_what_texts_of_them_order_are_refused() {
    let (first, last) = (-719_528, 2_932_896);
    let years = "a comparison of years beyond four digits";
    let day = 86_400_000_000;
    let table = [
        (Value::Date(first), None),
        (Value::Date(last), None),
        (Value::Date(first - 1), Some(years)),
        (Value::Date(last + 1), Some(years)),
        (Value::Timestamp((i64::from(last) + 1) * day - 1), None),
        (Value::Timestamp((i64::from(last) + 1) * day), Some(years)),
        (Value::TimestampUtc(i64::from(first) * day - 1), Some(years)),
        (Value::Time(day - 1), None),
        (Value::Time(day), Some("a comparison of times beyond a day")),
        (Value::Time(-1), Some("a comparison of times beyond a day")),
    ];
    for (value, words) in table {
        let node = binary(bound(value.clone()), Binary::LessOrEqual, bound(value));
        let expected = words.map_or(Ok(Value::Bool(true)), refused);
        assert_eq!(alone(&node), expected, "{node:?}");
    }
}

#[test]
fn q12_arithmetic_in_which_databases_differ_is_refused() {
    let (overflow, by_zero) = ("an overflow", "a division by zero");
    let huge = bound(Value::UInt(u64::MAX));
    let table = [
        (int(i64::MAX), Binary::Add, int(1), overflow),
        (int(i64::MIN), Binary::Subtract, int(1), overflow),
        (int(i64::MAX), Binary::Multiply, int(2), overflow),
        (int(i64::MIN), Binary::DivideWhole, int(-1), overflow),
        (huge.clone(), Binary::Add, int(1), overflow),
        (huge.clone(), Binary::Multiply, huge.clone(), overflow),
        (int(1), Binary::Subtract, huge, overflow),
        (float(f64::MAX), Binary::Multiply, float(2.0), overflow),
        (
            float(f64::INFINITY),
            Binary::Subtract,
            float(f64::INFINITY),
            overflow,
        ),
        (int(1), Binary::DivideWhole, int(0), by_zero),
        (int(1), Binary::Remainder, int(0), by_zero),
        (float(1.0), Binary::Divide, float(0.0), by_zero),
        (float(0.0), Binary::Divide, float(-0.0), by_zero),
    ];
    for (left, operator, right, words) in table {
        let node = binary(left, operator, right);
        // Which numbers they are is seen with a row only, even where they are parameters.
        assert_eq!(possible(&node, &THING, ALIAS), Ok(()), "{node:?}");
        assert_eq!(alone(&node), refused(words), "{node:?}");
    }
    assert_eq!(alone(&negative(int(i64::MIN))), refused(overflow));
    let node = negative(bound(Value::UInt(u64::MAX)));
    assert_eq!(alone(&node), refused(overflow));
}

#[test]
fn q12_arithmetic_with_other_kinds_is_refused() {
    let no_number = "arithmetic with what is no number";
    let kinds = "arithmetic with numbers of different kinds";
    let table = [
        (text("x"), Binary::Add, column(0), no_number),
        (
            column(0),
            Binary::Subtract,
            bound(Value::Date(1)),
            no_number,
        ),
        (truth(Some(true)), Binary::Add, int(1), no_number),
        (
            bound(Value::Decimal("1".into())),
            Binary::Multiply,
            column(0),
            "arithmetic with decimal numbers",
        ),
        (int(1), Binary::Add, float(1.0), kinds),
        (
            column(0),
            Binary::Divide,
            int(2),
            "a division of whole numbers with a fraction",
        ),
        (
            float(1.5),
            Binary::Remainder,
            float(1.0),
            "a division of floating-point numbers without a fraction",
        ),
        (
            float(1.5),
            Binary::DivideWhole,
            float(1.0),
            "a division of floating-point numbers without a fraction",
        ),
    ];
    for (left, operator, right, words) in table {
        let node = binary(left, operator, right);
        assert_eq!(possible(&node, &THING, ALIAS), refused(words), "{node:?}");
        assert_eq!(of(&node, &[Value::Int(1)]), refused(words), "{node:?}");
    }
    assert_eq!(
        possible(&negative(text("x")), &THING, ALIAS),
        refused(no_number)
    );
    assert_eq!(alone(&negative(truth(Some(true)))), refused(no_number));
}

#[test]
fn q12_what_is_no_condition_is_refused_as_one() {
    let words = "a condition that is neither true nor false nor NULL";
    for value in [text("x"), float(1.0), bound(Value::Date(1))] {
        let nodes = [
            not(value.clone()),
            binary(value.clone(), Binary::And, truth(None)),
            binary(truth(Some(true)), Binary::Or, value.clone()),
        ];
        for node in nodes {
            assert_eq!(possible(&node, &THING, ALIAS), refused(words), "{node:?}");
            assert_eq!(alone(&node), refused(words), "{node:?}");
        }
        let conditions = slice::from_ref(&value);
        assert_eq!(all_possible(conditions, &THING, ALIAS), refused(words));
        let found = holds(conditions, &THING, ALIAS, &|_| Value::Null);
        assert_eq!(found, refused(words));
    }
    assert_eq!(alone(&not(int(2))), refused(words));
}
