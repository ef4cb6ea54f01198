//! How a test says which rows are written, and which steps that has to give.

use super::simulation;
use crate::{
    error::ErrorKind,
    model::TableInfo,
    session::plan::{Action, Facts, Plan, Step, plan},
    value::Value,
};

/// A row that is written, and all that is known of it.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) table: &'static TableInfo,
    pub(super) action: Action,
    pub(super) before: Vec<Value>,
    /// `None` for what the database is going to say.
    pub(super) after: Vec<Option<Value>>,
    /// Which foreign key leads to which insert.
    pub(super) leads_to: Vec<(usize, usize)>,
}

impl Unit {
    pub(super) fn leading(mut self, foreign_key: usize, unit: usize) -> Self {
        self.leads_to.push((foreign_key, unit));
        self
    }
}

impl Facts for Vec<Unit> {
    fn len(&self) -> usize {
        self.len()
    }

    fn table(&self, unit: usize) -> &'static TableInfo {
        self[unit].table
    }

    fn action(&self, unit: usize) -> Action {
        self[unit].action
    }

    fn before(&self, unit: usize, column: usize) -> Option<Value> {
        self[unit].before.get(column).cloned()
    }

    fn after(&self, unit: usize, column: usize) -> Option<Value> {
        self[unit].after.get(column).cloned().flatten()
    }

    fn leads_to(&self, unit: usize, foreign_key: usize) -> Option<usize> {
        let mut links = self[unit].leads_to.iter();
        links
            .find(|(key, _)| *key == foreign_key)
            .map(|(_, to)| *to)
    }
}

/// The number for NULL, and the one for what the database is going to say.
pub(super) const NULL: i64 = -1;
pub(super) const ASK: i64 = -2;

fn value(number: i64) -> Value {
    if number == NULL {
        Value::Null
    } else {
        Value::Int(number)
    }
}

pub(super) fn insert<const N: usize>(table: &'static TableInfo, after: [i64; N]) -> Unit {
    assert_eq!(N, table.columns.len());
    Unit {
        table,
        action: Action::Insert,
        before: Vec::new(),
        after: after
            .map(|number| (number != ASK).then(|| value(number)))
            .to_vec(),
        leads_to: Vec::new(),
    }
}

pub(super) fn update<const N: usize>(
    table: &'static TableInfo,
    before: [i64; N],
    after: [i64; N],
) -> Unit {
    Unit {
        action: Action::Update,
        before: before.map(value).to_vec(),
        ..insert(table, after)
    }
}

pub(super) fn delete<const N: usize>(table: &'static TableInfo, before: [i64; N]) -> Unit {
    Unit {
        action: Action::Delete,
        before: before.map(value).to_vec(),
        after: Vec::new(),
        ..insert(table, before)
    }
}

/// The steps: the numbers of rows, `u-f` for a foreign key that is disconnected, `u+f` for one that is connected.
pub(super) fn shown(plan: &Plan) -> String {
    let steps = plan.steps.iter().map(|step| match step {
        Step::Write(unit) => unit.to_string(),
        Step::Connect { unit, foreign_key } => format!("{unit}+{foreign_key}"),
        Step::Disconnect { unit, foreign_key } => format!("{unit}-{foreign_key}"),
    });
    steps.collect::<Vec<_>>().join(" ")
}

#[track_caller]
pub(super) fn holds(scenarios: Vec<(&str, Vec<Unit>, &str)>) {
    for (name, units, expected) in scenarios {
        let plan = plan(&units).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(shown(&plan), expected, "{name}");
        for (unit, facts) in units.iter().enumerate() {
            for foreign_key in 0..facts.table.foreign_keys.len() {
                let connects = plan.steps.contains(&Step::Connect { unit, foreign_key });
                assert_eq!(plan.postpones(unit, foreign_key), connects, "{name}");
            }
        }
        simulation::succeeds(name, &units, &plan);
    }
}

#[track_caller]
pub(super) fn refuses(scenarios: Vec<(&str, Vec<Unit>, &str)>) {
    for (name, units, expected) in scenarios {
        let error = plan(&units).expect_err(name);
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name}");
        assert_eq!(error.message(), expected, "{name}");
    }
}
