//! Relationships that are loaded by the query itself: joins, and columns behind those that it gives.

use std::rc::Rc;

use super::{
    fetch::{Fetch, of_schema},
    keys::Reference,
    load::{equal, instances, order},
};
use crate::{
    error::Result,
    model::{Along, Load, RelationInfo, TableInfo},
    row::Row,
    session::{Instances, instance::AnyInstance},
    sql::{self, Node},
};

/// What joined tables are called. A query that joins more of them loads the rest by queries of their own.
const NAMES: [&str; 16] = [
    "aludel_1",
    "aludel_2",
    "aludel_3",
    "aludel_4",
    "aludel_5",
    "aludel_6",
    "aludel_7",
    "aludel_8",
    "aludel_9",
    "aludel_10",
    "aludel_11",
    "aludel_12",
    "aludel_13",
    "aludel_14",
    "aludel_15",
    "aludel_16",
];

/// The relationships that a query loads by itself.
pub(crate) struct Joins {
    pub(crate) joined: Vec<Joined>,
    /// What is loaded by queries of its own: from which of those that are joined, or from the rows of the query.
    pub(crate) others: Vec<(Option<usize>, Fetch)>,
    names: std::slice::Iter<'static, &'static str>,
    /// Whether a row of the query may come several times.
    pub(crate) allows_many: bool,
    chain: Vec<&'static RelationInfo>,
}

/// A relationship that is joined.
pub(crate) struct Joined {
    pub(crate) relation: &'static RelationInfo,
    /// The foreign key along which it leaves its owner.
    pub(crate) reference: Reference,
    /// Which of those that are joined has it; `None` for the rows of the query.
    pub(crate) owner: Option<usize>,
    /// The tables whose columns are read: that in between, and that of the other side.
    tables: Vec<Read>,
}

/// A table whose columns are read, and how objects are made of them.
type Read = (&'static TableInfo, Instances);

/// What was read of a joined relationship for one row: the row in between, and that at the other side.
pub(crate) type JoinedRow = Option<(Rc<dyn AnyInstance>, Option<Rc<dyn AnyInstance>>)>;

impl Joins {
    pub(crate) fn none(fetches: Vec<Fetch>) -> Self {
        Joins {
            joined: Vec::new(),
            others: fetches.into_iter().map(|fetch| (None, fetch)).collect(),
            names: NAMES.iter(),
            allows_many: false,
            chain: Vec::new(),
        }
    }

    /// Joins what can be joined to a query whose rows are those of `table`, which it calls `alias`.
    pub(crate) fn of(
        tree: &mut sql::Select,
        (alias, table): (&'static str, &'static TableInfo),
        fetches: Vec<Fetch>,
        allows_many: bool,
    ) -> Result<Self> {
        let mut joins = Joins {
            allows_many,
            ..Joins::none(Vec::new())
        };
        joins.add_all(tree, None, (alias, table), fetches)?;
        Ok(joins)
    }

    fn add_all(
        &mut self,
        tree: &mut sql::Select,
        owner: Option<usize>,
        from: (&'static str, &'static TableInfo),
        fetches: Vec<Fetch>,
    ) -> Result<()> {
        for fetch in fetches {
            let reference = Reference::along(fetch.relation, from.1);
            let is_single = match fetch.relation.along {
                Along::Own(_) => true,
                Along::Other { .. } => reference.is_unique(),
                Along::Between { .. } => false,
            };
            let fits = fetch.how == Load::Joined && (is_single || self.allows_many);
            if !fits || self.names.len() < 2 {
                self.others.push((owner, fetch));
                continue;
            }
            self.add(tree, owner, from, fetch)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        tree: &mut sql::Select,
        owner: Option<usize>,
        (alias, table): (&'static str, &'static TableInfo),
        fetch: Fetch,
    ) -> Result<()> {
        let relation = fetch.relation;
        let reference = Reference::along(relation, table);
        let (tables, end) = self.join_all(tree, alias, relation, reference)?;
        tree.order.extend(order(relation, end.0, end.1));
        let place = self.joined.len();
        self.joined.push(Joined {
            relation,
            reference,
            owner,
            tables,
        });
        let mut behind = fetch.behind;
        self.chain.push(relation);
        behind.extend(of_schema(end.1, &behind, &self.chain));
        self.add_all(tree, Some(place), end, behind)?;
        self.chain.pop();
        Ok(())
    }

    /// Joins the tables of a relationship; gives them, and the last one with its name.
    fn join_all(
        &mut self,
        tree: &mut sql::Select,
        alias: &'static str,
        relation: &'static RelationInfo,
        reference: Reference,
    ) -> Result<(Vec<Read>, (&'static str, &'static TableInfo))> {
        let mut tables = Vec::new();
        let end = match relation.along {
            Along::Own(_) => {
                let name = self.name();
                let table = reference.key().table;
                tables.push(join(
                    tree,
                    table,
                    name,
                    equal(reference, alias, name),
                    relation,
                )?);
                (name, table)
            }
            Along::Other { table, .. } => {
                let name = self.name();
                tables.push(join(
                    tree,
                    table,
                    name,
                    equal(reference, name, alias),
                    relation,
                )?);
                (name, table)
            }
            Along::Between { table, there, .. } => {
                let (between, name) = (self.name(), self.name());
                let onward = Reference {
                    table,
                    position: there,
                };
                let on = equal(reference, between, alias);
                let plain = RelationInfo::new("", relation.along);
                tables.push(join(tree, table, between, on, &plain)?);
                let table = onward.key().table;
                tables.push(join(
                    tree,
                    table,
                    name,
                    equal(onward, between, name),
                    relation,
                )?);
                (name, table)
            }
        };
        Ok((tables, end))
    }

    fn name(&mut self) -> &'static str {
        self.names.next().expect("two names were left")
    }

    /// Reads what was joined of a row, from a column on.
    pub(crate) fn read(
        &self,
        row: &Row<'_>,
        mut at: usize,
        into: &mut Vec<JoinedRow>,
    ) -> Result<()> {
        for joined in &self.joined {
            let mut objects = Vec::with_capacity(joined.tables.len());
            for (table, instances) in &joined.tables {
                let mut key = table.primary_key.iter().map(|column| at + column);
                let is_there = !row.all_null(&mut key);
                objects.push(match is_there {
                    true => Some((instances.read)(row, at)?),
                    false => None,
                });
                at += table.columns.len();
            }
            let mut objects = objects.into_iter();
            into.push(match (objects.next().flatten(), objects.next()) {
                (Some(only), None) => Some((only, None)),
                (Some(between), Some(Some(other))) => Some((between, Some(other))),
                // There is no pair whose other side does not fit.
                (_, Some(None)) | (None, _) => None,
            });
        }
        Ok(())
    }

    /// Whether there is a relationship for which a row of the query may come several times.
    pub(crate) fn multiplies(&self) -> bool {
        self.joined
            .iter()
            .any(|joined| match joined.relation.along {
                Along::Own(_) => false,
                Along::Other { .. } => !joined.reference.is_unique(),
                Along::Between { .. } => true,
            })
    }
}

fn join(
    tree: &mut sql::Select,
    table: &'static TableInfo,
    alias: &'static str,
    on: Node,
    relation: &RelationInfo,
) -> Result<Read> {
    let filter = relation
        .filter
        .map(|text| Node::Condition { table: alias, text });
    let on = [on].into_iter().chain(filter).reduce(Node::both);
    tree.from.push(sql::From {
        join: sql::Join::Left(on.expect("there is one condition at least")),
        table,
        alias,
        derived: None,
    });
    tree.columns.push(Node::WholeRow { alias, table });
    Ok((table, instances(table)?))
}
