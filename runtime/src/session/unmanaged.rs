//! Rows that were read, and are not in the session yet.
//!
//! They lie together while the database is read, and become objects one after the other, each of which is sorted to what it leads to
//! while it is near the processor.

use std::{collections::VecDeque, rc::Rc};

use super::{Loading, instance::AnyInstance, relation::groups::Groups};
use crate::{error::Result, model::Keyed, row::Row};

/// Rows of one model, whichever that is.
pub(crate) trait Unmanaged {
    /// Reads one from the columns that begin at a position.
    fn read(&mut self, row: &Row<'_>, at: usize) -> Result<()>;
    fn len(&self) -> usize;
    /// What the first of them is in the session; it is taken out.
    fn take(&mut self, loading: &mut Loading<'_>) -> Option<Rc<dyn AnyInstance>>;
    /// Takes all into the session, each after the next of `others`, and sorts them by what they lead to now.
    fn take_into(
        self: Box<Self>,
        groups: &mut Groups,
        others: Option<Box<dyn Unmanaged>>,
        loading: &mut Loading<'_>,
    );
}

impl<M: Keyed> Unmanaged for VecDeque<M> {
    fn read(&mut self, row: &Row<'_>, at: usize) -> Result<()> {
        self.push_back(M::decode(row, at)?);
        Ok(())
    }

    fn len(&self) -> usize {
        VecDeque::len(self)
    }

    fn take(&mut self, loading: &mut Loading<'_>) -> Option<Rc<dyn AnyInstance>> {
        let row = self.pop_front()?;
        Some(loading.object(row))
    }

    fn take_into(
        self: Box<Self>,
        groups: &mut Groups,
        mut others: Option<Box<dyn Unmanaged>>,
        loading: &mut Loading<'_>,
    ) {
        for row in Vec::from(*self) {
            if let Some(others) = &mut others {
                others.take(loading);
            }
            loading.group(row, groups);
        }
    }
}
