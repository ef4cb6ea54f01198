//! q01 to q14: each construct of the language as the dialects spell it, one below the other; or why one cannot.

use aludel::{Dialect, Result, query::Sql};

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
