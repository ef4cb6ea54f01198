//! Listens to all that is told of statements.

use std::{
    collections::BTreeMap,
    fmt::{self, Debug},
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// A span or an event, with its fields.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) level: Level,
    fields: BTreeMap<&'static str, String>,
}

impl Told {
    fn new(metadata: &Metadata<'_>) -> Self {
        Told {
            level: *metadata.level(),
            fields: BTreeMap::new(),
        }
    }

    /// A field's value, as text.
    pub(crate) fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }

    /// Whether a text is in any of its fields.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.fields.values().any(|value| value.contains(text))
    }
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }
}

/// What was told: a span for each statement, and what happened in it and elsewhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heard {
    pub(crate) spans: Vec<Told>,
    pub(crate) events: Vec<Told>,
}

impl Heard {
    /// The texts of the statements, in order.
    pub(crate) fn statements(&self) -> Vec<&str> {
        let texts = self.spans.iter();
        texts
            .map(|span| span.get("db.query.text").unwrap())
            .collect()
    }

    /// What was told of the only statement that begins with these words: its span, and how it ended.
    pub(crate) fn of(&self, words: &str) -> Vec<(&Told, &Told)> {
        let done = self
            .events
            .iter()
            .filter(|event| event.level == Level::DEBUG);
        let all = self.spans.iter().zip(done);
        all.filter(|(span, _)| span.get("db.query.text").unwrap().starts_with(words))
            .collect()
    }

    /// Whether a text is in anything that was told.
    pub(crate) fn shows(&self, text: &str) -> bool {
        let mut all = self.spans.iter().chain(&self.events);
        all.any(|told| told.shows(text))
    }
}

/// Keeps what is told up to a level.
#[derive(Clone)]
struct Listener(Level, Arc<Mutex<Heard>>);

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "aludel::engine" && *metadata.level() <= self.0
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut told = Told::new(attributes.metadata());
        attributes.record(&mut told);
        let mut heard = self.1.lock().unwrap();
        heard.spans.push(told);
        span::Id::from_u64(heard.spans.len() as u64)
    }

    fn record(&self, id: &span::Id, values: &span::Record<'_>) {
        let index = usize::try_from(id.into_u64()).unwrap() - 1;
        values.record(&mut self.1.lock().unwrap().spans[index]);
    }

    fn event(&self, event: &Event<'_>) {
        let mut told = Told::new(event.metadata());
        event.record(&mut told);
        self.1.lock().unwrap().events.push(told);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

/// What is told while `work` runs, up to a level, and what it gives.
pub(crate) fn heard_up_to<T>(level: Level, work: impl FnOnce() -> T) -> (Heard, T) {
    let listener = Listener(level, Arc::default());
    let given = tracing::subscriber::with_default(listener.clone(), work);
    let heard = listener.1.lock().unwrap().clone();
    (heard, given)
}

/// What is told while `work` runs, and what it gives.
pub(crate) fn heard<T>(work: impl FnOnce() -> T) -> (Heard, T) {
    heard_up_to(Level::DEBUG, work)
}
