//! The values by which rows find each other.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{Action, Facts, tables::Tables};
use crate::session::identity::Identity;

/// The values of these columns as the database has them, where none is NULL.
pub(super) fn before(facts: &dyn Facts, unit: u32, columns: &[usize]) -> Option<Identity> {
    identity(columns, |column| facts.before(unit as usize, column))
}

/// The values of these columns as they are going to be, where all are known and none is NULL.
pub(super) fn after(facts: &dyn Facts, unit: u32, columns: &[usize]) -> Option<Identity> {
    identity(columns, |column| facts.after(unit as usize, column))
}

fn identity(
    columns: &[usize],
    value: impl Fn(usize) -> Option<crate::value::Value>,
) -> Option<Identity> {
    if let [column] = columns {
        return Identity::of([value(*column)?]);
    }
    let values: Option<Vec<_>> = columns.iter().map(|&column| value(column)).collect();
    Identity::of(values?)
}

/// Whether an update changes one of these columns, as far as is known.
pub(super) fn changes(facts: &dyn Facts, unit: u32, columns: &[usize]) -> bool {
    columns
        .iter()
        .any(|&column| facts.changes(unit as usize, column))
}

/// Which row of a table has which key, for the keys that change hands.
pub(super) struct Keys {
    /// The keys that rows are going to have.
    pub(super) supplied: HashMap<Identity, u32, RandomState>,
    /// The keys that rows lose.
    pub(super) vacated: HashMap<Identity, u32, RandomState>,
}

impl Keys {
    fn of(facts: &dyn Facts, tables: &Tables, table: u32, columns: &[usize]) -> Self {
        let count = |action| tables.units(table, action).len();
        let mut keys = Keys {
            supplied: HashMap::with_capacity_and_hasher(
                count(Action::Insert),
                RandomState::default(),
            ),
            vacated: HashMap::with_capacity_and_hasher(
                count(Action::Delete),
                RandomState::default(),
            ),
        };
        for &unit in tables.units(table, Action::Insert) {
            keys.supplied
                .extend(after(facts, unit, columns).map(|key| (key, unit)));
        }
        for &unit in tables.units(table, Action::Delete) {
            keys.vacated
                .extend(before(facts, unit, columns).map(|key| (key, unit)));
        }
        for &unit in tables.units(table, Action::Update) {
            if changes(facts, unit, columns) {
                keys.supplied
                    .extend(after(facts, unit, columns).map(|key| (key, unit)));
                keys.vacated
                    .extend(before(facts, unit, columns).map(|key| (key, unit)));
            }
        }
        keys
    }
}

/// The keys of tables, found out when somebody asks.
#[derive(Default)]
pub(super) struct KeysByTable(HashMap<(u32, &'static [usize]), Keys>);

impl KeysByTable {
    pub(super) fn get(
        &mut self,
        facts: &dyn Facts,
        tables: &Tables,
        table: u32,
        columns: &'static [usize],
    ) -> &Keys {
        self.0
            .entry((table, columns))
            .or_insert_with(|| Keys::of(facts, tables, table, columns))
    }
}
