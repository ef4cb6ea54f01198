//! Opening connections to MySQL and MariaDB, and what is agreed upon with the server first.

use std::{
    path::Path,
    sync::OnceLock,
    time::{Duration, Instant},
};

use mysql::{Conn, DriverError, Error as ServerError, OptsBuilder, SslOpts, prelude::Queryable};
use rustls::crypto::{CryptoProvider, ring};

use super::{
    MysqlConnection, error, helper,
    options::{Mode, Options},
    session::{Agreed, Session},
};
use crate::{
    dialect::{Dialect, MariaDb, Mysql},
    driver::{Connector, DriverConnection, limits::in_units},
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

    fn open(&self) -> Result<(Conn, Agreed)> {
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
    fn reach(&self, tls: Option<SslOpts>) -> mysql::Result<(Conn, Agreed)> {
        let server = OptsBuilder::from_opts(self.options.server.clone()).ssl_opts(tls);
        let limits = &self.options.limits;
        let deadline = limits.connect.map(|limit| Instant::now() + limit);
        let wishes = Wishes {
            is_mariadb: self.options.is_mariadb == Some(true),
            statement_timeout: limits.statement,
        };
        match begin(server.clone(), deadline, wishes) {
            Err(ServerError::DriverError(DriverError::CouldNotConnect(_)))
                if self.options.is_named && self.options.server.get_socket().is_none() =>
            {
                let anywhere = ([0, 0, 0, 0], 0);
                begin(server.bind_address(Some(anywhere)), deadline, wishes)
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
        let (connection, agreed) = self.open()?;
        // All connections lead to the same server.
        let is_mariadb = self.options.is_mariadb.unwrap_or(agreed.is_mariadb);
        let _ = self.is_mariadb.set(is_mariadb);
        let kept = self.options.cached_statements;
        let session = Session::new(agreed, self.options.limits);
        Ok(Box::new(MysqlConnection::new(connection, session, kept)))
    }

    fn dialect(&self) -> &'static dyn Dialect {
        if self.is_mariadb.get() == Some(&true) {
            &MariaDb
        } else {
            &Mysql
        }
    }
}

/// Opens a connection until `deadline`, and makes it what this crate counts on.
fn begin(
    server: OptsBuilder,
    deadline: Option<Instant>,
    wishes: Wishes,
) -> mysql::Result<(Conn, Agreed)> {
    let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    let opened = helper::within(left, move || {
        let mut connection = Conn::new(server)?;
        let agreed = agree(&mut connection, wishes)?;
        Ok((connection, agreed))
    });
    let timed_out = ServerError::DriverError(DriverError::ConnectTimeout);
    opened?.unwrap_or(Err(timed_out))
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

/// What is asked of a server beside what it always is.
#[derive(Clone, Copy)]
struct Wishes {
    /// Whether it is MariaDB, also where it does not say so.
    is_mariadb: bool,
    statement_timeout: Option<Duration>,
}

/// Makes a connection what this crate counts on.
fn agree(connection: &mut Conn, wishes: Wishes) -> mysql::Result<Agreed> {
    let asked =
        "SELECT CONCAT(@@version, ' ', @@version_comment), @@sql_mode, @@max_allowed_packet";
    let answer = connection.query_first_opt(asked)?.transpose()?;
    let (version, modes, max_allowed_packet): (String, String, usize) =
        answer.ok_or(DriverError::SetupError)?;
    let is_mariadb = version.to_ascii_lowercase().contains("mariadb");
    connection.query_drop(format!(
        "SET NAMES utf8mb4, autocommit = 1, time_zone = '+00:00', sql_mode = '{}', group_concat_max_len = 1073741824{}",
        strict(&modes),
        limit(is_mariadb || wishes.is_mariadb, wishes.statement_timeout)
    ))?;
    Ok(Agreed {
        is_mariadb,
        max_allowed_packet,
    })
}

/// What limits statements: of any kind on MariaDB, of reading ones on MySQL, which has nothing else.
fn limit(is_mariadb: bool, statement_timeout: Option<Duration>) -> String {
    const YEAR: u64 = 31_536_000;
    let Some(limit) = statement_timeout else {
        return String::new();
    };
    if is_mariadb {
        let micros = in_units(limit, Duration::from_micros(1), YEAR * 1_000_000);
        let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
        return format!(", max_statement_time = {seconds}.{micros:06}");
    }
    let millis = in_units(limit, Duration::from_millis(1), u32::MAX.into());
    format!(", max_execution_time = {millis}")
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::limit;

    #[test]
    fn a_limit_is_said_as_the_server_has_it() {
        let table = [
            (
                Duration::from_millis(1_500),
                ", max_statement_time = 1.500000",
                ", max_execution_time = 1500",
            ),
            (
                Duration::from_nanos(1),
                ", max_statement_time = 0.000001",
                ", max_execution_time = 1",
            ),
        ];
        for (time, on_mariadb, on_mysql) in table {
            assert_eq!(limit(true, Some(time)), on_mariadb);
            assert_eq!(limit(false, Some(time)), on_mysql);
        }
        assert_eq!(limit(true, None), "");
    }
}
