//! The way of every statement to its driver, on which those who listen hear of it.

use std::sync::Arc;

use super::{
    Log, Origin,
    running::{Outcome, Running, Watch},
    stream::Watched,
};
use crate::{
    driver::{DriverConnection, DriverStream, EachRow, Performed, ReadOne},
    error::{Hidden, Result},
    value::ValueRef,
};

/// A driver, and whoever is to be told of what it is sent.
pub(crate) struct Sender<'d, 'w> {
    driver: &'d mut dyn DriverConnection,
    watch: Option<Watch<'w>>,
}

impl<'d, 'w> Sender<'d, 'w> {
    #[inline]
    pub(crate) fn new(driver: &'d mut dyn DriverConnection, watch: Option<Watch<'w>>) -> Self {
        Sender { driver, watch }
    }

    /// For what begins and ends transactions and savepoints.
    pub(crate) fn of_control(
        driver: &'d mut dyn DriverConnection,
        log: &'w Arc<Log>,
        system: &'static str,
    ) -> Self {
        let watch = log.listens().then_some(Watch {
            log,
            system,
            origin: Origin::Control,
            hidden: Hidden::NOTHING,
        });
        Sender { driver, watch }
    }

    /// As [`DriverConnection::execute`].
    #[inline]
    pub(crate) fn execute(&mut self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<u64> {
        match self.watch {
            None => self.driver.execute(sql, parameters),
            Some(watch) => told(watch, sql, parameters, |_| {
                let changed = self.driver.execute(sql, parameters)?;
                Ok((changed, Outcome::Changed(changed)))
            }),
        }
    }

    /// As [`DriverConnection::execute_each`].
    pub(crate) fn execute_each(
        &mut self,
        sql: &str,
        width: usize,
        parameters: &[ValueRef<'_>],
        each: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<()> {
        let Some(watch) = self.watch else {
            return self.driver.execute_each(sql, width, parameters, each);
        };
        // One by one, so that each is told of with its own values.
        let mut sets = parameters.chunks(width);
        sets.try_for_each(|set| {
            let changed = told(watch, sql, set, |_| {
                let changed = self.driver.execute(sql, set)?;
                Ok((changed, Outcome::Changed(changed)))
            })?;
            each(changed)
        })
    }

    /// As [`DriverConnection::query`].
    #[inline]
    pub(crate) fn query(
        &mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        each: EachRow<'_>,
    ) -> Result<()> {
        match self.watch {
            None => self.driver.query(sql, parameters, each),
            Some(watch) => told(watch, sql, parameters, |running| {
                self.driver.query(sql, parameters, &mut |row| {
                    running.row(row, watch.hidden);
                    each(row)
                })?;
                Ok(((), Outcome::Gave))
            }),
        }
    }

    /// As [`DriverConnection::perform`].
    pub(crate) fn perform(
        &mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        each: ReadOne<'_>,
    ) -> Result<Performed> {
        let Some(watch) = self.watch else {
            return self.driver.perform(sql, parameters, each);
        };
        told(watch, sql, parameters, |running| {
            let performed = self.driver.perform(sql, parameters, &mut |row| {
                running.row(row, watch.hidden);
                each(row)
            })?;
            let outcome = match performed.columns.is_empty() {
                true => Outcome::Changed(performed.changed),
                false => Outcome::Gave,
            };
            Ok((performed, outcome))
        })
    }

    /// As [`DriverConnection::stream`].
    pub(crate) fn stream(self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<DriverStream<'d>> {
        let Sender { driver, watch } = self;
        match watch {
            None => driver.stream(sql, parameters),
            Some(watch) => {
                Watched::begin(watch, sql, parameters, || driver.stream(sql, parameters))
            }
        }
    }

    /// As [`DriverConnection::run_unprepared`].
    pub(crate) fn run_unprepared(&mut self, sql: &str) -> Result<()> {
        match self.watch {
            None => self.driver.run_unprepared(sql),
            Some(watch) => told(watch, sql, &[], |_| {
                self.driver.run_unprepared(sql)?;
                Ok(((), Outcome::Done))
            }),
        }
    }

    /// As [`DriverConnection::control`].
    pub(crate) fn control(&mut self, sql: &str) -> Result<()> {
        match self.watch {
            None => self.driver.control(sql),
            Some(watch) => told(watch, sql, &[], |_| {
                self.driver.control(sql)?;
                Ok(((), Outcome::Done))
            }),
        }
    }

    pub(crate) fn last_insert_id(&self) -> u64 {
        self.driver.last_insert_id()
    }

    pub(crate) fn met(&self) -> Option<(u64, u64)> {
        self.driver.met()
    }
}

/// Runs a statement between what is told before and after it.
#[cold]
fn told<T>(
    watch: Watch<'_>,
    sql: &str,
    parameters: &[ValueRef<'_>],
    work: impl FnOnce(&mut Running) -> Result<(T, Outcome<'static>)>,
) -> Result<T> {
    let mut running = watch.begin(sql, parameters);
    let span = running.span.clone();
    let done = span.in_scope(|| work(&mut running));
    let (done, outcome) = match done {
        Ok((value, outcome)) => (Ok(value), outcome),
        Err(error) => (Err(error), Outcome::Done),
    };
    let outcome = match &done {
        Ok(_) => outcome,
        Err(error) => Outcome::Failed(error),
    };
    let shown = watch.shown(parameters);
    running.end(watch.log, watch.origin, sql, &shown, outcome);
    done
}
