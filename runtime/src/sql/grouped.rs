//! Whether all that a grouped query says of a group is the same for its rows.
//!
//! Types see to it as far as they can: they do not tell `age / 10` from `age / 20`, nor what a subquery takes from around it.
//! Where the database would say nothing and give any row's value, this says it.

use super::{
    Node,
    query::{Query, QueryRef, Select},
    walk::{each_part, query_in, walk},
};

/// A column that is neither aggregated nor grouped by, as what the query calls its table and its name.
pub(super) type Ungrouped = (&'static str, &'static str);

/// The first such column of the query, or of one within it.
pub(super) fn ungrouped<'t>(query: impl Into<QueryRef<'t>>) -> Option<Ungrouped> {
    match query.into() {
        QueryRef::Select(select) => of_select(select),
        QueryRef::Compound(compound) => {
            let named = compound.with.iter().find_map(|with| ungrouped(&with.query));
            let rest = || compound.rest.iter().find_map(|(_, query)| ungrouped(query));
            named.or_else(|| ungrouped(&*compound.first)).or_else(rest)
        }
    }
}

fn of_select(select: &Select) -> Option<Ungrouped> {
    let with = select.with.iter().find_map(|with| ungrouped(&with.query));
    let derived = || {
        let mut derived = select
            .from
            .iter()
            .filter_map(|from| from.derived.as_deref());
        derived.find_map(ungrouped)
    };
    let within = || {
        let filters = select.filter.iter().chain(&select.columns);
        filters.clone().find_map(within_node)
    };
    let own = || {
        let groups = Groups(select);
        let orders = select.order.iter().map(|order| &order.by);
        let mut said = select.columns.iter().chain(&select.having).chain(orders);
        said.find_map(|node| groups.of(node))
    };
    let grouped = !select.group.is_empty();
    with.or_else(derived)
        .or_else(within)
        .or_else(|| grouped.then(own).flatten())
}

/// In the queries that stand in an expression.
fn within_node(node: &Node) -> Option<Ungrouped> {
    let mut found = None;
    walk(node, &mut |part| {
        if found.is_none() {
            found = query_in(part).and_then(ungrouped);
        }
    });
    found
}

/// What a query groups by.
struct Groups<'t>(&'t Select);

impl Groups<'_> {
    /// The first column of an expression that is not the same for all rows of a group.
    fn of(&self, node: &Node) -> Option<Ungrouped> {
        if self.is_key(node) {
            return None;
        }
        match node {
            Node::Column { table, column } => self.own(table).then_some((*table, column.name)),
            Node::WholeRow { alias, table } => {
                let first = table.columns.first()?;
                self.own(alias).then_some((*alias, first.name))
            }
            Node::Path(path) => self
                .own(path.start)
                .then_some((path.start, path.column.name)),
            Node::Call(call) if call.aggregate => None,
            Node::Over { function, window } => {
                let mut parts: Vec<&Node> = window.partition.iter().collect();
                parts.extend(window.order.iter().map(|order| &order.by));
                each_part(function, &mut |part| parts.push(part));
                parts.into_iter().find_map(|part| self.of(part))
            }
            other => {
                let mut found = query_in(other).and_then(|query| self.of_query(query));
                each_part(other, &mut |part| found = found.or_else(|| self.of(part)));
                found
            }
        }
    }

    /// Whether it is grouped by, as it is or by the row that it belongs to.
    fn is_key(&self, node: &Node) -> bool {
        let node = bare(node);
        let of_row = match node {
            Node::Column { table, .. } => Some(*table),
            Node::WholeRow { alias, .. } => Some(*alias),
            Node::Path(path) => Some(path.start),
            _ => None,
        };
        self.0.group.iter().any(|key| match bare(key) {
            Node::WholeRow { alias, .. } if of_row == Some(*alias) => true,
            key => key == node,
        })
    }

    /// Whether a table is one of the query's, and not of one around it.
    fn own(&self, alias: &str) -> bool {
        self.0.from.iter().any(|from| from.alias == alias)
    }

    /// What a query within takes from a group.
    fn of_query(&self, query: &Query) -> Option<Ungrouped> {
        let Query::Select(select) = query else {
            return None;
        };
        let shadowed = |alias: &str| select.from.iter().any(|from| from.alias == alias);
        let mut found = None;
        let mut look = |node: &Node| {
            walk(node, &mut |part| {
                if let Node::Column { table, .. } = part
                    && found.is_none()
                    && !shadowed(table)
                {
                    found = self.of(part);
                }
            });
        };
        select.columns.iter().for_each(&mut look);
        select.filter.iter().for_each(&mut look);
        found
    }
}

/// The expression itself, without what only says how it is written.
fn bare(node: &Node) -> &Node {
    match node {
        Node::Label(_, inner) | Node::Exact(inner) => bare(inner),
        other => other,
    }
}
