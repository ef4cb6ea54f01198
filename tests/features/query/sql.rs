//! q01 to q14: each construct of the language as the dialects spell it, one below the other; or why one cannot. The databases
//! are asked whether they understand it: they explain queries, and run changes, which are rolled back.

use aludel::{
    Connection, Dialect, Error, ErrorKind, Result,
    model::Model,
    query::{Delete, GivesBack, Insert, Returning, RunsAndGivesBack, Sql, Update},
};
use aludel_testing::models;

use super::press;
use crate::backend::{self, Backend};

mod changes;
mod expressions;
mod queries;

/// Texts of statements.
trait Texts {
    fn texts(self) -> String;
}

impl Texts for Sql {
    fn texts(self) -> String {
        self.text().to_owned()
    }
}

impl Texts for Vec<Sql> {
    fn texts(self) -> String {
        let texts = self.into_iter().map(Sql::texts);
        texts.collect::<Vec<_>>().join("; ")
    }
}

const DIALECTS: [Dialect; 3] = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];

/// Adds the name of a construct, and how each dialect spells it. Gives the dialects that cannot.
fn spell<T: Texts>(
    into: &mut String,
    name: &str,
    spelled: impl Fn(Dialect) -> Result<T>,
) -> Vec<Dialect> {
    into.push_str(&format!("{name}\n"));
    let mut cannot = Vec::new();
    for dialect in DIALECTS {
        let text = spelled(dialect).map_or_else(
            |error| {
                cannot.push(dialect);
                error.to_string()
            },
            T::texts,
        );
        into.push_str(&format!("  {:<9} {text}\n", dialect.to_string()));
    }
    cannot
}

/// A statement that the databases are asked about.
struct Asked<'q> {
    name: &'q str,
    /// The dialects that cannot say it, as the snapshot shows.
    cannot: Vec<Dialect>,
    ask: Box<dyn Fn(&Connection) -> Result<()> + 'q>,
}

/// The names and spellings of statements, each understood by the databases that it is spelled for.
macro_rules! asked {
    ($ask:ident, $is_understood:expr; $($name:literal: $statement:expr;)+) => {{
        let mut text = String::new();
        let mut asked: Vec<super::Asked<'_>> = Vec::new();
        $(
            let statement = $statement;
            let cannot = super::spell(&mut text, $name, |dialect| statement.to_sql(dialect));
            let ask = Box::new(move |conn: &aludel::Connection| super::$ask!(statement, conn));
            asked.push(super::Asked { name: $name, cannot, ask });
        )+
        super::assert_understood(&asked, $is_understood);
        text
    }};
}
use asked;

macro_rules! explained {
    ($query:ident, $conn:ident) => {
        $query.clone().on($conn).explain().map(drop)
    };
}
use explained;

macro_rules! ran {
    ($change:ident, $conn:ident) => {
        super::Runs::run($change.clone(), $conn)
    };
}
use ran;

/// Queries, which the databases explain.
macro_rules! understood {
    ($($queries:tt)+) => { super::asked! { explained, |_| false; $($queries)+ } };
}
use understood;

/// Changes, which the databases run. One that a constraint or a value speaks against is understood as well.
macro_rules! run {
    ($($changes:tt)+) => {
        super::asked! {
            ran, |error| error.is_integrity() || error.kind() == aludel::ErrorKind::Data; $($changes)+
        }
    };
}
use run;

/// A change that runs, whatever it gives.
trait Runs {
    fn run(self, conn: &Connection) -> Result<()>;
}

impl<M: Model> Runs for Insert<M> {
    fn run(self, conn: &Connection) -> Result<()> {
        self.on(conn).execute().map(drop)
    }
}

impl<M: Model, S> Runs for Update<M, S> {
    fn run(self, conn: &Connection) -> Result<()> {
        self.on(conn).execute().map(drop)
    }
}

impl<M: Model, S> Runs for Delete<M, S> {
    fn run(self, conn: &Connection) -> Result<()> {
        self.on(conn).execute().map(drop)
    }
}

impl<T, O> Runs for Returning<T, O>
where
    T: GivesBack,
    for<'c> T::On<'c>: RunsAndGivesBack,
{
    fn run(self, conn: &Connection) -> Result<()> {
        self.on(conn).all().map(drop)
    }
}

/// What databases refuse for reasons of their own: functions that they do not have, and what MySQL has where MariaDB, which
/// stands for it, spells it otherwise.
const REFUSED: [(&str, &[Backend]); 6] = [
    ("a function by name", &[Backend::Sqlite]),
    ("an aggregate by name", &[Backend::Sqlite]),
    ("one of a schema", &Backend::ALL),
    ("to Json", &[Backend::Mysql]),
    ("for share", &[Backend::Mysql]),
    ("skip locked", &[Backend::Mysql]),
];

/// What has no text, but is no error to run: nothing is sent.
const NOT_SENT: &str = "update of nothing";

/// Asks each database about each statement. An error of ours is one that the snapshot shows, and no other.
fn assert_understood(statements: &[Asked<'_>], is_understood: fn(&Error) -> bool) {
    let mut wrong = Vec::new();
    for backend in Backend::ALL {
        backend::run(backend, || {
            let conn = backend::connection(models::catalog());
            press::fill(&conn);
            conn.commit().unwrap();
            for Asked { name, cannot, ask } in statements {
                let refused = REFUSED
                    .iter()
                    .any(|(statement, by)| statement == name && by.contains(&backend));
                let cannot = cannot.contains(&dialect(backend)) && *name != NOT_SENT;
                match ask(&conn) {
                    Ok(()) if refused => wrong.push(format!("{backend:?}, {name}: it is taken")),
                    // MariaDB can do some of what MySQL cannot, and the snapshot shows MySQL.
                    Ok(()) if cannot && backend != Backend::MariaDb => {
                        wrong.push(format!("{backend:?}, {name}: it is sent"));
                    }
                    Err(error) if is_ours(&error) == cannot && (cannot || refused) => {}
                    Err(error) if !is_ours(&error) && is_understood(&error) => {}
                    Err(error) => wrong.push(format!("{backend:?}, {name}: {error}")),
                    Ok(()) => {}
                }
                conn.rollback().unwrap();
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn dialect(backend: Backend) -> Dialect {
    match backend {
        Backend::Sqlite => Dialect::Sqlite,
        Backend::Postgres => Dialect::Postgres,
        Backend::MariaDb | Backend::Mysql => Dialect::Mysql,
    }
}

/// Whether an error is from before a statement is sent.
fn is_ours(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::InvalidRequest | ErrorKind::Unsupported
    )
}
