//! Operations on the transaction.

use super::{Run, Step, expect};
use crate::model::{Flush, Outcome};

impl Run<'_> {
    pub(super) fn flush(&mut self) -> Step {
        match self.flushing(|run| run.session.flush())? {
            Some(result) => {
                expect(&result, Outcome::Fine)?;
                self.compare_rows()
            }
            None => Ok(()),
        }
    }

    pub(super) fn commit(&mut self) -> Step {
        match self.flushing(|run| run.session.commit())? {
            Some(result) => {
                expect(&result, Outcome::Fine)?;
                self.model.commit();
                self.end_savepoints(0)?;
                self.compare_rows()
            }
            None => Ok(()),
        }
    }

    pub(super) fn rollback(&mut self) -> Step {
        expect(&self.session.rollback(), Outcome::Fine)?;
        self.model.rollback();
        self.end_savepoints(0)?;
        self.compare_rows()
    }

    pub(super) fn close(&mut self) -> Step {
        expect(&self.session.close(), Outcome::Fine)?;
        self.model.close();
        self.end_savepoints(0)
    }

    /// What is left of a program is committed, or rolled back where that is not possible.
    pub(super) fn finish(&mut self) -> Step {
        self.commit()?;
        self.compare()?;
        self.close()?;
        self.compare()
    }

    /// Those from there on ended with what is around them.
    fn end_savepoints(&mut self, from: usize) -> Step {
        for savepoint in self.savepoints.drain(from..) {
            expect(&savepoint.commit(), Outcome::Invalid)?;
        }
        Ok(())
    }

    pub(super) fn savepoint(&mut self) -> Step {
        if self.savepoints.len() >= 3 {
            return Ok(());
        }
        let session = self.session;
        let Some(result) = self.flushing(|_| session.savepoint())? else {
            return Ok(());
        };
        let savepoint = result.map_err(|error| format!("no savepoint: {error}"))?;
        self.savepoints.push(savepoint);
        self.model.begin();
        self.model.open();
        Ok(())
    }

    /// Mostly the innermost.
    fn chosen(&self, numbers: [u8; 3]) -> Option<usize> {
        let innermost = self.savepoints.len().checked_sub(1)?;
        Some(match numbers[2] % 4 {
            0 => usize::from(numbers[0]) % (innermost + 1),
            _ => innermost,
        })
    }

    pub(super) fn savepoint_commit(&mut self, numbers: [u8; 3]) -> Step {
        let Some(place) = self.chosen(numbers) else {
            return Ok(());
        };
        let flush = self.model.flush();
        let result = self.savepoints.remove(place).commit();
        self.arrive()?;
        self.is_renewing |= flush.cascades();
        let found = super::outcome(&result)?;
        if !flush.outcomes.contains(&found) {
            let expected = &flush.outcomes;
            return Err(format!(
                "the savepoint was to end as one of {expected:?}: {result:?}"
            ));
        }
        if found == Outcome::Fine {
            self.flushed(flush, &result)?;
            self.model.end(place + 1);
        } else {
            // It was rolled back, and the session goes on.
            self.model.undo(place + 1);
            self.follow_expiry(&flush);
        }
        self.end_savepoints(place)?;
        self.compare_rows()
    }

    pub(super) fn savepoint_rollback(&mut self, numbers: [u8; 3]) -> Step {
        let Some(place) = self.chosen(numbers) else {
            return Ok(());
        };
        self.roll_back_to(place)?;
        self.compare_rows()
    }

    fn roll_back_to(&mut self, place: usize) -> Step {
        let savepoint = self.savepoints.remove(place);
        match place % 2 {
            0 => expect(&savepoint.rollback(), Outcome::Fine)?,
            _ => drop(savepoint),
        }
        self.model.undo(place + 1);
        self.end_savepoints(place)
    }

    /// A flush failed: the session asks for a rollback, if anything was sent.
    pub(super) fn recover(&mut self, flush: &Flush, found: Outcome) -> Step {
        let again = self.session.flush();
        let waits = again
            .as_ref()
            .is_err_and(|error| error.message().contains("call `rollback()`"));
        if found != Outcome::Invalid && !waits {
            return Err("a flush failed, and the session does not ask for a rollback".to_owned());
        }
        if waits {
            expect(&self.session.commit(), Outcome::Invalid)?;
            expect(&self.session.savepoint().map(drop), Outcome::Invalid)?;
        } else {
            self.compare()?;
            self.compare_rows()?;
        }
        match self.savepoints.len().checked_sub(1) {
            Some(innermost) if flush.updates().len().is_multiple_of(2) => {
                self.roll_back_to(innermost)?;
                self.follow_expiry(flush);
                self.compare_rows()
            }
            _ => self.rollback(),
        }
    }

    /// A failed flush may have come to an object, or not, before it failed.
    fn follow_expiry(&mut self, flush: &Flush) {
        for object in flush.updates() {
            let shown = self.handles[object].as_ref();
            if let Some(shown) = shown.and_then(|handle| handle.shown(self.session)) {
                self.model.objects[object].is_expired = shown.is_expired;
            }
        }
    }
}
