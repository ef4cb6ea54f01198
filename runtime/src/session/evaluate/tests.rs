//! What is computed, what is refused, and that SQLite computes the same.

#[cfg(feature = "sqlite")]
mod against_sqlite;
mod computed;
mod refused;

use super::{NotHere, all_possible, holds, possible, value};
use crate::{
    model::{ColumnInfo, TableInfo},
    sql::{Binary, Node},
    value::Value,
};

/// What the statements of the tests call the table.
const ALIAS: &str = "things";

static THING: TableInfo = TableInfo {
    schema: None,
    name: "things",
    columns: &[
        ColumnInfo::new("a"),
        ColumnInfo::nullable("b"),
        ColumnInfo::new("c"),
        ColumnInfo::nullable("d"),
        ColumnInfo::new("e"),
        ColumnInfo::nullable("f"),
        ColumnInfo::property("twice", false, "{table}.a * 2"),
    ],
    primary_key: &[0],
    unique_keys: &[],
    foreign_keys: &[],
    relations: &[],
    instances: None,
};

fn column(position: usize) -> Node {
    Node::Column {
        table: ALIAS,
        column: &THING.columns[position],
    }
}

fn bound(value: Value) -> Node {
    Node::Parameter(value)
}

fn int(number: i64) -> Node {
    bound(Value::Int(number))
}

fn float(number: f64) -> Node {
    bound(Value::Float(number))
}

fn text(text: &'static str) -> Node {
    bound(Value::Text(text.into()))
}

/// NULL, false or true.
fn truth(truth: Option<bool>) -> Node {
    bound(truth.map_or(Value::Null, Value::Bool))
}

fn binary(left: Node, operator: Binary, right: Node) -> Node {
    Node::binary(left, operator, right)
}

fn not(operand: Node) -> Node {
    Node::Not(Box::new(operand))
}

fn negative(operand: Node) -> Node {
    Node::Negative(Box::new(operand))
}

fn is_null(operand: Node) -> Node {
    Node::IsNull(Box::new(operand))
}

fn among(operand: Node, list: Vec<Node>) -> Node {
    Node::In {
        operand: Box::new(operand),
        list,
    }
}

fn between(operand: Node, low: Node, high: Node) -> Node {
    Node::Between {
        operand: Box::new(operand),
        low: Box::new(low),
        high: Box::new(high),
    }
}

/// The value for a row with these values.
fn of(node: &Node, row: &[Value]) -> Result<Value, NotHere> {
    value(node, &THING, ALIAS, &|position| row[position].clone())
}

/// The value of what has no column.
fn alone(node: &Node) -> Result<Value, NotHere> {
    of(node, &[])
}

fn refused<T>(words: &'static str) -> Result<T, NotHere> {
    Err(NotHere(words))
}
