//! Loading what relationships lead to, for many rows at once.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{Branches, Collects, key::Key};
use crate::{
    connection::Connection,
    error::Result,
    model::{Source, TableInfo},
    query::{
        relationship::{Relationship, step},
        selection::whole_row,
    },
    row::Row,
    sql::{self, Node, QueryRef, Statement},
};

/// How many values of keys one statement looks for: so many that round trips are few, and so few that every database takes them.
const VALUES_AT_ONCE: usize = 512;

/// The key by which a row leads on, where none of its columns is NULL.
pub(super) fn link(on: &[(usize, usize)], row: &Row<'_>, at: usize) -> Result<Option<Key>> {
    Key::read(row, on.iter().map(|(column, _)| at + column))
}

/// What the relationship leads to from each link, in their order.
pub(super) fn partners<A, B, N, W>(
    connection: &Connection,
    relationship: Relationship<A, B, N>,
    behind: &W,
    links: Vec<Option<Key>>,
) -> Result<Vec<N::Of<W::Row>>>
where
    A: Source,
    B: Source,
    N: Collects,
    W: Branches<B>,
{
    let sought = Sought::new(links);
    let mut found = Found::default();
    let mut way = Way::new(relationship);
    for keys in sought.keys.chunks(VALUES_AT_ONCE / relationship.on.len()) {
        way.look_for(keys);
        let statement = Statement::Select {
            query: QueryRef::Select(&way.query),
            at_most: None,
        };
        connection.each(statement, &mut |row| {
            let key = Key::read(row, way.key.iter().copied())?;
            if let Some(group) = key.and_then(|key| sought.group(&key)) {
                found.groups.push(group);
                found.links.push(behind.links(row, way.row)?);
                found.rows.push(B::decode(row, way.row)?);
            }
            Ok(())
        })?;
    }
    let values = behind.load(connection, found.links)?;
    let mut members = with_room(sought.keys.len(), &found.groups);
    let rows = found.rows.into_iter().zip(values).map(W::join);
    for (group, row) in found.groups.into_iter().zip(rows) {
        members[group].push(row);
    }
    sought.distribute(members).map(N::collect).collect()
}

/// So many groups, each with room for its members.
fn with_room<R>(groups: usize, of_rows: &[usize]) -> Vec<Vec<R>> {
    let mut counts = vec![0; groups];
    for group in of_rows {
        counts[*group] += 1;
    }
    counts.into_iter().map(Vec::with_capacity).collect()
}

/// Rows that were read: to which key each belongs, and what leads on from it.
struct Found<R, L> {
    groups: Vec<usize>,
    rows: Vec<R>,
    links: Vec<L>,
}

impl<R, L> Default for Found<R, L> {
    fn default() -> Self {
        Found {
            groups: Vec::new(),
            rows: Vec::new(),
            links: Vec::new(),
        }
    }
}

/// The keys that are looked for, each once.
struct Sought {
    keys: Vec<Key>,
    positions: HashMap<Key, usize, RandomState>,
    /// The position of each link's key.
    of_links: Vec<Option<usize>>,
    /// How many links have each key.
    uses: Vec<usize>,
}

impl Sought {
    fn new(links: Vec<Option<Key>>) -> Sought {
        let count = links.len();
        let mut sought = Sought {
            keys: Vec::with_capacity(count),
            positions: HashMap::with_capacity_and_hasher(count, RandomState::default()),
            of_links: Vec::with_capacity(count),
            uses: Vec::with_capacity(count),
        };
        for link in links {
            let position = link.map(|key| sought.position(key));
            sought.of_links.push(position);
        }
        sought
    }

    fn position(&mut self, key: Key) -> usize {
        let next = self.keys.len();
        let position = *self.positions.entry(key.clone()).or_insert(next);
        if position == next {
            self.keys.push(key);
            self.uses.push(0);
        }
        self.uses[position] += 1;
        position
    }

    fn group(&self, key: &Key) -> Option<usize> {
        self.positions.get(key).copied()
    }

    /// The members of each link's group. They are copied only for links that share a group.
    fn distribute<R: Clone>(mut self, mut members: Vec<Vec<R>>) -> impl Iterator<Item = Vec<R>> {
        self.of_links.into_iter().map(move |group| {
            let Some(group) = group else {
                return Vec::new();
            };
            self.uses[group] -= 1;
            match self.uses[group] {
                0 => std::mem::take(&mut members[group]),
                _ => members[group].clone(),
            }
        })
    }
}

/// The query for rows by their keys.
struct Way {
    query: sql::Select,
    /// Where in a row of the result the key stands.
    key: Vec<usize>,
    /// Where in a row of the result the columns of the other side begin.
    row: usize,
}

impl Way {
    fn new<A: Source, B: Source, N: Collects>(relationship: Relationship<A, B, N>) -> Way {
        let (alias, table) = N::BETWEEN.unwrap_or((B::ALIAS, B::TABLE));
        let there = relationship.on.iter().map(|(_, there)| *there);
        let column = |index: usize| Node::Column {
            table: alias,
            column: &table.columns[index],
        };
        let compared: Box<[Node]> = there.clone().map(column).collect();
        let mut from = vec![start(alias, table)];
        let mut columns = Vec::with_capacity(1 + compared.len());
        let mut key: Vec<usize> = there.collect();
        if N::BETWEEN.is_some() {
            let onward = step::<B>((alias, table), relationship.onward, None);
            from.push(onward.joined(sql::Join::Inner));
            // Elsewhere the key is part of the row.
            columns.extend_from_slice(&compared);
            key = (0..columns.len()).collect();
        }
        let row = columns.len();
        columns.push(whole_row::<B>());
        let among = Node::AmongRows {
            columns: compared,
            values: Box::default(),
        };
        let condition = relationship.filter.map(|text| Node::Condition {
            table: B::ALIAS,
            text,
        });
        let query = sql::Select {
            columns,
            from,
            filter: [among].into_iter().chain(condition).collect(),
            ..sql::Select::default()
        };
        Way { query, key, row }
    }

    fn look_for(&mut self, keys: &[Key]) {
        let mut sought = Vec::with_capacity(keys.len() * self.key.len());
        for key in keys {
            key.append_to(&mut sought);
        }
        if let [Node::AmongRows { values, .. }, ..] = &mut self.query.filter[..] {
            *values = sought.into_boxed_slice();
        }
    }
}

fn start(alias: &'static str, table: &'static TableInfo) -> sql::From {
    sql::From {
        join: sql::Join::Listed,
        table,
        alias,
        derived: None,
    }
}
