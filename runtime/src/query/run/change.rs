//! Running statements that change rows.

use super::{
    super::{
        delete::Delete, fill::Changes, insert::Insert, returning::Returning, select::ReadRow,
        update::Update,
    },
    exactly_one, one_or_none,
};
use crate::{
    connection::Connection,
    error::{Error, ErrorKind, Result},
    model::Model,
    sql::{self, Node, Sql, Statement},
};

impl<M: Model> Insert<M, &Connection> {
    /// Inserts the rows, and gives their number; those that were there already and stayed as they were are not counted.
    /// MySQL and MariaDB count these too where they are a query's.
    ///
    /// # Errors
    /// A constraint that says no is an [integrity](Error::is_integrity) error. Rows that were inserted by then stay in the
    /// transaction.
    pub fn execute(self) -> Result<u64> {
        let on = self.on;
        let statements = self.into_statements(on.dialect().capabilities());
        let mut inserted = 0;
        for statement in &statements {
            inserted += on.insert_rows(statement)?;
        }
        Ok(inserted)
    }
}

impl<M: Model, S> Update<M, S> {
    /// The statement, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Update<M, S, &Connection> {
        self.attached(connection)
    }
}

impl<M: Model, S, X> Update<M, S, X> {
    /// What is sent; `None` where nothing is set.
    pub(super) fn complete(&self) -> Result<Option<sql::Update>> {
        if self.tree.set.is_empty() {
            return Ok(None);
        }
        let all = self.all_rows || !self.tree.joined.is_empty();
        require_filter(&self.tree.filter, all, "UPDATE", M::TABLE.name)?;
        let mut tree = self.tree.clone();
        sql::Assigned::keep_last(&mut tree.set);
        M::on_update(&mut Changes::new(&mut tree.set));
        Ok(Some(tree))
    }
}

impl<M: Model, S> Update<M, S, &Connection> {
    /// Runs it, and gives the number of rows that the filter found. With nothing to set that is 0, and nothing is sent.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) with neither a filter nor [`all_rows`](Update::all_rows);
    /// [integrity](Error::is_integrity) where a constraint says no.
    pub fn execute(&self) -> Result<u64> {
        match self.complete()? {
            Some(tree) => self.on.change(Statement::Update(&tree)),
            None => Ok(0),
        }
    }
}

impl<M: Model, S> Delete<M, S> {
    /// The statement, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Delete<M, S, &Connection> {
        self.attached(connection)
    }
}

impl<M: Model, S, X> Delete<M, S, X> {
    /// A join leaves out rows, as a filter does.
    pub(super) fn require_filter(&self) -> Result<()> {
        let all = self.all_rows || !self.tree.joined.is_empty();
        require_filter(&self.tree.filter, all, "DELETE", M::TABLE.name)
    }
}

impl<M: Model, S> Delete<M, S, &Connection> {
    /// Runs it, and gives the number of rows that it deleted.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) with neither a filter nor [`all_rows`](Delete::all_rows);
    /// [integrity](Error::is_integrity) where other rows still refer to one of these.
    pub fn execute(&self) -> Result<u64> {
        self.require_filter()?;
        self.on.change(Statement::Delete(&self.tree))
    }
}

/// Refuses a statement that would change every row though nobody said so.
pub(in crate::query) fn require_filter(
    filter: &[Node],
    all_rows: bool,
    statement: &str,
    table: &str,
) -> Result<()> {
    if filter.is_empty() && !all_rows {
        let message = format!(
            "{statement} of table `{table}` has no filter: say `.all_rows()` to mean every row"
        );
        return Err(Error::new(ErrorKind::InvalidRequest, message));
    }
    Ok(())
}

/// A statement that gives something back.
pub trait GivesBack: Sized {
    /// The same, on a connection.
    type On<'c>;

    #[doc(hidden)]
    fn put_on(self, connection: &Connection) -> Self::On<'_>;
}

/// Such a statement, on a connection.
pub trait RunsAndGivesBack {
    #[doc(hidden)]
    fn run<O>(self, read: ReadRow<O>) -> Result<Vec<O>>;
}

macro_rules! give_back {
    ($([$($generics:ident),+] $ty:ty => $on:ty;)*) => { $(
        impl<M: Model, $($generics),+> GivesBack for $ty {
            type On<'c> = $on;

            fn put_on(self, connection: &Connection) -> Self::On<'_> {
                self.attached(connection)
            }
        }
    )* };
}

impl<M: Model> GivesBack for Insert<M> {
    type On<'c> = Insert<M, &'c Connection>;

    fn put_on(self, connection: &Connection) -> Self::On<'_> {
        self.attached(connection)
    }
}

give_back! {
    [S] Update<M, S> => Update<M, S, &'c Connection>;
    [S] Delete<M, S> => Delete<M, S, &'c Connection>;
}

impl<M: Model> RunsAndGivesBack for Insert<M, &Connection> {
    fn run<O>(self, read: ReadRow<O>) -> Result<Vec<O>> {
        let on = self.on;
        let statements = self.into_statements(on.dialect().capabilities());
        let mut all = Vec::new();
        for statement in &statements {
            all.append(&mut on.fetch(Statement::Insert(statement), read)?);
        }
        Ok(all)
    }
}

impl<M: Model, S> RunsAndGivesBack for Update<M, S, &Connection> {
    fn run<O>(self, read: ReadRow<O>) -> Result<Vec<O>> {
        match self.complete()? {
            Some(tree) => self.on.fetch(Statement::Update(&tree), read),
            None => Ok(Vec::new()),
        }
    }
}

impl<M: Model, S> RunsAndGivesBack for Delete<M, S, &Connection> {
    fn run<O>(self, read: ReadRow<O>) -> Result<Vec<O>> {
        self.require_filter()?;
        self.on.fetch(Statement::Delete(&self.tree), read)
    }
}

impl<T: GivesBack, O> Returning<T, O> {
    /// The statement, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Returning<T::On<'_>, O> {
        Returning::new(self.statement.put_on(connection), self.read)
    }
}

impl<T: RunsAndGivesBack, O> Returning<T, O> {
    /// Runs it, and gives what comes back of all rows, in any order.
    ///
    /// # Errors
    /// As running the statement without it; [`Unsupported`](ErrorKind::Unsupported) where the database cannot give rows back.
    pub fn all(self) -> Result<Vec<O>> {
        self.statement.run(self.read)
    }

    /// Runs it, and gives what comes back of the only row that it changes.
    ///
    /// # Errors
    /// [`NoResult`](ErrorKind::NoResult) where it changes none, [`MultipleResults`](ErrorKind::MultipleResults) where it changes
    /// several, which are changed then; else as [`all`](Returning::all).
    pub fn one(self) -> Result<O> {
        exactly_one(self.all()?)
    }

    /// Runs it, and gives what comes back of the only row that it changes, or `None` where it changes none.
    ///
    /// # Errors
    /// [`MultipleResults`](ErrorKind::MultipleResults) where it changes several, which are changed then; else as
    /// [`all`](Returning::all).
    pub fn one_or_none(self) -> Result<Option<O>> {
        one_or_none(self.all()?)
    }
}

impl<M: Model, X: Clone> Insert<M, X> {
    /// The statements as a dialect spells them, with their values beside them: several where there are many rows, or rows that
    /// do not set the same columns.
    ///
    /// # Errors
    /// As [`Select::to_sql`](super::super::Select::to_sql).
    pub fn to_sql(&self, dialect: crate::Dialect) -> Result<Vec<Sql>> {
        let capabilities = crate::dialect::of(dialect).capabilities();
        let statements = self.clone().into_statements(capabilities);
        statements
            .iter()
            .map(|statement| Sql::of(Statement::Insert(statement), dialect))
            .collect()
    }
}

impl<M: Model, S, X> Update<M, S, X> {
    /// The statement as a dialect spells it, with its values beside it.
    ///
    /// # Errors
    /// As [`Select::to_sql`](super::super::Select::to_sql); and as running it, where it has no filter.
    pub fn to_sql(&self, dialect: crate::Dialect) -> Result<Sql> {
        let tree = self
            .complete()?
            .ok_or_else(|| Error::new(ErrorKind::InvalidRequest, "the UPDATE sets nothing"))?;
        Sql::of(Statement::Update(&tree), dialect)
    }
}

impl<M: Model, S, X> Delete<M, S, X> {
    /// The statement as a dialect spells it, with its values beside it.
    ///
    /// # Errors
    /// As [`Select::to_sql`](super::super::Select::to_sql); and as running it, where it has no filter.
    pub fn to_sql(&self, dialect: crate::Dialect) -> Result<Sql> {
        self.require_filter()?;
        Sql::of(Statement::Delete(&self.tree), dialect)
    }
}

macro_rules! give_back_as_text {
    ($([$($generics:tt)+] $ty:ty => $sql:ty;)*) => { $(
        impl<$($generics)+, O> Returning<$ty, O> {
            /// The statement as a dialect spells it: see `to_sql` of the statement itself.
            ///
            /// # Errors
            /// As there; and [`Unsupported`](ErrorKind::Unsupported) where the dialect cannot give rows back.
            pub fn to_sql(&self, dialect: crate::Dialect) -> Result<$sql> {
                self.statement.to_sql(dialect)
            }
        }
    )* };
}

give_back_as_text! {
    [M: Model, X: Clone] Insert<M, X> => Vec<Sql>;
    [M: Model, S, X] Update<M, S, X> => Sql;
    [M: Model, S, X] Delete<M, S, X> => Sql;
}
