//! Getting and renewing objects by their keys.

use std::rc::Rc;

use super::{
    Inner, cohort,
    entity::Entity,
    few::Few,
    identity::Identity,
    instance::{AnyInstance, typed},
    object,
    relation::by_table,
    write::keys::{key_filter, select_by},
};
use crate::{
    error::Result,
    model::{Key, Keyed, TableInfo},
    sql::{QueryRef, Statement},
    value::Value,
};

/// The greatest number of keys in one statement.
const KEYS: usize = 500;

impl Inner {
    /// The entity with a key.
    pub(crate) fn get<M: Keyed>(self: &Rc<Self>, key: &M::Key) -> Result<Option<Entity<M>>> {
        self.usable()?;
        let identity =
            key.with_values(|values| Identity::of(values.iter().map(|value| (*value).to_owned())));
        let known = identity.and_then(|identity| {
            let objects = self.objects.borrow();
            objects.find(M::TABLE, &identity).cloned()
        });
        if let Some(known) = known.and_then(typed::<M>) {
            if known.head.expired.get() {
                let any = Rc::clone(&known) as Rc<dyn AnyInstance>;
                if !self.reload(&[any])? {
                    return Ok(None);
                }
            }
            return Ok(Some(Entity::new(known)));
        }
        self.autoflush()?;
        let connection = self.connection()?;
        match connection.find_by_key::<M>(key)? {
            Some(row) => {
                let entity = self.manage_one(row)?;
                self.load_beside(entity.any())?;
                Ok(Some(entity))
            }
            None => Ok(None),
        }
    }

    /// Renews an entity, whatever it knows.
    pub(crate) fn refresh(self: &Rc<Self>, instance: &Rc<dyn AnyInstance>) -> Result<()> {
        let all = self.expire(instance)?;
        self.autoflush()?;
        if !instance.head().is_persistent() {
            // The flush deleted it.
            return Err(object::is_missing(&**instance));
        }
        for (_, objects) in by_table(all) {
            self.reload(&objects)?;
        }
        if instance.head().expired.get() {
            return Err(object::is_missing(&**instance));
        }
        Ok(())
    }

    /// Renews an entity that is out of date, together with those of its peers that are. Nothing is flushed for that: what waits is
    /// about other rows, and may be half of what the next edits make whole.
    pub(crate) fn renew(self: &Rc<Self>, instance: &Rc<dyn AnyInstance>) -> Result<()> {
        self.renew_with_peers(instance)?;
        if instance.head().expired.get() {
            return Err(object::is_missing(&**instance));
        }
        Ok(())
    }

    /// The same, where the row may be gone.
    pub(crate) fn renew_with_peers(self: &Rc<Self>, instance: &Rc<dyn AnyInstance>) -> Result<()> {
        let fits = |peer: &dyn AnyInstance| {
            let head = peer.head();
            head.expired.get() && head.is_persistent() && self.has(peer)
        };
        let peers = {
            let mut objects = self.objects.borrow_mut();
            cohort::all(instance, objects.rows(instance.table()), fits)
        };
        let peers = cohort::nearest(peers, instance);
        self.reload(&peers).map(drop)
    }

    /// Renews those of some objects of one table that are out of date, each where its row is still there.
    pub(crate) fn renew_expired(self: &Rc<Self>, objects: &[Rc<dyn AnyInstance>]) -> Result<()> {
        let expired = objects.iter().filter(|object| object.head().expired.get());
        let expired: Vec<_> = expired.cloned().collect();
        if !expired.is_empty() {
            self.reload(&expired)?;
        }
        Ok(())
    }

    /// Reads objects of one table again, each where its row is still there. Returns whether all were.
    fn reload(self: &Rc<Self>, instances: &[Rc<dyn AnyInstance>]) -> Result<bool> {
        let connection = self.connection()?;
        let mut found = 0;
        for part in instances.chunks(KEYS) {
            let Some(first) = part.first() else {
                break;
            };
            let table = first.table();
            let keys: Vec<Few<Value>> = part
                .iter()
                .map(|instance| stored_key(&**instance))
                .collect();
            let tree = select_by(
                table,
                key_filter(table, table.primary_key, keys.into_iter().flatten()),
            );
            let statement = Statement::Select {
                query: QueryRef::Select(&tree),
                at_most: None,
            };
            // Nothing but the model's own decoding runs while the rows are read.
            connection.each(statement, &mut |row| {
                let identity = first.identity_in(row, table.primary_key)?;
                let known = identity.and_then(|identity| self.find(table, &identity));
                if let Some(known) = known {
                    let before = self.relations.borrow().before(&*known);
                    known.read(row)?;
                    self.relations.borrow_mut().moved(&known, before);
                    found += 1;
                }
                Ok(())
            })?;
        }
        Ok(found >= instances.len())
    }

    pub(crate) fn find(
        &self,
        table: &'static TableInfo,
        identity: &Identity,
    ) -> Option<Rc<dyn AnyInstance>> {
        self.objects.borrow().find(table, identity).cloned()
    }
}

/// The key that the database has.
pub(crate) fn stored_key(instance: &dyn AnyInstance) -> Few<Value> {
    let columns = instance.table().primary_key.iter();
    let value = |column: &usize| instance.stored_value(*column).unwrap_or(Value::Null);
    columns.map(value).collect()
}
