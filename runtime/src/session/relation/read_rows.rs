//! Rows of relationships on their way from the database into the session.

use std::rc::Rc;

use super::{groups::Groups, load::instances};
use crate::{
    error::Result,
    model::TableInfo,
    row::Row,
    session::{Inner, instance::AnyInstance, load::Loading, unmanaged::Unmanaged},
    sql::{self, QueryRef, Statement},
};

/// What a row has become in the session, and that of the other side, where it was read too.
pub(crate) type Taken = (Rc<dyn AnyInstance>, Option<Rc<dyn AnyInstance>>);

/// Rows that were read, and are not in the session yet: each with that of the other side, where it was read too.
pub(crate) struct ReadRows {
    table: &'static TableInfo,
    rows: Box<dyn Unmanaged>,
    others: Option<Box<dyn Unmanaged>>,
}

impl ReadRows {
    /// Room for rows of a table, and of another one beside it.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where one of them has no primary key.
    pub(crate) fn of(table: &'static TableInfo, other: Option<&'static TableInfo>) -> Result<Self> {
        let room = |table| instances(table).map(|instances| (instances.unmanaged)());
        Ok(ReadRows {
            table,
            rows: room(table)?,
            others: other.map(room).transpose()?,
        })
    }

    /// Reads one: its columns, which begin at a position, and behind them those of the other.
    pub(crate) fn read(&mut self, row: &Row<'_>, at: usize) -> Result<()> {
        self.rows.read(row, at)?;
        match &mut self.others {
            Some(others) => others.read(row, at + self.table.columns.len()),
            None => Ok(()),
        }
    }

    /// Makes room for them in a session.
    pub(crate) fn make_room(&self, loading: &mut Loading<'_>) {
        loading.make_room(self.table, self.rows.len());
    }

    /// Takes the next one into the session, after that of the other side.
    #[inline]
    pub(crate) fn take(&mut self, loading: &mut Loading<'_>) -> Option<Taken> {
        let other = self.take_other(loading);
        Some((self.rows.take(loading)?, other))
    }

    /// Takes all into the session, each after that of the other side, and sorts them by what they lead to now.
    pub(crate) fn take_into(self, groups: &mut Groups, loading: &mut Loading<'_>) {
        self.make_room(loading);
        self.rows.take_into(groups, self.others, loading);
    }

    fn take_other(&mut self, loading: &mut Loading<'_>) -> Option<Rc<dyn AnyInstance>> {
        let others = self.others.as_mut()?;
        others.take(loading)
    }
}

impl Inner {
    /// Reads the rows of a query: all columns of a table, and of another where `other` says so.
    pub(crate) fn read_rows(
        self: &Rc<Self>,
        tree: &sql::Select,
        table: &'static TableInfo,
        other: Option<&'static TableInfo>,
    ) -> Result<ReadRows> {
        let mut read = ReadRows::of(table, other)?;
        let statement = Statement::Select {
            query: QueryRef::Select(tree),
            at_most: None,
        };
        self.connection()?
            .each(statement, &mut |row| read.read(row, 0))?;
        Ok(read)
    }

    /// Takes rows that were read into the session; gives the first of each.
    pub(crate) fn take(self: &Rc<Self>, mut read: ReadRows) -> Result<Vec<Rc<dyn AnyInstance>>> {
        let mut loading = self.loading(0);
        read.make_room(&mut loading);
        let taken = std::iter::from_fn(|| read.take(&mut loading));
        let taken = taken.map(|(first, _)| first).collect();
        self.loaded(loading)?;
        Ok(taken)
    }
}
