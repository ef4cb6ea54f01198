//! Short ways to build trees.

use std::{borrow::Cow, sync::Arc};

use super::tables::{HOBBY, PERSON};
use crate::{
    model::TableInfo,
    sql::{
        Assigned, Binary, Call, Case, CastType, Compound, From, Function, Join, Like, Node, Nulls,
        Order, Path, Query, Select, SetOperator, Step, Window,
    },
    value::Value,
};

pub(super) fn column(table: &'static TableInfo, index: usize) -> Node {
    aliased(table, table.name, index)
}

pub(super) fn aliased(table: &'static TableInfo, alias: &'static str, index: usize) -> Node {
    Node::Column {
        table: alias,
        column: &table.columns[index],
    }
}

pub(super) fn row(table: &'static TableInfo) -> Node {
    Node::WholeRow {
        alias: table.name,
        table,
    }
}

pub(super) fn id() -> Node {
    column(&PERSON, 0)
}

pub(super) fn name() -> Node {
    column(&PERSON, 1)
}

pub(super) fn age() -> Node {
    column(&PERSON, 2)
}

pub(super) fn int(value: i64) -> Node {
    Node::Parameter(Value::Int(value))
}

pub(super) fn text(value: &'static str) -> Node {
    Node::Parameter(Value::Text(Cow::Borrowed(value)))
}

pub(super) fn binary(left: Node, operator: Binary, right: Node) -> Node {
    Node::Binary {
        left: Box::new(left),
        operator,
        right: Box::new(right),
    }
}

pub(super) fn equal(left: Node, right: Node) -> Node {
    binary(left, Binary::Equal, right)
}

pub(super) fn greater(left: Node, right: Node) -> Node {
    binary(left, Binary::Greater, right)
}

pub(super) fn not(node: Node) -> Node {
    Node::Not(Box::new(node))
}

pub(super) fn label(name: &'static str, node: Node) -> Node {
    Node::Label(name, Box::new(node))
}

pub(super) fn like(operand: Node, pattern: Node, ignores_case: bool) -> Node {
    Node::Like(Box::new(Like {
        operand,
        pattern,
        escaped: ignores_case,
        ignores_case,
    }))
}

pub(super) fn cast(operand: Node, to: CastType) -> Node {
    Node::Cast {
        operand: Box::new(operand),
        to,
    }
}

pub(super) fn call(function: Function, arguments: Vec<Node>) -> Node {
    Node::Call(Box::new(Call {
        function,
        arguments,
        aggregate: is_aggregate(function),
        distinct: false,
        filter: None,
    }))
}

pub(super) fn distinct(node: Node) -> Node {
    match node {
        Node::Call(mut call) => {
            call.distinct = true;
            Node::Call(call)
        }
        other => other,
    }
}

pub(super) fn filtered(node: Node, filter: Node) -> Node {
    match node {
        Node::Call(mut call) => {
            call.filter = Some(filter);
            Node::Call(call)
        }
        other => other,
    }
}

pub(super) fn over(function: Node, window: Window) -> Node {
    Node::Over {
        function: Box::new(function),
        window: Box::new(window),
    }
}

pub(super) fn case(branches: Vec<(Node, Node)>, otherwise: Option<Node>) -> Node {
    Node::Case(Box::new(Case {
        branches,
        otherwise,
    }))
}

pub(super) fn path(start: &'static str, steps: &[Step], index: usize) -> Node {
    let last = steps.last().unwrap().to;
    Node::Path(Box::new(Path {
        start,
        steps: steps.to_vec(),
        column: &last.columns[index],
    }))
}

pub(super) fn order(by: Node) -> Order {
    Order {
        by,
        descending: false,
        nulls: None,
    }
}

pub(super) fn descending(by: Node, nulls: Option<Nulls>) -> Order {
    Order {
        by,
        descending: true,
        nulls,
    }
}

pub(super) fn table(table: &'static TableInfo) -> From {
    From {
        join: Join::Listed,
        table,
        alias: table.name,
        derived: None,
    }
}

pub(super) fn joined(table: &'static TableInfo, join: Join) -> From {
    From {
        join,
        ..self::table(table)
    }
}

pub(super) fn derived(table: &'static TableInfo, query: Query) -> From {
    From {
        derived: Some(Arc::new(query)),
        ..self::table(table)
    }
}

/// `person.hobby_id = hobby.id`
pub(super) fn on_hobby() -> Node {
    equal(column(&PERSON, 3), column(&HOBBY, 0))
}

/// Columns of the table `person`.
pub(super) fn select(columns: Vec<Node>) -> Select {
    Select {
        columns,
        from: vec![table(&PERSON)],
        ..Select::default()
    }
}

pub(super) fn query(select: Select) -> Query {
    Query::Select(select)
}

pub(super) fn set(column: usize, value: Node) -> Assigned {
    Assigned { column, value }
}

pub(super) fn compound(first: Query, rest: Vec<(SetOperator, Query)>) -> Compound {
    Compound {
        with: Vec::new(),
        first: Box::new(first),
        rest,
        order: Vec::new(),
        limit: None,
        offset: None,
    }
}

fn is_aggregate(function: Function) -> bool {
    match function {
        Function::Named(name) => ["count", "sum", "avg", "min", "max"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known)),
        Function::CountRows | Function::SumWhole | Function::Average | Function::JoinText => true,
        _ => false,
    }
}
