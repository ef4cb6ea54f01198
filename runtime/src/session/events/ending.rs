//! What is told when a transaction or a savepoint ends.

use std::{cell::Cell, rc::Rc};

use super::Moment;
use crate::{
    error::{Error, ErrorKind, Result},
    session::{Inner, Session},
};

impl Inner {
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) in a closure of a flush, or of the end of a transaction: what has begun there
    /// has to come to its own end.
    pub(crate) fn may_end(&self, how: &str) -> Result<()> {
        let within = if self.flushing.get() {
            "within an event of its flush"
        } else if self.events.ending.get().is_some() {
            "within an event of a commit or rollback"
        } else {
            return Ok(());
        };
        let message = format!("the session cannot be {how} {within}");
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) in a closure that is told of the end of a savepoint.
    pub(crate) fn may_begin_savepoint(&self) -> Result<()> {
        if self.events.ending.get() != Some(Moment::AfterSavepointRollback) {
            return Ok(());
        }
        let message = "no savepoint can begin within the event of one that was rolled back";
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    /// Tells that a commit is asked for. Where somebody says no, or panics, the session waits for a rollback.
    pub(crate) fn tell_before_commit(self: &Rc<Self>) -> Result<()> {
        const MOMENT: Moment = Moment::BeforeCommit;
        let Some(listeners) = self.events.hearing(|moment| moment == MOMENT) else {
            return Ok(());
        };
        self.no_edits("committed")?;
        let mut refusal = Refusal::new(self, true);
        let _ending = Ending::begin(&self.events.ending, MOMENT);
        let told = listeners.tell(MOMENT, &Session::view(self));
        refusal.note(told)
    }

    /// Tells that something has ended.
    pub(crate) fn tell_ended(self: &Rc<Self>, moment: Moment) {
        let Some(listeners) = self.events.hearing(|of| of == moment) else {
            return;
        };
        let _ending = Ending::begin(&self.events.ending, moment);
        if let Err(error) = listeners.tell(moment, &Session::view(self)) {
            tracing::warn!(target: "aludel::session", %error, "an event that cannot fail has failed");
        }
    }
}

/// An end is being told while this lives.
struct Ending<'e> {
    ending: &'e Cell<Option<Moment>>,
    before: Option<Moment>,
}

impl<'e> Ending<'e> {
    fn begin(ending: &'e Cell<Option<Moment>>, moment: Moment) -> Self {
        let before = ending.replace(Some(moment));
        Ending { ending, before }
    }
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.ending.set(self.before);
    }
}

/// Lets the session wait for a rollback where a closure gives an error, or panics.
pub(super) struct Refusal<'s> {
    session: &'s Rc<Inner>,
    /// Whether the whole transaction has failed, or the innermost savepoint.
    whole: bool,
    /// Whether closures are running: where it is dropped by then, one of them has panicked.
    running: bool,
}

impl<'s> Refusal<'s> {
    pub(super) fn new(session: &'s Rc<Inner>, whole: bool) -> Self {
        Refusal {
            session,
            whole,
            running: true,
        }
    }

    /// Closures have ended.
    pub(super) fn note(&mut self, told: Result<()>) -> Result<()> {
        self.running = false;
        told.inspect_err(|error| self.session.fail(error, self.whole))
    }
}

impl Drop for Refusal<'_> {
    fn drop(&mut self) {
        if self.running {
            let message = "a closure that was told of an event panicked";
            let error = Error::new(ErrorKind::InvalidRequest, message);
            self.session.fail(&error, self.whole);
        }
    }
}
