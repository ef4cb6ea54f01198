//! Running queries.

use std::{ops::Deref, rc::Rc};

use super::{
    super::{
        compound::Compound,
        eager::Eagerly,
        grouping::Selected,
        scope::{Outside, Standalone},
        select::Select,
        subquery::OneColumn,
    },
    Reading, exactly_one, one_or_none,
};
use crate::{
    connection::{Connection, Rows},
    error::{Error, ErrorKind, Result},
    row::Row,
    session::{Managed, Session},
    sql::{QueryRef, Sql, Statement},
    value::SqlType,
};

impl<O> Reading<'_, O> {
    fn rows(&self, at_most: Option<u64>) -> Result<Vec<O>> {
        let query = self.query;
        self.on
            .fetch(Statement::Select { query, at_most }, self.read)
    }

    pub(super) fn statement(&self) -> Statement<'_> {
        Statement::Select {
            query: self.query,
            at_most: None,
        }
    }

    fn single<T: SqlType>(&self, statement: Statement<'_>) -> Result<T> {
        exactly_one(self.on.fetch(statement, |row, _| row.get(0))?)
    }
}

impl<S, O, G> Select<S, O, G> {
    /// The query, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Select<S, O, G, &Connection> {
        self.attached(connection)
    }
}

impl<'s, S, O, G> Select<S, O, G, &'s Session> {
    /// The same query, which gives plain values: models that the session does not know of.
    pub fn plain(self) -> Select<S, O, G, Plain<'s>> {
        let plain = Plain(self.on);
        self.attached(plain)
    }
}

impl<O, U> Compound<O, U> {
    /// The query, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Compound<O, U, &Connection> {
        self.attached(connection)
    }
}

impl<S, O, G, X> Select<S, O, G, X> {
    pub(super) fn reading<'q>(&'q self, on: &'q Connection) -> Reading<'q, O> {
        Reading {
            query: QueryRef::Select(&self.tree),
            read: self.read,
            on,
        }
    }
}

impl<S, O, G> Select<S, O, G, &Connection> {
    /// Hands each row to `each`, as the database gives it.
    pub(in crate::query) fn each(
        &self,
        at_most: Option<u64>,
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let query = QueryRef::Select(&self.tree);
        self.on.each(Statement::Select { query, at_most }, each)
    }
}

impl<O, U, X> Compound<O, U, X> {
    pub(super) fn reading<'q>(&'q self, on: &'q Connection) -> Reading<'q, O> {
        Reading {
            query: QueryRef::Compound(&self.tree),
            read: self.read,
            on,
        }
    }
}

/// Can a query run as it stands: is something selected, does it refer to no table outside of it, and is it known where it runs?
pub trait Runnable {
    #[doc(hidden)]
    fn lend(&self) -> Result<Lent<'_>>;
}

impl<S: Outside<Uses: Standalone>, O, G: Selected, X: OnConnection> Runnable
    for Select<S, O, G, X>
{
    #[inline]
    fn lend(&self) -> Result<Lent<'_>> {
        self.on.lend()
    }
}

impl<O, U: Standalone, X: OnConnection> Runnable for Compound<O, U, X> {
    #[inline]
    fn lend(&self) -> Result<Lent<'_>> {
        self.on.lend()
    }
}

/// Where a query runs, if that is known: on a [`Connection`], or on a [`Session`].
#[diagnostic::on_unimplemented(
    message = "it is not said on which connection this query runs",
    label = "has no connection",
    note = "call `.on(conn)` before, or begin with `conn.query::<…>()`"
)]
pub trait OnConnection {
    #[doc(hidden)]
    fn lend(&self) -> Result<Lent<'_>>;
}

#[diagnostic::do_not_recommend]
impl OnConnection for &Connection {
    #[inline]
    fn lend(&self) -> Result<Lent<'_>> {
        Ok(Lent::Borrowed(self))
    }
}

#[diagnostic::do_not_recommend]
impl OnConnection for &Session {
    fn lend(&self) -> Result<Lent<'_>> {
        self.inner().autoflush()?;
        Ok(Lent::Shared(self.inner().connection()?))
    }
}

/// What is given for a row that a query reads as an `O`: [`Entity`](crate::Entity) in place of models where it runs on a session.
///
/// Also a query that is not said to run anywhere has such a type, or the compiler would speak of that and not of what is missing.
pub trait Gives<O> {
    /// What is given.
    type Row;

    #[doc(hidden)]
    fn read(&self, reading: &Reading<'_, O>, at_most: Option<u64>) -> Result<Vec<Self::Row>>;
}

impl<O: Managed> Gives<O> for &Session {
    type Row = O::Output;

    fn read(&self, reading: &Reading<'_, O>, at_most: Option<u64>) -> Result<Vec<O::Output>> {
        let query = (reading.query, reading.read);
        self.inner().read_along(reading.on, query, at_most, &[])
    }
}

impl<O: Managed> Gives<O> for Eagerly<'_> {
    type Row = O::Output;

    fn read(&self, reading: &Reading<'_, O>, at_most: Option<u64>) -> Result<Vec<O::Output>> {
        let query = (reading.query, reading.read);
        let session = self.session.inner();
        session.read_along(reading.on, query, at_most, &self.fetches)
    }
}

#[diagnostic::do_not_recommend]
impl OnConnection for Eagerly<'_> {
    fn lend(&self) -> Result<Lent<'_>> {
        self.session.lend()
    }
}

macro_rules! gives_rows_as_they_are {
    ($($on:ty)*) => { $(
        impl<O> Gives<O> for $on {
            type Row = O;

            #[inline]
            fn read(&self, reading: &Reading<'_, O>, at_most: Option<u64>) -> Result<Vec<O>> {
                reading.rows(at_most)
            }
        }
    )* };
}

gives_rows_as_they_are! { () &Connection Plain<'_> }

/// A session whose queries give plain values: see [`Select::plain`].
pub struct Plain<'s>(&'s Session);

#[diagnostic::do_not_recommend]
impl OnConnection for Plain<'_> {
    fn lend(&self) -> Result<Lent<'_>> {
        self.0.lend()
    }
}

/// A connection for one statement.
#[doc(hidden)]
pub enum Lent<'c> {
    /// Somebody else's.
    Borrowed(&'c Connection),
    /// A session's.
    Shared(Rc<Connection>),
}

impl Deref for Lent<'_> {
    type Target = Connection;

    #[inline]
    fn deref(&self) -> &Connection {
        match self {
            Lent::Borrowed(connection) => connection,
            Lent::Shared(connection) => connection,
        }
    }
}

macro_rules! reads {
    ($([$($generics:ident),+] $ty:ty;)*) => { $(
        impl<$($generics),+> $ty {
            /// All rows.
            ///
            /// # Errors
            /// When the database refuses or cannot do what is asked; when a value does not fit its type.
            pub fn all(&self) -> Result<Vec<<X as Gives<O>>::Row>>
            where
                Self: Runnable,
                X: Gives<O>,
            {
                self.on.read(&self.reading(&*self.lend()?), None)
            }

            /// The first row, or `None`. Without an order, that is any row.
            ///
            /// # Errors
            /// As [`all`](Self::all).
            pub fn first(&self) -> Result<Option<<X as Gives<O>>::Row>>
            where
                Self: Runnable,
                X: Gives<O>,
            {
                let mut rows = self.on.read(&self.reading(&*self.lend()?), Some(1))?;
                Ok(rows.pop())
            }

            /// The only row.
            ///
            /// # Errors
            /// [`NoResult`](ErrorKind::NoResult) where there is none, [`MultipleResults`](ErrorKind::MultipleResults) where there
            /// are several; else as [`all`](Self::all).
            pub fn one(&self) -> Result<<X as Gives<O>>::Row>
            where
                Self: Runnable,
                X: Gives<O>,
            {
                exactly_one(self.on.read(&self.reading(&*self.lend()?), Some(2))?)
            }

            /// The only row, or `None`.
            ///
            /// # Errors
            /// [`MultipleResults`](ErrorKind::MultipleResults) where there are several; else as [`all`](Self::all).
            pub fn one_or_none(&self) -> Result<Option<<X as Gives<O>>::Row>>
            where
                Self: Runnable,
                X: Gives<O>,
            {
                one_or_none(self.on.read(&self.reading(&*self.lend()?), Some(2))?)
            }

            /// The value of the only row of a query that selects one column; `None` where there is no row, or the value is NULL.
            ///
            /// # Errors
            /// [`MultipleResults`](ErrorKind::MultipleResults) where there are several rows; else as [`all`](Self::all).
            pub fn scalar<B>(&self) -> Result<Option<B>>
            where
                Self: Runnable,
                O: OneColumn<B>,
            {
                let rows = self.reading(&*self.lend()?).rows(Some(2))?;
                Ok(one_or_none(rows)?.and_then(O::into_scalar))
            }

            /// The number of rows.
            ///
            /// # Errors
            /// When the database refuses or cannot do what is asked.
            pub fn count(&self) -> Result<u64>
            where
                Self: Runnable,
            {
                let on = self.lend()?;
                let reading = self.reading(&on);
                reading.single(Statement::Count(reading.query))
            }

            /// Whether there is a row.
            ///
            /// # Errors
            /// When the database refuses or cannot do what is asked.
            pub fn exists(&self) -> Result<bool>
            where
                Self: Runnable,
            {
                let on = self.lend()?;
                let reading = self.reading(&on);
                reading.single(Statement::Exists(reading.query))
            }

            /// How the database is going to run the query, in its own words.
            ///
            /// # Errors
            /// When the database refuses or cannot do what is asked.
            pub fn explain(&self) -> Result<String>
            where
                Self: Runnable,
            {
                let on = self.lend()?;
                let reading = self.reading(&on);
                on.explain(reading.statement())
            }
        }
    )* };
}

macro_rules! streams {
    ($([$($generics:ident),+] $ty:ty;)*) => { $(
        impl<$($generics),+> $ty {
            /// The rows one by one, as the database gives them: nothing but the current one is kept. Until the result has come to
            /// its end or is dropped, the connection is [`Busy`](ErrorKind::Busy) for anything else.
            ///
            /// # Errors
            /// When the database refuses; what happens while rows are read comes in the place of a row.
            pub fn iter(&self) -> Result<Rows<'_, O>>
            where
                Self: Runnable,
            {
                self.on.open(self.reading(self.on).statement(), self.read)
            }

            /// The rows in parts of so many, the last one smaller: for work that is done with many rows at once, without all of
            /// them in memory.
            ///
            /// # Errors
            /// As [`iter`](Self::iter); [`InvalidRequest`](ErrorKind::InvalidRequest) for parts of no row.
            pub fn chunks(&self, rows: usize) -> Result<Chunks<'_, O>>
            where
                Self: Runnable,
            {
                if rows == 0 {
                    return Err(Error::new(ErrorKind::InvalidRequest, "parts of 0 rows would never end"));
                }
                Ok(Chunks { rows: self.iter()?, size: rows })
            }
        }
    )* };
}

streams! {
    [S, O, G] Select<S, O, G, &Connection>;
    [O, U] Compound<O, U, &Connection>;
}

reads! {
    [S, O, G, X] Select<S, O, G, X>;
    [O, U, X] Compound<O, U, X>;
}

/// The rows of a query in parts: see [`chunks`](Select::chunks).
pub struct Chunks<'c, O> {
    rows: Rows<'c, O>,
    size: usize,
}

impl<O> Iterator for Chunks<'_, O> {
    type Item = Result<Vec<O>>;

    fn next(&mut self) -> Option<Result<Vec<O>>> {
        let part: Result<Vec<O>> = self.rows.by_ref().take(self.size).collect();
        match part {
            Ok(rows) if rows.is_empty() => None,
            part => Some(part),
        }
    }
}

impl<S, O, G, X> Select<S, O, G, X> {
    /// The statement as a dialect spells it, with its values beside it.
    ///
    /// # Errors
    /// [`Unsupported`](ErrorKind::Unsupported) when the dialect cannot say it; [`InvalidRequest`](ErrorKind::InvalidRequest)
    /// when nobody could.
    pub fn to_sql(&self, dialect: crate::Dialect) -> Result<Sql> {
        Sql::of(
            Statement::Select {
                query: QueryRef::Select(&self.tree),
                at_most: None,
            },
            dialect,
        )
    }
}

impl<O, U, X> Compound<O, U, X> {
    /// The statement as a dialect spells it, with its values beside it.
    ///
    /// # Errors
    /// As [`Select::to_sql`].
    pub fn to_sql(&self, dialect: crate::Dialect) -> Result<Sql> {
        Sql::of(
            Statement::Select {
                query: QueryRef::Compound(&self.tree),
                at_most: None,
            },
            dialect,
        )
    }
}
