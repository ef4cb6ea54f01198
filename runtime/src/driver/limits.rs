//! Limits on time: how they are written in URLs, and what is said of one that was exceeded.

use std::time::Duration;

#[cfg(any(feature = "mysql", feature = "postgres"))]
use crate::error::{Error, ErrorKind};
use crate::{error::Result, url::wrong};

/// How long opening a connection to a server may take, unless the URL says otherwise.
#[cfg(any(feature = "mysql", feature = "postgres"))]
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A limit in seconds; `None` for none.
///
/// # Errors
/// [`Configuration`](crate::ErrorKind::Configuration) where it is no such number; the value is not shown.
pub(super) fn seconds(key: &str, value: &str) -> Result<Option<Duration>> {
    let seconds = value.parse().ok();
    let seconds = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    match seconds {
        Some(limit) => Ok((!limit.is_zero()).then_some(limit)),
        None => Err(wrong(&format!(
            "`{key}` is a number of seconds, such as `10` or `0.5`, or 0 for no limit"
        ))),
    }
}

/// The limit as a number of `unit`s, of which there are `most`: never 0, which would be no limit.
#[cfg(any(feature = "mysql", feature = "postgres"))]
pub(super) fn in_units(limit: Duration, unit: Duration, most: u64) -> u64 {
    let units = limit.as_nanos().div_ceil(unit.as_nanos());
    u64::try_from(units).unwrap_or(most).min(most)
}

/// What to do about a statement that took longer than it may.
#[cold]
pub(super) fn too_long(limit: Duration) -> String {
    format!(
        "`statement_timeout` is {limit:?}: let the statement do less at once, or give it more time"
    )
}

/// The limits of a connection to a server; `None` for no limit.
#[cfg(any(feature = "mysql", feature = "postgres"))]
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) connect: Option<Duration>,
    pub(super) read: Option<Duration>,
    pub(super) write: Option<Duration>,
    pub(super) statement: Option<Duration>,
}

#[cfg(any(feature = "mysql", feature = "postgres"))]
impl Limits {
    /// How long somebody waits who must not be held up.
    pub(super) fn hurried(&self) -> Option<Duration> {
        self.connect.into_iter().chain(self.read).min()
    }

    /// The error of a connection whose server was silent for so long, while somebody was in a `hurry` or was not.
    #[cold]
    pub(super) fn silent(&self, hurry: bool) -> Error {
        let (option, limit) = if hurry && self.hurried() != self.read {
            ("connect_timeout", self.connect)
        } else {
            ("read_timeout", self.read)
        };
        let limit = limit.unwrap_or_default();
        let mut message = format!("the server did not answer within {limit:?} (`{option}`)");
        if let Some(write) = self.write.filter(|write| Some(*write) != self.read) {
            message.push_str(&format!(
                ", or did not take the statement within {write:?} (`write_timeout`)"
            ));
        }
        message.push_str(
            ": the connection is closed, and whether the statement was carried out, nobody knows",
        );
        Error::new(ErrorKind::Timeout, message)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::seconds;

    #[test]
    fn e12_limits_are_seconds_and_zero_is_none() {
        let table = [
            ("10", Some(Some(Duration::from_secs(10)))),
            ("0.25", Some(Some(Duration::from_millis(250)))),
            ("0", Some(None)),
            ("-1", None),
            ("soon", None),
            ("inf", None),
            ("", None),
        ];
        for (value, expected) in table {
            assert_eq!(seconds("read_timeout", value).ok(), expected, "{value}");
        }
    }

    #[cfg(any(feature = "mysql", feature = "postgres"))]
    #[test]
    fn a_limit_is_never_rounded_to_none() {
        let milli = Duration::from_millis(1);
        let table = [
            (Duration::from_nanos(1), 1),
            (Duration::from_micros(1_001), 2),
            (Duration::from_secs(5), 5_000),
            (Duration::MAX, 9_999),
        ];
        for (limit, expected) in table {
            assert_eq!(super::in_units(limit, milli, 9_999), expected, "{limit:?}");
        }
    }
}
