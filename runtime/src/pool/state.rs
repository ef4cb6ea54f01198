//! What a pool counts: which connections are idle, how many are open, who waits. Nothing here blocks or sends.

use std::collections::VecDeque;

/// How many connections there may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How many are kept idle.
    kept: usize,
    /// How many are open at most.
    open: usize,
}

impl Limits {
    /// A `size` of 0 and an `overflow` of `None` are no limit.
    pub(super) fn new(size: u32, overflow: Option<u32>) -> Self {
        let number = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        if size == 0 {
            return Limits {
                kept: usize::MAX,
                open: usize::MAX,
            };
        }
        Limits {
            kept: number(size),
            open: overflow.map_or(usize::MAX, |overflow| {
                number(size).saturating_add(number(overflow))
            }),
        }
    }
}

/// How somebody gets a connection.
#[derive(Debug, PartialEq)]
pub(super) enum Claim<C> {
    /// Use this one, of this generation.
    Use(C, u64),
    /// Open one, of this generation; its place is counted already.
    Open(u64),
}

/// The bookkeeping of a pool of connections `C` and waiters `W`.
#[derive(Debug)]
pub(super) struct State<C, W> {
    limits: Limits,
    idle: Vec<C>,
    /// Idle, in use, being opened, or being closed.
    open: usize,
    waiting: VecDeque<W>,
    /// Connections of an earlier generation are closed when they come back.
    generation: u64,
}

impl<C, W: PartialEq> State<C, W> {
    pub(super) fn new(limits: Limits) -> Self {
        State {
            limits,
            idle: Vec::new(),
            open: 0,
            waiting: VecDeque::new(),
            generation: 0,
        }
    }

    /// For somebody who does not wait yet, and so comes after all who do. `None` is to wait.
    pub(super) fn claim(&mut self) -> Option<Claim<C>> {
        if self.waiting.is_empty() {
            self.take()
        } else {
            None
        }
    }

    /// For somebody who waits, and is served if first. `None` is to wait on.
    pub(super) fn claim_next(&mut self, waiter: &W) -> Option<Claim<C>> {
        if self.waiting.front() == Some(waiter) {
            self.take()
        } else {
            None
        }
    }

    /// Puts somebody at the end of those who wait.
    pub(super) fn wait(&mut self, waiter: W) {
        self.waiting.push_back(waiter);
    }

    /// Takes somebody off those who wait.
    pub(super) fn leave(&mut self, waiter: &W) {
        self.waiting.retain(|waiting| waiting != waiter);
    }

    /// Who is to be woken, if a connection or a place for one is there.
    pub(super) fn next_waiter(&self) -> Option<&W> {
        let available = !self.idle.is_empty() || self.open < self.limits.open;
        self.waiting.front().filter(|_| available)
    }

    /// Takes back a connection of `generation`, or gives it back as one to close; [`closed`](State::closed) follows then.
    pub(super) fn give_back(&mut self, connection: C, generation: u64) -> Option<C> {
        let wanted = self.idle.len() < self.limits.kept || !self.waiting.is_empty();
        if generation != self.generation || !wanted {
            return Some(connection);
        }
        self.idle.push(connection);
        None
    }

    /// Counts out a connection that was closed, or not opened.
    pub(super) fn closed(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    /// Begins a new generation; gives the idle connections of the old one, to close. [`closed`](State::closed) follows for each.
    pub(super) fn retire(&mut self) -> Vec<C> {
        self.generation += 1;
        std::mem::take(&mut self.idle)
    }

    /// As [`retire`](State::retire), for a connection of `generation` that was lost: its peers may be as well. Those of a later
    /// generation were opened since.
    pub(super) fn lost(&mut self, generation: u64) -> Vec<C> {
        if generation == self.generation {
            self.retire()
        } else {
            Vec::new()
        }
    }

    fn take(&mut self) -> Option<Claim<C>> {
        if let Some(connection) = self.idle.pop() {
            return Some(Claim::Use(connection, self.generation));
        }
        if self.open < self.limits.open {
            self.open += 1;
            return Some(Claim::Open(self.generation));
        }
        None
    }
}

#[cfg(test)]
mod tests;
