//! INSERT: of rows, or of what a query gives; and what it does where a unique key is there already.

use std::marker::PhantomData;

use super::{
    column::Column,
    expr::Expr,
    grouping::Returned,
    new_row::{Complete, Insertable, Insertion},
    returning::Returning,
    rows::IntoQuery,
    scope::{FromTable, Standalone},
    select::Condition,
    selection::Selectable,
    update::{Assignments, FitsInto, Settable},
};
use crate::{
    dialect::Capabilities,
    model::{Model, UniqueKey},
    sql::{self, Assigned, Conflict, InsertSource, Node},
    value::SqlType,
};

/// An INSERT into the table of `M`. `X` is the connection it will run on, if that is known yet.
#[must_use = "nothing is inserted until it is run"]
pub struct Insert<M, X = ()> {
    rows: Rows,
    conflict: Option<Conflict>,
    returning: Vec<Node>,
    pub(super) on: X,
    model: PhantomData<M>,
}

#[derive(Clone)]
enum Rows {
    Of(Vec<Vec<Assigned>>),
    From(Vec<usize>, Box<sql::Query>),
}

/// An INSERT of one row: `insert(User::insert().name("ed"))`.
pub fn insert<M: Model, S, C, W>(row: impl Insertable<M, S, C>) -> Insert<M>
where
    Insertion: Complete<M, S, C, W>,
{
    Insert::new(Rows::Of(vec![row.into_row().values]))
}

/// An INSERT of any number of rows, which all set the same columns. It is sent in parts of some hundred rows, within the
/// transaction of the connection.
pub fn insert_all<M: Model, S, C, W, R: Insertable<M, S, C>>(
    rows: impl IntoIterator<Item = R>,
) -> Insert<M>
where
    Insertion: Complete<M, S, C, W>,
{
    let rows = rows.into_iter().map(|row| row.into_row().values);
    Insert::new(Rows::Of(rows.collect()))
}

/// An INSERT of the rows of a query into these columns: `insert_from((User::name, User::age), query)`.
pub fn insert_from<M: Model, K: InsertColumns<M>, Q: IntoQuery>(columns: K, query: Q) -> Insert<M>
where
    Q::Outside: Standalone,
    Q::Output: FitsColumns<K>,
{
    let _ = columns;
    Insert::new(Rows::From(K::positions(), Box::new(query.into_query())))
}

impl<M: Model> Insert<M> {
    fn new(rows: Rows) -> Self {
        Insert {
            rows,
            conflict: None,
            returning: Vec::new(),
            on: (),
            model: PhantomData,
        }
    }
}

impl<M, X: Clone> Clone for Insert<M, X> {
    fn clone(&self) -> Self {
        Insert {
            rows: self.rows.clone(),
            conflict: self.conflict.clone(),
            returning: self.returning.clone(),
            on: self.on.clone(),
            model: PhantomData,
        }
    }
}

impl<M: Model, X> Insert<M, X> {
    /// What to do where a row with this key is there already: `on_conflict(User::email_key).do_nothing()`. Each generated model
    /// has a constant for each unique key, and [`primary_key`](crate::model::Keyed::primary_key).
    ///
    /// MySQL and MariaDB cannot tell one key from another: where the row sets another key too, running it is
    /// [`Unsupported`](crate::ErrorKind::Unsupported).
    pub fn on_conflict(self, key: UniqueKey<M>) -> OnConflict<M, X> {
        OnConflict { insert: self, key }
    }

    /// Gives something back of each row that it inserts or updates: `returning(User::id)`. MySQL cannot, and says
    /// [`Unsupported`](crate::ErrorKind::Unsupported). The order of what is given back is the database's affair.
    pub fn returning<R, I, C: Selectable<FromTable<M>, Returned, R, I>>(
        mut self,
        columns: C,
    ) -> Returning<Self, R> {
        columns.into_columns(&mut self.returning);
        Returning::new(self, C::read)
    }

    pub(super) fn attached<Y>(self, on: Y) -> Insert<M, Y> {
        Insert {
            rows: self.rows,
            conflict: self.conflict,
            returning: self.returning,
            on,
            model: PhantomData,
        }
    }

    /// The statements, as few as the database can take.
    pub(super) fn into_statements(self, capabilities: &Capabilities) -> Vec<sql::Insert> {
        let statement = |source| sql::Insert {
            table: M::TABLE,
            source,
            conflict: self.conflict.clone(),
            returning: self.returning.clone(),
            numbered: false,
        };
        match self.rows {
            Rows::From(columns, query) => vec![statement(InsertSource::Query(columns, query))],
            Rows::Of(rows) => {
                let parts = in_parts(rows, capabilities.max_parameters).into_iter();
                parts
                    .map(|part| statement(InsertSource::Rows(part)))
                    .collect()
            }
        }
    }
}

/// How many rows one statement inserts: so many that a row costs little, and so few that the text stays short.
const ROWS_AT_ONCE: usize = 128;

/// Divides rows into parts that set the same columns. Their sizes are powers of two, so that few texts serve any number of rows
/// and stay prepared.
fn in_parts(rows: Vec<Vec<Assigned>>, max_parameters: usize) -> Vec<Vec<Vec<Assigned>>> {
    let mut parts: Vec<Vec<Vec<Assigned>>> = Vec::new();
    let mut run: Vec<Vec<Assigned>> = Vec::new();
    for mut row in rows {
        row.sort_by_key(|assigned| assigned.column);
        if run.last().is_some_and(|before| !same_columns(before, &row)) {
            divide(std::mem::take(&mut run), max_parameters, &mut parts);
        }
        run.push(row);
    }
    divide(run, max_parameters, &mut parts);
    parts
}

fn same_columns(a: &[Assigned], b: &[Assigned]) -> bool {
    let columns = |row: &[Assigned]| {
        row.iter()
            .map(|assigned| assigned.column)
            .collect::<Vec<_>>()
    };
    columns(a) == columns(b)
}

fn divide(
    mut rows: Vec<Vec<Assigned>>,
    max_parameters: usize,
    parts: &mut Vec<Vec<Vec<Assigned>>>,
) {
    let Some(columns) = rows.first().map(Vec::len) else {
        return;
    };
    // Rows without values cannot stand in one statement everywhere.
    let most = match columns {
        0 => 1,
        columns => (max_parameters / columns).clamp(1, ROWS_AT_ONCE),
    };
    while !rows.is_empty() {
        let size = most.min(rows.len());
        let size = 1 << size.ilog2();
        let rest = rows.split_off(size);
        parts.push(std::mem::replace(&mut rows, rest));
    }
}

/// An INSERT that is about to say what it does where a unique key is there already.
#[must_use = "say `.do_nothing()` or `.do_update(...)`"]
pub struct OnConflict<M, X = ()> {
    insert: Insert<M, X>,
    key: UniqueKey<M>,
}

impl<M: Model, X> OnConflict<M, X> {
    /// Leaves the row that is there as it is, and inserts nothing.
    pub fn do_nothing(self) -> Insert<M, X> {
        self.doing(Vec::new(), Vec::new())
    }

    /// Changes the row that is there. [`excluded`] is what the insert proposed for a column:
    /// `do_update(User::visits.set(User::visits + excluded(User::visits)))`.
    pub fn do_update<I>(self, assignments: impl Assignments<M, FromTable<M>, I>) -> Insert<M, X> {
        let mut set = Vec::new();
        assignments.collect(&mut set);
        self.doing(set, Vec::new())
    }

    /// Changes the row that is there if the condition holds for it, and else leaves it. MySQL and MariaDB cannot, and say
    /// [`Unsupported`](crate::ErrorKind::Unsupported).
    pub fn do_update_where<I, J>(
        self,
        assignments: impl Assignments<M, FromTable<M>, I>,
        condition: impl Condition<FromTable<M>, J>,
    ) -> Insert<M, X> {
        let mut set = Vec::new();
        assignments.collect(&mut set);
        self.doing(set, vec![condition.into_condition()])
    }

    fn doing(mut self, mut set: Vec<Assigned>, filter: Vec<Node>) -> Insert<M, X> {
        if !set.is_empty() {
            Assigned::keep_last(&mut set);
            M::on_update(&mut super::fill::Changes::new(&mut set));
        }
        self.insert.conflict = Some(Conflict {
            key: self.key.columns(),
            set,
            filter,
        });
        self.insert
    }
}

/// What an insert proposed for a column, where its row is there already: see [`OnConflict::do_update`].
pub fn excluded<M: Model, T: SqlType, const I: usize, A>(
    _column: Column<M, T, I, A>,
) -> Expr<T, Column<M, T, I, A>> {
    Expr::new(Node::Proposed(&M::TABLE.columns[I]))
}

/// Columns of `M` that an insert can set: one, or a tuple.
#[diagnostic::on_unimplemented(
    message = "an INSERT into table `{M}` cannot set `{Self}`",
    label = "expected columns of `{M}` that are not generated"
)]
pub trait InsertColumns<M> {
    #[doc(hidden)]
    fn positions() -> Vec<usize>;
}

/// One column of `M` that an insert can set.
#[diagnostic::on_unimplemented(
    message = "an INSERT into table `{M}` cannot set `{Self}`",
    label = "expected columns of `{M}` that are not generated"
)]
pub trait InsertColumn<M> {
    /// Its Rust type.
    type Type;

    #[doc(hidden)]
    const POSITION: usize;
}

#[diagnostic::do_not_recommend]
impl<M: Model, T: SqlType, const I: usize, A: Settable> InsertColumn<M> for Column<M, T, I, A> {
    type Type = T;
    const POSITION: usize = I;
}

/// Does a row of this type fit the columns `K`?
#[diagnostic::on_unimplemented(
    message = "a query that selects `{Self}` does not fit these columns",
    label = "other types than the columns have",
    note = "the types have to be equal, column by column; what can be NULL fits only where the column can be"
)]
pub trait FitsColumns<K> {}

#[diagnostic::do_not_recommend]
impl<M, T, const I: usize, A> InsertColumns<M> for Column<M, T, I, A>
where
    Self: InsertColumn<M>,
{
    fn positions() -> Vec<usize> {
        vec![I]
    }
}

#[diagnostic::do_not_recommend]
impl<M, T, R: FitsInto<T>, const I: usize, A> FitsColumns<Column<M, T, I, A>> for R {}

macro_rules! column_tuples {
    ($(($($column:ident $value:ident),+))+) => { $(
        #[diagnostic::do_not_recommend]
        impl<M, $($column: InsertColumn<M>),+> InsertColumns<M> for ($($column,)+) {
            fn positions() -> Vec<usize> {
                vec![$($column::POSITION),+]
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($column: AnyColumn),+, $($value: FitsInto<$column::Type>),+> FitsColumns<($($column,)+)>
            for ($($value,)+)
        {
        }
    )+ };
}

column_tuples! {
    (A VA)
    (A VA, B VB)
    (A VA, B VB, C VC)
    (A VA, B VB, C VC, D VD)
    (A VA, B VB, C VC, D VD, E VE)
    (A VA, B VB, C VC, D VD, E VE, F VF)
    (A VA, B VB, C VC, D VD, E VE, F VF, G VG)
    (A VA, B VB, C VC, D VD, E VE, F VF, G VG, H VH)
    (A VA, B VB, C VC, D VD, E VE, F VF, G VG, H VH, I VI)
    (A VA, B VB, C VC, D VD, E VE, F VF, G VG, H VH, I VI, J VJ)
    (A VA, B VB, C VC, D VD, E VE, F VF, G VG, H VH, I VI, J VJ, K VK)
    (A VA, B VB, C VC, D VD, E VE, F VF, G VG, H VH, I VI, J VJ, K VK, L VL)
}

/// A column, whichever.
pub trait AnyColumn {
    /// Its Rust type.
    type Type;
}

impl<M, T, const I: usize, A> AnyColumn for Column<M, T, I, A> {
    type Type = T;
}
