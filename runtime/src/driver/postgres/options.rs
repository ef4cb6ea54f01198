//! The options of a connection, read from the URL.

use std::fmt;

use crate::{
    driver::limits::{CONNECT_TIMEOUT, Limits, seconds},
    error::Result,
    url::{Url, wrong},
};

const PORT: u16 = 5432;
/// Where servers of packages put their sockets.
#[cfg(unix)]
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// How to reach a server, and as whom.
pub(super) struct Options {
    pub(super) hosts: Vec<Host>,
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
    pub(super) database: Option<String>,
    pub(super) application_name: Option<String>,
    pub(super) options: Option<String>,
    pub(super) limits: Limits,
    pub(super) tls: TlsMode,
    pub(super) root_certificates: Option<String>,
    pub(super) target: Target,
    /// Whether prepared statements are kept. A pooler that gives each transaction another server would lose them.
    pub(super) caches_statements: bool,
}

/// One of the servers that may be asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Host {
    pub(super) place: Place,
    pub(super) port: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A name or an address.
    Name(String),
    /// The folder of a Unix socket.
    Folder(String),
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Name(name) if name.contains(':') => write!(f, "[{name}]:{}", self.port),
            Place::Name(name) => write!(f, "{name}:{}", self.port),
            Place::Folder(folder) => write!(f, "{folder}/.s.PGSQL.{}", self.port),
        }
    }
}

/// Whether a connection is encrypted, and what the server has to prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TlsMode {
    /// No TLS.
    Disable,
    /// TLS where the server offers it, with all proofs; none where it does not.
    Prefer,
    /// TLS, without any proof.
    Require,
    /// TLS with a trusted certificate, whatever name stands in it.
    VerifyCa,
    /// TLS with a trusted certificate for the host.
    VerifyFull,
}

/// What kind of server is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Any,
    ReadWrite,
    ReadOnly,
    Primary,
    Standby,
    PreferStandby,
}

impl Options {
    pub(super) fn new(url: &Url) -> Result<Self> {
        let mut options = Options {
            hosts: Vec::new(),
            user: url.user().map(str::to_owned),
            password: url.password().map(str::to_owned),
            database: url.database().map(str::to_owned),
            application_name: None,
            options: None,
            limits: Limits {
                connect: Some(CONNECT_TIMEOUT),
                read: None,
                write: None,
                statement: None,
            },
            tls: TlsMode::Prefer,
            root_certificates: None,
            target: Target::Any,
            caches_statements: true,
        };
        let (mut hosts, mut ports) = (None, None);
        let mut given = Vec::new();
        for (key, value) in url.query() {
            if given.contains(&key) {
                return Err(wrong(&format!("`{key}` is given twice")));
            }
            given.push(key);
            match key {
                "host" => hosts = Some(value),
                "port" => ports = Some(value),
                other => options.set(other, value)?,
            }
        }
        if !given.contains(&"write_timeout") {
            options.limits.write = options.limits.read;
        }
        options.hosts = places(url, hosts, ports)?;
        Ok(options)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<()> {
        match key {
            "user" => self.user = Some(value.to_owned()),
            "password" => self.password = Some(value.to_owned()),
            "dbname" => self.database = Some(value.to_owned()),
            "application_name" => self.application_name = Some(value.to_owned()),
            "options" => self.options = Some(value.to_owned()),
            "connect_timeout" => self.limits.connect = seconds(key, value)?,
            "read_timeout" => self.limits.read = seconds(key, value)?,
            "write_timeout" => self.limits.write = seconds(key, value)?,
            "statement_timeout" => self.limits.statement = seconds(key, value)?,
            "sslmode" => self.tls = tls_mode(value)?,
            "sslrootcert" => self.root_certificates = Some(value.to_owned()),
            "target_session_attrs" => self.target = target(value)?,
            "statement_cache" => self.caches_statements = cache(value)?,
            "client_encoding" => encoding(value)?,
            other => return Err(unknown(other)),
        }
        Ok(())
    }
}

#[cold]
fn unknown(key: &str) -> crate::error::Error {
    wrong(&format!(
        "PostgreSQL knows no option `{key}`: expected `host`, `port`, `user`, `password`, `dbname`, `sslmode`, \
         `sslrootcert`, `connect_timeout`, `read_timeout`, `write_timeout`, `statement_timeout`, `application_name`, `options`, \
         `target_session_attrs`, `client_encoding` or `statement_cache`"
    ))
}

/// The hosts, with a port for each. Those in the options come before the one in front of them.
fn places(url: &Url, hosts: Option<&str>, ports: Option<&str>) -> Result<Vec<Host>> {
    let hosts: Vec<&str> = match hosts.or(url.host()) {
        Some(hosts) => hosts.split(',').collect(),
        None => vec![""],
    };
    let ports: Vec<&str> = ports.map_or_else(Vec::new, |ports| ports.split(',').collect());
    if ports.len() > 1 && ports.len() != hosts.len() {
        return Err(wrong("`port` names one port, or one for each host"));
    }
    let common = url.port().unwrap_or(PORT);
    let host = |(index, host): (usize, &&str)| {
        let given = ports.get(index).or(ports.first());
        let common = match given {
            Some(given) if !given.is_empty() => port(given)?,
            _ => common,
        };
        let (name, port) = match host.rsplit_once(':') {
            // What has more colons is an address, in brackets where a port follows.
            Some((name, digits)) if !name.contains(':') || name.ends_with(']') => {
                (name, port(digits)?)
            }
            _ => (*host, common),
        };
        let name = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .unwrap_or(name);
        Ok(Host {
            place: place(name),
            port,
        })
    };
    hosts.iter().enumerate().map(host).collect()
}

fn place(name: &str) -> Place {
    match name {
        "" => default_place(),
        folder if folder.starts_with('/') => Place::Folder(folder.to_owned()),
        name => Place::Name(name.to_owned()),
    }
}

#[cfg(unix)]
fn default_place() -> Place {
    let found = SOCKET_FOLDERS
        .into_iter()
        .find(|folder| std::path::Path::new(folder).is_dir());
    Place::Folder(found.unwrap_or(SOCKET_FOLDERS[1]).to_owned())
}

#[cfg(not(unix))]
fn default_place() -> Place {
    Place::Name("localhost".to_owned())
}

fn port(digits: &str) -> Result<u16> {
    let port = digits.parse().ok().filter(|port| *port > 0);
    port.ok_or_else(|| wrong("the port must be a number from 1 to 65535"))
}

fn tls_mode(value: &str) -> Result<TlsMode> {
    Ok(match value {
        "disable" => TlsMode::Disable,
        "prefer" => TlsMode::Prefer,
        "require" => TlsMode::Require,
        "verify-ca" => TlsMode::VerifyCa,
        "verify-full" => TlsMode::VerifyFull,
        _ => {
            return Err(wrong(
                "`sslmode` is `disable`, `prefer` (TLS where the server offers it, the default), `require` (TLS, whatever its \
                 certificate), `verify-ca` or `verify-full`",
            ));
        }
    })
}

fn target(value: &str) -> Result<Target> {
    Ok(match value {
        "any" => Target::Any,
        "read-write" => Target::ReadWrite,
        "read-only" => Target::ReadOnly,
        "primary" => Target::Primary,
        "standby" => Target::Standby,
        "prefer-standby" => Target::PreferStandby,
        _ => {
            return Err(wrong(
                "`target_session_attrs` is `any`, `read-write`, `read-only`, `primary`, `standby` or `prefer-standby`",
            ));
        }
    })
}

fn cache(value: &str) -> Result<bool> {
    match value {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(wrong(
            "`statement_cache` is 1 (the default), or 0 behind a pooler that cannot keep prepared statements",
        )),
    }
}

fn encoding(value: &str) -> Result<()> {
    let plain = value.to_ascii_lowercase().replace(['-', '_'], "");
    if matches!(plain.as_str(), "utf8" | "unicode" | "auto") {
        return Ok(());
    }
    Err(wrong(
        "`client_encoding` can only be `utf8`: text is UTF-8 here, whatever the database keeps",
    ))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Host, Options, Place, TlsMode};
    use crate::url::Url;

    fn options(text: &str) -> Options {
        Options::new(&Url::parse(text).unwrap()).unwrap()
    }

    fn hosts(text: &str) -> Vec<String> {
        options(text).hosts.iter().map(Host::to_string).collect()
    }

    #[test]
    fn e02_hosts_stand_before_the_options_or_in_them() {
        let table: [(&str, &[&str]); 9] = [
            ("postgresql://db/x", &["db:5432"]),
            ("postgresql://db:1/x", &["db:1"]),
            ("postgresql://[::1]:7/x", &["[::1]:7"]),
            (
                "postgresql://a:1,b,[::2]:3/x",
                &["a:1", "b:5432", "[::2]:3"],
            ),
            ("postgresql:///x?host=a,b&port=1,2", &["a:1", "b:2"]),
            ("postgresql:///x?host=a,b&port=7", &["a:7", "b:7"]),
            ("postgresql:///x?host=a:1,b", &["a:1", "b:5432"]),
            ("postgresql:///x?host=/run/pg", &["/run/pg/.s.PGSQL.5432"]),
            ("postgresql://%2Frun%2Fpg:9/x", &["/run/pg/.s.PGSQL.9"]),
        ];
        for (text, expected) in table {
            assert_eq!(hosts(text), expected, "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn e02_without_a_host_it_is_a_socket_of_this_machine() {
        let options = options("postgresql:///x");
        assert!(matches!(options.hosts[0].place, Place::Folder(_)));
    }

    #[test]
    fn e02_options_are_read() {
        let options = options(
            "postgresql://ed:pw@db/x?sslmode=verify-full&connect_timeout=3&application_name=shop&options=-c%20geqo%3Doff&\
             target_session_attrs=read-write&client_encoding=UTF8&statement_cache=0",
        );
        assert_eq!(options.tls, TlsMode::VerifyFull);
        assert_eq!(options.limits.connect, Some(Duration::from_secs(3)));
        assert_eq!(options.options.as_deref(), Some("-c geqo=off"));
        assert!(!options.caches_statements);
    }

    #[test]
    fn e12_limits_are_read_and_what_is_not_read_from_is_not_written_to() {
        let limits = |query: &str| options(&format!("postgresql://db/x{query}")).limits;
        let none = limits("");
        assert_eq!(
            (none.connect, none.read),
            (Some(Duration::from_secs(10)), None)
        );
        assert_eq!(limits("?connect_timeout=0").connect, None);
        let half = Some(Duration::from_millis(500));
        let read = limits("?read_timeout=0.5&statement_timeout=0.5");
        assert_eq!((read.read, read.write, read.statement), (half, half, half));
        let both = limits("?read_timeout=0.5&write_timeout=0");
        assert_eq!((both.read, both.write), (half, None));
    }

    #[test]
    fn e12_a_wrong_option_is_named_and_its_value_is_not_shown() {
        let table = [
            ("sslmod=disable", "PostgreSQL knows no option `sslmod`"),
            ("sslmode=secret", "`sslmode` is"),
            (
                "client_encoding=secret",
                "`client_encoding` can only be `utf8`",
            ),
            ("connect_timeout=secret", "`connect_timeout` is"),
            ("read_timeout=secret", "`read_timeout` is"),
            ("statement_timeout=secret", "`statement_timeout` is"),
            ("statement_cache=secret", "`statement_cache` is"),
            ("target_session_attrs=secret", "`target_session_attrs` is"),
            ("host=a,b&port=1,2,3", "one for each host"),
            ("host=a:secret", "the port must be"),
            ("host=a&host=b", "`host` is given twice"),
        ];
        for (query, reason) in table {
            let url = Url::parse(&format!("postgresql://ed:secret@db/x?{query}")).unwrap();
            let error = Options::new(&url).err().unwrap();
            assert!(error.is_configuration());
            assert!(error.message().contains(reason), "{error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
