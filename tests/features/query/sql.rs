//! q01 to q14: each construct of the language as the dialects spell it, one below the other; or why one cannot.

use aludel::{Connection, Dialect, Error, ErrorKind, Result, query::Sql};
use aludel_testing::models;

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

/// Adds the name of a construct, and how each dialect spells it.
fn spell<T: Texts>(into: &mut String, name: &str, spelled: impl Fn(Dialect) -> Result<T>) {
    into.push_str(&format!("{name}\n"));
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
        let text = spelled(dialect).map_or_else(|error| error.to_string(), T::texts);
        into.push_str(&format!("  {:<9} {text}\n", dialect.to_string()));
    }
}

/// The names and spellings of constructs.
macro_rules! spellings {
    ($($name:literal: $query:expr;)+) => {{
        let mut text = String::new();
        $(
            let query = $query;
            super::spell(&mut text, $name, |dialect| query.to_sql(dialect));
        )+
        text
    }};
}
use spellings;

/// What a database says to a query that it is to explain.
type Explained<'q> = Box<dyn Fn(&Connection) -> Result<String> + 'q>;

/// The names and spellings of queries, each understood by the database that it is spelled for.
macro_rules! understood {
    ($($name:literal: $query:expr;)+) => {{
        let mut text = String::new();
        let mut explained: Vec<(&str, super::Explained<'_>)> = Vec::new();
        $(
            let query = $query;
            super::spell(&mut text, $name, |dialect| query.to_sql(dialect));
            explained.push(($name, Box::new(move |conn| query.clone().on(conn).explain())));
        )+
        super::assert_understood(&explained);
        text
    }};
}
use understood;

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

/// Each database explains each query, unless it is one that is refused before it is sent.
fn assert_understood(queries: &[(&str, Explained<'_>)]) {
    let mut wrong = Vec::new();
    for backend in Backend::ALL {
        backend::run(backend, || {
            let conn = backend::connection(models::catalog());
            for (name, explain) in queries {
                let refused = REFUSED
                    .iter()
                    .any(|(query, by)| query == name && by.contains(&backend));
                match explain(&conn) {
                    Ok(plan) if refused => wrong.push(format!("{backend:?}, {name}: {plan}")),
                    Err(error) if !refused && !is_ours(&error) => {
                        wrong.push(format!("{backend:?}, {name}: {error}"));
                    }
                    _ => {}
                }
                conn.rollback().unwrap();
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether an error is from before a query is sent: the snapshot shows it.
fn is_ours(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::InvalidRequest | ErrorKind::Unsupported
    )
}
