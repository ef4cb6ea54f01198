//! Driving the protocol's state machine: one thing at a time, in the thread that asks for it.

use std::{
    borrow::Cow,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use futures_util::future::join;
use tokio_postgres::{AsyncMessage, Client, Connection, Error as PostgresError, tls::NoTlsStream};

use super::{
    error::Failure,
    frames::{Seen, Status},
    kept::Kept,
    wire::Wire,
};
use crate::error::{Error, ErrorKind};

/// What begins a transaction, with nothing or something behind it.
pub(super) const BEGIN: &str = "BEGIN";

/// A statement that begins a transaction.
pub(super) type Begin = Cow<'static, str>;

/// The connection behind a client.
pub(super) struct Link {
    /// `None` once it is lost.
    connection: Option<Connection<Wire, NoTlsStream>>,
    /// Why it was lost.
    cause: Option<PostgresError>,
    seen: Arc<Seen>,
    kept: Arc<Kept>,
    clock: Clock,
    /// A transaction that has begun for everybody but the server, which is told along with the first statement.
    announced: Option<Begin>,
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
    pub(super) fn new(
        connection: Connection<Wire, NoTlsStream>,
        seen: Arc<Seen>,
        kept: Arc<Kept>,
    ) -> Self {
        Link {
            connection: Some(connection),
            cause: None,
            seen,
            kept,
            clock: Clock::new(),
            announced: None,
        }
    }

    /// Begins a transaction with whatever runs next: it saves waiting for the server twice.
    pub(super) fn announce(&mut self, begin: Begin) {
        self.announced = Some(begin);
    }

    /// Ends a transaction that has only been announced. `None` where there is none.
    pub(super) fn take_announced(&mut self) -> Option<Begin> {
        self.announced.take()
    }

    pub(super) fn is_lost(&self) -> bool {
        self.connection.is_none()
    }

    /// Why something failed: what the server said last tells more than that it said nothing since.
    pub(super) fn reason(&mut self, failure: Failure) -> Failure {
        match (failure, self.cause.take()) {
            (Failure::Postgres(error), Some(cause)) if error.is_closed() => {
                Failure::Postgres(cause)
            }
            (Failure::Lost, Some(cause)) => Failure::Postgres(cause),
            (failure, _) => failure,
        }
    }

    /// What the server said last about the transaction, unless one is announced.
    pub(super) fn status(&self) -> Status {
        if self.announced.is_some() {
            return Status::Open;
        }
        self.seen.status()
    }

    /// A setting as the server has told it.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.connection.as_ref()?.parameter(name)
    }

    /// Keeps the rows of what runs next from the state machine, until all is settled.
    pub(super) fn keep_rows(&mut self) -> Arc<Kept> {
        self.kept.want();
        Arc::clone(&self.kept)
    }

    /// Runs something to its end, in the transaction that was announced.
    pub(super) fn run<T>(
        &mut self,
        client: &Client,
        future: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let Some(begin) = self.take_announced() else {
            return self.drive(future);
        };
        // Both are sent before the answer to the first is there. Outside of a transaction it does not fail, but on a standby, which
        // cannot be serializable, and where nothing can be written without a transaction either.
        self.drive(async {
            let (begun, done) = join(client.batch_execute(&begin), future).await;
            begun?;
            done
        })
    }

    fn drive<T>(&mut self, future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
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

    /// Runs something of which nothing is known, which may copy. It ends with an error when it waits for something else than the
    /// server.
    pub(super) fn lend<T>(
        &mut self,
        future: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        self.seen.let_copy(true);
        let done = self.drive_unknown(future);
        // What is dropped has something to say as well.
        let waker = self.clock.waker.clone();
        self.poll(&mut Context::from_waker(&waker));
        self.settle();
        self.seen.let_copy(false);
        done
    }

    /// Whether the server still waits for data to copy.
    pub(super) fn is_copying(&self) -> bool {
        self.seen.is_copying() && !self.is_lost()
    }

    fn drive_unknown<T>(
        &mut self,
        future: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let mut future = pin!(future);
        let waker = self.clock.waker.clone();
        let mut context = Context::from_waker(&waker);
        loop {
            let was_lost = self.is_lost();
            self.clock.rang();
            if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
                return done;
            }
            if was_lost {
                return Err(Failure::Lost);
            }
            let woke_itself = self.clock.rang();
            self.poll(&mut context);
            if woke_itself || self.clock.rang() || self.is_lost() {
                continue;
            }
            if !self.seen.has_unanswered() {
                return Err(stuck().into());
            }
            self.wait(&mut context);
        }
    }

    /// Waits until the server has answered all that was sent, and reads over what nobody wants to have. Then what it said
    /// about the transaction is the truth.
    pub(super) fn settle(&mut self) {
        if self.seen.has_unanswered() {
            self.read_over();
        }
        self.kept.end();
    }

    fn read_over(&mut self) {
        let waker = self.clock.waker.clone();
        let mut context = Context::from_waker(&waker);
        while self.seen.has_unanswered() && !self.is_lost() {
            self.kept.discard();
            self.advance(&mut context);
        }
    }

    /// Whether the server has still to answer.
    pub(super) fn has_unanswered(&self) -> bool {
        self.seen.has_unanswered()
    }

    /// Sends what there is to send, hands on what was read; waits for the server only if that woke nobody.
    fn advance(&mut self, context: &mut Context<'_>) {
        self.clock.rang();
        self.poll(context);
        if !self.clock.rang() {
            self.wait(context);
        }
    }

    fn wait(&mut self, context: &mut Context<'_>) {
        self.seen.let_wait(true);
        self.poll(context);
        self.seen.let_wait(false);
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

#[cold]
fn stuck() -> Error {
    let message = "the work waits for something that is not the server's to give: there is no runtime that could go on with it";
    Error::new(ErrorKind::InvalidRequest, message)
}
