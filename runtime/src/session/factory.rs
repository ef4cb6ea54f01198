//! How sessions are made: options chosen once.

use super::{
    Session,
    inner::{Inner, Options},
};
use crate::engine::Engine;

/// Makes sessions on an engine, all with the same options. It can be cloned, kept in a static, and used by any thread.
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

    /// A new session. Nothing is opened until it is used.
    pub fn session(&self) -> Session {
        Session::of(Inner::new(self.engine.clone(), self.options))
    }
}
