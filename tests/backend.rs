//! On which database a test runs.

use std::cell::Cell;

use aludel::{Catalog, Connection, Engine, ErrorKind, Result};
use aludel_testing::server::{Kind, Server};

/// A database that tests run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    /// In memory.
    Sqlite,
    /// A server of its own.
    Postgres,
    /// A server of its own.
    MariaDb,
    /// The same server without what only MariaDB has, to stand for MySQL.
    Mysql,
}

impl Backend {
    /// Each of them.
    pub(crate) const ALL: [Backend; 4] = [
        Backend::Sqlite,
        Backend::Postgres,
        Backend::MariaDb,
        Backend::Mysql,
    ];

    /// Whether it is MySQL or MariaDB.
    pub(crate) fn is_mysql(self) -> bool {
        matches!(self, Backend::MariaDb | Backend::Mysql)
    }

    /// Whether an INSERT gives back rows.
    pub(crate) fn inserts_give_back(self) -> bool {
        self != Backend::Mysql
    }

    /// Whether an UPDATE gives back rows.
    pub(crate) fn updates_give_back(self) -> bool {
        !self.is_mysql()
    }

    /// Whether a DELETE gives back rows.
    pub(crate) fn deletes_give_back(self) -> bool {
        self != Backend::Mysql
    }
}

thread_local! {
    static CURRENT: Cell<Backend> = const { Cell::new(Backend::Sqlite) };
}

/// The database of the running test; SQLite, unless it runs on each.
pub(crate) fn current() -> Backend {
    CURRENT.get()
}

/// Runs a test on a database, unless that is not installed.
pub(crate) fn run(backend: Backend, test: impl FnOnce()) {
    if backend == Backend::Sqlite || server(backend).is_some() {
        CURRENT.set(backend);
        test();
    }
}

fn server(backend: Backend) -> Option<&'static Server> {
    Server::shared(match backend {
        Backend::Postgres => Kind::Postgres,
        _ => Kind::MariaDb,
    })
}

/// A new and empty database of the running test.
pub(crate) fn url() -> String {
    let backend = current();
    if backend == Backend::Sqlite {
        return "sqlite://".to_owned();
    }
    let server = server(backend).expect("the test would not run otherwise");
    let url = server.new_database();
    match backend {
        Backend::Mysql => format!("{url}?flavor=mysql"),
        _ => url,
    }
}

/// Tables whose defaults no other database than SQLite takes: values in other forms, or of other types than their columns.
const OF_SQLITE: [&str; 2] = ["other_forms", "wrong_form"];

/// An engine on a new database with the tables of a schema.
pub(crate) fn engine(catalog: &Catalog) -> Engine {
    let engine = Engine::new(url().as_str()).unwrap();
    let tables = catalog.tables().unwrap().iter();
    let names: Vec<String> = tables.map(|table| table.name.to_string()).collect();
    let all = names.iter().map(String::as_str);
    let others: Vec<&str> = all.filter(|name| !OF_SQLITE.contains(name)).collect();
    if current() == Backend::Sqlite || others.len() == names.len() {
        catalog.create_all(&engine).unwrap();
    } else {
        catalog.create(&engine, &others).unwrap();
    }
    engine
}

/// A connection to a new database with the tables of a schema.
pub(crate) fn connection(catalog: &Catalog) -> Connection {
    engine(catalog).connect().unwrap()
}

/// What a statement gives where the database can do it. Where it cannot, it has to say so, and what is meant is done in another
/// way.
pub(crate) fn given<T>(can: bool, result: Result<T>, otherwise: impl FnOnce() -> T) -> T {
    if can {
        return result.unwrap();
    }
    assert_unsupported(result);
    otherwise()
}

/// What the database cannot do it has to say.
pub(crate) fn assert_unsupported<T>(result: Result<T>) {
    let error = result.err().expect("it is said to be unsupported");
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error:?}");
}

/// What the database can do, or that it says it cannot: `None` for `Unsupported`.
pub(crate) fn supported<T>(result: Result<T>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) if error.kind() == ErrorKind::Unsupported => None,
        Err(error) => panic!("{error}"),
    }
}
