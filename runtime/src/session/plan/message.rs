//! What is said of rows that cannot be put in an order.

use std::collections::{HashMap, HashSet, VecDeque};

use super::{
    edges::{Cause, Edge},
    tables::Tables,
    unique::unique_keys,
};
use crate::{
    error::{Error, ErrorKind},
    model::TableInfo,
};

/// A row leads to itself by a key that the database gives it, and cannot be written without.
pub(super) fn selfish(tables: &Tables, unit: u32, foreign_key: u32) -> Error {
    let table = tables.info(tables.table(unit));
    let columns = listed(table, table.foreign_keys[foreign_key as usize].columns);
    let message = format!(
        "a row of {} leads to itself by {columns}, which cannot be NULL until its key is known; give it a key",
        named(table),
    );
    Error::new(ErrorKind::InvalidRequest, message)
}

/// Rows wait for each other, by edges that nothing opens.
pub(super) fn circle(tables: &Tables, edges: &[&Edge]) -> Error {
    let mut leads = Vec::new();
    let mut unique = Vec::new();
    let mut path = shortest(edges);
    // Read as a chain: rows wait in the direction in which they go away, and against it where they are saved.
    if path
        .iter()
        .any(|edge| matches!(edge.cause, Cause::Leads { .. }))
    {
        path.reverse();
    }
    for edge in path {
        match edge.cause {
            Cause::Leads { foreign_key } => push(&mut leads, link(tables, edge.to, foreign_key)),
            Cause::Left { foreign_key } => push(&mut leads, link(tables, edge.from, foreign_key)),
            Cause::Unique { key } => {
                let table = tables.info(tables.table(edge.to));
                if let Some(columns) = unique_keys(table).nth(key as usize) {
                    push(&mut unique, listed(table, columns));
                }
            }
        }
    }
    let (leads, unique) = (leads.join(", "), unique.join(", "));
    let message = if unique.is_empty() {
        format!("rows lead to each other in a circle that no nullable foreign key opens: {leads}")
    } else if leads.is_empty() {
        format!("two rows or more swap their unique values of {unique}; flush in between")
    } else {
        format!(
            "rows take unique values of {unique} from each other in a circle that no nullable foreign key opens: {leads}; \
             flush in between"
        )
    };
    Error::new(ErrorKind::InvalidRequest, message)
}

/// A shortest circle, through a row that is reached by going back as far as that is possible: there is a circle before each.
fn shortest<'e>(edges: &[&'e Edge]) -> Vec<&'e Edge> {
    let mut outs: HashMap<u32, Vec<&'e Edge>> = HashMap::new();
    for edge in edges {
        outs.entry(edge.from).or_default().push(edge);
    }
    let Some(start) = in_a_circle(edges) else {
        return Vec::new();
    };
    let mut reached: HashMap<u32, &'e Edge> = HashMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(node) = waiting.pop_front() {
        for edge in outs.get(&node).into_iter().flatten() {
            if reached.contains_key(&edge.to) {
                continue;
            }
            reached.insert(edge.to, edge);
            if edge.to == start {
                return path(start, &reached);
            }
            waiting.push_back(edge.to);
        }
    }
    edges.to_vec()
}

/// A row that waits for itself. Each of these rows has an edge that ends there.
fn in_a_circle(edges: &[&Edge]) -> Option<u32> {
    let ins: HashMap<u32, u32> = edges
        .iter()
        .rev()
        .map(|edge| (edge.to, edge.from))
        .collect();
    let mut node = edges.iter().map(|edge| edge.from).min()?;
    let mut seen = HashSet::new();
    while seen.insert(node) {
        node = *ins.get(&node)?;
    }
    Some(node)
}

fn path<'e>(start: u32, reached: &HashMap<u32, &'e Edge>) -> Vec<&'e Edge> {
    let mut path = Vec::new();
    let mut node = start;
    while let Some(edge) = reached.get(&node) {
        path.push(*edge);
        node = edge.from;
        if node == start {
            break;
        }
    }
    path.reverse();
    path
}

fn push(parts: &mut Vec<String>, part: String) {
    if !parts.contains(&part) {
        parts.push(part);
    }
}

fn link(tables: &Tables, unit: u32, foreign_key: u32) -> String {
    let table = tables.info(tables.table(unit));
    let key = &table.foreign_keys[foreign_key as usize];
    format!("{} → {}", listed(table, key.columns), named(key.table))
}

fn named(table: &TableInfo) -> String {
    match table.schema {
        Some(schema) => format!("{schema}.{}", table.name),
        None => table.name.to_owned(),
    }
}

/// `table.column`, or `table.(one, other)`.
fn listed(table: &TableInfo, columns: &[usize]) -> String {
    let names: Vec<&str> = columns
        .iter()
        .map(|&column| table.columns[column].name)
        .collect();
    match names.as_slice() {
        [name] => format!("{}.{name}", named(table)),
        _ => format!("{}.({})", named(table), names.join(", ")),
    }
}
