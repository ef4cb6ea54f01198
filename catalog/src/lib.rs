//! A database schema as plain data.
//!
//! [`Catalog`] holds everything that a schema can declare: tables with their columns, keys, constraints and indexes, views,
//! enums and sequences. The generator fills it from schema files, the runtime creates tables from it, and neither has to
//! know the other. Reading and writing files or databases is somebody else's work: nothing here does I/O.
//!
//! ```
//! use aludel_catalog::{Catalog, Column, ColumnType, Dialect, Name, Table, Type, ddl};
//!
//! let mut table = Table::new(Name::new("hobby"));
//! table.columns.push(Column::new("caption", ColumnType::new(Type::text(), "TEXT")));
//! let mut catalog = Catalog::new(Dialect::Sqlite);
//! catalog.tables.push(table);
//!
//! let script = ddl::create_all(&catalog, Dialect::Sqlite)?;
//! assert_eq!(script.statements[0].sql, "CREATE TABLE \"hobby\" (\n  \"caption\" TEXT NOT NULL\n)");
//! # Ok::<(), aludel_catalog::ddl::DdlError>(())
//! ```

mod catalog;
mod column;
pub mod ddl;
mod dialect;
pub mod difference;
mod index;
mod json;
mod key;
mod name;
mod suggest;
mod table;
mod types;

pub use catalog::{Catalog, Domain, Enum, Sequence, UnknownTable, View};
pub use column::{Column, ColumnType, Default, Generated, Identity, Storage};
pub use dialect::{Dialect, Quoting};
pub use index::{Index, IndexKey, IndexPart, NullsOrder, SortOrder};
pub use json::JsonError;
pub use key::{Action, Check, Deferrable, ForeignKey, MatchType, PrimaryKey, Unique};
pub use name::Name;
pub use suggest::nearest;
pub use table::{Table, TableOption};
pub use types::{IntegerSize, Type};
