//! What a pool counts: which connections are idle, how many are open, who waits. Nothing here blocks, sends or looks at a clock.

use std::collections::VecDeque;

/// How a pool hands out connections.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// How many are kept idle.
    pub(super) kept: usize,
    /// How many are open at most.
    pub(super) open: usize,
    /// Whether the connection that came back last goes out first; else the one that came back first.
    pub(super) lifo: bool,
    /// Whether somebody may wait for a connection; else it is refused.
    pub(super) waits: bool,
    /// Whether each owner has one connection, which nobody else gets.
    pub(super) per_owner: bool,
}

/// How somebody gets a connection, or does not.
#[derive(Debug, PartialEq)]
pub(super) enum Claim<C> {
    /// Use this one.
    Use(C, Ticket),
    /// Open one; its place is counted already.
    Open(Ticket),
    /// Wait until one is there.
    Wait,
    /// There is none, and there will be none by waiting.
    Refuse,
}

/// What comes back with a connection: since when it is open, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket {
    generation: u64,
    owner: u64,
}

/// How many connections there are, and how many wait for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) idle: usize,
    /// Idle, in use, being opened, or being closed.
    pub(super) open: usize,
    pub(super) waiting: usize,
}

#[derive(Debug)]
struct Idle<C> {
    connection: C,
    owner: u64,
}

/// The bookkeeping of a pool of connections `C` and waiters `W`.
#[derive(Debug)]
pub(super) struct State<C, W> {
    rules: Rules,
    /// The one that came back first stands first.
    idle: VecDeque<Idle<C>>,
    open: usize,
    /// Whose connections are out; only where each owner has one.
    out: Vec<u64>,
    waiting: VecDeque<W>,
    /// Connections of an earlier generation are closed when they come back.
    generation: u64,
}

impl<C, W: PartialEq> State<C, W> {
    pub(super) fn new(rules: Rules) -> Self {
        State {
            rules,
            idle: VecDeque::new(),
            open: 0,
            out: Vec::new(),
            waiting: VecDeque::new(),
            generation: 0,
        }
    }

    /// For somebody who does not wait yet, and so comes after all who do, unless whoever waits longest may be overtaken.
    pub(super) fn claim(&mut self, owner: u64, overtakes: impl FnOnce(&W) -> bool) -> Claim<C> {
        match self.waiting.front() {
            Some(first) if !overtakes(first) => Claim::Wait,
            _ => self.take(owner),
        }
    }

    /// For somebody who waits, and is served if there is enough for all who came before.
    pub(super) fn claim_next(&mut self, waiter: &W, owner: u64) -> Claim<C> {
        let mut waiting = self.waiting.iter();
        let before = waiting.position(|waiting| waiting == waiter);
        if before.is_some_and(|before| before < self.available()) {
            self.take(owner)
        } else {
            Claim::Wait
        }
    }

    /// Puts somebody at the end of those who wait.
    pub(super) fn wait(&mut self, waiter: W) {
        self.waiting.push_back(waiter);
    }

    /// Takes somebody off those who wait.
    pub(super) fn leave(&mut self, waiter: &W) {
        if self.waiting.front() == Some(waiter) {
            self.waiting.pop_front();
        } else {
            self.waiting.retain(|waiting| waiting != waiter);
        }
    }

    /// Who is to be woken, if a connection or a place for one is there.
    pub(super) fn next_waiter(&self) -> Option<&W> {
        self.waiting.front().filter(|_| self.available() > 0)
    }

    /// Takes back a connection. Gives one that is to be closed, if any, which need not be the same; [`closed`](State::closed)
    /// follows then.
    pub(super) fn give_back(&mut self, connection: C, ticket: Ticket) -> Option<C> {
        self.is_back(ticket);
        if ticket.generation != self.generation {
            return Some(connection);
        }
        let wanted = self.rules.kept.saturating_add(self.waiting.len());
        let is_full = self.idle.len() >= wanted;
        if is_full && (!self.rules.per_owner || self.rules.kept == 0) {
            return Some(connection);
        }
        let owner = ticket.owner;
        self.idle.push_back(Idle { connection, owner });
        // The owner of the oldest may have ended.
        let oldest = if is_full { self.idle.pop_front() } else { None };
        oldest.map(|idle| idle.connection)
    }

    /// Counts out a connection that was idle, or surplus, and was closed.
    pub(super) fn closed(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    /// Counts out a connection that was out and was closed there or detached, or was not opened.
    pub(super) fn gone(&mut self, ticket: Ticket) {
        self.is_back(ticket);
        self.closed();
    }

    /// The ticket of a connection that is opened in the place of another.
    pub(super) fn renewed(&self, ticket: Ticket) -> Ticket {
        Ticket {
            generation: self.generation,
            ..ticket
        }
    }

    /// Begins a new generation; gives the idle connections of the old one, to close. [`closed`](State::closed) follows for each.
    pub(super) fn retire(&mut self) -> Vec<C> {
        self.generation += 1;
        let idle = std::mem::take(&mut self.idle);
        idle.into_iter().map(|idle| idle.connection).collect()
    }

    /// As [`retire`](State::retire), for a connection that was lost: its peers may be as well. Those of a later generation were
    /// opened since.
    pub(super) fn lost(&mut self, ticket: Ticket) -> Vec<C> {
        if ticket.generation == self.generation {
            self.retire()
        } else {
            Vec::new()
        }
    }

    /// Begins with nothing, in a process that has inherited all this: connections and waiters are those of another.
    pub(super) fn forsake(&mut self) -> Vec<C> {
        self.open = 0;
        self.out.clear();
        self.waiting.clear();
        self.retire()
    }

    pub(super) fn counts(&self) -> Counts {
        Counts {
            idle: self.idle.len(),
            open: self.open,
            waiting: self.waiting.len(),
        }
    }

    /// How many could be served now.
    fn available(&self) -> usize {
        let places = self.rules.open.saturating_sub(self.open);
        self.idle.len().saturating_add(places)
    }

    fn take(&mut self, owner: u64) -> Claim<C> {
        let ticket = Ticket {
            generation: self.generation,
            owner,
        };
        if self.rules.per_owner {
            return self.take_own(ticket);
        }
        let idle = if self.rules.lifo {
            self.idle.pop_back()
        } else {
            self.idle.pop_front()
        };
        match idle {
            Some(idle) => Claim::Use(idle.connection, ticket),
            None if self.open < self.rules.open => {
                self.open += 1;
                Claim::Open(ticket)
            }
            None if self.rules.waits => Claim::Wait,
            None => Claim::Refuse,
        }
    }

    fn take_own(&mut self, ticket: Ticket) -> Claim<C> {
        if self.out.contains(&ticket.owner) {
            return Claim::Refuse;
        }
        self.out.push(ticket.owner);
        let own = self.idle.iter().position(|idle| idle.owner == ticket.owner);
        match own.and_then(|own| self.idle.remove(own)) {
            Some(idle) => Claim::Use(idle.connection, ticket),
            None => {
                self.open += 1;
                Claim::Open(ticket)
            }
        }
    }

    fn is_back(&mut self, ticket: Ticket) {
        if self.rules.per_owner {
            self.out.retain(|owner| *owner != ticket.owner);
        }
    }
}
