//! Statements of the query language on their way to the driver: their texts are written once for each connection and shape.

use std::{ops::ControlFlow, sync::Arc, time::Instant};

use super::{Connection, Rows, stream::ReadRow};
#[cfg(feature = "_frames")]
use crate::frame::{Builder, Frame};
use crate::{
    driver::ReadOne,
    error::{Error, Hidden, Result},
    log::{Origin, Sender},
    model::TableInfo,
    pool::{Known, Opened},
    sql::{self, Fingerprint, QueryRef, Statement},
    value::ValueRef,
};

impl Connection {
    /// Runs a statement that gives rows, and reads them all.
    pub(crate) fn fetch<O>(&self, statement: Statement<'_>, read: ReadRow<O>) -> Result<Vec<O>> {
        let mut rows = Vec::new();
        self.each(statement, &mut |row| {
            rows.push(read(row, &mut 0)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// Runs a statement that gives rows, and hands each of them to `each`.
    pub(crate) fn each(&self, statement: Statement<'_>, each: ReadOne<'_>) -> Result<()> {
        self.run(statement, |driver, sql, parameters| {
            driver.query(sql, parameters, &mut |row| {
                each(row).map(ControlFlow::Continue)
            })
        })
    }

    /// Runs a statement that gives rows, and makes a frame of them.
    #[cfg(feature = "_frames")]
    pub(crate) fn frame(&self, statement: Statement<'_>, mut builder: Builder) -> Result<Frame> {
        self.run(statement, |driver, sql, parameters| {
            let performed = driver.perform(sql, parameters, &mut |row| builder.push(row))?;
            builder.begin(performed.columns.into_iter().zip(performed.types))?;
            builder.take()
        })
    }

    /// Runs a statement that writes; returns how many rows it changed.
    pub(crate) fn change(&self, statement: Statement<'_>) -> Result<u64> {
        self.run(statement, |driver, sql, parameters| {
            driver.execute(sql, parameters)
        })
    }

    /// Runs an INSERT; returns the number of rows that it inserted, or updated because they were there already.
    pub(crate) fn insert_rows(&self, tree: &sql::Insert) -> Result<u64> {
        self.run(Statement::Insert(tree), |driver, sql, parameters| {
            // MySQL counts a row that it updates twice, and one that stays as it is once.
            let counted = driver.execute(sql, parameters)?;
            let Some(conflict) = &tree.conflict else {
                return Ok(counted);
            };
            Ok(match driver.met() {
                Some((rows, met)) if conflict.set.is_empty() => rows.saturating_sub(met),
                Some((rows, _)) => rows,
                None => counted,
            })
        })
    }

    /// Runs an INSERT of one row; returns the number that the database counted up for it, if it did.
    pub(crate) fn insert_counted(&self, tree: &sql::Insert) -> Result<u64> {
        self.run(Statement::Insert(tree), |driver, sql, parameters| {
            driver.execute(sql, parameters)?;
            Ok(driver.last_insert_id())
        })
    }

    /// Runs a statement that reads, and decodes its rows as they are asked for.
    pub(crate) fn open<O>(
        &self,
        statement: Statement<'_>,
        read: ReadRow<O>,
    ) -> Result<Rows<'_, O>> {
        let mut parameters = Vec::new();
        let (known, origin) = self.known(statement, &mut parameters)?;
        self.stream_rows((&known, origin), &parameters, read)
    }

    /// The text of a statement, and where it comes from if anybody listens.
    pub(crate) fn known<'t>(
        &self,
        statement: Statement<'t>,
        parameters: &mut Vec<ValueRef<'t>>,
    ) -> Result<(Arc<Known>, Option<Origin>)> {
        let asked = self.log.listens().then(Instant::now);
        let fingerprint = statement.fingerprint(self.dialect, parameters)?;
        let mut active = self.active()?;
        let texts = &mut active.pooled.opened().texts;
        let known = texts.get(fingerprint, || self.write(statement))?;
        let origin = asked.map(|asked| Origin::of(known, asked));
        Ok((Arc::clone(known), origin))
    }

    /// How the database is going to run a query, in its own words.
    pub(crate) fn explain(&self, statement: Statement<'_>) -> Result<String> {
        statement.check_groups()?;
        let rendered = statement.render(self.dialect)?;
        let text = format!("{}{}", self.dialect.explain(), rendered.sql);
        let mut rows = Vec::new();
        self.query_sql(&text, &rendered.parameters, false, &mut |row| {
            rows.push(row.values()?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(self.dialect.plan(&rows))
    }

    /// The row with this primary key. `find` makes the tree of the query, with as many parameters as the key has values, where
    /// its text is not known yet.
    pub(crate) fn find<O>(
        &self,
        table: &'static TableInfo,
        key: &[ValueRef<'_>],
        find: impl FnOnce() -> sql::Select,
        read: ReadRow<O>,
    ) -> Result<Option<O>> {
        let mut found = None;
        let mut active = self.active()?;
        active.begin(self.dialect, false)?;
        let asked = self.log.listens().then(Instant::now);
        let Opened {
            driver,
            texts,
            held,
            ..
        } = active.pooled.opened();
        let known = texts.get(Fingerprint::of_key(table), || {
            let tree = find();
            let statement = Statement::Select {
                query: QueryRef::Select(&tree),
                at_most: None,
            };
            self.write(statement)
        })?;
        held.sends(&known.text);
        self.count(1);
        let watch = asked.map(|asked| self.watch(known, Origin::of(known, asked)));
        let done = Sender::new(&mut **driver, watch).query(&known.text, key, &mut |row| {
            found = Some(read(row, &mut 0)?);
            Ok(ControlFlow::Break(()))
        });
        if let Err(error) = done {
            let hidden = self.log.hidden_of(known);
            let error = error.with_statement(&known.text, key, hidden);
            active.note(&error);
            return Err(error);
        }
        Ok(found)
    }

    fn run<'t, T>(
        &self,
        statement: Statement<'t>,
        work: impl FnOnce(&mut Sender<'_, '_>, &str, &[ValueRef<'t>]) -> Result<T>,
    ) -> Result<T> {
        let asked = self.log.listens().then(Instant::now);
        let mut parameters = Vec::with_capacity(8);
        let fingerprint = statement.fingerprint(self.dialect, &mut parameters)?;
        if parameters.len() > self.max_parameters {
            return Err(self.refused_for_size(statement));
        }
        let mut active = self.active()?;
        active.begin(self.dialect, statement.writes())?;
        let Opened {
            driver,
            texts,
            held,
            ..
        } = active.pooled.opened();
        let known = texts.get(fingerprint, || self.write(statement))?;
        held.sends(&known.text);
        self.count(1);
        let watch = asked.map(|asked| self.watch(known, Origin::of(known, asked)));
        let mut sender = Sender::new(&mut **driver, watch);
        let done = work(&mut sender, &known.text, &parameters).map_err(|error| {
            let hidden = self.log.hidden_of(known);
            let error = error.naming_column(&statement).changing(known.changes);
            error.with_statement(&known.text, &parameters, hidden)
        });
        active.noted(done)
    }

    /// The text of a statement that no statement of its shape has had yet.
    #[cold]
    fn write(&self, statement: Statement<'_>) -> Result<Known> {
        statement.check_groups()?;
        let rendered = statement.render(self.dialect)?;
        if self.lints_cartesian
            && let Some((one, other)) = statement.unlinked()
        {
            tracing::warn!(
                target: "aludel::lint",
                sql = rendered.sql,
                "the tables `{one}` and `{other}` are read with no condition between them, so every row of the one comes with \
                 every row of the other: join them, or filter by columns of both"
            );
        }
        Ok(Known {
            text: rendered.sql.into(),
            secrets: rendered.secrets,
            secret_cells: statement.secret_cells(),
            changes: statement.changes(),
            since: Instant::now(),
        })
    }

    #[cold]
    fn refused_for_size(&self, statement: Statement<'_>) -> Error {
        match statement.render(self.dialect) {
            Ok(rendered) => {
                let error = self.too_many(rendered.parameters.len());
                let hidden = Hidden::new(self.log.hide_parameters, &rendered.secrets, &[]);
                error.with_statement(&rendered.sql, &rendered.parameters, hidden)
            }
            Err(error) => error,
        }
    }
}
