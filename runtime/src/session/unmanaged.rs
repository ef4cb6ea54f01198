//! Rows that were read, and are not in the session yet.
//!
//! They lie together while the database is read, and become objects one after the other, each of which is sorted to what it leads to
//! while it is near the processor.

use std::{collections::VecDeque, rc::Rc};

use super::{Loading, identity::Identity, instance::AnyInstance, relation::Reference};
use crate::{error::Result, model::Keyed, row::Row};

/// Rows of one model, whichever that is.
pub(crate) trait Unmanaged {
    /// Reads one from the columns that begin at a position.
    fn read(&mut self, row: &Row<'_>, at: usize) -> Result<()>;
    fn len(&self) -> usize;
    /// What the first of them is in the session; it is taken out.
    fn take(&mut self, loading: &mut Loading<'_>) -> Option<Rc<dyn AnyInstance>>;
    /// The same, and what it leads to now by a foreign key of the table.
    fn take_leading(
        &mut self,
        loading: &mut Loading<'_>,
        reference: Reference,
    ) -> Option<(Rc<dyn AnyInstance>, Option<Identity>)>;
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

    fn take_leading(
        &mut self,
        loading: &mut Loading<'_>,
        reference: Reference,
    ) -> Option<(Rc<dyn AnyInstance>, Option<Identity>)> {
        let row = self.pop_front()?;
        Some(loading.leading_object(row, reference))
    }
}
