//! Driving the protocol's state machine: one thing at a time, in the thread that asks for it.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use tokio_postgres::{AsyncMessage, Connection, Error as PostgresError, tls::NoTlsStream};

use super::{
    error::Failure,
    frames::{Seen, Status},
    wire::Wire,
};

/// The connection behind a client.
pub(super) struct Link {
    /// `None` once it is lost.
    connection: Option<Connection<Wire, NoTlsStream>>,
    /// Why it was lost.
    cause: Option<PostgresError>,
    seen: Arc<Seen>,
    clock: Clock,
}

/// Tells whether something can go on without the server.
struct Clock {
    alarm: Arc<Alarm>,
    waker: Waker,
}

struct Alarm(AtomicBool);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Clock {
    fn new() -> Self {
        let alarm = Arc::new(Alarm(AtomicBool::new(false)));
        Clock {
            waker: Waker::from(Arc::clone(&alarm)),
            alarm,
        }
    }

    /// Whether anything was woken since this was last asked.
    fn rang(&self) -> bool {
        self.alarm.0.swap(false, Ordering::Relaxed)
    }
}

/// Runs what needs no connection but the wire itself: the start of one.
pub(super) fn start<T>(seen: &Seen, future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return done;
        }
        seen.let_wait(true);
    }
}

impl Link {
    pub(super) fn new(connection: Connection<Wire, NoTlsStream>, seen: Arc<Seen>) -> Self {
        Link {
            connection: Some(connection),
            cause: None,
            seen,
            clock: Clock::new(),
        }
    }

    pub(super) fn is_lost(&self) -> bool {
        self.connection.is_none()
    }

    /// Why the connection was lost, for whoever asks first.
    pub(super) fn take_cause(&mut self) -> Option<PostgresError> {
        self.cause.take()
    }

    /// What the server said last about the transaction.
    pub(super) fn status(&self) -> Status {
        self.seen.status()
    }

    /// A setting as the server has told it.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.connection.as_ref()?.parameter(name)
    }

    /// Runs something to its end.
    pub(super) fn run<T>(
        &mut self,
        future: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let mut future = pin!(future);
        let waker = self.clock.waker.clone();
        let mut context = Context::from_waker(&waker);
        loop {
            let was_lost = self.is_lost();
            if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
                return done;
            }
            if was_lost {
                return Err(Failure::Lost);
            }
            self.advance(&mut context);
        }
    }

    /// Waits until the server has answered all that was sent, and reads over what nobody wants to have. Then what it said
    /// about the transaction is the truth.
    pub(super) fn settle(&mut self) {
        let waker = self.clock.waker.clone();
        let mut context = Context::from_waker(&waker);
        while self.seen.has_unanswered() && !self.is_lost() {
            self.advance(&mut context);
        }
    }

    /// Sends what there is to send, hands on what was read; waits for the server only if that woke nobody.
    fn advance(&mut self, context: &mut Context<'_>) {
        self.clock.rang();
        self.poll(context);
        if !self.clock.rang() {
            self.seen.let_wait(true);
            self.poll(context);
            self.seen.let_wait(false);
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) {
        while let Some(connection) = &mut self.connection {
            match connection.poll_message(context) {
                Poll::Ready(Some(Ok(AsyncMessage::Notice(notice)))) => {
                    tracing::debug!(target: "aludel::driver", notice = notice.message(), "PostgreSQL says something");
                }
                Poll::Ready(Some(Ok(_))) => {}
                Poll::Ready(end) => {
                    self.cause = end.and_then(Result::err);
                    // Whoever waits for an answer learns by this that none comes.
                    self.connection = None;
                }
                Poll::Pending => return,
            }
        }
    }
}
