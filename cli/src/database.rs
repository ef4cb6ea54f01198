//! Which database a command speaks to.

use aludel::{Dialect, Url};

/// The database of this URL, or of the variable `DATABASE_URL`.
pub(crate) fn url(given: Option<&str>) -> Result<Url, String> {
    let given = given.map(str::to_owned);
    let given = given.or_else(|| std::env::var("DATABASE_URL").ok());
    let given = given.filter(|url| !url.is_empty());
    let given = given.ok_or("no database is named: give its URL, or set DATABASE_URL\n")?;
    Url::parse(&given).map_err(|error| format!("{error}\n"))
}

/// As [`url`], of one that is not created by looking at it.
pub(crate) fn existing(given: Option<&str>) -> Result<Url, String> {
    let url = url(given)?;
    let is_file = url.dialect() == Dialect::Sqlite && url.database().is_some();
    Ok(match is_file && url.query_value("mode").is_none() {
        true => url.with_query("mode", "rw"),
        false => url,
    })
}
