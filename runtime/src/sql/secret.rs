//! What belongs to sensitive columns, whose values are kept out of logs and errors.

use super::{
    Node, Query, QueryRef, Statement,
    precedence::{Strength, strength},
    walk::walk,
};

/// Whether a node compares a sensitive column with something, which then is secret as well.
pub(super) fn compares(node: &Node) -> bool {
    strength(node) == Strength::Comparison && mentions(node)
}

/// Whether a sensitive column occurs in a node, outside of queries within it.
fn mentions(node: &Node) -> bool {
    let mut found = false;
    walk(node, &mut |part| {
        found |= match part {
            Node::Column { column, .. } | Node::Proposed(column) => column.sensitive,
            Node::Path(path) => path.column.sensitive,
            _ => false,
        };
    });
    found
}

impl Statement<'_> {
    /// The positions, counted from 0, of those columns of its rows that show values of sensitive columns.
    pub(crate) fn secret_cells(&self) -> Box<[usize]> {
        match *self {
            Statement::Select { query, .. } => of_query(query),
            Statement::Count(_) | Statement::Exists(_) => Box::default(),
            Statement::Insert(tree) => of_list(&tree.returning),
            Statement::Update(tree) => of_list(&tree.returning),
            Statement::Delete(tree) => of_list(&tree.returning),
        }
    }
}

fn of_query(query: QueryRef<'_>) -> Box<[usize]> {
    match query {
        QueryRef::Select(select) => of_list(&select.columns),
        QueryRef::Compound(compound) => {
            let rest = compound.rest.iter().map(|(_, query)| query);
            let all = std::iter::once(&*compound.first).chain(rest);
            let mut cells: Vec<usize> = all
                .flat_map(|query| of_query(QueryRef::from(query)))
                .collect();
            cells.sort_unstable();
            cells.dedup();
            cells.into()
        }
    }
}

fn of_list(nodes: &[Node]) -> Box<[usize]> {
    let mut cells = Vec::new();
    let mut position = 0;
    for node in nodes {
        if let Node::WholeRow { table, .. } = node {
            let columns = table.columns.iter().enumerate();
            let secret = columns.filter(|(_, column)| column.sensitive);
            cells.extend(secret.map(|(index, _)| position + index));
            position += table.columns.len();
        } else {
            if mentions(node)
                || within(node).is_some_and(|query| !of_query(query.into()).is_empty())
            {
                cells.push(position);
            }
            position += 1;
        }
    }
    cells.into()
}

/// The query whose value is selected.
fn within(node: &Node) -> Option<&Query> {
    match node {
        Node::Subquery(query) => Some(query),
        Node::Label(_, inner) => within(inner),
        _ => None,
    }
}
