//! Queries whose entities come together with what relationships lead to.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use foldhash::fast::RandomState;

use super::{
    fetch::{Fetch, of_schema},
    joined::{Joined, JoinedRow, Joins},
    keys::Reference,
    load::{Way, equal, instances},
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

/// What the query itself is called, where another is about its rows.
const OWNERS: &str = "aludel_owners";

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
            return Ok(self.manage(connection.fetch(statement, read)?));
        }
        let reading = AlongReading::new(query, at_most, fetches)?;
        let (mut rows, mut joined) = (Vec::new(), Vec::new());
        connection.each(reading.statement(), &mut |row| {
            let mut at = 0;
            rows.push(read(row, &mut at)?);
            reading.joins.read(row, at, &mut joined)
        })?;
        let (rows, noted) = self.manage_noting(rows);
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
        joined: Vec<JoinedRow>,
    ) -> Result<Vec<bool>> {
        let loaded = self.take_joined(&reading.joins.joined, noted, joined);
        let owners = distinct(noted.objects.iter().cloned());
        for (owner, fetch) in &reading.joins.others {
            let owners = match owner {
                Some(place) => distinct(loaded[*place].iter().cloned()),
                None => owners.clone(),
            };
            if fetch.how == Load::Subquery && owner.is_none() {
                self.load_by_subquery(reading, fetch.relation, &owners)?;
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
        let mut seen = HashSet::<u64, RandomState>::default();
        let multiplies = reading.joins.multiplies();
        let is_first = |place: &Option<usize>| match place {
            Some(place) if multiplies => seen.insert(noted.objects[*place].head().number),
            _ => true,
        };
        Ok(noted.of_rows.iter().map(is_first).collect())
    }

    /// Takes in what was joined; gives the objects of each of the relationships.
    fn take_joined(
        self: &Rc<Self>,
        joined: &[Joined],
        noted: &Noted,
        rows: Vec<JoinedRow>,
    ) -> Vec<Objects> {
        let mut loaded: Vec<Objects> = joined.iter().map(|_| Vec::new()).collect();
        if joined.is_empty() {
            return loaded;
        }
        let mut members: Vec<Members> = joined.iter().map(|_| Members::default()).collect();
        let mut rows = rows.into_iter();
        for owner in &noted.of_rows {
            let owner = owner.map(|place| Rc::clone(&noted.objects[place]));
            let mut ends: Vec<Option<Rc<dyn AnyInstance>>> = Vec::with_capacity(joined.len());
            for (place, part) in joined.iter().enumerate() {
                let read = rows.next().flatten();
                let owner = match part.owner {
                    Some(owner) => ends[owner].clone(),
                    None => owner.clone(),
                };
                let taken = read.map(|read| self.take_pair(read));
                let end = taken
                    .as_ref()
                    .map(|(near, far)| far.as_ref().unwrap_or(near));
                ends.push(end.cloned());
                loaded[place].extend(end.cloned());
                if let Some(owner) = owner {
                    members[place].add(&owner, taken.map(|(near, _)| near));
                }
            }
        }
        for (part, members) in joined.iter().zip(members) {
            self.know_joined(part, members);
        }
        loaded
    }

    fn take_pair(
        self: &Rc<Self>,
        (near, far): (Rc<dyn AnyInstance>, Option<Rc<dyn AnyInstance>>),
    ) -> (Rc<dyn AnyInstance>, Option<Rc<dyn AnyInstance>>) {
        let mut loading = self.loading(1);
        let far = far.map(|far| loading.take(far));
        (loading.take(near), far)
    }

    /// Knows what was joined, where that was not known before.
    fn know_joined(&self, joined: &Joined, members: Members) {
        if let Along::Own(_) = joined.relation.along {
            self.know_targets(joined.reference, &members.all);
            return;
        }
        let mut groups = HashMap::default();
        for owner in &members.owners {
            if let Some(key) = joined.reference.of_parent(&**owner)
                && self
                    .known_collection(joined.relation, joined.reference, &key)
                    .is_none()
            {
                groups.insert(key, Vec::new());
            }
        }
        self.group(joined.reference, members.all, &mut groups);
        self.know(joined.relation, joined.reference, groups);
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
                    lazy_loads.raise(owner.head().cohort.get().query, fetch.relation);
                }
                continue;
            }
            let reference = Reference::along(fetch.relation, first.table());
            let ends = self.load_one(fetch.relation, reference, owners)?;
            let Some(end) = ends.first() else { continue };
            chain.push(fetch.relation);
            let mut behind = fetch.behind.clone();
            behind.extend(of_schema(end.table(), &behind, chain));
            self.load_along(&ends, &behind, chain)?;
            chain.pop();
        }
        Ok(())
    }

    /// Loads a relationship of some objects where it is not known; gives what it leads to.
    fn load_one(
        self: &Rc<Self>,
        relation: &'static RelationInfo,
        reference: Reference,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<Objects> {
        if let Along::Own(_) = relation.along {
            self.load_targets_where_missing(reference, owners)?;
            return Ok(distinct(self.targets_of(reference, owners)));
        }
        let members = self.members_of(relation, reference, owners)?;
        let Along::Through { table, there, .. } = relation.along else {
            return Ok(distinct(members));
        };
        let onward = Reference {
            table,
            position: there,
        };
        self.load_targets_where_missing(onward, &members)?;
        Ok(distinct(self.targets_of(onward, &members)))
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

    /// Loads a relationship of a query's rows by a query around that.
    fn load_by_subquery(
        self: &Rc<Self>,
        reading: &AlongReading<'_>,
        relation: &'static RelationInfo,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<()> {
        let Some((table, QueryRef::Select(tree))) = reading.table().zip(Some(reading.query)) else {
            return Ok(());
        };
        let around = around(tree, table, reading.at_most);
        let reference = Reference::along(relation, table);
        if let Along::Own(_) = relation.along {
            let target = reference.key().table;
            let read = self.read_around(around, target, equal(reference, OWNERS, target.name))?;
            let targets = self.take(read);
            self.know_targets(reference, &targets);
            return Ok(());
        }
        let mut groups = HashMap::default();
        for owner in owners {
            if let Some(key) = reference.of_parent(&**owner)
                && self.known_collection(relation, reference, &key).is_none()
            {
                groups.insert(key, Vec::new());
            }
        }
        let way = Way::new(relation, reference)?;
        let on = equal(reference, reference.table.name, OWNERS);
        let members = distinct(self.take(way.read_around(self, around, on)?));
        self.group(reference, members, &mut groups);
        self.know(relation, reference, groups);
        Ok(())
    }

    fn read_around(
        self: &Rc<Self>,
        around: sql::From,
        target: &'static TableInfo,
        on: Node,
    ) -> Result<super::load::Read> {
        let tree = sql::Select {
            columns: vec![Node::WholeRow {
                alias: target.name,
                table: target,
            }],
            from: vec![around, inner(target, on)],
            ..sql::Select::default()
        };
        let made = instances(target)?;
        let mut read = Vec::new();
        self.each_row(&tree, &mut |row| {
            read.push(((made.read)(row, 0)?, None));
            Ok(())
        })?;
        Ok(read)
    }
}

/// A table joined to another.
pub(super) fn inner(table: &'static TableInfo, on: Node) -> sql::From {
    sql::From {
        join: sql::Join::Inner(on),
        table,
        alias: table.name,
        derived: None,
    }
}

/// A query as a table of its rows.
fn around(tree: &sql::Select, table: &'static TableInfo, at_most: Option<u64>) -> sql::From {
    let mut tree = tree.clone();
    tree.lock = None;
    tree.limit = match (tree.limit, at_most) {
        (Some(limit), Some(at_most)) => Some(limit.min(at_most)),
        (limit, at_most) => limit.or(at_most),
    };
    if tree.limit.is_none() && tree.offset.is_none() {
        tree.order.clear();
    }
    sql::From {
        join: sql::Join::Listed,
        table,
        alias: OWNERS,
        derived: Some(Arc::new(Query::Select(tree))),
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

/// What was joined to some owners.
#[derive(Default)]
struct Members {
    owners: Objects,
    all: Objects,
    known: HashSet<(u64, u64), RandomState>,
}

impl Members {
    fn add(&mut self, owner: &Rc<dyn AnyInstance>, member: Option<Rc<dyn AnyInstance>>) {
        let number = owner.head().number;
        if self.known.insert((number, 0)) {
            self.owners.push(Rc::clone(owner));
        }
        if let Some(member) = member
            && self.known.insert((number, member.head().number))
        {
            self.all.push(member);
        }
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
fn distinct(objects: impl IntoIterator<Item = Rc<dyn AnyInstance>>) -> Objects {
    let mut seen = HashSet::<u64, RandomState>::default();
    let objects = objects.into_iter();
    objects
        .filter(|object| seen.insert(object.head().number))
        .collect()
}
