//! A result of PostgreSQL that stays open.
//!
//! Within a transaction it is a cursor, from which rows are fetched by the thousand: whoever stops early has the server send no
//! more. What a cursor cannot be opened for, and what runs outside of a transaction, is read as the server sends it; then the
//! rest has to be read over.

use std::{collections::VecDeque, pin::Pin};

use futures_util::TryStreamExt;
use tokio_postgres::{Row as PostgresRow, RowStream as Incoming};

use super::{
    PostgresConnection, bound, cache::Prepared, cells::Columns, error::Failure, frames::Status,
};
#[cfg(feature = "_frames")]
use crate::frame::FrameType;
use crate::{
    driver::{ReadOne, RowStream},
    error::Result,
    row::Row,
    value::ValueRef,
};

/// How many rows are fetched at once.
const CHUNK: usize = 1_000;
const CURSOR: &str = "aludel_cursor";

/// An open result.
pub(super) struct PostgresStream<'c> {
    connection: &'c mut PostgresConnection,
    /// Known with the first row.
    columns: Option<Columns>,
    source: Source,
    /// What is known of its columns also where there is no row.
    #[cfg_attr(not(feature = "_frames"), allow(dead_code))] // for frames
    described: Described,
}

/// The names and types of columns.
#[cfg(feature = "_frames")]
type Described = Vec<(String, Option<FrameType>)>;
/// Nobody asks.
#[cfg(not(feature = "_frames"))]
type Described = ();

#[cfg(feature = "_frames")]
fn described(prepared: &Prepared) -> Described {
    let names = prepared.statement.columns().iter();
    let names = names.map(|column| column.name().to_owned());
    names
        .zip(prepared.columns.declared.iter().copied())
        .collect()
}

#[cfg(not(feature = "_frames"))]
fn described(_: &Prepared) -> Described {}

enum Source {
    Cursor {
        fetched: VecDeque<PostgresRow>,
        is_open: bool,
    },
    Incoming(Pin<Box<Incoming>>),
    Ended,
}

impl<'c> PostgresStream<'c> {
    pub(super) fn begin(
        connection: &'c mut PostgresConnection,
        sql: &str,
        parameters: &[ValueRef<'_>],
    ) -> Result<Self> {
        let is_cursor = connection.link.status() == Status::Open && only_reads(sql);
        let (source, described) = if is_cursor {
            declare(connection, sql, parameters)?
        } else {
            receive(connection, sql, parameters)?
        };
        Ok(PostgresStream {
            connection,
            columns: None,
            source,
            described,
        })
    }

    /// The next row; the next thousand are fetched when there is none.
    fn next_row(&mut self) -> Result<Option<PostgresRow>, Failure> {
        match &mut self.source {
            Source::Cursor { fetched, is_open } => {
                if fetched.is_empty() && *is_open {
                    *fetched = fetch(self.connection)?;
                    *is_open = fetched.len() == CHUNK;
                    if !*is_open {
                        close(self.connection)?;
                    }
                }
                Ok(fetched.pop_front())
            }
            Source::Incoming(incoming) => {
                let PostgresConnection { client, link, .. } = &mut *self.connection;
                link.run(client, async { Ok(incoming.try_next().await?) })
            }
            Source::Ended => Ok(None),
        }
    }
}

impl RowStream for PostgresStream<'_> {
    fn next(&mut self, each: ReadOne<'_>) -> Result<bool> {
        let row = match self.next_row() {
            Ok(Some(row)) => row,
            Ok(None) => {
                self.source = Source::Ended;
                return Ok(false);
            }
            Err(failure) => {
                self.source = Source::Ended;
                self.connection.link.settle();
                return Err(self.connection.failed(failure));
            }
        };
        let columns = self
            .columns
            .get_or_insert_with(|| Columns::of(row.columns()));
        let cells = self.connection.made.cells(&row, columns);
        each(&Row::new(&cells)).map(|()| true)
    }

    #[cfg(feature = "_frames")]
    fn columns(&self) -> Vec<(String, Option<FrameType>)> {
        self.described.clone()
    }
}

impl Drop for PostgresStream<'_> {
    fn drop(&mut self) {
        let source = std::mem::replace(&mut self.source, Source::Ended);
        let is_open = matches!(source, Source::Cursor { is_open: true, .. });
        // Whoever receives rows has to be gone before the rest of them is read over.
        drop(source);
        if is_open || self.connection.link.has_unanswered() {
            self.connection
                .in_a_hurry(|connection| end(connection, is_open));
        }
    }
}

/// Reads over what is left, and closes the cursor.
fn end(connection: &mut PostgresConnection, is_open: bool) {
    connection.link.settle();
    let ended = match connection.link.is_lost() {
        true => Err(Failure::Lost),
        false if is_open && connection.link.status() == Status::Open => close(connection),
        false => Ok(()),
    };
    if let Err(failure) = ended {
        let error = connection.failed(failure);
        tracing::warn!(target: "aludel::driver", %error, "the rest of a result could not be read");
    }
}

fn declare(
    connection: &mut PostgresConnection,
    sql: &str,
    parameters: &[ValueRef<'_>],
) -> Result<(Source, Described)> {
    // Prepared by itself it tells whether the server can send what it reads.
    let (converted, described) = connection.with_prepared(sql, parameters, |_, prepared| {
        Ok((prepared.converted.clone(), described(prepared)))
    })?;
    let sql = converted.as_deref().unwrap_or(sql);
    let declaration = format!("DECLARE {CURSOR} NO SCROLL CURSOR FOR {sql}");
    connection.with_prepared(&declaration, parameters, |this, prepared| {
        let client = &this.client;
        let bound = bound(prepared, parameters);
        this.link.run(client, async {
            client.execute_raw(&prepared.statement, bound).await?;
            Ok(())
        })
    })?;
    let source = Source::Cursor {
        fetched: VecDeque::new(),
        is_open: true,
    };
    Ok((source, described))
}

fn receive(
    connection: &mut PostgresConnection,
    sql: &str,
    parameters: &[ValueRef<'_>],
) -> Result<(Source, Described)> {
    // Not `with_prepared`, which would read over the rows: a statement that the server no longer takes is prepared once more.
    for is_last in [false, true] {
        let begun = connection.prepared(sql).and_then(|prepared| {
            super::check_count(prepared.parameters.len(), parameters.len())?;
            let client = &connection.client;
            let bound = bound(&prepared, parameters);
            let begun = async { Ok(client.query_raw(&prepared.statement, bound).await?) };
            let incoming = connection.link.run(client, begun)?;
            Ok((incoming, described(&prepared)))
        });
        let failure = match begun {
            Ok((incoming, described)) => {
                connection.begun = None;
                return Ok((Source::Incoming(Box::pin(incoming)), described));
            }
            Err(failure) => failure,
        };
        connection.link.settle();
        if !failure.is_stale_statement() {
            return Err(connection.failed(failure));
        }
        connection.cache.forget(sql);
        if is_last || !connection.begin_again()? {
            return Err(connection.stale(failure));
        }
    }
    Ok((Source::Ended, Described::default()))
}

fn fetch(connection: &mut PostgresConnection) -> Result<VecDeque<PostgresRow>, Failure> {
    let sql = format!("FETCH FORWARD {CHUNK} FROM {CURSOR}");
    let client = &connection.client;
    let fetched = connection.link.run(client, async {
        let rows = client.query_typed(&sql, &[]).await?;
        Ok(VecDeque::from(rows))
    });
    connection.link.settle();
    fetched
}

fn close(connection: &mut PostgresConnection) -> Result<(), Failure> {
    let sql = format!("CLOSE {CURSOR}");
    let client = &connection.client;
    let closed = connection
        .link
        .run(client, async { Ok(client.batch_execute(&sql).await?) });
    connection.link.settle();
    closed
}

/// Whether a statement reads and does nothing else, as far as its words tell: where a word could be another verb, it does not.
pub(super) fn only_reads(sql: &str) -> bool {
    const OTHERS: [&str; 5] = ["INSERT", "UPDATE", "DELETE", "MERGE", "INTO"];
    let mut words = sql
        .split(|character: char| !(character.is_alphanumeric() || character == '_'))
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let is_query = ["SELECT", "WITH", "VALUES", "TABLE"]
        .iter()
        .any(|verb| first.eq_ignore_ascii_case(verb));
    is_query && !words.any(|word| OTHERS.iter().any(|other| word.eq_ignore_ascii_case(other)))
}
