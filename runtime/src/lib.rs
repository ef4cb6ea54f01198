//! A schema-first ORM: the models come from SQL or YAML files, the queries are typed, the database is chosen by URL.
//!
//! The models of a schema are generated at build time by `aludel-build`. They stand on this crate, which runs queries on
//! [connections](Connection) that an [`Engine`] pools.
//!
//! ```ignore
//! use aludel::{Engine, prelude::*};
//! use models::{Hobby, Person, catalog};
//!
//! aludel::include_models!();
//!
//! let engine = Engine::new("sqlite:///people.db")?;
//! catalog().create_all(&engine)?;
//! engine.transact(|conn| {
//!     let chess = conn.insert(Hobby::insert().caption("chess"))?;
//!     conn.insert(Person::insert().name("ed").hobby_id(chess.id))?;
//!     let names: Vec<String> =
//!         conn.query::<Person>().join(Person::hobby).filter(Hobby::caption.eq("chess")).select(Person::name).all()?;
//!     conn.update::<Person>().set(Person::name.set(Person::name + "!")).all_rows().execute()
//! })?;
//! ```
//!
//! | where | what |
//! |---|---|
//! | [`Engine`], [`Url`] | which database, and how many connections |
//! | [`Transaction`], [`Isolation`] | transactions with options: levels, reading only, trying again |
//! | [`Connection`] | transactions; where queries, inserts, updates and deletes begin |
//! | [`text`](mod@text) | SQL by hand, with its [results](RawResult) |
//! | [`migrate`] | changes of the schema, applied in order and taken back |
//! | [`drivers`] | the driver crates, for what only they can do |
//! | [`query`] | what queries may say: conditions, order, joins, [aliases](alias) |
//! | [`model`] | what is generated for a table |
//! | [`Table`] | a table without generated code, read from the database |
//! | [`types`], [`value`] | the Rust types of columns, and how to add one's own |
//! | [`reflect`] | what a live database declares |
//! | [`Error`] | what went wrong, by kind, with the statement |
//!
//! The database drivers and the libraries of types are features: `sqlite`, `chrono`, `decimal`, `json` and `uuid`, all on by
//! default, and `mysql`, `postgres`, `jiff` and `time`. `arrow` and `polars` make data frames of rows.

mod catalog;
mod connection;
mod dialect;
mod driver;
mod engine;
mod error;
#[cfg(feature = "_frames")]
pub mod frame;
#[doc(hidden)]
pub mod generated;
mod include;
mod log;
pub mod migrate;
pub mod model;
mod pool;
pub mod prelude;
pub mod query;
pub mod reflect;
mod row;
pub mod session;
mod sql;
mod table;
pub mod text;
mod transaction;
pub mod types;
mod url;
pub mod value;

/// The dialects of SQL, by name.
pub use aludel_catalog::Dialect;
pub use catalog::Catalog;
pub use connection::{Connection, Rows};
pub use dialect::Isolation;
pub use driver::crates as drivers;
pub use engine::{Engine, EngineBuilder, Plugin};
pub use error::{Error, ErrorKind, Result};
#[cfg(feature = "_frames")]
pub use frame::Frame;
pub use log::Echo;
pub use pool::{Checkout, PoolClass, PoolEvents, PoolMember, PoolStatus, ResetOnReturn};
pub use query::{delete, select, update};
pub use row::Row;
pub use session::{Collection, Edit, Entity, Pending, ScopedSession, Session, SessionFactory};
pub use table::{Table, TableColumn};
pub use text::{FromRow, RawResult, RawRow, Text, text, text_unchecked};
pub use transaction::{Counted, Transaction, Try};
pub use url::{Url, UrlBuilder};
pub use value::{FromValue, ToValue, Value, ValueError, ValueRef};
