//! Unique values that have to be freed before they are taken.

use std::collections::HashMap;

use super::{
    Action, Facts,
    edges::{Cause, Edge},
    keys::{after, before, changes},
    tables::Tables,
};
use crate::{model::TableInfo, session::identity::Identity};

/// The primary key and the other unique keys.
pub(super) fn unique_keys(table: &'static TableInfo) -> impl Iterator<Item = &'static [usize]> {
    std::iter::once(table.primary_key)
        .chain(table.unique_keys.iter().copied())
        .filter(|columns| !columns.is_empty())
}

/// Lets rows wait for those whose unique values they take.
pub(super) fn find(facts: &dyn Facts, tables: &Tables, edges: &mut Vec<Edge>) {
    for table in tables.numbers() {
        let inserts = tables.units(table, Action::Insert);
        let updates = tables.units(table, Action::Update);
        let deletes = tables.units(table, Action::Delete);
        if inserts.len() + updates.len() == 0 || deletes.len() + updates.len() == 0 {
            continue;
        }
        for (number, columns) in (0_u32..).zip(unique_keys(tables.info(table))) {
            let changed = || {
                updates
                    .iter()
                    .filter(|&&unit| changes(facts, unit, columns))
            };
            let taken: Vec<(Identity, u32)> = inserts
                .iter()
                .chain(changed())
                .filter_map(|&unit| Some((after(facts, unit, columns)?, unit)))
                .collect();
            if taken.is_empty() {
                continue;
            }
            let freed: HashMap<Identity, u32> = deletes
                .iter()
                .chain(changed())
                .filter_map(|&unit| Some((before(facts, unit, columns)?, unit)))
                .collect();
            edges.extend(taken.into_iter().filter_map(|(key, to)| {
                let from = *freed.get(&key)?;
                let cause = Cause::Unique { key: number };
                (from != to).then_some(Edge { from, to, cause })
            }));
        }
    }
}
