//! A warning about queries that join every row with every row, which is nearly always a condition forgotten.

use std::sync::Arc;

use super::{
    Binary, Node,
    query::{From, Join, Query, QueryRef, Select, With},
    walk::{query_in, walk, walk_all, walk_orders},
};

/// Two tables of one SELECT that no condition links, by what the query calls them. Queries within are looked at too.
pub(crate) fn unlinked<'t>(query: impl Into<QueryRef<'t>>) -> Option<(&'static str, &'static str)> {
    match query.into() {
        QueryRef::Select(select) => in_with(&select.with)
            .or_else(|| in_select(select))
            .or_else(|| queries_within(select).into_iter().find_map(unlinked)),
        QueryRef::Compound(compound) => in_with(&compound.with)
            .or_else(|| unlinked(&*compound.first))
            .or_else(|| compound.rest.iter().find_map(|(_, query)| unlinked(query))),
    }
}

fn in_with(all: &[Arc<With>]) -> Option<(&'static str, &'static str)> {
    all.iter().find_map(|with| {
        let step = with.step.as_ref();
        unlinked(&with.query).or_else(|| step.and_then(|(query, _)| unlinked(query)))
    })
}

fn in_select(select: &Select) -> Option<(&'static str, &'static str)> {
    if select.from.len() < 2 {
        return None;
    }
    let mut groups = Groups::new(&select.from);
    for (index, from) in select.from.iter().enumerate() {
        match &from.join {
            Join::Inner(on) | Join::Left(on) => {
                groups.link(mentioned(on, &select.from), Some(index));
            }
            // Asked for in so many words.
            Join::Cross => groups.link(vec![0], Some(index)),
            Join::Listed => {}
        }
    }
    for condition in select.filter.iter().chain(&select.having) {
        groups.link_each(condition, &select.from);
    }
    let first = groups.find(0);
    let other = (1..select.from.len()).find(|index| groups.find(*index) != first)?;
    Some((select.from[0].alias, select.from[other].alias))
}

/// The queries that stand in a SELECT's tables and expressions.
fn queries_within(select: &Select) -> Vec<&Query> {
    let derived = select.from.iter();
    let mut found: Vec<&Query> = derived.filter_map(|from| from.derived.as_deref()).collect();
    for_each_node(select, &mut |node| found.extend(query_in(node)));
    found
}

/// Visits all expressions of a SELECT, but not those of queries within.
fn for_each_node<'t>(select: &'t Select, visit: &mut impl FnMut(&'t Node)) {
    let lists = [
        &select.columns,
        &select.filter,
        &select.group,
        &select.having,
    ];
    for list in lists {
        walk_all(list, visit);
    }
    walk_orders(&select.order, visit);
    for from in &select.from {
        if let Join::Inner(on) | Join::Left(on) = &from.join {
            walk(on, visit);
        }
    }
}

/// The tables that a condition mentions, also in queries within, as positions.
fn mentioned(condition: &Node, from: &[From]) -> Vec<usize> {
    let mut found = Vec::new();
    walk(condition, &mut |node| mention(node, from, &mut found));
    found
}

fn mention(node: &Node, from: &[From], found: &mut Vec<usize>) {
    let alias = match node {
        Node::Column { table, .. } => Some(*table),
        Node::WholeRow { alias, .. } => Some(*alias),
        Node::Path(path) => Some(path.start),
        _ => None,
    };
    if let Some(alias) = alias {
        found.extend(from.iter().position(|table| table.alias == alias));
    }
    if let Some(query) = query_in(node) {
        mention_in_query(query, from, found);
    }
}

fn mention_in_query(query: &Query, from: &[From], found: &mut Vec<usize>) {
    match query {
        Query::Select(select) => for_each_node(select, &mut |node| mention(node, from, found)),
        Query::Compound(compound) => {
            mention_in_query(&compound.first, from, found);
            for (_, query) in &compound.rest {
                mention_in_query(query, from, found);
            }
        }
    }
}

/// Which tables are linked: each has another of its group, or itself, as its parent.
struct Groups(Vec<usize>);

impl Groups {
    fn new(from: &[From]) -> Self {
        Groups((0..from.len()).collect())
    }

    fn find(&self, mut index: usize) -> usize {
        while self.0[index] != index {
            index = self.0[index];
        }
        index
    }

    fn link(&mut self, tables: impl IntoIterator<Item = usize>, with: Option<usize>) {
        let mut before = with;
        for table in tables {
            if let Some(before) = before {
                let (left, right) = (self.find(before), self.find(table));
                self.0[left.max(right)] = left.min(right);
            }
            before = Some(table);
        }
    }

    /// Links the tables of each of the conditions that hold together.
    fn link_each(&mut self, condition: &Node, from: &[From]) {
        match condition {
            Node::Grouped(inner) => self.link_each(inner, from),
            Node::Binary {
                left,
                operator: Binary::And,
                right,
            } => {
                self.link_each(left, from);
                self.link_each(right, from);
            }
            other => self.link(mentioned(other, from), None),
        }
    }
}
