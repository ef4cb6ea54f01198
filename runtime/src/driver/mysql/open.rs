//! Opening connections to MySQL and MariaDB, and what is agreed upon with the server first.

use std::{
    path::Path,
    sync::{OnceLock, mpsc},
    thread,
    time::Instant,
};

use mysql::{Conn, DriverError, Error as ServerError, OptsBuilder, SslOpts, prelude::Queryable};
use rustls::crypto::{CryptoProvider, ring};

use super::{
    MysqlConnection, error,
    options::{Mode, Options},
    session::Agreed,
};
use crate::{
    dialect::{Dialect, MariaDb, Mysql},
    driver::{Connector, DriverConnection},
    error::Result,
    url::{Url, wrong},
};

/// Added to whatever modes the server has: what does not fit is an error, never altered.
const STRICT: [&str; 4] = [
    "STRICT_ALL_TABLES",
    "NO_ZERO_IN_DATE",
    "NO_ZERO_DATE",
    "ERROR_FOR_DIVISION_BY_ZERO",
];

/// Modes under which the SQL of this crate would mean something else. `ANSI` and the names of other databases stand for
/// several of them.
const FOREIGN: [&str; 12] = [
    "ANSI",
    "ANSI_QUOTES",
    "PIPES_AS_CONCAT",
    "NO_BACKSLASH_ESCAPES",
    "ALLOW_INVALID_DATES",
    "PAD_CHAR_TO_FULL_LENGTH",
    "DB2",
    "MAXDB",
    "MSSQL",
    "MYSQL323",
    "ORACLE",
    "POSTGRESQL",
];

/// Opens connections to one server of MySQL or MariaDB.
pub(in crate::driver) struct MysqlConnector {
    options: Options,
    /// Known once a connection was opened.
    is_mariadb: OnceLock<bool>,
}

impl MysqlConnector {
    pub(in crate::driver) fn new(url: &Url) -> Result<Self> {
        Ok(MysqlConnector {
            options: Options::of(url)?,
            is_mariadb: OnceLock::new(),
        })
    }

    fn open(&self) -> Result<Conn> {
        let Some(tls) = self.options.tls.settings() else {
            return self.reach(None).map_err(error::refused);
        };
        self.check_files()?;
        choose_cryptography();
        match self.reach(Some(tls)) {
            Err(ServerError::DriverError(DriverError::TlsNotSupported))
                if self.options.tls.mode == Mode::Preferred =>
            {
                self.reach(None).map_err(error::refused)
            }
            reached => reached.map_err(error::refused),
        }
    }

    /// The driver gives up at the first address of a name that does not answer, unless it is told where to come from; it tries
    /// all IPv4 addresses then.
    fn reach(&self, tls: Option<SslOpts>) -> mysql::Result<Conn> {
        let server = OptsBuilder::from_opts(self.options.server.clone()).ssl_opts(tls);
        let deadline = Instant::now() + self.options.connect_timeout;
        match begin(server.clone(), deadline) {
            Err(ServerError::DriverError(DriverError::CouldNotConnect(_)))
                if self.options.is_named && self.options.server.get_socket().is_none() =>
            {
                let anywhere = ([0, 0, 0, 0], 0);
                begin(server.bind_address(Some(anywhere)), deadline)
            }
            reached => reached,
        }
    }

    /// A file that is missing would look like a server that hangs up.
    fn check_files(&self) -> Result<()> {
        let tls = &self.options.tls;
        let identity = tls.identity.as_ref();
        let files = [
            ("ssl_ca", tls.authorities.as_deref()),
            ("ssl_cert", identity.map(|(certificate, _)| &**certificate)),
            ("ssl_key", identity.map(|(_, key)| &**key)),
        ];
        for (key, file) in files {
            if let Some(file) = file {
                check_file(key, file)?;
            }
        }
        Ok(())
    }
}

impl Connector for MysqlConnector {
    fn connect(&self) -> Result<Box<dyn DriverConnection>> {
        let mut connection = self.open()?;
        let agreed = agree(&mut connection).map_err(error::refused)?;
        // All connections lead to the same server.
        let is_mariadb = self.options.is_mariadb.unwrap_or(agreed.is_mariadb);
        let _ = self.is_mariadb.set(is_mariadb);
        let kept = self.options.cached_statements;
        Ok(Box::new(MysqlConnection::new(connection, agreed, kept)))
    }

    fn dialect(&self) -> &'static dyn Dialect {
        if self.is_mariadb.get() == Some(&true) {
            &MariaDb
        } else {
            &Mysql
        }
    }
}

/// Opens a connection until `deadline`. The driver limits how long opening the socket may take, but neither what the server
/// says next nor, except for the whole life of the connection, how long it may stay silent: a thread waits for that. Where
/// the server stays silent, it ends when the server does.
fn begin(server: OptsBuilder, deadline: Instant) -> mysql::Result<Conn> {
    let (opened, open) = mpsc::sync_channel(1);
    let work = move || {
        // Nobody wants it any more when the time was up.
        let _ = opened.send(Conn::new(server));
    };
    thread::Builder::new()
        .name("aludel-connect".to_owned())
        .spawn(work)?;
    let left = deadline.saturating_duration_since(Instant::now());
    let timed_out = ServerError::DriverError(DriverError::ConnectTimeout);
    open.recv_timeout(left).unwrap_or(Err(timed_out))
}

fn check_file(key: &str, file: &Path) -> Result<()> {
    match std::fs::metadata(file) {
        Ok(_) => Ok(()),
        Err(error) => {
            let problem = format!(
                "the file of `{key}`, {}, cannot be read: {error}",
                file.display()
            );
            Err(wrong(&problem).with_source(error))
        }
    }
}

/// The driver takes what the program has chosen, and does not choose by itself where several are compiled in.
fn choose_cryptography() {
    if CryptoProvider::get_default().is_none() {
        // Whoever was faster has chosen.
        let _ = ring::default_provider().install_default();
    }
}

/// Makes a connection what this crate counts on.
fn agree(connection: &mut Conn) -> mysql::Result<Agreed> {
    let asked =
        "SELECT CONCAT(@@version, ' ', @@version_comment), @@sql_mode, @@max_allowed_packet";
    let answer = connection.query_first_opt(asked)?.transpose()?;
    let (version, modes, max_allowed_packet): (String, String, usize) =
        answer.ok_or(DriverError::SetupError)?;
    connection.query_drop(format!(
        "SET NAMES utf8mb4, autocommit = 1, time_zone = '+00:00', sql_mode = '{}', group_concat_max_len = 1073741824",
        strict(&modes)
    ))?;
    Ok(Agreed {
        is_mariadb: version.to_ascii_lowercase().contains("mariadb"),
        max_allowed_packet,
    })
}

fn strict(modes: &str) -> String {
    let own = modes.split(',').filter(|mode| {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !mode.is_empty()
            && mode.bytes().all(is_word)
            && !FOREIGN.contains(mode)
            && !STRICT.contains(mode)
    });
    own.chain(STRICT).collect::<Vec<_>>().join(",")
}
