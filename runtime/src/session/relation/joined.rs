//! Relationships that are loaded by the query itself: joins, and columns behind those that it gives.

use super::{
    fetch::{Fetch, of_schema},
    keys::Reference,
    load::{equal, order},
    read_rows::ReadRows,
};
use crate::{
    error::Result,
    model::{Along, Load, RelationInfo, TableInfo},
    row::Row,
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
    /// The table whose columns are read: that in between, or that of the other side.
    table: &'static TableInfo,
    /// That of the other side behind one in between.
    other: Option<&'static TableInfo>,
}

/// The nearer table of a relationship, the one behind that, and the last with what the query calls it.
type Ends = (
    &'static TableInfo,
    Option<&'static TableInfo>,
    (&'static str, &'static TableInfo),
);

/// What was read of joined relationships.
pub(crate) struct JoinedRows {
    /// The rows of each.
    pub(crate) of: Vec<ReadRows>,
    /// For each row of the query and each relationship, whether one was there.
    pub(crate) is_there: Vec<bool>,
}

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
        let (table, other, end) = self.join_all(tree, alias, relation, reference);
        tree.order.extend(order(relation, end.0, end.1));
        let place = self.joined.len();
        self.joined.push(Joined {
            relation,
            reference,
            owner,
            table,
            other,
        });
        let mut behind = fetch.behind;
        self.chain.push(relation);
        behind.extend(of_schema(end.1, &behind, &self.chain));
        self.add_all(tree, Some(place), end, behind)?;
        self.chain.pop();
        Ok(())
    }

    /// Joins the tables of a relationship; gives the nearer one, the one behind that, and the last with its name.
    fn join_all(
        &mut self,
        tree: &mut sql::Select,
        alias: &'static str,
        relation: &'static RelationInfo,
        reference: Reference,
    ) -> Ends {
        let name = self.name();
        match relation.along {
            Along::Own(_) => {
                let table = reference.key().table;
                join(tree, table, name, equal(reference, alias, name), relation);
                (table, None, (name, table))
            }
            Along::Other { table, .. } => {
                join(tree, table, name, equal(reference, name, alias), relation);
                (table, None, (name, table))
            }
            Along::Between { table, there, .. } => {
                let onward = Reference {
                    table,
                    position: there,
                };
                let plain = RelationInfo::new("", relation.along);
                join(tree, table, name, equal(reference, name, alias), &plain);
                let (end, last) = (onward.key().table, self.name());
                join(tree, end, last, equal(onward, name, last), relation);
                (table, Some(end), (last, end))
            }
        }
    }

    fn name(&mut self) -> &'static str {
        self.names.next().expect("two names were left")
    }

    /// Room for what is read of them.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where one of their tables has no primary key.
    pub(crate) fn room(&self) -> Result<JoinedRows> {
        let joined = self.joined.iter();
        let of = joined.map(|joined| ReadRows::of(joined.table, joined.other));
        Ok(JoinedRows {
            of: of.collect::<Result<_>>()?,
            is_there: Vec::new(),
        })
    }

    /// Reads what was joined of a row, from a column on.
    pub(crate) fn read(&self, row: &Row<'_>, mut at: usize, into: &mut JoinedRows) -> Result<()> {
        for (joined, rows) in self.joined.iter().zip(&mut into.of) {
            let is_null = |table: &TableInfo, at: usize| {
                row.all_null(table.primary_key.iter().map(|column| at + column))
            };
            let behind = at + joined.table.columns.len();
            // There is no pair whose other side does not fit.
            let is_there = !is_null(joined.table, at)
                && joined.other.is_none_or(|other| !is_null(other, behind));
            if is_there {
                rows.read(row, at)?;
            }
            into.is_there.push(is_there);
            at = behind + joined.other.map_or(0, |other| other.columns.len());
        }
        Ok(())
    }

    /// Whether something is loaded from what one of them leads to, by queries of its own.
    pub(crate) fn is_left(&self, place: usize) -> bool {
        let mut others = self.others.iter();
        others.any(|(owner, _)| *owner == Some(place))
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
) {
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
}
