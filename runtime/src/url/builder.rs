//! A URL from its parts.

use std::fmt;

use aludel_catalog::Dialect;

use super::{Url, given, wrong};
use crate::error::Result;

/// Builds a [`Url`] from parts of any characters.
///
/// ```
/// # use aludel::{Dialect, Url};
/// let url = Url::builder().dialect(Dialect::Postgres).user("ed").password("p@s/s").host("db").build()?;
/// assert_eq!(url.to_string(), "postgresql://ed:***@db");
/// assert_eq!(url.to_string_with_password(), "postgresql://ed:p%40s%2Fs@db");
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct UrlBuilder {
    dialect: Option<Dialect>,
    user: Option<String>,
    password: Option<String>,
    host: Option<String>,
    port: Option<u16>,
    database: Option<String>,
    query: Vec<(String, String)>,
}

impl UrlBuilder {
    /// The dialect that the database speaks. It must be given.
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = Some(dialect);
        self
    }

    /// The user.
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = given(user.into());
        self
    }

    /// The password.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// The host; an IPv6 address without brackets.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = given(host.into());
        self
    }

    /// The port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// The name of the database; on SQLite its path, or `:memory:`.
    pub fn database(mut self, database: impl Into<String>) -> Self {
        self.database = given(database.into());
        self
    }

    /// Adds an option.
    pub fn query(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((key.into(), value.into()));
        self
    }

    /// The URL.
    ///
    /// # Errors
    /// [`Configuration`](crate::ErrorKind::Configuration) when the dialect is missing, or has no use for a part.
    pub fn build(self) -> Result<Url> {
        let dialect = self
            .dialect
            .ok_or_else(|| wrong("its dialect is missing"))?;
        let url = Url {
            dialect,
            user: self.user,
            password: self.password,
            host: self.host,
            port: self.port,
            database: self.database,
            query: self.query,
        };
        url.check()?;
        Ok(url)
    }
}

impl fmt::Debug for UrlBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlBuilder")
            .field("dialect", &self.dialect)
            .field("user", &self.user)
            .field("password", &self.password.as_ref().map(|_| "***"))
            .field("host", &self.host)
            .field("port", &self.port)
            .field("database", &self.database)
            .finish_non_exhaustive()
    }
}
