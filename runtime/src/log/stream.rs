//! A result that is read row by row, of which somebody hears.

use std::{sync::Arc, time::Instant};

use super::{
    Log, Origin,
    running::{Outcome, Running, Watch},
};
use crate::{
    driver::{DriverStream, ReadOne, RowStream},
    error::{Error, Hidden, Result},
    value::ValueRef,
};

/// An open result. How it ended is told when it is dropped, with the time that the database had to work for it.
pub(super) struct Watched<'c> {
    stream: DriverStream<'c>,
    /// `None` once it was told how it ended.
    running: Option<Running>,
    log: Arc<Log>,
    origin: Origin,
    sql: String,
    parameters: String,
    hidden_cells: Vec<usize>,
}

impl<'c> Watched<'c> {
    /// Tells of a statement, and opens its result.
    pub(super) fn begin(
        watch: Watch<'_>,
        sql: &str,
        parameters: &[ValueRef<'_>],
        open: impl FnOnce() -> Result<DriverStream<'c>>,
    ) -> Result<DriverStream<'c>> {
        let mut running = watch.begin(sql, parameters);
        let began = Instant::now();
        let opened = running.span.in_scope(open);
        running.worked = Some(began.elapsed());
        let shown = watch.shown(parameters);
        match opened {
            Err(error) => {
                let failed = Outcome::Failed(&error);
                running.end(watch.log, watch.origin, sql, &shown, failed);
                Err(error)
            }
            Ok(stream) => Ok(Box::new(Watched {
                stream,
                running: Some(running),
                log: Arc::clone(watch.log),
                origin: watch.origin,
                sql: sql.to_owned(),
                parameters: shown.to_string(),
                hidden_cells: watch.hidden.cells().to_vec(),
            })),
        }
    }

    fn end(&mut self, error: Option<&Error>) {
        let Some(running) = self.running.take() else {
            return;
        };
        let outcome = error.map_or(Outcome::Gave, Outcome::Failed);
        running.end(&self.log, self.origin, &self.sql, &self.parameters, outcome);
    }
}

impl RowStream for Watched<'_> {
    fn next(&mut self, each: ReadOne<'_>) -> Result<bool> {
        let began = Instant::now();
        let hidden = Hidden::new(self.log.hide_parameters, &[], &self.hidden_cells);
        let running = &mut self.running;
        let more = self.stream.next(&mut |row| {
            if let Some(running) = running {
                running.row(row, hidden);
            }
            each(row)
        });
        if let Some(running) = running {
            running.worked = running.worked.map(|worked| worked + began.elapsed());
        }
        if let Err(error) = &more {
            self.end(Some(error));
        }
        more
    }

    #[cfg(feature = "_frames")]
    fn columns(&self) -> Vec<(String, Option<crate::frame::FrameType>)> {
        self.stream.columns()
    }
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        self.end(None);
    }
}
