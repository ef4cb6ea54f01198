//! Flushes at random: whatever is planned works, and whatever is refused could not.

use std::ops::Range;

use super::{
    scenario::{Unit, shown},
    schema::{ALL, BOOKING, COMPANY, EMPLOYEE, HEAD, LINK, NODE, PART, PROFILE, ROOM, TEAM, USER},
    simulation::{Flush, Row, Rows, violation},
};
use crate::{
    error::ErrorKind,
    model::TableInfo,
    session::plan::{Action, Step, opening_columns, plan},
    value::Value,
};

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

/// A row's values: small numbers, so that they meet.
fn values(dice: &mut Dice, table: &TableInfo, numbers: &Range<i64>) -> Vec<Value> {
    let number = |dice: &mut Dice| {
        let many = usize::try_from(numbers.end - numbers.start).unwrap();
        Value::Int(numbers.start + i64::try_from(dice.below(many)).unwrap())
    };
    let columns = table.columns.iter();
    columns
        .map(|column| {
            if column.nullable && dice.one_in(4) {
                Value::Null
            } else {
                number(dice)
            }
        })
        .collect()
}

/// Rows without a violation: what does not fit is left out.
fn start(
    dice: &mut Dice,
    tables: &[&'static TableInfo],
    most: usize,
    numbers: &Range<i64>,
) -> Rows {
    let mut rows = Rows::new();
    for number in 0..dice.below(most + 1) {
        let table = dice.pick(tables);
        rows.insert(
            number,
            Row {
                table,
                values: values(dice, table, numbers),
            },
        );
    }
    repaired(dice, rows, numbers)
}

/// Changes rows that are wrong, and takes some away, until none is.
fn repaired(dice: &mut Dice, mut rows: Rows, numbers: &Range<i64>) -> Rows {
    let mut attempts = 0;
    while let Some((mut number, _)) = violation(&rows, true) {
        attempts += 1;
        if dice.one_in(3) {
            let all: Vec<usize> = rows.keys().copied().collect();
            number = dice.pick(&all);
        }
        if attempts > 20 {
            rows.remove(&number);
        } else if let Some(row) = rows.get_mut(&number) {
            row.values = values(dice, row.table, numbers);
        }
    }
    rows
}

fn flush(dice: &mut Dice, tables: &[&'static TableInfo], most: usize) -> Flush {
    let numbers = 0..i64::try_from(dice.below(most) + 2).unwrap();
    let start = start(dice, tables, most, &numbers);
    let mut wanted = start.clone();
    for &number in start.keys() {
        match dice.below(4) {
            0 => {
                wanted.remove(&number);
            }
            1 => {
                let row = wanted.get_mut(&number).unwrap();
                let fresh = values(dice, row.table, &numbers);
                let column = dice.below(fresh.len());
                // Keys change seldom.
                if !row.table.primary_key.contains(&column) || dice.one_in(4) {
                    row.values[column] = fresh[column].clone();
                }
            }
            2 => {
                let row = wanted.get_mut(&number).unwrap();
                let fresh = values(dice, row.table, &numbers);
                row.values[1..].clone_from_slice(&fresh[1..]);
            }
            _ => {}
        }
    }
    for number in 0..dice.below(most) {
        let table = dice.pick(tables);
        wanted.insert(
            100 + number,
            Row {
                table,
                values: values(dice, table, &numbers),
            },
        );
    }
    let wanted = repaired(dice, wanted, &numbers);
    described(dice, start, wanted)
}

/// What has changed, in an order that says nothing; some keys are the database's to give.
fn described(dice: &mut Dice, start: Rows, wanted: Rows) -> Flush {
    let mut rows: Vec<usize> = start.keys().chain(wanted.keys()).copied().collect();
    rows.sort_unstable();
    rows.dedup();
    rows.retain(|number| start.get(number) != wanted.get(number));
    for place in (1..rows.len()).rev() {
        rows.swap(place, dice.below(place + 1));
    }
    let mut units: Vec<Unit> = rows
        .iter()
        .map(|number| match (start.get(number), wanted.get(number)) {
            (before, Some(row)) => Unit {
                table: row.table,
                action: if before.is_some() {
                    Action::Update
                } else {
                    Action::Insert
                },
                before: before.map(|row| row.values.clone()).unwrap_or_default(),
                after: row.values.iter().cloned().map(Some).collect(),
                leads_to: Vec::new(),
            },
            (before, None) => Unit {
                table: before.unwrap().table,
                action: Action::Delete,
                before: before.unwrap().values.clone(),
                after: Vec::new(),
                leads_to: Vec::new(),
            },
        })
        .collect();
    for target in 0..units.len() {
        if units[target].action == Action::Insert {
            // The database gives no number twice.
            let Unit { table, after, .. } = &units[target];
            let mut others = start.values().filter(|row| std::ptr::eq(row.table, *table));
            let is_new = others.all(|row| Some(&row.values[0]) != after[0].as_ref());
            let asks = table.primary_key.len() == 1 && is_new && dice.one_in(2);
            lead(dice, &mut units, target, asks);
            if asks {
                units[target].after[0] = None;
            }
        }
    }
    Flush {
        units,
        rows,
        start,
        wanted,
    }
}

/// Lets objects lead to a new row: all that lead there where its key is not known, otherwise some.
fn lead(dice: &mut Dice, units: &mut [Unit], target: usize, asks: bool) {
    let Unit { table, after, .. } = units[target].clone();
    for unit in units
        .iter_mut()
        .filter(|unit| unit.action != Action::Delete)
    {
        let before = unit.before.clone();
        for (number, key) in unit.table.foreign_keys.iter().enumerate() {
            let there: Vec<_> = key
                .references
                .iter()
                .map(|&column| after[column].clone())
                .collect();
            let here: Vec<_> = key
                .columns
                .iter()
                .map(|&column| unit.after[column].clone())
                .collect();
            let old: Vec<_> = key
                .columns
                .iter()
                .map(|&column| before.get(column).cloned())
                .collect();
            let is_there = std::ptr::eq(key.table, table) && here == there && old != here;
            if is_there && (asks || dice.one_in(2)) {
                unit.leads_to.push((number, target));
                if asks {
                    key.columns
                        .iter()
                        .for_each(|&column| unit.after[column] = None);
                }
            }
        }
    }
}

/// Whether some order of rows works, each written at once.
fn any_order_works(flush: &Flush) -> bool {
    any_order(&mut (0..flush.units.len()).collect(), 0, &mut |units| {
        let steps: Vec<Step> = units.iter().copied().map(Step::Write).collect();
        flush.run(&steps, &|_, _| false).is_ok()
    })
}

/// Whether some order of rows works, where all foreign keys are NULL meanwhile that can be.
fn any_order_works_opened(flush: &Flush) -> bool {
    let all = flush.units.iter().enumerate().flat_map(|(unit, facts)| {
        let keys = 0..facts.table.foreign_keys.len();
        let opened = keys.filter(|&key| opening_columns(facts.table, key).next().is_some());
        opened.map(move |foreign_key| (unit, foreign_key))
    });
    let all: Vec<(usize, usize)> = all.collect();
    let action = |unit: usize| flush.units[unit].action;
    let before = all
        .iter()
        .filter(|(unit, _)| action(*unit) != Action::Insert);
    let before = before.map(|&(unit, foreign_key)| Step::Disconnect { unit, foreign_key });
    let after = all
        .iter()
        .filter(|(unit, _)| action(*unit) != Action::Delete);
    let after = after.map(|&(unit, foreign_key)| Step::Connect { unit, foreign_key });
    any_order(&mut (0..flush.units.len()).collect(), 0, &mut |units| {
        let written = units.iter().copied().map(Step::Write);
        let steps: Vec<Step> = before.clone().chain(written).chain(after.clone()).collect();
        flush
            .run(&steps, &|unit, key| all.contains(&(unit, key)))
            .is_ok()
    })
}

fn any_order(units: &mut Vec<usize>, from: usize, works: &mut dyn FnMut(&[usize]) -> bool) -> bool {
    if from == units.len() {
        return works(units);
    }
    (from..units.len()).any(|place| {
        units.swap(from, place);
        let found = any_order(units, from + 1, works);
        units.swap(from, place);
        found
    })
}

/// The flush, to find out why it fails.
fn told(flush: &Flush) -> String {
    let list = |values: &[Value]| {
        values
            .iter()
            .map(Value::to_string)
            .collect::<Vec<_>>()
            .join(",")
    };
    let units = flush.units.iter().zip(&flush.rows).enumerate().map(|(unit, (facts, row))| {
        let Unit { table, action, leads_to, .. } = facts;
        let wanted = flush.wanted.get(row).map(|row| list(&row.values));
        let asks = facts.after.iter().filter(|value| value.is_none()).count();
        format!(
            "\n{unit} (row {row}): {action:?} {} [{}] {wanted:?}, {asks} unknown, leads to {leads_to:?}",
            table.name,
            list(&facts.before),
        )
    });
    let others = flush
        .start
        .iter()
        .filter(|(row, _)| !flush.rows.contains(row));
    let others = others.map(|(_, row)| format!("\n{} [{}]", row.table.name, list(&row.values)));
    units.chain(others).collect()
}

/// What became of many flushes.
#[derive(Debug, Default)]
struct Tally {
    planned: usize,
    opened: usize,
    refused: usize,
}

fn try_many(seed: u64, times: usize, tables: &[&'static TableInfo], most: usize) -> Tally {
    let mut tally = Tally::default();
    for round in 0..times {
        let mut dice = Dice(seed * 1_000_003 + round as u64);
        let flush = flush(&mut dice, tables, most);
        if flush.is_beyond_order() {
            continue;
        }
        let told = || format!("seed {seed}, round {round}:{}", told(&flush));
        match plan(&flush.units) {
            Ok(plan) => {
                let done = flush.run(&plan.steps, &|unit, key| plan.postpones(unit, key));
                assert_eq!(done, Ok(()), "{}\n{}", shown(&plan), told());
                let opened = plan.steps.len() > flush.units.len();
                if opened && flush.units.len() <= 5 {
                    assert!(!any_order_works(&flush), "{}\n{}", shown(&plan), told());
                }
                tally.planned += 1;
                tally.opened += usize::from(opened);
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::InvalidRequest);
                if flush.units.len() <= 5 {
                    assert!(!any_order_works(&flush), "{error}\n{}", told());
                    // An exchange of unique values is refused even where one of them is a foreign key that could be NULL.
                    let exchanges = error.message().contains("unique");
                    assert!(
                        exchanges || !any_order_works_opened(&flush),
                        "{error}\n{}",
                        told()
                    );
                }
                tally.refused += 1;
            }
        }
    }
    tally
}

#[test]
fn whatever_is_planned_works_and_whatever_is_refused_could_not() {
    let schemas: [&[&TableInfo]; 9] = [
        &[&NODE],
        &[&PART],
        &[&LINK],
        &[&COMPANY, &EMPLOYEE],
        &[&TEAM, &HEAD],
        &[&ROOM, &BOOKING],
        &[&USER, &PROFILE],
        &[&USER, &super::schema::ADDRESS, &super::schema::ORDER],
        &ALL,
    ];
    let mut all = Tally::default();
    for (seed, tables) in (1..).zip(schemas) {
        for (most, times) in [(4, 1_200), (9, 300)] {
            let tally = try_many(seed, times, tables, most);
            all.planned += tally.planned;
            all.opened += tally.opened;
            all.refused += tally.refused;
        }
    }
    // A generator of flushes that are all easy, or all impossible, would prove nothing.
    assert!(all.opened > 500 && all.refused > 100, "{all:?}");
    assert!(all.planned > 10_000, "{all:?}");
}
