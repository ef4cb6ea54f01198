//! How sessions are made: options chosen once.

use super::{
    Session,
    events::{Events, Registrars},
    inner::{Inner, Options},
};
use crate::engine::Engine;

/// Makes sessions on an engine, all with the same options. It can be cloned, kept in a static, and used by any thread.
///
/// Their transactions have the isolation level of the engine: `SessionFactory::new(&engine.with_isolation(level)?)` gives another.
///
/// ```
/// # use aludel::{Engine, SessionFactory};
/// let engine = Engine::new("sqlite://")?;
/// let sessions = SessionFactory::new(&engine).expire_on_commit(false);
/// let session = sessions.session();
/// assert!(!session.in_transaction());
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct SessionFactory {
    engine: Engine,
    options: Options,
    events: Registrars,
}

impl SessionFactory {
    /// A factory with the usual options: autoflush is on, and a commit puts entities out of date.
    pub fn new(engine: &Engine) -> SessionFactory {
        SessionFactory {
            engine: engine.clone(),
            options: Options {
                autoflush: true,
                expire_on_commit: true,
                raise_on_lazy_load: false,
                lazy_load_warning: Some(20),
            },
            events: Registrars::default(),
        }
    }

    /// Whether queries flush the session before they run; on unless said otherwise.
    pub fn autoflush(mut self, on: bool) -> SessionFactory {
        self.options.autoflush = on;
        self
    }

    /// Whether a commit puts entities out of date, so that whatever changes them next renews them before; on unless said
    /// otherwise.
    pub fn expire_on_commit(mut self, on: bool) -> SessionFactory {
        self.options.expire_on_commit = on;
        self
    }

    /// Whether asking for a relationship that is not loaded is an error, for all relationships: then everything is loaded with
    /// its query, or there is a message about it. Off unless said otherwise.
    pub fn raise_on_lazy_load(mut self, on: bool) -> SessionFactory {
        self.options.raise_on_lazy_load = on;
        self
    }

    /// After how many statements for one relationship, asked for at one place of the program, there is a warning that names the
    /// place; 20 unless said otherwise, `None` for never. See [`Session::lazy_loads`].
    pub fn lazy_load_warning(mut self, statements: Option<u64>) -> SessionFactory {
        self.options.lazy_load_warning = statements;
        self
    }

    /// Registers closures with each session that it makes from now on: see [`Session::events`]. `register` runs once for each of
    /// them, so that sessions can have something each, and whatever it shares between them it has to be able to share between
    /// threads.
    ///
    /// ```ignore
    /// let saved = Arc::new(AtomicUsize::new(0));
    /// let sessions = SessionFactory::new(&engine).events(move |on| {
    ///     let (saved, new) = (Arc::clone(&saved), Rc::new(Cell::new(0)));
    ///     let counted = Rc::clone(&new);
    ///     on.after_insert::<Person>(move |_, _| Ok(counted.set(counted.get() + 1)));
    ///     on.after_commit(move |_| {
    ///         saved.fetch_add(new.take(), Ordering::Relaxed);
    ///     });
    /// });
    /// ```
    pub fn events(
        mut self,
        register: impl Fn(&mut Events) + Send + Sync + 'static,
    ) -> SessionFactory {
        self.events.add(register);
        self
    }

    /// A new session. Nothing is opened until it is used.
    pub fn session(&self) -> Session {
        let session = Session::of(Inner::new(self.engine.clone(), self.options));
        self.events.apply(&session);
        session
    }
}
