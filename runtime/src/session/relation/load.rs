//! Loading what relationships lead to: one statement for many objects.

use std::{collections::HashMap, rc::Rc};

use foldhash::fast::RandomState;

use super::keys::{Reference, newest_values, stored_values};
use crate::{
    error::{Error, ErrorKind, Result},
    model::{Along, RelationInfo, TableInfo},
    session::{
        Inner, Instances,
        identity::Identity,
        instance::AnyInstance,
        write::keys::{key_filter, select_by},
    },
    sql::{self, Node, Order, QueryRef, Statement},
    value::Value,
};

/// So many values of keys are looked for by one statement: lists are padded to powers of two, and every database takes these.
pub(super) const VALUES_AT_ONCE: usize = 16_384;

/// What the table at the other side of one in between is called, where both have the same name.
const OTHER_SIDE: &str = "aludel_other_side";

/// Objects by what they are led to, or lead to.
type Groups = HashMap<Identity, Vec<Rc<dyn AnyInstance>>, RandomState>;

/// Rows that were read, not yet in the session: each with that of the other side, where it was read too.
pub(crate) type Read = Vec<(Rc<dyn AnyInstance>, Option<Rc<dyn AnyInstance>>)>;

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
        let mut groups = Groups::default();
        let mut keys = Vec::with_capacity(owners.len());
        for owner in owners {
            if let Some(key) = reference.of_parent(&**owner)
                && groups.insert(key, Vec::new()).is_none()
            {
                keys.push(stored_values(&**owner, reference.key().references));
            }
        }
        let way = Way::new(relation, reference)?;
        for part in keys.chunks(VALUES_AT_ONCE / reference.key().columns.len()) {
            let filter = key_filter(reference.table, reference.key().columns, part.to_vec());
            let read = way.read(self, &way.select(filter))?;
            let members = self.take(read)?;
            self.group(reference, members, &mut groups);
        }
        self.know(relation, reference, groups);
        Ok(())
    }

    /// Sorts members by what they lead to now.
    pub(crate) fn group(
        &self,
        reference: Reference,
        members: Vec<Rc<dyn AnyInstance>>,
        groups: &mut Groups,
    ) {
        let relations = self.relations.borrow();
        for member in members {
            if let Some(key) = relations.leads(reference, &*member)
                && let Some(group) = groups.get_mut(&key)
            {
                group.push(member);
            }
        }
    }

    /// Knows these collections from now on, together with those members that the database does not have yet.
    pub(crate) fn know(
        &self,
        relation: &'static RelationInfo,
        reference: Reference,
        mut groups: Groups,
    ) {
        if relation.filter.is_none() {
            self.add_unflushed(reference, &mut groups);
        }
        let mut relations = self.relations.borrow_mut();
        for (key, members) in groups {
            relations.set_members(relation, reference, key, &members);
        }
    }

    fn add_unflushed(&self, reference: Reference, groups: &mut Groups) {
        let objects = self.objects.borrow();
        let relations = self.relations.borrow();
        for object in objects.edited.iter().chain(&objects.new) {
            if std::ptr::eq(object.table(), reference.table)
                && let Some(key) = relations.leads(reference, &**object)
                && let Some(group) = groups.get_mut(&key)
                && !group.iter().any(|member| Rc::ptr_eq(member, object))
            {
                group.push(Rc::clone(object));
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
            key_filter(table, reference.key().columns, vec![values])
        };
        let mut tree = select_by(table, side(reference, owner));
        tree.filter.push(side(onward, member));
        let instances = instances(table)?;
        let mut read = Vec::new();
        self.each_row(&tree, &mut |row| {
            read.push(((instances.read)(row, 0)?, None));
            Ok(())
        })?;
        self.take(read)
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
        let instances = instances(key.table)?;
        let keys: Vec<Vec<Value>> = keys.into_values().collect();
        for part in keys.chunks(VALUES_AT_ONCE / key.columns.len()) {
            let filter = key_filter(key.table, key.references, part.to_vec());
            let tree = select_by(key.table, filter);
            let mut read = Vec::new();
            self.each_row(&tree, &mut |row| {
                read.push(((instances.read)(row, 0)?, None));
                Ok(())
            })?;
            let targets = self.take(read)?;
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

    /// Takes rows that were read into the session; gives the first of each.
    pub(crate) fn take(self: &Rc<Self>, read: Read) -> Result<Vec<Rc<dyn AnyInstance>>> {
        let mut loading = self.loading(read.len());
        let taken = read.into_iter().map(|(first, other)| {
            if let Some(other) = other {
                loading.take(other);
            }
            loading.take(first)
        });
        let taken = taken.collect();
        self.loaded(loading)?;
        Ok(taken)
    }

    pub(crate) fn each_row(
        self: &Rc<Self>,
        tree: &sql::Select,
        each: &mut dyn FnMut(&crate::row::Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let statement = Statement::Select {
            query: QueryRef::Select(tree),
            at_most: None,
        };
        self.connection()?.each(statement, each)
    }
}

/// How rows of a relationship to many are read.
pub(crate) struct Way {
    relation: &'static RelationInfo,
    reference: Reference,
    instances: Instances,
    /// The other side of a table in between.
    onward: Option<(Reference, Instances)>,
}

impl Way {
    pub(crate) fn new(relation: &'static RelationInfo, reference: Reference) -> Result<Way> {
        let onward = match relation.along {
            Along::Between { table, there, .. } => {
                let reference = Reference {
                    table,
                    position: there,
                };
                Some((reference, instances(reference.key().table)?))
            }
            Along::Own(_) | Along::Other { .. } => None,
        };
        Ok(Way {
            relation,
            reference,
            instances: instances(reference.table)?,
            onward,
        })
    }

    /// The rows for which a condition holds.
    fn select(&self, filter: Node) -> sql::Select {
        let table = self.reference.table;
        let mut tree = select_by(table, filter);
        let mut other = (table.name, table);
        if let Some((reference, _)) = &self.onward {
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
    ) -> Result<Read> {
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
            Some((reference, _)) if reference.key().table.name == self.reference.table.name => {
                OTHER_SIDE
            }
            Some((reference, _)) => reference.key().table.name,
            None => self.reference.table.name,
        }
    }

    fn read(&self, session: &Rc<Inner>, tree: &sql::Select) -> Result<Read> {
        let mut read = Vec::new();
        session.each_row(tree, &mut |row| {
            read.push(self.read_one(row, 0)?);
            Ok(())
        })?;
        Ok(read)
    }

    /// Reads a row whose columns begin at a position.
    fn read_one(
        &self,
        row: &crate::row::Row<'_>,
        at: usize,
    ) -> Result<(Rc<dyn AnyInstance>, Option<Rc<dyn AnyInstance>>)> {
        let first = (self.instances.read)(row, at)?;
        let behind = at + self.reference.table.columns.len();
        let other = match &self.onward {
            Some((_, instances)) => Some((instances.read)(row, behind)?),
            None => None,
        };
        Ok((first, other))
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
