//! Conditions on keys.

use crate::{
    model::TableInfo,
    sql::{self, Node},
    value::Value,
};

/// A column of the table that a statement is about.
pub(crate) fn column(table: &'static TableInfo, column: usize) -> Node {
    Node::Column {
        table: table.name,
        column: &table.columns[column],
    }
}

/// The condition that columns have one of these combinations of values, which follow one another.
pub(crate) fn key_filter(
    table: &'static TableInfo,
    columns: &[usize],
    values: impl IntoIterator<Item = Value>,
) -> Node {
    let values: Vec<Value> = values.into_iter().collect();
    let several = values.len() > columns.len();
    let mut values = values.into_iter();
    match (columns, several) {
        ([only], true) => Node::In {
            operand: Box::new(column(table, *only)),
            list: values.map(Node::Parameter).collect(),
        },
        (_, false) => {
            let equal = |index: &usize| {
                let value = values.next().unwrap_or(Value::Null);
                Node::equal(column(table, *index), Node::Parameter(value))
            };
            columns
                .iter()
                .map(equal)
                .reduce(Node::both)
                .expect("a key has a column")
        }
        _ => Node::AmongRows {
            columns: columns.iter().map(|index| column(table, *index)).collect(),
            values: values.collect(),
        },
    }
}

/// The query for all columns of the rows for which a condition holds.
pub(crate) fn select_by(table: &'static TableInfo, filter: Node) -> sql::Select {
    sql::Select {
        columns: vec![Node::WholeRow {
            alias: table.name,
            table,
        }],
        from: vec![sql::From {
            join: sql::Join::Listed,
            table,
            alias: table.name,
            derived: None,
        }],
        filter: vec![filter],
        ..sql::Select::default()
    }
}
