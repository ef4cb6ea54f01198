//! Throw-away database servers: started from the installed binaries, with a data folder, port, password and certificate of
//! their own, and gone when the test process is, however it ends.
//!
//! ```no_run
//! use aludel_testing_servers::{Kind, Server};
//!
//! let Some(server) = Server::shared(Kind::Postgres) else { return };
//! println!("{}", server.new_database());
//! ```

mod certificate;
mod mariadb;
mod postgres;
mod process;

use std::{
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use process::Process;

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// PostgreSQL.
    Postgres,
    /// MariaDB, which also stands for MySQL.
    MariaDb,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 2] = [Kind::Postgres, Kind::MariaDb];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Postgres => "PostgreSQL",
            Kind::MariaDb => "MariaDB",
        }
    }

    /// The variable of the environment that names a server to use instead: a URL whose user may create databases.
    pub fn variable(self) -> &'static str {
        match self {
            Kind::Postgres => "ALUDEL_TEST_POSTGRES",
            Kind::MariaDb => "ALUDEL_TEST_MYSQL",
        }
    }
}

/// The variable of the environment that makes it a failure when a server is not installed.
pub const REQUIRED: &str = "ALUDEL_REQUIRE_SERVERS";

/// A user that tests connect as. It may do everything.
pub const USER: &str = "aludel";

/// A running server.
#[derive(Debug)]
pub struct Server {
    kind: Kind,
    /// Up to the name of the database.
    address: String,
    /// What was started, unless it is a server of somebody else's.
    started: Option<Started>,
}

#[derive(Debug)]
struct Started {
    process: Process,
    port: u16,
    password: String,
    authority: PathBuf,
}

/// Numbers of databases, so that each is new.
static DATABASES: AtomicU32 = AtomicU32::new(0);

impl Server {
    /// The server that all tests of this process share; `None`, loudly, where it is not installed.
    ///
    /// # Panics
    /// When it cannot be started; and when it is not installed, but [`REQUIRED`].
    pub fn shared(kind: Kind) -> Option<&'static Server> {
        static POSTGRES: OnceLock<Option<Server>> = OnceLock::new();
        static MARIADB: OnceLock<Option<Server>> = OnceLock::new();
        let shared = match kind {
            Kind::Postgres => &POSTGRES,
            Kind::MariaDb => &MARIADB,
        };
        shared
            .get_or_init(|| match std::env::var(kind.variable()) {
                Ok(url) => Some(Server::elsewhere(kind, &url)),
                Err(_) => Server::start(kind),
            })
            .as_ref()
    }

    /// A server of one's own, for tests that stop it; `None`, loudly, where it is not installed.
    ///
    /// # Panics
    /// As [`shared`](Server::shared).
    pub fn start(kind: Kind) -> Option<Server> {
        let started = match kind {
            Kind::Postgres => postgres::start(),
            Kind::MariaDb => mariadb::start(),
        };
        let Some(started) = started else {
            let what = format!("{} is not installed, so its tests are skipped", kind.name());
            let required = std::env::var(REQUIRED).is_ok_and(|value| value == "1");
            assert!(!required, "{what}, but {REQUIRED} is 1");
            eprintln!("\n*** {what} ***\n");
            return None;
        };
        let scheme = match kind {
            Kind::Postgres => "postgresql",
            Kind::MariaDb => "mariadb",
        };
        Some(Server {
            kind,
            address: format!(
                "{scheme}://{USER}:{}@127.0.0.1:{}",
                started.password, started.port
            ),
            started: Some(started),
        })
    }

    fn elsewhere(kind: Kind, url: &str) -> Server {
        let address = url.rsplit_once('/').map_or(url, |(address, _)| address);
        Server {
            kind,
            address: address.to_owned(),
            started: None,
        }
    }

    /// Which server it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The URL of a database on it, whether or not that exists, without options.
    pub fn bare_url(&self, database: &str) -> String {
        format!("{}/{database}", self.address)
    }

    /// The URL of a database on it, whether or not that exists, with the options that it needs.
    pub fn url(&self, database: &str) -> String {
        let url = self.bare_url(database);
        match self.authority() {
            // PostgreSQL's certificates are looked at wherever it has one.
            Some(authority) if self.kind == Kind::Postgres => {
                format!("{url}?sslrootcert={}", authority.display())
            }
            _ => url,
        }
    }

    /// The URL of a new and empty database.
    ///
    /// # Panics
    /// When it cannot be created.
    pub fn new_database(&self) -> String {
        self.url(&self.new_database_name())
    }

    /// The name of a new and empty database.
    ///
    /// # Panics
    /// As [`new_database`](Server::new_database).
    pub fn new_database_name(&self) -> String {
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        match self.kind {
            Kind::Postgres => self.execute("postgres", &format!("CREATE DATABASE {name}")),
            Kind::MariaDb => self.execute(
                "information_schema",
                &format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"),
            ),
        }
        name
    }

    /// Runs SQL on a database, by the client that is installed with the server.
    ///
    /// # Panics
    /// With what the server says, when it fails.
    pub fn execute(&self, database: &str, sql: &str) {
        match self.kind {
            Kind::Postgres => postgres::execute(&self.address, database, sql),
            Kind::MariaDb => mariadb::execute(&self.address, database, sql),
        }
    }

    /// Runs a file of SQL on a database, by the client that is installed with the server, which goes on after errors. Gives back
    /// what it complained of.
    ///
    /// # Panics
    /// When there is no such file, or the client cannot be started.
    pub fn load(&self, database: &str, file: &Path) -> String {
        // The client runs in another folder.
        let file = file.canonicalize().expect("there is such a file");
        let mut command = match self.kind {
            Kind::Postgres => postgres::loader(&self.address, database, &file),
            Kind::MariaDb => mariadb::loader(&self.address, database, &file),
        };
        let output = command.output().expect("the client can be started");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// The certificate of the authority that signed the server's, to trust it. `None` for a server of somebody else's.
    pub fn authority(&self) -> Option<&Path> {
        self.started
            .as_ref()
            .map(|started| started.authority.as_path())
    }

    /// The password of [`USER`]. `None` for a server of somebody else's.
    pub fn password(&self) -> Option<&str> {
        self.started
            .as_ref()
            .map(|started| started.password.as_str())
    }

    /// Stops it at once, as a crash does. Its data stay.
    ///
    /// # Panics
    /// When it is not ours.
    pub fn stop(&self) {
        self.process().stop();
    }

    /// Starts it again, and waits until it answers.
    ///
    /// # Panics
    /// When it is not ours, or does not start.
    pub fn restart(&self) {
        self.process().restart();
    }

    /// Lets it answer nothing, while its connections stay open, until it is [resumed](Server::resume).
    ///
    /// # Panics
    /// When it is not ours.
    pub fn pause(&self) {
        self.process().signal("STOP");
    }

    /// Lets it go on.
    ///
    /// # Panics
    /// When it is not ours.
    pub fn resume(&self) {
        self.process().signal("CONT");
    }

    fn process(&self) -> &Process {
        let started = self.started.as_ref();
        &started
            .expect("only a server that was started here can be stopped")
            .process
    }
}
