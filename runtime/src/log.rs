//! What an engine tells of the statements that it sends: to `tracing`, and to standard error where that is wanted.
//!
//! `sender` is the way of every statement to its driver; `running` is a statement that somebody hears of, `print` what people read.

mod print;
mod running;
mod sender;
mod stream;

use std::time::{Duration, Instant};

pub(crate) use running::Watch;
pub(crate) use sender::Sender;

use crate::{error::Hidden, pool::Known, url::Url};

/// The target of all that is told of statements.
pub(crate) const TARGET: &str = "aludel::engine";

/// What an engine prints to standard error: see [`EngineBuilder::echo`](crate::EngineBuilder::echo).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Echo {
    /// Nothing.
    #[default]
    Off,
    /// Statements with their parameters, and how transactions begin and end.
    Statements,
    /// The rows that come back, as well.
    Rows,
}

impl From<bool> for Echo {
    fn from(echo: bool) -> Self {
        if echo { Echo::Statements } else { Echo::Off }
    }
}

/// What is told, and of which database.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) echo: Echo,
    /// How long a statement may take before it is warned of.
    pub(crate) slow_query: Option<Duration>,
    /// Whether no value is shown at all.
    pub(crate) hide_parameters: bool,
    namespace: Option<String>,
    address: Option<String>,
    port: Option<u16>,
}

impl Log {
    /// The same of a database.
    pub(crate) fn of(self, url: &Url) -> Self {
        Log {
            namespace: url.database().map(str::to_owned),
            address: url.host().map(str::to_owned),
            port: url.port(),
            ..self
        }
    }

    /// Whether anybody hears of a statement.
    #[inline]
    pub(crate) fn listens(&self) -> bool {
        self.echo != Echo::Off
            || self.slow_query.is_some()
            || tracing::enabled!(target: TARGET, tracing::Level::DEBUG)
    }

    /// Tells that no transaction begins where one would.
    pub(crate) fn tell_autocommit(&self) {
        if self.echo != Echo::Off {
            print::autocommit();
        }
        tracing::debug!(target: TARGET, "autocommit: no transaction is begun");
    }

    /// Which values nobody may see of a statement by hand: all or none.
    pub(crate) fn hidden(&self) -> Hidden<'static> {
        Hidden::new(self.hide_parameters, &[], &[])
    }

    /// Which values nobody may see of a statement of the query language.
    pub(crate) fn hidden_of<'a>(&self, known: &'a Known) -> Hidden<'a> {
        Hidden::new(self.hide_parameters, &known.secrets, &known.secret_cells)
    }
}

/// Where the text of a statement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The program gave it.
    ByHand,
    /// It was written, which took so long.
    Generated(Duration),
    /// It was written so long ago.
    Cached(Duration),
    /// It begins or ends a transaction or a savepoint.
    Control,
}

impl Origin {
    /// Of a text that was looked for at a time.
    pub(crate) fn of(known: &Known, asked: Instant) -> Self {
        if known.since >= asked {
            Origin::Generated(asked.elapsed())
        } else {
            Origin::Cached(known.since.elapsed())
        }
    }
}
