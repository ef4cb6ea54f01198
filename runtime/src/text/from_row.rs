//! Rows of SQL by hand as types of Rust: tuples by position, structs by name.

use super::{ColumnIndex, RawRow};
use crate::{
    error::{Error, ErrorKind, Result},
    value::SqlType,
};

/// What a row of SQL by hand can become: a tuple of up to twelve columns, a struct that [`row!`](macro@crate::row) declares, or a type
/// of one's own.
///
/// ```
/// # use aludel::{Engine, FromRow, RawRow, Result, text};
/// struct Initial(char);
///
/// impl FromRow for Initial {
///     fn from_row(row: &RawRow) -> Result<Self> {
///         let name: String = row.get("name")?;
///         Ok(Initial(name.chars().next().unwrap_or('?')))
///     }
/// }
///
/// let conn = Engine::new("sqlite://")?.connect()?;
/// let initials = conn.execute(text("select 'ed' as name"))?.typed::<Initial>()?;
/// assert_eq!(initials[0].0, 'e');
/// # Ok::<(), aludel::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "a row of SQL cannot become a `{Self}`",
    label = "expected a tuple such as `(i64, String)`, or a struct declared by `aludel::row!`",
    note = "one column is a tuple too: `(i64,)`; or `scalars::<i64>()`"
)]
pub trait FromRow: Sized {
    /// Makes it of a row.
    ///
    /// # Errors
    /// When the row is not such a one. [`RawRow::get`] says why.
    fn from_row(row: &RawRow) -> Result<Self>;

    /// Whether it can be made of rows with columns of these names: asked once for a result, also where it has no rows.
    ///
    /// # Errors
    /// When it cannot.
    fn check(columns: &[String]) -> Result<()> {
        let _ = columns;
        Ok(())
    }
}

macro_rules! tuples {
    ($($length:literal: ($($T:ident $index:literal)+))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($T: SqlType),+> FromRow for ($($T,)+) {
            fn from_row(row: &RawRow) -> Result<Self> {
                Ok(($(row.get::<$T>($index)?,)+))
            }

            fn check(columns: &[String]) -> Result<()> {
                if columns.len() == $length {
                    return Ok(());
                }
                Err(other_length($length, columns.len()))
            }
        }
    )* };
}

tuples! {
    1: (A 0)
    2: (A 0 B 1)
    3: (A 0 B 1 C 2)
    4: (A 0 B 1 C 2 D 3)
    5: (A 0 B 1 C 2 D 3 E 4)
    6: (A 0 B 1 C 2 D 3 E 4 F 5)
    7: (A 0 B 1 C 2 D 3 E 4 F 5 G 6)
    8: (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7)
    9: (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8)
    10: (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9)
    11: (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10)
    12: (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11)
}

#[cold]
fn other_length(wanted: usize, found: usize) -> Error {
    let columns = |count: usize| match count {
        1 => "one column".to_owned(),
        count => format!("{count} columns"),
    };
    let message = format!(
        "the result has {}, and rows of {} were asked for",
        columns(found),
        columns(wanted)
    );
    Error::new(ErrorKind::InvalidRequest, message)
}

/// For [`row!`](macro@crate::row): the name of the column of a field.
#[doc(hidden)]
pub fn column_of(field: &str) -> &str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// For [`row!`](macro@crate::row): whether each of these fields has its column.
#[doc(hidden)]
pub fn check_fields(columns: &[String], fields: &[&str]) -> Result<()> {
    fields
        .iter()
        .try_for_each(|field| column_of(field).index(columns).map(drop))
}

/// Declares a struct that rows of SQL by hand become: a field for each column, by name. Other columns are passed over.
///
/// ```
/// use aludel::{Engine, text};
///
/// aludel::row! {
///     /// How often a name occurs.
///     pub struct Pair {
///         name: String,
///         n: i64,
///     }
/// }
///
/// let conn = Engine::new("sqlite://")?.connect()?;
/// let pairs = conn.execute(text("select 7 as n, 'ed' as name"))?.typed::<Pair>()?;
/// assert_eq!(pairs, [Pair { name: "ed".to_owned(), n: 7 }]);
/// # Ok::<(), aludel::Error>(())
/// ```
#[macro_export]
macro_rules! row {
    ($(#[$attribute:meta])* $visibility:vis struct $Name:ident {
        $($(#[$about:meta])* $field:ident: $ty:ty),+ $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq)]
        $visibility struct $Name {
            $(
                #[doc = concat!("The column `", stringify!($field), "`.")]
                $(#[$about])*
                pub $field: $ty,
            )+
        }

        impl $crate::FromRow for $Name {
            fn from_row(row: &$crate::RawRow) -> $crate::Result<Self> {
                ::core::result::Result::Ok($Name {
                    $($field: row.get::<$ty>($crate::generated::column_of(stringify!($field)))?),+
                })
            }

            fn check(columns: &[::std::string::String]) -> $crate::Result<()> {
                $crate::generated::check_fields(columns, &[$(stringify!($field)),+])
            }
        }
    };
}
