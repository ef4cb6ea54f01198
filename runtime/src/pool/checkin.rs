//! How connections come back to a pool, and end.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process, thread,
};

use super::{Opened, Pool, events::Told, options::ResetOnReturn, pooled::Fate, state::Ticket};
use crate::{
    error::{Error, ErrorKind, Hidden, Result},
    log::Sender,
};

impl Pool {
    /// Takes back a connection that was out.
    ///
    /// # Errors
    /// When it could not be reset; it was closed then.
    pub(super) fn take_back(
        &self,
        mut opened: Box<Opened>,
        ticket: Ticket,
        fate: Fate,
    ) -> Result<()> {
        self.holders.end(&mut opened.held);
        if fate == Fate::Detached {
            self.close_unless_inherited(opened);
            return Ok(());
        }
        // Often this is in a drop, which a server that is silent must not hold up.
        opened.driver.hurry(true);
        let is_plain = fate == Fate::Kept && self.events.is_none() && opened.switched.is_empty();
        if is_plain && opened.driver.is_usable() && !opened.driver.in_transaction() {
            self.keep(opened, ticket);
            return Ok(());
        }
        if is_inherited(&opened) {
            forget(opened);
            return Ok(());
        }
        let is_usable = fate != Fate::Discarded && opened.driver.is_usable();
        let reset = if is_usable {
            self.reset(&mut opened)
        } else {
            Ok(())
        };
        if let Err(error) = &reset
            && error.is_disconnected()
        {
            self.lost(ticket);
        }
        if !is_usable || reset.is_err() || !opened.driver.is_usable() {
            self.invalidate(opened, ticket);
            return reset;
        }
        self.tell_checkin(&mut opened);
        match fate {
            Fate::Kept => self.keep(opened, ticket),
            Fate::Worn | Fate::Discarded | Fate::Detached => {
                self.close(opened);
                self.queue.gone(ticket);
            }
        }
        Ok(())
    }

    /// Lets go of a connection that is out, and stays so until whoever has it closes it.
    pub(super) fn let_go(&self, opened: &mut Opened, ticket: Ticket) {
        let number = opened.number;
        tracing::debug!(target: "aludel::pool", connection = number, "a connection is detached");
        self.holders.end(&mut opened.held);
        if !is_inherited(opened) {
            self.queue.gone(ticket);
        }
    }

    /// Puts a connection to the idle ones; closes what is surplus.
    fn keep(&self, mut opened: Box<Opened>, ticket: Ticket) {
        opened.driver.hurry(false);
        if let Some(surplus) = self.queue.give_back(opened, ticket) {
            self.close_idle(surplus);
        }
    }

    /// Closes a connection that was out and is not used again.
    #[cold]
    pub(super) fn invalidate(&self, mut opened: Box<Opened>, ticket: Ticket) {
        let number = opened.number;
        tracing::info!(target: "aludel::pool", connection = number, "a connection is invalidated");
        self.tell(Told::Invalidate, &mut opened);
        self.close(opened);
        if let Some(events) = &self.events {
            unharmed(|| events.checked_in(None, number));
        }
        self.queue.gone(ticket);
    }

    /// Closes the peers of a connection that was lost.
    #[cold]
    pub(super) fn lost(&self, ticket: Ticket) {
        self.close_all(self.queue.lost(ticket));
    }

    pub(super) fn close_all(&self, idle: impl IntoIterator<Item = Box<Opened>>) {
        for opened in idle {
            self.close_idle(opened);
        }
    }

    #[cold]
    fn close_idle(&self, opened: Box<Opened>) {
        if self.close_unless_inherited(opened) {
            self.queue.closed();
        }
    }

    /// Closes a connection, unless that is another process's to do.
    fn close_unless_inherited(&self, opened: Box<Opened>) -> bool {
        if is_inherited(&opened) {
            forget(opened);
            return false;
        }
        self.close(opened);
        true
    }

    /// Closes a connection; its place is not free by that.
    #[cold]
    pub(super) fn close(&self, mut opened: Box<Opened>) {
        tracing::debug!(target: "aludel::pool", connection = opened.number, "a connection is closed");
        self.tell(Told::Close, &mut opened);
        drop(opened);
    }

    /// Tells those who listen. A panic of theirs ends nothing: this is on the way back, and often in a drop.
    pub(super) fn tell(&self, what: Told, opened: &mut Opened) {
        if let Some(events) = &self.events {
            unharmed(|| events.tell(what, opened));
        }
    }

    fn tell_checkin(&self, opened: &mut Opened) {
        if let Some(events) = &self.events {
            let number = opened.number;
            unharmed(|| events.checked_in(Some(opened), number));
        }
    }

    fn reset(&self, opened: &mut Opened) -> Result<()> {
        if let Some(events) = &self.events {
            unharmed(|| events.resets(opened)).unwrap_or_else(|| Err(panicked()))?;
        }
        let sql = match self.options.reset {
            ResetOnReturn::None => None,
            ResetOnReturn::Commit if !thread::panicking() => Some("COMMIT"),
            ResetOnReturn::Commit | ResetOnReturn::Rollback => Some("ROLLBACK"),
        };
        if opened.driver.in_transaction() {
            let Some(sql) = sql else {
                return Ok(());
            };
            self.control(opened, sql)?;
        }
        self.switch_off(opened)
    }

    /// Switches off what was on for a transaction.
    pub(super) fn switch_off(&self, opened: &mut Opened) -> Result<()> {
        for switch in std::mem::take(&mut opened.switched) {
            self.control(opened, switch.off)?;
        }
        Ok(())
    }

    fn control(&self, opened: &mut Opened, sql: &str) -> Result<()> {
        let system = self.connector.dialect().title();
        let done = Sender::of_control(&mut *opened.driver, &self.log, system).control(sql);
        done.map_err(|error| error.with_statement(sql, &[], Hidden::NOTHING))
    }
}

/// Whether a connection was opened by another process, from which this one was forked.
pub(super) fn is_inherited(opened: &Opened) -> bool {
    opened.process != process::id()
}

/// Leaves a connection alone that another process uses: closing it would end that one's.
pub(super) fn forget(opened: Box<Opened>) {
    std::mem::forget(opened);
}

/// Runs closures of the program where nobody could catch a panic.
fn unharmed<T>(work: impl FnOnce() -> T) -> Option<T> {
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    if done.is_none() {
        tracing::error!(target: "aludel::pool", "a closure that was told of a pool's event panicked");
    }
    done
}

#[cold]
fn panicked() -> Error {
    let message = "a closure that was told that a connection is reset panicked";
    Error::new(ErrorKind::InvalidRequest, message)
}
