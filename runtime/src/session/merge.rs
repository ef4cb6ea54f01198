//! Rows from elsewhere, brought into a session.

use std::rc::Rc;

use super::{
    Entity, Inner,
    instance::{AnyInstance, Instance},
    object,
    pending::Pending,
};
use crate::{
    error::{Error, ErrorKind, Result},
    model::{Filled, Keyed},
    sql::{Assigned, Node},
};

impl Inner {
    pub(crate) fn merge<M: Keyed>(self: &Rc<Self>, row: M) -> Result<Pending<M>> {
        self.autoflush()?;
        let Some(entity) = self.get::<M>(&row.key())? else {
            let instance = Instance::<M>::pending(values_of(&row), Rc::downgrade(self));
            self.add_pending(Rc::clone(&instance) as Rc<dyn AnyInstance>);
            return Ok(Pending::new(instance));
        };
        check_version(&row, &entity)?;
        let mut edit = entity.edit()?;
        for column in written::<M>() {
            edit.field_mut(column).copy(row.field(column));
        }
        drop(edit);
        Ok(Pending::new(Rc::clone(entity.instance())))
    }
}

/// The columns that a client can write.
fn written<M: Keyed>() -> impl Iterator<Item = usize> {
    let columns = M::TABLE.columns.iter().enumerate();
    let written = columns.filter(|(_, column)| column.filled != Filled::Computed);
    written.map(|(index, _)| index)
}

fn values_of<M: Keyed>(row: &M) -> Vec<Assigned> {
    let value = |column| Assigned {
        column,
        value: Node::Parameter(row.field(column).encode()),
    };
    written::<M>().map(value).collect()
}

fn check_version<M: Keyed>(row: &M, known: &Entity<M>) -> Result<()> {
    let mut columns = M::TABLE.columns.iter();
    let Some(column) = columns.position(|column| column.version) else {
        return Ok(());
    };
    if row.field(column).is(known.field(column)) {
        return Ok(());
    }
    let message = format!(
        "{} cannot be merged with version {}: its row has version {}",
        object::described(&*known.any()),
        row.field(column).encode(),
        known.field(column).encode()
    );
    Err(Error::new(ErrorKind::StaleData, message))
}
