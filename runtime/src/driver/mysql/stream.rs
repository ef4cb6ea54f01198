//! A result of MySQL or MariaDB that stays open: rows that are read from the connection as they are asked for.

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use mysql::{
    Binary, Column, Conn, QueryResult, Row as ServerRow, Statement, Text,
    prelude::{Protocol, Queryable},
};
use self_cell::{MutBorrow, self_cell};

use super::{
    error, helper,
    session::{Effect, Session},
};
#[cfg(feature = "_frames")]
use crate::frame::FrameType;
use crate::{
    driver::{Performed, ReadOne, RowStream},
    error::Result,
    row::Row,
};

/// What a statement gave, in the form of the protocol that it was sent by.
pub(super) enum Answer<'c> {
    Prepared(QueryResult<'c, 'c, 'c, Binary>),
    Plain(QueryResult<'c, 'c, 'c, Text>),
}

self_cell! {
    /// An answer, and the connection that it comes from.
    pub(super) struct Open {
        owner: MutBorrow<Conn>,
        #[not_covariant]
        dependent: Answer,
    }
}

/// A statement that was sent, and whose answer is being read.
pub(super) struct MysqlStream<'c> {
    /// `None` once it is read to the end, or given up.
    open: Option<Open>,
    /// Where the connection goes back to.
    home: &'c RefCell<Option<Conn>>,
    session: &'c Session,
    effect: Effect,
    /// The statement, where it is to be closed behind its result.
    closes: Option<Statement>,
    /// The names and types of its columns, which the end of the answer takes with it.
    #[cfg(feature = "_frames")]
    columns: Vec<(String, Option<FrameType>)>,
}

/// What is sent.
pub(super) enum Request<'r> {
    Prepared(&'r Statement, Vec<mysql::Value>),
    Plain(&'r str),
}

impl Open {
    /// Sends a statement; gives back the connection where that fails.
    pub(super) fn begin(
        connection: Conn,
        request: Request<'_>,
    ) -> Result<Self, (Conn, mysql::Error)> {
        let begun = Open::try_new_or_recover(MutBorrow::new(connection), |connection| {
            let connection = connection.borrow_mut();
            match request {
                Request::Prepared(statement, values) => connection
                    .exec_iter(statement, values)
                    .map(Answer::Prepared),
                Request::Plain(sql) => connection.query_iter(sql).map(Answer::Plain),
            }
        });
        begun.map_err(|(connection, error)| (connection.into_inner(), error))
    }

    /// Ends the answer, and closes the statement where it is not kept.
    fn close(self, closes: Option<Statement>) -> (Conn, mysql::Result<()>) {
        let mut connection = self.into_owner().into_inner();
        let closed = match closes {
            Some(statement) => connection.close(statement),
            None => Ok(()),
        };
        (connection, closed)
    }
}

impl Answer<'_> {
    #[inline]
    fn next(&mut self) -> Option<mysql::Result<ServerRow>> {
        match self {
            Answer::Prepared(rows) => rows.next(),
            Answer::Plain(rows) => rows.next(),
        }
    }

    fn affected_rows(&self) -> u64 {
        match self {
            Answer::Prepared(rows) => rows.affected_rows(),
            Answer::Plain(rows) => rows.affected_rows(),
        }
    }

    /// The names of its columns.
    fn columns(&self) -> Vec<String> {
        let columns = match self {
            Answer::Prepared(rows) => rows.columns(),
            Answer::Plain(rows) => rows.columns(),
        };
        let name = |column: &Column| column.name_str().into_owned();
        columns.as_ref().iter().map(name).collect()
    }

    /// Their types.
    #[cfg(feature = "_frames")]
    fn types(&self) -> Vec<Option<FrameType>> {
        let columns = match self {
            Answer::Prepared(rows) => rows.columns(),
            Answer::Plain(rows) => rows.columns(),
        };
        columns
            .as_ref()
            .iter()
            .map(super::declared::of_column)
            .collect()
    }

    /// Reads over what is left, which a procedure can give several results of, and counts the rows.
    fn drain(&mut self, rows: &AtomicU64) -> mysql::Result<()> {
        match self {
            Answer::Prepared(results) => drain(results, rows),
            Answer::Plain(results) => drain(results, rows),
        }
    }
}

fn drain<P: Protocol>(
    results: &mut QueryResult<'_, '_, '_, P>,
    rows: &AtomicU64,
) -> mysql::Result<()> {
    while let Some(result) = results.iter() {
        for row in result {
            row?;
            rows.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

impl<'c> MysqlStream<'c> {
    pub(super) fn new(
        open: Open,
        home: &'c RefCell<Option<Conn>>,
        session: &'c Session,
        effect: Effect,
        closes: Option<Statement>,
    ) -> Self {
        MysqlStream {
            open: Some(open),
            home,
            session,
            effect,
            closes,
            #[cfg(feature = "_frames")]
            columns: Vec::new(),
        }
    }

    /// The same, which knows its columns also when it has come to its end.
    #[cfg(feature = "_frames")]
    pub(super) fn described(mut self) -> Result<Self> {
        self.columns =
            self.ask(|answer| Ok(answer.columns().into_iter().zip(answer.types()).collect()))?;
        Ok(self)
    }

    /// Reads the answer to its end; returns how many rows were changed.
    pub(super) fn changed(mut self) -> Result<u64> {
        let mut read = AtomicU64::new(0);
        let affected = self.ask(|answer| {
            let affected = answer.affected_rows();
            answer.drain(&read)?;
            Ok(affected)
        })?;
        self.end()?;
        let read = *read.get_mut();
        // What RETURNING gives are the rows that were changed.
        if self.effect == Effect::Writes {
            Ok(affected + read)
        } else {
            Ok(affected)
        }
    }

    /// Reads the answer to its end, and hands its rows to `each`; of a procedure that gives several results, those of the first.
    pub(super) fn performed(mut self, each: ReadOne<'_>) -> Result<Performed> {
        let (columns, affected) =
            self.ask(|answer| Ok((answer.columns(), answer.affected_rows())))?;
        #[cfg(feature = "_frames")]
        let types = self.ask(|answer| Ok(answer.types()))?;
        let mut read = 0;
        while self.next(&mut |row| {
            read += 1;
            each(row)
        })? {}
        let given = if self.effect == Effect::Writes {
            read
        } else {
            0
        };
        Ok(Performed {
            columns,
            #[cfg(feature = "_frames")]
            types,
            changed: affected + given,
        })
    }

    /// Reads over what is left.
    pub(super) fn end(&mut self) -> Result<()> {
        if self.open.is_none() {
            return Ok(());
        }
        self.ask(|answer| answer.drain(&AtomicU64::new(0)))?;
        self.session.ran(self.effect);
        self.release()
            .map_err(|error| self.session.failed(self.effect, error))
    }

    /// The next row; the end of them ends the answer.
    #[inline]
    pub(super) fn row(&mut self) -> Result<Option<ServerRow>> {
        let Some(open) = &mut self.open else {
            return Ok(None);
        };
        match open.with_dependent_mut(|_, answer| answer.next()) {
            Some(Ok(row)) => Ok(Some(row)),
            Some(Err(error)) => Err(self.failed(error)),
            None => self.end().map(|()| None),
        }
    }

    /// Asks the answer for something; an error ends it.
    #[inline]
    fn ask<T: Default>(
        &mut self,
        ask: impl FnOnce(&mut Answer<'_>) -> mysql::Result<T>,
    ) -> Result<T> {
        let Some(open) = &mut self.open else {
            return Ok(T::default());
        };
        match open.with_dependent_mut(|_, answer| ask(answer)) {
            Ok(asked) => Ok(asked),
            Err(error) => Err(self.failed(error)),
        }
    }

    #[cold]
    fn failed(&mut self, error: mysql::Error) -> crate::Error {
        let failed = self.session.failed(self.effect, error);
        // The connection is as the error left it; where it is broken, this fails too.
        let _ = self.release();
        failed
    }

    /// Gives the connection free, and closes the statement where it is not kept.
    fn release(&mut self) -> mysql::Result<()> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        let (connection, closed) = open.close(self.closes.take());
        self.home.replace(Some(connection));
        closed
    }

    /// As [`end`](Self::end), for somebody who must not be held up by a server that is silent.
    fn leave(&mut self) -> Result<()> {
        let limits = self.session.limits();
        if limits.hurried() == limits.read {
            return self.end();
        }
        let Some(mut open) = self.open.take() else {
            return Ok(());
        };
        let closes = self.closes.take();
        let rows = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&rows);
        let mut before = 0;
        let goes_on = || {
            let now = rows.load(Ordering::Relaxed);
            std::mem::replace(&mut before, now) < now
        };
        let done = helper::while_it_goes_on(limits.hurried(), goes_on, move || {
            let drained = open.with_dependent_mut(|_, answer| answer.drain(&counted));
            let (connection, closed) = open.close(closes);
            (connection, drained.and(closed))
        });
        match done {
            Ok(Some((connection, done))) => {
                self.home.replace(Some(connection));
                self.session.ran(self.effect);
                done.map_err(|error| self.session.failed(self.effect, error))
            }
            Ok(None) => Err(self.session.given_up()),
            Err(error) => {
                self.session.given_up();
                Err(error::no_helper(error))
            }
        }
    }
}

impl RowStream for MysqlStream<'_> {
    fn next(&mut self, each: ReadOne<'_>) -> Result<bool> {
        match self.row()? {
            Some(row) => each(&Row::new(&row)).map(|()| true),
            None => Ok(false),
        }
    }

    #[cfg(feature = "_frames")]
    fn columns(&self) -> Vec<(String, Option<FrameType>)> {
        self.columns.clone()
    }
}

/// The rows that nobody read are read over: the connection cannot be used before.
impl Drop for MysqlStream<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.leave() {
            tracing::warn!(target: "aludel::driver", %error, "the rest of a result could not be read");
        }
    }
}
