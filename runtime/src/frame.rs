//! Rows as columns: what data frames are made of.
//!
//! A [`Frame`] is a whole result, or a part of one, with the values of each column side by side. It becomes a record batch of Arrow
//! (feature `arrow`) or a data frame of Polars (feature `polars`) nearly without copying.
#![cfg_attr(all(feature = "sqlite", feature = "arrow"), doc = "```")]
#![cfg_attr(not(all(feature = "sqlite", feature = "arrow")), doc = "```ignore")]
//! # use aludel::{Engine, text};
//! # let conn = Engine::new("sqlite://")?.connect()?;
//! conn.execute(text("create table person (name text, born date)"))?;
//! conn.execute(text("insert into person values ('ed', '1970-01-02'), ('wendy', null)"))?;
//! let batch = conn.execute(text("select * from person"))?.record_batch()?;
//! assert_eq!((batch.num_rows(), batch.num_columns()), (2, 2));
//!
//! // With names of one's own, and a thousand rows at a time.
//! for frame in conn.stream(text("select * from person"))?.frames(1000)?.named(["who", "birthday"]) {
//!     let batch = frame?.into_record_batch()?;
//!     assert_eq!(batch.schema().field(1).name(), "birthday");
//! }
//! # Ok::<(), aludel::Error>(())
//! ```
//!
//! # Which type a column has
//! What the database declares decides, and where it declares nothing the values do. PostgreSQL, MySQL and MariaDB declare
//! all columns. SQLite declares those that are columns of tables, and nothing of expressions.
//!
//! | column | Arrow | Polars |
//! |---|---|---|
//! | boolean | `Boolean` | `Boolean` |
//! | integers | `Int8` to `Int64`, `UInt8` to `UInt64`, as the column is; on SQLite `Int64` | the same |
//! | floating-point numbers | `Float32`, `Float64`; on SQLite `Float64` | the same |
//! | decimal, where its digits are declared and at most 38 | `Decimal128` | `Decimal` |
//! | decimal otherwise; enums, sets, intervals, networks, ranges; text | `Utf8` | `String` |
//! | JSON | `Utf8`, as the extension type `arrow.json` | `String` |
//! | UUID | `FixedSizeBinary(16)`, as the extension type `arrow.uuid` | `String` |
//! | bytes | `Binary` | `Binary` |
//! | date | `Date32` | `Date` |
//! | time of day | `Time64` in microseconds | `Time` |
//! | timestamp, without a zone or in UTC | `Timestamp` in microseconds | `Datetime` in microseconds |
//! | arrays of these | `List` | `List` |
//! | nothing but NULL on SQLite, and not declared | `Null` | `Null` |
//!
//! SQLite keeps in a column whatever it is given. A column of integers and floating-point numbers becomes one of floating-point numbers;
//! any other mixture is an error that names the column and the row. What Aludel keeps there as text (exact numbers, UUIDs, JSON) is
//! text, UUIDs on MySQL are bytes, and points in time on MySQL have no zone: [`Frame::with_type`] makes a column of another
//! type of it.
//!
//! A column is nullable, unless a typed query gives it and its table says that it is NOT NULL.

#[cfg(feature = "arrow")]
mod arrow;
mod build;
mod column;
mod data;
mod decimal;
#[cfg(feature = "polars")]
mod polars;
mod stream;
mod types;

#[cfg(feature = "polars")]
pub use polars_core;
#[cfg(feature = "arrow")]
pub use {arrow_array, arrow_schema};

use std::fmt;

pub(crate) use build::{Builder, Expected};
use column::Column;
pub use stream::Frames;
pub use types::FrameType;

use crate::error::{Error, ErrorKind, Result};

/// Rows as columns: see the [module](self).
#[derive(Clone)]
pub struct Frame {
    columns: Vec<Column>,
    rows: usize,
}

impl Frame {
    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The names and types of its columns.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = (&str, FrameType)> {
        self.columns
            .iter()
            .map(|column| (column.name.as_str(), column.ty))
    }

    /// The same with other names of its columns, in their order.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where there are more or fewer names than columns.
    pub fn named<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Result<Self> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        rename(&mut self.columns, &names)?;
        Ok(self)
    }

    /// The same with a column as another type: times of day that SQLite keeps as text, for example.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where there is no column of this name, or several, and for decimals of more
    /// than 38 digits; [`Data`](ErrorKind::Data), which names the column, where a value does not fit.
    pub fn with_type(mut self, column: &str, ty: FrameType) -> Result<Self> {
        ty.check()?;
        let index = position(&self.columns, column)?;
        let converted = self.columns[index].converted(ty);
        self.columns[index] = converted.map_err(|error| Error::of_cell(index, column, error))?;
        Ok(self)
    }
}

/// Its columns and the number of its rows, without values.
impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame")
            .field("columns", &self.columns().collect::<Vec<_>>())
            .field("rows", &self.rows)
            .finish()
    }
}

fn rename(columns: &mut [Column], names: &[String]) -> Result<()> {
    if names.len() != columns.len() {
        let message = format!(
            "{} names were given for the {} columns of the result",
            names.len(),
            columns.len()
        );
        return Err(Error::new(ErrorKind::InvalidRequest, message));
    }
    for (column, name) in columns.iter_mut().zip(names) {
        column.name.clone_from(name);
    }
    Ok(())
}

fn position(columns: &[Column], name: &str) -> Result<usize> {
    let mut found = (0..columns.len()).filter(|index| columns[*index].name == name);
    match (found.next(), found.next()) {
        (Some(index), None) => Ok(index),
        (first, _) => {
            let problem = if first.is_some() {
                "several columns"
            } else {
                "no column"
            };
            let message = format!("there is {problem} `{name}` in the frame");
            Err(Error::new(ErrorKind::InvalidRequest, message))
        }
    }
}
