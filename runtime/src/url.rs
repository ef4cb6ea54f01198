//! Where a database is: URLs as SQLAlchemy writes them.

mod builder;
mod encode;
mod parse;

use std::{convert::Infallible, fmt, str::FromStr};

use aludel_catalog::Dialect;
pub use builder::UrlBuilder;

use crate::error::{Error, ErrorKind, Result};

/// The URL of a database: `dialect[+driver]://user:password@host:port/database?key=value`.
///
/// The dialect is `sqlite`, `postgresql` (or `postgres`) or `mysql` (or `mariadb`). The name of a Python driver behind it is
/// read over. Where a part contains characters that have a meaning in URLs, they are percent-encoded; in options, `+` is a
/// space. An IPv6 address stands in brackets.
///
/// SQLite has no host: `sqlite:///relative.db`, `sqlite:////absolute.db`; without a path, or with `:memory:`, the database is
/// in memory.
///
/// PostgreSQL can be given several hosts, each with its port: `postgresql://user@one:5432,two:5433/shop`. They are one
/// [`host`](Url::host) then.
///
/// Printed, a URL shows `***` instead of its password.
///
/// ```
/// # use aludel::{Dialect, Url};
/// let url: Url = "mysql+pymysql://ed:p%40ss@[::1]:3307/shop?charset=utf8mb4".parse()?;
/// assert_eq!(url.dialect(), Dialect::Mysql);
/// assert_eq!(url.password(), Some("p@ss"));
/// assert_eq!(url.host(), Some("::1"));
/// assert_eq!(url.to_string(), "mysql://ed:***@[::1]:3307/shop?charset=utf8mb4");
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Url {
    dialect: Dialect,
    user: Option<String>,
    password: Option<String>,
    host: Option<String>,
    port: Option<u16>,
    database: Option<String>,
    query: Vec<(String, String)>,
}

impl Url {
    /// Reads a URL.
    ///
    /// # Errors
    /// [`Configuration`](ErrorKind::Configuration) when it is not one. The message says what is wrong and what is accepted, and
    /// never shows more of the text than the dialect.
    pub fn parse(text: &str) -> Result<Url> {
        let url = parse::parse(text)?;
        url.check()?;
        Ok(url)
    }

    /// A URL from its parts, as they are: nothing has to be percent-encoded.
    pub fn builder() -> UrlBuilder {
        UrlBuilder::default()
    }

    /// The dialect that the database speaks.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The user, where given.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The password, where given.
    pub fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }

    /// The host, where given; an IPv6 address without its brackets.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The port, where given.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The name of the database, where given; on SQLite its path.
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// The options behind the `?`, in their order.
    pub fn query(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The value of the option `key`, where given; the first, where it is given twice.
    pub fn query_value(&self, key: &str) -> Option<&str> {
        self.query()
            .find_map(|(found, value)| (found == key).then_some(value))
    }

    /// The same URL with another user; none, if it is empty.
    #[must_use]
    pub fn with_user(mut self, user: impl Into<String>) -> Self {
        self.user = given(user.into());
        self
    }

    /// The same URL with another password, of any characters.
    #[must_use]
    pub fn with_password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// The same URL with another host; none, if it is empty.
    #[must_use]
    pub fn with_host(mut self, host: impl Into<String>) -> Self {
        self.host = given(host.into());
        self
    }

    /// The same URL with another port.
    #[must_use]
    pub fn with_port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// The same URL with another database; none, if it is empty.
    #[must_use]
    pub fn with_database(mut self, database: impl Into<String>) -> Self {
        self.database = given(database.into());
        self
    }

    /// The same URL with the option `key` set to `value`, in the place of whatever it was before.
    #[must_use]
    pub fn with_query(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        let key = key.into();
        let mut url = self.without_query(&key);
        url.query.push((key, value.into()));
        url
    }

    /// The same URL without the option `key`.
    #[must_use]
    pub fn without_query(mut self, key: &str) -> Self {
        self.query.retain(|(found, _)| found != key);
        self
    }

    /// The URL as text, with its password: for whoever has to store it. [`Display`](fmt::Display) hides it.
    pub fn to_string_with_password(&self) -> String {
        encode::Shown {
            url: self,
            secrets: true,
        }
        .to_string()
    }

    /// Refuses what no URL of the dialect can say. [`with_host`](Url::with_host) and its like cannot fail, so engines ask again.
    pub(crate) fn check(&self) -> Result<()> {
        if self.port == Some(0) {
            return Err(wrong(parse::BAD_PORT));
        }
        let has_server = self.user.is_some()
            || self.password.is_some()
            || self.host.is_some()
            || self.port.is_some();
        if self.dialect == Dialect::Sqlite && has_server {
            return Err(wrong(
                "SQLite has no host and no user: write `sqlite:///relative.db`, `sqlite:////absolute.db`, or \
                 `sqlite:///:memory:`",
            ));
        }
        Ok(())
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = encode::Shown {
            url: self,
            secrets: false,
        };
        shown.fmt(f)
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({self})")
    }
}

impl FromStr for Url {
    type Err = Error;

    fn from_str(text: &str) -> Result<Url> {
        Url::parse(text)
    }
}

impl TryFrom<&str> for Url {
    type Error = Error;

    fn try_from(text: &str) -> Result<Url> {
        Url::parse(text)
    }
}

impl TryFrom<&String> for Url {
    type Error = Error;

    fn try_from(text: &String) -> Result<Url> {
        Url::parse(text)
    }
}

impl TryFrom<String> for Url {
    type Error = Error;

    fn try_from(text: String) -> Result<Url> {
        Url::parse(&text)
    }
}

impl From<&Url> for Url {
    fn from(url: &Url) -> Url {
        url.clone()
    }
}

/// For a `Url` where anything that becomes one is taken.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Error {
        match never {}
    }
}

/// An empty part is none, as in the text of a URL.
fn given(part: String) -> Option<String> {
    (!part.is_empty()).then_some(part)
}

/// The error of a URL that cannot be used. `problem` must not quote the URL, which may hold a password.
#[cold]
pub(crate) fn wrong(problem: &str) -> Error {
    let message = format!("the URL of the database cannot be used: {problem}");
    Error::new(ErrorKind::Configuration, message)
}
