//! Who gets a connection when: the bookkeeping under a lock, and the waiting, in the order in which they came.
//!
//! Somebody who has only just begun to wait may be overtaken. Else, as soon as one waits, every connection that comes back would
//! lie idle until the one whose turn it is has been woken, all others would come to wait meanwhile, and it would stay so.
//!
//! The lock is never held while anything is sent to a database.

use std::{sync::atomic::Ordering, time::Duration};

use super::{
    state::{Claim, Counts, Rules, State, Ticket},
    sync::{Arc, Arrival, AtomicBool, Condvar, Deadline, Mutex, MutexGuard, lock, wait},
};

/// The connections of a pool, and those who wait for one.
pub(super) struct Queue<C> {
    state: Mutex<State<C, Turn>>,
}

/// Why somebody gets no connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denied {
    TimedOut,
    Refused,
}

/// One who waits. Each is woken alone, so that whoever waits longest is served first.
#[derive(Clone)]
struct Turn(Arc<Waiter>);

struct Waiter {
    bell: Condvar,
    /// Whether the bell was rung and has not been heard yet: changed under the lock alone.
    rung: AtomicBool,
    since: Arrival,
}

impl Turn {
    fn new() -> Self {
        Turn(Arc::new(Waiter {
            bell: Condvar::new(),
            rung: AtomicBool::new(false),
            since: Arrival::now(),
        }))
    }
}

impl PartialEq for Turn {
    fn eq(&self, other: &Turn) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<C> Queue<C> {
    pub(super) fn new(rules: Rules) -> Self {
        Queue {
            state: Mutex::new(State::new(rules)),
        }
    }

    /// A connection, or a place to open one in, for which [`give_back`](Queue::give_back) or [`gone`](Queue::gone) follows. Waits
    /// for it as long as `timeout`.
    pub(super) fn claim(
        &self,
        owner: u64,
        timeout: Duration,
    ) -> Result<(Option<C>, Ticket), Denied> {
        let mut state = lock(&self.state);
        let claim = match state.claim(owner, |first| first.0.since.is_recent()) {
            Claim::Wait => Queue::wait(state, owner, timeout),
            claim => claim,
        };
        match claim {
            Claim::Use(connection, ticket) => Ok((Some(connection), ticket)),
            Claim::Open(ticket) => Ok((None, ticket)),
            Claim::Wait => Err(Denied::TimedOut),
            Claim::Refuse => Err(Denied::Refused),
        }
    }

    #[cold]
    fn wait(mut state: MutexGuard<'_, State<C, Turn>>, owner: u64, timeout: Duration) -> Claim<C> {
        let turn = Turn::new();
        let deadline = Deadline::within(timeout);
        state.wait(turn.clone());
        let claim = loop {
            let (woken, is_late) = wait(&turn.0.bell, state, &deadline);
            state = woken;
            turn.0.rung.store(false, Ordering::Relaxed);
            // Looked at also when the time is up: a connection may have come in that very moment.
            match state.claim_next(&turn, owner) {
                Claim::Wait if !is_late => {}
                claim => break claim,
            }
        };
        state.leave(&turn);
        // Whoever woke this one may have meant the next: there can be more than one connection, or this one has given up.
        wake_next(state);
        claim
    }

    /// Takes back a connection. Gives one that is to be closed, if any; [`closed`](Queue::closed) follows then.
    pub(super) fn give_back(&self, connection: C, ticket: Ticket) -> Option<C> {
        let mut state = lock(&self.state);
        let surplus = state.give_back(connection, ticket);
        wake_next(state);
        surplus
    }

    /// Counts out a connection that was idle or surplus, and was closed.
    pub(super) fn closed(&self) {
        let mut state = lock(&self.state);
        state.closed();
        wake_next(state);
    }

    /// Counts out a connection that was claimed, and was closed, detached or not opened.
    pub(super) fn gone(&self, ticket: Ticket) {
        let mut state = lock(&self.state);
        state.gone(ticket);
        wake_next(state);
    }

    /// The ticket of a connection that is opened in the place of another.
    pub(super) fn renewed(&self, ticket: Ticket) -> Ticket {
        lock(&self.state).renewed(ticket)
    }

    /// Gives all idle connections, to close, and has those that are out closed when they come back. [`closed`](Queue::closed)
    /// follows for each.
    pub(super) fn retire(&self) -> Vec<C> {
        lock(&self.state).retire()
    }

    /// As [`retire`](Queue::retire), where a connection of the newest generation was lost.
    pub(super) fn lost(&self, ticket: Ticket) -> Vec<C> {
        lock(&self.state).lost(ticket)
    }

    /// As [`State::forsake`].
    pub(super) fn forsake(&self) -> Vec<C> {
        lock(&self.state).forsake()
    }

    pub(super) fn counts(&self) -> Counts {
        lock(&self.state).counts()
    }
}

/// Wakes whoever is served next, if there is something for them; without the lock, which they need. One who is being woken need
/// not be woken again.
fn wake_next<C>(state: MutexGuard<'_, State<C, Turn>>) {
    let next = state.next_waiter();
    let next = next.filter(|turn| !turn.0.rung.swap(true, Ordering::Relaxed));
    let next = next.cloned();
    drop(state);
    if let Some(turn) = next {
        turn.0.bell.notify_one();
    }
}
