//! Opening connections: the first of the hosts that is there and of the kind that is wanted.

use std::{
    io,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use tokio_postgres::{Client, Config, NoTls, config::SslMode};

use super::{
    PostgresConnection,
    cancel::Canceller,
    error::{Failure, NO_ANSWER, classify_ready, classify_start, is_timeout},
    frames::Seen,
    kept::Kept,
    link::{Link, start},
    options::{Host, Options, Target},
    socket::{Plain, Socket},
    tls::Tls,
    wire::Wire,
};
use crate::{
    dialect::{Dialect, Postgres},
    driver::{Connector, DriverConnection, limits::in_units},
    error::{Error, ErrorKind, Result},
    url::Url,
};

/// Opens connections to one PostgreSQL database.
pub(in crate::driver) struct PostgresConnector {
    options: Options,
    config: Config,
    /// Made by the first connection: it reads files.
    tls: OnceLock<Option<Arc<Tls>>>,
}

impl PostgresConnector {
    pub(in crate::driver) fn new(url: &Url) -> Result<Self> {
        let options = Options::new(url)?;
        Ok(PostgresConnector {
            config: config(&options),
            options,
            tls: OnceLock::new(),
        })
    }

    fn tls(&self) -> Result<Option<&Arc<Tls>>> {
        if self.tls.get().is_none() {
            // Whoever is second reads the files in vain.
            let _ = self.tls.set(Tls::new(&self.options)?.map(Arc::new));
        }
        Ok(self.tls.get().and_then(Option::as_ref))
    }

    /// The first host that can be used.
    fn first(&self, target: Target) -> Result<PostgresConnection> {
        let mut failures = Vec::new();
        for host in &self.options.hosts {
            match self.open(host, target) {
                Ok(connection) => return Ok(connection),
                Err(error) => failures.push((host, error)),
            }
            // Another host would not like the password better.
            if failures.last().is_some_and(|(_, error)| !may_pass(error)) {
                break;
            }
        }
        Err(together(failures))
    }

    fn open(&self, host: &Host, target: Target) -> Result<PostgresConnection> {
        let limits = self.options.limits;
        let begin = Instant::now();
        let left = || limits.connect.map(|limit| left_of(limit, begin));
        let plain = Plain::connect(host, limits.connect).map_err(unreachable)?;
        let handle = plain.clone();
        let tls = self.tls()?;
        handle.wait(left(), left()).map_err(unreachable)?;
        let socket = match tls {
            Some(tls) => tls.begin(plain, &host.place)?,
            None => Socket::Plain(plain),
        };
        handle.wait(left(), left()).map_err(unreachable)?;
        let seen = Arc::new(Seen::new());
        let kept = Arc::new(Kept::default());
        let wire = Wire::new(socket, Arc::clone(&seen), Arc::clone(&kept));
        let started = start(&seen, self.config.connect_raw(wire, NoTls));
        let (client, connection) = started.map_err(classify_start)?;
        seen.begin();
        let mut link = Link::new(connection, seen, kept);
        prepare(&client, &mut link, target)?;
        handle
            .wait(limits.read, limits.write)
            .map_err(unreachable)?;
        let canceller = Canceller::new(handle, host.place.clone(), tls.cloned());
        let caches = self.options.caches_statements;
        Ok(PostgresConnection::new(
            client, link, canceller, limits, caches,
        ))
    }
}

/// What is left of a limit. Zero would not be a time.
fn left_of(limit: Duration, begin: Instant) -> Duration {
    let left = limit.saturating_sub(begin.elapsed());
    left.max(Duration::from_millis(1))
}

impl Connector for PostgresConnector {
    fn connect(&self) -> Result<Box<dyn DriverConnection>> {
        let connection = match self.options.target {
            Target::PreferStandby => {
                let standby = self.first(Target::Standby);
                standby.or_else(|_| self.first(Target::Any))
            }
            target => self.first(target),
        };
        Ok(Box::new(connection?))
    }

    fn dialect(&self) -> &'static dyn Dialect {
        &Postgres
    }
}

/// What the start of a connection says.
fn config(options: &Options) -> Config {
    let mut config = Config::new();
    // TLS has begun before, and the wire hides it.
    config.ssl_mode(SslMode::Disable);
    if let Some(user) = &options.user {
        config.user(user);
    }
    if let Some(password) = &options.password {
        config.password(password);
    }
    if let Some(database) = &options.database {
        config.dbname(database);
    }
    if let Some(name) = &options.application_name {
        config.application_name(name);
    }
    let limit = options.limits.statement.map(|limit| {
        let millis = in_units(limit, Duration::from_millis(1), i32::MAX as u64);
        format!("-c statement_timeout={millis}")
    });
    // What is said last holds.
    let more: Vec<String> = options.options.clone().into_iter().chain(limit).collect();
    if !more.is_empty() {
        config.options(more.join(" "));
    }
    config
}

/// Looks whether the server is what is wanted, and agrees with it on UTC.
fn prepare(client: &Client, link: &mut Link, target: Target) -> Result<()> {
    let question = match target {
        Target::Any | Target::PreferStandby => None,
        Target::ReadWrite => Some(("SELECT current_setting('transaction_read_only')", "off")),
        Target::ReadOnly => Some(("SELECT current_setting('transaction_read_only')", "on")),
        Target::Primary => Some(("SELECT pg_is_in_recovery()::text", "false")),
        Target::Standby => Some(("SELECT pg_is_in_recovery()::text", "true")),
    };
    if let Some((sql, wanted)) = question {
        let asked = link.run(client, async { Ok(client.query_typed(sql, &[]).await?) });
        let rows = asked.map_err(|failure| classify_ready(link.reason(failure)))?;
        let answer = rows.first().and_then(|row| row.try_get::<_, &str>(0).ok());
        if answer != Some(wanted) {
            let message = "the server is not of the kind that `target_session_attrs` asks for";
            return Err(Error::new(ErrorKind::Operational, message));
        }
    }
    if link.parameter("TimeZone") != Some("UTC") {
        let set = link.run(client, async {
            let done = client.batch_execute("SET TimeZone TO 'UTC'").await;
            done.map_err(Failure::from)
        });
        set.map_err(|failure| classify_ready(link.reason(failure)))?;
    }
    link.settle();
    Ok(())
}

/// Whether another host may do better.
fn may_pass(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Operational | ErrorKind::Timeout | ErrorKind::Disconnected
    )
}

/// The error of the last host, with what became of all of them.
#[cold]
fn together(mut failures: Vec<(&Host, Error)>) -> Error {
    let text = |(host, error): &(&Host, Error)| format!("{host}: {}", error.message());
    let texts: Vec<String> = failures.iter().map(text).collect();
    let message = format!("cannot connect to PostgreSQL at {}", texts.join("; "));
    match failures.pop() {
        Some((_, error)) => {
            let told = Error::new(error.kind(), message);
            let told = match error.code() {
                Some(code) => told.with_code(code),
                None => told,
            };
            told.with_source(error)
        }
        None => Error::new(ErrorKind::Configuration, message),
    }
}

/// The error of a host that could not be reached.
#[cold]
pub(super) fn unreachable(error: io::Error) -> Error {
    let (kind, message) = if is_timeout(&error) {
        (ErrorKind::Timeout, NO_ANSWER.to_owned())
    } else {
        let message = format!("{error}: is the server running there, and are host and port right?");
        (ErrorKind::Operational, message)
    };
    Error::new(kind, message).with_source(error)
}
