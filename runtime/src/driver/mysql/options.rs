//! What a URL says about a server of MySQL or MariaDB: where it is, and how to reach it.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use mysql::{ClientIdentity, Opts, OptsBuilder, SslOpts, consts::CapabilityFlags};

use crate::{
    driver::limits::{CONNECT_TIMEOUT, Limits, seconds},
    error::Result,
    url::{Url, wrong},
};

/// How many prepared statements a connection keeps, unless the URL says otherwise.
const CACHED_STATEMENTS: usize = 256;

const KNOWN: &str = "`ssl_mode`, `ssl_ca`, `ssl_cert`, `ssl_key`, `charset`, `connect_timeout`, `read_timeout`, `write_timeout`, \
                     `statement_timeout`, `unix_socket`, `statement_cache` or `flavor`";

/// Where a server is, and how to reach it. It holds the password, so it has no `Debug`.
pub(super) struct Options {
    /// Without TLS, which each attempt adds.
    pub(super) server: Opts,
    pub(super) tls: Tls,
    pub(super) limits: Limits,
    /// Whether the server is named, so that the name can stand for several addresses.
    pub(super) is_named: bool,
    /// How many prepared statements a connection keeps.
    pub(super) cached_statements: usize,
    /// Whether it is to be taken for MariaDB, whatever it says.
    pub(super) is_mariadb: Option<bool>,
}

/// How the connection is encrypted, by the words of libmysql.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Not at all.
    Disabled,
    /// Where the server can, without a look at its certificate.
    Preferred,
    /// Always, without a look at its certificate.
    Required,
    /// Always, with a certificate of an authority that one trusts.
    VerifyCa,
    /// Always, with a certificate of an authority that one trusts, and for this host.
    VerifyIdentity,
}

/// How the connection is encrypted.
pub(super) struct Tls {
    pub(super) mode: Mode,
    /// The certificates of the authorities that are trusted besides the public ones.
    pub(super) authorities: Option<PathBuf>,
    /// This side's certificate and its key.
    pub(super) identity: Option<(PathBuf, PathBuf)>,
}

impl Options {
    pub(super) fn of(url: &Url) -> Result<Self> {
        let mut given = Given::default();
        for (key, value) in url.query() {
            given.take(key, value)?;
        }
        let host = url.host().unwrap_or("localhost");
        let tls = given.tls(host)?;
        let cached_statements = given.statement_cache.unwrap_or(CACHED_STATEMENTS);
        let limits = given.limits();
        Ok(Options {
            server: given.server(url, host, &limits).into(),
            tls,
            limits,
            is_named: host.parse::<IpAddr>().is_err(),
            cached_statements,
            is_mariadb: given.flavor,
        })
    }
}

impl Tls {
    /// What the driver needs to encrypt; `None` where it is not to.
    pub(super) fn settings(&self) -> Option<SslOpts> {
        let verifies = match self.mode {
            Mode::Disabled => return None,
            Mode::Preferred | Mode::Required => (true, true),
            Mode::VerifyCa => (false, true),
            Mode::VerifyIdentity => (false, false),
        };
        let (any_certificate, any_name) = verifies;
        let identity = self.identity.clone();
        let identity = identity.map(|(chain, key)| ClientIdentity::new(chain, key));
        Some(
            SslOpts::default()
                .with_root_cert_path(self.authorities.clone())
                .with_client_identity(identity)
                .with_danger_accept_invalid_certs(any_certificate)
                .with_danger_skip_domain_validation(any_name),
        )
    }
}

/// The options, as they were given.
#[derive(Default)]
struct Given<'u> {
    ssl_mode: Option<Mode>,
    ssl_ca: Option<&'u str>,
    ssl_cert: Option<&'u str>,
    ssl_key: Option<&'u str>,
    charset: Option<&'u str>,
    // Within these, `None` is no limit.
    connect_timeout: Option<Option<Duration>>,
    read_timeout: Option<Option<Duration>>,
    write_timeout: Option<Option<Duration>>,
    statement_timeout: Option<Option<Duration>>,
    unix_socket: Option<&'u str>,
    statement_cache: Option<usize>,
    flavor: Option<bool>,
}

impl<'u> Given<'u> {
    fn take(&mut self, key: &str, value: &'u str) -> Result<()> {
        match key {
            "ssl_mode" => once(key, &mut self.ssl_mode, mode(value)?),
            "ssl_ca" => once(key, &mut self.ssl_ca, value),
            "ssl_cert" => once(key, &mut self.ssl_cert, value),
            "ssl_key" => once(key, &mut self.ssl_key, value),
            "charset" => once(key, &mut self.charset, charset(value)?),
            "connect_timeout" => once(key, &mut self.connect_timeout, seconds(key, value)?),
            "read_timeout" => once(key, &mut self.read_timeout, seconds(key, value)?),
            "write_timeout" => once(key, &mut self.write_timeout, seconds(key, value)?),
            "statement_timeout" => once(key, &mut self.statement_timeout, seconds(key, value)?),
            "unix_socket" => once(key, &mut self.unix_socket, value),
            "statement_cache" => once(key, &mut self.statement_cache, statements(value)?),
            "flavor" => once(key, &mut self.flavor, is_mariadb(value)?),
            _ => Err(wrong(&format!(
                "MySQL and MariaDB know no option `{key}`: expected {KNOWN}"
            ))),
        }
    }

    fn limits(&self) -> Limits {
        let read = self.read_timeout.flatten();
        Limits {
            connect: self.connect_timeout.unwrap_or(Some(CONNECT_TIMEOUT)),
            read,
            write: self.write_timeout.unwrap_or(read),
            statement: self.statement_timeout.flatten(),
        }
    }

    fn server(&self, url: &Url, host: &str, limits: &Limits) -> OptsBuilder {
        OptsBuilder::new()
            .ip_or_hostname(Some(host))
            .tcp_port(url.port().unwrap_or(3306))
            .socket(self.unix_socket)
            // Whoever wants the socket says so: it can belong to another server than the port.
            .prefer_socket(false)
            .user(url.user())
            .pass(url.password())
            .db_name(url.database())
            .tcp_connect_timeout(limits.connect)
            .read_timeout(limits.read)
            .write_timeout(limits.write)
            // Statements are cached by the connection itself.
            .stmt_cache_size(0_usize)
            .additional_capabilities(CapabilityFlags::CLIENT_FOUND_ROWS)
    }

    /// Without a mode, a server on another machine must prove who it is; on this one, the connection stays plain.
    fn tls(&self, host: &str) -> Result<Tls> {
        let identity = match (self.ssl_cert, self.ssl_key) {
            (Some(certificate), Some(key)) => Some((certificate.into(), key.into())),
            (None, None) => None,
            _ => return Err(wrong("`ssl_cert` and `ssl_key` are given together")),
        };
        let named_files = self.ssl_ca.is_some() || identity.is_some();
        let is_local = self.unix_socket.is_some() || is_this_machine(host);
        let mode = match self.ssl_mode {
            Some(Mode::VerifyCa) if self.ssl_ca.is_none() => {
                return Err(wrong(
                    "`ssl_mode=verify_ca` needs `ssl_ca`, the file with the certificates of the authorities to trust",
                ));
            }
            Some(Mode::Disabled) if named_files => {
                return Err(wrong(
                    "`ssl_mode=disabled` uses no certificates: leave out `ssl_ca`, `ssl_cert` and `ssl_key`, or the mode",
                ));
            }
            Some(mode) => mode,
            None if is_local && !named_files => Mode::Disabled,
            None => Mode::VerifyIdentity,
        };
        Ok(Tls {
            mode,
            authorities: self.ssl_ca.map(PathBuf::from),
            identity,
        })
    }
}

fn once<T>(key: &str, place: &mut Option<T>, value: T) -> Result<()> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(wrong(&format!("`{key}` is given twice"))),
    }
}

fn mode(value: &str) -> Result<Mode> {
    match value.to_ascii_lowercase().as_str() {
        "disabled" => Ok(Mode::Disabled),
        "preferred" => Ok(Mode::Preferred),
        "required" => Ok(Mode::Required),
        "verify_ca" => Ok(Mode::VerifyCa),
        "verify_identity" => Ok(Mode::VerifyIdentity),
        _ => Err(wrong(
            "`ssl_mode` is `disabled`, `preferred` (TLS where the server can), `required` (always), `verify_ca` (with a \
             certificate of an authority in `ssl_ca`) or `verify_identity` (with a certificate for the host)",
        )),
    }
}

/// Text is UTF-8 on both sides, so that is all that can be asked for.
fn charset(value: &str) -> Result<&str> {
    match value.to_ascii_lowercase().as_str() {
        "utf8" | "utf8mb3" | "utf8mb4" => Ok(value),
        _ => Err(wrong(&format!(
            "MySQL and MariaDB are spoken to in UTF-8: `charset` is `utf8mb4` or left out, not `{value}`; tables can be in \
             any character set"
        ))),
    }
}

fn statements(value: &str) -> Result<usize> {
    let statements = value.parse::<u16>().map(usize::from);
    statements.map_err(|_| {
        wrong("`statement_cache` is how many prepared statements a connection keeps, from 0 (none) to 65535")
    })
}

/// For what stands between and hides which of both it is.
fn is_mariadb(value: &str) -> Result<bool> {
    match value {
        "mariadb" => Ok(true),
        "mysql" => Ok(false),
        _ => Err(wrong(
            "`flavor` is `mysql` or `mariadb`, or left out: the server says it then",
        )),
    }
}

fn is_this_machine(host: &str) -> bool {
    let is_loopback = host
        .parse()
        .is_ok_and(|address: IpAddr| address.is_loopback());
    is_loopback || host.eq_ignore_ascii_case("localhost")
}
