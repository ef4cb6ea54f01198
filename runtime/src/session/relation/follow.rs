//! What the database does to other rows by itself, and the session's objects follow.

use std::{collections::HashSet, rc::Rc};

use super::keys::Reference;
use crate::{
    model::{Along, OnDelete, TableInfo},
    session::{Inner, identity::Identity, instance::AnyInstance},
};

type Objects = Vec<Rc<dyn AnyInstance>>;

impl Inner {
    /// After rows were deleted: what the database did to others by itself, the session's objects follow.
    pub(crate) fn follow_deletes(&self, deleted: &[Rc<dyn AnyInstance>]) {
        let mut waiting = vec![deleted.to_vec()];
        while let Some(deleted) = waiting.pop() {
            let Some(first) = deleted.first() else {
                continue;
            };
            for relation in first.table().relations {
                let Along::Other { table, foreign_key } = relation.along else {
                    continue;
                };
                let reference = Reference {
                    table,
                    position: foreign_key,
                };
                let keys = deleted.iter();
                let keys = keys.filter_map(|object| reference.of_parent(&**object));
                let followers = match reference.key().on_delete {
                    OnDelete::Refuse => continue,
                    OnDelete::Cascade | OnDelete::Unset => {
                        self.leading_to(reference, keys.collect())
                    }
                };
                if reference.key().on_delete == OnDelete::Unset {
                    followers
                        .iter()
                        .for_each(|other| self.follow_blindly(other));
                    continue;
                }
                followers.iter().for_each(|other| self.note_deleted(other));
                waiting.push(followers);
            }
        }
    }

    /// After a row has changed what foreign keys lead to, and before its object knows: the database has changed those, or it
    /// would have refused. Objects with changes of their own keep these.
    pub(crate) fn follow_key(&self, object: &Rc<dyn AnyInstance>, incoming: &[Reference]) {
        for reference in incoming {
            let Some(key) = reference.of_parent(&**object) else {
                continue;
            };
            let followers = self.leading_to(*reference, HashSet::from([key]));
            let followers = followers.iter().filter(|other| !other.is_edited());
            followers.for_each(|other| self.follow_blindly(other));
        }
    }

    /// The objects of the session that lead to keys, as the database has it.
    pub(super) fn leading_to(&self, reference: Reference, keys: HashSet<Identity>) -> Objects {
        let mut objects = self.objects.borrow_mut();
        let leads = |object: &&Rc<dyn AnyInstance>| {
            let key = reference.stored_of_child(&***object);
            key.is_some_and(|key| keys.contains(&key))
        };
        let rows = objects.rows(reference.table).iter();
        rows.filter(leads).cloned().collect()
    }
}

/// The foreign keys of other tables that lead to one of these columns, and of the table itself.
pub(crate) fn incoming(
    table: &'static TableInfo,
    changes: impl Fn(usize) -> bool,
) -> Vec<Reference> {
    let back = table
        .relations
        .iter()
        .filter_map(|relation| match relation.along {
            Along::Other { table, foreign_key } => Some(Reference {
                table,
                position: foreign_key,
            }),
            Along::Own(_) | Along::Between { .. } => None,
        });
    back.filter(|reference| {
        reference
            .key()
            .references
            .iter()
            .any(|column| changes(*column))
    })
    .collect()
}
