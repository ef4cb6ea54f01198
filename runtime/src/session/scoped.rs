//! A session for each thread.

use std::{
    cell::RefCell,
    collections::HashMap,
    fmt,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{Session, SessionFactory};

thread_local! {
    /// The sessions of this thread, by the number of the registry. They are dropped, which rolls them back, when it ends.
    static SESSIONS: RefCell<HashMap<u64, Rc<Session>>> = RefCell::default();
}

/// Gives each thread a session of its own, and the same one whenever it asks.
///
/// ```
/// # use aludel::{Engine, ScopedSession, SessionFactory};
/// let engine = Engine::new("sqlite://")?;
/// let sessions = ScopedSession::new(SessionFactory::new(&engine));
/// let session = sessions.get();
/// assert!(std::rc::Rc::ptr_eq(&session, &sessions.get()));
/// sessions.remove();
/// assert!(!std::rc::Rc::ptr_eq(&session, &sessions.get()));
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Clone)]
pub struct ScopedSession {
    registry: Arc<Registry>,
}

struct Registry {
    number: u64,
    factory: SessionFactory,
}

impl ScopedSession {
    /// Sessions as this factory makes them.
    pub fn new(factory: SessionFactory) -> ScopedSession {
        static NUMBERS: AtomicU64 = AtomicU64::new(1);
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        ScopedSession {
            registry: Arc::new(Registry { number, factory }),
        }
    }

    /// The session of this thread, made where there is none yet.
    pub fn get(&self) -> Rc<Session> {
        let number = self.registry.number;
        let known = SESSIONS.with_borrow(|sessions| sessions.get(&number).cloned());
        known.unwrap_or_else(|| {
            // What registers events is the program's code, and may ask for sessions.
            let session = Rc::new(self.registry.factory.session());
            SESSIONS
                .with_borrow_mut(|sessions| Rc::clone(sessions.entry(number).or_insert(session)))
        })
    }

    /// Whether this thread has a session.
    pub fn has(&self) -> bool {
        SESSIONS.with_borrow(|sessions| sessions.contains_key(&self.registry.number))
    }

    /// Ends the session of this thread: the next one that is asked for is new. What it did and did not commit is rolled back
    /// when nobody holds it any more.
    pub fn remove(&self) {
        let session = SESSIONS.with_borrow_mut(|sessions| sessions.remove(&self.registry.number));
        drop(session);
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // Other threads keep theirs until they end; nobody can ask for them any more.
        let session = SESSIONS.try_with(|sessions| {
            let mut sessions = sessions.try_borrow_mut().ok()?;
            sessions.remove(&self.number)
        });
        drop(session);
    }
}

impl fmt::Debug for ScopedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedSession")
            .field("factory", &self.registry.factory)
            .finish_non_exhaustive()
    }
}
