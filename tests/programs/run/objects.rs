//! Operations on objects.

use super::{Run, Step, expect};
use crate::{
    choose::pick,
    handle::Handle,
    model::{Origin, Outcome, State},
    row::{Cell, Row, Table},
    sample::Source,
};

impl Run<'_> {
    pub(super) fn add(&mut self, numbers: [u8; 3]) -> Step {
        let table = Table::ALL[usize::from(numbers[0]) % 5];
        let given = self.model.given(table, numbers, self.fresh);
        if matches!(given[0], Some(Origin::Cell(Cell::Int(key))) if key == self.fresh) {
            self.fresh += 1_000;
        }
        let given = given.into_iter().map(|origin| self.resolved(origin));
        let given: Vec<Option<Origin>> = given.collect();
        let sources = given.iter().map(|origin| match origin {
            Some(Origin::Cell(cell)) => Ok(Some(Source::Cell(cell.clone()))),
            Some(Origin::Object(object)) => Ok(Some(Source::Object(self.handle(*object)?))),
            None => Ok(None),
        });
        let sources = sources.collect::<Step<Vec<_>>>()?;
        let handle = Handle::add(self.session, table, &sources);
        let object = self.model.add(table, given);
        self.same(object, handle)
    }

    /// An object that has a row stands for the key that it has now.
    fn resolved(&self, origin: Option<Origin>) -> Option<Origin> {
        match origin {
            Some(Origin::Object(to)) if self.model.objects[to].state != State::Pending => {
                let key = self.model.objects[to].newest[0].clone();
                Some(Origin::Cell(key))
            }
            other => other,
        }
    }

    /// An object with an entity.
    fn entity(&self, numbers: [u8; 3]) -> Option<usize> {
        let object = self.model.object(numbers, |object| {
            object.is_alive() && object.state == State::Persistent
        })?;
        let handle = self.handles[object].as_ref()?;
        handle.has_entity().then_some(object)
    }

    pub(super) fn edit(&mut self, numbers: [u8; 3]) -> Step {
        let Some(object) = self.entity(numbers) else {
            return Ok(());
        };
        let it = &self.model.objects[object];
        let refused = match it.state {
            _ if it.is_gone => Some(Outcome::Invalid),
            State::Deleted => Some(Outcome::Invalid),
            State::Persistent if it.is_attached && it.is_doomed => Some(Outcome::Invalid),
            State::Persistent if it.is_attached => None,
            _ => Some(Outcome::Detached),
        };
        let key = it.table.key_of(&it.stored);
        let there = self.model.rows.get(&(it.table, key));
        let base = there.filter(|_| it.is_expired).unwrap_or(&it.newest);
        let row = self.model.edited(it.table, base.clone(), numbers);
        let expired = it.is_expired;
        if let Some(refused) = refused {
            return expect(&self.handle(object)?.edit(&row), refused);
        }
        let result = self.edit_to(object, &row);
        if expired && !self.model.reload(object) {
            return match super::outcome(&result)? {
                Outcome::Stale | Outcome::Invalid => Ok(()),
                other => Err(format!("what is deleted was refreshed: {other:?}")),
            };
        }
        expect(&result, Outcome::Fine)?;
        self.model.edit(object, row);
        Ok(())
    }

    fn edit_to(&self, object: usize, row: &Row) -> aludel::Result<()> {
        match &self.handles[object] {
            Some(handle) => handle.edit(row),
            None => Ok(()),
        }
    }

    pub(super) fn delete(&mut self, numbers: [u8; 3]) -> Step {
        let Some(object) = self.model.leaf(numbers) else {
            return Ok(());
        };
        if !self.handle(object)?.has_entity() {
            return Ok(());
        }
        let result = self.handle(object)?.delete(self.session);
        expect(&result, self.model.doom(object))
    }

    pub(super) fn refresh(&mut self, numbers: [u8; 3]) -> Step {
        let Some(object) = self.entity(numbers) else {
            return Ok(());
        };
        let refused = self.model.persistent(object);
        if refused != Outcome::Fine {
            return expect(&self.handle(object)?.refresh(self.session), refused);
        }
        self.model.expire(object);
        let before = self.model.flush();
        if before.outcomes.len() > 1 {
            // The flush is done alone; what is to be refreshed has no part in it.
            self.handle(object)?
                .expire(self.session)
                .map_err(|error| format!("it cannot be expired: {error}"))?;
        }
        let result = self.flushing(|run| match &run.handles[object] {
            Some(handle) => handle.refresh(run.session),
            None => Ok(()),
        })?;
        let Some(result) = result else { return Ok(()) };
        if self.model.objects[object].state == State::Deleted {
            // Its own deletion was flushed.
            return match super::outcome(&result)? {
                Outcome::Stale | Outcome::Invalid => Ok(()),
                other => Err(format!("what is deleted was refreshed: {other:?}")),
            };
        }
        match self.model.reload(object) {
            true => expect(&result, Outcome::Fine),
            false => expect(&result, Outcome::Stale),
        }
    }

    pub(super) fn expire(&mut self, numbers: [u8; 3]) -> Step {
        let Some(object) = self.entity(numbers) else {
            return Ok(());
        };
        let expected = self.model.persistent(object);
        expect(&self.handle(object)?.expire(self.session), expected)?;
        if expected == Outcome::Fine {
            self.model.expire(object);
        }
        Ok(())
    }

    pub(super) fn expunge(&mut self, numbers: [u8; 3]) -> Step {
        let Some(object) = self.model.object(numbers, |object| object.is_alive()) else {
            return Ok(());
        };
        let result = self.handle(object)?.expunge(self.session);
        expect(&result, self.model.expunge(object))
    }

    pub(super) fn add_again(&mut self, numbers: [u8; 3]) -> Step {
        let Some(object) = self.model.object(numbers, |object| !object.is_attached) else {
            return Ok(());
        };
        let result = self.handle(object)?.add_again(self.session);
        expect(&result, self.model.attach(object))
    }

    /// The program lets go of an object that waits for nothing.
    pub(super) fn forget(&mut self, numbers: [u8; 3]) -> Step {
        let objects = self.model.held(|object| {
            object.is_alive() && object.state == State::Persistent && !object.is_edited
        });
        if let Some(object) = pick(&objects, numbers[0]) {
            self.handles[object] = None;
            self.model.objects[object].is_held = false;
        }
        Ok(())
    }
}
