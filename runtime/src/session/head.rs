//! What all instances have, whatever their model.

use std::{
    cell::{Cell, OnceCell},
    rc::{Rc, Weak},
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    Inner,
    cohort::Cohort,
    identity::Identity,
    new_values::{Given, NewValues, Values},
};
use crate::{
    model::TableInfo,
    sql::{Assigned, Node},
};

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// It has no row, and no session.
    Transient,
    /// It gets its row with the next flush.
    Pending,
    /// It has a row.
    Persistent,
    /// Its row was deleted by a flush of the open transaction.
    Deleted,
    /// It had a row when it was last in a session.
    Detached,
}

/// What all instances have, whatever their model; as much as a line of the processor's cache. The order is that in memory: what is asked
/// of an object whenever a relationship leads to it lies together, next to the counts of its `Rc`.
#[repr(C)]
pub(crate) struct Head {
    pub(crate) status: Cell<Status>,
    /// Whether its values may be out of date.
    pub(crate) expired: Cell<bool>,
    /// Whether the next flush deletes its row.
    pub(crate) doomed: Cell<bool>,
    /// Whether its row was deleted for good.
    pub(crate) gone: Cell<bool>,
    /// Which row of its query it was.
    place: Cell<u32>,
    session: Cell<Weak<Inner>>,
    /// Its number, by which builders name it.
    pub(crate) number: u64,
    /// With which query it came from the database.
    query: Cell<u64>,
    identity: Cell<Option<Identity>>,
    /// The values to insert. Objects that were read have none.
    new: OnceCell<Box<NewValues>>,
}

impl Head {
    #[inline]
    pub(super) fn new(status: Status, session: Weak<Inner>) -> Self {
        Head {
            status: Cell::new(status),
            expired: Cell::new(false),
            doomed: Cell::new(false),
            gone: Cell::new(false),
            place: Cell::new(0),
            session: Cell::new(session),
            number: next_number(),
            query: Cell::new(0),
            identity: Cell::new(None),
            new: OnceCell::new(),
        }
    }

    /// Of an object without a row.
    pub(super) fn pending(table: &TableInfo, new: Vec<Assigned>, session: Weak<Inner>) -> Self {
        Head {
            new: OnceCell::from(Box::new(NewValues::of(table, new))),
            ..Head::new(Status::Pending, session)
        }
    }

    /// Of an object that was read, and that its session knows by a key.
    #[inline]
    pub(super) fn loaded(key: Identity, cohort: Cohort, session: Weak<Inner>) -> Self {
        Head {
            identity: Cell::new(Some(key)),
            place: Cell::new(cohort.place),
            query: Cell::new(cohort.query),
            ..Head::new(Status::Persistent, session)
        }
    }

    /// Its session, while that is open.
    pub(crate) fn session(&self) -> Option<Rc<Inner>> {
        look(&self.session, Weak::upgrade)
    }

    /// Whether it is in this session.
    #[inline]
    pub(crate) fn is_in(&self, session: &Inner) -> bool {
        look(&self.session, |own| {
            Weak::as_ptr(own) == std::ptr::from_ref(session)
        })
    }

    pub(crate) fn set_session(&self, session: &Rc<Inner>) {
        self.session.set(Rc::downgrade(session));
    }

    /// Takes it out of its session.
    pub(crate) fn release(&self, status: Status) {
        self.status.set(status);
        self.doomed.set(false);
        self.session.take();
        self.set_cohort(Cohort::default());
    }

    /// Whether it has no row yet.
    pub(crate) fn is_pending(&self) -> bool {
        matches!(self.status.get(), Status::Pending | Status::Transient)
    }

    /// Whether it is in a session, and has a row there.
    pub(crate) fn is_persistent(&self) -> bool {
        self.status.get() == Status::Persistent
    }

    /// What came from the database together with it.
    pub(crate) fn cohort(&self) -> Cohort {
        Cohort {
            query: self.query.get(),
            place: self.place.get(),
        }
    }

    pub(crate) fn set_cohort(&self, cohort: Cohort) {
        self.query.set(cohort.query);
        self.place.set(cohort.place);
    }

    /// Looks at the key under which the session knows it.
    #[inline]
    pub(crate) fn with_identity<R>(&self, look_at: impl FnOnce(Option<&Identity>) -> R) -> R {
        look(&self.identity, |identity| look_at(identity.as_ref()))
    }

    /// The key under which the session knows it.
    pub(crate) fn identity(&self) -> Option<Identity> {
        self.with_identity(|identity| identity.cloned())
    }

    pub(crate) fn set_identity(&self, identity: Option<Identity>) {
        self.identity.set(identity);
    }

    /// The values to insert, until the transaction that inserts them is committed.
    pub(crate) fn new_values(&self) -> Values<'_> {
        NewValues::look(self.new.get().map(|new| &**new))
    }

    /// What is known of them.
    pub(crate) fn given(&self) -> Given {
        self.new
            .get()
            .map_or_else(Given::default, |new| new.given())
    }

    /// Gives columns other values to insert.
    pub(crate) fn set_new_values(
        &self,
        table: &TableInfo,
        values: impl IntoIterator<Item = (usize, Node)>,
    ) {
        let new = self
            .new
            .get_or_init(|| Box::new(NewValues::of(table, Vec::new())));
        new.set(table, values);
    }

    /// Takes the values to insert out, for good or to be put back.
    pub(crate) fn take_new_values(&self) -> Vec<Assigned> {
        self.new.get().map_or_else(Vec::new, |new| new.take())
    }

    pub(crate) fn put_new_values_back(&self, values: Vec<Assigned>) {
        if let Some(new) = self.new.get() {
            new.put_back(values);
        }
    }
}

/// Looks at what a cell holds, which is not there meanwhile: `look_at` must not ask for it again. A cell is smaller than one that
/// counts who looks.
#[inline]
fn look<T: Default, R>(cell: &Cell<T>, look_at: impl FnOnce(&T) -> R) -> R {
    let value = cell.take();
    let seen = look_at(&value);
    cell.set(value);
    seen
}

/// A number that no other object has, in any thread. Threads take them by the block, which costs less.
#[inline]
fn next_number() -> u64 {
    const BLOCK: u64 = 1 << 16;
    static BLOCKS: AtomicU64 = AtomicU64::new(1);
    thread_local! {
        static NEXT: Cell<u64> = const { Cell::new(0) };
    }
    let mut number = NEXT.get();
    if number.is_multiple_of(BLOCK) {
        number = BLOCKS.fetch_add(1, Ordering::Relaxed) * BLOCK;
    }
    NEXT.set(number + 1);
    number
}
