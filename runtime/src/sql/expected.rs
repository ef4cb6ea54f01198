//! What a query's tree says of the columns of its rows.

use super::{Node, QueryRef, Select, query::Join};
use crate::{frame::Expected, model::ColumnInfo};

impl QueryRef<'_> {
    /// The names of the columns, where they are those of tables or labels, and which of them are never NULL.
    pub(crate) fn expected(self) -> Vec<Expected> {
        match self {
            QueryRef::Select(select) => {
                let columns = select.columns.iter();
                columns.flat_map(|node| of_node(select, node)).collect()
            }
            QueryRef::Compound(compound) => {
                let mut expected = QueryRef::from(&*compound.first).expected();
                for (_, query) in &compound.rest {
                    let others = QueryRef::from(query).expected();
                    for (column, other) in expected.iter_mut().zip(others) {
                        column.required &= other.required;
                    }
                }
                expected
            }
        }
    }
}

fn of_node(select: &Select, node: &Node) -> Vec<Expected> {
    let column = |table: &str, column: &ColumnInfo| Expected {
        name: Some(column.name),
        required: !column.nullable && is_always_there(select, table),
    };
    match node {
        Node::WholeRow { alias, table } => {
            let columns = table.columns.iter();
            columns.map(|info| column(alias, info)).collect()
        }
        Node::Column {
            table,
            column: info,
        } => vec![column(table, info)],
        Node::Label(name, inner) => {
            let mut inner = of_node(select, inner);
            for column in &mut inner {
                column.name = Some(name);
            }
            inner
        }
        _ => vec![Expected {
            name: None,
            required: false,
        }],
    }
}

/// Whether each row has one of this table: only of those that are read, and not of one of a query around it.
fn is_always_there(select: &Select, alias: &str) -> bool {
    let mut tables = select.from.iter().filter(|from| from.alias == alias);
    tables.all(|from| !matches!(from.join, Join::Left(_)))
}
