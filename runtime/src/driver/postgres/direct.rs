//! The client of `tokio-postgres` itself.

use tokio_postgres::Client;

use super::PostgresConnection;
use crate::{
    connection::Connection,
    error::{Error, ErrorKind, Result},
};

impl Connection {
    /// Hands `work` the driver's own client of PostgreSQL: for COPY, or types that the server alone knows. The crate is
    /// [`drivers::tokio_postgres`](crate::drivers::tokio_postgres); the traits of its streams and sinks are those of
    /// [`drivers::futures_util`](crate::drivers::futures_util).
    ///
    /// ```no_run
    /// use std::pin::pin;
    ///
    /// use aludel::drivers::futures_util::SinkExt;
    ///
    /// # let conn = aludel::Engine::new("postgres://localhost/shop")?.connect()?;
    /// let copied: u64 = conn.with_postgres(async |client| {
    ///     let mut sink = pin!(client.copy_in("COPY users (name) FROM STDIN").await?);
    ///     sink.send("ed\nann\n".as_bytes()).await?;
    ///     sink.finish().await
    /// })?;
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// The future runs to its end in this thread, without a runtime: it can wait for what the client gives, and for nothing else.
    ///
    /// It runs in the transaction that is open, and begins none: where none is open, each of its statements commits by itself. It
    /// may begin a transaction and end one, which [`in_transaction`](Connection::in_transaction) then tells; within
    /// [`transact`](Connection::transact) it must not end that one. Whatever it begins to copy it finishes or drops. What it sets
    /// stays set when the connection goes back to the pool: the time zone has to be left as it is.
    ///
    /// # Errors
    /// What `work` returns, classified as any other error of the database. [`Unsupported`](crate::ErrorKind::Unsupported) on
    /// another database, [`Busy`](crate::ErrorKind::Busy) while rows are being read.
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) when it waits for something that is not the server's to give, or
    /// leaves a COPY open; in the latter case the connection is lost. The driver loses it, too, where the server refuses a COPY
    /// before it takes data, for a table that is not there: that is [`Disconnected`](crate::ErrorKind::Disconnected), with the
    /// server's message.
    pub fn with_postgres<T>(
        &self,
        work: impl AsyncFnOnce(&Client) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T> {
        self.with_driver(
            "with_postgres",
            "PostgreSQL",
            |driver: &mut PostgresConnection| driver.hand_out(work),
        )
    }
}

impl PostgresConnection {
    fn hand_out<T>(
        &mut self,
        work: impl AsyncFnOnce(&Client) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T> {
        self.begun = None;
        if let Some(begin) = self.link.take_announced() {
            self.send(&begin)?;
        }
        // Unless it comes to an end: after a panic nobody knows what is still to be answered.
        self.broken = true;
        let client = &self.client;
        let done = self.link.lend(async { Ok(work(client).await?) });
        self.broken = self.link.is_copying();
        if self.broken {
            return Err(left_open());
        }
        done.map_err(|failure| self.failed(failure))
    }
}

#[cold]
fn left_open() -> Error {
    let message = "a COPY was left open: finish its sink, or drop it, within `with_postgres`; the connection cannot be used again";
    Error::new(ErrorKind::InvalidRequest, message)
}
