//! The tables of a flush: their order, and which rows are theirs.

use std::cmp::Reverse;

use super::{
    Action, Facts, Step,
    graph::{Finder, Graph},
};
use crate::model::{ForeignKeyInfo, TableInfo};

/// The tables whose rows are written, numbered in the order in which rows are saved.
pub(super) struct Tables {
    list: Vec<&'static TableInfo>,
    /// The table of each row.
    of: Vec<u32>,
    /// By table: the group of tables that lead to each other.
    groups: Vec<u32>,
    /// By table and foreign key: the table that it leads to, where rows of that are written.
    targets: Vec<Vec<Option<u32>>>,
    /// By table and action, where the rows begin in `rows`.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Tables {
    pub(super) fn of(facts: &dyn Facts) -> Self {
        let (found, mut of) = collect(facts);
        let targets = targets(&found);
        let order = sorted(&found, &targets);
        let mut place = vec![0_u32; found.len()];
        for (new, &(old, _)) in (0_u32..).zip(&order) {
            place[old as usize] = new;
        }
        for table in &mut of {
            *table = place[*table as usize];
        }
        let moved = |target: &Option<u32>| target.map(|target| place[target as usize]);
        let targets = order
            .iter()
            .map(|&(old, _)| targets[old as usize].iter().map(moved).collect())
            .collect();
        let list = order.iter().map(|&(old, _)| found[old as usize]).collect();
        let groups = order.iter().map(|&(_, group)| group).collect();
        let (starts, rows) = bucketed(facts, &of, found.len());
        Tables {
            list,
            of,
            groups,
            targets,
            starts,
            rows,
        }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.of.len()
    }

    pub(super) fn numbers(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.list.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn info(&self, table: u32) -> &'static TableInfo {
        self.list[table as usize]
    }

    /// The table of a row.
    pub(super) fn table(&self, unit: u32) -> u32 {
        self.of[unit as usize]
    }

    /// The group of tables that lead to each other which a table belongs to.
    pub(super) fn group(&self, table: u32) -> u32 {
        self.groups[table as usize]
    }

    /// The foreign keys of a table that lead to tables whose rows are written, with those.
    pub(super) fn links(
        &self,
        table: u32,
    ) -> impl Iterator<Item = (u32, &'static ForeignKeyInfo, u32)> {
        let keys = (0_u32..).zip(self.info(table).foreign_keys);
        keys.zip(&self.targets[table as usize])
            .filter_map(|((position, key), target)| Some((position, key, (*target)?)))
    }

    /// The rows of a table that something is done to, in the order in which they came.
    pub(super) fn units(&self, table: u32, action: Action) -> &[u32] {
        let bucket = bucket(table, action);
        &self.rows[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    /// What is to be done where no row has to wait for another but for its table's sake.
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::with_capacity(self.rows());
        let mut write = |units: &[u32]| {
            steps.extend(units.iter().map(|&unit| Step::Write(unit as usize)));
        };
        for table in self.numbers() {
            write(self.units(table, Action::Update));
            write(self.units(table, Action::Insert));
        }
        for table in self.numbers().rev() {
            write(self.units(table, Action::Delete));
        }
        steps
    }
}

/// The tables in the order in which they are met, and the table of each row.
fn collect(facts: &dyn Facts) -> (Vec<&'static TableInfo>, Vec<u32>) {
    let mut found: Vec<&'static TableInfo> = Vec::new();
    // By address, so that a flush of many tables does not search long.
    let mut known: Vec<(*const TableInfo, u32)> = Vec::new();
    let mut last: Option<(*const TableInfo, u32)> = None;
    let mut of = Vec::with_capacity(facts.len());
    for unit in 0..facts.len() {
        let table = facts.table(unit);
        let address = std::ptr::from_ref(table);
        if let Some((same, number)) = last
            && same == address
        {
            of.push(number);
            continue;
        }
        let number = match known.binary_search_by_key(&address, |&(address, _)| address) {
            Ok(place) => known[place].1,
            Err(place) => {
                let number = u32::try_from(found.len()).unwrap_or(u32::MAX);
                found.push(table);
                known.insert(place, (address, number));
                number
            }
        };
        last = Some((address, number));
        of.push(number);
    }
    (found, of)
}

fn targets(found: &[&'static TableInfo]) -> Vec<Vec<Option<u32>>> {
    let target = |key: &ForeignKeyInfo| {
        let place = found
            .iter()
            .position(|&table| std::ptr::eq(table, key.table));
        place.and_then(|place| u32::try_from(place).ok())
    };
    found
        .iter()
        .map(|table| table.foreign_keys.iter().map(target).collect())
        .collect()
}

/// The tables in the order of their foreign keys, those that are free by name, each with the number of its group.
fn sorted(found: &[&'static TableInfo], targets: &[Vec<Option<u32>>]) -> Vec<(u32, u32)> {
    let edges = || {
        (0_u32..).zip(targets).flat_map(|(table, targets)| {
            targets.iter().flatten().map(move |&target| (target, table))
        })
    };
    let edges: Vec<(u32, u32)> = edges().collect();
    let graph = Graph::new(found.len(), edges.iter().copied());
    let name = |table: u32| (found[table as usize].name, found[table as usize].schema);
    let nodes: Vec<u32> = (0_u32..).take(found.len()).collect();
    let mut groups = Finder::new(&graph).groups(&nodes, &|_| true);
    let mut group_of = vec![0_usize; found.len()];
    for (number, group) in groups.iter_mut().enumerate() {
        group.sort_by_key(|&table| name(table));
        for &table in group.iter() {
            group_of[table as usize] = number;
        }
    }
    let mut waits = vec![0_u32; groups.len()];
    let between = |&(from, to): &(u32, u32)| {
        let (from, to) = (group_of[from as usize], group_of[to as usize]);
        (from != to).then_some((from, to))
    };
    for (_, to) in edges.iter().filter_map(between) {
        waits[to] += 1;
    }
    let first = |group: usize| Reverse((name(groups[group][0]), group));
    let mut free: std::collections::BinaryHeap<_> = (0..groups.len())
        .filter(|&group| waits[group] == 0)
        .map(first)
        .collect();
    let mut order = Vec::with_capacity(found.len());
    let mut number = 0;
    while let Some(Reverse((_, group))) = free.pop() {
        order.extend(groups[group].iter().map(|&table| (table, number)));
        number += 1;
        for (_, to) in edges
            .iter()
            .filter_map(between)
            .filter(|&(from, _)| from == group)
        {
            waits[to] -= 1;
            if waits[to] == 0 {
                free.push(first(to));
            }
        }
    }
    order
}

fn bucket(table: u32, action: Action) -> usize {
    let action = match action {
        Action::Update => 0,
        Action::Insert => 1,
        Action::Delete => 2,
    };
    table as usize * 3 + action
}

/// The rows by table and action, and where each of these begins.
fn bucketed(facts: &dyn Facts, of: &[u32], tables: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; tables * 3 + 1];
    let mut buckets = Vec::with_capacity(of.len());
    for (unit, &table) in of.iter().enumerate() {
        let bucket = bucket(table, facts.action(unit));
        buckets.push(bucket);
        starts[bucket + 1] += 1;
    }
    for bucket in 0..tables * 3 {
        starts[bucket + 1] += starts[bucket];
    }
    let mut next = starts.clone();
    let mut rows = vec![0_u32; of.len()];
    for (unit, bucket) in (0_u32..).zip(buckets) {
        rows[next[bucket] as usize] = unit;
        next[bucket] += 1;
    }
    (starts, rows)
}
