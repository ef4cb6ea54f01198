//! x02: no password is shown, neither as it is nor as it stands in a URL.

use std::{
    error::Error as StdError,
    fmt::{self, Write},
    sync::{Arc, Mutex},
};

use aludel::{Engine, Error, Url};
use aludel_testing::server::Server;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use super::on_shared;

/// Looks at what is told.
pub(super) struct Told {
    secrets: Vec<String>,
}

impl Told {
    /// With the server's password, and the wrong one that tests try.
    pub(super) fn of(server: &Server) -> Told {
        let url = Url::parse(&server.url("any")).unwrap();
        let raw = url.password().unwrap().to_owned();
        let encoded = server.password().unwrap().to_owned();
        let secrets = vec![raw, encoded, WRONG.to_owned(), WRONG_ENCODED.to_owned()];
        Told { secrets }
    }

    /// # Panics
    /// When a password is in it.
    pub(super) fn text(&self, text: &str) {
        for secret in &self.secrets {
            assert!(!text.contains(secret), "a password is in: {text}");
        }
    }

    /// # Panics
    /// When a password is in the error, or in what caused it.
    pub(super) fn error(&self, error: &Error) {
        self.text(&format!("{error} {error:?} {error:#?}"));
        let mut cause = error.source();
        while let Some(error) = cause {
            self.text(&format!("{error} {error:?} {error:#?}"));
            cause = error.source();
        }
    }
}

/// A password that is wrong everywhere, and how it stands in a URL.
pub(super) const WRONG: &str = "fälsch/@1";
pub(super) const WRONG_ENCODED: &str = "f%C3%A4lsch%2F%401";

/// Runs something, and looks for passwords in all that is logged meanwhile; returns it.
///
/// # Panics
/// When there are any.
pub(super) fn listening(server: &Server, work: impl FnOnce()) -> String {
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), work);
    let log = log.0.lock().unwrap().clone();
    Told::of(server).text(&log);
    log
}

/// Keeps all that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        attributes.record(&mut Line(&mut self.0.lock().unwrap()));
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Line<'l>(&'l mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        writeln!(self.0, "{field}: {value:?}").unwrap();
    }
}

#[test]
fn x02_no_password_is_in_what_is_printed_of_an_engine_or_its_url() {
    on_shared(|server| {
        let told = Told::of(server);
        let engine = Engine::new(server.new_database().as_str()).unwrap();
        let url = engine.url();
        told.text(&format!("{engine} {engine:?} {engine:#?}"));
        told.text(&format!("{url} {url:?} {url:#?}"));
        assert!(url.to_string().contains("***"), "{url}");
        engine.connect().unwrap();
    });
}

#[test]
fn x02_what_is_logged_is_looked_at() {
    on_shared(|server| {
        let log = listening(server, || tracing::info!(field = 1, "something"));
        assert_eq!(log, "message: something\nfield: 1\n");
        let told = Told::of(server);
        let leaks = |text: &str| {
            let looked = std::panic::AssertUnwindSafe(|| told.text(text));
            std::panic::catch_unwind(looked).is_err()
        };
        assert!(leaks(&server.url("any")) && leaks(WRONG) && !leaks("nothing"));
    });
}
