//! Making objects of a table whose model is not known where that is done.

use std::{collections::VecDeque, fmt, rc::Rc};

use super::{
    instance::{AnyInstance, Instance},
    unmanaged::Unmanaged,
};
use crate::{model::Keyed, query::NewRow, sql::Assigned};

/// For generated code: how a session makes objects of a model.
#[derive(Clone, Copy)]
pub struct Instances {
    /// Room for rows that are read.
    pub(crate) unmanaged: fn() -> Box<dyn Unmanaged>,
    /// An object without a row, of values to insert, which gets those that the client makes.
    pub(crate) create: fn(Vec<Assigned>) -> Rc<dyn AnyInstance>,
}

impl Instances {
    /// Of this model.
    #[doc(hidden)]
    pub const fn of<M: Keyed>() -> Self {
        Instances {
            unmanaged: || Box::new(VecDeque::<M>::new()),
            create: create::<M>,
        }
    }
}

fn create<M: Keyed>(values: Vec<Assigned>) -> Rc<dyn AnyInstance> {
    let row = NewRow::<M>::of(values);
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
