//! Telling a server that nobody waits for a statement any more.

use std::{io, sync::Arc, time::Duration};

use tokio_postgres::{CancelToken, NoTls};

use super::{
    frames::Seen,
    kept::Kept,
    link::start,
    options::Place,
    socket::{Plain, Socket},
    tls::Tls,
    wire::Wire,
};
use crate::error::{Error, ErrorKind, Result};

/// How long each step of it may take: it is done for somebody who has waited long enough.
const PATIENCE: Duration = Duration::from_millis(500);

/// The way to the server of a connection.
pub(super) struct Canceller {
    socket: Plain,
    place: Place,
    tls: Option<Arc<Tls>>,
}

impl Canceller {
    pub(super) fn new(socket: Plain, place: Place, tls: Option<Arc<Tls>>) -> Self {
        Canceller { socket, place, tls }
    }

    /// How long the connection waits from now on for something to read; `None` for as long as it takes.
    pub(super) fn wait_to_read(&self, limit: Option<Duration>) -> io::Result<()> {
        self.socket.wait_to_read(limit)
    }

    /// Has the server end what runs on the connection, by another connection that is encrypted as the first one is: what goes over it
    /// could end statements of others. Whether it was heard, the server does not say.
    pub(super) fn cancel(&self, token: &CancelToken) {
        if let Err(error) = self.try_cancel(token) {
            tracing::debug!(target: "aludel::driver", %error, "PostgreSQL could not be told that nobody waits for a statement");
        }
    }

    fn try_cancel(&self, token: &CancelToken) -> Result<()> {
        let plain = self.socket.again(PATIENCE);
        let plain = plain.map_err(super::open::unreachable)?;
        let socket = match &self.tls {
            Some(tls) => tls.begin(plain, &self.place)?,
            None => Socket::Plain(plain),
        };
        let seen = Arc::new(Seen::new());
        let wire = Wire::new(socket, Arc::clone(&seen), Arc::new(Kept::default()));
        start(&seen, token.cancel_query_raw(wire, NoTls))
            .map_err(|error| Error::new(ErrorKind::Operational, error.to_string()))
    }
}
