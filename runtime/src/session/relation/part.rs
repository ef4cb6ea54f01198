//! Members that are parted from what is deleted. Those of a relationship that is only written are not loaded for that.

use std::rc::Rc;

use super::{
    keys::{Reference, stored_values},
    load::VALUES_AT_ONCE,
};
use crate::{
    connection::Connection,
    error::Result,
    model::{ColumnInfo, Filled, Load, RelationInfo},
    session::{
        Inner, identity::Identity, instance::AnyInstance, plan::opening_columns,
        write::keys::key_filter,
    },
    sql::{self, Assigned, Node, Statement},
    value::Value,
};

type Objects = Vec<Rc<dyn AnyInstance>>;

/// Rows that are to lead nowhere, whether or not the session has objects of them.
pub(crate) struct Parting {
    reference: Reference,
    /// What they lead to.
    keys: Vec<Vec<Value>>,
}

impl Inner {
    /// Lets the members of what is deleted lead nowhere; gives what has to be sent besides where they are not loaded.
    pub(super) fn part_members(
        self: &Rc<Self>,
        relation: &'static RelationInfo,
        reference: Reference,
        owners: &[Rc<dyn AnyInstance>],
    ) -> Result<Option<Parting>> {
        let is_unloaded = relation.load == Load::WriteOnly && changes_alone(reference);
        let members = match is_unloaded {
            true => self.unflushed_members(reference, owners),
            false => self.members_of(relation, reference, owners)?,
        };
        for member in self.without_heirs_own(reference, owners, members) {
            if !member.head().doomed.get() {
                self.unlink(reference, &member)?;
            }
        }
        let columns = reference.key().references;
        Ok(is_unloaded.then(|| Parting {
            reference,
            keys: owners
                .iter()
                .map(|owner| stored_values(&**owner, columns))
                .collect(),
        }))
    }

    /// The objects with something to flush that lead to one of the owners.
    fn unflushed_members(&self, reference: Reference, owners: &[Rc<dyn AnyInstance>]) -> Objects {
        let objects = self.objects.borrow();
        let mut unflushed: Objects = objects.new.iter().chain(&objects.edited).cloned().collect();
        drop(objects);
        unflushed.retain(|object| {
            let mut owners = owners.iter();
            std::ptr::eq(object.table(), reference.table)
                && owners.any(|owner| self.leads_to(reference, object, owner))
        });
        unflushed
    }

    /// Parts rows, and lets the objects that have nothing to flush follow.
    pub(crate) fn part_rows(&self, connection: &Connection, partings: &[Parting]) -> Result<()> {
        for Parting { reference, keys } in partings {
            let (table, columns) = (reference.table, reference.key().columns);
            let to_null = |column: usize| Assigned {
                column,
                value: Node::Parameter(Value::Null),
            };
            let set: Vec<Assigned> = opening_columns(table, reference.position)
                .map(to_null)
                .collect();
            for part in keys.chunks(VALUES_AT_ONCE / columns.len()) {
                let tree = sql::Update {
                    table,
                    set: set.clone(),
                    joined: Vec::new(),
                    filter: vec![key_filter(table, columns, part.iter().flatten().cloned())],
                    returning: Vec::new(),
                    refused: None,
                };
                connection.change(Statement::Update(&tree))?;
            }
            let keys = keys.iter();
            let keys = keys.filter_map(|key| Identity::of(key.iter().cloned()));
            for object in self.leading_to(*reference, keys.collect()) {
                if !object.head().doomed.get() && !self.is_changed(&*object) {
                    self.follow(&object, &set);
                }
            }
            self.relations.borrow_mut().forget_table(table);
        }
        Ok(())
    }
}

/// Whether nothing else changes in a row whose foreign key does.
fn changes_alone(reference: Reference) -> bool {
    let follows = |column: &ColumnInfo| column.version || column.filled == Filled::OnChange;
    !reference.table.columns.iter().any(follows)
}
