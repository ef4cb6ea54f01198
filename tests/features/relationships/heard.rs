//! Listens to the statements that are sent.

use std::{
    fmt::{self, Write},
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

/// Statements are spans, and warnings of the session are events.
const TARGETS: [&str; 2] = ["aludel::engine", "aludel::session"];

/// What begins and ends transactions is not counted.
const CONTROL: [&str; 6] = [
    "BEGIN",
    "START",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
];

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        TARGETS.contains(&metadata.target()) && *metadata.level() <= Level::DEBUG
    }

    fn event(&self, event: &Event<'_>) {
        if event.metadata().target() == TARGETS[0] {
            return;
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        self.0.lock().unwrap().push(message.0);
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut message = Message(String::new());
        attributes.record(&mut message);
        if !CONTROL.iter().any(|word| message.0.starts_with(word)) {
            self.0.lock().unwrap().push(message.0);
        }
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            write!(self.0, "{value:?}").unwrap();
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "db.query.text" {
            self.0.push_str(value);
        }
    }
}

/// The statements (and warnings of the session) that `work` sends, and what it gives.
pub(crate) fn heard<T>(work: impl FnOnce() -> T) -> (Vec<String>, T) {
    let heard = Heard::default();
    let given = tracing::subscriber::with_default(heard.clone(), work);
    let heard = heard.0.lock().unwrap();
    (heard.clone(), given)
}

/// How many statements `work` sends, and what it gives.
pub(crate) fn counted<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let (heard, given) = heard(work);
    (heard.len(), given)
}

/// What statements write, each as its first word and its table.
pub(crate) fn writes(statements: &[String]) -> Vec<String> {
    let write = |statement: &String| {
        let mut words = statement.split_whitespace();
        let verb = words.next()?;
        let table = match verb {
            "INSERT" | "DELETE" => words.nth(1)?,
            "UPDATE" => words.next()?,
            _ => return None,
        };
        Some(format!("{verb} {}", table.trim_matches(['"', '`'])))
    };
    statements.iter().filter_map(write).collect()
}
