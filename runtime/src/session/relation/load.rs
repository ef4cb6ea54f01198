//! Loading what relationships lead to: one statement for many objects.

use std::{collections::HashMap, rc::Rc};

use foldhash::fast::RandomState;

use super::{
    groups::Groups,
    keys::{Reference, newest_values, stored_values},
    read_rows::ReadRows,
};
use crate::{
    error::{Error, ErrorKind, Result},
    model::{Along, RelationInfo, TableInfo},
    session::{
        Inner, Instances,
        events::Arrivals,
        identity::Identity,
        instance::AnyInstance,
        write::keys::{key_filter, select_by},
    },
    sql::{self, Node, Order},
    value::Value,
};

/// So many values of keys are looked for by one statement: lists are padded to powers of two, and every database takes these.
pub(super) const VALUES_AT_ONCE: usize = 16_384;

/// What the table at the other side of one in between is called, where both have the same name.
const OTHER_SIDE: &str = "aludel_other_side";

impl Inner {
    /// Loads a relationship to many rows for some objects of one table. Nothing is flushed.
    pub(crate) fn load_members(
        self: &Rc<Self>,
        relation: &'static RelationInfo,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<()> {
        let Some(first) = owners.first() else {
            return Ok(());
        };
        let reference = Reference::along(relation, first.table());
        let mut groups = Groups::new(relation, reference, owners.len());
        let mut keys = Vec::with_capacity(owners.len());
        for owner in owners {
            if let Some(key) = reference.of_parent(&**owner)
                && groups.open(key)
            {
                keys.extend(stored_values(&**owner, reference.key().references));
            }
        }
        let mut arrivals = Vec::new();
        let read = self.read_members(&mut groups, keys, &mut arrivals);
        if read.is_ok() {
            self.know(groups);
        }
        let mut arrivals = arrivals.iter();
        arrivals.try_for_each(|arrivals| self.tell_loaded(arrivals))?;
        read
    }

    /// Reads the members of collections of objects with these keys, and takes them into the session.
    fn read_members(
        self: &Rc<Self>,
        groups: &mut Groups,
        mut keys: Vec<Value>,
        arrivals: &mut Vec<Arrivals>,
    ) -> Result<()> {
        let reference = groups.reference;
        let way = Way::new(groups.relation, reference);
        let width = reference.key().columns.len();
        while !keys.is_empty() {
            let rest = keys.split_off(keys.len().min(VALUES_AT_ONCE / width * width));
            let part = std::mem::replace(&mut keys, rest);
            let filter = key_filter(reference.table, reference.key().columns, part);
            let read = way.read(self, &way.select(filter))?;
            let mut loading = self.loading(0);
            read.take_into(groups, &mut loading);
            arrivals.extend(loading.end());
        }
        Ok(())
    }

    /// Loads a relationship to many rows for those of some objects of which it is not known.
    pub(crate) fn load_members_where_missing(
        self: &Rc<Self>,
        relation: &'static RelationInfo,
        reference: Reference,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<()> {
        let is_unknown = |owner: &&Rc<dyn AnyInstance>| {
            let key = reference.of_parent(&***owner);
            key.is_some_and(|key| !self.knows_collection(relation, reference, &key))
        };
        let unknown: Vec<_> = owners.iter().filter(is_unknown).cloned().collect();
        self.load_members(relation, &unknown)
    }

    /// Sorts members by what they lead to now.
    pub(crate) fn group(&self, members: &[Rc<dyn AnyInstance>], groups: &mut Groups) {
        let relations = self.relations.borrow();
        for member in members {
            if let Some(key) = relations.leads(groups.reference, &**member) {
                groups.add(key, Rc::downgrade(member));
            }
        }
    }

    /// Knows these collections from now on, together with those members that the database does not have yet.
    pub(crate) fn know(&self, mut groups: Groups) {
        if groups.relation.filter.is_none() {
            self.add_unflushed(&mut groups);
        }
        self.relations.borrow_mut().set_members(groups);
    }

    fn add_unflushed(&self, groups: &mut Groups) {
        let objects = self.objects.borrow();
        let relations = self.relations.borrow();
        for object in objects.edited.iter().chain(&objects.new) {
            if std::ptr::eq(object.table(), groups.reference.table)
                && let Some(key) = relations.leads(groups.reference, &**object)
            {
                groups.add_once(&key, object);
            }
        }
    }

    /// The rows in between that lead to one object and onward to another, without knowing the collection of either.
    pub(crate) fn load_pairs(
        self: &Rc<Self>,
        reference: Reference,
        owner: &Rc<dyn AnyInstance>,
        onward: Reference,
        member: &Rc<dyn AnyInstance>,
    ) -> Result<Vec<Rc<dyn AnyInstance>>> {
        let table = reference.table;
        let side = |reference: Reference, object: &Rc<dyn AnyInstance>| {
            let values = stored_values(&**object, reference.key().references);
            key_filter(table, reference.key().columns, values)
        };
        let mut tree = select_by(table, side(reference, owner));
        tree.filter.push(side(onward, member));
        self.take(self.read_rows(&tree, table, None)?)
    }

    /// Loads what a foreign key of some objects leads to, as far as the session does not have it. Nothing is flushed.
    pub(crate) fn load_targets(
        self: &Rc<Self>,
        reference: Reference,
        children: &[Rc<dyn AnyInstance>],
    ) -> Result<()> {
        let mut keys: HashMap<Identity, Vec<Value>, RandomState> = HashMap::default();
        for child in children {
            let leads = self.relations.borrow().leads(reference, &**child);
            if let Some(key) = leads
                && self.find_target(reference, &key).is_none()
            {
                let values = || newest_values(&**child, reference.key().columns);
                keys.entry(key).or_insert_with(values);
            }
        }
        let key = reference.key();
        let keys: Vec<Value> = keys.into_values().flatten().collect();
        let width = key.columns.len();
        for part in keys.chunks(VALUES_AT_ONCE / width * width) {
            let filter = key_filter(key.table, key.references, part.to_vec());
            let tree = select_by(key.table, filter);
            let targets = self.take(self.read_rows(&tree, key.table, None)?)?;
            self.know_targets(reference, &targets);
        }
        Ok(())
    }

    /// Finds these from now on by what leads to them.
    pub(crate) fn know_targets(&self, reference: Reference, targets: &[Rc<dyn AnyInstance>]) {
        if reference.leads_to_identity() {
            return;
        }
        let mut relations = self.relations.borrow_mut();
        for target in targets {
            if let Some(key) = reference.of_parent(&**target) {
                relations.set_target(reference, key, target);
            }
        }
    }

    /// Finds what the session has of the table that a foreign key leads to, where that is not by its primary key.
    pub(crate) fn index_targets(&self, reference: Reference) {
        if reference.leads_to_identity() {
            return;
        }
        let known: Vec<_> = {
            let mut objects = self.objects.borrow_mut();
            let rows = objects.rows(reference.key().table).iter();
            rows.filter(|row| !row.head().expired.get())
                .cloned()
                .collect()
        };
        self.know_targets(reference, &known);
    }

    /// What a foreign key with a value leads to, where the session has that.
    pub(crate) fn find_target(
        &self,
        reference: Reference,
        key: &Identity,
    ) -> Option<Rc<dyn AnyInstance>> {
        if reference.leads_to_identity() {
            return self.find(reference.key().table, key);
        }
        let target = self.relations.borrow().target(reference, key)?;
        self.has(&*target).then_some(target)
    }
}

/// How rows of a relationship to many are read.
pub(crate) struct Way {
    relation: &'static RelationInfo,
    reference: Reference,
    /// The other side of a table in between.
    onward: Option<Reference>,
}

impl Way {
    pub(crate) fn new(relation: &'static RelationInfo, reference: Reference) -> Way {
        let onward = match relation.along {
            Along::Between { table, there, .. } => Some(Reference {
                table,
                position: there,
            }),
            Along::Own(_) | Along::Other { .. } => None,
        };
        Way {
            relation,
            reference,
            onward,
        }
    }

    /// The rows for which a condition holds.
    fn select(&self, filter: Node) -> sql::Select {
        let table = self.reference.table;
        let mut tree = select_by(table, filter);
        let mut other = (table.name, table);
        if let Some(reference) = &self.onward {
            other = (self.other_side(), reference.key().table);
            tree.from.push(joined(*reference, table.name, other.0));
            tree.columns.push(Node::WholeRow {
                alias: other.0,
                table: other.1,
            });
        }
        self.restrict(&mut tree, other);
        tree
    }

    /// The rows that lead to those of a query.
    pub(crate) fn read_around(
        &self,
        session: &Rc<Inner>,
        owners: sql::From,
        on: Node,
    ) -> Result<ReadRows> {
        let mut tree = self.select(Node::Written("1 = 1"));
        tree.filter.remove(0);
        let first = &mut tree.from[0];
        first.join = sql::Join::Inner(on);
        tree.from.insert(0, owners);
        self.read(session, &tree)
    }

    /// What the relationship asks of the rows at the other side, and their order.
    fn restrict(&self, tree: &mut sql::Select, (alias, table): (&'static str, &'static TableInfo)) {
        let filter = self.relation.filter;
        tree.filter
            .extend(filter.map(|text| Node::Condition { table: alias, text }));
        tree.order.extend(order(self.relation, alias, table));
    }

    fn other_side(&self) -> &'static str {
        match &self.onward {
            Some(reference) if reference.key().table.name == self.reference.table.name => {
                OTHER_SIDE
            }
            Some(reference) => reference.key().table.name,
            None => self.reference.table.name,
        }
    }

    fn read(&self, session: &Rc<Inner>, tree: &sql::Select) -> Result<ReadRows> {
        let other = self.onward.map(|onward| onward.key().table);
        session.read_rows(tree, self.reference.table, other)
    }
}

/// The order of a collection.
pub(crate) fn order(
    relation: &RelationInfo,
    alias: &'static str,
    table: &'static TableInfo,
) -> impl Iterator<Item = Order> {
    let by = move |&(index, descending): &(usize, bool)| Order {
        by: Node::Column {
            table: alias,
            column: &table.columns[index],
        },
        descending,
        nulls: None,
    };
    relation.order.iter().map(by)
}

/// The table that a foreign key leads to, joined to the one that has it.
pub(crate) fn joined(reference: Reference, from: &'static str, to: &'static str) -> sql::From {
    let key = reference.key();
    sql::From {
        join: sql::Join::Inner(equal(reference, from, to)),
        table: key.table,
        alias: to,
        derived: None,
    }
}

/// That a foreign key of the table that a query calls `child` leads to the one that it calls `parent`.
pub(crate) fn equal(reference: Reference, child: &'static str, parent: &'static str) -> Node {
    let key = reference.key();
    let pairs = key.columns.iter().zip(key.references);
    let equal = |(own, there): (&usize, &usize)| {
        let own = Node::Column {
            table: child,
            column: &reference.table.columns[*own],
        };
        let there = Node::Column {
            table: parent,
            column: &key.table.columns[*there],
        };
        Node::equal(own, there)
    };
    let equal = pairs.map(equal).reduce(Node::both);
    equal.expect("a foreign key has at least one column")
}

/// How objects of a table are made.
///
/// # Errors
/// [`InvalidRequest`](ErrorKind::InvalidRequest) where it has no primary key.
pub(crate) fn instances(table: &'static TableInfo) -> Result<Instances> {
    table.instances.ok_or_else(|| {
        let message = format!(
            "the rows of table `{}` are no objects of a session, for it has no primary key",
            table.name
        );
        Error::new(ErrorKind::InvalidRequest, message)
    })
}
