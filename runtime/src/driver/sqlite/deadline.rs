//! How long a statement may work. SQLite has no limit of its own, but asks every so many steps whether it is to go on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{
    driver::limits::too_long,
    error::{Error, ErrorKind},
};

/// After how many steps of its machine SQLite asks: some microseconds of work.
const STEPS: i32 = 1_000;

/// No statement is running.
const NEVER: u64 = u64::MAX;

/// A limit for each statement of a connection.
pub(super) struct Deadline {
    limit: Duration,
    began: Instant,
    /// When the running statement has to end, in microseconds since `began`.
    end: Arc<AtomicU64>,
}

/// A statement that is running. What else is asked of the connection behind it is not limited.
pub(super) struct Running<'d> {
    deadline: &'d Deadline,
    since: Instant,
}

impl Deadline {
    /// Has SQLite ask whether to go on.
    pub(super) fn new(
        connection: &mut rusqlite::Connection,
        limit: Duration,
    ) -> rusqlite::Result<Self> {
        let began = Instant::now();
        let end = Arc::new(AtomicU64::new(NEVER));
        let watched = Arc::clone(&end);
        let is_over = move || micros(began.elapsed()) >= watched.load(Ordering::Relaxed);
        connection.progress_handler(STEPS, Some(is_over))?;
        Ok(Deadline { limit, began, end })
    }

    /// Begins to count for a statement that has worked so long already.
    pub(super) fn run(&self, worked: Duration) -> Running<'_> {
        let since = Instant::now();
        let left = self.limit.saturating_sub(worked);
        let end = micros(since.duration_since(self.began).saturating_add(left));
        // One that is over at once is over with the first question.
        self.end.store(end.min(NEVER - 1), Ordering::Relaxed);
        Running {
            deadline: self,
            since,
        }
    }

    /// The error of a statement that was interrupted; `None` where somebody else did that.
    #[cold]
    pub(super) fn exceeded(&self) -> Option<Error> {
        let is_over = micros(self.began.elapsed()) >= self.end.load(Ordering::Relaxed);
        let message = || format!("the statement was interrupted: {}", too_long(self.limit));
        is_over.then(|| Error::new(ErrorKind::Timeout, message()))
    }
}

impl Running<'_> {
    pub(super) fn elapsed(&self) -> Duration {
        self.since.elapsed()
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.deadline.end.store(NEVER, Ordering::Relaxed);
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(NEVER)
}
