//! Locks and waiting. The queue uses nothing else, so that a test can put others in their place and try all that may happen.

pub(super) use std::sync::{Arc, Condvar, Mutex, MutexGuard, atomic::AtomicBool};
use std::{
    sync::PoisonError,
    time::{Duration, Instant},
};

/// Locks, also after a panic: nothing that can panic runs while the state is half changed.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// When waiting ends; never, where the clock does not reach so far.
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    pub(super) fn within(time: Duration) -> Self {
        Deadline(Instant::now().checked_add(time))
    }
}

/// Waking a thread takes some microseconds: within less than this, waiting costs nobody much.
const BRIEFLY: Duration = Duration::from_micros(500);

/// When somebody began to wait.
pub(super) struct Arrival(Instant);

impl Arrival {
    pub(super) fn now() -> Self {
        Arrival(Instant::now())
    }

    /// Whether that was just now.
    pub(super) fn is_recent(&self) -> bool {
        self.0.elapsed() < BRIEFLY
    }
}

/// Waits until woken; tells whether time is up.
pub(super) fn wait<'s, T>(
    condvar: &Condvar,
    guard: MutexGuard<'s, T>,
    deadline: &Deadline,
) -> (MutexGuard<'s, T>, bool) {
    match deadline.0 {
        Some(deadline) => {
            let left = deadline.saturating_duration_since(Instant::now());
            let woken = condvar.wait_timeout(guard, left);
            let (guard, ended) = woken.unwrap_or_else(PoisonError::into_inner);
            (guard, ended.timed_out())
        }
        None => {
            let woken = condvar.wait(guard);
            (woken.unwrap_or_else(PoisonError::into_inner), false)
        }
    }
}
