//! A flush that somebody listens to: in rounds, until nothing waits any more.

use std::{cell::Cell, collections::HashSet, rc::Rc};

use super::{Listeners, Moment, ending::Refusal};
use crate::{
    error::{Error, ErrorKind, Result},
    session::{
        Inner, Session,
        head::Status,
        instance::AnyInstance,
        object,
        plan::{Action, Plan, Step},
        unit::Work,
    },
};

/// So often closures may give a flush more to write.
const ROUNDS: usize = 100;

/// An object, and what happens to it.
type Happening = (Moment, Rc<dyn AnyInstance>);

/// What a flush wrote, as far as somebody wants to know.
pub(crate) struct Written<'l> {
    listeners: &'l Listeners,
    happenings: Vec<Happening>,
}

impl Written<'_> {
    /// Notes what was written, in the order of the plan.
    pub(crate) fn note(&mut self, work: &Work, plan: &Plan) {
        for step in &plan.steps {
            let Step::Write(unit) = step else { continue };
            let unit = &work.units[*unit];
            if let Some(replaced) = &unit.replaces {
                self.add(Moment::AfterDelete, replaced);
                self.add(Moment::AfterInsert, &unit.instance);
                continue;
            }
            let moment = match unit.action {
                Action::Insert => Moment::AfterInsert,
                Action::Update => Moment::AfterUpdate,
                Action::Delete => Moment::AfterDelete,
            };
            self.add(moment, &unit.instance);
        }
    }

    fn add(&mut self, moment: Moment, instance: &Rc<dyn AnyInstance>) {
        if self.listeners.hear_of(moment, instance.table()) {
            self.happenings.push((moment, Rc::clone(instance)));
        }
    }
}

impl Inner {
    /// Flushes, and tells whoever listens.
    pub(crate) fn flush_heard(self: &Rc<Self>, listeners: &Listeners) -> Result<()> {
        let _flushing = Flushing::begin(&self.flushing);
        let _held = self.hold_autoflush();
        let session = Session::view(self);
        let mut rounds = 0;
        loop {
            self.told(|| {
                self.count(&mut rounds, None)?;
                listeners.tell(Moment::BeforeFlush, &session)?;
                self.tell_before_each(listeners, &session, &mut rounds)?;
                self.no_edits("flushed")
            })?;
            let mut written = Written {
                listeners,
                happenings: Vec::new(),
            };
            self.flush_once(Some(&mut written))?;
            self.told(|| {
                for (moment, instance) in &written.happenings {
                    listeners.tell_of(*moment, &session, instance)?;
                }
                listeners.tell(Moment::AfterFlush, &session)
            })?;
            if self.is_clean() {
                return Ok(());
            }
        }
    }

    /// Runs closures. Where one gives an error, or panics, the session waits for a rollback.
    fn told(self: &Rc<Self>, tell: impl FnOnce() -> Result<()>) -> Result<()> {
        let mut refusal = Refusal::new(self, false);
        let told = tell();
        refusal.note(told)
    }

    /// Tells of each object that is going to be written, also of those that closures bring.
    fn tell_before_each(
        self: &Rc<Self>,
        listeners: &Listeners,
        session: &Session,
        rounds: &mut usize,
    ) -> Result<()> {
        let mut told = HashSet::new();
        for round in 0.. {
            self.cascade_deletes()?;
            let mut waiting = self.waiting();
            waiting.retain(|(moment, instance)| {
                listeners.hear_of(*moment, instance.table())
                    && !told.contains(&(*moment, instance.head().number))
                    && self.is_going_to(*moment, &**instance)
            });
            if waiting.is_empty() {
                break;
            }
            if round > 0 {
                self.count(rounds, waiting.first().cloned())?;
            }
            for (moment, instance) in waiting {
                // A closure before may have had it otherwise.
                if self.is_going_to(moment, &*instance)
                    && told.insert((moment, instance.head().number))
                {
                    listeners.tell_of(moment, session, &instance)?;
                }
            }
        }
        Ok(())
    }

    /// What waits to be written, perhaps.
    fn waiting(&self) -> Vec<Happening> {
        let objects = self.objects.borrow();
        let of = |moment| move |instance: &Rc<dyn AnyInstance>| (moment, Rc::clone(instance));
        let new = objects.new.iter().map(of(Moment::BeforeInsert));
        let edited = objects.edited.iter().map(of(Moment::BeforeUpdate));
        let doomed = objects.doomed.iter().map(of(Moment::BeforeDelete));
        new.chain(edited).chain(doomed).collect()
    }

    /// Whether the next writes do that to an object.
    fn is_going_to(&self, moment: Moment, instance: &dyn AnyInstance) -> bool {
        let head = instance.head();
        self.has(instance)
            && match moment {
                Moment::BeforeInsert => head.status.get() == Status::Pending,
                Moment::BeforeUpdate => {
                    head.is_persistent() && !head.doomed.get() && self.is_changed(instance)
                }
                _ => head.is_persistent() && head.doomed.get(),
            }
    }

    /// Counts a round, in which that object waits, or any.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where there were too many.
    fn count(&self, rounds: &mut usize, waits: Option<Happening>) -> Result<()> {
        *rounds += 1;
        if *rounds <= ROUNDS {
            return Ok(());
        }
        let waits = waits.or_else(|| self.waiting().into_iter().next());
        let waits = waits.map(|(_, instance)| object::described(&*instance));
        let message = format!(
            "events gave a flush more to write in each of {ROUNDS} rounds, last {}",
            waits.as_deref().unwrap_or("nothing")
        );
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }
}

/// The session is flushing while this lives.
struct Flushing<'f>(&'f Cell<bool>);

impl<'f> Flushing<'f> {
    fn begin(flushing: &'f Cell<bool>) -> Self {
        flushing.set(true);
        Flushing(flushing)
    }
}

impl Drop for Flushing<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
