//! How a session's transaction ends, and what that means for its objects.

use std::rc::Rc;

use super::{
    Inner, events::Moment, head::Status, identity::Identity, instance::AnyInstance, journal::Entry,
};
use crate::error::{Error, ErrorKind, Result};

/// So often a commit flushes until nothing is changed any more.
const FLUSHES: usize = 100;

impl Inner {
    pub(crate) fn commit(self: &Rc<Self>) -> Result<()> {
        self.usable()?;
        self.may_end("committed")?;
        self.tell_before_commit()?;
        self.flush_until_clean()?;
        if let Some(connection) = self.open_connection()
            && let Err(error) = connection.commit()
        {
            drop(connection);
            self.fail(&error, true);
            return Err(error);
        }
        let ended = self.journal.borrow_mut().undo_all();
        for entry in &ended {
            entry.confirm();
        }
        drop(ended);
        if self.options.expire_on_commit {
            self.expire_all();
        }
        self.objects.borrow_mut().let_go();
        self.tidy_relations();
        self.release();
        self.tell_ended(Moment::AfterCommit);
        Ok(())
    }

    fn flush_until_clean(self: &Rc<Self>) -> Result<()> {
        for _ in 0..FLUSHES {
            self.flush()?;
            let objects = self.objects.borrow();
            if objects.new.is_empty() && objects.edited.is_empty() && objects.doomed.is_empty() {
                return Ok(());
            }
        }
        let message = format!("something changes objects at each of {FLUSHES} flushes");
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    pub(crate) fn rollback(self: &Rc<Self>) -> Result<()> {
        self.no_edits("rolled back")?;
        self.may_end("rolled back")?;
        let had_begun = self.journal.borrow().depth() > 0 || self.failed.borrow().is_some();
        let done = match self.open_connection() {
            Some(connection) => connection.rollback(),
            None => Ok(()),
        };
        self.restore();
        self.release();
        if had_begun {
            self.tell_ended(Moment::AfterRollback);
        }
        done
    }

    /// Makes of the objects what they were when the transaction began.
    fn restore(&self) {
        let began = self.journal.borrow().depth() > 0;
        let entries = self.journal.borrow_mut().undo_all();
        self.undo(entries);
        if began {
            self.forget_changes();
            self.expire_all();
            self.objects.borrow_mut().let_go();
        }
    }

    /// Ends the session, edits or not. The connection rolls back as it is given back.
    pub(crate) fn abandon(&self) {
        self.restore();
        self.clear();
        self.release();
    }

    pub(crate) fn close(self: &Rc<Self>) -> Result<()> {
        self.no_edits("closed")?;
        self.may_end("closed")?;
        let done = self.rollback();
        // What was told of the rollback may have begun something.
        self.abandon();
        done
    }

    /// Drops what waits for a flush: all of it came since the last one.
    pub(crate) fn forget_changes(&self) {
        let (new, edited, doomed) = {
            let mut objects = self.objects.borrow_mut();
            (
                std::mem::take(&mut objects.new),
                std::mem::take(&mut objects.edited),
                std::mem::take(&mut objects.doomed),
            )
        };
        for instance in &edited {
            instance.discard();
        }
        self.objects.borrow_mut().orphans.clear();
        for instance in &doomed {
            instance.head().doomed.set(false);
        }
        for instance in &new {
            instance.head().release(Status::Transient);
        }
    }

    /// Takes back what happened to objects, the latest first.
    pub(crate) fn undo(&self, entries: Vec<Entry>) {
        self.forget_relations();
        for entry in entries {
            self.undo_one(entry);
        }
    }

    fn undo_one(&self, entry: Entry) {
        let head = entry.instance().head();
        if head.session().is_some() && !self.has(&**entry.instance()) {
            return; // It was let go, and is in another session by now.
        }
        match entry {
            Entry::Added(instance) => {
                if self.has(&*instance) {
                    self.objects.borrow_mut().forget(&instance);
                    instance.head().release(Status::Transient);
                }
            }
            Entry::Inserted(instance) => {
                self.objects.borrow_mut().forget(&instance);
                let head = instance.head();
                instance.discard();
                head.release(Status::Transient);
                head.set_identity(None);
            }
            Entry::Deleted(instance) => {
                let head = instance.head();
                if head.status.get() != Status::Deleted {
                    // It was added again.
                } else if !self.has(&*instance) {
                    head.status.set(Status::Detached);
                } else {
                    head.status.set(Status::Persistent);
                    let identity = head.identity();
                    if let Some(identity) = identity {
                        self.come_back(&instance, identity);
                    }
                }
            }
            Entry::Updated(instance, before) => {
                instance.discard();
                instance.restore(before);
                instance.head().expired.set(true);
            }
            Entry::Rekeyed(instance, before) => {
                self.objects.borrow_mut().unregister(&instance);
                if let Some(before) = before
                    && instance.head().is_persistent()
                {
                    self.come_back(&instance, before);
                }
            }
        }
    }

    /// An object has the key again that it had. One that was added for that key meanwhile is let go.
    fn come_back(&self, instance: &Rc<dyn AnyInstance>, identity: Identity) {
        if let Some(other) = self.find(instance.table(), &identity)
            && !Rc::ptr_eq(&other, instance)
        {
            self.objects.borrow_mut().forget(&other);
            self.let_go(&other);
        }
        self.objects.borrow_mut().register(instance, identity);
    }

    /// A statement failed: the transaction, or the innermost savepoint, is rolled back, and the session waits for being told so.
    pub(crate) fn fail(&self, error: &Error, whole: bool) {
        let level = self.journal.borrow().innermost();
        if (whole || self.journal.borrow().depth() <= 1)
            && let Some(connection) = self.open_connection()
            && let Err(error) = connection.rollback()
        {
            tracing::warn!(target: "aludel::session", %error, "a failed flush could not be rolled back");
        }
        *self.failed.borrow_mut() = Some((level.unwrap_or(0), error.message().to_owned()));
    }

    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where an edit is open.
    pub(crate) fn no_edits(&self, what: &str) -> Result<()> {
        if self.guards.get() == 0 {
            return Ok(());
        }
        let message =
            format!("the session cannot be {what} while an edit is open: drop the guard first");
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }
}

impl Entry {
    /// The transaction was committed.
    fn confirm(&self) {
        match self {
            Entry::Deleted(instance) if instance.head().status.get() == Status::Deleted => {
                instance.head().gone.set(true);
                instance.head().release(Status::Detached);
            }
            Entry::Inserted(instance) => drop(instance.head().take_new_values()),
            Entry::Deleted(_) | Entry::Added(_) | Entry::Updated(..) | Entry::Rekeyed(..) => {}
        }
    }
}
