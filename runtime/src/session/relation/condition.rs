//! The condition that rows are those of a relationship of an object.

use super::{
    keys::Reference,
    load::equal,
    read::{Asked, is_pending},
};
use crate::{
    model::Along,
    session::write::keys::column,
    sql::{self, Node, Query, Unknown},
};

/// That a row of the other side, which a query calls `alias`, is led to by the relationship.
pub(super) fn leads_to(asked: Asked<'_>, alias: &'static str) -> Node {
    let reference = asked.reference();
    let condition = match asked.relation.along {
        Along::Own(_) => {
            let key = reference.key();
            let pairs = key.references.iter().zip(key.columns);
            let equal = pairs.map(|(there, own)| {
                let there = Node::Column {
                    table: alias,
                    column: &key.table.columns[*there],
                };
                Node::equal(there, value(asked, *own))
            });
            equal.reduce(Node::both)
        }
        Along::Other { .. } => leads_here(asked, reference, alias),
        Along::Between { table, there, .. } => {
            let onward = Reference {
                table,
                position: there,
            };
            let here = leads_here(asked, reference, table.name);
            let onward = equal(onward, table.name, alias);
            here.map(|here| exists(reference, Node::both(here, onward)))
        }
    };
    let filter = asked
        .relation
        .filter
        .map(|text| Node::Condition { table: alias, text });
    let all = condition.into_iter().chain(filter).reduce(Node::both);
    all.expect("a foreign key has at least one column")
}

/// That a row that has the foreign key leads to the owner.
fn leads_here(asked: Asked<'_>, reference: Reference, alias: &'static str) -> Option<Node> {
    let key = reference.key();
    let pairs = key.columns.iter().zip(key.references);
    let equal = pairs.map(|(own, there)| {
        let own = Node::Column {
            table: alias,
            column: &reference.table.columns[*own],
        };
        Node::equal(own, value(asked, *there))
    });
    equal.reduce(Node::both)
}

/// The value of a column of the owner.
fn value(asked: Asked<'_>, column: usize) -> Node {
    match asked.owner.value(column) {
        Some(value) if !is_pending(&**asked.owner) => Node::Parameter(value),
        _ => Node::Unknown(Unknown {
            object: asked.owner.head().number,
            column,
        }),
    }
}

/// Whether there is a row in between that fits.
fn exists(reference: Reference, condition: Node) -> Node {
    let table = reference.table;
    Node::Exists(Box::new(Query::Select(sql::Select {
        columns: vec![column(table, table.primary_key[0])],
        from: vec![sql::From {
            join: sql::Join::Listed,
            table,
            alias: table.name,
            derived: None,
        }],
        filter: vec![condition],
        ..sql::Select::default()
    })))
}
