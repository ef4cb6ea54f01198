//! The order of rows that wait for each other without circles.
//!
//! Each row has a place in the order of tables. Within tables that lead to each other, rows of one level come together: those
//! that wait for no other, those that wait for these, and so on, so that each level can be sent at once. Where a row waits for
//! one whose place comes later, it is written in a later round, with all that waits for it.

use std::collections::BTreeMap;

use super::{
    Action, Facts, Plan, Step,
    edges::{Cause, Edge},
    graph::Graph,
    tables::Tables,
};
use crate::value::Value;

/// The steps, in their order.
pub(super) fn arrange(
    facts: &dyn Facts,
    tables: &Tables,
    edges: &[Edge],
    keys: &BTreeMap<(u32, u32), Option<u32>>,
) -> Plan {
    let graph = Graph::new(tables.rows(), edges.iter().map(|edge| (edge.from, edge.to)));
    let sorted = graph.sorted();
    debug_assert_eq!(sorted.len(), tables.rows(), "no circles are left");
    let rows = Rows {
        facts,
        tables,
        edges,
        graph,
        sorted,
    };
    let places = rows.places(&rows.levels());
    let rounds = rows.rounds(&places);
    let mut steps: Vec<(u32, Place, Step)> = (0..tables.rows())
        .map(|unit| (rounds[unit], places[unit], Step::Write(unit)))
        .collect();
    // Foreign keys of a row may share columns, so that each waits for what all of them lead to.
    let mut connected = BTreeMap::<u32, u32>::new();
    for (&(unit, _), target) in keys {
        let round = connected.entry(unit).or_insert(rounds[unit as usize]);
        *round = target.map_or(*round, |target| rounds[target as usize].max(*round));
    }
    let mut postponed = Vec::new();
    for (&(unit, foreign_key), target) in keys {
        let table = tables.table(unit);
        let place = |phase| Place::new(phase, tables.group(table), 0, table, 0);
        let (row, key) = (unit as usize, foreign_key as usize);
        let columns = tables.info(table).foreign_keys[key].columns;
        if !led_nowhere(facts, row, columns) {
            let step = Step::Disconnect {
                unit: row,
                foreign_key: key,
            };
            steps.push((0, place(DISCONNECT), step));
        }
        if target.is_some() || !leads_nowhere(facts, row, columns) {
            let step = Step::Connect {
                unit: row,
                foreign_key: key,
            };
            steps.push((connected[&unit], place(CONNECT), step));
            postponed.push((row, key));
        }
    }
    steps.sort_by_key(|&(round, place, _)| (round, place));
    Plan {
        steps: steps.into_iter().map(|(_, _, step)| step).collect(),
        postponed,
    }
}

/// Whether a foreign key leads nowhere before its row is written: there is no row, or a part of it is NULL.
fn led_nowhere(facts: &dyn Facts, unit: usize, columns: &[usize]) -> bool {
    facts.action(unit) == Action::Insert
        || columns
            .iter()
            .any(|&column| facts.before(unit, column) == Some(Value::Null))
}

/// Whether a foreign key leads nowhere once its row is written: there is no row, or a part of it is NULL.
fn leads_nowhere(facts: &dyn Facts, unit: usize, columns: &[usize]) -> bool {
    facts.action(unit) == Action::Delete
        || columns
            .iter()
            .any(|&column| facts.after(unit, column) == Some(Value::Null))
}

const DISCONNECT: u8 = 0;
const SAVE: u8 = 1;
const CONNECT: u8 = 2;
const DELETE: u8 = 3;

/// Where a step stands in the order of tables: by phase, group of tables, level, table and kind, packed into one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u128);

impl Place {
    fn new(phase: u8, group: u32, level: u32, table: u32, kind: u8) -> Self {
        Place(
            u128::from(phase) << 112
                | u128::from(group) << 80
                | u128::from(level) << 48
                | u128::from(table) << 16
                | u128::from(kind),
        )
    }
}

struct Rows<'a> {
    facts: &'a dyn Facts,
    tables: &'a Tables,
    edges: &'a [Edge],
    graph: Graph,
    /// The rows, in an order that goes along the edges.
    sorted: Vec<u32>,
}

impl Rows<'_> {
    /// The phase of a row; its table, counted from the end where rows are deleted; and its kind.
    fn rank(&self, unit: u32) -> (u8, u32, u8) {
        let table = self.tables.table(unit);
        match self.facts.action(unit as usize) {
            Action::Update => (SAVE, table, 0),
            Action::Insert => (SAVE, table, 1),
            Action::Delete => (DELETE, self.tables.numbers().end - table, 0),
        }
    }

    /// By row, how many others of its group of tables come before it, one after the other.
    fn levels(&self) -> Vec<u32> {
        let mut levels = vec![0_u32; self.tables.rows()];
        for &from in &self.sorted {
            let (phase, table, kind) = self.rank(from);
            let group = self.tables.group(self.tables.table(from));
            for out in self.graph.outs(from) {
                let rank = self.rank(out.to);
                if rank.0 != phase || self.tables.group(self.tables.table(out.to)) != group {
                    continue;
                }
                // Rows of one table that lead to each other cannot be sent at once; those that only take values can.
                let unique = matches!(self.edges[out.edge as usize].cause, Cause::Unique { .. });
                let waits = match (table, kind).cmp(&(rank.1, rank.2)) {
                    std::cmp::Ordering::Less => false,
                    std::cmp::Ordering::Equal => !unique || from > out.to,
                    std::cmp::Ordering::Greater => true,
                };
                let level = levels[from as usize] + u32::from(waits);
                let there = &mut levels[out.to as usize];
                *there = level.max(*there);
            }
        }
        levels
    }

    fn places(&self, levels: &[u32]) -> Vec<Place> {
        let last = self.tables.numbers().end;
        (0_u32..)
            .zip(levels)
            .map(|(unit, &level)| {
                let (phase, table, kind) = self.rank(unit);
                let group = self.tables.group(self.tables.table(unit));
                let group = if phase == DELETE { last - group } else { group };
                Place::new(phase, group, level, table, kind)
            })
            .collect()
    }

    /// By row, how often the order of tables has to begin again before it can be written.
    fn rounds(&self, places: &[Place]) -> Vec<u32> {
        let mut rounds = vec![0_u32; self.tables.rows()];
        for &from in &self.sorted {
            for out in self.graph.outs(from) {
                let later = (places[from as usize], from) > (places[out.to as usize], out.to);
                let round = rounds[from as usize] + u32::from(later);
                let there = &mut rounds[out.to as usize];
                *there = round.max(*there);
            }
        }
        rounds
    }
}
