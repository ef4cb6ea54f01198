//! Opening the circles of rows that wait for each other.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{
    Facts,
    edges::{Cause, Edge, Edges},
    graph::{Finder, Graph},
    keys::after,
    message, opening_columns,
    tables::Tables,
};
use crate::error::Result;

/// Circles of more rows than this are opened all at once, which takes no longer than to look at them, if perhaps at more
/// foreign keys than are needed.
const LARGE: usize = 64;

/// What is left when no row waits for itself any more.
pub(super) struct Opened {
    /// Those that still have to be held between the rows as wholes.
    pub(super) edges: Vec<Edge>,
    /// The foreign keys that are NULL meanwhile, with the row that each leads to, where that is written too.
    pub(super) keys: BTreeMap<(u32, u32), Option<u32>>,
}

/// Opens all circles.
///
/// # Errors
///
/// `InvalidRequest` where there is one that no foreign key opens.
pub(super) fn open(facts: &dyn Facts, tables: &Tables, edges: Edges) -> Result<Opened> {
    let Edges { list, selfish } = edges;
    let pairs = list.iter().map(|edge| (edge.from, edge.to));
    let graph = Graph::new(tables.rows(), pairs);
    let mut circles = Circles {
        facts,
        tables,
        edges: &list,
        graph: &graph,
        dropped: vec![false; list.len()],
        keys: BTreeSet::new(),
        degrees: vec![(0, 0); tables.rows()],
    };
    for (unit, foreign_key) in selfish {
        if !circles.is_openable(unit, foreign_key) {
            return Err(message::selfish(tables, unit, foreign_key));
        }
        circles.keys.insert((unit, foreign_key));
    }
    circles.solve()?;
    let Circles { dropped, keys, .. } = circles;
    let mut keys: BTreeMap<_, _> = keys.into_iter().map(|key| (key, None)).collect();
    let mut held = Vec::with_capacity(list.len());
    for (edge, dropped) in list.iter().zip(dropped) {
        let key = edge.foreign_key().and_then(|key| keys.get_mut(&key));
        match (key, edge.cause) {
            (Some(target), Cause::Leads { .. }) => *target = Some(edge.from),
            (Some(_), _) => {}
            (None, _) if dropped => {}
            (None, _) => held.push(*edge),
        }
    }
    Ok(Opened { edges: held, keys })
}

struct Circles<'a> {
    facts: &'a dyn Facts,
    tables: &'a Tables,
    edges: &'a [Edge],
    graph: &'a Graph,
    /// By edge: whether it no longer has to be held.
    dropped: Vec<bool>,
    keys: BTreeSet<(u32, u32)>,
    /// By row: how many edges end and begin there, within the circles that are looked at.
    degrees: Vec<(u32, u32)>,
}

impl Circles<'_> {
    fn is_openable(&self, unit: u32, foreign_key: u32) -> bool {
        let table = self.tables.info(self.tables.table(unit));
        opening_columns(table, foreign_key as usize)
            .next()
            .is_some()
    }

    /// Whether the database looks only at the end, and what is written is known without the other row.
    fn is_deferred(&self, edge: &Edge) -> bool {
        let Some((unit, foreign_key)) = edge.foreign_key() else {
            return false;
        };
        let table = self.tables.info(self.tables.table(unit));
        let key = &table.foreign_keys[foreign_key as usize];
        let known = || after(self.facts, edge.from, key.references).is_some();
        key.deferred && (matches!(edge.cause, Cause::Left { .. }) || known())
    }

    fn solve(&mut self) -> Result<()> {
        let sorted = self.graph.sorted();
        if sorted.len() == self.graph.nodes() {
            return Ok(());
        }
        let mut rest = vec![true; self.graph.nodes()];
        for node in sorted {
            rest[node as usize] = false;
        }
        let rest: Vec<u32> = (0_u32..)
            .zip(rest)
            .filter_map(|(node, rest)| rest.then_some(node))
            .collect();
        let mut finder = Finder::new(self.graph);
        let mut waiting = vec![rest];
        while let Some(nodes) = waiting.pop() {
            let dropped = &self.dropped;
            let groups = finder.groups(&nodes, &|edge| !dropped[edge as usize]);
            for group in groups.into_iter().filter(|group| group.len() > 1) {
                self.open_some(&group)?;
                waiting.push(group);
            }
        }
        Ok(())
    }

    /// The edges between these rows that have to be held.
    fn inner(&self, group: &[u32]) -> Vec<u32> {
        let outs = group.iter().flat_map(|&node| self.graph.outs(node));
        outs.filter(|out| !self.dropped[out.edge as usize] && group.binary_search(&out.to).is_ok())
            .map(|out| out.edge)
            .collect()
    }

    /// Opens one circle among rows that all wait for each other, or more.
    fn open_some(&mut self, group: &[u32]) -> Result<()> {
        let inner = self.inner(group);
        let mut deferred = inner.clone();
        deferred.retain(|&edge| self.is_deferred(&self.edges[edge as usize]));
        if !deferred.is_empty() {
            for edge in deferred {
                self.dropped[edge as usize] = true;
            }
            return Ok(());
        }
        let mut openable = inner.clone();
        openable.retain(|&edge| {
            let key = self.edges[edge as usize].foreign_key();
            key.is_some_and(|(unit, foreign_key)| self.is_openable(unit, foreign_key))
        });
        if openable.is_empty() {
            let inner: Vec<&Edge> = inner
                .iter()
                .map(|&edge| &self.edges[edge as usize])
                .collect();
            return Err(message::circle(self.tables, &inner));
        }
        let keys = if group.len() > LARGE {
            self.against(group, &inner, &openable)?
        } else {
            self.best(&inner, &openable).into_iter().collect()
        };
        for edge in inner {
            let key = self.edges[edge as usize].foreign_key();
            if key.is_some_and(|key| keys.contains(&key)) {
                self.dropped[edge as usize] = true;
            }
        }
        self.keys.extend(keys);
        Ok(())
    }

    /// The foreign key whose edges most paths among these rows go along.
    fn best(&mut self, inner: &[u32], openable: &[u32]) -> Option<(u32, u32)> {
        for &edge in inner {
            let Edge { from, to, .. } = self.edges[edge as usize];
            self.degrees[from as usize] = (0, 0);
            self.degrees[to as usize] = (0, 0);
        }
        for &edge in inner {
            let Edge { from, to, .. } = self.edges[edge as usize];
            self.degrees[from as usize].1 += 1;
            self.degrees[to as usize].0 += 1;
        }
        let mut weights: BTreeMap<(u32, u32), u64> = BTreeMap::new();
        for &edge in openable {
            let edge = &self.edges[edge as usize];
            let paths = u64::from(self.degrees[edge.from as usize].0)
                * u64::from(self.degrees[edge.to as usize].1);
            if let Some(key) = edge.foreign_key() {
                *weights.entry(key).or_default() += paths;
            }
        }
        let place =
            |(unit, foreign_key): (u32, u32)| Reverse((self.tables.table(unit), foreign_key, unit));
        let heaviest = weights
            .into_iter()
            .max_by_key(|&(key, paths)| (paths, place(key)));
        heaviest.map(|(key, _)| key)
    }

    /// Puts the rows in an order that holds all edges that cannot be opened, and gives the foreign keys that go against it.
    ///
    /// # Errors
    ///
    /// `InvalidRequest` where edges that cannot be opened make a circle.
    fn against(
        &self,
        group: &[u32],
        inner: &[u32],
        openable: &[u32],
    ) -> Result<BTreeSet<(u32, u32)>> {
        let mut place = HashMap::new();
        place.extend(group.iter().copied().zip(0..));
        let ends = |edge: u32| {
            let Edge { from, to, .. } = self.edges[edge as usize];
            (place[&from], place[&to])
        };
        let pairs: Vec<(u32, u32)> = inner.iter().map(|&edge| ends(edge)).collect();
        let wishes = Graph::new(group.len(), pairs.into_iter()).forwards();
        let opens: BTreeSet<u32> = openable.iter().copied().collect();
        let hard: Vec<u32> = inner
            .iter()
            .copied()
            .filter(|edge| !opens.contains(edge))
            .collect();
        let pairs: Vec<(u32, u32)> = hard.iter().map(|&edge| ends(edge)).collect();
        let turns = Graph::new(group.len(), pairs.into_iter()).sorted_by(&wishes);
        let turn = |node: u32| turns[node as usize];
        if turns.contains(&None) {
            let stuck = hard.iter().filter(|&&edge| turn(ends(edge).0).is_none());
            let stuck: Vec<&Edge> = stuck.map(|&edge| &self.edges[edge as usize]).collect();
            return Err(message::circle(self.tables, &stuck));
        }
        let backwards = openable.iter().filter(|&&edge| {
            let (from, to) = ends(edge);
            turn(from) > turn(to)
        });
        Ok(backwards
            .filter_map(|&edge| self.edges[edge as usize].foreign_key())
            .collect())
    }
}
