//! An engine from settings that are texts: those of a configuration file, or of the environment.

use std::time::Duration;

use super::{Engine, EngineBuilder};
use crate::{
    error::{Error, ErrorKind, Result},
    log::Echo,
};

/// An option of an engine, as a setting.
struct Setting {
    name: &'static str,
    /// What its value is.
    expects: &'static str,
    set: fn(EngineBuilder, &str) -> Option<EngineBuilder>,
}

const NUMBER: &str = "a whole number";
const FLAG: &str = "`true` or `false`";
const TIME: &str = "a time: seconds such as `30` or `0.5`, or `250ms`, `30s`, `5min`";

const LEVEL: &str =
    "`READ UNCOMMITTED`, `READ COMMITTED`, `REPEATABLE READ`, `SERIALIZABLE` or `AUTOCOMMIT`";

/// All options, each by the name of the method that sets it; the isolation level also by the name that it has in URLs.
const SETTINGS: [Setting; 20] = [
    Setting {
        name: "pool",
        expects: "`queue`, `null`, `static`, `per_thread` or `assertion`",
        set: |engine, value| pool(engine, "poolclass", value),
    },
    Setting {
        name: "pool_size",
        expects: NUMBER,
        set: |engine, value| pool(engine, "pool_size", value),
    },
    Setting {
        name: "max_overflow",
        expects: NUMBER,
        set: |engine, value| pool(engine, "max_overflow", value),
    },
    Setting {
        name: "pool_recycle",
        expects: "a number of seconds, or -1 for never",
        set: |engine, value| pool(engine, "pool_recycle", value),
    },
    Setting {
        name: "pool_use_lifo",
        expects: FLAG,
        set: |engine, value| Some(engine.pool_use_lifo(flag(value)?)),
    },
    Setting {
        name: "pool_pre_ping",
        expects: FLAG,
        set: |engine, value| Some(engine.pool_pre_ping(flag(value)?)),
    },
    Setting {
        name: "pool_reset_on_return",
        expects: "`rollback`, `commit` or `none`",
        set: |engine, value| pool(engine, "pool_reset_on_return", value),
    },
    Setting {
        name: "track_checkouts",
        expects: FLAG,
        set: |engine, value| Some(engine.track_checkouts(flag(value)?)),
    },
    Setting {
        name: "pool_timeout",
        expects: TIME,
        set: |engine, value| Some(engine.pool_timeout(time(value)?)),
    },
    Setting {
        name: "lint_cartesian",
        expects: FLAG,
        set: |engine, value| Some(engine.lint_cartesian(flag(value)?)),
    },
    Setting {
        name: "echo",
        expects: "`true`, `false` or `rows`",
        set: |engine, value| Some(engine.echo(echo(value)?)),
    },
    Setting {
        name: "slow_query",
        expects: TIME,
        set: |engine, value| Some(engine.slow_query(time(value)?)),
    },
    Setting {
        name: "hide_parameters",
        expects: FLAG,
        set: |engine, value| Some(engine.hide_parameters(flag(value)?)),
    },
    Setting {
        name: "connect_timeout",
        expects: TIME,
        set: |engine, value| Some(engine.connect_timeout(time(value)?)),
    },
    Setting {
        name: "read_timeout",
        expects: TIME,
        set: |engine, value| Some(engine.read_timeout(time(value)?)),
    },
    Setting {
        name: "statement_timeout",
        expects: TIME,
        set: |engine, value| Some(engine.statement_timeout(time(value)?)),
    },
    Setting {
        name: "client_encoding",
        expects: "the name of an encoding",
        set: |engine, value| Some(engine.client_encoding(value)),
    },
    Setting {
        name: "plugin",
        expects: "names of plugins, with commas between them",
        set: |engine, value| {
            let names = value.split(',').map(str::trim);
            Some(names.fold(engine, |engine, name| engine.plugin(name)))
        },
    },
    Setting {
        name: "isolation",
        expects: LEVEL,
        set: isolation,
    },
    Setting {
        name: "isolation_level",
        expects: LEVEL,
        set: isolation,
    },
];

impl Engine {
    /// An engine from settings whose names begin with `prefix`: `url`, which has to be there, and every option of
    /// [`EngineBuilder`] by its name. Settings of other names are somebody else's.
    ///
    /// ```
    /// # use std::collections::HashMap;
    /// # use aludel::Engine;
    /// let settings = HashMap::from([("db.url", "sqlite:///shop.db"), ("db.pool_size", "2"), ("db.echo", "false")]);
    /// let engine = Engine::from_config(&settings, "db.")?;
    /// assert_eq!(engine.to_string(), "Engine(sqlite:///shop.db)");
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Configuration`](ErrorKind::Configuration) where a name with the prefix is no option, with the one that may be meant; where a
    /// value is not what its option takes; where there is no `url`. As [`EngineBuilder::build`].
    pub fn from_config<K: AsRef<str>, V: AsRef<str>>(
        settings: impl IntoIterator<Item = (K, V)>,
        prefix: &str,
    ) -> Result<Engine> {
        EngineBuilder::from_config(settings, prefix)?.build()
    }

    /// The same from environment variables, in upper case as these are: with the prefix `SHOP_DB_`, the URL is in `SHOP_DB_URL`.
    ///
    /// # Errors
    /// As [`from_config`](Engine::from_config), also where a value is not Unicode.
    pub fn from_env(prefix: &str) -> Result<Engine> {
        EngineBuilder::from_env(prefix)?.build()
    }
}

impl EngineBuilder {
    /// As [`Engine::from_config`], with more to be said in code.
    ///
    /// # Errors
    /// The same, but for those of building it.
    pub fn from_config<K: AsRef<str>, V: AsRef<str>>(
        settings: impl IntoIterator<Item = (K, V)>,
        prefix: &str,
    ) -> Result<EngineBuilder> {
        let mut given: Vec<(String, String)> = Vec::new();
        for (name, value) in settings {
            if let Some(name) = name.as_ref().strip_prefix(prefix) {
                given.push((name.to_owned(), value.as_ref().to_owned()));
            }
        }
        // In a map they have no order, and the first mistake should always be the same.
        given.sort();
        let url = given.iter().find(|(name, _)| name == "url");
        let url = url.ok_or_else(|| {
            configuration(format!("`{prefix}url` is missing, the URL of the database"))
        })?;
        let mut engine = Engine::builder(url.1.as_str());
        for (name, value) in given.iter().filter(|(name, _)| name != "url") {
            let setting = SETTINGS.iter().find(|setting| setting.name == name);
            let setting = setting.ok_or_else(|| unknown(prefix, name))?;
            engine = (setting.set)(engine, value.trim())
                .ok_or_else(|| wrong_value(prefix, setting, value))?;
        }
        Ok(engine)
    }

    /// As [`Engine::from_env`], with more to be said in code.
    ///
    /// # Errors
    /// The same, but for those of building it.
    pub fn from_env(prefix: &str) -> Result<EngineBuilder> {
        let mut settings = Vec::new();
        for (name, value) in std::env::vars_os() {
            let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(prefix)) else {
                continue;
            };
            let Some(value) = value.to_str() else {
                return Err(configuration(format!(
                    "the value of `{prefix}{rest}` is not Unicode"
                )));
            };
            settings.push((
                format!("{prefix}{}", rest.to_ascii_lowercase()),
                value.to_owned(),
            ));
        }
        EngineBuilder::from_config(settings, prefix)
    }
}

/// Sets an option of the pool as a URL would.
fn pool(mut engine: EngineBuilder, name: &str, value: &str) -> Option<EngineBuilder> {
    engine.pool.read(name, value, "this database").ok()?;
    Some(engine)
}

fn isolation(engine: EngineBuilder, value: &str) -> Option<EngineBuilder> {
    Some(engine.isolation(value.parse().ok()?))
}

fn flag(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

fn echo(value: &str) -> Option<Echo> {
    match value.eq_ignore_ascii_case("rows") {
        true => Some(Echo::Rows),
        false => flag(value).map(Echo::from),
    }
}

/// Seconds, or with a unit.
fn time(value: &str) -> Option<Duration> {
    let (digits, unit) = match value.find(|letter: char| letter.is_ascii_alphabetic()) {
        Some(end) => value.split_at(end),
        None => (value, "s"),
    };
    let seconds = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "min" => 60.0,
        _ => return None,
    };
    let number: f64 = digits.trim().parse().ok()?;
    Duration::try_from_secs_f64(number * seconds).ok()
}

#[cold]
fn unknown(prefix: &str, name: &str) -> Error {
    let names = || SETTINGS.iter().map(|setting| setting.name).chain(["url"]);
    let hint = match aludel_catalog::nearest(name, names()) {
        Some(near) => format!("did you mean `{prefix}{near}`?"),
        None => format!(
            "the options are `{}`",
            names().collect::<Vec<_>>().join("`, `")
        ),
    };
    configuration(format!("an engine has no option `{prefix}{name}`: {hint}"))
}

/// The value itself is not shown: it may have got to the wrong name.
#[cold]
fn wrong_value(prefix: &str, setting: &Setting, value: &str) -> Error {
    let given = if value.is_empty() {
        ", and nothing was given"
    } else {
        ""
    };
    let (name, expects) = (setting.name, setting.expects);
    configuration(format!("`{prefix}{name}` is {expects}{given}"))
}

fn configuration(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, time::Duration};

    use super::{SETTINGS, time};

    #[test]
    fn e16_every_option_of_the_builder_is_a_setting() {
        let sources = [include_str!("builder.rs"), include_str!("limits.rs")];
        let methods = sources.into_iter().flat_map(str::lines).filter_map(|line| {
            let rest = line.trim().strip_prefix("pub fn ")?;
            let (name, arguments) = rest.split_once('(')?;
            arguments.starts_with("mut self").then(|| name.to_owned())
        });
        let methods: BTreeSet<String> = methods
            .filter(|name| !["map_url", "pool_events"].contains(&name.as_str()))
            .collect();
        let settings: BTreeSet<String> = SETTINGS
            .iter()
            .map(|setting| setting.name.to_owned())
            .filter(|name| name != "isolation_level") // as `isolation`
            .collect();
        assert!(methods.len() > 5);
        assert_eq!(settings, methods);
    }

    #[test]
    fn e16_times_are_seconds_or_have_a_unit() {
        let table = [
            ("30", Some(Duration::from_secs(30))),
            ("0.5", Some(Duration::from_millis(500))),
            ("250ms", Some(Duration::from_millis(250))),
            ("5min", Some(Duration::from_secs(300))),
            ("2 s", Some(Duration::from_secs(2))),
            ("-1", None),
            ("1h", None),
            ("", None),
            ("nan", None),
        ];
        for (text, expected) in table {
            assert_eq!(time(text), expected, "{text}");
        }
    }
}
