//! Loading what relationships lead to, for many rows at once.

use std::collections::HashMap;

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
    value::Value,
};

/// How many values of keys one statement looks for: so many that round trips are few, and so few that every database takes them.
const VALUES_AT_ONCE: usize = 512;

/// The key by which a row leads on, where none of its columns is NULL.
pub(super) fn link(on: &[(usize, usize)], row: &Row<'_>, at: usize) -> Result<Option<Key>> {
    let columns = on.iter().map(|(column, _)| at + column);
    key(row, columns, on.len())
}

fn key(row: &Row<'_>, columns: impl Iterator<Item = usize>, count: usize) -> Result<Option<Key>> {
    let mut values = Vec::with_capacity(count);
    for column in columns {
        match row.get::<Option<Value>>(column)? {
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    Ok(Some(Key::of(values)))
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
    let way = Way::new(relationship);
    let values_at_once = VALUES_AT_ONCE / relationship.on.len();
    for keys in sought.keys.chunks(values_at_once) {
        let query = way.query::<B>(keys);
        let statement = Statement::Select {
            query: QueryRef::Select(&query),
            at_most: None,
        };
        let columns = relationship.on.len();
        connection.each(statement, &mut |row| {
            let Some(group) = key(row, 0..columns, columns)?.and_then(|key| sought.group(&key))
            else {
                return Ok(());
            };
            found.groups.push(group);
            found.links.push(behind.links(row, columns)?);
            found.rows.push(B::decode(row, columns)?);
            Ok(())
        })?;
    }
    let values = behind.load(connection, found.links)?;
    let mut members: Vec<Vec<W::Row>> = sought.keys.iter().map(|_| Vec::new()).collect();
    let rows = found.rows.into_iter().zip(values).map(W::join);
    for (group, row) in found.groups.into_iter().zip(rows) {
        members[group].push(row);
    }
    sought.distribute(members).map(N::collect).collect()
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
    positions: HashMap<Key, usize>,
    /// The position of each link's key.
    of_links: Vec<Option<usize>>,
    /// How many links have each key.
    uses: Vec<usize>,
}

impl Sought {
    fn new(links: Vec<Option<Key>>) -> Sought {
        let mut sought = Sought {
            keys: Vec::new(),
            positions: HashMap::with_capacity(links.len()),
            of_links: Vec::with_capacity(links.len()),
            uses: Vec::new(),
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

/// The tables from a key to the rows it leads to.
struct Way {
    /// The table whose columns are the key, and what else is joined to it.
    from: Vec<sql::From>,
    /// The columns of the key.
    columns: Vec<Node>,
    /// What else the schema asks of the rows.
    filter: Option<Node>,
}

impl Way {
    fn new<A: Source, B: Source, N: Collects>(relationship: Relationship<A, B, N>) -> Way {
        let (alias, table) = N::BETWEEN.unwrap_or((B::ALIAS, B::TABLE));
        let column = |&(_, index): &(usize, usize)| Node::Column {
            table: alias,
            column: &table.columns[index],
        };
        let mut from = vec![start(alias, table)];
        if N::BETWEEN.is_some() {
            from.push(
                step::<B>((alias, table), relationship.onward, None).joined(sql::Join::Inner),
            );
        }
        Way {
            from,
            columns: relationship.on.iter().map(column).collect(),
            filter: relationship.filter.map(|text| Node::Condition {
                table: B::ALIAS,
                text,
            }),
        }
    }

    /// The rows of `B` that belong to the keys, each behind its key.
    fn query<B: Source>(&self, keys: &[Key]) -> sql::Select {
        let mut values = Vec::with_capacity(keys.len() * self.columns.len());
        for key in keys {
            key.append_to(&mut values);
        }
        let mut columns = self.columns.clone();
        columns.push(whole_row::<B>());
        let among = Node::AmongRows {
            columns: self.columns.as_slice().into(),
            values: values.into(),
        };
        sql::Select {
            columns,
            from: self.from.clone(),
            filter: [among].into_iter().chain(self.filter.clone()).collect(),
            ..sql::Select::default()
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
