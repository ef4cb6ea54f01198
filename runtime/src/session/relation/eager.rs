//! Queries whose entities come together with what relationships lead to.

use std::{collections::HashSet, rc::Rc};

use foldhash::fast::RandomState;

use super::{
    fetch::{Fetch, of_schema},
    joined::{JoinedRows, Joins},
    keys::Reference,
};
use crate::{
    connection::Connection,
    error::Result,
    model::{Along, Load, RelationInfo, TableInfo},
    query::ReadRow,
    session::{Inner, Managed, instance::AnyInstance},
    sql::{self, Node, Query, QueryRef, Statement},
};

type Objects = Vec<Rc<dyn AnyInstance>>;

/// How the rows of a query are read with what is loaded along.
struct AlongReading<'q> {
    query: QueryRef<'q>,
    /// The query with what is joined to it.
    with_joins: Option<sql::Select>,
    joins: Joins,
    at_most: Option<u64>,
}

impl Inner {
    /// The rows of a query as the session has them, with what it says, and the schema, is loaded along.
    pub(crate) fn read_along<O: Managed>(
        self: &Rc<Self>,
        connection: &Connection,
        (query, read): (QueryRef<'_>, ReadRow<O>),
        at_most: Option<u64>,
        fetches: &[Fetch],
    ) -> Result<Vec<O::Output>> {
        let statement = Statement::Select { query, at_most };
        if fetches.is_empty() && !is_about_eager(query) {
            return self.manage(connection.fetch(statement, read)?);
        }
        let reading = AlongReading::new(query, at_most, fetches)?;
        let (mut rows, mut joined) = (Vec::new(), reading.joins.room()?);
        connection.each(reading.statement(), &mut |row| {
            let mut at = 0;
            rows.push(read(row, &mut at)?);
            reading.joins.read(row, at, &mut joined)
        })?;
        let (rows, noted) = self.manage_noting(rows)?;
        let kept = self.take_along(&reading, &noted, joined)?;
        let rows = rows.into_iter().zip(kept);
        Ok(rows.filter_map(|(row, kept)| kept.then_some(row)).collect())
    }

    /// Takes in what was joined, and loads the rest. Says which rows of the query are to be given: each entity once, where a join
    /// made several rows of it.
    fn take_along(
        self: &Rc<Self>,
        reading: &AlongReading<'_>,
        noted: &Noted,
        joined: JoinedRows,
    ) -> Result<Vec<bool>> {
        let loaded = self.take_joined(&reading.joins, noted, joined)?;
        let owners = distinct(noted.objects.iter().cloned());
        for (owner, fetch) in &reading.joins.others {
            let owners = match owner {
                Some(place) => distinct(loaded[*place].iter().cloned()),
                None => owners.clone(),
            };
            if fetch.how == Load::Subquery
                && owner.is_none()
                && let Some(query) = reading.whole()
            {
                self.load_by_subquery(query, reading.at_most, fetch.relation, &owners)?;
            }
            self.load_along(&owners, std::slice::from_ref(fetch), &mut Vec::new())?;
        }
        if reading.joins.joined.is_empty() {
            for (table, owners) in super::by_table(owners) {
                let said: Vec<Fetch> = reading
                    .joins
                    .others
                    .iter()
                    .map(|(_, said)| said.clone())
                    .collect();
                let rest = of_schema(table, &said, &[]);
                self.load_along(&owners, &rest, &mut Vec::new())?;
            }
        }
        let mut seen = Seen::default();
        let multiplies = reading.joins.multiplies();
        let is_first = |place: &Option<usize>| match place {
            Some(place) if multiplies => seen.is_first(&*noted.objects[*place]),
            _ => true,
        };
        Ok(noted.of_rows.iter().map(is_first).collect())
    }

    /// Loads relationships of some objects of one table, and what is behind them.
    pub(crate) fn load_along(
        self: &Rc<Self>,
        owners: &[Rc<dyn AnyInstance>],
        fetches: &[Fetch],
        chain: &mut Vec<&'static RelationInfo>,
    ) -> Result<()> {
        let Some(first) = owners.first() else {
            return Ok(());
        };
        for fetch in fetches {
            if fetch.how == Load::Raise {
                let mut lazy_loads = self.lazy_loads.borrow_mut();
                for owner in owners {
                    lazy_loads.raise(owner.head().cohort().query, fetch.relation);
                }
                continue;
            }
            let relation = fetch.relation;
            let reference = Reference::along(relation, first.table());
            chain.push(relation);
            let mut behind = fetch.behind.clone();
            behind.extend(of_schema(relation.target(first.table()), &behind, chain));
            match (behind.is_empty(), relation.along) {
                (true, Along::Other { .. }) => self.load_last(relation, reference, owners)?,
                _ => {
                    let ends = self.load_one(relation, reference, owners)?;
                    self.load_along(&ends, &behind, chain)?;
                }
            }
            chain.pop();
        }
        Ok(())
    }

    /// Loads a relationship of some objects where it is not known, and renews what was known of it and is out of date. Nothing is
    /// wanted behind it, so that what it leads to need not be listed.
    fn load_last(
        self: &Rc<Self>,
        relation: &'static RelationInfo,
        reference: Reference,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<()> {
        let known = owners.iter().filter_map(|owner| {
            let key = reference.of_parent(&**owner)?;
            self.known_collection(relation, reference, &key)
        });
        let known = distinct(known.flatten());
        self.load_members_where_missing(relation, reference, owners)?;
        self.renew_expired(&known)
    }

    /// Loads a relationship of some objects where it is not known, and renews what is out of date of it; gives what it leads to.
    fn load_one(
        self: &Rc<Self>,
        relation: &'static RelationInfo,
        reference: Reference,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<Objects> {
        if let Along::Own(_) = relation.along {
            return self.load_ends(reference, owners);
        }
        let members = distinct(self.members_of(relation, reference, owners)?);
        self.renew_expired(&members)?;
        let Along::Between { table, there, .. } = relation.along else {
            return Ok(members);
        };
        let onward = Reference {
            table,
            position: there,
        };
        self.load_ends(onward, &members)
    }

    /// What a foreign key of some objects leads to, loaded or renewed.
    fn load_ends(
        self: &Rc<Self>,
        reference: Reference,
        children: &[Rc<dyn AnyInstance>],
    ) -> Result<Objects> {
        self.load_targets_where_missing(reference, children)?;
        let ends = distinct(self.targets_of(reference, children));
        self.renew_expired(&ends)?;
        Ok(ends)
    }

    /// What the schema says is loaded along with an object that was loaded by its key.
    pub(crate) fn load_beside(self: &Rc<Self>, object: Rc<dyn AnyInstance>) -> Result<()> {
        let fetches = of_schema(object.table(), &[], &[]);
        self.load_along(&[object], &fetches, &mut Vec::new())
    }

    /// What the schema says is loaded along with what a relationship of some objects leads to.
    pub(crate) fn load_behind(
        self: &Rc<Self>,
        relation: &'static RelationInfo,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<()> {
        let Some(first) = owners.first() else {
            return Ok(());
        };
        let fetches = of_schema(relation.target(first.table()), &[], &[relation]);
        if fetches.is_empty() {
            return Ok(());
        }
        let reference = Reference::along(relation, first.table());
        let ends = self.load_one(relation, reference, owners)?;
        self.load_along(&ends, &fetches, &mut vec![relation])
    }
}

impl<'q> AlongReading<'q> {
    fn new(query: QueryRef<'q>, at_most: Option<u64>, fetches: &[Fetch]) -> Result<Self> {
        let mut reading = AlongReading {
            query,
            with_joins: None,
            joins: Joins::none(Vec::new()),
            at_most,
        };
        let Some(table) = reading.table() else {
            reading.joins = Joins::none(fetches.to_vec());
            return Ok(reading);
        };
        let mut fetches = fetches.to_vec();
        fetches.extend(of_schema(table, &fetches, &[]));
        let tree = match query {
            QueryRef::Select(tree) if is_plain(tree) => tree,
            _ => {
                reading.joins = Joins::none(fetches);
                return Ok(reading);
            }
        };
        let mut with_joins = tree.clone();
        let is_whole = at_most.is_none() && tree.limit.is_none() && tree.offset.is_none();
        let Some(Node::WholeRow { alias, .. }) = tree.columns.first() else {
            return Ok(reading);
        };
        reading.joins = Joins::of(&mut with_joins, (alias, table), fetches, is_whole)?;
        reading.with_joins = (!reading.joins.joined.is_empty()).then_some(with_joins);
        Ok(reading)
    }

    /// The table whose rows the query gives, where it gives nothing else.
    fn table(&self) -> Option<&'static TableInfo> {
        match self.query {
            QueryRef::Select(tree) => match tree.columns.as_slice() {
                [Node::WholeRow { table, .. }] => Some(table),
                _ => None,
            },
            QueryRef::Compound(_) => None,
        }
    }

    /// The query and that table, where it is one SELECT.
    fn whole(&self) -> Option<(&'q sql::Select, &'static TableInfo)> {
        match self.query {
            QueryRef::Select(tree) => Some((tree, self.table()?)),
            QueryRef::Compound(_) => None,
        }
    }

    fn statement(&self) -> Statement<'_> {
        let query = self.with_joins.as_ref().map(QueryRef::Select);
        Statement::Select {
            query: query.unwrap_or(self.query),
            at_most: self.at_most,
        }
    }
}

/// Whether tables can be joined to a query without changing what its rows are.
fn is_plain(tree: &sql::Select) -> bool {
    tree.group.is_empty() && tree.having.is_empty() && !tree.distinct && tree.lock.is_none()
}

/// Whether a query gives entities with which the schema says that others are loaded.
fn is_about_eager(query: QueryRef<'_>) -> bool {
    let columns = match query {
        QueryRef::Select(tree) => &tree.columns,
        QueryRef::Compound(compound) => match first_of(&compound.first) {
            Some(tree) => &tree.columns,
            None => return false,
        },
    };
    columns.iter().any(|column| {
        matches!(column, Node::WholeRow { table, .. } if !of_schema(table, &[], &[]).is_empty())
    })
}

fn first_of(query: &Query) -> Option<&sql::Select> {
    match query {
        Query::Select(tree) => Some(tree),
        Query::Compound(compound) => first_of(&compound.first),
    }
}

/// The entities that the rows of a query became.
#[derive(Default)]
pub(crate) struct Noted {
    pub(crate) objects: Objects,
    /// The first of each row, where it has one.
    pub(crate) of_rows: Vec<Option<usize>>,
}

/// Each object once.
pub(super) fn distinct(objects: impl IntoIterator<Item = Rc<dyn AnyInstance>>) -> Objects {
    let mut seen = Seen::default();
    let objects = objects.into_iter();
    objects.filter(|object| seen.is_first(&**object)).collect()
}

/// The objects that were seen. The same one mostly comes several times in a row, if it does.
#[derive(Default)]
struct Seen {
    last: u64,
    all: HashSet<u64, RandomState>,
}

impl Seen {
    fn is_first(&mut self, object: &dyn AnyInstance) -> bool {
        let number = object.head().number;
        let is_last = std::mem::replace(&mut self.last, number) == number;
        !is_last && self.all.insert(number)
    }
}
