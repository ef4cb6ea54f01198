//! A statement that somebody hears of, from when it is sent until its last row.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use tracing::{Level, Span, field};

use super::{Echo, Log, Origin, TARGET, print};
use crate::{
    error::{Error, Hidden, Shown},
    row::Row,
    value::{Value, ValueRef},
};

/// What is told of a statement beside its text.
#[derive(Clone, Copy)]
pub(crate) struct Watch<'a> {
    pub(crate) log: &'a Arc<Log>,
    /// What the database is called.
    pub(crate) system: &'static str,
    pub(crate) origin: Origin,
    /// Which of its values nobody may see.
    pub(crate) hidden: Hidden<'a>,
}

/// A statement on its way, told of already.
pub(super) struct Running {
    pub(super) span: Span,
    began: Instant,
    /// How long the database had to work for it, where that is not all the time since.
    pub(super) worked: Option<Duration>,
    rows: u64,
    prints_rows: bool,
    traces_rows: bool,
}

/// What came of a statement.
pub(super) enum Outcome<'e> {
    /// It changed so many rows.
    Changed(u64),
    /// It gave rows, which were counted.
    Gave,
    /// Nothing but that it ran.
    Done,
    /// It failed.
    Failed(&'e Error),
}

impl Watch<'_> {
    /// Tells of a statement that is going to be sent.
    pub(super) fn begin(&self, sql: &str, values: &[ValueRef<'_>]) -> Running {
        let log = self.log;
        if log.echo != Echo::Off {
            print::statement(sql, self.origin, &self.shown(values));
        }
        let span = tracing::debug_span!(
            target: TARGET,
            "db.query",
            "otel.kind" = "client",
            "otel.name" = operation(sql),
            "db.system.name" = self.system.to_ascii_lowercase(),
            "db.namespace" = log.namespace,
            "db.operation.name" = operation(sql),
            "db.query.text" = sql,
            "server.address" = log.address,
            "server.port" = log.port,
            "db.response.returned_rows" = field::Empty,
            "db.response.status_code" = field::Empty,
            "error.type" = field::Empty,
        );
        Running {
            span,
            began: Instant::now(),
            worked: None,
            rows: 0,
            prints_rows: log.echo == Echo::Rows,
            traces_rows: tracing::enabled!(target: TARGET, Level::TRACE),
        }
    }

    pub(super) fn shown<'v>(&'v self, values: &'v [ValueRef<'v>]) -> Shown<'v> {
        Shown {
            values,
            hidden: self.hidden,
        }
    }
}

impl Running {
    /// Tells of a row.
    pub(super) fn row(&mut self, row: &Row<'_>, hidden: Hidden<'_>) {
        self.rows += 1;
        if !self.prints_rows && !self.traces_rows {
            return;
        }
        // What cannot be read is an error for whoever reads it.
        let values = row.values().unwrap_or_default();
        let values: Vec<ValueRef<'_>> = values.iter().map(Value::as_ref).collect();
        let values = Shown {
            values: &values,
            hidden: hidden.of_row(),
        };
        if self.prints_rows {
            if self.rows == 1 {
                print::columns(&row.names());
            }
            print::row(&values);
        }
        tracing::trace!(target: TARGET, parent: &self.span, row = %values);
    }

    /// Tells how it ended.
    pub(super) fn end(
        self,
        log: &Log,
        origin: Origin,
        sql: &str,
        parameters: &dyn fmt::Display,
        outcome: Outcome<'_>,
    ) {
        let elapsed = self.worked.unwrap_or_else(|| self.began.elapsed());
        let duration = elapsed.as_secs_f64();
        let (mut rows, mut changed, mut failed) = (None, None, None);
        match outcome {
            Outcome::Changed(count) => changed = Some(count),
            Outcome::Gave => rows = Some(self.rows),
            Outcome::Done => {}
            Outcome::Failed(error) => failed = Some(error),
        }
        if let Some(rows) = rows {
            self.span.record("db.response.returned_rows", rows);
        }
        let kind = failed.map(|error| format!("{:?}", error.kind()));
        if let Some(error) = failed {
            self.span.record("error.type", kind.as_deref());
            self.span.record("db.response.status_code", error.code());
        }
        self.span.in_scope(|| {
            tracing::debug!(
                target: TARGET,
                duration,
                rows,
                rows_affected = changed,
                origin = %origin,
                parameters = %parameters,
                "error.type" = kind,
                "{}", if failed.is_some() { "failed" } else { "done" },
            );
        });
        if log.slow_query.is_some_and(|most| elapsed >= most) {
            tracing::warn!(
                target: TARGET,
                { "db.query.text" = sql, duration, parameters = %parameters },
                "a slow query: it took {elapsed:?}",
            );
            // Somebody who asked for warnings wants to have them, also before there is anything to take them.
            if log.echo != Echo::Off || !tracing::dispatcher::has_been_set() {
                print::slow(sql, elapsed, parameters);
            }
        }
    }
}

/// The first word of a statement.
fn operation(sql: &str) -> &str {
    sql.split_ascii_whitespace().next().unwrap_or_default()
}
