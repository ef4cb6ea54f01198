//! Updates of many rows that are each set to something else, by their keys.

use std::collections::HashSet;

use super::super::{fill::Changes, scope::FromTable, update::Assignments};
use crate::{
    connection::Connection,
    error::Result,
    model::{IntoKey, Key, Keyed},
    session::{Batch, Identity, RowUpdate, Session},
    sql::Assigned,
};

/// What [`Connection::update_by_key`] takes: pairs of a key and what its row is set to. `Which` is inferred.
#[diagnostic::on_unimplemented(
    message = "rows of table `{M}` cannot be updated by this",
    label = "expected pairs of a key and assignments, such as `(1, {M}::….set(…))`"
)]
pub trait UpdatesByKey<M, Which> {
    #[doc(hidden)]
    fn into_updates(self) -> Vec<UpdateOfKey>;
}

/// What the row of a key is set to.
#[doc(hidden)]
pub struct UpdateOfKey(RowUpdate);

impl AsRef<RowUpdate> for UpdateOfKey {
    fn as_ref(&self) -> &RowUpdate {
        &self.0
    }
}

impl<M, R, K, A, I> UpdatesByKey<M, I> for R
where
    M: Keyed,
    R: IntoIterator<Item = (K, A)>,
    K: IntoKey<M::Key>,
    A: Assignments<M, FromTable<M>, I>,
{
    fn into_updates(self) -> Vec<UpdateOfKey> {
        let updates = self.into_iter().map(|(key, assignments)| {
            let mut set = Vec::new();
            assignments.collect(&mut set);
            Assigned::keep_last(&mut set);
            if !set.is_empty() {
                M::on_update(&mut Changes::new(&mut set));
            }
            set.sort_by_key(|assigned| assigned.column);
            let key = key.into_key();
            let key =
                key.with_values(|values| values.iter().map(|value| (*value).to_owned()).collect());
            UpdateOfKey(RowUpdate {
                set: set.into(),
                key,
            })
        });
        updates.collect()
    }
}

impl Connection {
    /// Updates rows by their keys, each to something else: `conn.update_by_key::<Account, _>([(1, Account::balance.set(5)), …])`.
    /// Returns how many rows it found; a key without a row is none.
    ///
    /// Rows that set the same columns to values go together; one that is set to an expression goes alone. Where a key comes
    /// several times, the last one wins. What is set whenever a row changes is set, and a version column stays as it is.
    ///
    /// # Errors
    /// [Integrity](crate::Error::is_integrity) where a constraint says no. Rows that were updated by then stay so in the
    /// transaction.
    pub fn update_by_key<M: Keyed, Which>(
        &self,
        updates: impl UpdatesByKey<M, Which>,
    ) -> Result<u64> {
        update_rows::<M>(self, &updates.into_updates())
    }
}

impl Session {
    /// Updates rows by their keys, without objects: [`Connection::update_by_key`] within the session's transaction. The session is
    /// flushed before, and the entities that it knows follow.
    ///
    /// # Errors
    /// As on a connection, and those of the flush before.
    pub fn update_by_key<M: Keyed, Which>(
        &self,
        updates: impl UpdatesByKey<M, Which>,
    ) -> Result<u64> {
        let updates = updates.into_updates();
        let rows: Vec<&RowUpdate> = updates.iter().map(AsRef::as_ref).collect();
        self.inner()
            .update_by_key(M::TABLE, &rows, |on| update_rows::<M>(on, &updates))
    }
}

/// Updates the rows, in rounds in which no key comes twice.
fn update_rows<M: Keyed>(on: &Connection, rows: &[UpdateOfKey]) -> Result<u64> {
    let batch = Batch {
        connection: on,
        table: M::TABLE,
        version: None,
    };
    let mut found = 0;
    let mut rest = rows;
    while !rest.is_empty() {
        let mut seen = HashSet::new();
        let is_new = |row: &&UpdateOfKey| match Identity::of(row.0.key.iter().cloned()) {
            Some(identity) => seen.insert(identity),
            None => true,
        };
        let (round, others) = rest.split_at(rest.iter().take_while(is_new).count());
        let mut round: Vec<&RowUpdate> = round.iter().map(AsRef::as_ref).collect();
        round.sort_by_key(|row| columns(row));
        for group in round.chunk_by(|one, next| one.sets_as(next)) {
            batch.update(group, &mut |_, count| {
                found += count;
                Ok(())
            })?;
        }
        rest = others;
    }
    Ok(found)
}

fn columns(row: &RowUpdate) -> Vec<usize> {
    row.set.iter().map(|assigned| assigned.column).collect()
}
