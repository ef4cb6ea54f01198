//! Which row has to wait for which.

use super::{
    Action, Facts,
    keys::{KeysByTable, after, before, changes},
    tables::Tables,
    unique,
};
use crate::model::ForeignKeyInfo;

/// `to` is written after `from`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) cause: Cause,
}

/// Why a row waits for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// This foreign key of it leads to the other.
    Leads { foreign_key: u32 },
    /// It goes away, and this foreign key of the other leads to it until then.
    Left { foreign_key: u32 },
    /// It takes a unique value from the other.
    Unique { key: u32 },
}

impl Edge {
    /// The row and the foreign key that would open a circle.
    pub(super) fn foreign_key(&self) -> Option<(u32, u32)> {
        match self.cause {
            Cause::Leads { foreign_key } => Some((self.to, foreign_key)),
            Cause::Left { foreign_key } => Some((self.from, foreign_key)),
            Cause::Unique { .. } => None,
        }
    }
}

/// All that says that the order of the tables is not enough.
#[derive(Default)]
pub(super) struct Edges {
    pub(super) list: Vec<Edge>,
    /// The foreign keys by which a row leads to itself before its key is known.
    pub(super) selfish: Vec<(u32, u32)>,
}

impl Edges {
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.selfish.is_empty()
    }

    pub(super) fn find(facts: &dyn Facts, tables: &Tables) -> Self {
        let mut edges = Edges::default();
        unique::find(facts, tables, &mut edges.list);
        // What waits for a value to be freed is out of the order of the tables, and so may be all that waits for that.
        let all = !edges.list.is_empty() || changes_a_key(facts, tables);
        let mut keys = KeysByTable::default();
        for table in tables.numbers() {
            for (number, foreign_key, target) in tables.links(table) {
                if all || tables.group(table) == tables.group(target) {
                    let link = Link {
                        facts,
                        tables,
                        table,
                        number,
                        foreign_key,
                        target,
                    };
                    link.saves(&mut keys, &mut edges);
                    link.leaves(&mut keys, &mut edges);
                }
            }
        }
        edges
    }
}

/// Whether an update changes columns that a foreign key leads to.
fn changes_a_key(facts: &dyn Facts, tables: &Tables) -> bool {
    tables.numbers().any(|table| {
        tables.links(table).any(|(_, foreign_key, target)| {
            let mut updates = tables.units(target, Action::Update).iter();
            updates.any(|&unit| changes(facts, unit, foreign_key.references))
        })
    })
}

/// A foreign key of a table whose rows are looked at one by one.
struct Link<'a> {
    facts: &'a dyn Facts,
    tables: &'a Tables,
    table: u32,
    number: u32,
    foreign_key: &'static ForeignKeyInfo,
    target: u32,
}

impl Link<'_> {
    fn leads_to(&self, unit: u32) -> Option<u32> {
        let target = self.facts.leads_to(unit as usize, self.number as usize)?;
        u32::try_from(target).ok()
    }

    /// Lets rows wait for those that they lead to.
    fn saves(&self, keys: &mut KeysByTable, edges: &mut Edges) {
        let targets = |action| !self.tables.units(self.target, action).is_empty();
        if !targets(Action::Insert) && !targets(Action::Update) {
            return;
        }
        let cause = Cause::Leads {
            foreign_key: self.number,
        };
        for action in [Action::Update, Action::Insert] {
            for &to in self.tables.units(self.table, action) {
                let from = match self.leads_to(to) {
                    Some(from) => Some(from),
                    None => self.found(to, action, keys),
                };
                match from {
                    Some(from) if from != to => edges.list.push(Edge { from, to, cause }),
                    Some(_) if after(self.facts, to, self.foreign_key.references).is_none() => {
                        edges.selfish.push((to, self.number));
                    }
                    _ => {}
                }
            }
        }
    }

    /// The row that a row is going to lead to by its values, where that is not there already.
    fn found(&self, unit: u32, action: Action, keys: &mut KeysByTable) -> Option<u32> {
        let ForeignKeyInfo {
            columns,
            references,
            ..
        } = self.foreign_key;
        if action == Action::Update && !changes(self.facts, unit, columns) {
            return None;
        }
        let key = after(self.facts, unit, columns)?;
        let keys = keys.get(self.facts, self.tables, self.target, references);
        keys.supplied.get(&key).copied()
    }

    /// Lets rows that go away wait for those that lead to them.
    fn leaves(&self, keys: &mut KeysByTable, edges: &mut Edges) {
        let targets = |action| !self.tables.units(self.target, action).is_empty();
        if !targets(Action::Delete) && !targets(Action::Update) {
            return;
        }
        let ForeignKeyInfo {
            columns,
            references,
            ..
        } = self.foreign_key;
        let cause = Cause::Left {
            foreign_key: self.number,
        };
        for action in [Action::Update, Action::Delete] {
            for &from in self.tables.units(self.table, action) {
                let moves = action == Action::Delete || changes(self.facts, from, columns);
                let Some(key) = moves.then(|| before(self.facts, from, columns)).flatten() else {
                    continue;
                };
                let keys = keys.get(self.facts, self.tables, self.target, references);
                if let Some(&to) = keys.vacated.get(&key)
                    && to != from
                    && !self.follows(from, to)
                {
                    edges.list.push(Edge { from, to, cause });
                }
            }
        }
    }

    /// Whether a row goes on leading to the same row, whose key changes: the database takes it along, or nothing does.
    fn follows(&self, unit: u32, target: u32) -> bool {
        let ForeignKeyInfo {
            columns,
            references,
            ..
        } = self.foreign_key;
        after(self.facts, unit, columns)
            .is_some_and(|key| after(self.facts, target, references) == Some(key))
    }
}
