//! What is computed, and to what.

use super::{
    ALIAS, THING, all_possible, alone, among, between, binary, bound, column, float, holds, int,
    is_null, negative, not, of, possible, refused, text, truth,
};
use crate::{
    sql::{Binary, Node},
    value::Value,
};

const T: Option<bool> = Some(true);
const F: Option<bool> = Some(false);
const N: Option<bool> = None;

fn shown(truth: Option<bool>) -> Value {
    truth.map_or(Value::Null, Value::Bool)
}

#[test]
fn q12_and_and_or_have_three_values() {
    let table = [
        // left, right, AND, OR
        (T, T, T, T),
        (T, F, F, T),
        (T, N, N, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, N, F, N),
        (N, T, N, T),
        (N, F, F, N),
        (N, N, N, N),
    ];
    for (left, right, and, or) in table {
        for (operator, expected) in [(Binary::And, and), (Binary::Or, or)] {
            let node = binary(truth(left), operator, truth(right));
            assert_eq!(
                alone(&node),
                Ok(shown(expected)),
                "{left:?} {operator:?} {right:?}"
            );
        }
    }
}

#[test]
fn q12_not_has_three_values() {
    for (operand, expected) in [(T, F), (F, T), (N, N)] {
        assert_eq!(alone(&not(truth(operand))), Ok(shown(expected)));
    }
}

#[test]
fn q12_lists_have_three_values() {
    let null = || bound(Value::Null);
    let table = [
        (int(1), vec![int(1), int(2)], T),
        (int(3), vec![int(1), int(2)], F),
        (int(1), vec![int(1), null()], T),
        (int(3), vec![int(1), null()], N),
        (null(), vec![int(1)], N),
        (null(), vec![null()], N),
        (int(3), vec![null()], N),
        // Nothing is in an empty list, not even NULL.
        (int(3), vec![], F),
        (null(), vec![], F),
    ];
    for (operand, list, expected) in table {
        let node = among(operand, list);
        assert_eq!(alone(&node), Ok(shown(expected)), "{node:?}");
        let opposite = shown(expected.map(|truth| !truth));
        assert_eq!(alone(&not(node.clone())), Ok(opposite), "NOT {node:?}");
    }
}

#[test]
fn q12_between_is_false_where_one_end_is_enough_for_that() {
    let null = || bound(Value::Null);
    let table = [
        (int(2), int(1), int(3), T),
        (int(1), int(1), int(1), T),
        (int(4), int(1), int(3), F),
        (int(2), int(3), int(1), F),
        (int(4), null(), int(3), F),
        (int(2), null(), int(3), N),
        (int(0), int(1), null(), F),
        (null(), int(1), int(3), N),
    ];
    for (operand, low, high, expected) in table {
        let node = between(operand, low, high);
        assert_eq!(alone(&node), Ok(shown(expected)), "{node:?}");
    }
}

#[test]
fn q12_every_comparison_of_every_comparable_kind() {
    let pairs = [
        (Value::Int(-1), Value::Int(2)),
        (Value::Int(i64::MAX), Value::UInt(1 << 63)),
        (Value::UInt(1 << 63), Value::UInt(u64::MAX)),
        (Value::Bool(false), Value::Bool(true)),
        (Value::Bool(false), Value::Int(1)),
        (Value::Int(0), Value::Bool(true)),
        (Value::Float(-0.5), Value::Float(0.1)),
        (Value::Float(1.0), Value::Float(f64::INFINITY)),
        (Value::Date(-1), Value::Date(0)),
        (Value::Time(0), Value::Time(1)),
        (Value::Timestamp(-1), Value::Timestamp(0)),
        (Value::TimestampUtc(-1), Value::TimestampUtc(0)),
        (Value::Uuid([1; 16]), Value::Uuid([2; 16])),
    ];
    let operators = [
        // less, equal, greater
        (Binary::Equal, [F, T, F]),
        (Binary::NullSafeEqual, [F, T, F]),
        (Binary::NotEqual, [T, F, T]),
        (Binary::Less, [T, F, F]),
        (Binary::LessOrEqual, [T, T, F]),
        (Binary::Greater, [F, F, T]),
        (Binary::GreaterOrEqual, [F, T, T]),
    ];
    for (small, great) in pairs {
        for (operator, expected) in operators {
            let sides = [(&small, &great), (&small, &small), (&great, &small)];
            let found = sides.map(|(left, right)| {
                alone(&binary(bound(left.clone()), operator, bound(right.clone()))).unwrap()
            });
            assert_eq!(
                found,
                expected.map(shown),
                "{small:?} {operator:?} {great:?}"
            );
        }
    }
}

#[test]
fn q12_a_comparison_with_null_is_null_unless_null_is_a_value_in_it() {
    for (left, right, expected) in [
        (int(1), Value::Null, F),
        (bound(Value::Null), Value::Int(1), F),
        (bound(Value::Null), Value::Null, T),
    ] {
        let node = binary(left.clone(), Binary::NullSafeEqual, bound(right.clone()));
        assert_eq!(alone(&node), Ok(shown(expected)));
        for operator in [Binary::Equal, Binary::NotEqual, Binary::Less] {
            let node = binary(left.clone(), operator, bound(right.clone()));
            assert_eq!(alone(&node), Ok(Value::Null));
        }
    }
}

#[test]
fn q12_arithmetic_drops_the_rest_and_passes_null_on() {
    let null = || bound(Value::Null);
    let table = [
        (int(2), Binary::Add, int(3), Value::Int(5)),
        (int(2), Binary::Subtract, int(3), Value::Int(-1)),
        (int(-2), Binary::Multiply, int(3), Value::Int(-6)),
        (int(-7), Binary::DivideWhole, int(2), Value::Int(-3)),
        (int(7), Binary::DivideWhole, int(-2), Value::Int(-3)),
        (int(-7), Binary::Remainder, int(2), Value::Int(-1)),
        (int(7), Binary::Remainder, int(-2), Value::Int(1)),
        (int(i64::MIN), Binary::Remainder, int(-1), Value::Int(0)),
        (float(0.1), Binary::Add, float(0.2), Value::Float(0.1 + 0.2)),
        (
            float(1.0),
            Binary::Divide,
            float(3.0),
            Value::Float(1.0 / 3.0),
        ),
        (
            bound(Value::UInt(u64::MAX)),
            Binary::Subtract,
            int(1),
            Value::UInt(u64::MAX - 1),
        ),
        (
            bound(Value::UInt(u64::MAX)),
            Binary::Remainder,
            int(10),
            Value::Int(5),
        ),
        (null(), Binary::Add, int(1), Value::Null),
        (float(1.0), Binary::Multiply, null(), Value::Null),
        (null(), Binary::Subtract, null(), Value::Null),
        (null(), Binary::DivideWhole, int(0), Value::Null),
        (null(), Binary::Divide, null(), Value::Null),
    ];
    for (left, operator, right, expected) in table {
        let node = binary(left, operator, right);
        assert_eq!(alone(&node), Ok(expected), "{node:?}");
    }
    for (operand, expected) in [
        (int(3), Value::Int(-3)),
        (float(0.5), Value::Float(-0.5)),
        (null(), Value::Null),
    ] {
        assert_eq!(alone(&negative(operand)), Ok(expected));
    }
}

#[test]
fn q12_columns_are_read_by_their_position_also_through_names_and_parentheses() {
    let row = [
        Value::Int(40),
        Value::Null,
        Value::Bool(true),
        Value::Int(1),
    ];
    let sum = binary(column(0), Binary::Add, int(2));
    assert_eq!(of(&sum, &row), Ok(Value::Int(42)));
    let named = Node::Label("sum", Box::new(Node::Grouped(Box::new(sum))));
    assert_eq!(of(&named, &row), Ok(Value::Int(42)));
    assert_eq!(of(&is_null(column(1)), &row), Ok(Value::Bool(true)));
    assert_eq!(of(&is_null(column(0)), &row), Ok(Value::Bool(false)));
    // A truth value from a driver may be a number.
    let both = binary(column(2), Binary::And, column(3));
    assert_eq!(of(&both, &row), Ok(Value::Bool(true)));
    let equal = binary(column(2), Binary::Equal, column(3));
    assert_eq!(of(&equal, &row), Ok(Value::Bool(true)));
}

#[test]
fn q12_any_value_can_be_set_and_be_null() {
    let values = [
        Value::Text("x".into()),
        Value::Bytes(vec![1]),
        Value::Decimal("1.50".into()),
        Value::Json("{}".into()),
        Value::Array(vec![Value::Int(1)]),
    ];
    for value in values {
        let node = bound(value.clone());
        assert_eq!(possible(&node, &THING, ALIAS), Ok(()));
        assert_eq!(alone(&node), Ok(value.clone()));
        assert_eq!(
            of(&column(0), std::slice::from_ref(&value)),
            Ok(value.clone())
        );
        let null = is_null(column(0));
        assert_eq!(possible(&null, &THING, ALIAS), Ok(()));
        assert_eq!(of(&null, &[value]), Ok(Value::Bool(false)));
    }
}

#[test]
fn q12_a_rounded_number_can_be_set_but_nothing_computed_from_it() {
    let third = || binary(column(4), Binary::Divide, float(3.0));
    let mut row = vec![Value::Null; 6];
    row[4] = Value::Float(1.0);
    assert_eq!(of(&third(), &row), Ok(Value::Float(1.0 / 3.0)));
    assert_eq!(of(&negative(third()), &row), Ok(Value::Float(-1.0 / 3.0)));
    assert_eq!(of(&is_null(third()), &row), Ok(Value::Bool(false)));
    let words = "a rounded floating-point number, of a precision that only the database knows";
    for node in [
        binary(third(), Binary::Multiply, float(3.0)),
        binary(third(), Binary::Less, float(0.5)),
        binary(float(0.5), Binary::Less, negative(third())),
    ] {
        assert_eq!(of(&node, &row), refused(words), "{node:?}");
    }
    // What has more digits than four bytes hold tells that there are eight.
    row[4] = Value::Float(0.1);
    let node = binary(third(), Binary::Less, float(0.5));
    assert_eq!(of(&node, &row), Ok(Value::Bool(true)));
}

#[test]
fn q12_conditions_hold_where_all_are_true() {
    let table = [
        (vec![], true),
        (vec![T], true),
        (vec![T, T], true),
        (vec![T, N], false),
        (vec![F], false),
        (vec![N, F], false),
    ];
    for (truths, expected) in table {
        let conditions: Vec<Node> = truths.into_iter().map(truth).collect();
        let found = holds(&conditions, &THING, ALIAS, &|_| Value::Null);
        assert_eq!(found, Ok(expected), "{conditions:?}");
    }
}

#[test]
fn q12_a_condition_is_refused_also_beside_one_that_does_not_hold() {
    let texts = binary(column(0), Binary::Equal, text("x"));
    let by_zero = binary(
        binary(column(0), Binary::DivideWhole, int(0)),
        Binary::Equal,
        int(1),
    );
    let row = |_| Value::Int(1);
    let conditions = [truth(F), texts.clone()];
    assert_eq!(
        all_possible(&conditions, &THING, ALIAS),
        refused("a comparison of texts")
    );
    let found = holds(&[truth(F), by_zero.clone()], &THING, ALIAS, &row);
    assert_eq!(found, refused("a division by zero"));
    let either = binary(truth(T), Binary::Or, by_zero);
    assert_eq!(of(&either, &[Value::Int(1)]), refused("a division by zero"));
    let both = binary(truth(F), Binary::And, texts);
    assert_eq!(
        possible(&both, &THING, ALIAS),
        refused("a comparison of texts")
    );
}
