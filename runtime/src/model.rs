//! What generated code says about a table, and what that makes of a struct.

mod constraint;
mod field;
mod info;
mod relation;

use std::marker::PhantomData;

pub(crate) use constraint::violated;
pub use constraint::{Constraint, ConstraintInfo};
pub use field::Field;
pub use info::{ColumnInfo, Filled, ForeignKeyInfo, OnDelete, TableInfo};
pub use relation::{Along, Cascade, Load, RelationInfo};

use crate::{
    error::Result,
    query::{Changes, NewRow, WholeRow},
    row::Row,
    value::{Scalar, ValueRef},
};

/// Something that columns can be read from: a model, or an alias of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    label = "expected a model or an alias, or a tuple of these"
)]
pub trait Source: Sized + 'static {
    /// What a whole row of it becomes.
    type Row: 'static;
    /// The table behind it.
    const TABLE: &'static TableInfo;
    /// What it is called in a query.
    const ALIAS: &'static str = Self::TABLE.name;
    /// For [`derived!`](crate::derived): whether a query has to fill it.
    #[doc(hidden)]
    const DERIVED: bool = false;

    /// Makes a row from the columns that begin at `at`.
    ///
    /// # Errors
    /// [`Data`](crate::ErrorKind::Data) when a value does not fit its field.
    fn decode(row: &Row<'_>, at: usize) -> Result<Self::Row>;

    /// For generated code: sets what is set whenever a row changes.
    #[doc(hidden)]
    fn on_update(_values: &mut Changes<'_>) {}

    /// For generated code: gives a new row the values that the client makes where it has none.
    #[doc(hidden)]
    fn complete(_row: &mut NewRow<Self>) {}
}

/// A generated struct: one row of a table.
pub trait Model: Source<Row = Self> {
    /// The table, for a look at its names.
    ///
    /// A column or relationship of the schema that is called `table` hides this; `<M as Model>::table()` still finds it.
    fn table() -> &'static TableInfo {
        Self::TABLE
    }

    /// The whole row in a list of selected columns: `select((User::entity(), Post::title))`.
    fn entity() -> WholeRow<Self> {
        WholeRow::new()
    }
}

/// A model of a table, whose rows can be written; that of a view is none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a view: its rows can only be read",
    label = "expected the model of a table",
    note = "write to the tables that the view reads"
)]
pub trait BaseTable: Model {}

// Where there is a key, generated code need say no more.
#[diagnostic::do_not_recommend]
impl<M: Keyed> Model for M {}
#[diagnostic::do_not_recommend]
impl<M: Keyed> BaseTable for M {}

/// A model whose table has a primary key.
pub trait Keyed: BaseTable + Clone {
    /// The type of the key; a tuple where the key has several columns.
    type Key: Key;

    /// The key of this row.
    fn key(&self) -> Self::Key;

    /// For generated code: the field of the column at this position.
    #[doc(hidden)]
    fn field(&self, column: usize) -> &dyn Field;

    /// For generated code: the same, to be changed.
    #[doc(hidden)]
    fn field_mut(&mut self, column: usize) -> &mut dyn Field;

    /// The key, as something that is there already when a row is inserted: see
    /// [`on_conflict`](crate::query::Insert::on_conflict).
    ///
    /// A column or relationship of the schema that is called `primary_key` hides this; `<M as Keyed>::primary_key()` still finds
    /// it.
    fn primary_key() -> UniqueKey<Self> {
        UniqueKey::new(Self::TABLE.primary_key)
    }
}

/// The Rust type of a primary key.
pub trait Key: Sized {
    /// Reads it from these columns of a row. However the database keeps it, equal keys are read as equal ones.
    ///
    /// # Errors
    /// [`Data`](crate::ErrorKind::Data) where a value does not fit, as NULL.
    #[doc(hidden)]
    fn read(row: &Row<'_>, columns: &[usize]) -> Result<Self>;

    /// Hands the values of its columns, in order, to `work`.
    fn with_values<T>(&self, work: impl FnOnce(&[ValueRef<'_>]) -> T) -> T;
}

/// What can be given as a key of type `K`.
#[diagnostic::on_unimplemented(
    message = "the primary key is a `{K}`, not a `{Self}`",
    label = "expected a key of type `{K}`"
)]
pub trait IntoKey<K> {
    /// The key.
    fn into_key(self) -> K;
}

// One blanket between this and the real implementations keeps them out of messages.
#[diagnostic::do_not_recommend]
impl<K, V: KeyOperand<K>> IntoKey<K> for V {
    fn into_key(self) -> K {
        self.key()
    }
}

/// Implemented for keys, and for `&str` in place of `String`.
pub trait KeyOperand<K> {
    #[doc(hidden)]
    fn key(self) -> K;
}

#[diagnostic::do_not_recommend]
impl<K> KeyOperand<K> for K {
    fn key(self) -> K {
        self
    }
}

#[diagnostic::do_not_recommend]
impl KeyOperand<String> for &str {
    fn key(self) -> String {
        self.to_owned()
    }
}

impl<T: Scalar> Key for T {
    fn read(row: &Row<'_>, columns: &[usize]) -> Result<Self> {
        row.get(columns[0])
    }

    fn with_values<R>(&self, work: impl FnOnce(&[ValueRef<'_>]) -> R) -> R {
        work(&[self.to_value().as_ref()])
    }
}

macro_rules! composite_keys {
    ($(($($part:ident)+))+) => { $(
        impl<$($part: Scalar),+> Key for ($($part,)+) {
            fn read(row: &Row<'_>, columns: &[usize]) -> Result<Self> {
                let mut columns = columns.iter().copied();
                Ok(($(row.get::<$part>(columns.next().unwrap_or(usize::MAX))?,)+))
            }

            #[allow(non_snake_case)]
            fn with_values<R>(&self, work: impl FnOnce(&[ValueRef<'_>]) -> R) -> R {
                let ($($part,)+) = self;
                work(&[$($part.to_value().as_ref()),+])
            }
        }
    )+ };
}

composite_keys! { (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }

/// The columns of a unique key of `M`, for an insert that says what happens where they are there already: see
/// [`on_conflict`](crate::query::Insert::on_conflict).
pub struct UniqueKey<M> {
    columns: &'static [usize],
    model: PhantomData<M>,
}

impl<M> Clone for UniqueKey<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for UniqueKey<M> {}

impl<M> UniqueKey<M> {
    /// For generated code: the columns, as positions in the table.
    #[doc(hidden)]
    pub const fn new(columns: &'static [usize]) -> Self {
        UniqueKey {
            columns,
            model: PhantomData,
        }
    }

    pub(crate) fn columns(self) -> &'static [usize] {
        self.columns
    }
}
