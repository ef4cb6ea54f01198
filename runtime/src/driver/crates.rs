//! The crates that speak to the databases, in the versions that Aludel has: for what it does not wrap, by `with_sqlite`,
//! `with_postgres` and `with_mysql` of [`Connection`](crate::Connection). Each is there with the feature of its database.

#[cfg(feature = "postgres")]
pub use ::futures_util;
#[cfg(feature = "mysql")]
pub use ::mysql;
#[cfg(feature = "sqlite")]
pub use ::rusqlite;
#[cfg(feature = "postgres")]
pub use ::tokio_postgres;
