//! The order in which tables are created: those that others refer to first.

use std::collections::HashMap;

use crate::{Catalog, Name, Table};

/// The tables of `catalog`, each behind those that its foreign keys lead to, and otherwise as declared. Tables that refer to
/// each other in a circle stay together in the order of their declaration. Foreign keys to tables that are not in the
/// catalog count for nothing. The opposite order is the one for dropping.
pub fn creation_order(catalog: &Catalog) -> Vec<&Table> {
    let targets = targets(catalog);
    let mut order = Vec::with_capacity(catalog.tables.len());
    for mut circle in Circles::new(&targets).find() {
        circle.sort_unstable();
        order.extend(circle.into_iter().map(|table| &catalog.tables[table]));
    }
    order
}

/// For each table, the positions of the tables that it refers to.
fn targets(catalog: &Catalog) -> Vec<Vec<usize>> {
    let positions: HashMap<&Name, usize> = catalog
        .tables
        .iter()
        .enumerate()
        .map(|(position, table)| (&table.name, position))
        .collect();
    let targets_of = |table: &Table| {
        let mut targets: Vec<usize> = table
            .foreign_keys
            .iter()
            .filter_map(|key| positions.get(&key.table).copied())
            .collect();
        targets.sort_unstable();
        targets
    };
    catalog.tables.iter().map(targets_of).collect()
}

/// Tarjan's algorithm: finds the groups of tables that refer to each other in circles (most are groups of one), each group
/// behind those it refers to. With a stack of its own, since chains of foreign keys can be long.
struct Circles<'t> {
    targets: &'t [Vec<usize>],
    /// When a table was first seen.
    seen: Vec<Option<usize>>,
    /// The earliest table that is known to be reachable from a table, by when it was seen.
    earliest: Vec<usize>,
    /// Tables seen whose group is not complete.
    open: Vec<usize>,
    is_open: Vec<bool>,
    clock: usize,
    found: Vec<Vec<usize>>,
}

impl<'t> Circles<'t> {
    fn new(targets: &'t [Vec<usize>]) -> Self {
        Circles {
            targets,
            seen: vec![None; targets.len()],
            earliest: vec![0; targets.len()],
            open: Vec::new(),
            is_open: vec![false; targets.len()],
            clock: 0,
            found: Vec::new(),
        }
    }

    fn find(mut self) -> Vec<Vec<usize>> {
        for table in 0..self.targets.len() {
            if self.seen[table].is_none() {
                self.visit(table);
            }
        }
        self.found
    }

    fn visit(&mut self, start: usize) {
        // Tables on the way from `start`, each with how many of its targets are done.
        let mut path = vec![(start, 0)];
        self.enter(start);
        while let Some((table, done)) = path.last_mut() {
            let table = *table;
            if let Some(&target) = self.targets[table].get(*done) {
                *done += 1;
                match self.seen[target] {
                    None => {
                        self.enter(target);
                        path.push((target, 0));
                    }
                    Some(when) if self.is_open[target] => self.reaches(table, when),
                    Some(_) => {}
                }
            } else {
                path.pop();
                self.leave(table);
                if let Some(&(from, _)) = path.last() {
                    self.reaches(from, self.earliest[table]);
                }
            }
        }
    }

    fn enter(&mut self, table: usize) {
        self.seen[table] = Some(self.clock);
        self.earliest[table] = self.clock;
        self.clock += 1;
        self.open.push(table);
        self.is_open[table] = true;
    }

    fn reaches(&mut self, table: usize, when: usize) {
        self.earliest[table] = self.earliest[table].min(when);
    }

    /// Closes the group of `table`, if it was the first of it that was seen.
    fn leave(&mut self, table: usize) {
        if self.seen[table] != Some(self.earliest[table]) {
            return;
        }
        let first = self
            .open
            .iter()
            .rposition(|&open| open == table)
            .unwrap_or_default();
        let group = self.open.split_off(first);
        for &member in &group {
            self.is_open[member] = false;
        }
        self.found.push(group);
    }
}
