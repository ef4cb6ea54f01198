//! Relationships of a query's rows, loaded by a query around that.

use std::{rc::Rc, sync::Arc};

use super::{
    eager::distinct,
    groups::Groups,
    keys::Reference,
    load::{Way, equal},
    read_rows::ReadRows,
};
use crate::{
    error::Result,
    model::{Along, RelationInfo, TableInfo},
    session::{Inner, instance::AnyInstance},
    sql::{self, Node, Query},
};

/// What the query is called within the one around it.
const OWNERS: &str = "aludel_owners";

impl Inner {
    /// Loads a relationship of a query's rows by a query around that.
    pub(super) fn load_by_subquery(
        self: &Rc<Self>,
        (tree, table): (&sql::Select, &'static TableInfo),
        at_most: Option<u64>,
        relation: &'static RelationInfo,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<()> {
        let around = around(tree, table, at_most);
        let reference = Reference::along(relation, table);
        if let Along::Own(_) = relation.along {
            let target = reference.key().table;
            let read = self.read_around(around, target, equal(reference, OWNERS, target.name))?;
            let targets = self.take(read)?;
            self.know_targets(reference, &targets);
            return Ok(());
        }
        let mut groups = Groups::new(relation, reference, owners.len());
        for owner in owners {
            if let Some(key) = reference.of_parent(&**owner)
                && !self.knows_collection(relation, reference, &key)
            {
                groups.open(key);
            }
        }
        let way = Way::new(relation, reference);
        let on = equal(reference, reference.table.name, OWNERS);
        let members = distinct(self.take(way.read_around(self, around, on)?)?);
        self.group(&members, &mut groups);
        self.know(groups);
        Ok(())
    }

    fn read_around(
        self: &Rc<Self>,
        around: sql::From,
        target: &'static TableInfo,
        on: Node,
    ) -> Result<ReadRows> {
        let tree = sql::Select {
            columns: vec![Node::WholeRow {
                alias: target.name,
                table: target,
            }],
            from: vec![around, inner(target, on)],
            ..sql::Select::default()
        };
        self.read_rows(&tree, target, None)
    }
}

/// A table joined to another.
fn inner(table: &'static TableInfo, on: Node) -> sql::From {
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
