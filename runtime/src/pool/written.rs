//! The options of a pool as they are written in URLs, by the names of the builder's methods.

use std::time::Duration;

use super::options::{Given, PoolClass, ResetOnReturn, refused};
use crate::error::Result;

/// Whether an option is one of the pool's.
pub(crate) fn is_option(name: &str) -> bool {
    NAMES.contains(&name)
}

const NAMES: [&str; 9] = [
    "poolclass",
    "pool_size",
    "max_overflow",
    "pool_timeout",
    "pool_recycle",
    "pool_use_lifo",
    "pool_pre_ping",
    "pool_reset_on_return",
    "track_checkouts",
];

impl Given {
    /// Reads an option of the pool.
    ///
    /// # Errors
    /// [`Configuration`](crate::ErrorKind::Configuration) where its value is wrong or it is there already; it names the option
    /// and `database`, and shows no value.
    pub(crate) fn read(&mut self, name: &str, value: &str, database: &str) -> Result<()> {
        let is = |expected: &str| refused(&format!("`{name}` is {expected}"), database);
        let is_new = match name {
            "poolclass" => {
                let value = class(value);
                set(&mut self.class, value.ok_or_else(|| is(CLASSES))?)
            }
            "pool_size" => {
                let value = value.parse().ok();
                set(
                    &mut self.size,
                    value.ok_or_else(|| is("a number of connections, or 0 for no limit"))?,
                )
            }
            "max_overflow" => {
                let value = value.parse().ok();
                set(
                    &mut self.max_overflow,
                    value.ok_or_else(|| is("a number of connections, or -1 for no limit"))?,
                )
            }
            "pool_timeout" => set(
                &mut self.timeout,
                seconds(value).ok_or_else(|| is("a number of seconds"))?,
            ),
            "pool_recycle" => {
                let value = if value == "-1" {
                    Some(None)
                } else {
                    seconds(value).map(Some)
                };
                set(
                    &mut self.recycle,
                    value.ok_or_else(|| is("a number of seconds, or -1 for never"))?,
                )
            }
            "pool_use_lifo" => set(&mut self.use_lifo, truth(value).ok_or_else(|| is(TRUTH))?),
            "pool_pre_ping" => set(&mut self.pre_ping, truth(value).ok_or_else(|| is(TRUTH))?),
            "track_checkouts" => set(&mut self.tracks, truth(value).ok_or_else(|| is(TRUTH))?),
            "pool_reset_on_return" => {
                let value = reset(value);
                set(
                    &mut self.reset,
                    value.ok_or_else(|| is("`rollback`, `commit` or `none`"))?,
                )
            }
            _ => {
                return Err(refused(
                    &format!("the pool has no option `{name}`"),
                    database,
                ));
            }
        };
        if is_new {
            Ok(())
        } else {
            Err(refused(&format!("`{name}` is given twice"), database))
        }
    }
}

/// Sets an option; false where it is set already.
fn set<T>(option: &mut Option<T>, value: T) -> bool {
    option.replace(value).is_none()
}

const CLASSES: &str = "`queue`, `null`, `static`, `per_thread` or `assertion`";
const TRUTH: &str = "`true` or `false`";

/// By our names, and by SQLAlchemy's.
fn class(value: &str) -> Option<PoolClass> {
    Some(match value {
        "queue" | "QueuePool" => PoolClass::Queue,
        "null" | "NullPool" => PoolClass::Null,
        "static" | "StaticPool" => PoolClass::Static,
        "per_thread" | "SingletonThreadPool" => PoolClass::PerThread,
        "assertion" | "AssertionPool" => PoolClass::Assertion,
        _ => return None,
    })
}

fn reset(value: &str) -> Option<ResetOnReturn> {
    Some(match value {
        "rollback" => ResetOnReturn::Rollback,
        "commit" => ResetOnReturn::Commit,
        "none" => ResetOnReturn::None,
        _ => return None,
    })
}

fn truth(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "t" | "1" => Some(true),
        "false" | "no" | "off" | "n" | "f" | "0" => Some(false),
        _ => None,
    }
}

fn seconds(value: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(value.parse().ok()?).ok()
}
