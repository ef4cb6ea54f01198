//! Graphs whose nodes are numbers, and the circles in them.

use std::{cmp::Reverse, collections::BinaryHeap};

/// The edges, by where they begin.
pub(super) struct Graph {
    starts: Vec<u32>,
    outs: Vec<Out>,
}

/// An edge, as its beginning sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Out {
    pub(super) to: u32,
    /// Its number among all edges.
    pub(super) edge: u32,
}

impl Graph {
    pub(super) fn new(nodes: usize, edges: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for (from, _) in edges.clone() {
            starts[from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut outs = vec![Out { to: 0, edge: 0 }; starts[nodes] as usize];
        for (edge, (from, to)) in (0_u32..).zip(edges) {
            let place = &mut next[from as usize];
            outs[*place as usize] = Out { to, edge };
            *place += 1;
        }
        Graph { starts, outs }
    }

    pub(super) fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    fn end(&self) -> u32 {
        u32::try_from(self.nodes()).unwrap_or(u32::MAX)
    }

    pub(super) fn outs(&self, node: u32) -> &[Out] {
        let node = node as usize;
        &self.outs[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// The nodes in an order that goes along the edges; those in circles, or behind one, are missing.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut open = vec![0_u32; self.nodes()];
        for out in &self.outs {
            open[out.to as usize] += 1;
        }
        let nodes = 0..self.end();
        let mut sorted: Vec<u32> = Vec::with_capacity(self.nodes());
        sorted.extend(nodes.filter(|&node| open[node as usize] == 0));
        let mut next = 0;
        while let Some(&node) = sorted.get(next) {
            next += 1;
            for out in self.outs(node) {
                open[out.to as usize] -= 1;
                if open[out.to as usize] == 0 {
                    sorted.push(out.to);
                }
            }
        }
        sorted
    }
}

impl Graph {
    /// A number for each node, so that few edges lead to a smaller one: only those that come back to where a walk came from.
    pub(super) fn forwards(&self) -> Vec<u32> {
        let mut numbers = vec![0; self.nodes()];
        let mut reached = vec![false; self.nodes()];
        let mut next_number = self.end();
        for root in 0..self.end() {
            if std::mem::replace(&mut reached[root as usize], true) {
                continue;
            }
            let mut path = vec![(root, 0_usize)];
            while let Some((node, next)) = path.last_mut() {
                if let Some(out) = self.outs(*node).get(*next) {
                    *next += 1;
                    if !std::mem::replace(&mut reached[out.to as usize], true) {
                        path.push((out.to, 0));
                    }
                } else {
                    next_number -= 1;
                    numbers[*node as usize] = next_number;
                    path.pop();
                }
            }
        }
        numbers
    }

    /// For each node its turn in an order that goes along the edges, by these wishes where they do not say; none for those that are in
    /// circles, or behind one.
    pub(super) fn sorted_by(&self, wishes: &[u32]) -> Vec<Option<u32>> {
        let mut open = vec![0_u32; self.nodes()];
        for out in &self.outs {
            open[out.to as usize] += 1;
        }
        let wish = |node: u32| Reverse((wishes[node as usize], node));
        let nodes = 0..self.end();
        let mut free: BinaryHeap<_> = nodes
            .filter(|&node| open[node as usize] == 0)
            .map(wish)
            .collect();
        let mut turns = vec![None; self.nodes()];
        let mut turn = 0;
        while let Some(Reverse((_, node))) = free.pop() {
            turns[node as usize] = Some(turn);
            turn += 1;
            for out in self.outs(node) {
                open[out.to as usize] -= 1;
                if open[out.to as usize] == 0 {
                    free.push(wish(out.to));
                }
            }
        }
        turns
    }
}

/// Finds the groups of nodes that reach each other (Tarjan's algorithm, on a stack of its own: chains are as long as there are
/// rows). It can be asked again and again about small parts of a large graph.
pub(super) struct Finder<'g> {
    graph: &'g Graph,
    /// When the node was reached: 0 before that, `DONE` when its group is known.
    number: Vec<u32>,
    lowest: Vec<u32>,
    /// The question that the node last belonged to.
    asked: Vec<u32>,
    questions: u32,
}

const DONE: u32 = u32::MAX;

impl<'g> Finder<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        let nodes = graph.nodes();
        Finder {
            graph,
            number: vec![0; nodes],
            lowest: vec![0; nodes],
            asked: vec![0; nodes],
            questions: 0,
        }
    }

    /// The groups among these nodes along the edges that are `live`, each in rising order; those of a single node too.
    pub(super) fn groups(&mut self, nodes: &[u32], live: &dyn Fn(u32) -> bool) -> Vec<Vec<u32>> {
        self.questions += 1;
        for &node in nodes {
            self.asked[node as usize] = self.questions;
            self.number[node as usize] = 0;
        }
        let mut groups = Vec::new();
        let mut reached = 0;
        for &node in nodes {
            if self.number[node as usize] == 0 {
                self.walk(node, live, &mut reached, &mut groups);
            }
        }
        groups
    }

    fn walk(
        &mut self,
        root: u32,
        live: &dyn Fn(u32) -> bool,
        reached: &mut u32,
        groups: &mut Vec<Vec<u32>>,
    ) {
        let graph = self.graph;
        let mut waiting = Vec::new();
        let mut path = vec![(root, 0_usize)];
        while let Some((node, next)) = path.last_mut() {
            let here = *node as usize;
            if *next == 0 && self.number[here] == 0 {
                *reached += 1;
                self.number[here] = *reached;
                self.lowest[here] = *reached;
                waiting.push(*node);
            }
            if let Some(out) = graph.outs(*node).get(*next) {
                *next += 1;
                let there = out.to as usize;
                if self.asked[there] != self.questions || !live(out.edge) {
                    continue;
                }
                match self.number[there] {
                    0 => path.push((out.to, 0)),
                    DONE => {}
                    number => self.lowest[here] = self.lowest[here].min(number),
                }
                continue;
            }
            let lowest = self.lowest[here];
            if lowest == self.number[here] {
                groups.push(self.finish(*node, &mut waiting));
            }
            path.pop();
            if let Some((parent, _)) = path.last() {
                let parent = *parent as usize;
                self.lowest[parent] = self.lowest[parent].min(lowest);
            }
        }
    }

    /// Takes the group that `first` was reached first of.
    fn finish(&mut self, first: u32, waiting: &mut Vec<u32>) -> Vec<u32> {
        let start = waiting.iter().rposition(|&node| node == first).unwrap_or(0);
        let mut group = waiting.split_off(start);
        for &node in &group {
            self.number[node as usize] = DONE;
        }
        group.sort_unstable();
        group
    }
}
