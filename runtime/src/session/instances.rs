//! Making objects of a table whose model is not known where that is done.

use std::{fmt, rc::Rc};

use super::instance::{AnyInstance, Instance, Status};
use crate::{error::Result, model::Keyed, query::NewRow, row::Row, sql::Assigned};

/// For generated code: how a session makes objects of a model.
#[derive(Clone, Copy)]
pub struct Instances {
    /// An object, in no session yet, of the columns of a row that begin at a position.
    pub(crate) read: fn(&Row<'_>, usize) -> Result<Rc<dyn AnyInstance>>,
    /// An object without a row, of values to insert, which gets those that the client makes.
    pub(crate) create: fn(Vec<Assigned>) -> Rc<dyn AnyInstance>,
}

impl Instances {
    /// Of this model.
    #[doc(hidden)]
    pub const fn of<M: Keyed>() -> Self {
        Instances {
            read: read::<M>,
            create: create::<M>,
        }
    }
}

fn read<M: Keyed>(row: &Row<'_>, at: usize) -> Result<Rc<dyn AnyInstance>> {
    let row = M::decode(row, at)?;
    Ok(Instance::loaded(
        row,
        Status::Detached,
        std::rc::Weak::new(),
    ))
}

fn create<M: Keyed>(values: Vec<Assigned>) -> Rc<dyn AnyInstance> {
    let mut row = NewRow::<M>::of(values);
    M::complete(&mut row);
    Instance::<M>::pending(row.into_values(), std::rc::Weak::new())
}

// A table has one model, so that there is nothing to compare, and nothing to show.
impl PartialEq for Instances {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Instances {}

impl fmt::Debug for Instances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Instances")
    }
}
